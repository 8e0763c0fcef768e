"""Lessons: a style's own questions about a text, answered by its gold, and read back."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import instances, schemas

from codeie.errors import PromptError
from codeie.introspection import Role, Schema, introspect
from codeie.prompting import Variation, check_expressible, quoted, style_named, styles, vary
from codeie.testing._samples import instances_of, made_schemas
from codeie.training import Labelled, LeftOut, Lesson, as_labelled, teach
from codeie.types import Entity, Event, Relation

PYTHON = [style.name for style in styles() if style.language == "python" and style.asks_once]


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Port(Entity):
    """A place where a Ship lands."""

    name: str


@dataclass
class BoundFor(Relation):
    """A Ship sails to a Port."""

    head: Ship
    tail: Port


@dataclass
class Sail(Event):
    """A vessel leaves."""

    trigger: str
    vessels: list[str] = field(default_factory=list)
    origin: str = ""


TEXT = "The Lotta left Oban for Mallaig, and the Tern left."
MENTIONS = [Ship("Lotta"), Port("Oban"), Port("Mallaig"), Ship("Tern")]
EVENTS = [Sail("left", ["Lotta"], "Oban"), Sail("left", ["Tern"])]


def taught(gold: list[Any], classes: Any, style: str, **options: Any) -> Lesson:
    """The lesson about the text, which has to be one."""
    found = teach(
        Labelled(TEXT, tuple(gold), "t"), introspect(classes), style_named(style), **options
    )
    assert isinstance(found, Lesson), found
    return found


def text_of(found: list[Any], schema: Schema) -> str:
    """A text that holds all strings of some instances."""
    return "\n".join(["Here:", *(each.string for each in quoted(found, schema))])


def alike(gold: Any, read: Any, schema: Schema) -> bool:
    """Whether two values say the same in all fields that are shown, and nothing in others."""
    spec = schema.of(type(gold))
    if spec is not None:
        shown = {each.name for each in spec.init_fields}
        return type(read) is type(gold) and all(
            alike(getattr(gold, each.name), getattr(read, each.name), schema)
            if each.name in shown
            else getattr(read, each.name) in (each.default, _made(each))
            for each in dataclasses.fields(gold)
            if each.init
        )
    if isinstance(gold, list | tuple):
        same = len(gold) == len(read) and type(gold) is type(read)
        return same and all(
            alike(one, other, schema) for one, other in zip(gold, read, strict=True)
        )
    if isinstance(gold, Mapping):
        return list(gold) == list(read) and all(alike(gold[key], read[key], schema) for key in gold)
    return bool(gold == read)


def _made(each: dataclasses.Field[Any]) -> object:
    return None if each.default_factory is dataclasses.MISSING else each.default_factory()


@settings(max_examples=12)
@given(data=st.data(), seed=st.integers(0, 99))
def test_each_answer_reads_as_its_gold_under_any_variation(data: st.DataObject, seed: int) -> None:
    """Names masked, classes and fields left out: the reader of the prompt gives the user's classes."""
    whole = data.draw(schemas())
    gold = data.draw(instances(whole))
    varied = vary(
        whole,
        Variation(
            seed, shuffle=True, dropout=0.3, masking=0.5, class_dropout=0.3, field_dropout=0.5
        ),
    )
    style = style_named(data.draw(st.sampled_from(PYTHON)))
    lesson = teach(Labelled(text_of(gold, whole), tuple(gold), "x"), varied, style)
    assert isinstance(lesson, Lesson), lesson
    wanted = [one for one in gold if varied.requested(type(one))]
    ((exchange,),) = lesson.conversations
    read = exchange.prompt.syntax.read(exchange.answer, varied).instances
    assert len(read) == len(wanted)
    assert all(alike(one, other, varied) for one, other in zip(wanted, read, strict=True))


@pytest.mark.parametrize("style", [style.name for style in styles() if not style.needs_given])
def test_every_style_is_taught_or_says_why_not(style: str) -> None:
    """Over made-up schemas of its own forms, what is written says all of the gold and no more."""
    chosen = style_named(style)
    roles = set(chosen.expresses) & set(chosen.asks_about)
    chance = random.Random(7)  # noqa: S311 - examples, not secrets
    written = 0
    for number, schema in zip(range(8), made_schemas(3, roles), strict=False):
        try:
            check_expressible(chosen, schema)
        except PromptError:
            continue
        gold = instances_of(schema, chance, 2)
        varied = vary(schema, Variation(number, masking=0.5, shuffle=True))
        made = teach(Labelled(text_of(gold, schema), tuple(gold), "x"), varied, chosen)
        if isinstance(made, LeftOut):
            assert made.kind in ("no form", "reads otherwise")
            assert made.reason
            continue
        written += 1
        assert sorted(map(repr, made.instances)) == sorted(map(repr, gold))
    assert written


