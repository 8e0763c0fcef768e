"""BioC's documents: passages that stand at their own offsets, so that annotations of others fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from codeie.documents._content import Content
from codeie.documents._writing import Writing
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["add_passages", "bioc_documents", "holds_bioc", "passages_of"]

_WIDEST: Final = 64
"""The most that is left empty between passages: offsets further apart count something else."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """What stands in one place.

    Args:
        text: What it says.
        offset: Where it begins in its document; ``None`` if it does not say.
        kind: What it is.
        place: Where it stands in the file.
    """

    text: str
    offset: int | None
    kind: BlockKind
    place: Place


def holds_bioc(value: Any) -> bool:
    """Whether a JSON value is a collection of BioC, or a list with one."""
    value = value[0] if isinstance(value, list) and value else value
    documents = value.get("documents") if isinstance(value, dict) else None
    return isinstance(documents, list) and any(
        isinstance(one, dict) and isinstance(one.get("passages"), list) for one in documents
    )


def bioc_documents(content: Content, value: Any) -> Iterator[Document]:
    """The documents of collections in JSON."""
    collections = value if isinstance(value, list) else [value]
    for at, collection in enumerate(collections):
        above = f"/{at}" if isinstance(value, list) else ""
        documents = collection.get("documents") if isinstance(collection, dict) else None
        for number, one in enumerate(documents if isinstance(documents, list) else []):
            held = one.get("passages") if isinstance(one, dict) else None
            passages = [
                {**each, "path": f"{above}/documents/{number}/passages/{index}/text"}
                for index, each in enumerate(held if isinstance(held, list) else [])
                if isinstance(each, dict)
            ]
            writing = Writing(content, "bioc")
            add_passages(writing, passages_of(passages, PlaceKind.POINTER))
            own = one.get("id") if isinstance(one, dict) else None
            yield writing.document(str(own) if own else f"{content.name}:{number + 1}")


def passages_of(passages: Iterable[Mapping[str, Any]], kind: PlaceKind) -> Iterator[_Passage]:
    """Passages as they are written, with the ``path`` of each."""
    for passage in passages:
        text, offset = passage.get("text"), passage.get("offset")
        if not isinstance(text, str) or not text:
            continue
        infons = passage.get("infons")
        said = " ".join(map(str, infons.values())).lower() if isinstance(infons, Mapping) else ""
        number = str(offset).strip()
        yield _Passage(
            text,
            int(number) if number.isascii() and number.isdigit() and len(number) < 12 else None,
            BlockKind.HEADING if "title" in said else BlockKind.PARAGRAPH,
            Place(kind, passage["path"], 0, len(text)),
        )


def add_passages(writing: Writing, passages: Iterable[_Passage]) -> None:
    """Write passages, each at its own offset if it can be, else on a line of its own."""
    for passage in passages:
        gap = passage.offset - writing.length if passage.offset is not None else -1
        if 0 <= gap <= _WIDEST:
            writing.say(" " * (gap - 1) + "\n" if gap else "")
        else:
            writing.apart()
        with writing.block(passage.kind, int(passage.kind is BlockKind.HEADING)):
            writing.quote(passage.text, passage.place)
