"""Forms that write the text again with marks: they tell exactly where everything is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text

from codeie import Extractor
from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import introspect
from codeie.parsing import Outcome
from codeie.prompting import Demonstration, render
from codeie.syntaxes import Annotated, Tagged, Tree
from codeie.syntaxes.retold import retold
from codeie.testing import ScriptedClient
from codeie.types import Entity, Event, Relation, Span


@dataclass
class Ship(Entity):
    name: str


@dataclass
class Port(Entity):
    name: str


@dataclass
class BoundFor(Relation):
    head: Ship
    tail: Port


@dataclass
class Sail(Event):
    trigger: str
    ships: list[Ship] = field(default_factory=list)


SCHEMA = introspect([Ship, Port, BoundFor, Sail])
MENTIONS = introspect([Ship, Port])
TEXT = "Lotta [of Mull] met Lotta | and left for Oban."
FOUND = [Ship("Lotta"), BoundFor(Ship("Lotta"), Port("Oban")), Sail("left", [Ship("Lotta")])]
FOUND.append(Port("Oban"))
ANSWER = (
    r"[ Lotta | Ship | BoundFor = Oban ] \[of Mull\] met Lotta \| and "
    r"[ left | Sail | ships = Lotta ] for [ Oban | Port ]."
)


def test_brackets_stand_around_what_is_found() -> None:
    """A relation at its head, an event at its trigger; the text's own signs are escaped."""
    asked = [Ship("Lotta"), BoundFor(Ship("Lotta"), Port("Oban")), Sail("left", [Ship("Lotta")])]
    written = Annotated("Lotta [of Mull] | left for Oban.").write([*asked, Port("Oban")], SCHEMA)
    assert written == (
        r"[ Lotta | Ship | BoundFor = Oban ] \[of Mull\] \| [ left | Sail | ships = Lotta ] "
        r"for [ Oban | Port ]."
    )
    result = Annotated(TEXT).read(ANSWER, SCHEMA)
    assert result.instances == FOUND
    assert result.items[1].places == {"head.name": Span(0, 5), "tail.name": Span(41, 45)}
    assert result.items[2].places == {"trigger": Span(32, 36)}
    assert result.diagnostics == ()


@settings(max_examples=25)
@given(
    pieces=st.lists(hostile_text(min_size=1, max_size=8), min_size=1, max_size=8),
    chosen=st.lists(st.sampled_from([None, Ship, Port]), min_size=8, max_size=8),
)
def test_any_text_and_any_mentions_of_it_read_back(
    pieces: list[str], chosen: Sequence[type | None]
) -> None:
    """Each mention at its place, in the text's order, whatever the text is made of."""
    text = " ".join(pieces)
    found = [
        cls(piece.strip())
        for piece, cls in zip(pieces, chosen, strict=False)
        if cls is not None and piece.strip()
    ]
    for syntax in (Annotated(text), Tagged(text)):
        answer, left_out = syntax.marked(found, MENTIONS)
        result = syntax.read(answer, MENTIONS)
        assert len(result.items) + len(left_out) == len(found)
        assert not [one for one in result.diagnostics if one.severity == "error"]
        for item in result.items:
            assert item.places["name"].of(text) == item.value.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("style", ["tanl", "gner"])
def test_the_place_that_an_answer_tells_is_the_place(style: str) -> None:
    """Of two equal strings, the second one is meant where its bracket is there."""
    text = "Lotta met Lotta."
    answers = {"tanl": "Lotta met [ Lotta | Ship ].", "gner": "Lotta(O) met(O) Lotta(B-Ship) .(O)"}
    extractor = Extractor([Ship], model=ScriptedClient([answers[style]]), style=style)
    (item,) = extractor(text).items
    assert (item.span, item.mentions[0].ambiguous) == (Span(10, 15), False)
    both = {
        "tanl": "[ Lotta | Ship ] met [ Lotta | Ship ].",
        "gner": "Lotta(B-Ship) met(O) Lotta(B-Ship) .(O)",
    }
    extractor = Extractor([Ship], model=ScriptedClient([both[style]]), style=style)
    extraction = extractor(text)
    assert [one.span for one in extraction.items] == [Span(0, 5), Span(10, 15)]
    assert extraction.diagnostics == ()


