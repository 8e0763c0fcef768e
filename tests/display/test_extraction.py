"""An extraction as HTML, as terminal text and as a JSON record."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from rich.console import Console

from codeie import Document, Entity, Event, Relation, Span
from codeie.clients import Completion, Usage
from codeie.diagnostics import Code, Diagnostic, Position
from codeie.display import Arc, Frame, Quote, page_section, plain
from codeie.errors import ProviderUnavailable
from codeie.extraction import Extraction, Step
from codeie.extraction._answers import written_of
from codeie.extraction._record import json_value
from codeie.grounding import Grounded, MatchKind, Mention
from codeie.grounding.showing.connections import arcs_of
from codeie.grounding.showing.describe import class_at, described
from codeie.grounding.showing.frames import frame_of
from codeie.grounding.showing.marks import marked, marks_of
from codeie.grounding.showing.tables import tables_of
from codeie.introspection import introspect
from codeie.parsing import Outcome
from codeie.prompting import Prompt


class Colour(enum.Enum):
    RED = "r"


@dataclass
class Person(Entity):
    name: str
    title: str | None = None
    aliases: list[str] = field(default_factory=list)


@dataclass
class Firm(Entity):
    name: str


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass
class Hiring(Event):
    trigger: str
    who: list[Person]
    when: dt.date | None = None
    colour: Colour = Colour.RED


@dataclass
class Count:
    number: int


TEXT = "Dr Ada Okafor, called Ada, was hired by Acme."


def _at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _mention(path: str, words: str, nth: int = 0) -> Mention:
    return Mention(path, words, _at(words, nth), MatchKind.EXACT)


ADA, ACME = Person("Ada Okafor", "Dr", ["Ada"]), Firm("Acme")
PERSON = Grounded(
    ADA,
    (_mention("name", "Ada Okafor"), _mention("title", "Dr"), _mention("aliases[0]", "Ada", 1)),
    confidence=0.9,
)
FIRM = Grounded(ACME, (_mention("name", "Acme"),))
WORKS = Grounded(
    WorksFor(ADA, ACME), (_mention("head.name", "Ada Okafor"), _mention("tail.name", "Acme"))
)
HIRING = Grounded(
    Hiring("hired", [Person("Ada")], dt.date(2024, 2, 29)),
    (_mention("trigger", "hired"), _mention("who[0].name", "Ada", 1)),
)
LOST = Grounded(Firm("Nowhere"), (Mention("name", "Nowhere", None, MatchKind.UNGROUNDED),))


def _marks(*items: Grounded[object]) -> list[tuple[str, str, str]]:
    return [(TEXT[m.span.start : m.span.end], m.label, m.key) for m in marks_of(items)]


# Marks.


def test_entities_are_marked_by_class_and_their_other_strings_by_field() -> None:
    """The first string has the class's name, each other one the class and the field."""
    assert [
        ("Ada Okafor", "Person", "1"),
        ("Dr", "Person.title", "1"),
        ("Ada", "Person.aliases", "1"),
        ("Acme", "Firm", "2"),
    ] == _marks(PERSON, FIRM)


def test_arguments_are_marked_by_role_and_triggers_by_event() -> None:
    """Without entities of their own, arguments are marked as class and role."""
    assert [
        ("Ada Okafor", "WorksFor.head", "1"),
        ("Acme", "WorksFor.tail", "1"),
        ("hired", "Hiring", "2"),
        ("Ada", "Hiring.who", "2"),
    ] == _marks(WORKS, HIRING)


def test_an_argument_that_is_an_entity_is_marked_once() -> None:
    """A place that is marked as the entity needs no second mark for its roles."""
    assert [("Acme", "Firm", "1"), ("Ada Okafor", "WorksFor.head", "2")] == _marks(FIRM, WORKS)


def test_one_place_of_many_items_has_one_mark() -> None:
    """Items at one place under one label share a mark, which names the first four."""
    assert [("Acme", "Firm", "1,2,3,4…")] == _marks(FIRM, FIRM, FIRM, FIRM, FIRM)
    assert [("Acme", "Firm", "1")] == _marks(Grounded(ACME, (*FIRM.mentions, *FIRM.mentions)))[:1]


def test_titles_tell_how_sure_a_place_is() -> None:
    """A mark's title has offsets, and match, doubt and confidence where there are any."""
    mention = Mention("name", "acme", Span(40, 44), MatchKind.NORMALISED, ambiguous=True)
    (mark,) = marks_of([Grounded(ACME, (mention,), confidence=0.5)])
    assert "40–44, normalised match of “acme”, one of several places, confidence 0.50" == mark.title


