"""Plans driven to their end, and what is read from the answers of styles in words."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text

from codeie.diagnostics import Code
from codeie.errors import CodeIEWarning, InputError, PromptError
from codeie.introspection import introspect
from codeie.parsing import Outcome, ParseLimits, ParseResult
from codeie.prompting import (
    Demonstration,
    Dialogue,
    Prompt,
    check_expressible,
    dialogue_for,
    render,
    render_instances,
    style_named,
    styles,
)
from codeie.types import Entity, Event, Relation


class Rig(Enum):
    SLOOP = "sloop"
    KETCH = 2


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Port(Entity):
    name: str  # such as: "Oban"


@dataclass
class BoundFor(Relation):
    head: Ship
    tail: Port


@dataclass
class Sail(Event):
    trigger: str
    ships: list[Ship] = field(default_factory=list)
    rig: Rig | None = None
    crew: int = 0
    end: Ship | Port | None = None


SCHEMA = [Ship, Port, BoundFor, Sail]
TEXT = "The Lotta left for Oban."
EVERYTHING = [
    Ship("Lotta O'Neil"),
    Port("Oban, Argyll: the pier (north)"),
    BoundFor(Ship('the "Gull"'), Port("Oban")),
    Sail("left", [Ship("Lotta"), Ship("Gull")], Rig.KETCH, 7, Port("Oban")),
    Sail("sailed"),
    Ship("None of Them"),
    Ship("12"),
]


def ask(style: str, *answers: str, classes: Sequence[type] = SCHEMA, **more: Any) -> Dialogue:
    """A dialogue that got these answers; there must be a question for each."""
    dialogue = dialogue_for(classes, more.pop("text", TEXT), style=style, **more)
    for answer in answers:
        dialogue.answer(answer)
    return dialogue


def drive(style: str, answers: Sequence[str], **more: Any) -> ParseResult:
    """What a style reads from these answers, which must be all that it asks for."""
    dialogue = ask(style, *answers, **more)
    assert dialogue.prompt is None
    return dialogue.result


def asked_about(style: str) -> list[type]:
    """The classes that a style has a form for; a relation is a mention's and takes none here."""
    kept = []
    for cls in SCHEMA:
        with contextlib.suppress(PromptError):
            check_expressible(style_named(style), introspect(cls))
            kept.append(cls)
    return kept


def at_hand(dialogue: Dialogue) -> Prompt:
    """The question at hand."""
    assert dialogue.prompt is not None
    return dialogue.prompt


@pytest.mark.parametrize("style", ["json", "sel", "instructuie"])
def test_words_read_back_as_what_they_were_written_from(style: str) -> None:
    """Whatever stands in the strings; with no complaint above a note."""
    prompt = render(SCHEMA, TEXT, style=style)
    result = prompt.read(render_instances(EVERYTHING, SCHEMA, style=style))
    assert result.instances == EVERYTHING
    assert [str(one) for one in result.diagnostics if one.severity != "note"] == []
    empty = prompt.read(render_instances([], SCHEMA, style=style))
    assert (empty.outcome, empty.diagnostics) == (Outcome.EMPTY, ())


@pytest.mark.parametrize("style", ["json", "sel", "instructuie", "promptner"])
@settings(max_examples=40)
@given(strings=st.lists(hostile_text(), max_size=4))
def test_any_string_survives_in_words(style: str, strings: list[str]) -> None:
    """Separators, quotes, brackets and line breaks in a string are not taken for the format."""
    found = [Ship(string) for string in strings]
    # What nobody sees of an answer is left out, unless its text has it.
    prompt = render(SCHEMA, "\n".join([TEXT, *strings]), style=style)
    result = prompt.read(render_instances(found, SCHEMA, style=style))
    assert result.instances == found


def test_two_stages_show_only_what_the_first_chose() -> None:
    """The second question has the classes named, and what they need."""
    second = at_hand(ask("code4uie-two-stage", " BoundFor"))
    assert [spec.name for spec in second.schema.classes] == ["BoundFor"]
    assert [spec.name for spec in second.schema.supporting] == ["Ship", "Port"]
    result = drive("code4uie-two-stage", [" BoundFor", ' [BoundFor("Lotta", "Oban")]'])
    assert result.instances == [BoundFor(Ship("Lotta"), Port("Oban"))]


