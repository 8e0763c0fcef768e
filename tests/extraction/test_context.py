"""What a user knows beside the texts, shown with the question about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from codeie import Context, Document, Entity, Extractor, InputError
from codeie.testing import ScriptedClient

TEXT = "The Tern left  New\nHaven, and the ternary boat stayed."


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


def asked(source: Any, answer: str = '[Ship("Tern")]', **options: Any) -> tuple[Any, str]:
    """What comes of a text with some context, and what the model was told."""
    client = ScriptedClient([answer])
    strategy = Context(source, **options)
    extractor = Extractor([Ship], model=client, style="code4uie", strategy=strategy)
    assert extractor.calls_at_most(TEXT) == 1
    return extractor(Document(TEXT, "a")), client.prompts[0].instructions


def sentences(document: Document) -> Iterator[str]:
    """Two sentences about a document, one of them twice."""
    yield from (f"{document.id} is a\nlog.", "", "It is old.", "It is old.")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            {"tern": "a bird", "New Haven": "a port", "boat s": "?", "(": "odd"},
            ["tern: a bird", "New Haven: a port"],
        ),
        (
            {"ship": ["Tern", "Gull"], "town": ("NEW HAVEN",)},
            ["Tern is known as: ship", "NEW HAVEN is known as: town"],
        ),
        (sentences, ["a is a log.", "It is old."]),
        (lambda _document: "One sentence.", ["One sentence."]),
    ],
)
def test_what_is_known_of_a_text_is_shown(source: Any, shown: list[str]) -> None:
    """Terms and names that stand in the text as words, or what a function gives; each on a line."""
    found, told = asked(source)
    assert told.endswith("only from the text:\n" + "\n".join(f"- {line}" for line in shown))
    assert (found.instances, found.diagnostics) == ([Ship("Tern")], ())


def test_without_any_the_text_is_asked_about_as_ever() -> None:
    """Where nothing is known of a text nothing is said of context."""
    _, told = asked({"walrus": "an animal"})
    assert "known besides" not in told


def test_context_is_no_text_to_extract_from() -> None:
    """A string that stands in the context alone is not in the text, and is told as such."""
    found, _ = asked({"Tern": "sister of the Gull"}, '[Ship("Gull")]')
    assert [one.code for one in found.diagnostics] == ["ungrounded"]


def test_what_is_not_shown_is_counted() -> None:
    """Beyond the number that is wanted the rest is told."""
    found, told = asked(lambda _document: [f"Fact {n}." for n in range(12)], sentences=3)
    assert "- Fact 2." in told
    assert "Fact 3" not in told
    assert [one.message for one in found.diagnostics] == [
        "Of 12 sentences of context 9 were left out: sentences=3."
    ]


def failing(_document: Document) -> list[str]:
    """A function that fails."""
    raise KeyError("gone")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (7, "context comes from a mapping"),
        ({"": "x"}, "a term or kind of the context is text"),
        ({"a": 7}, "of 'a' the context says 7"),
        ({"a": [""]}, "a name of the kind 'a' is text"),
        (failing, "the function that gives context failed: KeyError"),
        (lambda _document: [7], "gave 7, which is no sentence"),
        (lambda _document: None, "the function that gives context failed: TypeError"),
    ],
)
def test_a_source_that_is_none_is_one_line(source: Any, why: str) -> None:
    """Sources without sense are found when they are given, functions when they are called."""
    with pytest.raises(InputError, match=why):
        asked(source)


def test_sentences_of_endless_functions_end() -> None:
    """A function may give more than anybody reads."""

    def endless(_document: Document) -> Iterator[str]:
        while True:
            yield "Again."

    source: Callable[[Document], Iterator[str]] = endless
    _, told = asked(source)
    assert told.count("Again.") == 1
