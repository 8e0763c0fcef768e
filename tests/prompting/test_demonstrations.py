"""Demonstrations as users give them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest

from codeie import (
    CodeIEWarning,
    Demonstration,
    Entity,
    Extractor,
    InputError,
    NotInText,
    Prompt,
    Relation,
    render,
)
from codeie.prompting import DemonstrationLike, dialogue_for
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being."""

    name: str
    kind: Literal["real", "made up"] = "real"
    title: str = "none given"
    note: Annotated[str, NotInText] = ""
    names: list[str] = field(default_factory=list)


@dataclass
class Knows(Relation):
    """They know each other."""

    head: Person
    tail: Person


def _extractor(demonstrations: Any) -> Prompt:
    model = ScriptedClient([])
    return Extractor(
        [Person, Knows], model=model, style="code4uie", demonstrations=demonstrations
    ).prompt("Bo.")


TAKERS: dict[str, Callable[[Any], Prompt]] = {
    "render": lambda given: render([Person, Knows], "Bo.", style="code4uie", demonstrations=given),
    "dialogue": lambda given: (
        dialogue_for([Person, Knows], "Bo.", style="code4uie", demonstrations=given).first
    ),
    "extractor": _extractor,
}
takers = pytest.mark.parametrize("taker", TAKERS.values(), ids=TAKERS)
warners = pytest.mark.parametrize("taker", [TAKERS["render"], _extractor], ids=["render", "E"])


@takers
@pytest.mark.parametrize("pair", [("Ada.", [Person("Ada")]), ("Ada.", (Person("Ada"),))])
def test_a_pair_is_a_demonstration(taker: Callable[[Any], Prompt], pair: DemonstrationLike) -> None:
    """A text with its instances does wherever demonstrations are taken."""
    assert taker([pair]) == taker([Demonstration("Ada.", [Person("Ada")])])
    assert 'text = "Ada."\nresult = [\nPerson("Ada"),\n]' in taker([pair]).completion


@takers
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("Ada.", r"demonstrations are a list of \(text, instances\), got str"),
        (Demonstration("A", []), "demonstrations are a list of .*, got Demonstration"),
        (3, "demonstrations are a list of .*, got int"),
        (("Ada.", [Person("Ada")]), r"is a Demonstration or a pair \(text, instances\), got str"),
        ([("Ada.", Person("Ada"))], "is a list, also of one instance; got Person"),
        ([("Ada.", "Ada")], "is a list, also of one instance; got str"),
        ([Person("Ada")], "or a pair .*, got Person"),
    ],
)
def test_what_is_no_demonstration_is_an_error(
    taker: Callable[[Any], Prompt], given: object, problem: str
) -> None:
    """The message says what a demonstration is."""
    with pytest.raises(InputError, match=problem):
        taker(given)


@warners
@pytest.mark.parametrize(
    ("instances", "message"),
    [
        ([Person("Zed")], "Person.name is 'Zed'"),
        ([Person("Ada", title="Dr")], "Person.title is 'Dr'"),
        ([Person("Ada", names=["Ada", "Zed"])], "Person.names is 'Zed'"),
        ([Knows(Person("Ada"), Person("Zed"))], "Person.name is 'Zed'"),
    ],
)
def test_a_string_that_its_text_does_not_hold_is_a_warning(
    taker: Callable[[Any], Prompt], instances: list[object], message: str
) -> None:
    """Who gives a demonstration that quotes what is not there is told, in one line, and where."""
    with pytest.warns(CodeIEWarning) as caught:
        taker([("Bo knows Ada.", [Person("Bo")]), ("Ada  Lovelace left.", instances)])
    assert [str(each.message) for each in caught] == [
        f"demonstration 2: {message}, which its text does not hold: 'Ada  Lovelace left.'"
    ]
    assert caught[0].filename == __file__


@takers
@pytest.mark.parametrize(
    "instance",
    [
        Person("ada lovelace"),
        Person("Ada left"),
        Person("Ada", "made up"),
        Person("Ada", note="said by Zed"),
    ],
)
def test_what_needs_no_quotation_is_no_warning(
    taker: Callable[[Any], Prompt], instance: Person
) -> None:
    """Other case, gaps, choices, defaults and fields that do not quote are as they should be."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        taker([("Ada\nLovelace left.", [instance])])
