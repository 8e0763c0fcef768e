"""What means "nothing" means it for all who read answers, and for those who write them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import parse
from codeie.introspection import introspect
from codeie.parsing import Outcome, means_none
from codeie.syntaxes import Lines


@dataclass
class Band:
    name: str
    label: str | None = None


SCHEMA = introspect([Band])
WORDS = [case(word) for word in ("none", "null", "n/a") for case in (str, str.title, str.upper)]


@pytest.mark.parametrize("word", [*WORDS, "nothing", "Nothing"])
@pytest.mark.parametrize("form", ["{}", "result = {}", "[{}]", "```python\n{}\n```"])
def test_code_says_nothing_in_any_case(word: str, form: str) -> None:
    """One of the words, where items could be, is an answer that says that there are none."""
    result = parse(form.format(word), SCHEMA)
    assert (Outcome.EMPTY, ()) == (result.outcome, result.diagnostics)


@pytest.mark.parametrize("word", WORDS)
def test_a_string_that_means_none_is_none_where_that_is_allowed(word: str) -> None:
    """The same words as strings are ``None`` in a field that may be, and strings in others."""
    assert means_none(word)
    assert [Band(word, None)] == parse(f"Band({word!r}, {word!r})", SCHEMA).instances


@pytest.mark.parametrize("name", ["No Doubt", "Nothing But Thieves", "No. 5", "+/-", "???"])
def test_a_name_that_begins_like_nothing_is_a_name(name: str) -> None:
    """A value in words is nothing only if nothing else is said, so that none is lost."""
    result = Lines().read(f"Band: {name}", SCHEMA)
    assert [Band(name)] == result.instances


@pytest.mark.parametrize("said", ["None", "none.", "nothing", "N/A", "no band", "No band."])
def test_a_value_in_words_can_be_nothing(said: str) -> None:
    """The words, and "no" with a common noun, say that there is no instance of a class."""
    result = Lines().read(f"Band: {said}", SCHEMA)
    assert ([], Outcome.EMPTY) == (result.instances, result.outcome)
