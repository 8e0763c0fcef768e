"""Asking in two stages, the second of which knows what the first one found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques import entities_first, spans_first, triggers_first, types_first
from codeie.extraction.techniques.strategy import Bound, Strategy, whole_number
from codeie.introspection import nearest
from codeie.prompting import Style, style_named

__all__ = ["TwoStage"]

First = Literal["types", "spans", "entities", "triggers"]

_STAGES: dict[str, Any] = {
    "types": types_first,
    "spans": spans_first,
    "entities": entities_first,
    "triggers": triggers_first,
}


@dataclass(frozen=True, slots=True, repr=False)
class TwoStage(Strategy):
    """Asks twice: the second question is narrower for what the first one found.

    ``"types"``
        First which classes occur, by their names, then about these alone. For large schemas.
        Guo et al. 2023, Code4UIE; Jiang et al. 2024, ToNER.
    ``"spans"``
        First the mentions of anything that is asked for, then of which class each of them is.
        For classes whose instances are one string; others are asked about as usual, told what
        was found. Bian et al. 2023, Inspire the Large Language Model by External Knowledge on
        Biomedical Named Entity Recognition.
    ``"entities"``
        First the entities, then relations and events, told the entities: as things given by
        styles that show them, else as an earlier turn of the conversation.
    ``"triggers"``
        First the triggers of events, then for each its arguments, in a style about given
        events. Guo et al. 2023, Code4UIE; Wang et al. 2023, Code4Struct.

    The way is taken for each stage, with ``of`` in both. It costs twice as much at most, but
    for ``"triggers"``, which costs a call for each event.

    Args:
        first: What the first stage asks for.
        then: For ``"triggers"``: the style of the second stage, one about given things.
        limit: For ``"triggers"``: the most events whose arguments are asked for.
        of: A technique that each stage is asked by.

    Raises:
        InputError: If there is no such first stage, the limit is not from 1 to 1,000, or ``then`` is no
            style about given things; when an extractor is made, also if the classes have
            nothing for one of the stages.
        UnknownStyle: If there is no such style.
    """

    first: First = "types"
    then: str | Style = "code4uie-arguments"
    limit: int = 20
    of: Technique | None = None

    def __post_init__(self) -> None:
        if self.first not in get_args(First):
            near = nearest(str(self.first), {name: name for name in _STAGES})
            known = near or ", ".join(_STAGES)
            raise InputError(f"a first stage {self.first!r:.80} is not known; try {known}")
        whole_number("limit", self.limit, 1)
        if not style_named(self.then).needs_given:
            raise InputError(f"then must be a style about given things, got {str(self.then)!r:.80}")

    def check(self, task: Task) -> None:
        """Refuse classes of which there is nothing for one of the stages."""
        if lack := _STAGES[self.first].lacks(task):
            raise InputError(lack)

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """Both stages; one where another strategy asks about a part that has only one of them."""
        stages = _STAGES[self.first]
        if stages.lacks(task):
            return (yield from way(task))
        if self.first == "triggers":
            return (yield from triggers_first.ask(task, way, self.then, self.limit))
        found: Extraction[Any] = yield from stages.ask(task, way)
        return found

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The calls of both stages."""
        stages = _STAGES[self.first]
        if stages.lacks(task):
            return calls(task)
        if self.first == "triggers":
            return triggers_first.count(task, calls, self.then, self.limit)
        number: int | None = stages.count(task, calls)
        return number
