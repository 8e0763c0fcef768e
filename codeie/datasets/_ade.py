"""The ADE corpus as published: pairs of a sentence's strings, a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from codeie.datasets._files import Limits, Place, read_lines
from codeie.datasets._record import GoldRelation, Record
from codeie.datasets._spans import TextRecord
from codeie.datasets._warnings import Oddity
from codeie.errors import InputError

__all__ = ["read_ade", "read_ade_negatives"]

_TYPES = {"AE": "Adverse-Effect", "DOSE": "Dose"}


def read_ade(
    path: Path, *, kind: Literal["AE", "DOSE"] = "AE", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read ``DRUG-AE.rel`` or ``DRUG-DOSE.rel``, one record for each sentence.

    The file's offsets count in abstracts that are not shipped, so that both strings are looked
    for in the sentence; the distance of the two offsets decides between several places.

    Args:
        path: The file.
        kind: Whether the head is an adverse effect or a dose.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format, or a string not in its sentence.
        InputError: If there is no such kind.
    """
    if kind not in get_args(Literal["AE", "DOSE"]):
        raise InputError(f"no kind {kind!r}; there are AE, DOSE")
    sentences: dict[tuple[str, str], _Sentence] = {}
    for line in read_lines(path, limits):
        if not line.text.strip():
            continue
        place = Place(str(path), line.number)
        cells = line.text.split("|")
        offsets = [cells[index] for index in (3, 4, 6, 7)] if len(cells) == 8 else []
        if not offsets or not all(offset.strip().isdecimal() for offset in offsets):
            place.fail("expected 'ID|sentence|effect|start|end|drug|start|end'")
        key = cells[0], cells[1]
        if key not in sentences:
            sentences[key] = _Sentence(len(sentences) + 1, cells, place)
        sentences[key].pair(cells, place, _TYPES[kind])
    for sentence in sentences.values():
        yield sentence.record()


class _Sentence:
    def __init__(self, number: int, cells: list[str], place: Place) -> None:
        self._built = TextRecord(f"{cells[0]}-{number}", cells[1], place)
        self._ids: dict[tuple[str, int, int], str] = {}
        self._relations: list[GoldRelation] = []

    def pair(self, cells: list[str], place: Place, label: str) -> None:
        distance = int(cells[3][:12]) - int(cells[6][:12])
        heads, tails = self._places(cells[2], place), self._places(cells[5], place)
        head, tail = min(
            ((head, tail) for head in heads for tail in tails),
            key=lambda pair: abs(pair[0] - pair[1] - distance),
        )
        if abs(head - tail - distance) > 2 and (len(heads) > 1 or len(tails) > 1):
            message = f"{cells[2]!r} or {cells[5]!r} occurs more than once; one place is taken"
            self._built.warn(Oddity.AMBIGUOUS_PLACE, message, place)
        ends = self._mention(label, cells[2], head), self._mention("Drug", cells[5], tail)
        relation = GoldRelation(label, *ends)
        if relation in self._relations:
            message = f"the pair of {cells[2]!r} and {cells[5]!r} is there twice"
            self._built.warn(Oddity.REPEATED_RECORD, message, place)
        self._relations.append(relation)

    def _places(self, string: str, place: Place) -> list[int]:
        found = [match.start() for match in re.finditer(re.escape(string), self._built.text)]
        if not string or not found:
            place.fail(f"{string[:80]!r} is not in the sentence")
        return found

    def _mention(self, label: str, string: str, start: int) -> str:
        key = label, start, start + len(string)
        if key not in self._ids:
            name = f"T{len(self._ids) + 1}"
            self._ids[key] = self._built.mention(name, label, [key[1:]], string)
        return self._ids[key]

    def record(self) -> Record:
        return self._built.record(relations=self._relations)


def read_ade_negatives(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read ``ADE-NEG.txt``: sentences in which nothing is to be found.

    Args:
        path: The file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    for line in read_lines(path, limits):
        if not line.text.strip():
            continue
        place = Place(str(path), line.number)
        name, _, rest = line.text.partition(" ")
        mark, _, sentence = rest.partition(" ")
        if mark != "NEG" or not sentence:
            place.fail("expected 'ID NEG sentence'")
        yield TextRecord(f"{name}-{line.number}", sentence, place).record()
