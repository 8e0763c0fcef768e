"""CASIE: a JSON file for each article, events in hoppers of the same happening."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._files import Limits, Place, files_in
from codeie.datasets._json import Node, read_json
from codeie.datasets._record import GoldArgument, GoldCluster, GoldEvent, Record
from codeie.datasets._spans import TextRecord
from codeie.datasets._told import told

__all__ = ["read_casie"]


@told
def read_casie(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read articles; an event's type is its subtype, its hopper a cluster of events.

    The text is the file's ``content``. Where it differs at the stated offsets, as in 33 of the
    1000 articles, the string is looked for within 40 code points.

    Args:
        path: The folder of annotations, or one file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a file is not of the format.
    """
    for file in files_in(path, ".json"):
        node = read_json(file, limits)
        built = TextRecord(file.stem, node.at("content").string(), Place(str(file)))
        events: list[GoldEvent] = []
        clusters = []
        for number, hopper in enumerate(node.at("cyberevent").at("hopper").items(), 1):
            first = len(events)
            for event in hopper.at("events").items():
                events.append(_event(event, f"E{len(events) + 1}", built))
            members = tuple(event.id for event in events[first:])
            clusters.append(GoldCluster(f"H{number}", members, "hopper"))
        yield built.record(events=events, clusters=clusters)


def _event(node: Node, name: str, built: TextRecord) -> GoldEvent:
    label = node.at("subtype").string()
    trigger = _mention(node.at("nugget"), f"{name}.trigger", label, built)
    listed = node.get("argument")
    arguments = []
    for number, argument in enumerate(listed.items() if listed is not None else (), 1):
        kind = argument.at("type").string()
        target = _mention(argument, f"{name}.{number}", kind, built)
        arguments.append(GoldArgument(argument.at("role").at("type").string(), target))
    realis = node.get("realis")
    attributes = {"type": node.at("type").string()}
    if realis is not None:
        attributes["realis"] = realis.string()
    return GoldEvent(name, label, trigger, tuple(arguments), attributes=attributes)


def _mention(node: Node, name: str, label: str, built: TextRecord) -> str:
    start, end = node.at("startOffset").integer(), node.at("endOffset").integer()
    return built.mention(name, label, [(start, end)], node.at("text").string())
