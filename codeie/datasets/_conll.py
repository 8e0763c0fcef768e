"""CoNLL columns: a token and its tag on each line, a blank line between sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._columns import FOUND, Columns, find_columns
from codeie.datasets._files import Limits, Line, Place, read_lines
from codeie.datasets._record import Record
from codeie.datasets._tags import Scheme, TagSpan, decode_tags
from codeie.datasets._tokens import Spacing, join_tokens
from codeie.datasets._warnings import Oddity
from codeie.errors import DatasetError, InputError

__all__ = ["read_conll"]


def read_conll(
    path: Path,
    *,
    scheme: Scheme = "bio",
    separator: str | None = FOUND,
    token_column: int | None = None,
    tag_column: int | None = None,
    merge_handles: bool = False,
    spacing: Spacing = "space",
    limits: Limits = Limits(),
) -> Iterator[Record]:
    r"""Read sentences from columns, one record for each.

    A line of white space alone ends a sentence (WNUT17 has lines that hold one tab); a line
    with an empty token (``"\tO"``, Broad Twitter) does not. ``-DOCSTART-`` lines are no tokens,
    nor are lines that begin with ``#`` and have no tag (a warning says so). What is between
    columns and which column is which is found from the lines, where it is not said; each
    document's ``metadata`` has it under ``"columns"``.

    Args:
        path: The file.
        scheme: How tags mark mentions.
        separator: What is between columns; ``None`` is any white space. Tokens of tweets hold
            spaces and controls, so a tab is a tab. By default it is a tab, a space or any white
            space: the first of these that fits.
        token_column: Where tokens are, from 0; negative from the end. By default it is the
            first column that has neither the tags nor the tokens' numbers.
        tag_column: Where tags are; with ``token_column=1, tag_column=0`` the tag is first. By
            default it is the last column that holds tags in every line.
        merge_handles: Whether ``@`` and the name after it, both tagged ``B-`` with one type in
            Broad Twitter, are one mention.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not in columns, or a tag not of the scheme.
        InputError: If token and tag are said to be in the same column.
    """
    if token_column is not None and token_column == tag_column:
        raise InputError(f"token and tag cannot both be in column {tag_column}")
    told = separator != FOUND and token_column is not None and tag_column is not None
    columns = find_columns(
        () if told else (line for line in read_lines(path, limits) if _has_token(line)),
        separator=separator,
        token=token_column,
        tag=tag_column,
    )
    rows: list[tuple[str, str, int]] = []
    number = 0
    left_out: list[Line] = []
    for line in read_lines(path, limits):
        if line.text.strip():
            if not _has_token(line) or columns.is_comment(line):
                left_out.append(line)
            else:
                rows.append((*columns.of(line, Place(str(path), line.number)), line.number))
            continue
        if rows:
            number += 1
            yield _sentence(path, number, rows, columns, left_out, scheme, merge_handles, spacing)
        # What stands above a blank line is no part of a sentence; only a comment is to be told.
        left_out = [] if rows else [line for line in left_out if _has_token(line)]
        rows = []
    if rows:
        yield _sentence(path, number + 1, rows, columns, left_out, scheme, merge_handles, spacing)


def _has_token(line: Line) -> bool:
    return bool(line.text.strip()) and not line.text.startswith("-DOCSTART-")


def _sentence(
    path: Path,
    number: int,
    rows: list[tuple[str, str, int]],
    columns: Columns,
    left_out: list[Line],
    scheme: Scheme,
    merge_handles: bool,
    spacing: Spacing,
) -> Record:
    tokens = [token for token, _, _ in rows]
    first = rows[0][2]
    built = TokenRecord(
        f"{path.stem}-{number}", join_tokens(tokens, spacing), Place(str(path), first)
    )
    for line in left_out:
        if _has_token(line):
            built.warn(Oddity.COMMENT, f"{line.text[:80]!r} has no tag: a comment", line.number)
        else:
            built.warn(Oddity.DOCSTART, "-DOCSTART- without a blank line after it", line.number)
    spans = _decoded(path, rows, scheme)
    for span in spans:
        if span.oddity is not None:
            what = f"{rows[span.start][1]} for {tokens[span.start]!r}"
            built.warn(span.oddity, f"{what} breaks the scheme {scheme}", rows[span.start][2])
    for span in _handles(built, spans, rows, merge_handles):
        built.mention(span.start, span.end, span.type)
    return built.record(metadata={"line": first, "columns": str(columns)})


def _decoded(path: Path, rows: list[tuple[str, str, int]], scheme: Scheme) -> list[TagSpan]:
    try:
        return decode_tags([tag for _, tag, _ in rows], scheme)
    except DatasetError:
        for _, tag, line in rows:
            try:
                decode_tags([tag], scheme)
            except DatasetError as error:
                raise DatasetError(str(error), path=str(path), line=line) from None
        raise


def _handles(
    built: TokenRecord, spans: list[TagSpan], rows: list[tuple[str, str, int]], merge: bool
) -> Iterator[TagSpan]:
    held: TagSpan | None = None
    for span in spans:
        if held is not None:
            if held.end == span.start and held.type == span.type:
                oddity = Oddity.HANDLE_MERGED if merge else Oddity.HANDLE_APART
                message = f"'@' and {rows[span.start][0]!r} are both tagged as beginnings"
                built.warn(oddity, message, rows[held.start][2])
                if merge:
                    yield TagSpan(held.start, span.end, span.type)
                    held = None
                    continue
            yield held
            held = None
        if span.end - span.start == 1 and rows[span.start][0] == "@":
            held = span
        else:
            yield span
    if held is not None:
        yield held
