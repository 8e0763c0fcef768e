"""Writing a record as brat standoff."""

from __future__ import annotations

from pathlib import Path

from codeie.datasets._record import GoldEvent, Record
from codeie.errors import DatasetError

__all__ = ["write_brat"]


def write_brat(record: Record, folder: Path) -> Path:
    """Write a record as ``NAME.txt`` and ``NAME.ann``, NAME being the document's.

    Ids are numbered anew. What brat has no line for (details of arguments, cues of modifiers,
    attributes, clusters without type, mentions without a place) is left out.

    Args:
        record: What to write.
        folder: An existing folder.

    Returns:
        The path of the text file.

    Raises:
        DatasetError: If the document has no name, or one that is no file name.
    """
    name = record.document.id or ""
    if not name or Path(name).name != name:
        raise DatasetError(f"the document's name {name!r} is no name for a file")
    ids: dict[str, str] = {}
    lines = []
    for mention in record.mentions:
        if not mention.parts:
            continue
        ids[mention.id] = f"T{len(ids) + 1}"
        offsets = ";".join(f"{part.start} {part.end}" for part in mention.parts)
        text = " ".join(mention.text.split("\n"))
        lines.append(f"{ids[mention.id]}\t{mention.type} {offsets}\t{text}")
    written = [event for event in record.events if event.trigger in ids]
    ids |= {event.id: f"E{number}" for number, event in enumerate(written, 1)}
    lines += [_event(event, ids) for event in written]
    modifiers = [(event.id, modifier) for event in written for modifier in event.modifiers]
    for number, (event_id, modifier) in enumerate(modifiers, 1):
        value = f" {modifier.value}" if modifier.value else ""
        lines.append(f"A{number}\t{modifier.name} {ids[event_id]}{value}")
    for number, relation in enumerate(record.relations, 1):
        if relation.head in ids and relation.tail in ids:
            ends = f"Arg1:{ids[relation.head]} Arg2:{ids[relation.tail]}"
            lines.append(f"R{number}\t{relation.type} {ends}")
    lines += [
        f"*\t{cluster.type} {' '.join(ids[member] for member in cluster.mentions)}"
        for cluster in record.clusters
        if cluster.type and all(member in ids for member in cluster.mentions)
    ]
    path = folder / f"{name}.txt"
    path.write_bytes(record.document.text.encode())
    annotations = "".join(f"{line}\n" for line in lines)
    (folder / f"{name}.ann").write_bytes(annotations.encode())
    return path


def _event(event: GoldEvent, ids: dict[str, str]) -> str:
    cells = [f"{event.type}:{ids[event.trigger or '']}"]
    cells += [f"{a.role}:{ids[a.target]}" for a in event.arguments if a.target in ids]
    return f"{ids[event.id]}\t{' '.join(cells)}"
