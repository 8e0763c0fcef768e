"""The folder of an annotation: its documents, its rounds, and what was corrected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codeie.annotation._choosing import Choice, Why
from codeie.annotation._compared import agreeing, keys_of
from codeie.annotation._corpus import Corpus
from codeie.annotation._forms import Form, fitted
from codeie.annotation._kept import read_rows
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.introspection import Schema
from codeie.viewable import Outlined

__all__ = ["Corrected", "Folder"]

_LABELLED: Final = "labelled.jsonl"
_CHOSEN: Final = "chosen.jsonl"


@dataclass(frozen=True, slots=True)
class Corrected(Outlined):
    """A document that a person corrected.

    Args:
        extraction: What is right.
        why: What it was chosen for.
        round: In which round.
        form: In what form it came back.
    """

    extraction: Extraction[Any]
    why: Why
    round: int
    form: Form


class Folder:
    """What is kept of an annotation, as files.

    Args:
        path: The folder; made if need be.

    Raises:
        InputError: If it is a file, or holds something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and not path.is_dir():
            raise InputError(f"{path} is a file; name a folder for the annotation")
        path.mkdir(parents=True, exist_ok=True)
        self.corpus = Corpus(path / "corpus.jsonl")

    @property
    def answers(self) -> Path:
        """The file of all answers."""
        return self.path / "answers.sqlite"

    @property
    def refused(self) -> Path:
        """The file of the corrections that could not be taken the last time."""
        return self.path / "refused.jsonl"

    @property
    def corrected(self) -> Path:
        """The file of what was corrected."""
        return self.path / "corrected.jsonl"

    @property
    def round(self) -> int:
        """The number of the round whose labels are all there; 0 before the first."""
        number = 0
        while self.labelled(number + 1).is_file():
            number += 1
        return number

    def of_round(self, number: int) -> Path:
        """The folder of a round."""
        return self.path / f"round-{number}"

    def labelled(self, number: int) -> Path:
        """The file of a round's labels."""
        return self.of_round(number) / _LABELLED

    def chosen(self, number: int) -> Path:
        """The file of the documents that were chosen in a round."""
        return self.of_round(number) / _CHOSEN

    def choices(self, number: int) -> Iterator[Choice]:
        """The documents that were chosen in a round."""
        for row in read_rows(self.chosen(number)):
            document = self.corpus.named(str(row.get("id")))
            if document is None or row.get("why") not in list(Why):
                raise InputError(f"{self.chosen(number)} holds a line that is no choice")
            yield Choice(document, Why(row["why"]), row.get("scores") or {})

    def corrections(self) -> dict[str | None, dict[str, Any]]:
        """What was corrected, by the documents' names, as it is kept."""
        found: dict[str | None, dict[str, Any]] = {}
        for row in read_rows(self.corrected):
            match row:
                case {
                    "round": int(),
                    "why": str(),
                    "form": str(),
                    "record": {"id": str() as name, "text": str(), "items": list()},
                }:
                    found[name] = row
                case _:
                    raise InputError(f"{self.corrected} holds a line that is no correction")
        return found

    def revived(self, schema: Schema) -> Iterator[tuple[Corrected, list[str]]]:
        """What was corrected as instances, each with what of it does not fit the classes."""
        for row in self.corrections().values():
            extraction, misfits = fitted(row["record"], schema)
            yield Corrected(extraction, Why(row["why"]), row["round"], Form(row["form"])), misfits

    def agreements(self) -> tuple[float, ...]:
        """How far the labels of each round agree with those of the one before (F1).

        Of the documents that nobody corrected; the first round has none before it.
        """
        done = self.corrections()
        found, before = [], dict[Any, list[str]]()
        for number in range(1, self.round + 1):
            rows = read_rows(self.labelled(number))
            keys = {row["id"]: keys_of(row) for row in rows if row["id"] not in done}
            if number > 1:
                parts = [agreeing(before[name], keys[name]) for name in before.keys() & keys.keys()]
                whole = sum(each for _, each in parts)
                found.append(sum(shared for shared, _ in parts) / whole if whole else 1.0)
            before = keys
        return tuple(found)

    def keep(self, path: Path) -> None:
        """Keep what came back as it was."""
        folder = self.path / "returned"
        folder.mkdir(exist_ok=True)
        number = 1 + sum(1 for _ in folder.iterdir())
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, folder / f"{number:04d}-{path.name}")
