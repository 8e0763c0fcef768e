"""The command `codeie extract`, without its options."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from codeie.cli._chosen import Chosen
from codeie.cli._exits import complain, exit_for, one_line
from codeie.cli._outputs import Output, writer_for
from codeie.documents import Reading, check_files, is_one_document, read_files
from codeie.errors import CodeIEError
from codeie.progress import is_watched, progress_bar

if TYPE_CHECKING:
    from codeie.extraction import Extraction

__all__ = ["Job", "run_extract"]


@dataclass(frozen=True, slots=True)
class Job:
    """All that was asked for.

    Args:
        files: Where the documents are; ``"-"`` is stdin.
        reading: How to read them.
        chosen: What extracts.
        output: How to write the results.
        concurrency: How many calls may be under way at once.
        run: The file that keeps the answers, or ``None``.
    """

    files: Sequence[str]
    reading: Reading
    chosen: Chosen
    output: Output
    concurrency: int
    run: str | None


def run_extract(job: Job) -> None:
    """Extract from all documents, writing each result as it comes.

    Raises:
        typer.Exit: If any document failed, with the exit code for that.
        CodeIEError: If nothing can be done at all.
    """
    # First what costs nothing: a misspelt file name is said before anything is loaded.
    check_files(job.files, job.reading)
    job.chosen.check()
    extractor = job.chosen.extractor()
    writer = writer_for(job.output)
    count, failures = 0, list[CodeIEError | None]()
    results = extractor.extract_many(
        read_files(job.files, job.reading), concurrency=job.concurrency, run=job.run
    )
    with (
        closing(writer),
        closing(results),
        _progress(job.files, job.reading) as advance,
    ):
        for extraction in results:
            count += 1
            if _failed(extraction):
                failures.append(extraction.error)
            with advance():
                writer.write(extraction)
    if failures:
        raise typer.Exit(exit_for(failures, count))


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


@contextlib.contextmanager
def _progress(files: Sequence[str], reading: Reading) -> Iterator[Any]:
    """A bar on stderr for long work that somebody is watching.

    Yields:
        A context manager for writing one result, which moves the bar out of the way.
    """
    # How many lines a file has is not known before they are read.
    total = len(files) if all(is_one_document(file, reading) for file in files) else None
    with progress_bar(total, "doc", shown=total != 1 and is_watched(), delay=1) as bar:

        @contextlib.contextmanager
        def advance() -> Iterator[None]:
            with bar.external_write_mode(file=sys.stdout):
                yield
            bar.update()

        yield advance
