"""Many extractions to be looked at: a line for each document, which opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, overload

from codeie.display import Cell, Viewable, details_html, note_html, table_text, together_html
from codeie.extraction._extraction import Extraction
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Extractions"]

_MOST = 200


class Extractions(Viewable, Sequence[Extraction[Any]]):
    """A list of extractions that shows itself: what became of each document, and all of it opened.

    Args:
        extractions: Such as those of a run, or of a file.
    """

    __slots__ = ("_held",)

    def __init__(self, extractions: Iterable[Extraction[Any]]) -> None:
        self._held = tuple(extractions)

    @overload
    def __getitem__(self, index: int) -> Extraction[Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Extractions: ...
    def __getitem__(self, index: int | slice) -> Extraction[Any] | Extractions:
        return self._held[index] if isinstance(index, int) else Extractions(self._held[index])

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return f"<{self._summary()}>"

    def _summary(self) -> str:
        items = sum(len(each.items) for each in self._held)
        return f"{counted(len(self), 'document')}, {counted(items, 'item')}"

    def _rows(self) -> list[tuple[Cell, ...]]:
        return [
            (number, each.document.id, each.outcome.value, len(each.items), len(each.diagnostics))
            for number, each in enumerate(self._held, start=1)
        ]

    def __rich__(self) -> RenderableType:
        headers = ("#", "document", "outcome", "items", "diagnostics")
        return table_text(headers, self._rows(), caption=self._summary(), limit=_MOST)

    def _repr_html_(self) -> str:
        shown = [
            details_html(
                f"{number}. {each.document.id or 'Document'}: {each.outcome.value}, "
                f"{counted(len(each.items), 'item')}, {counted(len(each.diagnostics), 'diagnostic')}",
                each._repr_html_(),
            )
            for number, each in enumerate(self._held[:_MOST], start=1)
        ]
        rest = len(self) - len(shown)
        more = (
            [note_html(f"{counted(rest, 'more document is', 'more documents are')} not shown.")]
            if rest
            else []
        )
        return together_html([note_html(self._summary()), *shown, *more])