def test_a_first_stage_that_finds_nothing_ends_the_dialogue() -> None:
    """It is an empty answer; one that names no class and no nothing is unreadable."""
    assert drive("code4uie-two-stage", [" Nothing"]).outcome is Outcome.EMPTY
    result = drive("code4uie-two-stage", ["I like trains"])
    assert result.outcome is Outcome.UNPARSED
    assert [one.code for one in result.diagnostics] == [Code.NO_CODE]


def test_hierarchical_detection_goes_from_coarse_to_fine() -> None:
    """Only the children of the classes found are shown."""

    @dataclass
    class Move(Event):
        trigger: str

    @dataclass
    class Drift(Move):
        pass

    @dataclass
    class Trade(Event):
        trigger: str

    shown = Demonstration("It drifted.", [Drift("drifted")])
    style, classes = "knowcoder-hierarchical", [Drift, Trade]
    dialogue = ask(style, classes=classes, demonstrations=[shown])
    assert dialogue.first.demonstrations[0].answer == '[\n\tMove("drifted"),\n]'
    second = dialogue.answer('[Move("left")]')
    assert second is not None
    assert [spec.name for spec in second.schema.classes] == ["Drift"]
    result = drive(style, ['[Move("left")]', '[Drift("left")]'], classes=classes)
    assert result.instances == [Drift("left")]


def test_an_opened_call_is_read_as_a_whole() -> None:
    """The model goes on inside the call, or writes the call again; both are one event."""
    known = [Sail("left"), Sail("for")]
    first = ask("code4struct", given=known).first
    assert first.messages[-1].content.endswith('sail_1 = Sail(\n    trigger="left",')
    assert "The Lotta **left** for" in str(first)
    answers = ['\n    ships=[Ship("Lotta")],\n)', '```\nSail("for", crew=2)\n```']
    result = drive("code4struct", answers, given=known)
    assert result.instances == [Sail("left", [Ship("Lotta")]), Sail("for", crew=2)]


def test_arguments_need_events() -> None:
    """Without events given, a style that asks for their arguments says what it needs."""
    with pytest.raises(PromptError, match="give them as given="):
        render(SCHEMA, TEXT, style="code4uie-arguments")


def test_a_conversation_carries_what_was_said() -> None:
    """ChatIE's second question comes after the first one and its answer."""
    second = at_hand(ask("chatie", "Ship, Sail"))
    assert [turn.role for turn in second.messages] == ["system", "user", "assistant", "user"]
    answers = ["Ship, Sail", "Ship: Lotta\n- Gull", "Sail: left; ships: Lotta; crew: 3"]
    result = drive("chatie", answers)
    assert result.instances == [Ship("Lotta"), Ship("Gull"), Sail("left", [Ship("Lotta")], crew=3)]
    assert result.items[-1].position.line == 4


def test_choices_are_read_by_letter() -> None:
    """The last letter is "none of these"; another answer is unreadable, and said to be so."""
    known = [Ship("Lotta"), Port("Oban"), Port("Mull")]
    result = drive("qa4re", ["A", "B. None of these"], given=known)
    assert result.instances == [BoundFor(Ship("Lotta"), Port("Oban"))]
    unclear = drive("qa4re", ["no idea", "Z"], given=known)
    assert unclear.outcome is Outcome.UNPARSED
    assert [one.code for one in unclear.diagnostics] == [Code.NOT_ASKED, *[Code.SYNTAX_ERROR] * 2]


def test_pairs_come_from_a_first_question_where_none_are_given() -> None:
    """The mentions that it lists are results too."""
    answers = ["Ship: Lotta\nPort: Oban", "It left for Oban.", "Did it?", "Yes."]
    result = drive("sumask", answers)
    expected = [Ship("Lotta"), Port("Oban"), BoundFor(Ship("Lotta"), Port("Oban"))]
    assert result.instances == expected
    assert drive("sumask", ["None"]).outcome is Outcome.EMPTY
    unclear = drive("sumask", ["Ship: A\nPort: B", "x", "y?", "maybe"])
    assert [one.code for one in unclear.diagnostics] == [Code.NOT_ASKED, Code.SYNTAX_ERROR]


