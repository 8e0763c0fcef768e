"""Where tokens and tags are in a file of columns, found from its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from codeie.datasets._files import Line, Place

__all__ = ["FOUND", "Columns", "find_columns"]

FOUND = "found"
"""What stands for a separator that is to be found."""

_LOOKED_AT = 2_000
"""How many lines decide; no file changes its columns further down and means it."""

_TAG = re.compile(r"O|[BIESLUM]-\S.*")
_SEPARATORS = ("\t", " ", None)  # the strictest that fits, as tokens of tweets hold spaces
_NAMES = {"\t": "a tab", " ": "a space", None: "white space"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file.

    Args:
        separator: What is between two; ``None`` is any white space.
        token: Where tokens are, from 0; negative from the end.
        tag: Where tags are, likewise.
    """

    separator: str | None
    token: int
    tag: int

    def __str__(self) -> str:
        between = _NAMES.get(self.separator, repr(self.separator))
        return f"divided by {between}, token_column={self.token}, tag_column={self.tag}"

    def of(self, line: Line, place: Place) -> tuple[str, str]:
        """The token and the tag of a line.

        Raises:
            DatasetError: If it has not the columns.
        """
        cells = line.text.split(self.separator)
        if len(cells) < self._fewest:
            between = {"\t": "tabs", " ": "spaces", None: "white space"}
            name = between.get(self.separator, repr(self.separator))
            place.fail(f"expected a token and a tag divided by {name}, got {line.text[:80]!r}")
        return cells[self.token], cells[self.tag].strip()

    def is_comment(self, line: Line) -> bool:
        """Whether a line that begins with ``#`` says something of the lines below.

        ``#`` and words like ``#news`` are tokens too. A tab divides no comments, so that a
        line with the tabs it should have, and a wrong tag, is no comment but wrong.
        """
        if not line.text.startswith("#"):
            return False
        cells = line.text.split(self.separator)
        if len(cells) < self._fewest:
            return True
        return self.separator != "\t" and not _TAG.fullmatch(cells[self.tag].strip())

    @property
    def _fewest(self) -> int:
        return max(2, *(each + 1 if each >= 0 else -each for each in (self.token, self.tag)))


def find_columns(
    lines: Iterable[Line],
    *,
    separator: str | None = FOUND,
    token: int | None = None,
    tag: int | None = None,
) -> Columns:
    """The columns that fit most of the first lines, of those that agree with what is said.

    Tags are where all cells are ``O`` or a letter, a hyphen and a type: in the last such
    column, since part of speech and chunk come before. Tokens are in the first column that
    holds neither tags nor the tokens' numbers.

    Args:
        lines: The lines that have tokens; comments may be among them.
        separator: What is between columns, if that is known; `FOUND` if not.
        token: Where tokens are, if that is known.
        tag: Where tags are, if that is known.
    """
    looked = [line.text for line in islice(lines, _LOOKED_AT) if line.text[:1] != "#"]
    told = _SEPARATORS if separator == FOUND else (separator,)
    fits = [_fit(looked, each, token, tag) for each in told]
    return max(fits, key=lambda fit: fit[0])[1]  # of equals the first


def _fit(
    lines: Sequence[str], separator: str | None, token: int | None, tag: int | None
) -> tuple[int, Columns]:
    """How many lines have a tag in the likeliest column, and the columns."""
    rows = [cells for text in lines if len(cells := text.split(separator)) > 1]
    tags = -1 if tag is None else tag
    if tag is None:
        counts = Counter(column for cells in rows for column in _tagged(cells))
        # -1 stands for the last column; it counts also where lines differ in length.
        tags = max([-1, *sorted(counts, reverse=True)], key=lambda column: counts[column])
    fit = sum(1 for cells in rows if tags in _tagged(cells) and _clean(cells, separator))
    first = 0
    if token is None:
        while first == tags or _numbered(rows, first):
            first += 1
    return fit, Columns(separator, first if token is None else token, tags)


def _clean(cells: Sequence[str], separator: str | None) -> bool:
    """Whether one space alone divides the cells; a first one may be empty (a blank token)."""
    return separator != " " or not any(not cell or "\t" in cell for cell in cells[1:])


def _tagged(cells: Sequence[str]) -> Iterator[int]:
    for column, cell in enumerate(cells):
        if _TAG.fullmatch(cell.strip()):
            yield column
            if column == len(cells) - 1:
                yield -1


def _numbered(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the column counts the tokens of each sentence, beside those and their tags."""
    before = -1
    for cells in rows:
        cell = cells[column] if len(cells) > max(2, column + 1) else ""
        if not (cell.isascii() and cell.isdecimal() and len(cell) < 7):
            return False
        if int(cell) not in (0, 1, before + 1):
            return False
        before = int(cell)
    return before > 0
