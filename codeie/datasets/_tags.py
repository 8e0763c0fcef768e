"""Tags of tokens and the mentions they stand for, in five schemes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from codeie.datasets._warnings import Oddity
from codeie.errors import DatasetError, InputError
from codeie.wording import counted

__all__ = ["Scheme", "TagSpan", "decode_tags", "encode_tags"]

Scheme = Literal["bio", "iob1", "bioes", "bilou", "io"]
"""BIO (also IOB2): B begins, I goes on. IOB1: B only where two of a type touch. BIOES and
BILOU mark the last token and single ones too. IO: the type alone, so that two mentions of a
type that touch are one."""

_LETTERS: dict[str, dict[str, str]] = {
    "bio": {"B": "B", "I": "I"},
    "iob1": {"B": "B", "I": "I"},
    "bioes": {"B": "B", "I": "I", "E": "E", "S": "S"},
    "bilou": {"B": "B", "I": "I", "L": "E", "U": "S"},
}


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A mention in tokens, from ``start`` up to but not including ``end``.

    Args:
        start: Its first token.
        end: The token after its last.
        type: Its label.
        oddity: What about its tags breaks the scheme, if anything does.
    """

    start: int
    end: int
    type: str
    oddity: Oddity | None = None


def decode_tags(tags: Sequence[str], scheme: Scheme = "bio") -> list[TagSpan]:
    """The mentions that tags stand for, in order.

    A tag that goes on with nothing begins a mention, the way conlleval reads it; the mention's
    ``oddity`` says so. In IOB1 that is the rule and no oddity.

    Args:
        tags: ``"O"`` or ``B-TYPE``; in IO also the bare type.
        scheme: How to read them.

    Raises:
        DatasetError: If a tag is none of the scheme.
        InputError: If there is no such scheme.

    Examples:
        >>> decode_tags(["B-PER", "I-PER", "O", "B-LOC"])[0]
        TagSpan(start=0, end=2, type='PER', oddity=None)
    """
    _check(scheme)
    spans: list[TagSpan] = []
    start, kind = 0, ""
    oddity: Oddity | None = None

    def close(end: int, late: Oddity | None = None) -> None:
        nonlocal kind
        if kind:
            spans.append(TagSpan(start, end, kind, oddity or late))
        kind = ""

    # A mention of the two schemes that mark last tokens is odd if anything else ends it.
    cut = Oddity.UNFINISHED_MENTION if scheme in ("bioes", "bilou") else None
    for index, tag in enumerate(tags):
        letter, label = _split(tag, scheme)
        if letter == "O":
            close(index, cut)
            continue
        if letter in "BS" or label != kind:
            close(index, cut)
            start, kind = index, label
            odd = letter in "IE" and scheme not in ("iob1", "io")
            oddity = Oddity.INSIDE_WITHOUT_BEGIN if odd else None
        if letter in "ES":
            close(index + 1)
    close(len(tags), cut)
    return spans


def encode_tags(spans: Iterable[TagSpan], length: int, scheme: Scheme = "bio") -> list[str]:
    """The tags of ``length`` tokens for mentions that do not overlap.

    Raises:
        InputError: If mentions overlap or leave the tokens, or there is no such scheme.

    Examples:
        >>> encode_tags([TagSpan(0, 2, "PER")], 3, "bilou")
        ['B-PER', 'L-PER', 'O']
    """
    _check(scheme)
    tags = ["O"] * length
    before = (0, "")
    for span in sorted(spans, key=lambda span: span.start):
        if not before[0] <= span.start < span.end <= length:
            raise InputError(
                f"mention {span} overlaps another, or is not within {counted(length, 'token')}"
            )
        first, inside, last, single = "B", "I", "I", "B"
        if scheme in ("bioes", "bilou"):
            last, single = ("E", "S") if scheme == "bioes" else ("L", "U")
        elif scheme == "io" or (scheme == "iob1" and before != (span.start, span.type)):
            first, single = "I", "I"
        for index in range(span.start, span.end):
            letter = first if index == span.start else inside
            if index == span.end - 1:
                letter = single if span.end - span.start == 1 else last
            tags[index] = f"{letter}-{span.type}"
        before = (span.end, span.type)
    return tags


def _check(scheme: str) -> None:
    if scheme not in get_args(Scheme):
        raise InputError(f"no tag scheme {scheme!r}; there are {', '.join(get_args(Scheme))}")


def _split(tag: str, scheme: str) -> tuple[str, str]:
    if tag == "O":
        return "O", ""
    if scheme == "io":
        return "I", tag.removeprefix("I-")
    letter, dash, label = tag.partition("-")
    known = _LETTERS[scheme].get(letter)
    if known is None or not dash or not label:
        raise DatasetError(f"{tag!r} is no tag of the scheme {scheme}")
    return known, label