def test_what_is_not_in_the_text_is_not_marked() -> None:
    """A string without a place has no mark; the table still has its row."""
    assert [] == _marks(LOST)
    assert (1, "Nowhere", "not in the text", "ungrounded") == tuple(
        cell for cell in tables_of([LOST])[0].rows[0] if isinstance(cell, str | int)
    )


# Tables.


def test_entities_and_what_connects_them_have_a_table_each() -> None:
    """Rows are numbered as in the text; columns with nothing to say are left out."""
    entities, connecting = tables_of([PERSON, FIRM, WORKS, HIRING])
    assert ("#", "class", "text", "offsets", "other fields", "confidence") == entities.headers
    assert ("Ada Okafor", "3–13", "title: Dr (0–2)\naliases: Ada (22–25)", "0.90") == (
        entities.rows[0][2:]
    )
    assert ("Acme", "40–44", None, None) == entities.rows[1][2:]
    assert ("#", "class", "fields") == connecting.headers
    person = Frame(
        "Person",
        (
            ("name", (Quote("Ada Okafor", "3–13"),)),
            ("title", (Quote("Dr"),)),
            ("aliases", (Quote("Ada"),)),
        ),
    )
    assert [
        (("head", (person,)), ("tail", (Frame("Firm", (("name", (Quote("Acme", "40–44"),)),)),))),
        (
            ("trigger", (Quote("hired", "31–36"),)),
            ("who", (Frame("Person", (("name", (Quote("Ada", "22–25"),)),)),)),
            ("when", (Quote("2024-02-29"),)),
            ("colour", (Quote("RED"),)),
        ),
    ] == [row[2].slots for row in connecting.rows if isinstance(row[2], Frame)]
    assert ((1, 2), (3, 4)) == (entities.items, connecting.items)


def test_a_class_stands_in_one_table_only() -> None:
    """A record that holds nothing stands beside those of its class that do."""

    @dataclass
    class Board:
        name: str
        seats: list[Person] = field(default_factory=list)

    tables = tables_of([Grounded(Board("A")), Grounded(Board("B", [Person("Ada")]))])
    assert ["Relations, events and records"] == [table.caption for table in tables]


def test_an_instance_without_strings_shows_its_fields() -> None:
    """Numbers are no mentions, so they stand among the other fields."""
    (table,) = tables_of([Grounded(Count(3))])
    assert (("#", "class", "other fields"), "number: 3") == (table.headers, table.rows[0][2])


def test_discontinuous_mentions_list_their_pieces() -> None:
    """The offsets of every piece are given."""
    mention = Mention("name", "a c", Span(0, 5), MatchKind.DISCONTINUOUS, (Span(0, 1), Span(4, 5)))
    assert "0–1, 4–5" == tables_of([Grounded(Firm("a c"), (mention,))])[0].rows[0][3]


def test_instances_in_a_dictionary_connect_too() -> None:
    """A class that holds instances anywhere is shown with its arguments."""

    @dataclass
    class Board:
        seats: dict[str, Person]

    (table,) = tables_of([Grounded(Board({"chair": Person("Ada")}))])
    assert "Relations, events and records" == table.caption


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ((1, True), "1; True"),
        (dt.time(9, 30), "09:30:00"),
        ("x" * 400, "x" * 299 + "…"),
        (Person("Ada", "Dr"), "name: Ada, title: Dr"),
        (Firm(""), ""),
        ({"a": 1}, "{'a': 1}"),
    ],
)
def test_values_are_described_in_words(value: object, said: str) -> None:
    """Collections, dates, instances and long strings read well in one cell."""
    assert said == described(value, "f", {})


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("who[0].name", "Person"),
        ("trigger", "Hiring"),
        ("who[7].name", ""),
        ("who[x].name", ""),
        ("when[0].name", ""),
        ("nothing.name", ""),
    ],
)
def test_the_class_that_holds_a_string(path: str, name: str) -> None:
    """A path leads to the instance whose string it is, or nowhere."""
    assert name == class_at(HIRING.value, path)


# Frames and arcs.


def test_frames_are_bounded_in_breadth_and_depth() -> None:
    """Of very many parts the first are shown and the rest counted; what is very deep is said."""

    @dataclass
    class Box:
        inner: object

    box: object = "end"
    for _ in range(60):
        box = Box(box)
    frame = frame_of(Grounded(box))
    depth = 0
    while isinstance(frame, Frame):
        ((_, (frame,)),) = frame.slots  # type: ignore[assignment]
        depth += 1
    assert 25 == depth
    (_, parts) = frame_of(Grounded(Box(list(range(250))))).slots[0]
    assert (201, Quote("and 50 more")) == (len(parts), parts[-1])


