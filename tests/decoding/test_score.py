"""From likelihoods to an answer: which spans are taken, of which class, how sure, and what not."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeie import Entity, Extractor, Relation, introspect, parse, render
from codeie.clients import Completion, LocalClient, StopReason
from codeie.decoding import DECODER, _decide, _kinds, can_decide, propose_and_score
from codeie.diagnostics import Code
from codeie.errors import InputError
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str  # such as: "Ada Byron", "Tolstoy"
    title: str = ""


@dataclass
class Place(Entity):
    """A place with a name."""

    name: str  # such as: "Lima", "Lake Como"


@dataclass
class LivesIn(Relation):
    """Where someone lives."""

    head: Person
    tail: Place


@dataclass
class Fussy(Entity):
    """Refuses what it does not like."""

    name: str  # such as: "Anna"

    def __post_init__(self) -> None:
        if self.name == "Wren":
            raise ValueError("no birds")


@dataclass
class Plain(Entity):
    """A name of any kind."""

    name: str


@dataclass
class Mixed(Entity):
    """Something famous."""

    name: str  # such as: "Nora", "Oslo"


_PLACES = ("Lima", "Lake Como", "Oslo", "Bergen", "Lisbon", "Lake Baikal")
_COMPANIES = ("Acme", "Siemens", "Oxfam")


class _Model:
    """A model that knows a few places and companies, and takes all other names for people."""

    name = "fake"

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def next_token(self, text: str, top: int = 400, slot: int = 0) -> dict[str, float]:
        assert top > 100
        self.asked.append((text, slot))
        string = text.rsplit("\n", 1)[-1].removeprefix("In this text, ").removesuffix(" is a")
        kind = "person"
        if string in _PLACES:
            kind = "place"
        elif string in _COMPANIES:
            kind = "company"
        elif string.islower() or string in ("Something", "The name", "N/A", "It", "Monday"):
            kind = "word"
        kinds = ("person", "place", "company", "word")
        return {f" {one}": math.log(0.9 if one == kind else 0.02) for one in kinds}


def _answer(classes: Sequence[type], text: str, model: _Model | None = None) -> Completion:
    prompt = render(introspect(classes), text)
    return asyncio.run(propose_and_score(prompt, model or _Model()))  # type: ignore[arg-type]


def test_the_answer_is_code_in_the_order_of_the_text() -> None:
    """Mentions come in text order, repeated ones repeated, each with a confidence."""
    text = "In Oslo we met Wren, and Wren went on to Bergen."
    completion = _answer([Person, Place], text)
    parsed = parse(completion.text, [Person, Place])
    assert [Place("Oslo"), Person("Wren"), Person("Wren"), Place("Bergen")] == parsed.instances
    assert completion.confidences is not None
    assert 4 == len(completion.confidences)
    assert all(0 < confidence <= 1 for confidence in completion.confidences)
    assert StopReason.END is completion.stop_reason
    assert completion.usage.estimated
    assert completion.usage.input_tokens > 0


def test_a_coordination_is_two_mentions() -> None:
    """Of "Oslo and Bergen" the parts are taken, not the whole."""
    completion = _answer([Person, Place], "We went to Oslo and Bergen.")
    parsed = parse(completion.text, [Person, Place])
    assert [Place("Oslo"), Place("Bergen")] == parsed.instances


def test_mentions_do_not_overlap() -> None:
    """Of a name and its parts one span is taken."""
    completion = _answer([Person, Place], "We met Captain Ada Wren of Port Royal.")
    parsed = parse(completion.text, [Person, Place])
    assert 1 == len(parsed.instances)


def test_names_of_other_kinds_are_not_taken() -> None:
    """A schema of people alone does not take places and companies for people."""
    completion = _answer([Person], "In Oslo we met Wren, then Acme called.")
    assert [Person("Wren")] == parse(completion.text, [Person]).instances


def test_a_class_without_examples_is_still_asked_for() -> None:
    """Without examples nothing is known of a class's kind, so no name is foreign to it."""
    completion = _answer([Plain], "In Oslo we met Wren.")
    assert 0 < len(parse(completion.text, [Plain]).instances)


