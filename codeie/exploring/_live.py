"""What is found, seen while it is found: a display that goes on in its place."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from operator import length_hint
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from codeie.display import (
    Cell,
    Label,
    Viewable,
    progress_html,
    table_html,
    table_text,
    visible,
)
from codeie.errors import InputError
from codeie.exploring._screen import Paced, Screen, screen_here
from codeie.extraction import Extraction, Extractions, Run, Stream
from codeie.grounding import Grounded
from codeie.grounding.showing import items_html
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["LiveExtraction", "LiveExtractions", "live"]

T = TypeVar("T")
V = TypeVar("V")

_LATEST = 8  # rows of what was found last
_STRING = 60  # code points of a string in them


class _Live(Generic[V]):
    """What both have: one going through, seen by whoever looks."""

    def __init__(self, screen: Screen | None) -> None:
        self._screen = screen
        self._begun = self._ended = False

    def _so_far(self) -> Viewable:
        raise NotImplementedError

    def _at_last(self) -> Viewable:
        raise NotImplementedError

    @contextmanager
    def _shown(self) -> Iterator[Callable[[], None]]:
        if self._begun:
            raise InputError("this can be gone through once")
        self._begun = True
        paced = Paced(self._screen or screen_here())
        paced.show(self._so_far)
        try:
            yield lambda: paced.show(self._so_far)
        finally:
            self._ended = True
            paced.end(self._at_last())

    def finish(self) -> Viewable:
        """Go through all of it."""
        raise NotImplementedError

    def _ipython_display_(self) -> None:
        # At the end of a cell: that somebody wants to see it is why it was made.
        if not self._begun:
            self.finish()
        else:
            from IPython.display import display

            display(self._at_last())  # type: ignore[no-untyped-call]

    def __rich__(self) -> RenderableType:
        return self._at_last().__rich__()


class LiveExtraction(_Live[Grounded[T]], Generic[T]):
    """A stream that is seen while it is gone through; made by `live`.

    Args:
        stream: What to go through.
        screen: Where to show it; by default in the notebook or the terminal that this runs in.
    """

    def __init__(self, stream: Stream[T], screen: Screen | None = None) -> None:
        super().__init__(screen)
        self._stream = stream

    @property
    def extraction(self) -> Extraction[T]:
        """What came of the document until now: all of it at the end; see `Stream.so_far`."""
        return self._stream.so_far

    def finish(self) -> Extraction[T]:
        """Go through all of it.

        Returns:
            The extraction. If it was interrupted (Ctrl-C, a notebook's stop button), what was
            found until then, with a diagnostic that says so.
        """
        try:
            for _ in self:
                pass
        except KeyboardInterrupt:
            pass  # what was found is what was wanted of it
        return self.extraction

    def __iter__(self) -> Generator[Grounded[T], None, None]:
        with self._shown() as seen, self._stream as stream:
            for item in stream:
                seen()
                yield item

    async def __aiter__(self) -> AsyncGenerator[Grounded[T], None]:
        with self._shown() as seen:
            async with self._stream as stream:
                async for item in stream:
                    seen()
                    yield item

    def __repr__(self) -> str:
        return f"<{counted(len(self.extraction.items), 'item')}{'' if self._ended else ' so far'}>"

    def _so_far(self) -> Viewable:
        stream = self._stream
        labels = [spec.name for spec in stream.schema.classes]
        return _Found(stream.document.text, stream.so_far.items, labels)

    def _at_last(self) -> Viewable:
        return self.extraction


class LiveExtractions(_Live[Extraction[T]], Generic[T]):
    """Many extractions that are seen while they are made; made by `live`.

    Args:
        extractions: What to go through.
        total: How many there will be, if that is known.
        screen: As for `LiveExtraction`.
    """

    def __init__(
        self,
        extractions: Iterable[Extraction[T]],
        total: int | None = None,
        screen: Screen | None = None,
    ) -> None:
        super().__init__(screen)
        self._source = extractions
        self._total = total if total is not None else length_hint(extractions, 0) or None
        self._done: list[Extraction[T]] = []

    @property
    def extractions(self) -> Extractions:
        """Those that there are until now; all of them are kept."""
        return Extractions(self._done)

    def finish(self) -> Extractions:
        """Go through all of them.

        Returns:
            The extractions; if it was interrupted, those that were there by then.
        """
        try:
            for _ in self:
                pass
        except KeyboardInterrupt:
            pass  # what is done is what was wanted of it
        return self.extractions

    def __iter__(self) -> Generator[Extraction[T], None, None]:
        with self._shown() as seen:
            going = iter(self._source)
            try:
                for extraction in going:
                    self._done.append(extraction)
                    seen()
                    yield extraction
            finally:
                # What is under way is ended now, not when somebody collects it.
                if isinstance(going, Generator):
                    going.close()

    def __repr__(self) -> str:
        return f"<{counted(len(self._done), 'document')}{'' if self._ended else ' so far'}>"

    def _so_far(self) -> Viewable:
        return _Documents(self._done, self._total)

    def _at_last(self) -> Viewable:
        return self.extractions


@overload
def live(source: Stream[T]) -> LiveExtraction[T]: ...
@overload
def live(
    source: Iterable[Extraction[T]] | Run[T], *, total: int | None = None
) -> LiveExtractions[T]: ...
def live(
    source: Stream[T] | Iterable[Extraction[T]] | Run[T], *, total: int | None = None
) -> LiveExtraction[T] | LiveExtractions[T]:
    """See what is found while it is found, in one place that is drawn again and again.

    In a notebook that is below the cell, in a terminal where the cursor is; where nobody looks,
    nothing is shown. Go through it with ``for``, as through what it was made of, or `finish` it.
    An interrupt keeps what was found: `finish` gives it, and after a loop ``extraction`` or
    ``extractions`` has it.

    Args:
        source: ``extractor.stream(text)``, or extractions, such as ``extractor.extract_many(texts)``.
        total: How many extractions there will be.

    Examples:
        >>> from dataclasses import dataclass
        >>> from codeie import Extractor, live
        >>> from codeie.testing import ScriptedClient
        >>> @dataclass
        ... class Ship:
        ...     name: str
        >>> extractor = Extractor([Ship], model=ScriptedClient(['[Ship("Tern"), Ship("Gull")]']))
        >>> live(extractor.stream("Tern and Gull")).finish().instances
        [Ship(name='Tern'), Ship(name='Gull')]
    """
    if isinstance(source, Stream):
        return LiveExtraction(source)
    return LiveExtractions(source, total)


class _Found(Viewable):
    """One document while its answer is written."""

    def __init__(self, text: str, items: tuple[Grounded[Any], ...], labels: list[str]) -> None:
        self._text = text
        self._items = items
        self._labels = labels
        self._said = f"{counted(len(items), 'item')} so far"

    def _repr_html_(self) -> str:
        bar = progress_html(self._said)
        return items_html(self._text, self._items, labels=self._labels, above=[bar])

    def __rich__(self) -> RenderableType:
        first = max(0, len(self._items) - _LATEST)
        rows: list[tuple[Cell, ...]] = [
            (number, Label(type(item.value).__name__), _string(item))
            for number, item in enumerate(self._items[first:], start=first + 1)
        ]
        headers = ("#", "class", "text")
        return table_text(headers, rows, caption=self._said, labels=self._labels)

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        return {"text/plain": self._said, "text/html": self._repr_html_()}


def _string(item: Grounded[Any]) -> str:
    return " · ".join(visible(mention.string[:_STRING]) for mention in item.mentions[:3])


class _Documents(Viewable):
    """Many documents while they are asked about."""

    def __init__(self, done: list[Extraction[Any]], total: int | None) -> None:
        self._latest = [
            (number, each.document.id, each.outcome.value, len(each.items), len(each.diagnostics))
            for number, each in enumerate(done[-_LATEST:], start=max(0, len(done) - _LATEST) + 1)
        ]
        self._count = len(done)
        self._total = total
        done_of = f"{counted(len(done), 'document')}"
        if total is not None:
            done_of = f"{len(done):,} of {counted(total, 'document')}"
        items = sum(len(each.items) for each in done)
        failed = sum(each.error is not None for each in done)
        self._said = f"{done_of}, {counted(items, 'item')}, {failed:,} failed so far"

    def _repr_html_(self) -> str:
        rows = table_html(_DOCUMENTS, self._latest) if self._latest else ""
        return progress_html(self._said, self._count, self._total) + rows

    def __rich__(self) -> RenderableType:
        return table_text(_DOCUMENTS, self._latest, caption=self._said)

    def _repr_mimebundle_(self, *_: Any, **__: Any) -> dict[str, str]:
        return {"text/plain": self._said, "text/html": self._repr_html_()}


_DOCUMENTS = ("#", "document", "outcome", "items", "diagnostics")
