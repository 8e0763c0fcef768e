"""What an extraction gives: the user's instances, their places, and all that happened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from codeie.clients import Completion, Usage
from codeie.diagnostics import Diagnostic, Diagnostics
from codeie.display import Viewable, page_end, page_section, page_start
from codeie.errors import CodeIEError, InputError
from codeie.extraction._record import as_json, extraction_record, whole_record
from codeie.extraction._step import Step, kept_usage, usage
from codeie.grounding import Grounded, Items
from codeie.introspection import Schema, introspect
from codeie.parsing import Outcome
from codeie.places import Place
from codeie.prompting import Prompt
from codeie.types import Document

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Extraction"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extraction(Viewable, Generic[T]):
    """Everything that came of one document.

    Args:
        document: What was extracted from.
        items: The instances with their spans, in the order of the answer.
        diagnostics: What was dropped, repaired or could not be grounded, and why.
        outcome: Whether there were items, nothing, or nothing readable: an answer that could
            not be parsed is never the same as an empty one.
        steps: What was asked and answered, in order: one step for most styles, none if
            nothing was asked.
        error: Why there is no answer, in runs over many documents; else ``None``.
        dropped: The instances that were left out, each with a diagnostic that says why: by a
            policy of grounding (repeats, and what ``ungrounded="drop"`` or
            ``overlaps="longest"`` is about), or by a strategy (what was outvoted or denied).
        labels: The names of the schema's classes in order, by which they have their colours; by
            default those that were asked about.
    """

    document: Document
    items: tuple[Grounded[T], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    outcome: Outcome = Outcome.EMPTY
    steps: tuple[Step, ...] = ()
    error: CodeIEError | None = None
    dropped: tuple[Grounded[T], ...] = ()
    labels: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        # The same tuples, that show themselves where somebody looks at them alone.
        object.__setattr__(self, "items", Items.of(self.items))
        object.__setattr__(self, "diagnostics", Diagnostics.of(self.diagnostics))
        object.__setattr__(self, "dropped", Items.of(self.dropped))

    def __iter__(self) -> NoReturn:
        raise TypeError(
            "an extraction is not gone through itself: extraction.items are what was found with "
            "its places, extraction.instances without"
        )

    def __getattr__(self, name: str) -> NoReturn:
        # Only what is not there comes here.
        hint = "" if name.startswith("_") else "; what was found is in items, and in instances"
        raise AttributeError(f"an extraction has no {name!r}{hint}", name=name, obj=self)

    @property
    def instances(self) -> list[T]:
        """The instances of the user's own classes, nothing else."""
        return [item.value for item in self.items]

    @property
    def prompt(self) -> Prompt | None:
        """What was sent last; ``None`` if nothing was."""
        return self.steps[-1].prompt if self.steps else None

    @property
    def completion(self) -> Completion | None:
        """What came back last; ``None`` if nothing did."""
        return self.steps[-1].completion if self.steps else None

    @property
    def usage(self) -> Usage:
        """The tokens that all steps cost; answers taken from a run's file cost nothing."""
        return usage(self.steps)

    @property
    def kept_usage(self) -> Usage:
        """The tokens that the answers from a run's file had cost when they were asked for."""
        return kept_usage(self.steps)

    def places(self, item: Grounded[Any]) -> Mapping[str, tuple[Place, ...]]:
        """Where in the document's file the strings of an item stand, by field path.

        Args:
            item: One of the items; or any whose spans are in this document.

        Returns:
            For each string that was found in the text, the page with a box for each line, the
            element, the cell or whatever its reader knows; no places where it knows none. A
            discontinuous string has the places of its pieces.
        """
        return {
            mention.path: tuple(
                place
                for part in mention.parts or (mention.span,)
                for place in self.document.places(part)
            )
            for mention in item.mentions
            if mention.span is not None
        }

    def to_dict(self, *, whole: bool = False) -> dict[str, Any]:
        """The extraction as JSON types under stable keys.

        Always ``id``, ``outcome``, ``items``, ``diagnostics``, ``error``, ``model``, ``usage``
        and ``kept``; each item has ``class``, ``fields``, ``spans``, ``mentions``, ``match``,
        ``confidence`` and ``field_confidences``.

        Args:
            whole: Whether to put in the text too, and what else `from_dict` needs.
        """
        record = extraction_record(
            self.document, self.items, self.diagnostics, self.outcome, self.steps, self.error
        )
        if not whole:
            return record
        return whole_record(record, self.document, self.items, self.diagnostics, self.dropped)

    def to_json(self, *, indent: int | None = None, whole: bool = False) -> str:
        """`to_dict` as JSON; on one line unless ``indent`` is given."""
        return as_json(self.to_dict(whole=whole), indent=indent)

    @classmethod
    def from_dict(
        cls,
        record: Mapping[str, Any],
        schema: Schema[T] | Sequence[type[T]] | type[T],
        *,
        text: str | None = None,
    ) -> Extraction[T]:
        """The extraction of a record that `to_dict` made with ``whole=True``.

        What was asked and answered does not come back, and of an error only its message. In a
        field that may hold several types, a string that fits more than one is the first of them.

        Args:
            record: The record, perhaps corrected by somebody: untrusted.
            schema: The classes; their constructors are called with what the record says.
            text: The document's text, for records without it.

        Raises:
            InputError: If the record does not fit the classes or the text; says where.
        """
        from codeie.extraction._revived import revived

        found = revived(record, schema, text)
        said = record.get("error")
        error = CodeIEError(str(said.get("message", ""))) if isinstance(said, Mapping) else None
        return cls(
            found.document,
            found.items,
            found.diagnostics,
            found.outcome,
            error=error,
            dropped=found.dropped,
            labels=tuple(spec.name for spec in introspect(schema).classes),
        )

    @classmethod
    def from_jsonl(
        cls, path: str | os.PathLike[str], schema: Schema[T] | Sequence[type[T]] | type[T]
    ) -> Iterator[Extraction[T]]:
        """The extractions of a file with one such record on each line, one after the other.

        Raises:
            InputError: If the file cannot be read, or a line does not fit; names file and line.
        """
        from codeie.extraction._revived import read_lines

        for number, record in read_lines(path):
            try:
                yield cls.from_dict(record, schema)
            except InputError as error:
                raise InputError(f"{path}, line {number}: {error}") from error

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        source: str | os.PathLike[str] | bytes | None = None,
    ) -> Path:
        """Write what a notebook shows as a page of its own, which loads nothing.

        Or, with ``source``, the page that the document was read from, with marks around what was
        found; its own scripts and pictures stay as they are, and none is added.

        Args:
            path: The file to write; what it held is replaced.
            source: The page that was read, as a path or as bytes.

        Returns:
            The same path.

        Raises:
            InputError: If ``source`` is not the page that the document was read from.
        """
        target = Path(path)
        if source is not None:
            from codeie.extraction._marks import marked

            target.write_bytes(marked(self.document, self.items, "html", source))
            return target
        name = self.document.id if self.document.id is not None else "Extraction"
        page = f"{page_start(name)}{page_section(self._repr_html_())}{page_end()}"
        target.write_text(page, encoding="utf-8")
        return target

    def to_pdf(
        self,
        path: str | os.PathLike[str],
        *,
        source: str | os.PathLike[str] | bytes | None = None,
    ) -> Path:
        """Write a copy of the PDF that the document was read from, with what was found highlighted.

        Each highlight has a note that says what it is.

        Args:
            path: The file to write; what it held is replaced.
            source: Where the PDF is now, or its bytes; ``None`` for where it was read.

        Returns:
            The same path.

        Raises:
            InputError: If the document is of no PDF, or ``source`` is another one.
        """
        from codeie.extraction._marks import marked

        target = Path(path)
        target.write_bytes(marked(self.document, self.items, "pdf", source))
        return target

    def to_docx(
        self,
        path: str | os.PathLike[str],
        *,
        source: str | os.PathLike[str] | bytes | None = None,
    ) -> Path:
        """Write a copy of the Word file that the document was read from, with comments.

        Args:
            path: The file to write; what it held is replaced.
            source: Where the Word file is now, or its bytes; ``None`` for where it was read.

        Returns:
            The same path.

        Raises:
            InputError: If the document is of no Word file, or ``source`` is another one.
        """
        from codeie.extraction._marks import marked

        target = Path(path)
        target.write_bytes(marked(self.document, self.items, "docx", source))
        return target

    # How it shows itself; rich is imported when it is asked for.

    def __rich__(self) -> RenderableType:
        from codeie.extraction._show import extraction_renderable

        return extraction_renderable(
            self.document,
            self.items,
            self.diagnostics,
            self.outcome,
            self.steps,
            self.error,
            self.labels,
        )

    def _repr_html_(self) -> str:
        from codeie.extraction._show import extraction_html

        return extraction_html(
            self.document,
            self.items,
            self.diagnostics,
            self.outcome,
            self.steps,
            self.error,
            self.labels,
        )