def _arcs(*items: Grounded[object]) -> list[tuple[str, str, str, str, tuple[int, ...]]]:
    found = marked(items)
    place = [TEXT[mark.span.start : mark.span.end] for mark in found.marks]
    return [
        (place[arc.source], place[arc.target], arc.label, arc.words, arc.items)
        for arc in arcs_of(items, found)
    ]


def test_a_relation_is_an_arc_from_head_to_tail() -> None:
    """Between the entities' own marks where there are any, once for all that say the same."""
    assert [("Ada Okafor", "Acme", "WorksFor", "", (3, 4))] == _arcs(PERSON, FIRM, WORKS, WORKS)
    found = marked([PERSON, FIRM, WORKS])
    assert [Arc(0, 3, "WorksFor", "", (3,))] == arcs_of([PERSON, FIRM, WORKS], found)


def test_an_event_has_an_arc_to_each_argument() -> None:
    """From its trigger, named by the role."""
    assert [("hired", "Ada", "Hiring", "who", (1,))] == _arcs(HIRING)


def test_an_event_in_a_record_is_marked_and_joined_as_that_event() -> None:
    """The trigger of an inner event shares the mark of the event; both arcs end there."""

    @dataclass
    class Story:
        title: str
        events: list[Hiring]

    mentions = (
        _mention("title", "called"),
        _mention("events[0].trigger", "hired"),
        _mention("events[0].who[0].name", "Acme"),
    )
    inner = Hiring("hired", [Person("Acme")])
    assert ("hired", "Hiring", "1,2") in _marks(
        HIRING, Grounded(Story("called", [inner]), mentions)
    )
    assert [
        ("hired", "Ada", "Hiring", "who", (1,)),
        ("hired", "Acme", "Hiring", "who", (2,)),
        ("called", "hired", "Story", "events", (2,)),
    ] == _arcs(HIRING, Grounded(Story("called", [inner]), mentions))


def test_what_has_no_string_of_its_own_is_joined_through_its_parts() -> None:
    """The first part that is in the text stands for it, and the arcs say the class."""

    @dataclass
    class Meeting:
        people: list[Person]

    @dataclass
    class Tie(Relation):
        head: Person
        tail: Firm
        since: str = ""

    meeting = Grounded(
        Meeting([Person("Dr"), Person("Ada")]),
        (_mention("people[0].name", "Dr"), _mention("people[1].name", "Ada")),
    )
    assert [("Dr", "Ada", "Meeting", "Meeting.people", (1,))] == _arcs(meeting)
    tie = Grounded(
        Tie(ADA, ACME), (_mention("tail.name", "Acme"), _mention("head.name", "Ada Okafor"))
    )
    assert [("Ada Okafor", "Acme", "Tie", "", (1,))] == _arcs(tie)
    assert [] == _arcs(Grounded(Tie(ADA, ACME)), Grounded(Meeting([])))


# Where items stand in the answers.


def test_items_know_their_places_in_all_answers() -> None:
    """Equal instances are taken in order; what two answers have stands in both."""
    answers = ['[Firm("A"), Firm("B"),\n Firm("A")]', '# again\n[Firm("B")]']
    steps = [Step(PROMPT, Completion(answer)) for answer in answers]
    items = [Grounded(Firm("A")), Grounded(Firm("A")), Grounded(Firm("B"))]
    both = "\n".join(answers)
    assert [('Firm("A")', 1), ('Firm("B")', 3), ('Firm("A")', 2), ('Firm("B")', 3)] == [
        (both[each.start : each.end], each.item) for each in written_of(items, steps)
    ]


# As a whole.


PROMPT = Prompt("", introspect([Firm, Person, WorksFor]), TEXT, style="s", version="1")


def _extraction(**changes: object) -> Extraction[object]:
    completion = Completion("[Firm('<i>')]", usage=Usage(1200, 30, 0, True), model="m<o>")
    values: dict[str, object] = {
        "document": Document(TEXT, "news <1>"),
        "items": (PERSON, FIRM, WORKS),
        "diagnostics": (Diagnostic(Code.REPAIRED, "Closed <b>.", position=Position(3, 4, 1, 4)),),
        "outcome": Outcome.ITEMS,
        "steps": (Step(PROMPT, completion),),
    }
    return Extraction(**{**values, **changes})  # type: ignore[arg-type]


