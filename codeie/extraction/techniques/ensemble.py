"""Asking in several styles, or several models, and putting together what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from codeie.clients import Client
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, survived, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import agreed
from codeie.extraction.techniques.models import asked_of, found_client, in_style
from codeie.extraction.techniques.strategy import Bound, Strategy, named, share
from codeie.extraction.techniques.survivors import of_survivors
from codeie.prompting import Style, style_named
from codeie.types import Document

__all__ = ["Ensemble", "Member"]

Merge = Literal["vote", "union"]


@runtime_checkable
class Member(Protocol):
    """Another extractor, as a member of an ensemble sees it."""

    def exchange(self, document: Document) -> Exchange[Extraction[Any]]:
        """What it asks about a document."""
        ...

    def calls_at_most(self, text: str | Document = "") -> int | None:
        """How many calls it takes at most."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Ensemble(Strategy):
    """Asks in several styles, several models or both, and merges the answers.

    By vote it keeps what most members have, as `Vote` does, and their share is the confidence:
    errors of one style or model seldom are those of another. By union it keeps what any of
    them has, for recall; where members disagree on a mention's class, both stay and it is told.
    A member that fails is left out, with a diagnostic.

    It costs as many calls as there are members.

    Paper: Lu et al. 2024, Merge, Ensemble, and Cooperate (a survey of collaborating models);
    merging in two stages after Xie et al. 2023.

    Args:
        styles: Names of styles, or styles of your own; none means the extractor's.
        models: Names of models, or clients; none means the extractor's. With several styles,
            each model is asked in each.
        extractors: Other extractors, with classes and all; items of classes that are not
            asked for stay.
        merge: ``"vote"`` or ``"union"``.
        threshold: By vote: what more than this share of the members have is kept.
        of: A technique that each style and model is asked by.

    Raises:
        InputError: If there are fewer than two members, one is none, or there is no such way
            to merge.
        UnknownStyle: If there is no such style.
        UnknownModel: If no client takes a model's name.
    """

    styles: Sequence[str | Style] = ()
    models: Sequence[str | Client] = ()
    extractors: Sequence[Member] = ()
    merge: Merge = "vote"
    threshold: float = 0.5
    of: Technique | None = None
    _clients: tuple[Client, ...] = field(init=False, default=(), compare=False)

    def __post_init__(self) -> None:
        for name in ("styles", "models", "extractors"):
            given = getattr(self, name)
            if isinstance(given, str) or not isinstance(given, Sequence):
                raise InputError(f"{name} takes a list, [{given!r:.60}]")
            object.__setattr__(self, name, tuple(given))
            # Two answers of one member are one answer, and no agreement.
            if len(set(map(_called, given))) < len(given):
                raise InputError(f"{name} of an ensemble names one twice; use Vote to ask again")
        for style in self.styles:
            style_named(style)
        if not all(isinstance(each, Member) for each in self.extractors):
            raise InputError("extractors takes a list of extractors")
        if self.merge not in get_args(Merge):
            raise InputError(f"merge must be 'vote' or 'union', got {self.merge!r:.80}")
        share("threshold", self.threshold)
        if self._size() < 2:
            raise InputError("an ensemble needs at least two styles, models or extractors")
        object.__setattr__(self, "_clients", tuple(map(found_client, self.models)))

    def check(self, task: Task) -> None:
        """Refuse a style or model that cannot be asked."""
        list(self._tasks(task))

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """All members at the same time."""
        members = [
            *((role, way(each)) for role, each in self._tasks(task)),
            *((role, one.exchange(task.document)) for role, one in self._others()),
        ]
        results = yield from together(survived(named(exchange, role)) for role, exchange in members)
        by_vote = self.merge == "vote"
        return of_survivors(
            task,
            results,
            [role for role, _ in members],
            lambda parts: agreed(
                task.document,
                parts,
                task.schema,
                threshold=self.threshold if by_vote else 0,
                one_class=by_vote,
            ),
        )

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The calls of all members."""
        each = [
            *(calls(one) for _, one in self._tasks(task)),
            *(one.calls_at_most(task.document) for _, one in self._others()),
        ]
        return None if None in each else sum(number or 0 for number in each)

    def _size(self) -> int:
        asked = bool(self.styles or self.models)
        by_task = max(1, len(self.styles)) * max(1, len(self.models)) if asked else 0
        return by_task + len(self.extractors)

    def _tasks(self, task: Task) -> Iterator[tuple[str, Task]]:
        if not self.styles and not self.models:
            return
        asked = [(client.name, asked_of(task, client)) for client in self._clients]
        for name, one in asked or [("", task)]:
            styled = [(str(style), in_style(one, style)) for style in self.styles]
            for style, each in styled or [("", one)]:
                yield ", ".join(filter(None, (style, name))), each

    def _others(self) -> Iterator[tuple[str, Member]]:
        for number, one in enumerate(self.extractors, 1):
            yield f"extractor {number}", one


def _called(member: object) -> object:
    """What tells a member from others."""
    if isinstance(member, Style | str):
        return str(member)
    return id(member)
