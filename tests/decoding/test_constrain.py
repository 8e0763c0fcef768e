"""What a user's bounds make of grammars, and what is too much for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from codeie import Entity, Extraction, Extractor, Prompt
from codeie.clients import Capabilities, Completion
from codeie.decoding import Constraint, checked_constrain, constrained
from codeie.diagnostics import Code
from codeie.errors import InputError
from codeie.grammars import Bounds, Grammar, accepts
from codeie.introspection import introspect
from codeie.testing import ScriptedClient

TEXT = "Ada met Bo."


@dataclass
class Person(Entity):
    name: str
    title: str = ""


def grammars(bounds: object, text: str = TEXT) -> tuple[Grammar, ...]:
    """Those that an answer is to be held to, as a client is given them."""
    asked: list[Prompt] = []

    def answer(prompt: Prompt) -> Completion:
        asked.append(prompt)
        return Completion("# END")

    client = ScriptedClient(answer, capabilities=Capabilities(grammar=("gbnf",)))
    Extractor([Person], model=client, style="mention-first", constrain=bounds)(text)  # type: ignore[arg-type] # words and bounds
    return asked[0].grammars


@pytest.mark.parametrize(
    ("bounds", "strings"),
    [
        (Bounds("words"), ["words", "characters", "free"]),
        (Bounds("characters"), ["characters", "free"]),
        (Bounds("free"), ["free"]),
        ("document", ["words", "characters", "free"]),
        ("schema", ["free"]),
        ("never", []),
        ("auto", []),
    ],
)
def test_bounds_say_what_strings_may_be(bounds: object, strings: list[str]) -> None:
    """The wider ones follow, for engines that do not take the narrower."""
    assert [one.strings for one in grammars(bounds)] == strings


def test_bounds_hold_items_strings_and_fields() -> None:
    """The most items, the longest string, and fields that have to be given."""
    one, two = 'add("Ada", Person)', 'add("Ada", Person)\nadd("Bo", Person)'
    (held,) = grammars(Bounds("free", items=1))
    assert (accepts(held, one), accepts(held, two)) == (True, False)
    (held,) = grammars(Bounds("free", longest=2))
    assert (accepts(held, one), accepts(held, 'add("Bo", Person)')) == (False, True)
    (held,) = grammars(Bounds("free", filled=frozenset({"Person.title"})))
    assert accepts(held, one) is False
    assert accepts(held, 'add("Ada", Person, title="Dr")') or accepts(
        held, 'add("Ada", Person, "Dr")'
    )


def test_a_field_that_is_none_is_refused() -> None:
    """At once, with the nearest; so is what is neither a word nor bounds."""
    wrong = Bounds("free", filled=frozenset({"Person.titel"}))
    with pytest.raises(InputError, match=r"try Person\.title"):
        checked_constrain(wrong, introspect([Person]))
    with pytest.raises(InputError, match="or Bounds"):
        checked_constrain(3)


def test_a_text_of_a_hundred_thousand_words() -> None:
    """Its words go into no grammar, its characters do; that is told, and takes no time."""
    text = "Ada met Bo. " * 34_000
    client = ScriptedClient(["# END"], capabilities=Capabilities(grammar=("gbnf",)))
    extractor = Extractor([Person], model=client, style="mention-first")
    prompt = constrained(extractor.prompt(text), "document", ("gbnf",), "it")
    assert [one.strings for one in prompt.grammars] == ["characters", "free"]
    (said,) = [one for one in prompt.diagnostics if one.code is Code.UNCONSTRAINED]
    assert "408,000 characters" in said.message
    assert max(one.size for one in prompt.grammars) < 300


def test_a_run_knows_what_its_answers_were_held_to(tmp_path: Path) -> None:
    """Results of another constraint are not mixed with its own."""

    def run(constrain: object) -> list[Extraction[Person]]:
        client = ScriptedClient(['add("Ada", Person)'])
        extractor = Extractor([Person], model=client, style="mention-first", constrain=constrain)  # type: ignore[arg-type] # words and bounds
        return list(extractor.run([TEXT], tmp_path / "r.db"))

    assert len(run("auto")) == len(run("never")) == 1
    with pytest.raises(InputError, match="constrain is new"):
        run(Bounds("words", items=3))


@pytest.mark.parametrize("constrain", ["never", "auto", "schema", "document", Bounds(items=2)])
def test_the_grammar_that_is_shown_is_the_one_that_is_sent(constrain: Constraint) -> None:
    """By default; who holds answers to nothing sees the narrowest, and any other can be asked for."""
    extractor = Extractor(
        [Person], model=ScriptedClient([]), style="mention-first", constrain=constrain
    )
    (sent, *_) = grammars(constrain if constrain not in ("never", "auto") else "document")
    assert extractor.grammar(TEXT) == sent
    assert extractor.grammar(TEXT, "characters").strings == "characters"
