"""The ADE corpus as published: pairs of a sentence's strings, a line for each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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

    The file's offsets count in abstracts that are not shipped. Where a sentence begins in its
    abstract is what most of the strings of all its pairs agree on; that tells the places of a
    repeated string apart. Where they agree on several beginnings, a warning says so.

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


@dataclass(frozen=True, slots=True)
class _Pair:
    head: str
    head_start: int
    tail: str
    tail_start: int
    label: str
    place: Place


class _Sentence:
    def __init__(self, number: int, cells: list[str], place: Place) -> None:
        self._built = TextRecord(f"{cells[0]}-{number}", cells[1], place)
        self._ids: dict[tuple[str, int, int], str] = {}
        self._found: dict[str, list[int]] = {}
        self._pairs: list[_Pair] = []

    def pair(self, cells: list[str], place: Place, label: str) -> None:
        for string in (cells[2], cells[5]):
            if string not in self._found:
                self._found[string] = self._places(string, place)
        head_start, tail_start = (int(cells[index][:12]) for index in (3, 6))
        self._pairs.append(_Pair(cells[2], head_start, cells[5], tail_start, label, place))

    def _places(self, string: str, place: Place) -> list[int]:
        found = [match.start() for match in re.finditer(re.escape(string), self._built.text)]
        if not string or not found:
            place.fail(f"{string[:80]!r} is not in the sentence")
        return found

    def record(self) -> Record:
        begins = self._begins()
        relations: list[GoldRelation] = []
        for pair in self._pairs:
            head = self._mention(pair.label, pair.head, pair.head_start, begins, pair.place)
            tail = self._mention("Drug", pair.tail, pair.tail_start, begins, pair.place)
            relation = GoldRelation(pair.label, head, tail)
            if relation in relations:
                message = f"the pair of {pair.head!r} and {pair.tail!r} is there twice"
                self._built.warn(Oddity.REPEATED_RECORD, message, pair.place)
            relations.append(relation)
        return self._built.record(relations=relations)

    def _begins(self) -> list[int]:
        """Where in its abstract the sentence may begin, by what most of its strings say.

        A string that stands at one place only says one thing; all of them agree on few.
        """
        stated = {
            *((pair.head, pair.head_start) for pair in self._pairs),
            *((pair.tail, pair.tail_start) for pair in self._pairs),
        }
        votes = Counter(start - at for string, start in stated for at in self._found[string])
        most = max(votes.values())
        # The latest first: then of several places the first is taken.
        return sorted((begin for begin, count in votes.items() if count == most), reverse=True)

    def _mention(self, label: str, string: str, start: int, begins: list[int], place: Place) -> str:
        places = self._found[string]
        at = _nearest_to(start - begins[0], places)
        if any(_nearest_to(start - begin, places) != at for begin in begins[1:]):
            message = f"{string[:80]!r} occurs more than once; the place at {at} is taken"
            self._built.warn(Oddity.AMBIGUOUS_PLACE, message, place)
        key = label, at, at + len(string)
        if key not in self._ids:
            name = f"T{len(self._ids) + 1}"
            self._ids[key] = self._built.mention(name, label, [key[1:]], string)
        return self._ids[key]


def _nearest_to(wanted: int, places: list[int]) -> int:
    after = bisect_left(places, wanted)
    return min(places[max(0, after - 1) : after + 1], key=lambda at: abs(at - wanted))


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