def test_masked_names_are_mapped_back() -> None:
    """The answer says LABEL_1, and the lesson says which of the user's classes that is."""
    schema = vary([Ship, Port], Variation(masking=1.0))
    lesson = taught(MENTIONS[:1], schema, "gollie")
    ((exchange,),) = lesson.conversations
    assert "LABEL_1" in exchange.answer
    assert "Ship" not in exchange.answer
    assert lesson.labels == {"LABEL_1": "Ship", "LABEL_2": "Port"}
    assert lesson.instances == (Ship("Lotta"),)


def test_a_conversation_has_a_turn_for_each_class_also_for_those_that_are_not_there() -> None:
    """UniNER's negatives: the answer about a class without mentions is the empty list."""
    lesson = taught(MENTIONS[:1], [Port, Ship], "uniner")
    (conversation,) = lesson.conversations
    assert [one.answer for one in conversation] == ["[]", '["Lotta"]']
    assert conversation[1].prompt.earlier is not None
    assert [turn.role for turn in conversation[1].prompt.conversation] == [
        *("system", "user", "assistant", "user")
    ]


def test_each_word_outside_of_mentions_has_a_tag() -> None:
    """GNER's negatives."""
    lesson = taught(MENTIONS[:1], [Ship], "gner")
    ((exchange,),) = lesson.conversations
    assert exchange.answer.startswith("The(O) Lotta(B-Ship) left(O) Oban(O) for(O)")


def test_events_with_one_trigger_are_asked_about_in_their_turn() -> None:
    """Two events begin alike, and each has its own arguments."""
    lesson = taught([*EVENTS, *MENTIONS], [Ship, Port, Sail], "code4struct")
    answers = [one.answer for conversation in lesson.conversations for one in conversation]
    assert answers == ['    vessels=["Lotta"],\n    origin="Oban",\n)', '    vessels=["Tern"],\n)']
    assert list(lesson.instances) == EVENTS


def test_given_things_are_shown_and_need_not_be_found() -> None:
    """Relations between mentions that are known: only the relations are taught."""
    gold = [*MENTIONS, BoundFor(Ship("Lotta"), Port("Mallaig"))]
    lesson = taught(gold, [Ship, Port, BoundFor], "qa4re", given="entities")
    assert lesson.instances == (BoundFor(Ship("Lotta"), Port("Mallaig")),)
    asked = [one for conversation in lesson.conversations for one in conversation]
    assert [one.answer for one in asked].count("A") == 1
    assert len(asked) == 4  # two ships, two ports


def test_what_is_only_asked_of_finds_is_not_taught() -> None:
    """GPT-NER checks what it found, so all there is to learn is to say yes."""
    lesson = taught(MENTIONS, [Ship, Port], "gpt-ner")
    answers = [one.answer for conversation in lesson.conversations for one in conversation]
    assert len(answers) == 2
    assert "@@Lotta##" in answers[0]


@pytest.mark.parametrize(
    ("source", "style", "kind", "reason"),
    [
        (Labelled(TEXT, (Ship("Gull"),), "t"), "gollie", "not in the text", "Ship.name is 'Gull'"),
        (Labelled(" ", (), "t"), "gollie", "no text", "the text is empty"),
        (Labelled(TEXT, (), "t", unfit="cut"), "gollie", "no sound answer", "cut"),
        (Labelled(TEXT, (Ship("Lot"),), "t"), "gner", "no form", "cannot be tagged"),
        (Labelled(TEXT, (), "t"), "code4struct", "nothing asked", "there are none"),
    ],
)
def test_what_would_teach_something_wrong_is_left_out(
    source: Labelled, style: str, kind: str, reason: str
) -> None:
    """Each with its kind and its reason."""
    made = teach(source, introspect([Ship]), style_named(style))
    assert isinstance(made, LeftOut)
    assert made.kind == kind
    assert reason in made.reason


def test_a_class_that_refuses_a_default_is_told_and_ends_nothing() -> None:
    """A class of the user's may raise anything when a field is left out."""

    @dataclass
    class Strict(Entity):
        name: str
        flag: str = ""

        def __post_init__(self) -> None:
            if not self.flag:
                raise RuntimeError("needs a flag")

    schema = vary([Strict], Variation(field_dropout=1.0))
    made = teach(Labelled(TEXT, (Strict("Lotta", "Tern"),), "t"), schema, style_named("gollie"))
    assert isinstance(made, LeftOut)
    assert made.reason == "RuntimeError from a class: needs a flag"


def test_something_else_is_no_source() -> None:
    """A bare string has no gold."""
    with pytest.raises(Exception, match="got str"):
        as_labelled(TEXT, 1)  # type: ignore[arg-type]


def test_roles_of_the_styles_are_known() -> None:
    """So that the table above is about all of them."""
    assert {role for style in styles() for role in style.expresses} == set(Role)
