"""How texts become lessons: in which styles, how varied, how balanced; and papers' ways of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codeie.errors import InputError
from codeie.evaluation import Given
from codeie.prompting import Style, Variation
from codeie.viewable import Outlined

__all__ = ["RECIPES", "Recipe", "recipe_named"]


@dataclass(frozen=True, slots=True)
class Recipe(Outlined):
    """How texts become lessons.

    Only the split ``train`` is varied and balanced; others are what is measured on.

    Args:
        styles: Each text is taught in each of them.
        variation: How the schema is varied for each text. Its seed and the classes of the text's
            gold are filled in.
        copies: How many variations each text is taught in, such as one for each epoch.
        given: What of the gold questions tell, for styles that ask about given things.
        by_frequency: Whether negative classes are drawn as often as they were in gold so far.
        empty: The share of the texts without anything to find that is kept, from 0 to 1.
        most: The texts of a class after which no more of it are wanted; a text is left out if
            that is so for all of its classes. ``None`` for no bound.
        understanding: The texts that show a class by itself, beside its definition, in a file of
            their own to be learnt from first (KnowCoder); 0 for no such file.
        paper: Where it comes from.

    Raises:
        InputError: If a number makes no sense.
    """

    styles: tuple[str | Style, ...] = ("auto",)
    variation: Variation = Variation()
    copies: int = 1
    given: Given = "nothing"
    by_frequency: bool = False
    empty: float = 1.0
    most: int | None = None
    understanding: int = 0
    paper: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.styles, tuple) or not self.styles:
            raise InputError(f"styles={self.styles!r}: give a tuple of at least one")
        if self.copies < 1 or self.understanding < 0 or (self.most is not None and self.most < 1):
            raise InputError("copies and most must be at least 1, and understanding at least 0")
        if not 0 <= self.empty <= 1:
            raise InputError(f"empty={self.empty!r}: a share is in [0, 1]")


RECIPES: Final[dict[str, Recipe]] = {
    # Nothing is varied.
    "plain": Recipe(),
    # Classes in another order each time, some left out from question and answer, names masked,
    # guidelines paraphrased where the user gives paraphrases, few candidates of many.
    "gollie": Recipe(
        ("gollie",),
        Variation(shuffle=True, class_dropout=0.15, dropout=0.15, masking=0.15, candidates=5),
        paper="Sainz et al. 2024, GoLLIE: Annotation Guidelines improve Zero-Shot Information "
        "Extraction",
    ),
    # First the schema from definitions and instances, then answers, with some classes of many.
    "knowcoder": Recipe(
        ("knowcoder",),
        Variation(shuffle=True, negatives=5),
        understanding=10,
        paper="Li et al. 2024, KnowCoder: Coding Structured Knowledge into LLMs for Universal "
        "Information Extraction",
    ),
    # A turn for each class, and for classes that the text does not have, by their frequency.
    "uniner": Recipe(
        ("uniner",),
        Variation(shuffle=True, negatives=3),
        by_frequency=True,
        paper="Zhou et al. 2024, UniversalNER: Targeted Distillation from Large Language Models "
        "for Open Named Entity Recognition",
    ),
    # Every word has a tag, those outside of mentions, too: the text's own negatives.
    "gner": Recipe(
        ("gner",),
        Variation(shuffle=True),
        paper="Ding et al. 2024, Rethinking Negative Instances for Generative Named Entity "
        "Recognition",
    ),
    # The options in another order each time.
    "instructuie": Recipe(
        ("instructuie",),
        Variation(shuffle=True),
        paper="Wang et al. 2023, InstructUIE: Multi-task Instruction Tuning for Unified "
        "Information Extraction",
    ),
}
"""Papers' ways of making lessons, by name; ``dataclasses.replace`` changes one."""


def recipe_named(recipe: Recipe | str) -> Recipe:
    """The recipe of that name; one that is given as itself.

    Raises:
        InputError: If there is none.
    """
    if isinstance(recipe, Recipe):
        return recipe
    found = RECIPES.get(recipe)
    if found is None:
        raise InputError(f"there is no recipe {recipe!r}; there are {', '.join(RECIPES)}")
    return found
