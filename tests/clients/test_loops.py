"""Loops: what is said more often than the text can have it, and only that."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.clients import Completion, StopReason, ending_loop
from codeie.clients._loops import Watch
from codeie.extraction import Extractor
from codeie.testing import ScriptedClient
from codeie.types import Entity

TEXT = "Ada Lovelace wrote to Charles Babbage."


@dataclass
class Person(Entity):
    name: str


ITEMS = [
    'add("Ada Lovelace", Person)\n',
    'Person("Ada Lovelace"),\n',
    '{"class": "Person", "name": "Ada Lovelace"}, ',
    "\tentity_list.append({'text': 'Ada', 'type': 'Person'})\n",
]


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("rest", [0, 5])
def test_an_item_over_and_over_is_a_loop(item: str, rest: int) -> None:
    """Whatever its form and wherever it was cut, once it was said four times too often."""
    answer = "[\n" + item * 12 + item[:rest]
    found = ending_loop(answer, TEXT)
    assert found is not None
    assert found.times >= 11
    assert sorted(found.unit) == sorted(item)
    assert ending_loop("[\n" + item * 3 + item[:rest], TEXT) is None


@pytest.mark.parametrize("item", ITEMS)
def test_what_the_text_repeats_may_be_repeated(item: str) -> None:
    """As often as the text has its words, and a few times more."""
    text = "Ada Lovelace, " * 20
    assert ending_loop(item * 20, text) is None
    assert ending_loop(item * 30, text) is not None


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[",
        "result = [\n" + " " * 200,
        "[" + "True, " * 100,
        "[" + "0, " * 100,
        "Row(1, 2),\n" * 10,
        "-" * 300,
        "\n" * 300,
        "".join(f'add("name {number}", Person)\n' for number in range(100)),
    ],
)
def test_what_is_no_loop(answer: str) -> None:
    """Space, rules, and values that may be equal by right."""
    assert ending_loop(answer, TEXT) is None


def test_two_items_in_turn_are_a_loop() -> None:
    """Its unit may be several items; it is given from the beginning of a line on."""
    pair = 'add("Ada", Person)\nadd("Charles", Person)\n'
    found = ending_loop(pair * 9, TEXT)
    assert found is not None
    assert (found.unit, found.times) == (pair, 9)


@given(st.lists(st.text("ab\"'\n,", max_size=9), max_size=60), st.text("ab ", max_size=20))
def test_watching_sees_no_loop_where_there_is_none(pieces: list[str], text: str) -> None:
    """What is seen while an answer comes is there when one looks at it as it came."""
    watch = Watch(text)
    for piece in pieces:
        if watch.ends(piece):
            assert ending_loop(watch.answer, text) is not None
            return


@pytest.mark.parametrize("reason", [StopReason.LENGTH, StopReason.LOOP])
def test_a_loop_is_said(reason: StopReason) -> None:
    """Instead of the advice to raise the limit; what was said before it is kept."""
    answer = '[\nPerson("Charles Babbage"),\n' + 'Person("Ada Lovelace"),\n' * 9
    client = ScriptedClient([Completion(answer, reason)])
    extraction = Extractor([Person], model=client)(TEXT)
    assert extraction.instances == [Person("Charles Babbage"), Person("Ada Lovelace")]
    (said,) = [one for one in extraction.diagnostics if one.code.value == "looping-answer"]
    assert "'Person(\"Ada Lovelace\"),' 9 times in a row" in said.message
    assert not any(one.code.value == "truncated-answer" for one in extraction.diagnostics)


def test_an_answer_that_is_only_long_is_said_to_be_cut() -> None:
    """As before: the limit may be too low."""
    client = ScriptedClient([Completion('[\nPerson("Ada Lovelace"),\n', StopReason.LENGTH)])
    codes = [one.code.value for one in Extractor([Person], model=client)(TEXT).diagnostics]
    assert "truncated-answer" in codes
    assert "looping-answer" not in codes


def test_a_client_that_saw_a_loop_is_believed() -> None:
    """A client of the user's may judge otherwise than we do; it is said all the same."""
    client = ScriptedClient([Completion("[]", StopReason.LOOP)])
    codes = [one.code.value for one in Extractor([Person], model=client)(TEXT).diagnostics]
    assert codes == ["looping-answer"]
