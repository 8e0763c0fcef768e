"""The paragraphs of a Word file: where they are in its tree, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["Letters", "letters_of", "paragraphs_in", "tag_of"]

_SPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AS_TEXT: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_AROUND: Final = frozenset(["sdt", "sdtContent", "ins"])
"""What paragraphs may lie in."""
_THROUGH: Final = frozenset(["hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple"])
"""What a paragraph's runs may lie in. What was deleted, and boxes of text, are not looked into."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What one element of a run says.

    Args:
        text: The letters.
        element: The element.
        run: The run that it is in.
    """

    text: str
    element: Any
    run: Any


def tag_of(element: Any) -> str:
    """The name of an element of a Word file; empty if it is of another vocabulary."""
    tag = element.tag
    return tag[len(_SPACE) :] if isinstance(tag, str) and tag.startswith(_SPACE) else ""


def paragraphs_in(element: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """The paragraphs and tables that lie in an element, each with its tag and path."""
    seen: dict[str, int] = {}
    for tag, child in _within(element, _AROUND):
        if tag in ("p", "tbl", "tr", "tc"):
            seen[tag] = seen.get(tag, 0) + 1
            yield tag, f"{path}/{tag}[{seen[tag]}]", child


def letters_of(paragraph: Any) -> Iterator[Letters]:
    """What a paragraph says, element by element of its runs."""
    for tag, child in _within(paragraph, _THROUGH):
        for part in child if tag == "r" else ():
            name = tag_of(part)
            text = (part.text or "") if name == "t" else _AS_TEXT.get(name, "")
            if text:
                yield Letters(text, part, child)


def _within(element: Any, through: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The children of an element, and of those that are looked through, in their order."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = tag_of(child)
        if tag in through:
            stack.append(iter(child))
        else:
            yield tag, child
