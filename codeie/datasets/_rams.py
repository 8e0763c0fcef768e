"""RAMS: one event in each window of five sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json_lines
from codeie.datasets._record import GoldArgument, GoldEvent, Record
from codeie.datasets._tokens import Spacing, join_sentences

__all__ = ["read_rams"]

_ROLE = re.compile(r"(?:evt\d+arg\d+)?(.+)")


def read_rams(
    path: Path, *, spacing: Spacing = "space", separator: str = " ", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read windows; token indices run through the window, and ends in the file are inclusive.

    The role of ``evt089arg02place`` is ``place``. A span that fills several roles is one
    mention of type ``""``: RAMS does not type its arguments.

    Args:
        path: The file.
        spacing: What is between tokens in the text.
        separator: What is between sentences.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    for line in read_json_lines(path, limits):
        sentences = [sentence.strings() for sentence in line.at("sentences").items()]
        built = TokenRecord(
            line.at("doc_key").string(), join_sentences(sentences, spacing, separator), line.place
        )
        length = sum(map(len, sentences))
        triggers: dict[tuple[int, int], GoldEvent] = {}
        for node in line.at("evt_triggers").items():
            span = _span(node, length)
            label = _name(node.tuple(3)[2])
            name = f"E{len(triggers) + 1}"
            trigger = built.mention(*span, label, name=f"{name}.trigger")
            triggers[span] = GoldEvent(name, label, trigger)
        fillers: dict[tuple[int, int], str] = {}
        for node in line.at("ent_spans").items():
            span = _span(node, length)
            if span not in fillers:
                fillers[span] = built.mention(*span, "")
        arguments: dict[tuple[int, int], list[GoldArgument]] = {span: [] for span in triggers}
        for node in line.at("gold_evt_links").items():
            trigger_node, filler_node, role = node.tuple(3)[:3]
            at, filler = _span(trigger_node, length), _span(filler_node, length)
            if at not in triggers or filler not in fillers:
                node.fail("links tokens that are no trigger or no argument")
            arguments[at].append(GoldArgument(_role(role), fillers[filler]))
        events = [
            GoldEvent(event.id, event.type, event.trigger, tuple(arguments[span]))
            for span, event in triggers.items()
        ]
        source = line.get("source_url")
        metadata = {} if source is None else {"source": source.string()}
        yield built.record(events=events, metadata=metadata)


def _span(node: Node, length: int) -> tuple[int, int]:
    first, last = node.tuple(2)[:2]
    return first.index(length), last.index(length) + 1


def _name(node: Node) -> str:
    return node.tuple(1)[0].tuple(1)[0].string()


def _role(node: Node) -> str:
    found = _ROLE.fullmatch(node.string())
    if found is None:
        node.fail("is no role")
    return found[1]
