"""Grammars of answers agree with their writers, their readers, and the engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import llguidance
import pytest
from grammars.drawing import texts
from hypothesis import given, settings
from hypothesis import strategies as st
from llguidance.gbnf_to_lark import gbnf_to_lark
from strategies import hostile_text, instances, schemas

from codeie.diagnostics import Code, Severity
from codeie.grammars import Bounds, Grammar, accepts, gbnf, lark
from codeie.introspection import Schema, introspect
from codeie.parsing import INVISIBLE
from codeie.prompting import style_named
from codeie.syntaxes import Appends, Calls, Json, Statements, Syntax
from codeie.types import Entity, Event, Relation

FORMS = (
    Calls(),
    Calls("keyword", indent="    "),
    Calls("positional", flat=False, indent="\t"),
    Statements(),
    Appends(),
    Json(),
)


@dataclass
class Person(Entity):
    name: str


@dataclass
class PersonGroup(Entity):
    name: str
    leader: Person | None = None
    size: int = 0
    parts: list[PersonGroup] = field(default_factory=list)


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Person | PersonGroup


@dataclass
class Meeting(Event):
    trigger: str
    who: list[Person] = field(default_factory=list)


SCHEMA = introspect([Person, PersonGroup, WorksFor, Meeting])
TEXT = 'He said "Ada\\x" isn\'t\n here\x07 <|im_end|> of 日本語 e\u0301t\u00a0x.'
WHOLE_WORDS = (
    *("Ada", "Ada\\x", '"Ada\\x" isn\'t', "isn't\n here\x07", "here\x07 <|im_end|> of 日本"),
    *("<|im_end|>", "e\u0301t\u00a0x.", "語", TEXT),
)
NO_WORDS = ("sai", " here", "here\x07 ", "said\x07", "e", "<|im_end", "Ada of", "")
UNSEEN = "".join(INVISIBLE)
"""A text with all that nobody sees, so that any string may have it."""
_BYTES = llguidance.LLTokenizer("byte")


def grammar(
    form: Syntax, schema: Schema = SCHEMA, strings: Any = "free", text: str = ""
) -> Grammar:
    """The grammar of a form."""
    return form.grammar(schema, Bounds(strings), text)  # type: ignore[attr-defined] # one that has one


def is_taken(by_engine: str, answer: str) -> bool:
    """Whether llguidance lets a model write the answer, and end there."""
    matcher = llguidance.LLMatcher(_BYTES, by_engine)
    tokens = _BYTES.tokenize_str(answer)
    taken = matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting()
    assert not matcher.get_error() or not taken
    return bool(taken)


def complaints(form: Syntax, answer: str, schema: Schema) -> list[str]:
    """What reading says of the form; what equal items are is not said by any grammar."""
    # JSON has no dates, and no keys but strings: it is noted, or said, what they are read as.
    noted = form.name == "json"
    return [
        str(one)
        for one in form.read(answer, schema).diagnostics
        if one.code is not Code.DUPLICATE_ITEM
        and not (noted and (one.severity is Severity.NOTE or one.code is Code.RESOLVED_NAME))
    ]


@settings(max_examples=8)
@given(data=st.data())
def test_what_is_written_is_of_the_grammar(data: st.DataObject) -> None:
    """For any schema and instances; a string of the text is not empty."""
    schema = data.draw(schemas(unions=False))
    text = hostile_text(min_size=1)
    found = data.draw(instances(schema, text=text))
    for form in FORMS[:-1]:
        answer = form.write(found, schema)
        assert accepts(grammar(form, schema, text=UNSEEN), answer), (form, answer)


@settings(max_examples=8)
@given(data=st.data())
def test_what_is_of_the_grammar_is_read(data: st.DataObject) -> None:
    """Any text of it is read without a complaint, and writing what was read stays within it."""
    schema = data.draw(schemas(unions=False))
    for form in FORMS:
        drawn = data.draw(texts(grammar(form, schema)))
        assert complaints(form, drawn, schema) == [], (form, drawn)
        assert accepts(grammar(form, schema), drawn), (form, drawn)
        again = form.write(form.read(drawn, schema).instances, schema)
        assert accepts(grammar(form, schema, text=UNSEEN), again), (form, again)


def gold(string: str) -> Sequence[object]:
    """Instances in which a string stands in every place that there is."""
    group = PersonGroup(string, Person(string), 3, [PersonGroup(string)])
    person = Person(string)
    return [person, group, WorksFor(person, group), Meeting(string, [person, person])]


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_words_of_the_text_are_all_that_a_string_may_be(form: Syntax) -> None:
    """Whole neighbouring words with what is between them, whatever has to be escaped."""
    held = grammar(form, strings="words", text=TEXT)
    engines = lark(held, "llguidance"), gbnf_to_lark(gbnf(held))
    for string in WHOLE_WORDS:
        answer = form.write(gold(string), SCHEMA)
        assert [accepts(held, answer), *(is_taken(one, answer) for one in engines)] == [True] * 3
        assert form.read(answer, SCHEMA).instances == gold(string)
    for string in NO_WORDS:
        answer = form.write(gold(string), SCHEMA)
        assert [accepts(held, answer), *(is_taken(one, answer) for one in engines)] == [False] * 3


@pytest.mark.parametrize("form", FORMS, ids=repr)
@pytest.mark.parametrize("strings", ["free", "characters"])
def test_engines_agree_on_wider_strings(form: Syntax, strings: str) -> None:
    """What we take, llguidance takes, for strings of the text's characters and for any."""
    held = grammar(form, strings=strings, text=TEXT)
    for string in (*WHOLE_WORDS, *NO_WORDS[:-1], "Zoë", '\\"'):
        answer = form.write(gold(string), SCHEMA)
        known = strings == "free" or set(string) <= set(TEXT)
        assert (accepts(held, answer), is_taken(lark(held, "llguidance"), answer)) == (known, known)


