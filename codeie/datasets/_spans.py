"""Records of character formats: every stated offset is checked against the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codeie.datasets._files import Place
from codeie.datasets._record import GoldCluster, GoldEvent, GoldMention, GoldRelation, Record
from codeie.datasets._warnings import DatasetWarning, Oddity
from codeie.types import Document, Span

__all__ = ["TextRecord", "find_near"]

_NEAR = 40
"""How many code points a wrong offset may be off; CASIE's are off by 1 to 12."""


def find_near(text: str, string: str, start: int, reach: int = _NEAR) -> int | None:
    """Where ``string`` begins nearest to ``start``, at most ``reach`` code points away.

    The earlier of two equally near places counts.
    """
    best: int | None = None
    at = text.find(string, max(0, start - reach)) if string else -1
    while at != -1 and at <= start + reach:
        if best is None or abs(at - start) < abs(best - start):
            best = at
        at = text.find(string, at + 1)
    return best


class TextRecord:
    """A record over a text while it is being read.

    Args:
        name: The document's name.
        text: Its text exactly as given.
        place: Where in the file it begins.
    """

    def __init__(self, name: str, text: str, place: Place) -> None:
        self.text = text
        self._name = name
        self._place = place
        self._mentions: dict[str, GoldMention] = {}
        self._warnings: list[DatasetWarning] = []

    def __contains__(self, name: str) -> bool:
        return name in self._mentions

    def warn(self, oddity: Oddity, message: str, place: Place | None = None) -> None:
        """Note something odd, by default where the record begins."""
        where = place or self._place
        self._warnings.append(DatasetWarning(oddity, message, where.path, where.line))

    def attribute(self, name: str, key: str, value: object) -> None:
        """Say something more of a mention that was added before."""
        found = self._mentions[name]
        self._mentions[name] = GoldMention(
            found.id, found.type, found.parts, found.text, {**found.attributes, key: value}
        )

    def mention(
        self,
        name: str,
        label: str,
        pieces: Sequence[tuple[int, int]],
        string: str,
        *,
        place: Place | None = None,
        attributes: Mapping[str, object] | None = None,
    ) -> str:
        """Add a mention with its stated offsets and its string.

        Where the text at the offsets is not the string, the string is looked for nearby; where
        it is not there either, the mention is kept without a place.

        Args:
            name: Its id; numbered further if another mention has it.
            label: Its type.
            pieces: Half-open offsets, one pair or several.
            string: What the dataset says they cover, pieces joined by one space.
            place: The line, for warnings.
            attributes: Whatever else the dataset says.

        Returns:
            The id it got.
        """
        parts = self._parts(pieces, string, place)
        key, number = name, 1
        while key in self._mentions:
            number += 1
            key = f"{name}:{number}"
        text = " ".join(part.of(self.text) for part in parts) if parts else string
        self._mentions[key] = GoldMention(key, label, parts, text, attributes or {})
        return key

    def _parts(
        self, pieces: Sequence[tuple[int, int]], string: str, place: Place | None
    ) -> tuple[Span, ...]:
        inside = all(0 <= start < end <= len(self.text) for start, end in pieces)
        if inside:
            parts = tuple(Span(start, end) for start, end in pieces)
            # Standoff files write a line end inside a mention as a space.
            if _flat(" ".join(part.of(self.text) for part in parts)) == _flat(string):
                return parts
        start = pieces[0][0]
        found = find_near(self.text, string, start) if len(pieces) == 1 else None
        if found is None:
            message = f"{string[:80]!r} is not in the text near offset {start}"
            self.warn(Oddity.NOT_IN_TEXT, message, place)
            return ()
        message = f"{string[:80]!r} is at offset {found}, not at {start}"
        self.warn(Oddity.OFFSET_SHIFTED, message, place)
        return (Span(found, found + len(string)),)

    def record(
        self,
        *,
        relations: Iterable[GoldRelation] = (),
        events: Iterable[GoldEvent] = (),
        clusters: Iterable[GoldCluster] = (),
        metadata: Mapping[str, object] | None = None,
    ) -> Record:
        """All of it as a record."""
        return Record(
            Document(self.text, self._name, metadata or {}),
            tuple(self._mentions.values()),
            tuple(relations),
            tuple(events),
            tuple(clusters),
            None,
            tuple(self._warnings),
        )


def _flat(string: str) -> str:
    return string.replace("\r\n", " ").replace("\n", " ").strip()