def test_examples_of_no_clear_kind_make_nothing_foreign() -> None:
    """A class whose examples are of several kinds takes names of any."""
    completion = _answer([Mixed], "We met Wren, then Acme called.")
    assert [Mixed("Wren"), Mixed("Acme")] == parse(completion.text, [Mixed]).instances


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one reading and one schema the answers are the same."""
    text = "In Oslo we met Wren, and Nora, and Wren."
    model = _Model()
    expected = [_answer(classes, text, model) for classes in ([Person], [Person, Place])]
    for module in (_decide, _kinds):
        monkeypatch.setattr(module, "_REMEMBERED", 1)
    monkeypatch.setattr(_decide, "_SCHEMAS", 1)
    fresh = _Model()
    found = [_answer(classes, text, fresh) for classes in ([Person], [Person, Place])]
    assert [one.text for one in expected] == [one.text for one in found]


def test_a_text_without_names_gives_an_empty_list() -> None:
    """Nothing found is an empty answer, not a failure; blank texts ask for no mention."""
    for text in ("he went home.", " \n "):
        completion = _answer([Person, Place], text)
        assert [] == parse(completion.text, [Person, Place]).instances
        assert () == completion.confidences


def test_classes_it_cannot_decide_are_reported() -> None:
    """Relations are left out with a diagnostic; the flat classes are still answered."""
    completion = _answer([Person, Place, LivesIn], "We met Wren.")
    assert [Code.UNSUPPORTED] == [found.code for found in completion.diagnostics]
    assert "LivesIn" in completion.diagnostics[0].message
    assert 1 == len(parse(completion.text, [Person, Place, LivesIn]).instances)
    only = _answer([LivesIn], "We met Wren.")
    assert () == only.confidences
    assert 0 == only.usage.input_tokens


def test_can_decide_needs_one_flat_class() -> None:
    """One required text field makes a class decidable; optional fields keep their defaults."""
    assert can_decide(introspect([Person, LivesIn]))
    assert not can_decide(introspect([LivesIn]))


def test_an_instance_that_its_class_refuses_is_a_diagnostic() -> None:
    """What ``__post_init__`` refuses is reported, and the rest is kept."""
    completion = _answer([Fussy], "We met Wren, then Nora.")
    assert [Code.REJECTED] == [found.code for found in completion.diagnostics]
    assert [Fussy("Nora")] == parse(completion.text, [Fussy]).instances


def test_a_client_that_cannot_score_is_refused() -> None:
    """A client without ``next_token`` is an error that says so."""
    prompt = render(introspect([Person]), "x")
    with pytest.raises(InputError, match="has no next_token"):
        asyncio.run(propose_and_score(prompt, ScriptedClient([])))


def test_the_reference_is_measured_once_for_a_model_and_schema() -> None:
    """The second text asks only about its own candidates."""
    model = _Model()
    _answer([Person, Place], "We met Wren.", model)
    first = len(model.asked)
    _answer([Person, Place], "We met Wren.", model)
    assert len(model.asked) - first < first / 2


def test_sentences_are_asked_about_in_a_slot_of_their_own() -> None:
    """Questions with the sentence keep to slot 1, so both prefixes stay cached."""
    model = _Model()
    _answer([Person, Place], "We met Wren.", model)
    assert {slot for text, slot in model.asked if "In this text, " in text} == {1}
    assert {slot for text, slot in model.asked if "In this text, " not in text} == {0}


@pytest.mark.parametrize(
    "text", ["'''\"\"\"{}[]()", "<|im_end|> Wren", "A" * 5000, "Wren\x00\u202e\ud800 Oslo"]
)
def test_hostile_texts_are_only_texts(text: str) -> None:
    """Quotes, braces, control tokens and lone surrogates are answered in valid code."""
    completion = _answer([Person, Place], text)
    parsed = parse(completion.text, [Person, Place])
    assert {Code.DUPLICATE_ITEM} >= {found.code for found in parsed.diagnostics}
    assert all(item.name in text for item in parsed.instances)


def test_answers_are_the_same_each_time() -> None:
    """The same text and model give the same answer."""
    text = "In Oslo we met Wren of Acme, and Nora."
    assert _answer([Person, Place], text) == _answer([Person, Place], text)
    assert DECODER.startswith("likelihood.")


@pytest.mark.local_model
def test_the_embedded_model_finds_people_and_places(embedded_model: Path) -> None:
    """The real model names the obvious mentions of a plain text, with exact places."""
    text = "Marie Curie was born in Warsaw and worked in Paris with Pierre Curie."
    extraction = Extractor([Person, Place], model=LocalClient())(text)
    found = {(type(item.value), item.value.name) for item in extraction.items}
    assert {(Person, "Marie Curie"), (Place, "Warsaw"), (Place, "Paris")} <= found
    for item in extraction.items:
        assert item.value.name == item.spans["name"].of(text)
