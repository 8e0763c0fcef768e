"""The command `codeie extract`, without its options."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import typer

from codeie.cli._documents import (
    Reading,
    check_files,
    is_jsonl,
    read_documents,
    unreadable,
)
from codeie.cli._exits import Exit, complain, exit_of, one_line, warnings_in_one_line
from codeie.cli._gold import own_gold
from codeie.cli._outputs import Output, writer_for
from codeie.cli._schema import load_classes
from codeie.errors import CodeIEError, InputError

if TYPE_CHECKING:
    from codeie.clients import LayoutChoice, Settings
    from codeie.extraction import Extraction
    from codeie.selection import Selector

__all__ = ["Job", "run_extract"]

_CHOSEN = "bm25:8"


@dataclass(frozen=True, slots=True)
class Job:
    """All that was asked for.

    Args:
        files: Where the documents are; ``"-"`` is stdin.
        reading: How to read them.
        schema: What to extract, as typed.
        model: With what.
        style: The prompt style.
        layout: How prompts are sent.
        settings: How to sample.
        output: How to write the results.
        concurrency: How many calls may be under way at once.
        chunk: The most code points that are asked about at once, or ``None``.
        strategy: How it is asked more than once, by name, or ``None``.
        run: The file that keeps the answers, or ``None``.
        labelled: Where documents to choose demonstrations from are, or ``None``.
        select: How they are chosen, by a selector's name.
    """

    files: Sequence[str]
    reading: Reading
    schema: str
    model: str
    style: str
    layout: LayoutChoice
    settings: Settings
    output: Output
    concurrency: int
    chunk: int | None
    strategy: str | None
    run: str | None
    labelled: str | None = None
    select: str | None = None


def run_extract(job: Job) -> None:
    """Extract from all documents, writing each result as it comes.

    Raises:
        typer.Exit: If any document failed, with the exit code for that.
        CodeIEError: If nothing can be done at all.
    """
    # First what costs nothing: a misspelt file name is said before anything is loaded.
    check_files(job.files, job.reading)
    if job.select is not None:
        from codeie.selection import parsed_name

        parsed_name(job.select)
        if job.labelled is None:
            raise InputError("--select needs --demonstrations, the documents to choose from")
    classes = load_classes(job.schema)
    from codeie.clients import resolve
    from codeie.extraction import Extractor

    with warnings_in_one_line():
        extractor: Extractor[Any] = Extractor(
            classes,
            model=resolve(job.model),
            style=job.style,
            layout=job.layout,
            demonstrations=_selector(job, classes) if job.labelled is not None else (),
            settings=job.settings,
            chunk=job.chunk,
            strategy=job.strategy,
        )
    writer = writer_for(job.output)
    count, failures = 0, list[CodeIEError | None]()
    results = extractor.extract_many(
        read_documents(job.files, job.reading), concurrency=job.concurrency, run=job.run
    )
    with (
        closing(writer),
        closing(results),
        _progress(job.files, job.reading) as advance,
    ):
        for extraction in map(_settled, results):
            count += 1
            if _failed(extraction):
                failures.append(extraction.error)
            with advance():
                writer.write(extraction)
    if failures:
        raise typer.Exit(_exit_for(failures, count))


def _selector(job: Job, classes: Sequence[type]) -> Selector:
    from codeie.datasets import LabelMap
    from codeie.selection import selector_named

    labels = LabelMap({cls.__name__: cls for cls in classes})
    examples = own_gold(job.labelled or "", None, labels)
    return selector_named(job.select or _CHOSEN, examples)


def _settled(extraction: Extraction[Any]) -> Extraction[Any]:
    from codeie.parsing import Outcome

    problem = unreadable(extraction.document)
    if problem is None:
        return extraction
    return replace(extraction, diagnostics=(), outcome=Outcome.FAILED, error=problem)


def _failed(extraction: Extraction[Any]) -> bool:
    from codeie.parsing import Outcome

    name = extraction.document.id or "document"
    if extraction.error is not None:
        about = one_line(extraction.error)
        complain(about if name in about else f"{name}: {about}")
        return True
    if extraction.outcome is Outcome.UNPARSED:
        complain(f"{name}: the model answered, but nothing in its answer could be read")
        return True
    return False


def _exit_for(failures: Sequence[CodeIEError | None], count: int) -> Exit:
    if count > 1:
        complain(f"{len(failures):,} of {count:,} documents failed")
    kinds = {exit_of(error) if error is not None else Exit.SOME_FAILED for error in failures}
    # Only where nothing at all came out is it the input's or the model's fault as a whole.
    return kinds.pop() if len(failures) == count and len(kinds) == 1 else Exit.SOME_FAILED


@contextlib.contextmanager
def _progress(files: Sequence[str], reading: Reading) -> Iterator[Any]:
    """A bar on stderr for long work that somebody is watching.

    Yields:
        A context manager for writing one result, which moves the bar out of the way.
    """
    from tqdm import tqdm

    # How many lines a file has is not known before they are read.
    total = None if any(is_jsonl(file, reading) for file in files) else len(files)
    quiet = total == 1 or not _is_watched()
    with tqdm(total=total, unit="doc", file=sys.stderr, disable=quiet, delay=1) as bar:

        @contextlib.contextmanager
        def advance() -> Iterator[None]:
            with bar.external_write_mode(file=sys.stdout):
                yield
            bar.update()

        yield advance


def _is_watched() -> bool:
    return sys.stderr.isatty()
