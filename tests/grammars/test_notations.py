"""Grammars in the notations of engines, and what none of them can say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import lark as lark_library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie.errors import GrammarError, GrammarTooLarge, InputError
from codeie.grammars import (
    Bounds,
    Char,
    Characters,
    Choice,
    Grammar,
    Ref,
    Repeat,
    Substring,
    Text,
    accepts,
    characters,
    choice,
    gbnf,
    lark,
    listed,
    optional,
    regex,
    seq,
)
from codeie.grammars.automaton import automaton_of
from codeie.introspection import introspect
from codeie.syntaxes import Calls, Statements
from codeie.types import Entity


@dataclass
class Person(Entity):
    name: str
    age: int = 0


@dataclass
class Node:
    label: str
    below: list[Node]


FLAT = introspect([Person])
ANSWERS = {
    'add("Ada", Person, age=36)\n# END': True,
    "add('Ada', Person)": True,
    'add("A\\n", Person)\nadd("日本", Person)': True,
    'add("Ada", Person, age=036)': False,
    'add("Ada, Person)': False,
}


@pytest.mark.parametrize(("answer", "taken"), ANSWERS.items())
def test_a_flat_schema_is_a_regular_expression(answer: str, taken: bool) -> None:
    """It takes what the grammar takes."""
    held = Statements().grammar(FLAT)
    assert bool(re.fullmatch(regex(held), answer)) is taken
    assert accepts(held, answer) is taken


def test_a_recursive_schema_is_no_regular_expression() -> None:
    """An error that says so, and not one that never ends."""
    held = Calls().grammar(introspect([Node]))
    with pytest.raises(GrammarError, match="holds itself"):
        regex(held)
    assert accepts(held, '[Node("a", [Node("b", []), Node("c", [])])]')


def test_the_library_lark_reads_it() -> None:
    """What OpenAI takes is Lark's own notation."""
    held = Statements().grammar(FLAT, Bounds("characters", items=2), "Ada B")
    parser = lark_library.Lark(lark(held), parser="earley")
    parser.parse('add("Ada", Person, age=36)\n# END')
    for wrong in ('add("Adam", Person)', 'add("A", Person)\n' * 3):
        with pytest.raises(lark_library.exceptions.LarkError):
            parser.parse(wrong)


@pytest.mark.parametrize("write", [lark, regex])
def test_notations_without_words_of_a_text_refuse_them(write: object) -> None:
    """So that a wider grammar can be used in their place."""
    held = Statements().grammar(FLAT, Bounds("words"), "Ada met Bo.")
    with pytest.raises(GrammarError):
        write(held)  # type: ignore[operator] # both are functions of a grammar


def test_gbnf_names_rules_as_llama_cpp_wants_them() -> None:
    """Letters and digits only, whatever the classes are called, and each name once."""

    @dataclass
    class Été_1:
        name: str

    @dataclass
    class String:
        name: str
        older: Été_1 | None = None

    written = gbnf(Calls().grammar(introspect([Été_1, String]), Bounds("words"), "Ada met Bo"))
    names = [line.split(" ::= ")[0] for line in written.splitlines()]
    assert all(re.fullmatch(r"[a-z][a-z0-9]*", name) for name in names)
    assert len(names) == len(set(names))
    used = set(re.findall(r"[a-z][a-z0-9]*", re.sub(r'"(?:[^"\\]|\\.)*"|\[[^]]*\]', "", written)))
    assert used == set(names)


def test_a_grammar_reads_as_text() -> None:
    """A line a rule; strings, numbers and dates by what they are."""
    held = Statements().grammar(FLAT, Bounds("words"), "Ada met Bo.")
    assert str(held).splitlines() == [
        'answer ::= item ("\\n" item)* ("\\n" "# END"?)? | "# END"?',
        'item ::= "add(" string ", Person" (", age=" int)? ")"',
        "int ::= <number>",
        "string ::= <string of neighbouring words of the text>",
    ]
    assert "neighbouring words" in held._repr_html_()