WRITTEN = {
    "as asked": "Ship: Lotta\nPort: Oban",
    "small letters": "ship: Lotta\nport: Oban",
    "capitals and plural": "SHIPS: Lotta\nPORTS: Oban",
    "misspelt": "Shipp: Lotta\nPoort: Oban",
    "bullets": "- Ship: Lotta\n* Port: Oban",
    "numbered": "1. Ship: Lotta\n2) Port: Oban",
    "quoted": "Ship: \"Lotta\"\nPort: 'Oban'",
    "as calls": 'Ship: Ship("Lotta")\nPort: Port(name="Oban")',
    "fenced": "```\nShip: Lotta\nPort: Oban\n```",
    "with a field": "Ship:; name: Lotta\nPort:; name: Oban",
    "said twice": "Ship: Lotta\nPort: Oban\nShip: Lotta",
}


@pytest.mark.parametrize("answer", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("classes", [SCHEMA, [BoundFor]], ids=["all", "relations only"])
@pytest.mark.parametrize(
    ("style", "further"), [("qa4re", ["A"]), ("sumask", ["It left.", "Did it?", "yes"])]
)
def test_what_is_read_as_a_mention_is_asked_about(
    style: str, further: list[str], classes: Sequence[type], answer: str
) -> None:
    """However the first answer spells its lines, the questions follow from what was read."""
    result = drive(style, [answer, *further], classes=classes)
    expected = BoundFor(Ship("Lotta"), Port("Oban"))
    assert result.instances[-1] == expected
    if classes == [BoundFor]:
        assert result.instances == [expected]


def test_a_class_in_small_letters_is_asked_about_and_said_to_be_resolved() -> None:
    """Two persons make two ordered pairs, each with its question."""

    @dataclass
    class Person(Entity):
        name: str

    @dataclass
    class Knows(Relation):
        head: Person
        tail: Person

    dialogue = ask("qa4re", "person: Ada\nperson: Bob", classes=[Person, Knows])
    assert "A. Ada knows Bob." in str(at_hand(dialogue))
    assert "A. Bob knows Ada." in str(dialogue.answer("A"))
    assert dialogue.answer("B") is None
    assert dialogue.result.instances == [
        Person("Ada"),
        Person("Bob"),
        Knows(Person("Ada"), Person("Bob")),
    ]
    assert [one.code for one in dialogue.result.diagnostics] == [Code.RESOLVED_NAME] * 2


@pytest.mark.parametrize("answer", ["ship, boundfor", "Ships; bound for", "- Ship\n- BoundFor."])
@pytest.mark.parametrize("style", ["code4uie-two-stage", "chatie"])
def test_classes_of_a_first_answer_may_be_misspelt(style: str, answer: str) -> None:
    """They are taken for the near ones, as everywhere."""
    second = at_hand(ask(style, answer))
    assert "Ship" in str(second.schema.classes)
    assert style == "chatie" or [s.name for s in second.schema.classes] == ["Ship", "BoundFor"]


def test_prose_around_class_names_chooses_only_those_it_names() -> None:
    """A word of a sentence is no misspelt class, and an exact name is one."""
    second = at_hand(ask("code4uie-two-stage", "The text tells of a Ship leaving a port."))
    assert [spec.name for spec in second.schema.classes] == ["Ship"]


def test_marks_are_checked_by_a_second_question() -> None:
    """What the model denies when asked again is left out, with a diagnostic."""
    answers = ["The @@Lotta## left for @@Oban##.", "The Lotta left for @@Oban##."]
    result = drive("gpt-ner", [*answers, "yes", "No.", "Yes."])
    assert result.instances == [Ship("Lotta"), Port("Oban")]
    told, note = result.diagnostics
    assert told.code is Code.NOT_ASKED
    assert (note.code, note.position and note.position.offset) == (Code.NOT_CONFIRMED, 23)
    assert drive("gpt-ner", [TEXT, TEXT]).outcome is Outcome.EMPTY
    assert drive("gpt-ner", ["Sorry?", TEXT]).outcome is Outcome.UNPARSED


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")
def test_a_marked_demonstration_shows_one_class() -> None:
    """Mentions are marked in their order, those of other classes are not."""
    shown = Demonstration("Lotta met Lotta in Oban.", [Ship("Lotta"), Port("Oban"), Ship("x")])
    with pytest.warns(CodeIEWarning, match="'x', which its text does not hold"):
        prompt = render(SCHEMA, TEXT, style="gpt-ner", demonstrations=[shown])
    assert prompt.demonstrations[0].answer == "@@Lotta## met Lotta in Oban."


def test_verdicts_keep_what_was_accepted() -> None:
    """True is an instance, False is not, and the reasons are the rationale."""
    answer = (
        "1. Lotta | True | it is a ship (Ship)\n"
        "2. left | False | it is no thing\n"
        "3. Oban | True | a town (Harbour)\n"
        "4. Mull | True | an island\n"
        "5. quay | False"
    )
    result = render(SCHEMA, TEXT, style="promptner").read(answer)
    assert result.instances == [Ship("Lotta")]
    assert [one.code for one in result.diagnostics] == [Code.UNKNOWN_CLASS, Code.UNKNOWN_CLASS]
    assert result.rationale[1] == "it is no thing"


def test_what_is_no_line_is_reported_where_it_stands() -> None:
    """The good lines beside it are read."""
    answer = "Sure!\nShip: Lotta\nHarbour: Oban\nBoundFor: Lotta\nSail: x; knots: 3"
    result = render(SCHEMA, TEXT, style="instructuie").read(answer)
    assert result.instances == [Ship("Lotta"), Sail("x")]
    assert [(one.code, one.position and one.position.line) for one in result.diagnostics] == [
        (Code.SYNTAX_ERROR, 1),
        (Code.UNKNOWN_CLASS, 3),
        (Code.MISSING_FIELD, 4),
        (Code.UNKNOWN_FIELD, 5),
    ]


def test_a_damaged_bracket_does_not_spoil_the_others() -> None:
    """SEL is read bracket by bracket, and an answer without any is unreadable."""
    prompt = render(SCHEMA, TEXT, style="sel")
    result = prompt.read("((Ship: Lotta) (Harbour: x) (Port: Oban")
    assert result.instances == [Ship("Lotta")]
    codes = [one.code for one in result.diagnostics]
    assert codes == [Code.UNKNOWN_CLASS, Code.UNTERMINATED]
    assert prompt.read("no idea what you mean").outcome is Outcome.UNPARSED


def test_an_answer_to_nothing_is_a_mistake() -> None:
    """A dialogue that is over takes no further answer."""
    dialogue = ask("code4uie", "[]")
    with pytest.raises(InputError, match="nothing is asked any more"):
        dialogue.answer("[]")


@pytest.mark.parametrize(
    ("style", "prefill", "answer", "line"),
    [
        ("instructuie", "Ship:", " Lotta\nPort: Oban", 2),
        ("sel", "((Ship:", " Lotta) (Port: Oban))", 1),
        ("promptner", "1. Lotta |", " True | a ship (Ship)\n2. Oban | True | (Port)", 2),
    ],
)
def test_a_begun_answer_in_words_is_read_from_its_beginning(
    style: str, prefill: str, answer: str, line: int
) -> None:
    """The last line that was begun for the model is part of it; places are in the answer."""
    result = render(SCHEMA, TEXT, style=style, prefill=prefill).read(answer, prefilled=True)
    assert result.instances == [Ship("Lotta"), Port("Oban")]
    assert result.output == answer
    where = result.items[1].position
    assert answer[where.offset : where.end].strip(" ()").endswith(("Oban", "Port"))
    assert where.line == line
    assert result.items[0].position.offset == 0


def test_a_prefilled_answer_is_read_with_what_began_it() -> None:
    """The list that the prompt opened is closed by the model."""
    prompt = render(SCHEMA, TEXT, prefill=" [")
    assert prompt.read('Ship("Lotta")]', prefilled=True).instances == [Ship("Lotta")]


@pytest.mark.parametrize("style", [s.name for s in styles() if s.language == "text"])
@settings(max_examples=40)
@given(answer=hostile_text(max_size=80) | st.text("(:)|@#;, \nShipTrue\"'[1.", max_size=60))
def test_no_answer_is_too_odd_to_read(style: str, answer: str) -> None:
    """Whatever the model writes, reading gives a result, and something unread is said."""
    result = ask(style, classes=asked_about(style), given=[Sail("left")]).first.read(answer)
    if result.outcome is Outcome.UNPARSED:
        assert result.diagnostics


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('[{"class": "Ship", "name": "Lotta"}', [Ship("Lotta")]),
        ('[{"class": "Ship", "name": "Lotta"}, {"class": "Port", "na', [Ship("Lotta")]),
        ('[{"type": "Ship", "name": "Lotta"}]', [Ship("Lotta")]),
        ('Here: [{"class": "Ship", "name": "Lotta"}]', [Ship("Lotta")]),
        ("[" * 40 + '{"class": "Ship", "name": "Lotta"}', []),
        ('[{"class": "Sail", "trigger": {"a": 1}, "rig": null, "crew": 2}]', []),
    ],
)
def test_json_that_is_not_quite_right_is_read_item_by_item(
    answer: str, expected: list[object]
) -> None:
    """What is sound in it is kept, and nothing nested too deeply is entered."""
    assert render(SCHEMA, TEXT, style="json").read(answer).instances == expected


