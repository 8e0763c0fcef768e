"""The command `codeie show`: extractions that were written as JSON lines, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.cli._outputs import Output, writer_for
from codeie.cli._schema import load_classes

__all__ = ["run_show"]


def run_show(files: Sequence[str], schema: str, output: Output) -> None:
    """Show the extractions of files, one after the other.

    Args:
        files: Files of JSON lines, as `codeie extract --whole` writes them.
        schema: The user's classes, as typed.
        output: How to show them.

    Raises:
        InputError: If a file cannot be read, or a line does not fit the classes.
    """
    from codeie.extraction import Extraction

    classes = load_classes(schema)
    writer = writer_for(output)
    for file in files:
        for extraction in Extraction[object].from_jsonl(file, classes):
            writer.write(extraction)
    writer.close()
