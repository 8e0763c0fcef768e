"""Records of token formats, put together one mention at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from codeie.datasets._files import Place
from codeie.datasets._record import GoldCluster, GoldEvent, GoldMention, GoldRelation, Record
from codeie.datasets._tokens import TokenText
from codeie.datasets._warnings import DatasetWarning, Oddity
from codeie.types import Document
from codeie.wording import counted

__all__ = ["TokenRecord"]


class TokenRecord:
    """A record over tokens while it is being read.

    Args:
        name: The document's name.
        tokens: Its text and the places of its tokens.
        place: Where in the file it begins.
    """

    def __init__(self, name: str, tokens: TokenText, place: Place) -> None:
        self._name = name
        self._tokens = tokens
        self._place = place
        self._mentions: list[GoldMention] = []
        self._warnings: list[DatasetWarning] = []
        blank = len(tokens.starts) - len(tokens.spans)
        if blank:
            self.warn(
                Oddity.BLANK_TOKEN,
                f"{counted(blank, 'token is', 'tokens are')} empty, and left out",
            )

    @property
    def mentions(self) -> list[GoldMention]:
        """Those added so far."""
        return self._mentions

    def warn(self, oddity: Oddity, message: str, line: int | None = None) -> None:
        """Note something odd, by default at the line where the record begins."""
        where = self._place.line if line is None else line
        self._warnings.append(DatasetWarning(oddity, message, self._place.path, where))

    def mention(
        self,
        first: int,
        end: int,
        label: str,
        *,
        name: str = "",
        attributes: Mapping[str, object] | None = None,
    ) -> str:
        """Add the mention of the tokens from ``first`` up to but not including ``end``.

        Returns:
            Its id: ``name``, or ``T1``, ``T2`` and so on.

        Raises:
            DatasetError: If there are no such tokens.
        """
        return self.pieces([(first, end)], label, name=name, attributes=attributes)

    def pieces(
        self,
        pieces: Iterable[tuple[int, int]],
        label: str,
        *,
        name: str = "",
        attributes: Mapping[str, object] | None = None,
    ) -> str:
        """Add a mention that may be discontinuous; see `mention`."""
        parts = []
        for first, end in pieces:
            if not 0 <= first < end <= len(self._tokens.starts):
                count = len(self._tokens.starts)
                self._place.fail(
                    f"a mention of tokens {first} to {end}, where {counted(count, 'token is', 'tokens are')}"
                )
            part = self._tokens.span(first, end)
            if part is None:
                message = f"a mention of type {label} covers blank tokens only; it has no place"
                self.warn(Oddity.NOT_IN_TEXT, message)
            else:
                parts.append(part)
        text = " ".join(part.of(self._tokens.text) for part in parts)
        key = name or f"T{len(self._mentions) + 1}"
        self._mentions.append(GoldMention(key, label, tuple(parts), text, attributes or {}))
        return key

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
            Document(self._tokens.text, self._name, metadata or {}),
            tuple(self._mentions),
            tuple(relations),
            tuple(events),
            tuple(clusters),
            self._tokens.spans,
            tuple(self._warnings),
        )
