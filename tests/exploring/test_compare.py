"""Systems beside each other: one table, each with what it says that the first does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from codeie import Document, Entity, InputError, Prompt, UnknownStyle, compare
from codeie.clients import Completion, Usage
from codeie.display import plain
from codeie.errors import AuthenticationFailed
from codeie.evaluation import Verdict
from codeie.exploring import Compared
from codeie.testing import ScriptedClient

TEXT = "The Tern met the Gull of <b>Skagen</b> and the Auk.\x1b[31m\u202e\ud800"


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Bird(Entity):
    """An animal."""

    name: str


ANSWERS = {
    "gollie": '[Ship("Tern"), Ship("Gull of <b>Skagen"), Bird("Auk")]',
    "code4uie": '[Ship("Tern"), Ship("Gull"), Ship("Auk"), Ship("Skagen")]',
    "codeie": "I cannot.",
}


def by_style(prompt: Prompt) -> Completion:
    """Another answer for each style."""
    return Completion(ANSWERS[prompt.style], usage=Usage(100, 10))


def compared(
    answer: Callable[[Prompt], Any] = by_style, texts: Any = TEXT, **options: Any
) -> Compared:
    """All styles that have an answer."""
    return compare(
        texts, [Ship, Bird], styles=list(ANSWERS), models=[ScriptedClient(answer)], **options
    )


def test_each_system_has_a_row_with_its_tokens_and_its_differences() -> None:
    """Counted over all texts, against the first; what cannot be read is not nothing found."""
    found = compared(texts=[TEXT, Document(TEXT)])
    assert list(ANSWERS) == [row.name for row in found.rows]
    first, second, third = found.rows
    assert (2, 200, 20, False, 6) == (
        first.calls,
        first.tokens_read,
        first.tokens_written,
        first.counted,
        first.items,
    )
    assert first.verdicts is None
    expected = {"agreed": 2, "wrong edge": 2, "wrong class": 2, "invented": 2}
    assert expected == {kind.value: count for kind, count in (second.verdicts or {}).items()}
    assert (0, 2, {Verdict.MISSED: 6}) == (third.items, third.unparsed, third.verdicts)


def test_it_shows_one_table_that_opens() -> None:
    """In HTML each differing text lies in one text; a terminal lists the differences; all safely."""
    found = compared()
    html, text = found._repr_html_(), plain(found, width=200)
    for said in ("code4uie: where it differs from gollie", "gollie: what it found", "wrong edge"):
        assert said in html
    for said in ("code4uie, other than gollie", "wrong class: Bird → Ship", "Auk", "missed: Ship"):
        assert said in text
    assert "<b>Skagen" not in html
    assert not {"\x1b", "\u202e", "\ud800"} & set(html + text)
    assert (1, 1) == (html.count("<script>"), html.count(".codeie-half {"))


def test_tokens_are_counted_where_a_model_does_not_tell() -> None:
    """And the table says so."""
    found = compared(lambda _: ANSWERS["gollie"])
    assert all(row.counted and row.tokens_read > 50 < row.tokens_read for row in found.rows)
    assert all(20 < row.tokens_written < 40 for row in found.rows)
    assert "(counted here where a model does not tell)" in plain(found, width=200)
    assert "Nowhere." in found._repr_html_()


def test_another_system_may_be_the_one_to_go_by() -> None:
    """By its name."""
    found = compared(against="code4uie")
    expected = ["missed: Ship", "wrong class: Ship → Bird", "wrong edge: Ship"]
    assert expected == sorted(one.label for one in found.beside("gollie").differing)
    assert [None] == [row.verdicts for row in found.rows if row.name == "code4uie"]
    assert [0] == [number for number, _ in found.differing("gollie")]


def test_what_goes_wrong_with_one_is_told_and_the_others_go_on() -> None:
    """A wrong key of one model is no row, and an error beside the table."""

    def answer(prompt: Prompt) -> Completion:
        if prompt.style == "gollie":
            raise AuthenticationFailed("no key <b>")
        return by_style(prompt)

    found = compared(answer)
    assert ["gollie"] == list(found.failures)
    assert "code4uie" == found.against
    assert "gollie: AuthenticationFailed: no key <b>" in plain(found)
    assert "no key &lt;b&gt;" in found._repr_html_()
    assert 2 == len(found.rows)


def test_an_interrupt_keeps_the_systems_that_are_done() -> None:
    """The others are named."""

    def answer(prompt: Prompt) -> Completion:
        if prompt.style == "code4uie":
            raise KeyboardInterrupt
        return by_style(prompt)

    found = compared(answer)
    assert (["gollie"], ("code4uie", "codeie")) == ([row.name for row in found.rows], found.left)
    assert "Interrupted before: code4uie, codeie" in plain(found, width=200)
    nothing = Compared("", {}, {})
    assert "Nothing was found out." in plain(nothing)
    assert "Nothing was found out." in nothing._repr_html_()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: compared(texts=[]), "give at least one text"),
        (lambda: compared(against="json"), "no system 'json' to compare with; there are gollie"),
        (lambda: compared().beside("json"), "nothing of a system 'json'; there are gollie"),
        (lambda: compared().beside("gollie", 1), "there is no text 1; there are 1, from 0"),
    ],
)
def test_what_cannot_be_compared_is_an_error(wrong: Callable[[], Any], said: str) -> None:
    """It says what there is instead."""
    with pytest.raises(InputError, match=said):
        wrong()
    with pytest.raises(UnknownStyle):
        compare(TEXT, [Ship], styles=["nope"])