def test_lines_that_say_nothing_are_passed_over() -> None:
    """A class with nothing behind it is an empty answer, not an unreadable one."""
    prompt = render(SCHEMA, TEXT, style="instructuie")
    for answer in ("Ship: None", "Ship:\nPort: none.", "```\nNone\n```", "Answer:\n\n[]"):
        assert (prompt.read(answer).outcome, prompt.read(answer).diagnostics) == (
            Outcome.EMPTY,
            (),
        )


def test_values_in_words_become_what_the_fields_ask_for() -> None:
    """Numbers, members and lists are code; commas in a lone string belong to it."""
    answer = (
        "Port: Oban, Argyll\n"
        'Sail: left; ships: [Ship(name="A"), \'B\']; rig: Rig.KETCH; crew: 12; end: Port("x")\n'
        "Sail: [left]; crew: [3; wind: high\n"
        'Sail: "a;b"; 1st mate: Ada'
    )
    result = render(SCHEMA, TEXT, style="instructuie").read(answer)
    assert result.instances[:2] == [
        Port("Oban, Argyll"),
        Sail("left", [Ship("A"), Ship("B")], Rig.KETCH, 12, Port("x")),
    ]
    assert result.instances[-1] == Sail("a;b")
    assert Code.UNKNOWN_FIELD in [one.code for one in result.diagnostics]


