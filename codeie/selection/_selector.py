"""What all selectors have in common: from a ranking of examples to those that are shown."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import Final, Literal, get_args

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import Part
from codeie.errors import InputError
from codeie.introspection import Schema
from codeie.selection._pool import Examples, Pool, asked_for, pool_of
from codeie.selection._query import Query, Scored, Selection
from codeie.selection._words import Fingerprint, fingerprint, is_near
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Order", "OverExamples", "Selector", "checked_count"]

Order = Literal["nearest-last", "nearest-first", "as-given"]
"""In which order demonstrations are shown; ``"as-given"`` is the order of the examples."""

_TOO_DEAR: Final = 32
"""Examples in a row that do not fit into what is left of a budget, after which it counts as
spent."""


_MOST: Final = 10_000_000
"""Demonstrations, or their tokens: more than any model reads."""


class Selector(Outlined, ABC):
    """Chooses, for each text, which examples are shown as its demonstrations.

    A selector ranks its examples, and takes the first ones of the ranking. An example whose
    text is nearly the one that is asked about is never shown, for it would give the answer
    away; nor are two that are nearly the same.

    To write one, derive from it, hold a `Pool` (`pool_of` makes one) and say how it ranks.

    Attributes:
        pool: What it chooses from.
        k: The most demonstrations; ``None`` for no bound but ``tokens``.
        tokens: The most tokens that all of them may take; ``None`` for no bound but ``k``.
        negatives: How many of them may be examples of which the schema asks for nothing;
            ``None`` treats those like all others, ``0`` leaves them out. So many places are
            kept for them.
        order: In which order they are shown.
    """

    __slots__ = ()

    pool: Pool
    k: int | None
    tokens: int | None
    negatives: int | None
    order: Order

    @property
    def first_pass(self) -> bool:
        """Whether it wants to know what a first answer of the model finds in the text."""
        return False

    @property
    def name(self) -> str:
        """What it is, in short: ``"bm25:8"``; with all that was not left as it is by default."""
        return f"{_kind(type(self).__name__)}:{_options(self)}{self._further}"

    @property
    def _further(self) -> str:
        """What else its name says."""
        return ""

    @abstractmethod
    def ranked(self, query: Query) -> Iterator[Scored]:
        """All examples that may be shown, the best first; read only as far as needed."""

    def most(self, schema: Schema) -> int | None:  # noqa: ARG002 - some have as many a class
        """The most demonstrations that are shown with these classes."""
        return self.k

    def lacking(self, schema: Schema) -> Sequence[str]:  # noqa: ARG002 - few promise any
        """Names of classes of which it promises an example and has none."""
        return ()

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} of {counted(len(self.pool), 'example')}>"

    def select(self, query: Query) -> Selection:
        """Choose the demonstrations for a text.

        Args:
            query: The text, and what is asked for.

        Raises:
            InputError: If a function that turns texts into vectors gives something else.
        """
        chosen, given_away = self._chosen(query)
        ordered = sorted(enumerate(chosen), key=lambda each: (each[1].score, -each[0]))
        if self.order == "nearest-first":
            ordered.reverse()
        elif self.order == "as-given":
            ordered.sort(key=lambda each: each[1].place)
        return Selection(
            tuple(asked_for(self.pool[each.place], query.schema) for _, each in ordered),
            tuple(self._notes(query.schema, len(chosen), given_away)),
        )

    def _chosen(self, query: Query) -> tuple[list[Scored], int]:
        """What is shown, best first, and how many would have given the answer away."""
        most = self.most(query.schema)
        room = _Room(most, self.negatives, self.tokens)
        chosen: list[Scored] = []
        prints: list[Fingerprint] = []
        given_away = 0
        for each in self.ranked(query):
            if room.is_full:
                break
            holds = any(map(query.schema.requested, self.pool.classes[each.place]))
            if not room.has_place(holds):
                continue
            one = self.pool[each.place]
            print_ = fingerprint(one.text)
            if query.is_like(print_):
                given_away += 1
                continue
            if any(is_near(print_, other) for other in prints):
                continue
            if self.tokens is None or room.affords(query.cost(asked_for(one, query.schema))):
                room.take(holds)
                chosen.append(each)
                prints.append(print_)
        return chosen, given_away

    def _notes(self, schema: Schema, shown: int, given_away: int) -> Iterator[Diagnostic]:
        most = self.most(schema)
        if most is not None and shown < most and self.tokens is None:
            yield Diagnostic(
                Code.FEW_DEMONSTRATIONS,
                f"{self.name}: {shown} of {counted(most, 'demonstration')} are shown; none of the other "
                f"examples ({len(self.pool) - shown:,}) may be.",
                Severity.NOTE,
            )
        elif self.tokens is not None and not shown:
            yield Diagnostic(
                Code.FEW_DEMONSTRATIONS,
                f"{self.name}: no demonstration is shown; none fits into {self.tokens:,} tokens.",
            )
        if given_away:
            yield Diagnostic(
                Code.NEAR_DEMONSTRATION,
                f"{self.name}: {given_away} of the examples hold nearly this text, and were "
                "passed over, as they would give the answer away.",
                Severity.NOTE,
            )
        lacking = self.lacking(schema)
        if lacking:
            yield Diagnostic(
                Code.FEW_DEMONSTRATIONS,
                f"{self.name}: no example holds an instance of {', '.join(lacking)}.",
            )

    def _outline(self) -> Iterable[Part]:
        most = "any number" if self.k is None else f"at most {self.k:,}"
        tokens = "" if self.tokens is None else f" and {self.tokens:,} tokens"
        yield f"{self.name} chooses {most}{tokens}, of:"
        yield self.pool


class _Room:
    """How much more may be shown."""

    def __init__(self, most: int | None, negatives: int | None, tokens: int | None) -> None:
        self._left = most
        self._negatives = negatives
        kept_free = negatives or 0
        self._others = None if most is None else max(0, most - kept_free)
        self._mixed = negatives is None
        self._tokens = tokens
        self._too_dear = 0

    @property
    def is_full(self) -> bool:
        return self._left == 0 or self._too_dear >= _TOO_DEAR

    def has_place(self, holds: bool) -> bool:
        """Whether there is one for an example that has instances, or one that has none."""
        if self._mixed:
            return True
        return (self._others if holds else self._negatives) != 0

    def affords(self, cost: int) -> bool:
        if self._tokens is None or cost <= self._tokens:
            self._tokens = None if self._tokens is None else self._tokens - cost
            self._too_dear = 0
            return True
        self._too_dear += 1
        return False

    def take(self, holds: bool) -> None:
        if self._left is not None:
            self._left -= 1
        if holds and self._others is not None:
            self._others -= 1
        elif not holds and self._negatives is not None:
            self._negatives -= 1


@dataclass(frozen=True, slots=True, repr=False)
class OverExamples(Selector):
    """A selector that is given its examples.

    Args:
        examples: What to choose from: demonstrations, pairs ``(text, instances)``, a dataset's
            examples, or extractions.
        k: The most demonstrations.
        tokens: The most tokens of all of them: of their texts and of their answers as the style
            writes them. One that does not fit is passed over for the next one.
        negatives: How many may be examples without an instance that is asked for; ``None``
            treats those like all others.
        order: In which order they are shown.

    Raises:
        InputError: If there are no examples, or a number cannot be meant.
    """

    examples: InitVar[Examples]
    k: int | None = 8
    _: KW_ONLY
    tokens: int | None = None
    negatives: int | None = None
    order: Order = "nearest-last"
    pool: Pool = field(init=False)

    def __post_init__(self, examples: Examples) -> None:
        self._hold(examples)

    def _hold(self, examples: Examples) -> None:
        checked_count(self)
        # Above this are ``__post_init__``, the dataclass's constructor, and then the user's call.
        object.__setattr__(self, "pool", pool_of(examples, 4))


def checked_count(selector: Selector) -> None:
    """Refuse numbers with which nothing could be chosen.

    Raises:
        InputError: If one is negative, or there is no bound at all.
    """
    for name in ("k", "tokens", "negatives"):
        value = getattr(selector, name)
        least = 0 if name == "negatives" else 1
        if value is not None and (type(value) is not int or not least <= value <= _MOST):
            raise InputError(
                f"{name} must be a whole number from {least} to {_MOST:,}, got {value!r:.80}"
            )
    if selector.k is None and selector.tokens is None:
        raise InputError("give k, how many demonstrations, or tokens, or both")
    if selector.k is not None and (selector.negatives or 0) > selector.k:
        raise InputError(f"negatives={selector.negatives} of k={selector.k} leaves no place")
    if selector.order not in get_args(Order):
        raise InputError(
            f"there is no order {selector.order!r}; use one of {', '.join(get_args(Order))}"
        )


def _options(selector: Selector) -> str:
    words = [str(selector.k)] if selector.k is not None else []
    words += [f"{selector.tokens}tokens"] if selector.tokens is not None else []
    words += [f"negatives={selector.negatives}"] if selector.negatives is not None else []
    usual = getattr(type(selector), "__dataclass_fields__", {}).get("order")
    words += [selector.order] if usual is None or selector.order != usual.default else []
    return ",".join(words)


def _kind(name: str) -> str:
    """``PerType`` as ``per-type``, ``ByEntity`` as ``entity``, ``BM25`` as ``bm25``."""
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower().removeprefix("by-")