@settings(max_examples=15)
@given(text=hostile_text(min_size=1, max_size=30), data=st.data())
def test_strings_drawn_from_any_text_stand_in_it(text: str, data: st.DataObject) -> None:
    """No document's characters lead out of the literal, or to a string that it has not."""
    schema = introspect([Person])
    for form in (Statements(), Json()):
        held = grammar(form, schema, "words", text)
        drawn = data.draw(texts(held))
        read = form.read(drawn, schema)
        assert all(one.name in text for one in read.instances), (text, drawn)
        assert accepts(held, drawn)


@pytest.mark.parametrize(
    "name", ["code4uie", "mention-first", "gollie", "codeie", "codeie-class", "knowcoder", "json"]
)
def test_styles_have_grammars(name: str) -> None:
    """The styles that write lists of instances can be held to them, and to an empty answer."""
    form = style_named(name).syntax
    assert accepts(grammar(form), form.write(gold("Ada"), SCHEMA))
    assert accepts(grammar(form), form.write([], SCHEMA))


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ("", True),
        ("# END", True),
        ('add("Ada", Person)', True),
        ('add("Ada", Person)\n', True),
        ('add("Ada", Person)\n# END', True),
        ('add("Ada", Person)\nadd("Bo", Person)\n# END', True),
        ('add("Ada", Person)\n\n# END', False),
        ('add("Ada", Persona)', False),
        ('add("Ada", PersonGroup, size=3, leader="Bo")', False),
        ('add("Ada", WorksFor, "Acme")', False),
        ("None", False),
    ],
)
def test_an_answer_ends_with_its_mark_or_without(answer: str, taken: bool) -> None:
    """A model may end after any item; order and names are the schema's."""
    held = grammar(Statements())
    assert (accepts(held, answer), is_taken(lark(held, "llguidance"), answer)) == (taken, taken)


def test_bounds_hold() -> None:
    """So many items, so long strings, and fields that have to be given."""
    form = Statements()

    def held(bounds: Bounds, answer: str, text: str = "") -> list[bool | None]:
        made = form.grammar(SCHEMA, bounds, text)
        return [accepts(made, answer), is_taken(lark(made, "llguidance"), answer)]

    one, two = 'add("Ada", Person)', 'add("Ada", Person)\nadd("Bo", Person)'
    assert held(Bounds(items=1), one) == [True, True]
    assert held(Bounds(items=1), two) == [False, False]
    assert held(Bounds(longest=2), 'add("Bo", Person)') == [True, True]
    assert held(Bounds(longest=2), one) == [False, False]
    words = Bounds("words", longest=7)
    assert held(words, 'add("Ada met", Person)', "Ada met Bo") == [True, True]
    assert held(words, 'add("Ada met Bo", Person)', "Ada met Bo") == [False, False]
    filled = Bounds(filled=frozenset({"PersonGroup.size"}))
    assert held(filled, 'add("We", PersonGroup)') == [False, False]
    assert held(filled, 'add("We", PersonGroup, size=3)') == [True, True]
