"""All places of one string in a text, by the first way of looking that finds any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from codeie.grounding._haystack import Haystack
from codeie.grounding._normalise import Normalised, has_divided_words, normalise
from codeie.grounding._result import MatchKind
from codeie.types import Span

__all__ = ["Found", "Place", "PreparedText"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a string.

    Args:
        span: From its first to its last code point.
        kind: How it was found there.
        similarity: The share of it that matches.
        parts: The pieces, where it is discontinuous.
    """

    span: Span
    kind: MatchKind = MatchKind.EXACT
    similarity: float = 1.0
    parts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All places of one string.

    Args:
        places: In order of their start.
        complete: Whether the whole text was searched; ``False`` when a limit was hit.
    """

    places: tuple[Place, ...] = ()
    complete: bool = True


class PreparedText:
    """A text with all that is prepared, once and only when needed, for finding strings in it.

    Args:
        text: The text exactly as given.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._raw = Haystack(text)
        self._found: dict[str, Found] = {}

    @cached_property
    def _normal(self) -> list[tuple[Normalised, Haystack]]:
        forms = [normalise(self.text)]
        if has_divided_words(self.text):
            forms.append(normalise(self.text, keep_division=True))
        return [(form, Haystack(form.text)) for form in forms]

    def find(self, string: str) -> Found:
        """All places of a string, all found in the same way: the best one that finds any."""
        found = self._found.get(string)
        if found is None:
            found = self._found[string] = self._exact(string)
            if not found.places:
                found = self._found[string] = self._normalised(string)
        return found

    def _exact(self, string: str) -> Found:
        length = len(string)
        starts = self._raw.find(string)
        return Found(
            tuple([Place(Span(start, start + length)) for start in starts.at]), starts.complete
        )

    def _normalised(self, string: str) -> Found:
        wanted = normalise(string).text
        if not wanted:
            return Found()
        complete = True
        places: dict[Span, Place] = {}
        for form, haystack in self._normal:
            starts = haystack.find(wanted)
            complete = complete and starts.complete
            for start in starts.at:
                span = form.source(start, start + len(wanted))
                if span is not None:
                    places.setdefault(span, Place(span, MatchKind.NORMALISED))
        return Found(tuple(sorted(places.values(), key=lambda place: place.span)), complete)