def test_the_notebook_shows_text_tables_diagnostics_and_answer() -> None:
    """All parts are in the HTML, escaped, in a fixed order."""
    html = _extraction()._repr_html_()
    places = [
        html.index(words)
        for words in (
            "Document news &lt;1&gt;",
            ">Ada Okafor</span>",
            "Entities",
            "Relations, events and records",
            "1 diagnostic: 1 error",
            "Closed &lt;b&gt;.",
            "The model&#x27;s answer",
            "&lt;i&gt;",
            "m&lt;o&gt;, 1,200 tokens read, 30 written (estimated)",
        )
    ]
    assert sorted(places) == places
    assert "Closed <b>" not in html


def test_colours_follow_the_schema() -> None:
    """A class has the colour of its place in the schema, whatever the text mentions first."""
    both, one = _extraction(), _extraction(items=(PERSON,))
    assert '3px solid #56b4e9;padding-bottom:0px">Acme</span>' in both._repr_html_()
    for extraction in (both, one):
        assert '3px solid #e69f00;padding-bottom:0px">Ada Okafor</span>' in extraction._repr_html_()
        # A field of the class as well.
        assert '3px solid #e69f00;padding-bottom:0px">Dr</span>' in extraction._repr_html_()


def test_the_terminal_shows_the_same() -> None:
    """Rich prints the same parts as the notebook."""
    shown = plain(_extraction(), width=200)
    for words in (
        "Document news <1>",
        "Dr](Person.title 1) [Ada Okafor](Person 1)",
        "Entities",
        "Relations, events and records",
        "1 diagnostic: 1 error",
        "m<o>, 1,200 tokens read, 30 written (estimated)",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": Outcome.EMPTY, "items": ()}, "The model found nothing that fits the schema."),
        ({"outcome": Outcome.EMPTY, "items": (), "document": Document(" ")}, "The text is empty."),
        ({"outcome": Outcome.UNPARSED, "items": ()}, "nothing in its answer could be read"),
        (
            {
                "outcome": Outcome.FAILED,
                "items": (),
                "steps": (),
                "error": ProviderUnavailable("no answer for 60 s", hint="Try later."),
            },
            "No answer (ProviderUnavailable): no answer for 60 s\nTry later.",
        ),
    ],
)
def test_nothing_found_unreadable_and_failed_look_different(
    changes: dict[str, object], said: str
) -> None:
    """Each outcome without items says in words what it is, in both renderings."""
    extraction = _extraction(**changes)
    assert said in extraction._repr_html_()
    assert said in plain(extraction, width=200)


def test_a_bare_extraction_shows_little() -> None:
    """Without name, answer, usage or diagnostics there are no empty parts."""
    extraction: Extraction[object] = Extraction(
        Document("a"), steps=(Step(PROMPT, Completion("[]")),)
    )
    assert "Document" not in extraction._repr_html_()
    assert "tokens" not in extraction._repr_html_()
    assert "a\n\nThe model found nothing that fits the schema." == plain(extraction)


def test_front_ends_get_text_and_html() -> None:
    """The bundle has both kinds, or those that were asked for."""
    extraction = _extraction()
    bundle = extraction._repr_mimebundle_()
    assert {"text/plain": plain(extraction), "text/html": extraction._repr_html_()} == bundle
    assert ["text/html"] == list(extraction._repr_mimebundle_(include=["text/html"]))
    assert ["text/plain"] == list(extraction._repr_mimebundle_(exclude=["text/html"]))


def test_an_extraction_is_written_as_a_page(tmp_path: Path) -> None:
    """The page is named by the document and holds what a notebook shows, lone surrogates too."""
    extraction = _extraction(document=Document("\ud800 Ada", "news <1>"), items=())
    path = extraction.to_html(str(tmp_path / "page.html"))
    page = path.read_text(encoding="utf-8")
    assert "<title>news &lt;1&gt;</title>" in page
    assert page_section(extraction._repr_html_()) in page
    assert (1, 1) == (page.count("<script>"), page.count(".codeie-half {"))
    assert "⟨U+D800⟩ Ada" in page
    unnamed: Extraction[object] = Extraction(Document("a"))
    assert "<title>Extraction</title>" in unnamed.to_html(path).read_text(encoding="utf-8")


def test_rich_prints_it() -> None:
    """`rich.print` shows the rendering, not the repr."""
    console = Console(width=120)
    with console.capture() as printed:
        console.print(_extraction())
    assert "Relations, events and records" in printed.get()


# Records.


