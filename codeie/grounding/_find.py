"""All places of one string in a text, by the first way of looking that finds any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import OSA

from codeie.grounding import _quick as quick
from codeie.grounding._characters import cuts
from codeie.grounding._fuzzy import FuzzyText, Near
from codeie.grounding._haystack import Haystack
from codeie.grounding._loose import JoinedText, scattered
from codeie.grounding._needle import Needle, needle_of
from codeie.grounding._normalise import (
    Normalised,
    has_divided_words,
    normal_form,
    normalise,
    without_accents,
)
from codeie.grounding._result import MatchKind
from codeie.grounding._rewrite import ungrouped
from codeie.types import Span

__all__ = ["Found", "Place", "PreparedText"]

_SHORT = 5  # code points of a string that case can make another word
_SHORTEST = 3
_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"\d{4}")


class Place(NamedTuple):
    """One place of a string; a tuple, as all here, because each string makes several.

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


class Found(NamedTuple):
    """All places of one string.

    Args:
        places: In order of their start.
        complete: Whether the whole text was searched; ``False`` when a limit was hit.
    """

    places: tuple[Place, ...] = ()
    complete: bool = True


_NONE = Found()


class PreparedText:
    """A text with all that is prepared, once and only when needed, for finding strings in it.

    Args:
        text: The text exactly as given.
        discontinuous: Whether words in order with gaps are a match.
        threshold: The least share of a string that a fuzzy match needs; ``None`` for none.
    """

    def __init__(
        self, text: str, *, discontinuous: bool = False, threshold: float | None = None
    ) -> None:
        self.text = text
        self._raw = Haystack(text)
        self.only = self._raw.only  # for strings that are not blank
        self._discontinuous = discontinuous
        self._threshold = threshold
        self._known: dict[tuple[str, int], Found] = {}

    @cached_property
    def _normal(self) -> list[_Form]:
        forms = [normalise(self.text)]
        if has_divided_words(self.text):
            forms.append(normalise(self.text, keep_division=True))
        return [_form(form) for form in forms]

    @cached_property
    def _plain_numbers(self) -> _Form:
        return _form(normalise(self.text, ungroup=True))

    @cached_property
    def _bare(self) -> _Form:
        return _form(without_accents(self._normal[0].normalised.text))

    @cached_property
    def _unaccented(self) -> bool:
        return self._normal[0].normalised.text.isascii()

    @cached_property
    def _joined(self) -> JoinedText:
        return JoinedText(self._normal[0].haystack)

    @cached_property
    def _fuzzy(self) -> FuzzyText:
        return FuzzyText(self._normal[0].haystack, self._threshold or 1.0)

    @cached_property
    def _caseless(self) -> bool:
        return self.text in (self.text.lower(), self.text.upper())

    def find(self, string: str, wanted: int = 1) -> Found:
        """All places of a string, found in the best way that finds any.

        Args:
            string: As an instance holds it; not blank.
            wanted: How many places it needs. If there are fewer that are exact, those of the
                normal form are added, then those inside of compounds such as "rhTGF".
        """
        key = (string, wanted)
        known = self._known.get(key)
        if known is not None:
            return known
        bare = string.strip()
        if bare != string:
            return _without_blanks(self.find(bare, wanted))
        lacking = self._raw.lacks(string)
        found = _NONE if lacking else self._exact(string)
        if len(found.places) < wanted:
            found = self._known[key] = self._searched(string, wanted, found, lacking)
        return found

    def _searched(self, string: str, wanted: int, found: Found, lacking: bool) -> Found:
        """Add to what was found exactly, which is known to be nothing if it is ``lacking``."""
        normal = normal_form(string)
        if normal and self._may_hold(normal):
            found = _merged(found, self._normalised(string, normal))
        if not found.places and normal:
            found = self._ungrouped(normal)
        if not lacking and len(found.places) < wanted:
            found = _merged(found, self._in_compounds(string))
        if found.places or not normal:
            return found
        if self._discontinuous:
            found = _merged(found, self._scattered(normal))
        if self._threshold is not None and not found.places:
            found = _merged(found, self._altered(normal))
        return found

    def _may_hold(self, normal: str) -> bool:
        forms = self._normal
        return len(forms) > 1 or not forms[0].haystack.lacks(normal)

    def _exact(self, string: str) -> Found:
        length = len(string)
        starts = self._raw.find(string)
        return Found(
            tuple([Place(quick.span(start, start + length)) for start in starts.at]),
            starts.complete,
        )

    def _normalised(self, string: str, normal: str) -> Found:
        complete = True
        spans: list[Span] = []
        for form in self._normal:
            there, searched = form.spans(normal)
            complete = complete and searched
            spans += [span for span in there if not self._cuts_number(span)]
        if len(self._normal) > 1:  # most places are in both forms
            spans = sorted(set(spans), key=lambda span: (span.start, span.end))
        places = [Place(span, MatchKind.NORMALISED) for span in self._told_apart(string, spans)]
        return Found(tuple(places), complete) if places or not complete else _NONE

    def _cuts_number(self, span: Span) -> bool:
        """Whether a place is a part of a number whose spaces are plain ones in the normal form."""
        start, end = span.start, span.end
        return (self.text[start].isdecimal() and cuts(self.text, start)) or (
            self.text[end - 1].isdecimal() and cuts(self.text, end)
        )

    def _ungrouped(self, normal: str) -> Found:
        """Where a string is but for the signs between groups of digits, as in 1,200."""
        if _DIGIT.search(normal) is None:  # as in most strings
            return _NONE
        bare = ungrouped(normal)
        if _FOUR_DIGITS.search(bare) is None:
            return _NONE
        spans, complete = self._plain_numbers.spans(bare)
        return Found(tuple([Place(span, MatchKind.NORMALISED) for span in spans]), complete)

    def _told_apart(self, string: str, spans: Sequence[Span]) -> Sequence[Span]:
        """Those of some places that are not another word by their case.

        A word that is nowhere else is the one that is meant, however it is written: once,
        or a name each time.
        """
        same = [span for span in spans if not self._another_word(string, span)]
        if same or not spans:
            return same
        forms = {span.of(self.text) for span in spans}
        return spans if len(spans) == 1 or (len(forms) == 1 and not forms.pop().islower()) else same

    def _another_word(self, string: str, span: Span) -> bool:
        """Whether a short string differs from what is there by the case that tells them apart.

        "US" is not "us", and "IT" is not "It", unless the text has no case at all or has the
        word but once.
        """
        if len(string) > _SHORT or not string.isalpha() or self._caseless:
            return False
        there = span.of(self.text)
        if string.isupper():
            return there.islower() or (there.istitle() and len(string) <= _SHORTEST)
        return len(string) <= _SHORTEST and string.islower() and there.isupper()

    def _in_compounds(self, string: str) -> Found:
        starts = self._raw.find_in_compounds(string)
        return Found(tuple([Place(quick.span(at, at + len(string))) for at in starts.at]))

    def _scattered(self, normal: str) -> Found:
        form = self._normal[0]
        places = []
        for pieces in scattered(form.haystack, normal):
            spans = [form.normalised.source(piece.start, piece.end) for piece in pieces]
            parts = tuple([span for span in spans if span is not None])
            if len(parts) == len(pieces):
                whole = Span(parts[0].start, parts[-1].end)
                places.append(Place(whole, MatchKind.DISCONTINUOUS, 1.0, parts))
        return Found(tuple(places))

    def _altered(self, normal: str) -> Found:
        found = _NONE
        if not (self._unaccented and normal.isascii()):
            found = self._without_accents(normal)
        if found.places:
            return found
        needle = needle_of(normal)
        if self._joined.may_hold(needle):
            found = self._rejoined(needle)
        return found if found.places else self._misspelt(needle)

    def _without_accents(self, normal: str) -> Found:
        bare = without_accents(normal).text
        if len(bare) < _SHORTEST:
            return _NONE
        spans, complete = self._bare.spans(bare)
        return self._fuzzily([self._near(normal, span.start, span.end) for span in spans], complete)

    def _rejoined(self, needle: Needle) -> Found:
        pieces = self._joined.find(needle)
        return self._fuzzily(
            [self._near(needle.string, piece.start, piece.end) for piece in pieces]
        )

    def _misspelt(self, needle: Needle) -> Found:
        near = self._fuzzy.find(needle)
        return self._fuzzily(near.at, near.complete)

    def _near(self, normal: str, start: int, end: int) -> Near:
        there = self._normal[0].normalised.text[start:end]
        return Near(start, end, OSA.normalized_similarity(normal, there))

    def _fuzzily(self, found: Sequence[Near], complete: bool = True) -> Found:
        """What was found in the normal form, as places of the text."""
        if not found and complete:
            return _NONE
        source = self._normal[0].normalised.source
        places = []
        for start, end, similarity in found:
            span = source(start, end)
            if span is not None and not self._cuts_number(span):
                places.append(Place(span, MatchKind.FUZZY, similarity))
        return Found(tuple(places), complete)


