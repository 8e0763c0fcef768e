"""The options that several commands have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from codeie.cli._exits import complain
from codeie.documents import Format

__all__ = [
    "Chunk",
    "Concurrency",
    "ConfidenceOf",
    "Constrain",
    "DatasetName",
    "DecodingErrors",
    "Encoding",
    "FileFormat",
    "Files",
    "GoldSchema",
    "IdField",
    "Instructions",
    "KeptIn",
    "LabelOf",
    "Labelled",
    "Layout",
    "MaxTokens",
    "ModelName",
    "SchemaName",
    "Select",
    "SelectOne",
    "Strategy",
    "StyleName",
    "Temperature",
    "TextField",
    "Timeout",
    "Without",
    "numbers",
    "several",
]

Chunk = Annotated[
    str | None,
    typer.Option(
        "--chunk",
        help="Ask about longer texts in pieces of so many characters at most: 8000, or "
        "'2000 tokens, overlap 200, across 1'.",
    ),
]
Concurrency = Annotated[
    int, typer.Option("--concurrency", min=1, max=1024, help="Calls under way at once.")
]
ConfidenceOf = Annotated[
    list[str] | None,
    typer.Option(
        "--confidence",
        metavar="raw|FILE",
        help="How sure the model was of each item: raw, as it says itself; or made true by a file "
        "of fit_confidence, which also leaves out what is unlikely; may be repeated.",
    ),
]
Constrain = Annotated[
    Literal["auto", "never", "schema", "document"],
    typer.Option(
        "--constrain",
        help="Hold answers to a grammar where the model takes one: of the schema, or of the "
        "document's words, too.",
    ),
]
Layout = Annotated[
    Literal["auto", "conversation", "completion"],
    typer.Option(
        "--layout",
        help="Send prompts as turns or as one text; auto takes what the model does best.",
    ),
]
Instructions = Annotated[
    str | None,
    typer.Option(
        "--instructions",
        metavar="FILE",
        help="Further instructions for the model, after the style's own; `codeie instruct` makes "
        "some.",
    ),
]
DatasetName = Annotated[
    str, typer.Option("--dataset", "-d", help="A dataset's name; `codeie datasets` shows them.")
]
GoldSchema = Annotated[
    str | None,
    typer.Option(
        "--schema",
        "-s",
        metavar="MODULE:NAMES",
        help="Your classes: package.module:Name,Name or file.py:Name,Name.",
    ),
]
LabelOf = Annotated[
    list[str] | None,
    typer.Option(
        "--label",
        metavar="LABEL=CLASS",
        help="The class of a label of the gold that has another name; may be repeated.",
    ),
]
Labelled = Annotated[
    str | None,
    typer.Option(
        "--demonstrations",
        metavar="PATH",
        help="Your labelled documents, in a format of datasets, to choose demonstrations from.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="HOW:COUNT",
        help="How demonstrations are chosen: bm25:8, random:5, per-type:2, covering:1500tokens …",
    ),
]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", min=1, help="The longest answer, in tokens.")
]
Strategy = Annotated[
    str | None,
    typer.Option(
        "--strategy",
        metavar="NAMES",
        help="Ask more than once, such as 'vote(5),verify'; see docs/techniques.md.",
    ),
]
Temperature = Annotated[
    float | None, typer.Option("--temperature", min=0, help="Left to the model if not given.")
]

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", help="Documents of any kind, JSON lines, or '-' for stdin."),
]
SchemaName = Annotated[
    str,
    typer.Option(
        "--schema",
        "-s",
        metavar="MODULE:NAME,...",
        help="Your classes: package.module:Name,Name or path/to/file.py:Name,Name. "
        "The module is imported, so name only code that you would run.",
    ),
]
ModelName = Annotated[
    str,
    typer.Option(
        "--model", "-m", help="local, local:/path/to/model.gguf, openai/NAME or anthropic/NAME."
    ),
]
StyleName = Annotated[
    str, typer.Option("--style", help="The prompt's style; auto takes the best of the layout.")
]
FileFormat = Annotated[
    Format, typer.Option("--format", help="What the files hold; auto goes by their names.")
]
TextField = Annotated[str, typer.Option("--text-field", help="Where a JSON object has its text.")]
IdField = Annotated[str, typer.Option("--id-field", help="Where a JSON object has its name.")]
Encoding = Annotated[
    str, typer.Option("--encoding", help="Of all files; auto goes by what each says, or is.")
]
DecodingErrors = Annotated[
    Literal["strict", "replace"],
    typer.Option(
        "--errors", help="Bytes not in that encoding: fail the document, or put U+FFFD there."
    ),
]
KeptIn = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="PATH",
        help="Keep the answers in this file, so that a repeated run asks nothing twice.",
    ),
]
SelectOne = Annotated[
    str | None,
    typer.Option(
        "--select",
        metavar="HOW:COUNT",
        help="How they are chosen for each document: bm25:8 (default), random:5, per-type:2, "
        "covering:1500tokens and others.",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="PART",
        help="Leave out and tell: boilerplate, quoted, references, code, note; may be repeated.",
    ),
]
Timeout = Annotated[float | None, typer.Option("--timeout", min=0, help="Seconds for one call.")]


def several(option: str, given: Iterable[str] | None, default: str) -> list[str]:
    """The values of an option that may be repeated, and may name several with commas.

    What is there twice is taken once, and said. A path (``local:/a,b.gguf``) keeps its commas.

    Raises:
        InputError: If a value is empty.
    """
    from codeie.errors import InputError

    found: list[str] = []
    for value in given if given is not None else [default]:
        for part in [value] if value.startswith("local:") else re.split(r",(?!negatives=)", value):
            word = part.strip()
            if not word:
                raise InputError(f"{option} {value!r} names nothing between its commas")
            if word in found:
                complain(f"{option} names {word} twice; it is taken once")
            else:
                found.append(word)
    return found


def numbers(words: Iterable[str]) -> list[int]:
    """How many demonstrations are to be shown, each time.

    Raises:
        InputError: If a word is no whole number, or a negative one.
    """
    from codeie.errors import InputError

    found = []
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) < _DIGITS):
            raise InputError(f"--shots {word!r} is no number of demonstrations; write 0, 5 or 0,5")
        found.append(int(word))
    return found


_DIGITS = 7
