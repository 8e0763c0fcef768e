"""brat and BioNLP standoff: a text, and annotations beside it that refer to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from codeie.datasets._files import Limits, Place, files_in, read_lines, read_text
from codeie.datasets._record import (
    GoldArgument,
    GoldCluster,
    GoldEvent,
    GoldModifier,
    GoldRelation,
    Record,
)
from codeie.datasets._spans import TextRecord
from codeie.datasets._told import told
from codeie.datasets._warnings import Oddity
from codeie.errors import DatasetError

__all__ = ["read_brat"]

_TEXT_BOUND = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)")
_NUMBERED = re.compile(r"(.*?\D)\d+")


@told
def read_brat(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read a folder of ``.txt`` files with ``.ann``, or with ``.a1`` (given) and ``.a2``.

    Events may have events as arguments, also ones that stand further down; ``Theme2`` is the
    role ``Theme``; ``Equiv`` makes a cluster; ``M`` and ``A`` lines make modifiers of events
    and attributes of mentions; ``N`` lines the attribute ``references`` of mentions.

    Args:
        path: The folder, or one ``.txt`` file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a file is missing, or a line not of the format, or refers to nothing.
    """
    for document in files_in(path, ".txt"):
        yield _Reader(document, limits).read()


@dataclass(slots=True)
class _Event:
    place: Place
    label: str
    trigger: str
    arguments: list[tuple[str, str]] = field(default_factory=list)
    modifiers: list[GoldModifier] = field(default_factory=list)


class _Reader:
    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._built = TextRecord(path.stem, read_text(path, limits), Place(str(path)))
        self._events: dict[str, _Event] = {}
        self._later: list[tuple[Place, str, list[str]]] = []
        self._relations: list[GoldRelation] = []
        self._clusters: list[GoldCluster] = []

    def read(self) -> Record:
        for path in self._annotations():
            for line in read_lines(path, self._limits):
                if line.text.strip():
                    self._line(line.text, Place(str(path), line.number))
        for place, kind, cells in self._later:
            self._refer(place, kind, cells)
        events = [self._event(name, event) for name, event in self._events.items()]
        return self._built.record(relations=self._relations, events=events, clusters=self._clusters)

    def _annotations(self) -> list[Path]:
        single = self._path.with_suffix(".ann")
        if single.is_file():
            return [single]
        pair = [self._path.with_suffix(".a1"), self._path.with_suffix(".a2")]
        missing = [path.name for path in pair if not path.is_file()]
        if missing:
            wanted = " and ".join(missing)
            raise DatasetError(
                f"neither {single.name} nor {wanted} is beside it", path=str(self._path)
            )
        return pair

    def _line(self, text: str, place: Place) -> None:
        name, tab, rest = text.partition("\t")
        if not (name and tab):
            place.fail(f"expected an id and a tab, got {text[:80]!r}")
        match name[0]:
            case "T":
                self._mention(name, rest, place)
            case "E":
                self._new(name, place)
                (label, trigger), *arguments = _pairs(rest, place)
                self._events[name] = _Event(place, label, trigger, arguments)
            case "R" | "M" | "A" | "N" | "*":
                # What these refer to may stand further down, even in the other file.
                self._later.append((place, name[0], rest.split("\t")[0].split()))
            case _:
                self._built.warn(Oddity.ANNOTATION_IGNORED, f"{text[:80]!r} is not read", place)

    def _new(self, name: str, place: Place) -> None:
        if name in self._built or name in self._events:
            place.fail(f"the id {name!r} is used twice")

    def _mention(self, name: str, rest: str, place: Place) -> None:
        self._new(name, place)
        bound, _, string = rest.partition("\t")
        found = _TEXT_BOUND.fullmatch(bound.strip())
        if found is None:
            place.fail(f"expected 'Type start end', got {bound[:80]!r}")
        pieces = []
        for piece in found[2].split(";"):
            start, end = piece.split(" ")
            pieces.append((int(start), int(end)))
        if any(end > len(self._built.text) or start >= end for start, end in pieces):
            place.fail(f"offsets {found[2]} are not within a text of {len(self._built.text)}")
        self._built.mention(name, found[1], pieces, string, place=place)

    def _refer(self, place: Place, kind: str, cells: list[str]) -> None:
        if len(cells) < (3 if kind in "RN*" else 2):
            place.fail("too few columns")
        label, target, *values = cells
        if kind == "R":
            pairs = _pairs(" ".join(cells[1:3]), place)
            head, tail = (self._known(end, place) for _, end in pairs[:2])
            self._relations.append(GoldRelation(label, head, tail))
        elif kind == "*":
            members = tuple(self._known(member, place) for member in cells[1:])
            number = len(self._clusters) + 1
            self._clusters.append(GoldCluster(f"*{number}", members, label))
        elif self._known(target, place) in self._events:
            modifier = GoldModifier(label, " ".join(values))
            self._events[target].modifiers.append(modifier)
        elif kind == "N":
            self._built.attribute(target, "reference", values[0])
        else:
            self._built.attribute(target, label, " ".join(values) or True)

    def _known(self, name: str, place: Place) -> str:
        if name not in self._built and name not in self._events:
            place.fail(f"refers to {name[:80]!r}, which is not there")
        return name

    def _event(self, name: str, event: _Event) -> GoldEvent:
        arguments = []
        for role, target in event.arguments:
            numbered = _NUMBERED.fullmatch(role)
            role = numbered[1] if numbered else role
            arguments.append(GoldArgument(role, self._known(target, event.place)))
        trigger = self._known(event.trigger, event.place)
        return GoldEvent(name, event.label, trigger, tuple(arguments), tuple(event.modifiers))


def _pairs(text: str, place: Place) -> list[tuple[str, str]]:
    pairs = []
    for cell in text.split():
        name, colon, target = cell.partition(":")
        if not (name and colon and target):
            place.fail(f"expected 'Name:Id', got {cell[:80]!r}")
        pairs.append((name, target))
    if not pairs:
        place.fail("expected 'Type:Trigger'")
    return pairs
