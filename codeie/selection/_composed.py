"""Selectors of what another selector ranks: different ones, and one of each class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import KW_ONLY, dataclass
from itertools import islice

from codeie.errors import InputError
from codeie.introspection import Schema
from codeie.prompting import similarity
from codeie.selection._pool import Pool
from codeie.selection._query import Query, Scored
from codeie.selection._selector import Order, Selector, checked_count

__all__ = ["Covering", "Diverse"]


@dataclass(frozen=True, slots=True, repr=False)
class _OverSelector(Selector):
    """A selector of what another one ranks.

    Args:
        selector: The other one; how many it would show itself is of no account.
        k: The most demonstrations.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
    """

    selector: Selector
    k: int | None = 8
    _: KW_ONLY
    tokens: int | None = None
    negatives: int | None = None
    order: Order = "nearest-last"

    def __post_init__(self) -> None:
        if not isinstance(self.selector, Selector):
            raise InputError(
                f"{type(self).__name__} takes a selector, as BM25(examples), got "
                f"{type(self.selector).__name__}"
            )
        checked_count(self)

    @property
    def pool(self) -> Pool:  # type: ignore[override]  # what the other one has
        """What it chooses from."""
        return self.selector.pool

    @property
    def first_pass(self) -> bool:
        """Whether it wants to know what a first answer of the model finds in the text."""
        return self.selector.first_pass

    @property
    def _further(self) -> str:
        return f"({self.selector.name})"


@dataclass(frozen=True, slots=True, repr=False)
class Diverse(_OverSelector):
    """Of the nearest examples those that are unlike each other.

    Maximal marginal relevance (Carbonell and Goldstein 1998): each time the example is taken
    that is nearest to the text less how like it is to the likest one taken before. How like two
    texts are is the cosine of their counts of words; how near they are to the text is their score
    as a part of the nearest one's.

    Args:
        selector: Whose first ``k`` examples are the candidates: ``BM25(examples, k=32)``.
        k: The most demonstrations.
        balance: How much nearness counts, from 0 to 1; the rest is for being unlike.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
    """

    balance: float = 0.5

    def __post_init__(self) -> None:
        _OverSelector.__post_init__(self)
        if not 0 <= self.balance <= 1:
            raise InputError(f"balance must be from 0 to 1, got {self.balance!r}")

    @property
    def _further(self) -> str:
        balance = "" if self.balance == 0.5 else f",balance={self.balance}"
        return f"{balance}({self.selector.name})"

    def ranked(self, query: Query) -> Iterator[Scored]:
        """The candidates, in the order in which they are taken."""
        most = self.selector.most(query.schema)
        admitted = (
            each for each in self.selector.ranked(query) if not query.is_near(self.pool[each.place])
        )
        left = list(islice(admitted, most))
        low = min((each.score for each in left), default=0.0)
        low = min(low, 0.0)  # the scores of a draw by chance are below 0
        spread = max((each.score for each in left), default=0.0) - low or 1.0
        likest = [0.0] * len(left)
        while left:
            worth = [
                self.balance * (each.score - low) / spread - (1 - self.balance) * like
                for each, like in zip(left, likest, strict=True)
            ]
            best = max(range(len(left)), key=worth.__getitem__)
            taken = left.pop(best)
            likest.pop(best)
            yield taken
            text = self.pool[taken.place].text
            likest = [
                max(like, similarity(text, self.pool[each.place].text))
                for each, like in zip(left, likest, strict=True)
            ]


@dataclass(frozen=True, slots=True, repr=False)
class Covering(_OverSelector):
    """An example of each class that is asked for, and then the nearest ones.

    Each time the nearest example is taken that has a class which none before it had; with fewer
    places than classes, the one that has most of those. So each class that any example has is
    shown if ``k`` is at least the number of classes, and as a rule also with less.

    Args:
        selector: What is nearest: ``BM25(examples)``.
        k: The most demonstrations.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
    """

    def lacking(self, schema: Schema) -> Sequence[str]:
        """The classes without an example."""
        return self.pool.lacking(schema)

    def ranked(self, query: Query) -> Iterator[Scored]:
        """Those that cover the classes, then all others, the nearest first."""
        ranking = self.selector.ranked(query)
        open_ = {spec.cls for spec in query.schema.classes} & self.pool.held
        places = len(self.pool) if self.k is None else self.k - (self.negatives or 0)
        passed: list[Scored] = []
        if places < len(open_):
            passed = list(ranking)
            taken = self._of_most(query, passed, open_, places)
            yield from taken
            passed = [each for each in passed if each not in taken]
        while open_ and (each := next(ranking, None)) is not None:
            one = self.pool.classes[each.place]
            if one & open_ and not query.is_near(self.pool[each.place]):
                open_ -= one
                yield each
            else:
                passed.append(each)
        yield from passed
        yield from ranking

    def _of_most(
        self, query: Query, ranking: Sequence[Scored], classes: Set[type], places: int
    ) -> list[Scored]:
        """As few examples as it is quickly seen to take for as many classes as that reaches."""
        classes_of = self.pool.classes
        left = [each for each in ranking if classes_of[each.place] & classes]
        taken: list[Scored] = []
        while left and len(taken) < places:
            # Of equal ones the nearest.
            found = max(left, key=lambda each: len(classes_of[each.place] & classes))
            if query.is_near(self.pool[found.place]):
                left.remove(found)
                continue
            taken.append(found)
            classes = classes - classes_of[found.place]
            left = [each for each in left if classes_of[each.place] & classes]
        return taken
