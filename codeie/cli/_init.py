"""The command `codeie init`: a schema, example texts and a notebook to begin with."""

from __future__ import annotations

import enum
import json
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typer

from codeie.errors import InputError

__all__ = ["TEXTS", "Start", "notebook", "run_init"]


class Start(enum.StrEnum):
    """The tasks that there is something to begin with for."""

    ENTITIES = "entities"
    RELATIONS = "relations"
    EVENTS = "events"
    RECORDS = "records"


TEXTS: Final = {
    Start.ENTITIES: (
        "Isla Munro wrote from Lisbon that the ferry was late.",
        "The road from Oban to Skagen is closed.",
        "Olaf Brekke met Nora Lie at Lake Como.",
    ),
    Start.RELATIONS: (
        "Isla Munro has taught at the Harbour School for ten years.",
        "The Fjord Clinic hired Olaf Brekke as a cook.",
        "Nora Lie only visited the Old Mill.",
    ),
    Start.EVENTS: (
        "Isla Munro travelled to Lisbon in May.",
        "After the trip to Skagen, Olaf Brekke was ill.",
        "Nora Lie stayed at home.",
    ),
    Start.RECORDS: (
        "Quay Street 7: three rooms for 1,150 a month, free from 2 May 2027. Ask Isla Munro.",
        "Olaf Brekke rents out one room in Hill Road 1, 480 a month.",
        "The harbour was closed because of the ice.",
    ),
}
"""Texts without labels, for each task."""

_METRICS: Final = {
    Start.ENTITIES: "entities",
    Start.RELATIONS: "relations",
    Start.EVENTS: "arguments",
    Start.RECORDS: "slots",
}

_BEYOND_LOCAL: Final = (
    "the embedded model finds names only: put the name of another model into the notebook"
)


def run_init(task: Start, folder: Path, model: str) -> None:
    """Write a schema, texts and a notebook into a folder, and say what to do with them.

    Args:
        task: What is to be found.
        folder: Where to; it is made if it is not there.
        model: The model that the notebook names.

    Raises:
        InputError: If one of the files is there already, or cannot be written.
    """
    schema = files("codeie.cli").joinpath("starts", f"{task}.py").read_text(encoding="utf-8")
    texts = "".join(json.dumps({"text": text}) + "\n" for text in TEXTS[task])
    cells = json.dumps(notebook(task, model), indent=1) + "\n"
    written = {"schema.py": schema, "texts.jsonl": texts, "first.ipynb": cells}
    for name in written:
        if (folder / name).exists():
            raise InputError(f"{folder / name} is there already; nothing was written")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write to {folder}: {error.strerror}") from error
    typer.echo(f"{folder / 'schema.py'}: classes and labelled examples, to be changed to yours")
    typer.echo(f"{folder / 'texts.jsonl'}: texts to extract from")
    typer.echo(f"{folder / 'first.ipynb'}: from these to a score")
    typer.echo(
        f"try: codeie extract {folder / 'texts.jsonl'} --schema {folder / 'schema.py'} "
        f"--model {model}"
    )
    if model == "local" and task is not Start.ENTITIES:
        typer.echo(f"note: {_BEYOND_LOCAL}")


def notebook(task: Start, model: str) -> dict[str, Any]:
    """The notebook, as its JSON: first extraction, many texts, a score."""
    cells = [
        _words(
            f"# A first extractor: {task}\n\nAt the end of this notebook you have an extraction to "
            "look at, answers for all your texts in a file, and a score. The classes are in "
            "`schema.py`; change them, and run this again."
        ),
        _code(
            "from codeie import Extractor\nfrom schema import EXAMPLES, SCHEMA\n\n"
            f"extractor = Extractor(SCHEMA, model={model!r})"
        ),
        _words("One text. What the model sees is `extractor.prompt(text)`."),
        _code("text = EXAMPLES[0][0]\nextractor(text)"),
        _words(
            "All texts. Their answers are kept in `answers.db`: run it again, and none is asked."
        ),
        _code(
            "import json\nfrom pathlib import Path\n\n"
            "lines = Path('texts.jsonl').read_text().splitlines()\n"
            "texts = [json.loads(line)['text'] for line in lines]\n"
            "found = list(extractor.extract_many(texts, run='answers.db'))\n"
            "[extraction.instances for extraction in found]"
        ),
        _words(
            "A score, on the labelled examples. Three texts prove nothing: label more of yours."
        ),
        _code(
            "from codeie import ground\nfrom codeie.evaluation import score\n\n"
            "gold = [ground(right, text) for text, right in EXAMPLES]\n"
            "predicted = list(extractor.extract_many([text for text, _ in EXAMPLES]))\n"
            f"scores = score(gold, predicted, SCHEMA, metric={_METRICS[task]!r})\n"
            "print(f'F1 {scores.f1:.2f}')"
        ),
    ]
    named = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": named, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(text: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": {}, "source": text, **empty}
