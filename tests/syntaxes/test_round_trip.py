"""What a syntax writes, it reads back: the one property of all forms of answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import hostile_text, instances, schemas

from codeie.diagnostics import Severity
from codeie.errors import PromptError
from codeie.introspection import Schema, introspect
from codeie.parsing import Call, Outcome
from codeie.syntaxes import (
    Appends,
    Assignments,
    Calls,
    Choice,
    ClassNames,
    CoarseCalls,
    Json,
    Lines,
    Marks,
    Opened,
    Prose,
    Sel,
    Statements,
    Syntax,
    Triples,
    Verdicts,
    YesNo,
)
from codeie.types import Entity, Relation

WHOLE = [
    Calls(),
    Calls("keyword", indent="    "),
    Calls("positional", flat=False, indent="\t"),
    Assignments(),
    Opened(),
    Statements(),
    Appends(),
    Appends("\t\t", "self."),
    Triples(),
    Triples(reasoned=True),
    Sel(),
    Lines(),
]
"""The forms that express every instance of every schema."""


@dataclass
class Ship(Entity):
    name: str


@dataclass
class Port(Entity):
    name: str


@dataclass
class BoundFor(Relation):
    head: Ship
    tail: Port


SCHEMA = introspect([Ship, Port, BoundFor])
SHIP, PORT, BOUND = SCHEMA.classes


def complaints(syntax: Syntax, answer: str, schema: Schema) -> list[str]:
    """What reading says that is worse than a note."""
    found = syntax.read(answer, schema).diagnostics
    return [str(one) for one in found if one.severity is not Severity.NOTE]


@settings(max_examples=30)
@given(data=st.data())
def test_every_syntax_reads_what_it_writes(data: st.DataObject) -> None:
    """For any schema nothing is lost, changed or complained about, and none is an empty answer."""
    schema = data.draw(schemas())
    found = data.draw(instances(schema))
    for syntax in WHOLE:  # one schema for all of them: making schemas takes most of the time
        answer = syntax.write(found, schema)
        result = syntax.read(answer, schema)
        assert (result.instances, answer) == (found, answer), syntax
        assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY), syntax
        assert complaints(syntax, answer, schema) == [], syntax
        assert result.output == answer


@settings(max_examples=30)
@given(data=st.data())
def test_json_reads_what_json_can_tell_apart(data: st.DataObject) -> None:
    """It has one sort of text and no infinity, so unions and infinities are left out here."""
    schema = data.draw(schemas(unions=False))
    found = data.draw(instances(schema))
    try:
        answer = Json().write(found, schema)
    except PromptError as error:
        assume("JSON has no number" not in str(error))
        raise
    result = Json().read(answer, schema)
    assert (result.instances, answer) == (found, answer)
    assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, Decimal("-Infinity")])
def test_json_refuses_a_number_that_it_does_not_have(number: object) -> None:
    """An error, and not something that no reader of JSON takes."""

    @dataclass
    class Depth:
        metres: float | Decimal

    with pytest.raises(PromptError, match="JSON has no number"):
        Json().write([Depth(number)], introspect([Depth]))  # type: ignore[arg-type] # see above


@settings(max_examples=60)
@given(strings=st.lists(hostile_text(min_size=1), max_size=4))
def test_verdicts_read_any_mentions(strings: list[str]) -> None:
    """Separators, quotes and line breaks in a string are not taken for the form."""
    found = [(Ship, Port)[index % 2](string) for index, string in enumerate(strings)]
    answer = Verdicts().write(found, SCHEMA)
    assert Verdicts().read(answer, SCHEMA).instances == found


@settings(max_examples=60)
@given(
    words=st.lists(st.sampled_from(["Lotta", "Gull", "Mull's", "of"]), min_size=1), data=st.data()
)
def test_marks_read_the_mentions_of_a_text(words: list[str], data: st.DataObject) -> None:
    """Whichever words of it are mentions, repeated ones too."""
    chosen = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    found = [(Ship if is_ship else Port)(word) for word, is_ship in zip(words, chosen, strict=True)]
    syntax = Marks(SHIP, " ".join(words))
    answer = syntax.write(found, SCHEMA)
    expected = [one for one in found if isinstance(one, Ship)]
    assert syntax.read(answer, SCHEMA).instances == expected
    assert answer.replace("@@", "").replace("##", "") == " ".join(words)


def options() -> Iterator[tuple[Syntax, Sequence[object]]]:
    """Narrow syntaxes, each with what it can say."""
    relation = BoundFor(Ship("Lotta"), Port("Oban"))
    ends = [("head", Call("Ship", [("name", "Lotta")])), ("tail", Call("Port", [("name", "Oban")]))]
    calls = (Call("Port", [("name", "Oban")]), Call("BoundFor", ends))
    yield Choice(calls), []
    yield Choice(calls), [Port("Oban")]
    yield Choice(calls), [relation]
    yield YesNo(calls[1]), [relation]
    yield YesNo(calls[1]), []
    yield Prose(), []


@pytest.mark.parametrize(("syntax", "found"), list(options()))
def test_narrow_answers_read_back(syntax: Syntax, found: Sequence[object]) -> None:
    """A letter, yes or no: each says one of the few things that it can say."""
    result = syntax.read(syntax.write(found, SCHEMA), SCHEMA)
    assert result.instances == found
    assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY)
    assert result.diagnostics == ()


@pytest.mark.parametrize("syntax", [Choice(()), Prose()])
def test_a_narrow_syntax_refuses_what_it_cannot_say(syntax: Syntax) -> None:
    """An error, and not an answer that means something else."""
    with pytest.raises(PromptError):
        syntax.write([Ship("Gull")], SCHEMA)


@pytest.mark.parametrize("syntax", [ClassNames(SCHEMA.classes), CoarseCalls(SCHEMA.classes)])
@pytest.mark.parametrize("found", [[], [Port("Oban")], [BoundFor(Ship("x"), Port("y")), Ship("z")]])
def test_class_names_read_back(syntax: Syntax, found: Sequence[object]) -> None:
    """The classes of the instances, in the options' order."""
    result = syntax.read(syntax.write(found, SCHEMA), SCHEMA)
    present = {type(one) for one in found}
    assert result.classes == tuple(s.cls for s in SCHEMA.classes if s.cls in present)
    assert (result.items, result.diagnostics) == ((), ())
    assert result.outcome is Outcome.EMPTY