@settings(max_examples=25)
@given(chunks=st.lists(st.sampled_from("abc "), min_size=1, max_size=12))
def test_the_automaton_has_each_part_of_a_text_once(chunks: list[str]) -> None:
    """Exactly the neighbouring chunks from one word to another, in linear size."""
    blank = tuple(chunk == " " for chunk in chunks)
    substring = Substring(tuple(chunks), blank)
    automaton = automaton_of(substring)
    found, reached = set(), [(0, "")]
    while reached:
        state, text = reached.pop()
        for chunk, target in automaton.steps[state].items():
            found.add(text + chunk)
            reached.append((target, text + chunk))
    words = [n for n, is_blank in enumerate(blank) if not is_blank]
    ends = [*combinations(words, 2), *((n, n) for n in words)]
    expected = {"".join(chunks[a : b + 1]) for a, b in ends}
    assert {text for text in found if not text.endswith(" ")} == expected
    assert len(automaton.steps) <= 2 * len(chunks) + 1
    for text in expected | {"a a", "abc"}:
        assert accepts(Grammar(substring, {}), text) is (text in expected)


def test_a_bound_on_words_that_takes_too_much_is_refused() -> None:
    """A text whose parts are all different and long, bounded: an error, and not hours."""
    chunks = tuple(f"w{n} " for n in range(800))
    with pytest.raises(GrammarTooLarge, match="states"):
        automaton_of(Substring(chunks, (False,) * len(chunks), 2_000))


def test_a_text_of_a_hundred_thousand_words_is_refused_for_words() -> None:
    """At once; its characters make a small grammar."""
    text = "word and more " * 33_334
    with pytest.raises(GrammarTooLarge, match="characters"):
        Statements().grammar(FLAT, Bounds("words"), text)
    assert Statements().grammar(FLAT, Bounds("characters"), text).size < 100


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "'", '"', "\\", "'\"\\", "\ud83d"])
def test_odd_texts_have_grammars(text: str) -> None:
    """White space has no words; a quote, a control or half a character are signs."""
    held = Statements().grammar(FLAT, Bounds("words"), text)
    said = [Person(text)] if text.strip() else []
    assert accepts(held, Statements().write(said, FLAT))
    assert gbnf(held)
    assert lark(held, "llguidance")


def test_what_takes_too_long_is_left_unchecked() -> None:
    """Many ways to read a long answer: no verdict rather than a wait."""
    some = Repeat(choice("a", "aa", seq(optional("a"), "a")))
    assert accepts(Grammar(seq(*[some] * 40, "b"), {}), "a" * 4_000 + "b") is None
    assert (
        accepts(Grammar(Ref("a"), {"a": seq("(", optional(Ref("a")), ")")}), "(" * 9_999) is False
    )


def test_a_set_of_characters_is_ranges() -> None:
    """Neighbours are one range; a set can be without some of its characters."""
    found = characters("badc9x")
    assert found == Characters(((57, 57), (97, 100), (120, 120)))
    assert found.without("bx") == Characters(((57, 57), (97, 97), (99, 100)))
    assert ["c" in found, "e" in found, "z" in found] == [True, False, False]


def test_small_builders_keep_grammars_small() -> None:
    """What is one option, or nothing, is not wrapped."""
    assert choice("a", "a") == Text("a")
    assert seq("", "a", seq()) == Text("a")
    assert listed(Text("a"), ", ", most=0) == seq()
    assert listed(Text("a"), ", ", least=1, most=1) == Text("a")
    assert isinstance(choice("a", Char(characters("b"))), Choice)
    with pytest.raises(ValueError, match="options"):
        choice()


def test_bounds_are_checked() -> None:
    """A bound below one is no bound."""
    with pytest.raises(InputError, match="items"):
        Bounds(items=0)
