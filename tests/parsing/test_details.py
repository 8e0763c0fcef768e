"""Reasoning in HTML that folds away is no part of the answer; other folds are."""

from __future__ import annotations

import pytest
from wrappings import SCHEMA, Person

from codeie.diagnostics import Code
from codeie.parsing import IncrementalParser, parse

TITLES = ("Reasoning", "Thoughts", "My <thinking", "Analysis of the text", "Step by step", "Draft")
DRAFT = 'Person("Zed") is not named.\n\n[Person("Zed")]'
ANSWERS = (
    '[Person("Ann")]',
    'result = [\n    Person("Ann"),\n]',
    '```python\n[Person("Ann")]\n```',
)


def fold(title: str, body: str) -> str:
    """A fold as models write it."""
    return f"<details>\n<summary>{title.replace('<', '')}</summary>\n\n{body}\n</details>"


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_folded_reasoning_is_set_aside_and_named(title: str, answer: str) -> None:
    """Only what stands outside counts, before or after; the places are those of the answer."""
    for text in (f"{fold(title, DRAFT)}\n\n{answer}", f"{answer}\n\n{fold(title, DRAFT)}"):
        result = parse(text, SCHEMA)
        assert result.instances == [Person("Ann")]
        place = result.items[0].position
        assert text[place.offset : place.end] == 'Person("Ann")'
        said = [one for one in result.diagnostics if one.code is Code.UNWRAPPED]
        assert 'set aside: Person("Zed"), Person("Zed")' in said[0].message


@pytest.mark.parametrize("size", [1, 7])
def test_nothing_of_a_fold_is_given_out_while_it_arrives(size: int) -> None:
    """A reader of pieces gets the instances that count, and no other before."""
    text = '<details type="reasoning" done="true">\n' + DRAFT + '\n</details>\n[Person("Ann")]'
    parser = IncrementalParser(SCHEMA)
    given = [
        item.value
        for start in range(0, len(text), size)
        for item in parser.feed(text[start : start + size])
    ]
    assert given == []
    assert parser.close().instances == [Person("Ann")]


@pytest.mark.parametrize("title", ["Result", "Final answer", "Extracted entities", "Notes", ""])
def test_a_fold_of_another_title_may_hold_the_answer(title: str) -> None:
    """What the title does not call reasoning is read."""
    assert parse(fold(title, '[Person("Ann")]'), SCHEMA).instances == [Person("Ann")]


def test_a_fold_inside_a_string_is_the_texts_own() -> None:
    """A text about web pages may have such words."""
    name = "<details><summary>Draft</summary>x</details>"
    assert parse(f'[Person("{name}")]', SCHEMA).instances == [Person(name)]


def test_folds_without_end_are_read_in_time() -> None:
    """Each fold is looked for its end once, whatever stands in it."""
    opened = "<details><summary>Draft</summary>" * 2_000
    assert parse(f'{opened}</details>[Person("Ann")]', SCHEMA).instances == [Person("Ann")]
    assert parse(opened, SCHEMA).instances == []
