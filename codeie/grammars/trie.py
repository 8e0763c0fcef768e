"""Texts as a tree of their common beginnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

__all__ = ["Branch", "trie_of"]

Target = tuple[int, bool]


@dataclass(slots=True)
class Branch:
    """What texts have in common, and how they go on.

    Args:
        text: The common text; empty for a text that ends where others go on.
        target: Where a whole text leads; ``None`` where it branches.
        branches: How it goes on, if it does.
    """

    text: str
    target: Target | None = None
    branches: list[Branch] = field(default_factory=list)


def trie_of(targets: Mapping[str, Target]) -> list[Branch]:
    """The tree of some texts.

    Args:
        targets: The texts, none of them empty, and where each leads.
    """
    top: list[Branch] = []
    # A loop: a text may be the beginning of the next one, thousands of times.
    todo = [(sorted(targets), 0, top)]
    while todo:
        texts, start, into = todo.pop()
        if len(texts[0]) == start:
            into.append(Branch("", targets[texts[0]]))
            texts = texts[1:]
        for _, group in groupby(texts, key=lambda text: text[start]):
            same = list(group)
            if len(same) == 1:
                into.append(Branch(same[0][start:], targets[same[0]]))
                continue
            common = _common(same[0], same[-1])
            branch = Branch(same[0][start:common])
            into.append(branch)
            todo.append((same, common, branch.branches))
    return top


def _common(first: str, last: str) -> int:
    """How many characters two texts have in common; of sorted ones, all between have them too."""
    pairs = zip(first, last, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(last)))
