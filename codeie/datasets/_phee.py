"""PHEE: what drugs did to patients; arguments nest and may be discontinuous."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json_lines
from codeie.datasets._record import GoldArgument, GoldEvent, GoldModifier, Record
from codeie.datasets._spans import TextRecord
from codeie.datasets._told import told
from codeie.types import Span
from codeie.wording import counted

__all__ = ["read_phee"]

_MAIN = ("Subject", "Treatment", "Effect")
_FLAGS = ("Negated", "Speculated", "Severity")
_NOT_ROLES = frozenset({"text", "start", "entity_id", "Combination"})


@told
def read_phee(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read sentences with drug events.

    In the file an outer list holds separate arguments and an inner one the pieces of one
    discontinuous span, which has no end: it is as long as its text. Sub-arguments (the age of
    a subject, the dose of a treatment) are details of the argument that covers them, else of
    the first.

    Args:
        path: The file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    for line in read_json_lines(path, limits):
        text = line.at("context").string()
        reader = _Reader(TextRecord(line.at("id").string(), text, line.place))
        events = [
            reader.event(event)
            for annotation in line.at("annotations").items()
            for event in annotation.at("events").items()
        ]
        yield reader.built.record(events=events)


class _Reader:
    def __init__(self, built: TextRecord) -> None:
        self.built = built
        self._ids: dict[tuple[str, str, tuple[tuple[int, int], ...]], str] = {}
        self._covers: dict[str, Span] = {}

    def event(self, node: Node) -> GoldEvent:
        label = node.at("event_type").string()
        triggers = self._mentions(node.at("Trigger"), label)
        if not triggers:
            node.fail("has no trigger")
        arguments: list[GoldArgument] = []
        for role in _MAIN:
            filler = node.get(role)
            if filler is not None:
                arguments += self._arguments(role, filler)
        modifiers = []
        for name in _FLAGS:
            flag = node.get(name)
            if flag is not None:
                value = flag.at("value").value
                marked = flag.get("text") is not None
                cues: list[str | None] = [*self._mentions(flag, name)] if marked else []
                shown = value if isinstance(value, str) else ""
                modifiers += [GoldModifier(name, shown, cue) for cue in cues or [None]]
        name = node.at("event_id").string()
        return GoldEvent(name, label, triggers[0], tuple(arguments), tuple(modifiers))

    def _arguments(self, role: str, node: Node) -> list[GoldArgument]:
        targets = self._mentions(node, role)
        if not targets:
            node.fail("is an argument without a text")
        details: dict[str, list[GoldArgument]] = {target: [] for target in targets}
        for name in node.keys():  # noqa: SIM118 -- a node is no mapping
            if name in _NOT_ROLES:
                continue
            for target in self._mentions(node.at(name), name):
                details[self._owner(target, targets)].append(GoldArgument(name, target))
        combined = node.get("Combination")
        for event in combined.items() if combined is not None else ():
            parts = tuple(
                GoldArgument("Drug", target)
                for drugs in [event.get("Drug")]
                if drugs is not None
                for target in self._mentions(drugs, "Drug")
            )
            for trigger in self._mentions(event.at("Trigger"), "Combination")[:1]:
                owner = self._owner(trigger, targets)
                details[owner].append(GoldArgument("Combination", trigger, parts))
        return [GoldArgument(role, target, tuple(details[target])) for target in targets]

    def _owner(self, inner: str, outer: list[str]) -> str:
        span = self._covers[inner]
        return next((name for name in outer if self._covers[name].covers(span)), outer[0])

    def _mentions(self, node: Node, label: str) -> list[str]:
        found = []
        names = node.get("entity_id")
        known = names.strings() if names is not None else []
        texts, starts = list(node.at("text").items()), list(node.at("start").items())
        if len(texts) != len(starts):
            node.fail(f"has {counted(len(texts), 'text')} and {counted(len(starts), 'start')}")
        for number, (text, start) in enumerate(zip(texts, starts, strict=True)):
            strings = text.strings()
            offsets = [element.integer() for element in start.items()]
            if not strings or len(strings) != len(offsets) or not all(strings):
                text.fail(
                    f"has {counted(len(strings), 'piece')} and {counted(len(offsets), 'start')}"
                )
            pieces = tuple(
                (offset, offset + len(string))
                for offset, string in zip(offsets, strings, strict=True)
            )
            if any(first < 0 or end > len(self.built.text) for first, end in pieces):
                start.fail(f"is not within a text of {len(self.built.text)} code points")
            name = known[number] if number < len(known) else f"T{len(self._ids) + 1}"
            key = name, label, pieces
            if key not in self._ids:
                # An annotation may fill two roles, as a drug that is also a combined one.
                added = self.built.mention(name, label, pieces, " ".join(strings))
                self._ids[key] = added
                first = min(piece[0] for piece in pieces)
                self._covers[added] = Span(first, max(piece[1] for piece in pieces))
            found.append(self._ids[key])
        return found
