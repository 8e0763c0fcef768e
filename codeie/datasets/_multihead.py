"""The multi-head TSV: five columns, relations written at the last tokens of their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits, Place, read_lines
from codeie.datasets._record import GoldRelation, Record
from codeie.datasets._tags import decode_tags
from codeie.datasets._tokens import Spacing, join_tokens
from codeie.errors import DatasetError

__all__ = ["read_multihead"]

# The lists are written as Python literals; these two shapes are all that is read of them.
_LABEL = r"'[^'\\\[\],]{1,200}'"
_LABELS = re.compile(rf"\[\s*{_LABEL}(?:\s*,\s*{_LABEL})*\s*\]")
_NUMBERS = re.compile(r"\[\s*\d{1,9}(?:\s*,\s*\d{1,9})*\s*\]")


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    token: str
    tag: str
    labels: tuple[str, ...]
    heads: tuple[int, ...]


def read_multihead(
    path: Path, *, spacing: Spacing = "space", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read sentences that each begin with a line ``#doc NAME``.

    Args:
        path: The file.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    name: str | None = None
    rows: list[_Row] = []
    for line in read_lines(path, limits):
        place = Place(str(path), line.number)
        if line.text.startswith("#doc"):
            if rows:
                yield _sentence(str(path), name or "", rows, spacing)
            name, rows = line.text[4:].strip(), []
        elif line.text.strip():
            if name is None:
                place.fail("a token before the first '#doc' line")
            rows.append(_row(line.text, len(rows), place))
    if rows:
        yield _sentence(str(path), name or "", rows, spacing)


def _row(text: str, index: int, place: Place) -> _Row:
    cells = text.split("\t")
    if len(cells) != 5:
        place.fail(f"expected 5 columns divided by tabs, got {len(cells)}")
    number, token, tag, labels, heads = cells
    if number.strip() != str(index):
        place.fail(f"expected token number {index}, got {number[:20]!r}")
    if not _LABELS.fullmatch(labels.strip()) or not _NUMBERS.fullmatch(heads.strip()):
        place.fail("expected a list of relation names and one of token numbers")
    row = _Row(
        place.line,
        token,
        tag,
        tuple(re.findall(r"'([^']*)'", labels)),
        tuple(int(head) for head in re.findall(r"\d+", heads)),
    )
    if len(row.labels) != len(row.heads):
        place.fail(f"{len(row.labels)} relation names for {len(row.heads)} token numbers")
    return row


def _sentence(path: str, name: str, rows: list[_Row], spacing: Spacing) -> Record:
    tokens = join_tokens([row.token for row in rows], spacing)
    built = TokenRecord(name, tokens, Place(path, rows[0].line))
    last: dict[int, str] = {}
    try:
        spans = decode_tags([row.tag for row in rows])
    except DatasetError as error:
        raise DatasetError(str(error), path=path, line=rows[0].line) from None
    for span in spans:
        if span.oddity is not None:
            row = rows[span.start]
            built.warn(span.oddity, f"{row.tag} for {row.token!r} breaks the scheme bio", row.line)
        last[span.end - 1] = built.mention(span.start, span.end, span.type)
    relations = []
    for index, row in enumerate(rows):
        for label, head in zip(row.labels, row.heads, strict=True):
            if label == "N":
                continue
            if index not in last or head not in last:
                Place(path, row.line).fail("a relation at a token that ends no entity")
            relations.append(GoldRelation(label, last[index], last[head]))
    return built.record(relations=relations)
