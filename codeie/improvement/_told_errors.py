"""Errors in words, for a model to learn from: the frequent kinds first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from codeie.evaluation import Error, ErrorKind, Errors

__all__ = ["told_errors"]

_MOST: Final = 20
"""Errors that are told; a model reads no longer list."""

_EACH: Final = 4
"""Errors of one kind and type that are told, so that there is room for others."""

_AROUND: Final = 80
"""Code points of the text on either side of an error."""


def told_errors(errors: Errors, texts: Sequence[str]) -> list[str]:
    """The errors that say most, a line each.

    Args:
        errors: What `codeie.evaluation.find_errors` found. What could not be read says nothing of
            instructions, and is left out.
        texts: The texts of the documents.
    """
    found = [each for each in errors.found if each.kind is not ErrorKind.UNPARSED]
    frequent = Counter(map(_kind, found))
    taken: Counter[tuple[object, ...]] = Counter()
    lines: list[str] = []
    for each in sorted(found, key=lambda error: -frequent[_kind(error)]):
        if taken[_kind(each)] < _EACH and len(lines) < _MOST:
            taken[_kind(each)] += 1
            lines.append(f"- {_said(each)} Text: {_context(each, texts[each.document])}")
    return lines


def _kind(error: Error) -> tuple[object, ...]:
    return error.kind, error.type, error.predicted_type


def _said(error: Error) -> str:
    right = f"{error.type} {_strings(error, gold=True)}"
    wrong = f"{error.predicted_type} {_strings(error, gold=False)}"
    match error.kind:
        case ErrorKind.MISSING:
            return f"{right} was overlooked."
        case ErrorKind.WRONG_TYPE | ErrorKind.WRONG_BOUNDARY:
            return f"{wrong} was said; right is {right}."
        case ErrorKind.UNGROUNDED:
            return f"{wrong} was said, and is not in the text."
    return f"{wrong} was said, and is none."


def _strings(error: Error, *, gold: bool) -> str:
    mentions = error.gold if gold else error.predicted
    return ", ".join(repr(mention.string[:_AROUND]) for mention in mentions) or "(no string)"


def _context(error: Error, text: str) -> str:
    """What stands around the error; the beginning, where it has no place."""
    spans = [part for mention in (*error.gold, *error.predicted) for part in mention.parts]
    first = min((span.start for span in spans), default=0)
    last = max((span.end for span in spans), default=0)
    begin, end = max(0, first - _AROUND), min(len(text), min(last, first + _AROUND) + _AROUND)
    shown = " ".join(text[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"
