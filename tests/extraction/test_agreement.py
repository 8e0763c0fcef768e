"""What several extractions agree on, against a count by hand; nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import (
    Code,
    Completion,
    Document,
    Entity,
    Extraction,
    Extractor,
    Outcome,
    Vote,
    ground,
    introspect,
)
from codeie.clients import Logprobs
from codeie.errors import InputError
from codeie.extraction._strategies import strategy_named
from codeie.extraction.techniques.agreement import agreed
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str
    title: str = ""


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


TEXT = "Ada, Bo and Cy saw the Tern. Ada left."
SCHEMA = introspect([Person, Ship])
NAMES = ("Ada", "Bo", "Cy", "Tern")


def part(instances: list[Any]) -> Extraction[Any]:
    """One answer, grounded."""
    found = ground(instances, TEXT, schema=SCHEMA)
    outcome = Outcome.ITEMS if found.items else Outcome.EMPTY
    return Extraction(
        Document(TEXT), found.items, found.diagnostics, outcome, dropped=found.dropped
    )


ITEM = st.one_of(
    st.builds(Person, st.sampled_from(NAMES), st.sampled_from(("", "Dr"))),
    st.builds(Ship, st.sampled_from(NAMES)),
)
ANSWERS = st.lists(
    st.lists(ITEM, max_size=4, unique_by=lambda each: each.name), min_size=1, max_size=5
)


@given(ANSWERS, st.sampled_from((0.0, 0.5, 0.75)))
def test_what_is_kept_is_what_a_count_says(answers: list[list[Any]], threshold: float) -> None:
    """By hand: the places that enough answers have, each with the class that most have there."""
    parts = [part(instances) for instances in answers]
    whole = agreed(Document(TEXT), parts, SCHEMA, threshold=threshold, one_class=True)
    votes = len(answers)
    support = Counter(each.name for instances in answers for each in instances)
    classes = Counter((each.name, type(each)) for instances in answers for each in instances)
    kept = {name for name, times in support.items() if times > threshold * votes}
    assert kept == {item.value.name for item in whole.items}
    assert len(kept) == len(whole.items)
    for item in whole.items:
        name, times = item.value.name, classes[item.value.name, type(item.value)]
        assert times == max(classes[name, cls] for cls in (Person, Ship))
        assert times / votes == item.confidence
        assert item.span is not None
        assert name == item.span.of(TEXT)
    assert (Outcome.ITEMS if kept else Outcome.EMPTY) is whole.outcome
    # Each thing that was said is there, or left out with a word about it.
    there = Counter((i.value.name, type(i.value)) for i in (*whole.items, *whole.dropped))
    assert set(classes) == set(there)
    outvoted = [one for one in whole.diagnostics if one.code is Code.OUTVOTED]
    assert len(whole.dropped) == len(outvoted)
    for item in whole.dropped:
        assert item.confidence == classes[item.value.name, type(item.value)] / votes


@given(ANSWERS)
def test_a_union_has_all(answers: list[list[Any]]) -> None:
    """Every place with every class that any answer gives it, and each field's own majority."""
    parts = [part(instances) for instances in answers]
    whole = agreed(Document(TEXT), parts, SCHEMA, threshold=0, one_class=False)
    said = {(each.name, type(each)) for instances in answers for each in instances}
    assert said == {(item.value.name, type(item.value)) for item in whole.items}
    assert () == whole.dropped
    for item in whole.items:
        if isinstance(item.value, Person):
            titles = Counter(
                each.title
                for instances in answers
                for each in instances
                if isinstance(each, Person) and each.name == item.value.name
            )
            assert titles[item.value.title] == max(titles.values())
            share = titles[item.value.title] / titles.total()
            assert (("name", 1.0), ("title", share)) == item.field_confidences


@given(st.lists(ITEM, max_size=5, unique_by=lambda each: each.name), st.integers(1, 5))
def test_equal_answers_are_that_answer(instances: list[Any], votes: int) -> None:
    """With a confidence of one, and nothing left out."""
    whole = agreed(Document(TEXT), [part(instances)] * votes, SCHEMA, threshold=0.5, one_class=True)
    assert instances == whole.instances
    assert all(item.confidence == 1 for item in whole.items)
    assert () == whole.dropped


@given(ANSWERS, st.data())
def test_weights_that_are_the_same_change_nothing(
    answers: list[list[Any]], data: st.DataObject
) -> None:
    """Whatever each counts, as long as all count it; one that counts for nothing has no say."""
    parts = [part(instances) for instances in answers]
    document, how = Document(TEXT), {"threshold": 0.5, "one_class": True}
    weight = data.draw(st.floats(1e-6, 1))
    plain = agreed(document, parts, SCHEMA, **how)  # type: ignore[arg-type] # of two kinds
    same = agreed(document, parts, SCHEMA, weights=[weight] * len(parts), **how)  # type: ignore[arg-type] # of two kinds
    assert same == plain
    alone = agreed(document, parts[:1], SCHEMA, **how)  # type: ignore[arg-type] # of two kinds
    only = [1.0, *([0.0] * (len(parts) - 1))]
    first = agreed(document, parts, SCHEMA, weights=only, **how)  # type: ignore[arg-type] # of two kinds
    assert [type(one.value) for one in first.items] == [type(one.value) for one in alone.items]
    assert all(one.confidence == 1 for one in first.items)


def test_likely_answers_outvote_others() -> None:
    """By the geometric mean of their tokens; where that is not known, all count the same."""
    sure = Completion('[Ship("Tern")]', logprobs=Logprobs(0, (7, 14), (-0.02, -0.02)))
    unsure = Completion('[Person("Tern")]', logprobs=Logprobs(0, (16,), (-1.2,)))
    unknown = replace(unsure, logprobs=None)

    def voted(*answers: Completion) -> tuple[list[Any], list[str]]:
        client = ScriptedClient(answers)
        how = strategy_named("vote(3, weights=likelihood)")
        found = Extractor([Person, Ship], model=client, strategy=how)(TEXT)
        assert all(settings.logprobs for settings in client.settings)
        return found.instances, [one.code.value for one in found.diagnostics]

    assert voted(sure, unsure, unsure) == ([Ship("Tern")], ["outvoted"])
    instances, codes = voted(sure, unknown, unsure)
    assert instances == [Person("Tern")]
    assert "not-applied" in codes
    with pytest.raises(InputError, match="'equal' or 'likelihood'"):
        Vote(3, weights="likely")  # type: ignore[arg-type] # the mistake
