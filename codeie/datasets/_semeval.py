"""SemEval-2010 Task 8: a sentence with two marked nominals, and how they relate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._files import Limits, Line, Place, read_lines
from codeie.datasets._record import GoldRelation, Record
from codeie.datasets._spans import TextRecord

__all__ = ["read_semeval"]

_SENTENCE = re.compile(r"(\d{1,12})\t\"(.*)\"\s*")
_MARKED = re.compile(r"(.*?)<e1>(.+?)</e1>(.*?)<e2>(.+?)</e2>(.*)")
_LABEL = re.compile(r"([\w-]{1,100})(?:\((e[12]),(e[12])\))?")


def read_semeval(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read sentences; the text is without marks and outer quotes.

    Both nominals are mentions of type ``Nominal``. ``Cause-Effect(e2,e1)`` is a relation
    ``Cause-Effect`` whose head is the second nominal; the whole label is its attribute
    ``label``. ``Other`` goes from the first to the second.

    Args:
        path: The file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a block is not of the format.
    """
    block: list[Line] = []
    for line in read_lines(path, limits):
        if line.text.strip():
            block.append(line)
        elif block:
            yield _sentence(str(path), block)
            block = []
    if block:
        yield _sentence(str(path), block)


def _sentence(path: str, block: list[Line]) -> Record:
    place = Place(path, block[0].number)
    line = _SENTENCE.fullmatch(block[0].text)
    if line is None or len(block) < 2:
        place.fail('expected a number, a tab and a "sentence", then a line with the relation')
    marked = _MARKED.fullmatch(line[2])
    if marked is None:
        place.fail("expected <e1>…</e1> and then <e2>…</e2> in the sentence")
    label = _LABEL.fullmatch(block[1].text.strip())
    if label is None or label[2] != ("e1" if label[3] == "e2" else "e2" if label[3] else None):
        Place(path, block[1].number).fail(f"no relation: {block[1].text[:80]!r}")
    before, first, between, second, after = marked.groups()
    built = TextRecord(line[1], before + first + between + second + after, place)
    start = len(before)
    built.mention("e1", "Nominal", [(start, start + len(first))], first)
    start += len(first) + len(between)
    built.mention("e2", "Nominal", [(start, start + len(second))], second)
    head, tail = (label[2], label[3]) if label[2] else ("e1", "e2")
    comment = " ".join(rest.text for rest in block[2:]).removeprefix("Comment:").strip()
    relation = GoldRelation(label[1], head, tail, {"label": label[0]})
    return built.record(relations=[relation], metadata={"comment": comment})