def test_deep_brackets_end_the_reading_of_a_value() -> None:
    """Nesting beyond any real answer is not followed."""
    answer = "((Sail: left (ships: " + "[" * 200 + "))"
    assert render(SCHEMA, TEXT, style="sel").read(answer).outcome is Outcome.UNPARSED


@pytest.mark.parametrize("style", [s.name for s in styles() if s.language == "text"])
def test_reading_words_takes_linear_time(style: str) -> None:
    """A long answer of what is never closed is read to its end; quadratic work would hang."""
    prompt = ask(style, classes=asked_about(style), given=[Sail("left")]).first
    for piece in ('"\\', "@@", "(A:", "[", "1. a |", " \n", "Ship: '", '{"', "- "):
        prompt.read(piece * 5_000)


def test_diagnostics_are_counted_where_they_are_too_many() -> None:
    """The last one says how many more there were."""
    prompt = render(SCHEMA, TEXT, style="instructuie")
    result = prompt.read("what\n" * 50, limits=ParseLimits(max_diagnostics=10))
    assert len(result.diagnostics) == 11
    assert "40 more diagnostics are not listed" in result.diagnostics[-1].message


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")
def test_demonstrations_of_pairwise_styles_show_their_mentions() -> None:
    """The first question of SumAsk and QA4RE is answered in lines, as its examples are."""
    shown = Demonstration(
        "Gull left Mull: pier.", [Sail("left"), Ship("Gull")], [Port("Mull: pier")]
    )
    prompt = render(SCHEMA, TEXT, style="qa4re", demonstrations=[shown])
    assert prompt.demonstrations[0].answer == 'Port: "Mull: pier"\nShip: Gull'
    assert render_instances([Ship("Gull")], SCHEMA, style="gpt-ner") == "Ship: Gull"


def test_pairs_are_asked_about_what_their_classes_allow() -> None:
    """A union allows its members, and a relation that needs more than two ends is left out."""

    @dataclass
    class Meets(Relation):
        head: Ship
        tail: Ship | Port

    @dataclass
    class Tows(Relation):
        head: Ship
        tail: Ship
        rope: str

    given_mentions = [Ship("Gull"), Port("Mull")]
    dialogue = ask("qa4re", classes=[Meets, Tows], given=given_mentions)
    assert "A. Gull meets Mull.\nB. Gull has none" in str(dialogue.first)
    assert dialogue.answer("A") is None


