"""What a training set is, once it was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from codeie.introspection import Schema
from codeie.training._counts import SplitCounts
from codeie.training._leaks import Leak
from codeie.training._recipe import Recipe
from codeie.training._rows import Form
from codeie.viewable import Outlined

__all__ = ["TrainingSet"]


@dataclass(slots=True)
class TrainingSet(Outlined):
    """What was written.

    Args:
        folder: Where.
        form: How the lines look.
        recipe: How the lessons were made.
        seed: Of all that was drawn.
        schema: The classes that are taught.
        held_out: The names of the classes that are not.
        styles: The styles, with their versions.
        splits: What is in each split, by name.
        leaks: What splits have in common, the first thousand.
        leak_counts: How many of them there are, by split and kind.
        files: The files by name, with the SHA-256 of each.
        understanding: How many texts the first phase has.
        counter: What the tokens were counted with.
        licence: Of the texts and their labels, as it was given.
        about: What the set is, as it was told.
    """

    folder: Path
    form: Form
    recipe: Recipe
    seed: int
    schema: Schema
    held_out: tuple[str, ...]
    styles: tuple[str, ...]
    splits: dict[str, SplitCounts] = field(default_factory=dict)
    leaks: list[Leak] = field(default_factory=list)
    leak_counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: dict[str, str] = field(default_factory=dict)
    understanding: int = 0
    counter: str = ""
    licence: str = ""
    about: str = ""
