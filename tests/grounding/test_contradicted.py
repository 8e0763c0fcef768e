"""An answer may call a place one thing and use it as another; such uses are told, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Entity, Event, Extractor, InputError, Relation
from codeie.diagnostics import Code, Severity
from codeie.grounding import ground
from codeie.testing import ScriptedClient


@dataclass(frozen=True)
class Person(Entity):
    name: str


@dataclass(frozen=True)
class Place(Entity):
    name: str


@dataclass(frozen=True)
class Harbour(Place):
    name: str


@dataclass(frozen=True)
class Firm(Entity):
    name: str


@dataclass(frozen=True)
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass(frozen=True)
class Visits(Relation):
    head: Person
    tail: Place | Firm


@dataclass(frozen=True)
class Meeting(Event):
    trigger: str
    guests: list[Person] = field(default_factory=list)


ALL = [Person, Place, Harbour, Firm, WorksFor, Visits, Meeting]
TEXT = "Ada met Bo at Nore while Cy sailed to Dover."


def kept(*instances: object) -> tuple[object, ...]:
    """What stays of instances when contradicted ones are dropped."""
    found = ground(instances, TEXT, schema=ALL, contradicted="drop")
    return tuple(item.value for item in found)


def test_a_relation_is_left_out_if_an_end_is_of_another_class_by_the_same_answer() -> None:
    """The item is in ``dropped`` with a diagnostic that names both classes and where each stands."""
    relation = WorksFor(Person("Ada"), Firm("Nore"))
    found = ground([Place("Nore"), relation], TEXT, schema=ALL, contradicted="drop")
    assert [item.value for item in found] == [Place("Nore")]
    (dropped,) = found.dropped
    assert dropped.value == relation
    (said,) = dropped.diagnostics
    assert (said.code, said.severity) == (Code.CONTRADICTED, Severity.ERROR)
    assert said.path == "$[1].tail.name"
    assert said.message == "'Nore' stands for a Firm here, and is a Place by $[0]; it is left out."
    assert found.diagnostics == (said,)


def test_ground_keeps_such_an_instance_and_says_so_unless_told_to_drop_it() -> None:
    """Gold is grounded too, so what is dropped is for the caller to choose."""
    relation = WorksFor(Person("Ada"), Firm("Nore"))
    found = ground([relation, Place("Nore")], TEXT, schema=ALL)
    assert [item.value for item in found] == [relation, Place("Nore")]
    (said,) = found.diagnostics
    assert (said.code, said.severity) == (Code.CONTRADICTED, Severity.WARNING)
    assert said.message == "'Nore' stands for a Firm here, and is a Place by $[1]."


@pytest.mark.parametrize(
    "instances",
    [
        pytest.param(
            [Person("Ada"), WorksFor(Person("Ada"), Firm("Nore"))], id="nothing else said"
        ),
        pytest.param(
            [Place("Nore"), Firm("Nore"), WorksFor(Person("Ada"), Firm("Nore"))], id="both said"
        ),
        pytest.param([Harbour("Nore"), Visits(Person("Ada"), Place("Nore"))], id="a subclass"),
        pytest.param([Place("Nore"), Visits(Person("Ada"), Harbour("Nore"))], id="a superclass"),
        pytest.param([Firm("Nore"), Visits(Person("Ada"), Place("Nore"))], id="one of a union"),
        pytest.param([Place("Dover"), WorksFor(Person("Cy"), Firm("Nore"))], id="elsewhere"),
        pytest.param([Meeting("met", [Person("Ada")]), Firm("met")], id="a trigger"),
        pytest.param([Place("Cork"), WorksFor(Person("Ada"), Firm("Cork"))], id="not in the text"),
    ],
)
def test_what_is_not_denied_stays(instances: Sequence[object]) -> None:
    """A class that fits, another place, or no word at all about a place denies nothing."""
    assert kept(*instances) == tuple(instances)


def test_arguments_in_lists_are_looked_at_too() -> None:
    """An event goes if one of its arguments is denied, as its list would be wrong without a word."""
    meeting = Meeting("met", [Person("Ada"), Person("Nore")])
    assert kept(Person("Ada"), Place("Nore"), meeting) == (Person("Ada"), Place("Nore"))


def test_an_extractor_leaves_them_out_unless_told_to_keep_them() -> None:
    """By default an extraction holds no relation that its own answer denies."""
    answer = 'add("Nore", Place)\nadd("Ada", WorksFor, "Nore")\n# END'
    relation = WorksFor(Person("Ada"), Firm("Nore"))
    client = ScriptedClient([answer])
    extraction = Extractor(ALL, model=client, style="mention-first").extract(TEXT)
    assert extraction.instances == [Place("Nore")]
    assert [item.value for item in extraction.dropped] == [relation]
    client = ScriptedClient([answer])
    keeping = Extractor(ALL, model=client, style="mention-first", contradicted="keep")
    extraction = keeping.extract(TEXT)
    assert extraction.instances == [Place("Nore"), relation]
    assert [one.code for one in extraction.diagnostics] == [Code.CONTRADICTED]


def test_a_policy_that_there_is_not_is_refused() -> None:
    """The message names those there are."""
    with pytest.raises(InputError, match="contradicted='never' is not a policy; use one of keep"):
        ground([], TEXT, schema=ALL, contradicted="never")  # type: ignore[arg-type]


WORDS = ("Ada", "Bo", "Nore", "Cy", "Dover")
entities = st.builds(
    lambda cls, name: cls(name),
    st.sampled_from([Person, Place, Harbour, Firm]),
    st.sampled_from(WORDS),
)
people, firms = st.sampled_from(WORDS).map(Person), st.sampled_from(WORDS).map(Firm)
relations = st.builds(WorksFor, people, firms)


@given(st.lists(st.one_of(entities, relations), max_size=8, unique=True))
def test_exactly_the_denied_relations_go(instances: list[object]) -> None:
    """Checked against the rule in one line: every word of the text stands there once."""
    classes: dict[str, list[type]] = {}
    for each in instances:
        if not isinstance(each, WorksFor):
            classes.setdefault(each.name, []).append(type(each))  # type: ignore[attr-defined]
    denied = {
        each
        for each in instances
        if isinstance(each, WorksFor)
        and any(
            end.name in classes and type(end) not in classes[end.name]
            for end in (each.head, each.tail)
        )
    }
    assert set(kept(*instances)) == set(instances) - denied
