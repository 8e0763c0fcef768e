"""What all selectors hold to: order, count, budget, no leakage, the same choice each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selection.ships import COOK, LOG, NOTHING, QUERY, SCHEMA, TERN, WORDS, Crew, Port, Ship

from codeie import CodeIEWarning, Demonstration, InputError, introspect
from codeie.selection import (
    BM25,
    SELECTORS,
    Covering,
    Diverse,
    Fixed,
    PerType,
    Query,
    Random,
    Scored,
    Selector,
    pool_of,
    selector_named,
)


def pool_of_seed(seed: int) -> list[Demonstration]:
    """Labelled sentences that differ, of any of the classes or none."""
    draws = random.Random(seed)  # noqa: S311 - no secret
    sentences = [
        " ".join(draws.choices(WORDS, k=draws.randint(5, 9))) for _ in range(draws.randint(1, 12))
    ]
    return [
        Demonstration(
            f"{text} number {number}",
            [cls(text.split()[0]) for cls in (Ship, Port, Crew) if draws.random() < 0.4],
        )
        for number, text in enumerate(sentences)
    ]


pools = st.builds(pool_of_seed, st.integers(0, 10**6))
few = settings(max_examples=8)  # an index is made for each


def every(pool: list[Demonstration], k: int, **options: Any) -> list[Selector]:
    """A selector of each kind that needs no model and no run."""
    return [
        Fixed(pool, k, **options),
        Random(pool, k, seed=3, **options),
        BM25(pool, k, **options),
        Diverse(BM25(pool, 12), k, **options),
        Covering(BM25(pool), k, **options),
    ]


def shown(selector: Selector, query: Query = QUERY) -> list[str]:
    """The first two words of what is shown."""
    return [" ".join(one.text.split()[:2]) for one in selector.select(query).demonstrations]


@few
@given(pool=pools, k=st.integers(1, 6))
def test_never_more_than_asked_for_and_each_once(pool: list[Demonstration], k: int) -> None:
    """At most k are shown, none twice, and the same ones whenever they are asked for."""
    for selector in every(pool, k):
        first = selector.select(QUERY)
        texts = [one.text for one in first.demonstrations]
        assert len(texts) == len(set(texts)) <= k
        assert first == selector.select(QUERY)
        few = [one for one in first.diagnostics if one.code == "few-demonstrations"]
        assert (len(texts) < k) == any("demonstrations are shown" in one.message for one in few)


@few
@given(pool=pools, k=st.integers(1, 6), data=st.data())
def test_no_example_gives_the_answer_away(
    pool: list[Demonstration], k: int, data: st.DataObject
) -> None:
    """A text that is asked about is never shown, in whatever case, nor within a longer one."""
    own = data.draw(st.sampled_from(pool))
    for text in (own.text, own.text.upper() + "!", f"It was so. {own.text} And then not."):
        for selector in every(pool, k):
            selection = selector.select(Query(text, SCHEMA))
            assert own.text not in [one.text for one in selection.demonstrations]
    told = BM25(pool, len(pool)).select(Query(own.text, SCHEMA)).diagnostics
    assert "near-demonstration" in [one.code for one in told]


@few
@given(pool=pools, budget=st.integers(1, 40))
def test_a_budget_of_tokens_is_kept(pool: list[Demonstration], budget: int) -> None:
    """What is shown costs no more than the budget, and something that fits is shown."""

    def cost(one: Demonstration) -> int:
        return len(one.text.split())

    query = Query("the tide sank", SCHEMA, cost=cost)
    for selector in every(pool, 3, tokens=budget):
        chosen = selector.select(query).demonstrations
        assert sum(map(cost, chosen)) <= budget
        assert bool(chosen) == any(cost(one) <= budget for one in pool)


@few
@given(pool=pools)
def test_each_class_is_covered_whenever_there_is_a_place_for_it(pool: list[Demonstration]) -> None:
    """With as many places as classes, each class that an example has is shown."""
    chosen = Covering(BM25(pool), 3).select(QUERY).demonstrations
    there = {type(each) for one in pool for each in one.instances}
    assert there == {type(each) for one in chosen for each in one.instances}


@few
@given(pool=pools, k=st.integers(1, 3))
def test_so_many_of_each_class_are_drawn(pool: list[Demonstration], k: int) -> None:
    """Of each class as many as asked for, or all there are; and as many without instances."""
    chosen = PerType(pool, k).select(QUERY).demonstrations
    for cls in (Ship, Port, Crew):
        held = [one for one in pool if any(type(each) is cls for each in one.instances)]
        seen = [one for one in chosen if any(type(each) is cls for each in one.instances)]
        assert min(k, len(held)) <= len(seen)
    empty = [one for one in pool if not one.instances]
    assert min(k, len(empty)) == len([one for one in chosen if not one.instances])


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("nearest-last", ["Ivar cooks", "The Lotta", "Nothing moved", "The Tern"]),
        ("nearest-first", ["The Tern", "Nothing moved", "The Lotta", "Ivar cooks"]),
        ("as-given", ["The Tern", "The Lotta", "Ivar cooks", "Nothing moved"]),
    ],
)
def test_the_nearest_stands_last_unless_said_otherwise(order: Any, expected: list[str]) -> None:
    """Demonstrations stand in the order asked for."""
    assert expected == shown(BM25(LOG, 4, order=order))


def test_fixed_examples_keep_their_order() -> None:
    """What is fixed is shown as it was given."""
    assert ["The Tern", "The Lotta"] == shown(Fixed(LOG, 2))
    assert ["The Lotta", "Ivar cooks"] == shown(Fixed(LOG, 2), Query(TERN.text, SCHEMA))


def test_a_draw_is_that_of_its_seed() -> None:
    """The same seed draws the same for every text, and seeds differ."""
    assert shown(Random(LOG, 2, seed=1)) == shown(Random(LOG, 2, seed=1), Query("Tide.", SCHEMA))
    assert len({tuple(shown(Random(LOG, 4, seed=seed))) for seed in range(9)}) > 3


@pytest.mark.parametrize(
    ("negatives", "expected"),
    [
        (None, ["Nothing moved", "The Tern"]),
        (0, ["The Lotta", "The Tern"]),
        (1, ["Nothing moved", "The Tern"]),
        (2, ["Nothing moved"]),
    ],
)
def test_examples_of_nothing_are_shown_on_purpose_or_not(
    negatives: int | None, expected: list[str]
) -> None:
    """So many places are for examples without instances, and no others are taken in them."""
    assert expected == shown(BM25(LOG, 2, negatives=negatives))


def test_an_example_of_other_classes_is_one_of_nothing() -> None:
    """Instances that are not asked for are not shown, and do not count."""
    query = Query(QUERY.text, introspect([Port]))
    (one,) = BM25(LOG, 1).select(query).demonstrations
    assert (TERN.text, (Port("Skagen"),)) == (one.text, one.instances)
    assert COOK.text in [one.text for one in BM25(LOG, 2, negatives=2).select(query).demonstrations]


def test_different_ones_are_taken_of_the_nearest() -> None:
    """Of three examples alike, one is shown before one that is less near."""
    alike = [
        Demonstration(f"The Gull left Skagen in the thick fog with {who} and them.", [])
        for who in ("Ann", "Bo", "Cy")
    ]
    pool = [*alike, Demonstration("A rope was cut in the fog.", []), COOK]
    query = Query("Gull left Skagen in fog.", SCHEMA)
    assert {"The Gull"} == set(shown(BM25(pool, 2), query))
    assert ["A rope", "The Gull"] == shown(Diverse(BM25(pool, 4), 2, balance=0.3), query)
    assert shown(BM25(pool, 2), query) == shown(Diverse(BM25(pool, 4), 2, balance=1.0), query)


def test_with_few_places_most_classes_are_covered() -> None:
    """The example of most classes comes first where not all can have one."""
    pool = [TERN, COOK, Demonstration("Rope.", [Ship("Rope"), Port("Rope"), Crew("Rope")])]
    assert ["Rope."] == shown(Covering(BM25(pool), 1))
    assert ["Rope.", "The Tern"] == shown(Covering(BM25(pool), 2))


def test_a_class_without_an_example_is_told() -> None:
    """Selectors that promise an example of each class say of which there is none."""
    for selector in (PerType([TERN], 1), Covering(BM25([TERN]), 2)):
        told = [one.message for one in selector.select(QUERY).diagnostics]
        assert any("no example holds an instance of Crew, Left" in one for one in told)


@dataclass(frozen=True)
class Last(Selector):
    """The last examples, as a user would write it."""

    pool: Any
    k: int | None = 2
    tokens: int | None = None
    negatives: int | None = None
    order: Any = "nearest-last"

    def ranked(self, _query: Query) -> Any:
        """From the end."""
        return (Scored(place, float(place)) for place in reversed(range(len(self.pool))))


def test_a_selector_of_ones_own_says_how_it_ranks() -> None:
    """All else comes with the class, also for selectors around it."""
    own = Last(pool_of(LOG, 1))
    assert ("last:2", ["Ivar cooks", "Nothing moved"]) == (str(own), shown(own))
    assert ["The Lotta", "Ivar cooks"] == shown(own, Query(NOTHING.text, SCHEMA))
    assert "covering:3(last:2)" == str(Covering(own, 3))


@pytest.mark.parametrize("name", SELECTORS)
def test_selectors_are_named_as_on_the_command_line(name: str) -> None:
    """A name makes the selector that has it, with a count or a budget."""
    assert str(selector_named(f"{name}:2", LOG)).startswith(f"{name}:2")
    assert selector_named(f"{name}:90tokens", LOG).tokens == 90
    assert selector_named(f"{name}:2,negatives=1", LOG).negatives == 1


def test_what_else_was_chosen_is_in_the_name() -> None:
    """Two selectors that choose otherwise do not go by one name."""
    assert "bm25:2,negatives=1,nearest-first" == str(
        BM25(LOG, 2, negatives=1, order="nearest-first")
    )
    assert "diverse:2,balance=0.3(random:8,seed=4)" == str(
        Diverse(Random(LOG, seed=4), 2, balance=0.3)
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: BM25([]), "nothing to choose from: no examples were given"),
        (lambda: BM25([(" ", [])]), "1 examples, all of them without a text"),
        (lambda: BM25("text"), r"chooses from a list of .* got str"),
        (lambda: BM25([TERN, 3]), r"example 2: a demonstration is .* got int"),
        (lambda: BM25(LOG, 0), "k must be a whole number from 1 to 10,000,000, got 0"),
        (
            lambda: BM25(LOG, 99_999_999),
            "k must be a whole number from 1 to 10,000,000, got 99999999",
        ),
        (lambda: BM25(LOG, 2.0), "k must be a whole number"),
        (lambda: BM25(LOG, tokens=0), "tokens must be a whole number from 1 to 10,000,000"),
        (lambda: BM25(LOG, negatives=-1), "negatives must be a whole number from 0 to 10,000,000"),
        (lambda: BM25(LOG, 2, negatives=3), "negatives=3 of k=2 leaves no place"),
        (lambda: BM25(LOG, None), "give k, how many demonstrations, or tokens"),
        (lambda: BM25(LOG, order="last"), "no order 'last'; use one of nearest-last"),
        (lambda: Diverse(LOG), "Diverse takes a selector, as BM25.examples., got list"),
        (lambda: Diverse(BM25(LOG), balance=2), "balance must be from 0 to 1, got 2"),
        (lambda: selector_named("bm52:3", LOG), "no selector 'bm52'; did you mean 'bm25'"),
        (lambda: selector_named("bm25:x", LOG), "'bm25:x': write bm25:8, bm25:1500tokens or"),
        (lambda: selector_named("bm25:2,negatives=3", LOG), "negatives=3 of k=2 leaves no place"),
        (lambda: selector_named("bm25:2,positives=3", LOG), "'bm25:2,positives=3': write bm25:8"),
    ],
)
def test_what_cannot_be_meant_is_one_line(make: Callable[[], object], message: str) -> None:
    """Wrong examples and numbers are errors where they are given."""
    with pytest.raises(InputError, match=message) as found:
        make()
    assert "\n" not in str(found.value)


def test_empty_and_repeated_texts_are_left_out_and_told() -> None:
    """Of examples with one text the first counts; how many were left out is one warning."""
    with pytest.warns(CodeIEWarning, match="^1 without a text and 1 with the text of an") as told:
        selector = BM25([("", []), TERN, (TERN.text, [])])
    assert [__file__] == [one.filename for one in told]
    assert (TERN,) == selector.pool.examples