@dataclass(frozen=True, slots=True)
class _Form:
    normalised: Normalised
    haystack: Haystack

    def spans(self, string: str) -> tuple[list[Span], bool]:
        """Where in the source a string is, and whether all of it was searched."""
        starts, source = self.haystack.find(string), self.normalised.source
        spans = [source(start, start + len(string)) for start in starts.at]
        return [span for span in spans if span is not None], starts.complete


def _form(normalised: Normalised) -> _Form:
    return _Form(normalised, Haystack(normalised.text))


def _merged(found: Found, more: Found) -> Found:
    """Places of both, those of the first where two overlap."""
    if more is _NONE:
        return found
    if not more.places:
        return found if more.complete else Found(found.places, complete=False)
    if not found.places:
        return Found(tuple(sorted(more.places, key=_start)), found.complete and more.complete)
    places = sorted([*found.places, *more.places], key=_start)
    kept: list[Place] = []
    first = {id(place) for place in found.places}
    for place in places:
        if kept and kept[-1].span.overlaps(place.span):
            if id(place) in first and id(kept[-1]) not in first:
                kept[-1] = place
        else:
            kept.append(place)
    return Found(tuple(kept), found.complete and more.complete)


def _without_blanks(found: Found) -> Found:
    """The places of a string that was given with blanks at its ends, which are not of them."""
    places = [
        place._replace(kind=MatchKind.NORMALISED) if place.kind is MatchKind.EXACT else place
        for place in found.places
    ]
    return Found(tuple(places), found.complete)


def _start(place: Place) -> int:
    return place.span.start
