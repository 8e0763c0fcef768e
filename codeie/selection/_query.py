"""What a selector is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from codeie.diagnostics import Diagnostic, Diagnostics
from codeie.display import Part
from codeie.introspection import Schema
from codeie.prompting import Demonstration
from codeie.selection._words import Fingerprint, fingerprint, is_near
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Query", "Scored", "Selection"]


def _cost_of_text(one: Demonstration) -> int:
    from codeie.tokens import counter_for

    counter = counter_for("openai/gpt-5")
    return counter.count(one.text) + sum(counter.count(repr(each)) for each in one.instances)


@dataclass(frozen=True, slots=True)
class Query(Outlined):
    """A text that demonstrations are to be chosen for.

    Args:
        text: The document's text, or that of the chunk that is asked about.
        schema: What is asked for; instances of other classes are not shown.
        found: Instances known to be in the text, or found in it by a first pass.
        cost: How many tokens a demonstration takes; by default those of its text and of its
            instances as Python writes them, with ``o200k_base``.
    """

    text: str
    schema: Schema
    found: Sequence[object] = ()
    cost: Callable[[Demonstration], int] = _cost_of_text
    _print: Fingerprint = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_print", fingerprint(self.text))

    def is_near(self, one: Demonstration) -> bool:
        """Whether a demonstration's text is this one, nearly so, or a part of it, or holds it.

        Such a one would give the answer away.
        """
        return self.is_like(fingerprint(one.text))

    def is_like(self, print_: Fingerprint) -> bool:
        """`is_near`, of a text whose fingerprint is at hand."""
        return is_near(self._print, print_)


@dataclass(frozen=True, slots=True)
class Scored(Outlined):
    """An example's place in a ranking.

    Args:
        place: Which example of the pool.
        score: The higher, the nearer; each selector has a unit of its own.
    """

    place: int
    score: float


@dataclass(frozen=True, slots=True)
class Selection(Outlined):
    """The demonstrations for one text.

    Args:
        demonstrations: In the order in which they are shown.
        diagnostics: What could not be done as asked.
    """

    demonstrations: tuple[Demonstration, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def _outline(self) -> Iterable[Part]:
        yield f"{counted(len(self.demonstrations), 'demonstration')}, as they are shown"
        yield from self.demonstrations
        if self.diagnostics:
            yield Diagnostics.of(self.diagnostics)