@pytest.mark.parametrize("style", ["codeie", "codekgc"])
def test_relations_of_bare_strings_are_written_as_calls(style: str) -> None:
    """Dictionaries and triples are for relations of entities."""

    @dataclass
    class Beats(Relation):
        head: str
        tail: str

    found = [Beats("Gull", "Tern")]
    written = render_instances(found, [Beats], style=style)
    assert "Beats(" in written
    assert render([Beats], TEXT, style=style).read(written).instances == found


def test_a_text_that_is_repeated_with_changes_says_that_nothing_is_marked() -> None:
    """Small changes are noted; another text, or a refusal, is still no answer."""
    asked = dialogue_for([Ship], "The U.S Navy left Oban on 4 May .", style="gpt-ner").first
    same = asked.read("The U.S Navy left Oban on 4 May .")
    assert (same.outcome, same.diagnostics) == (Outcome.EMPTY, ())
    changed = asked.read("The U.S. Navy left Oban on 4 May.")
    assert (changed.outcome, [one.code for one in changed.diagnostics]) == (
        Outcome.EMPTY,
        [Code.REPAIRED],
    )
    assert asked.read("I cannot help with that.").outcome is Outcome.UNPARSED


GOING_ON = '\n\nText: "The Gull stayed in Oban."\n'


@pytest.mark.parametrize("style", ["json", "sel", "instructuie"])
def test_an_answer_ends_where_the_next_text_begins(style: str) -> None:
    """What a model makes up about a further text of its own is not read, and that is said."""
    asked = render(SCHEMA, TEXT, style=style)
    answer = render_instances([Ship("Lotta")], SCHEMA, style=style)
    more = render_instances([Ship("Gull")], SCHEMA, style=style)
    result = asked.read(f"\n{answer}{GOING_ON}Answer:\n{more}")
    assert result.instances == [Ship("Lotta")]
    (note,) = result.diagnostics
    assert (note.code, note.position and note.position.offset) == (
        Code.REPAIRED,
        len(answer) + 2,
    )
    assert asked.read(f"{answer}\n").diagnostics == ()


def test_a_repeated_text_before_the_answer_is_no_end() -> None:
    """A model that begins with the text again still answers after it."""
    asked = render(SCHEMA, TEXT, style="instructuie")
    assert asked.read(f'\nText: "{TEXT}"\nAnswer:\nShip: Lotta').instances == [Ship("Lotta")]


def test_a_document_with_such_a_line_does_not_end_its_own_marking() -> None:
    """Where the document itself has the line, a model that writes it again says nothing by it."""
    text = "A letter.\nText: the Lotta left."
    asked = ask("gpt-ner", classes=[Ship], text=text).first
    answer = "A letter.\nText: the @@Lotta## left."
    assert asked.read(answer).instances == [Ship("Lotta")]


@pytest.mark.parametrize("style", [one.name for one in styles()])
def test_every_style_stops_where_a_further_demonstration_would_begin(style: str) -> None:
    """Small models go on with texts of their own: what leads into one ends the answer."""
    classes = asked_about(style)
    first, second = (
        Demonstration(
            f"The {ship} left.",
            [one for one in (Ship(ship), Sail("left", [Ship(ship)])) if type(one) in classes]
            or [BoundFor(Ship(ship), Port(ship))],
            [Sail("left")],
        )
        for ship in ("Gull", "Tern")
    )
    asked = render(classes, TEXT, style=style, demonstrations=[first, second], given=[Sail("left")])
    shown = str(asked)
    between = shown[: shown.index("The Tern")]
    leading = between[between.rindex("Gull") :]
    assert any(stop in leading for stop in asked.stop)


@pytest.mark.parametrize("style", [one.name for one in styles() if one.syntax.stop])
def test_an_answer_that_ends_at_once_found_nothing(style: str) -> None:
    """A server that does not stop at the end mark hands it on: alone it says "nothing"."""
    prompt = render(SCHEMA, "Nothing is here.", style=style)
    mark = style_named(style).syntax.stop[0]
    for answer in ("", mark, f"{mark}\n"):
        result = prompt.read(answer)
        assert (Outcome.EMPTY, []) == (result.outcome, result.instances), answer
        assert answer == result.output
