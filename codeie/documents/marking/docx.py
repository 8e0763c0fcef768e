"""A copy of a Word file with a comment on all that was found."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable, Mapping
from typing import Any

from codeie.documents._content import Content
from codeie.documents.marking.original import Mark, Original
from codeie.documents.readers.docx import opened_docx
from codeie.documents.readers.docx_tree import Letters, letters_of, paragraphs_in
from codeie.places import Place

__all__ = ["mark_docx"]

_AUTHOR = "codeie"


def mark_docx(original: Original, marks: Iterable[Mark]) -> bytes:
    """The Word file with a comment for each stretch, in each paragraph that it is in.

    Runs are cut where a stretch begins or ends; how they look stays as it is. What stands in a
    footnote is left as it is, as Word takes no comments there.

    Args:
        original: The Word file.
        marks: What to mark.
    """
    file = opened_docx(Content(original.name, original.data))
    paragraphs = dict(_paragraphs(file.element.body, "body"))
    for mark in marks:
        for place in original.layout.places(mark.span.start, mark.span.end):
            runs = _runs(paragraphs, place)
            if runs:
                comment = file.add_comment(runs=runs, text=mark.note, author=_AUTHOR)
                comment.initials = "ie"
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _paragraphs(element: Any, path: str) -> Iterable[tuple[str, Any]]:
    stack = [paragraphs_in(element, path)]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            continue
        tag, own, child = following
        if tag == "p":
            yield own, child
        else:
            stack.append(paragraphs_in(child, own))


def _runs(paragraphs: Mapping[str, Any], place: Place) -> list[Any]:
    """The first and the last run of a place, which then hold nothing else."""
    from docx.text.run import Run

    element = paragraphs.get(place.path)
    if element is None:
        return []
    for side in (place.start, place.end):
        _cut(element, side)
    within: list[Any] = []
    at = 0
    for letters in letters_of(element):
        if place.start <= at < place.end and (not within or within[-1] is not letters.run):
            within.append(letters.run)
        at += len(letters.text)
    return [Run(run, element) for run in (within[0], within[-1])] if within else []


def _cut(paragraph: Any, side: int) -> None:
    """See to it that a run begins at a place of a paragraph."""
    at = 0
    held: list[Letters] = []
    for letters in letters_of(paragraph):
        end = at + len(letters.text)
        if held and held[-1].run is not letters.run:
            held = []
        if at < side < end or (side == at and held):
            _split(letters, side - at)
            return
        held.append(letters)
        at = end


def _split(letters: Letters, at: int) -> None:
    """Put what is behind a place of a run into one of its own, which looks the same."""
    run, element = letters.run, letters.element
    after = copy.deepcopy(run)
    number = list(run).index(element)
    for one in list(run)[number + 1 :]:
        run.remove(one)
    for one in list(after)[:number]:
        if not one.tag.endswith("}rPr"):
            after.remove(one)
    if at:
        again = after[list(after).index(next(one for one in after if not one.tag.endswith("}rPr")))]
        _say(element, letters.text[:at])
        _say(again, letters.text[at:])
    else:
        run.remove(element)
    run.addnext(after)


def _say(element: Any, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
