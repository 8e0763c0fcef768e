"""Instances written into each wrapping, and wrappings around one another, are read back."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from wrappings import ANSWERS, AROUND, SCHEMA, call, code, lines, name

from codeie.diagnostics import Code, Severity
from codeie.parsing import IncrementalParser, ParseResult, parse

WORDS = (
    *("Ann", "Ben", "Oslo", "New York", "O'Brien", 'the "Big" one', "Zoë", "AT&T", "a < b", "x, y"),
    *(
        "Person",
        "(UK)",
        "[1]",
        "it: that",
        "#9",
        "a/b",
        "A_B",
        "日本",
        "50 %",
        "e.g.",
        "no",
        "1.50",
    ),
    *("final answer", "wait", "c:\\temp", "a|b", "*star*", "null", "<b>", "2 + 2", "{x}", "~", "-"),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
# A cell of a table and a scalar of YAML cannot say each string; nor can raw parameters.
PLAIN = (
    "Ann",
    "Ben",
    "Oslo",
    "New York",
    "O'Brien",
    "Zoë",
    "AT&T",
    "日本",
    "e.g. Ann",
    "A_B",
    "x, y",
)
PLAIN_TEXTS = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=2).map(" ".join)
BARE = ("table", "Qwen parameters", "Claude invoke", "bold bullets", "code bullets", "numbered")
GROUPED = ("lists by class",)


def some(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Any]]:
    """Instances, at least one."""
    return strategies.instances(SCHEMA, min_size=1, max_size=4, text=texts)


def errors(result: ParseResult) -> list[str]:
    """What was lost."""
    return [str(one) for one in result.diagnostics if one.severity is Severity.ERROR]


def grouped(instances: list[Any]) -> list[Any]:
    """Instances in the order of their classes."""
    order = list(dict.fromkeys(map(name, instances)))
    return sorted(instances, key=lambda one: order.index(name(one)))


# The instances of an example are written in every form: making them takes most of the time.
@given(plain=some(PLAIN_TEXTS), any_text=some(TEXTS))
@settings(max_examples=25)
def test_each_form_is_read_back(plain: list[Any], any_text: list[Any]) -> None:
    """Instances in another form than code are read as equal ones, and a note says so."""
    for form, written in ANSWERS.items():
        instances = plain if form in BARE else any_text
        answer = written(instances)
        result = parse(answer, SCHEMA)
        expected = grouped(instances) if form in GROUPED else instances
        assert expected == result.instances, (form, answer, *map(str, result.diagnostics))
        assert [] == errors(result), (form, answer)


@given(instances=some(TEXTS), written=st.sampled_from([code, lines]))
@settings(max_examples=25)
def test_each_wrapping_is_taken_off(instances: list[Any], written: Callable[..., str]) -> None:
    """Code in a wrapping is read as without, and each item's place holds its call."""
    for around, wrapped in AROUND.items():
        answer = wrapped(written(instances))
        result = parse(answer, SCHEMA)
        assert instances == result.instances, (around, answer, *map(str, result.diagnostics))
        assert [] == errors(result), (around, answer)
        for item, instance in zip(result.items, instances, strict=True):
            assert call(instance) == answer[item.position.offset : item.position.end]
            before = answer[: item.position.offset]
            assert before.count("\n") + 1 == item.position.line
            assert len(before) - before.rfind("\n") == item.position.column


@given(data=st.data())
@settings(max_examples=300)
def test_wrappings_nest(data: st.DataObject) -> None:
    """Any form in any two wrappings is read, and each is noted."""
    form = data.draw(st.sampled_from(sorted({*ANSWERS} - {"diff"})))
    outer = data.draw(
        st.lists(st.sampled_from(sorted(AROUND)), min_size=1, max_size=2, unique=True)
    )
    instances = data.draw(some(PLAIN_TEXTS))
    answer = ANSWERS[form](instances)
    for one in outer:
        answer = AROUND[one](answer)
    result = parse(answer, SCHEMA)
    expected = grouped(instances) if form in GROUPED else instances
    assert expected == result.instances, (answer, *map(str, result.diagnostics))
    assert [] == errors(result), answer


@given(data=st.data())
@settings(max_examples=150)
def test_any_pieces_give_what_the_whole_gives(data: st.DataObject) -> None:
    """However a wrapped answer is cut into pieces, the result is the same, and nothing is taken back."""
    instances = data.draw(some(TEXTS))
    around = data.draw(st.sampled_from(sorted(AROUND)))
    form = data.draw(st.sampled_from(["code", *sorted(ANSWERS)]))
    answer = AROUND[around](code(instances) if form == "code" else ANSWERS[form](instances))
    cuts = data.draw(st.lists(st.integers(0, len(answer)), max_size=8).map(sorted))
    parser = IncrementalParser(SCHEMA)
    fed = [
        item
        for start, end in itertools.pairwise([0, *cuts, len(answer)])
        for item in parser.feed(answer[start:end])
    ]
    result = parser.close()
    assert parse(answer, SCHEMA) == result
    assert all(any(one is item for one in result.items) for item in fed)


# YAML has no sign of its end: a cut scalar, or a missing line, is as good as a whole one.
ENDING = sorted({*ANSWERS} - {"YAML records", "langextract YAML"})


@given(instances=some(PLAIN_TEXTS), share=st.floats(0, 1))
@settings(max_examples=10)
def test_a_cut_answer_invents_nothing(instances: list[Any], share: float) -> None:
    """Wherever a wrapped answer ends, what is read is of it, or a diagnostic says otherwise."""
    for form in ENDING:
        answer = ANSWERS[form](instances)
        cut = answer[: round(share * len(answer))]
        result = parse(cut, SCHEMA)
        known = [*instances]
        said = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
        for instance in result.instances:
            if instance in known:
                known.remove(instance)
            else:
                assert said, (form, cut, instance)


@pytest.mark.parametrize("before", ["", "- ", "1. "])
@pytest.mark.parametrize("mark", ["**", "*", "__", "**`"])
def test_what_is_in_an_emphasised_item_that_is_cut_off_is_no_item(before: str, mark: str) -> None:
    """Its parts are not read for the whole, and that it was cut off is said."""
    result = parse(f'{before}{mark}LivesIn(head=Person(name="Ann"), tail', SCHEMA)
    assert result.instances == []
    assert Code.UNTERMINATED in [one.code for one in result.diagnostics]


@pytest.mark.parametrize("form", sorted({*ANSWERS} - {"numbered"}))
def test_a_note_names_what_was_unwrapped(form: str) -> None:
    """What was taken off is told, with its place, and never more than noted."""
    from wrappings import LivesIn, Person, Place

    answer = ANSWERS[form]([LivesIn(Person("Ann"), Place("Oslo"))])
    result = parse(answer, SCHEMA)
    notes = [one for one in result.diagnostics if one.code is Code.UNWRAPPED]
    assert notes
    assert {Severity.NOTE} == {one.severity for one in notes}
    assert all(one.position is not None and one.excerpt for one in notes)
