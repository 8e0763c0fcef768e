"""The answer forms of trained generators: what they express they read back, damaged or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.introspection import Role, introspect
from codeie.parsing import Outcome, ParseResult
from codeie.syntaxes import Answers, Facts, Filled, Grouped, Linear, Strings, Syntax, Tree
from codeie.types import Entity, Event, Relation


class Rig(Enum):
    SLOOP = "sloop"
    KETCH = 2


@dataclass(frozen=True)
class Ship(Entity):
    name: str


@dataclass(frozen=True)
class Port(Entity):
    name: str


@dataclass(frozen=True)
class BoundFor(Relation):
    head: Ship
    tail: Port


@dataclass(frozen=True)
class Meets(Relation):
    head: Ship
    tail: Ship | Port


@dataclass
class Sail(Event):
    trigger: str
    ships: list[Ship] = field(default_factory=list)
    ends: list[Ship | Port] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    place: Port | None = None
    rig: Rig | None = None
    crew: int = 0


SCHEMA = introspect([Ship, Port, BoundFor, Meets, Sail])
MENTIONS = introspect([Ship, Port])
RELATIONS = introspect([BoundFor, Meets])
PLAIN = introspect([BoundFor])
EVENTS = introspect([Sail])

strings = hostile_text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
ships = st.builds(Ship, strings)
ports = st.builds(Port, strings)
relations = st.builds(BoundFor, ships, ports) | st.builds(Meets, ships, ships | ports)
events = st.builds(
    Sail,
    strings,
    st.lists(ships, max_size=2),
    st.lists(ships | ports, max_size=2),
    st.lists(strings, max_size=2),
    st.none() | ports,
    st.none() | st.sampled_from(Rig),
    st.integers(0, 99),
)


def errors(result: ParseResult) -> list[Code]:
    """The codes of what is worse than a note."""
    return [one.code for one in result.diagnostics if one.severity is not Severity.NOTE]


@settings(max_examples=12)
@given(data=st.data())
def test_they_read_what_they_write(data: st.DataObject) -> None:
    """Whatever stands in the strings, in the same order, and without a complaint."""
    drawn: list[tuple[Syntax, object, st.SearchStrategy[object]]] = [
        (Linear(), RELATIONS, relations),
        (Linear(), PLAIN, st.builds(BoundFor, ships, ports)),
        (Tree(), EVENTS, events),
        (Filled(), EVENTS, events),
        (Facts(), SCHEMA, ships | ports | relations | events),
        (Grouped(Role.RELATION), RELATIONS, relations),
        (Grouped(Role.EVENT), EVENTS, events),
    ]
    for syntax, schema, one in drawn:
        found = data.draw(st.lists(one, max_size=3))
        answer = syntax.write(found, schema)  # type: ignore[arg-type]
        result = syntax.read(answer, schema)  # type: ignore[arg-type]
        assert (result.instances, errors(result)) == (found, []), answer
        assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY), answer


@settings(max_examples=20)
@given(found=st.lists(ships | ports, max_size=4))
def test_lists_by_class_read_back(found: list[object]) -> None:
    """Mentions class by class: all of them, those of a class in their order."""
    answer = Grouped(Role.ENTITY).write(found, MENTIONS)
    result = Grouped(Role.ENTITY).read(answer, MENTIONS)
    assert (Counter(result.instances), errors(result)) == (Counter(found), [])
    assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY)
    for spec in MENTIONS.classes:
        mine = [one for one in found if type(one) is spec.cls]
        listed = Strings(spec).read(Strings(spec).write(found, MENTIONS), MENTIONS)
        assert (listed.instances, errors(listed)) == (mine, [])


LOTTA, OBAN = Ship("Lotta"), Port("Oban")


@pytest.mark.parametrize(
    ("syntax", "found", "answer"),
    [
        (
            Linear(),
            [BoundFor(LOTTA, OBAN), Meets(LOTTA, OBAN), Meets(Ship("Gull"), LOTTA)],
            "<triplet> Lotta <Ship> Oban <Port> BoundFor <Ship> Oban <Port> Meets "
            "<triplet> Gull <Ship> Lotta <Ship> Meets",
        ),
        (
            Tree(),
            [Sail("left", [LOTTA, Ship("Gull")], rig=Rig.KETCH), Sail("came")],
            "((Sail left (ships Lotta) (ships Gull) (rig Rig.KETCH)) (Sail came))",
        ),
        (
            Facts(),
            [LOTTA, OBAN, Meets(LOTTA, OBAN), Sail("left", [LOTTA], [OBAN])],
            "(Lotta; instance of; Ship)\n(Oban; instance of; Port)\n(Lotta; Meets; Oban)\n"
            "(left; instance of; Sail)\n(left; ships; Lotta)\n(left; ends; Oban)",
        ),
        (
            Filled(),
            [Sail("left", [LOTTA, Ship("Gull")], place=OBAN)],
            "Sail, left: ships Lotta and Gull, ends <ends>, notes <notes>, place Oban, "
            "rig <rig>, crew <crew>",
        ),
        (
            Grouped(Role.EVENT),
            [Sail("left", [LOTTA], [OBAN])],
            '[{"type": "Sail", "trigger": "left", "arguments": {"ships": ["Lotta"], '
            '"ends": [{"class": "Port", "name": "Oban"}]}}]',
        ),
    ],
)
def test_they_look_as_in_their_papers(syntax: Syntax, found: Sequence[object], answer: str) -> None:
    """A string stands alone wherever its class is told elsewhere."""
    assert syntax.write(found, SCHEMA) == answer
    assert syntax.read(answer, SCHEMA).instances == found


@pytest.mark.parametrize(
    ("syntax", "answer", "found", "codes"),
    [
        (Linear(), "<triplet> Lotta <subj> Oban", [], [Code.UNTERMINATED]),
        (
            Linear(),
            "<triplet> Lotta <subj> Oban <obj> BoundFor <triplet> Gull <subj> Mull <obj>",
            [BoundFor(LOTTA, OBAN)],
            [Code.UNTERMINATED],
        ),
        (Tree(), "((Sail left (ships Lotta) (ships Gu", [], [Code.UNTERMINATED]),
        (
            Tree(),
            "((Sail left (ships Lotta) (Sail came))",
            [Sail("left", [LOTTA]), Sail("came")],
            [Code.REPAIRED],
        ),
        (Tree(), "((Sail left (ships Lotta)", [Sail("left", [LOTTA])], [Code.REPAIRED]),
        (
            Facts(),
            "(Lotta; instance of; Ship) (Gull; instance of) (Oban; instance of; Port) (x; y",
            [LOTTA, OBAN],
            [Code.SYNTAX_ERROR, Code.UNTERMINATED],
        ),
        (
            Filled(),
            "Sail, left: ships Lotta, place Oban",
            [Sail("left", [LOTTA], place=OBAN)],
            [Code.REPAIRED],
        ),
        (Filled(), "It sailed.", [], [Code.SYNTAX_ERROR]),
        (Strings(SCHEMA.classes[0]), '["Lotta", "Gu', [LOTTA], [Code.UNTERMINATED]),
        (
            Grouped(Role.ENTITY),
            '{"Ship": ["Lotta"], "Port": ["Oban", "Mu',
            [LOTTA, OBAN],
            [Code.UNTERMINATED],
        ),
        (
            Grouped(Role.RELATION),
            '[{"relation": "BoundFor", "head": "Lotta", "tail": "Oban"}, {"relation": "Bou',
            [BoundFor(LOTTA, OBAN)],
            [Code.UNTERMINATED],
        ),
        (Grouped(Role.RELATION), '[{"head": "Lotta"}]', [], [Code.SYNTAX_ERROR]),
    ],
)
def test_what_is_whole_of_a_damaged_answer_is_kept(
    syntax: Syntax, answer: str, found: Sequence[object], codes: Sequence[Code]
) -> None:
    """And what is not is said, and never taken for nothing found."""
    result = syntax.read(answer, SCHEMA)
    assert (result.instances, errors(result)) == (found, codes)
    assert result.outcome is (Outcome.ITEMS if found else Outcome.UNPARSED)


@pytest.mark.parametrize("syntax", [Linear(), Tree(), Facts(), Filled(), Grouped(Role.EVENT)])
def test_nothing_is_told_from_what_cannot_be_read(syntax: Syntax) -> None:
    """The word None is an empty answer; a refusal is none, and says so."""
    assert syntax.read("None", SCHEMA).outcome is Outcome.EMPTY
    refused = syntax.read("Sorry, I cannot help with that.", SCHEMA)
    assert (refused.outcome, len(refused.diagnostics)) == (Outcome.UNPARSED, 1)


@pytest.mark.parametrize("syntax", [Linear(), Tree(), Filled(), Grouped(Role.EVENT)])
def test_what_has_no_form_is_refused(syntax: Syntax) -> None:
    """An error, and not an answer that says less."""
    with pytest.raises(PromptError, match="is no "):
        syntax.write([LOTTA], SCHEMA)


def test_an_answer_about_one_role_is_that_events() -> None:
    """The strings between semicolons; it has no instances by itself."""
    spec = SCHEMA.classes[-1]
    role = next(each for each in spec.init_fields if each.name == "ships")
    syntax = Answers(spec, "left", role)
    found = [Sail("came", [Ship("x")]), Sail("left", [Ship("a; b"), LOTTA])]
    assert syntax.write(found, SCHEMA) == '"a; b"; Lotta'
    assert syntax.write(found[:1], SCHEMA) == "None"
    assert syntax.read("None", SCHEMA).outcome is Outcome.EMPTY