@pytest.mark.parametrize(
    ("answer", "found", "codes", "said"),
    [
        ("[ Lotta | Ship ] left Oban.", [Ship("Lotta")], [], ""),
        ("[Lotta|Ship] left  Oban .", [Ship("Lotta")], [], ""),
        (
            "The [ Lotta | Ship ] left Mull.",
            [Ship("Lotta")],
            [Code.REPAIRED],
            "'The' was added; 'Oban' became 'Mull'",
        ),
        ("[ Lotta | Ship ] left", [Ship("Lotta")], [Code.TRUNCATED], "'Oban.'"),
        ("[ Lotta | Ship left Oban.", [Ship("Lotta")], [Code.REPAIRED], "not closed"),
        (
            "[ Lotta | Ship left [ Oban | Port ].",
            [Ship("Lotta"), Port("Oban")],
            [Code.REPAIRED],
            "not closed",
        ),
        ("[ Lotta | Ship | BoundFor = Ob", [], [Code.UNTERMINATED, Code.TRUNCATED], "not closed"),
        ("[ Lotta | Boat ] left Oban.", [], [Code.UNKNOWN_CLASS], "Boat"),
        ("[ Lotta ] left Oban.", [], [Code.REPAIRED], "'[' was added"),
        ("Lotta left Oban.", [], [], ""),
        ("None", [], [], ""),
        ("I cannot do that for you.", [], [Code.NO_CODE], "neither"),
    ],
)
def test_damaged_brackets_and_changed_words_are_told(
    answer: str, found: Sequence[object], codes: Sequence[Code], said: str
) -> None:
    """What is sound is kept, and an answer that marks nothing is told from an unreadable one."""
    result = Annotated("Lotta left Oban.").read(answer, SCHEMA)
    assert result.instances == found
    assert [one.code for one in result.diagnostics] == codes
    assert said in " ".join(one.message for one in result.diagnostics)
    unread = {Code.UNTERMINATED, Code.UNKNOWN_CLASS, Code.NO_CODE} & set(codes)
    nothing = Outcome.UNPARSED if unread else Outcome.EMPTY
    assert result.outcome is (Outcome.ITEMS if found else nothing)


@pytest.mark.parametrize(
    ("answer", "found", "codes"),
    [
        ("Lotta(B-Ship) left(O) Oban(O) .(O)", [Ship("Lotta")], []),
        ("Lotta (B-Ship) left(O) Oban(O).(O)", [Ship("Lotta")], []),
        ("Lotta(I-Ship) left(O) Oban(O) .(O)", [Ship("Lotta")], [Code.REPAIRED]),
        ("Lotta(B-Ship) left Oban(O) .(O)", [Ship("Lotta")], [Code.REPAIRED]),
        ("Lotta(B-Ship) left(O) Obans(O) .(O)", [Ship("Lotta")], [Code.REPAIRED]),
        ("Lotta(B-Ship) left(O", [Ship("Lotta")], [Code.UNTERMINATED, Code.TRUNCATED]),
        ("Lotta(B-Boat) left(O) Oban(O) .(O)", [], [Code.UNKNOWN_CLASS]),
        ("Lotta(O) left(O) Oban(O) .(O)", [], []),
        ("Lotta left Oban.", [], [Code.NO_CODE]),
        ("None", [], []),
    ],
)
def test_damaged_tags_and_changed_words_are_told(
    answer: str, found: Sequence[object], codes: Sequence[Code]
) -> None:
    """Every word has a tag; where one lacks, the others still count."""
    result = Tagged("Lotta left Oban.").read(answer, MENTIONS)
    assert result.instances == found
    assert [one.code for one in result.diagnostics] == codes


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ([Ship("Gull")], "does not have it word for word"),
        ([Ship("Lotta of"), Port("of Mull")], "overlap"),
    ],
)
@pytest.mark.parametrize("form", [Annotated, Tagged])
def test_what_cannot_be_marked_is_refused(
    form: type[Annotated | Tagged], found: Sequence[object], why: str
) -> None:
    """A writer that left it out would teach models to do so."""
    with pytest.raises(PromptError, match=why):
        form("Lotta of Mull").write(found, MENTIONS)


def test_a_demonstration_shows_what_can_be_marked_and_says_so() -> None:
    """The rest is left out with a diagnostic."""
    shown = Demonstration("Lotta of Mull", [Ship("Lotta of"), Port("of Mull")])
    prompt = render([Ship, Port], "x", style="gner", demonstrations=[shown])
    assert prompt.demonstrations[0].answer == "Lotta(B-Ship) of(I-Ship) Mull(O)"
    (note,) = prompt.diagnostics
    assert note.code is Code.SHORTENED
    assert "Port(name='of Mull') cannot be tagged" in note.message


@pytest.mark.parametrize(
    "sign", ["(a; ", "[", "[ a |", "]", "| ", "\\", "a(", "a(B-Ship)", "x y ", "[[a|b]"]
)
def test_any_answer_is_read_in_linear_time(sign: str) -> None:
    """A long answer that is nothing but marks comes to its end; quadratic work would hang."""
    for syntax in (Annotated("a text"), Tagged("a text"), Tree()):
        assert syntax.read(sign * 2_000, SCHEMA).output == sign * 2_000


def test_words_around_a_change_keep_their_places() -> None:
    """Places are told wherever the words are the same."""
    found = retold("A b X d e", "A b c d e f g")
    assert [str(one) for one in found.changes] == ["'c' became 'X'"]
    assert found.missing == "f g"
    assert found.place(6, 9) == Span(6, 9)
    assert found.place(4, 5) is None
