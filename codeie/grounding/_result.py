"""What grounding gives: for each string of an instance, where in the text it is."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from codeie.diagnostics import Code, Diagnostic, Diagnostics
from codeie.display import Viewable, ViewableTuple, note_html
from codeie.types import Span

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Grounded", "Grounding", "Items", "MatchKind", "Mention"]

T = TypeVar("T")


class MatchKind(enum.StrEnum):
    """How a string was found, best first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    """Equal after folding case, white space, quotes, composition and the like."""
    DISCONTINUOUS = "discontinuous"
    """Its words are there in order, with a gap."""
    FUZZY = "fuzzy"
    """There after a few edits."""
    UNGROUNDED = "ungrounded"
    """Not there."""


_RANKS = {match: rank for rank, match in enumerate(MatchKind)}


@dataclass(frozen=True, slots=True)
class Mention:
    """One string of an instance, and its place.

    Args:
        path: The field it is in: ``"name"``, ``"head.name"``, ``"victims[1].name"``.
        string: The string as the instance holds it.
        span: Where it is; ``None`` if it was not found.
        match: How it was found.
        parts: The pieces of a discontinuous mention, in order; else empty. ``span`` then
            runs from the first piece's start to the last one's end.
        similarity: 1.0 for exact and normalised; for fuzzy the share of it that matches.
        ambiguous: Whether it occurs elsewhere too and nothing decided between the places.
        others: Its other places in the text, in order; filled by the policy ``"all"`` only.
    """

    path: str
    string: str
    span: Span | None
    match: MatchKind
    parts: tuple[Span, ...] = ()
    similarity: float = 1.0
    ambiguous: bool = False
    others: tuple[Span, ...] = ()

    def shifted(self, by: int) -> Mention:
        """The same, in a text with so many code points more before it."""
        return replace(
            self,
            span=self.span.shifted(by) if self.span is not None else None,
            parts=tuple(part.shifted(by) for part in self.parts),
            others=tuple(other.shifted(by) for other in self.others),
        )


@dataclass(frozen=True, slots=True)
class Grounded(Viewable, Generic[T]):
    """An instance and the places of its strings; the instance itself is never changed.

    Args:
        value: The user's instance.
        mentions: Its strings, in field order.
        diagnostics: What could not be found, or was found in a way worth noting.
        confidence: A probability in [0, 1], where the client gave one, or the share of several
            answers that have it; else ``None``.
        field_confidences: Of its fields by name, where several answers were compared, the
            share of those with the item that agree.
    """

    value: T
    mentions: tuple[Mention, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    confidence: float | None = None
    field_confidences: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        if self.diagnostics:  # of thousands of items, nearly none has any
            object.__setattr__(self, "diagnostics", Diagnostics.of(self.diagnostics))

    def shifted(self, by: int) -> Grounded[T]:
        """The same, in a text with so many code points more before it."""
        return replace(self, mentions=tuple(mention.shifted(by) for mention in self.mentions))

    @property
    def spans(self) -> Mapping[str, Span]:
        """The places found, by field path; what was not found is absent."""
        return {m.path: m.span for m in self.mentions if m.span is not None}

    @property
    def match(self) -> MatchKind:
        """The weakest match among its strings; ``EXACT`` if it has none to find."""
        return max(
            [m.match for m in self.mentions], key=_RANKS.__getitem__, default=MatchKind.EXACT
        )

    @property
    def span(self) -> Span | None:
        """The place that stands for the whole instance: its trigger's, else its first found."""
        mentions = self.mentions
        if len(mentions) == 1:
            return mentions[0].span
        first = None
        for mention in mentions:
            if mention.path == "trigger" and mention.span is not None:
                return mention.span
            first = first or mention.span
        return first

    def __rich__(self) -> RenderableType:
        from codeie.grounding.showing import grounded_text

        return grounded_text([self], self.diagnostics)

    def _repr_html_(self) -> str:
        from codeie.grounding.showing import grounded_html

        return grounded_html([self], self.diagnostics)


class Items(ViewableTuple[Grounded[T]]):
    """Several instances with their places: a tuple that shows itself, without the text."""

    __slots__ = ()

    def __rich__(self) -> RenderableType:
        from rich.text import Text

        from codeie.grounding.showing import grounded_text

        return grounded_text(self, _said(self)) if self else Text(_NONE)

    def _repr_html_(self) -> str:
        from codeie.grounding.showing import grounded_html

        return grounded_html(self, _said(self)) if self else note_html(_NONE)


_NONE = "No items."


def _said(items: Iterable[Grounded[T]]) -> list[Diagnostic]:
    return [one for item in items for one in item.diagnostics]


@dataclass(frozen=True, slots=True)
class Grounding(Viewable, Sequence[Grounded[T]]):
    """All instances of an answer with their places: a sequence of what was kept.

    Args:
        items: What was kept, in the order of the answer.
        dropped: What a policy left out, in the same order.
        diagnostics: Those of all instances, dropped ones included, in the order of the answer.
    """

    items: tuple[Grounded[T], ...] = ()
    dropped: tuple[Grounded[T], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", Items.of(self.items))
        object.__setattr__(self, "dropped", Items.of(self.dropped))
        object.__setattr__(self, "diagnostics", Diagnostics.of(self.diagnostics))

    @property
    def ungrounded(self) -> tuple[Grounded[T], ...]:
        """The instances, kept or dropped, with a string that is not in the text.

        What the policy ``"reask"`` asks the model about again.
        """
        return tuple(
            item for item in self.items + self.dropped if item.match is MatchKind.UNGROUNDED
        )

    @property
    def repeats(self) -> tuple[Grounded[T], ...]:
        """The instances, kept or dropped, that repeat one more often than the text has it."""
        return tuple(
            item
            for item in self.items + self.dropped
            if any(one.code is Code.TOO_MANY_MENTIONS for one in item.diagnostics)
        )

    def __rich__(self) -> RenderableType:
        from codeie.grounding.showing import grounded_text

        return grounded_text(self.items, self.diagnostics)

    def _repr_html_(self) -> str:
        from codeie.grounding.showing import grounded_html

        return grounded_html(self.items, self.diagnostics)

    @overload
    def __getitem__(self, index: int) -> Grounded[T]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Grounded[T], ...]: ...
    def __getitem__(self, index: int | slice) -> Grounded[T] | tuple[Grounded[T], ...]:
        return self.items[index]

    def __iter__(self) -> Iterator[Grounded[T]]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