def test_the_record_has_its_documented_keys() -> None:
    """Every key is there, with the values that the documentation promises."""
    record = _extraction().to_dict()
    keys = ["id", "outcome", "items", "diagnostics", "error", "model", "usage", "kept"]
    assert keys == list(record)
    assert ("news <1>", "items", None, "m<o>") == (
        record["id"],
        record["outcome"],
        record["error"],
        record["model"],
    )
    assert {
        "class": "Firm",
        "fields": {"name": "Acme"},
        "spans": {"name": [40, 44]},
        "mentions": [
            {
                "path": "name",
                "string": "Acme",
                "span": [40, 44],
                "match": "exact",
                "parts": [],
                "similarity": 1.0,
                "ambiguous": False,
            }
        ],
        "match": "exact",
        "confidence": None,
        "field_confidences": {},
    } == record["items"][1]
    assert {
        "code": "repaired",
        "severity": "error",
        "message": "Closed <b>.",
        "path": "",
        "line": 1,
        "column": 4,
    } == record["diagnostics"][0]
    assert {
        "input_tokens": 1200,
        "output_tokens": 30,
        "cached_tokens": 0,
        "estimated": True,
    } == record["usage"]
    nothing = dict.fromkeys(("answers", "input_tokens", "output_tokens", "cached_tokens"), 0)
    assert {**nothing, "estimated": False} == record["kept"]


def test_kept_answers_are_marked_and_cost_nothing() -> None:
    """What a run's file gave is no usage; what it had cost is still told, in record and footer."""
    (asked,) = _extraction().steps
    kept = Step(PROMPT, Completion("[]", usage=Usage(70, 8, 5), model="m"), kept=True)
    extraction = _extraction(steps=(asked, kept))
    assert (Usage(1200, 30, 0, True), Usage(70, 8, 5)) == (extraction.usage, extraction.kept_usage)
    assert 1200 == extraction.to_dict()["usage"]["input_tokens"]
    assert {
        "answers": 1,
        "input_tokens": 70,
        "output_tokens": 8,
        "cached_tokens": 5,
        "estimated": False,
    } == extraction.to_dict()["kept"]
    footer = (
        "m, 1,200 tokens read, 30 written (estimated), 1 of 2 answers from the run&#x27;s file, "
        "which had cost 70 tokens read, 8 written"
    )
    assert footer in extraction._repr_html_()


def test_a_failure_is_in_the_record() -> None:
    """The error has its type, message and what to do about it; what is not there is null."""
    record = _extraction(error=ProviderUnavailable("down"), steps=(), items=(LOST,)).to_dict()
    assert {
        "type": "ProviderUnavailable",
        "message": "down",
        "status": None,
        "retryable": False,
        "hint": "",
    } == record["error"]
    assert None is record["model"]
    assert None is record["items"][0]["mentions"][0]["span"]
    assert None is Extraction(Document("a"), diagnostics=(Diagnostic(Code.JSON, "x"),)).to_dict()[
        "diagnostics"
    ][0]["line"]  # fmt: skip


def test_json_is_the_record() -> None:
    """The JSON reads back as the record, in one line or many, in the text's own letters."""
    extraction = _extraction(document=Document("Łódź", "Łódź"), items=(WORKS, HIRING))
    assert extraction.to_dict() == json.loads(extraction.to_json())
    assert (
        1 == len(extraction.to_json().splitlines()) < len(extraction.to_json(indent=1).splitlines())
    )
    assert "Łódź" in extraction.to_json()
    damaged = _extraction(document=Document("x", "\ud800"))
    assert "\ud800" == json.loads(damaged.to_json().encode())["id"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Colour.RED, "r"),
        (dt.datetime(2024, 2, 29, 1, 2), "2024-02-29T01:02:00"),
        (dt.time(1, 2), "01:02:00"),
        (dt.timedelta(days=1, microseconds=5), "P1DT0.000005S"),
        (dt.timedelta(hours=-1), "-PT1H"),
        (Decimal("1.50"), "1.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (math.inf, "inf"),
        (0.5, 0.5),
        ({3, 1, 2}, [1, 2, 3]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"a": (1,)}, {"a": [1]}),
        ({1: "a", "b": None}, [[1, "a"], ["b", None]]),
        (Firm("x"), {"class": "Firm", "fields": {"name": "x"}}),
        (Firm, str(Firm)),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_values_become_json(value: object, expected: object) -> None:
    """Whatever a field may hold becomes JSON types, the same way every time."""
    assert expected == json_value(value)


def test_a_field_that_was_never_set_is_left_out() -> None:
    """A field that only ``__post_init__`` would set may be missing from an instance."""

    @dataclass
    class Late:
        name: str
        length: int = field(init=False)

    late = Late("x")
    assert {"class": "Late", "fields": {"name": "x"}} == json_value(late)
    assert (
        "x" == described(late, "f", {"f.name": Mention("f.name", "x", None, MatchKind.EXACT)})[:1]
    )
