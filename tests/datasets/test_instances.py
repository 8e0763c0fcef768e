"""From records to instances of a schema's classes, with exact places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import pytest

from codeie.datasets import (
    GoldArgument,
    GoldCluster,
    GoldEvent,
    GoldMention,
    GoldModifier,
    GoldRelation,
    LabelMap,
    Record,
    SeenLabels,
    labels_in,
    schema_from_labels,
    to_instances,
)
from codeie.errors import DatasetError
from codeie.grounding import MatchKind
from codeie.types import Document, Entity, Event, NotInText, Relation, Span

TEXT = "Mo and Bo sold kites to Acme, they say."


@dataclass
class Person(Entity):
    """A person."""

    name: str
    aliases: list[str] = field(default_factory=list)


@dataclass
class Firm(Entity):
    """A firm."""

    code: Annotated[str, NotInText] = "?"
    name: str = ""


@dataclass
class WorksFor(Relation):
    """Employment."""

    head: Person
    tail: Firm


@dataclass
class Knows(Relation):
    """Two fields of other names."""

    left: str
    right: str | None


@dataclass
class Say(Event):
    """Someone says it."""

    trigger: str
    content: list[Say | Sale]
    speakers: tuple[Person, ...] = ()
    negated: Annotated[bool, NotInText] = False
    tone: str | None = None


@dataclass
class Sale(Event):
    """Something is sold."""

    trigger: str
    seller: Person | None = None
    goods: list[str] = field(default_factory=list)
    size: int = 0


LABELS = LabelMap(
    {"per": Person, "ORG": Firm, "works-for": WorksFor, "Knows": Knows, "say": Say, "sale": Sale},
    {"By": "speakers", "What": "content"},
)


def _mention(id: str, label: str, text: str) -> GoldMention:  # noqa: A002 -- the field's name
    start = TEXT.index(text)
    return GoldMention(id, label, (Span(start, start + len(text)),), text)


MO, BO = _mention("mo", "per", "Mo"), _mention("bo", "per", "Bo")
ACME, KITES = _mention("acme", "org", "Acme"), _mention("kites", "thing", "kites")
SOLD, SAYS = _mention("sold", "sale", "sold"), _mention("say", "say", "say")
ALL = (ACME, BO, MO, KITES, SOLD, SAYS)


def _record(**parts: object) -> Record:
    return Record(Document(TEXT, "d"), ALL, **parts)  # type: ignore[arg-type]


def _said(*events: GoldEvent, **parts: object) -> tuple[list[object], list[str]]:
    made = to_instances(_record(events=events, **parts), LABELS)
    values = [g.value for g in made.gold if isinstance(g.value, Event | Relation)]
    return values, [warning.oddity.value for warning in made.warnings]


def test_entities_come_in_the_order_of_the_text() -> None:
    """Labels match whatever their case; what has no class is warned of."""
    made = to_instances(_record(), LABELS)
    assert [Person("Mo"), Person("Bo"), Firm(name="Acme")] == [item.value for item in made.gold]
    assert [{"name": Span(0, 2)}, {"name": Span(7, 9)}, {"name": Span(24, 28)}] == [
        item.spans for item in made.gold
    ]
    assert ["no class for mentions of type 'thing'"] == [
        w.message for w in made.warnings if "thing" in w.message
    ]


def test_relations_hold_their_arguments_with_places() -> None:
    """Head and tail are instances where the fields are of classes, else strings."""
    relations = [GoldRelation("works-for", "mo", "acme"), GoldRelation("Knows", "mo", "bo")]
    made = to_instances(_record(relations=relations), LABELS)
    works, knows = [item for item in made.gold if isinstance(item.value, Relation)]
    if isinstance(works.value, Knows):
        works, knows = knows, works
    assert WorksFor(Person("Mo"), Firm(name="Acme")) == works.value
    assert {"head.name": Span(0, 2), "tail.name": Span(24, 28)} == works.spans
    assert Knows("Mo", "Bo") == knows.value
    assert {"left": Span(0, 2), "right": Span(7, 9)} == knows.spans


def test_a_cluster_stands_for_its_first_mention_in_the_text() -> None:
    """Whatever the order in the file."""
    clusters = [GoldCluster("c", ("bo", "mo"))]
    relations = [GoldRelation("works-for", "c", "acme")]
    values, _ = _said(relations=relations, clusters=clusters)
    assert [WorksFor(Person("Mo"), Firm(name="Acme"))] == values


def test_events_hold_events() -> None:
    """Also one that comes later, with paths down to the innermost string."""
    say = GoldEvent(
        "e1",
        "say",
        "say",
        (GoldArgument("What", "e2"), GoldArgument("By", "bo")),
        (GoldModifier("Negation"), GoldModifier("tone", cue="say"), GoldModifier("tone", "loud")),
    )
    sale = GoldEvent(
        "e2", "sale", "sold", (GoldArgument("Seller", "mo"), GoldArgument("Good", "kites"))
    )
    made = to_instances(_record(events=(say, sale)), LABELS)
    outer = next(item for item in made.gold if isinstance(item.value, Say))
    inner = Sale("sold", Person("Mo"), ["kites"])
    assert Say("say", [inner], (Person("Bo"),), True, "say") == outer.value
    assert [
        "trigger",
        "content[0].trigger",
        "content[0].seller.name",
        "content[0].goods[0]",
        "speakers[0].name",
        "tone",
    ] == [mention.path for mention in outer.mentions]
    assert ["field-full"] == [warning.oddity.value for warning in made.warnings]


@pytest.mark.parametrize(
    ("event", "values", "oddities"),
    [
        (GoldEvent("e", "walk", None), [], ["no-class"]),
        (GoldEvent("e", "sale", None), [], ["no-trigger"]),
        (
            GoldEvent("e", "sale", "sold", (GoldArgument("Price", "kites"),)),
            [Sale("sold")],
            ["no-field"],
        ),
        (
            GoldEvent("e", "sale", "sold", (GoldArgument("Size", "kites"),)),
            [Sale("sold")],
            ["no-field"],
        ),
        (
            GoldEvent("e", "sale", "sold", (GoldArgument("seller", "acme"),)),
            [Sale("sold", Firm(name="Acme"))],  # type: ignore[arg-type]
            ["other-type"],
        ),
        (
            GoldEvent(
                "e", "sale", "sold", (GoldArgument("seller", "mo"), GoldArgument("seller", "bo"))
            ),
            [Sale("sold", Person("Mo"))],
            ["field-full"],
        ),
        (
            GoldEvent("e", "sale", "sold", (), (GoldModifier("Doubt"),)),
            [Sale("sold")],
            ["no-field"],
        ),
        (GoldEvent("e", "say", "say", (GoldArgument("What", "e"),)), [], ["cycle", "no-trigger"]),
        (
            GoldEvent(
                "e", "say", "say", (GoldArgument("What", "mo"),), (GoldModifier("tone", "low"),)
            ),
            [Say("say", [Person("Mo")], tone="low")],  # type: ignore[list-item]
            ["other-type"],
        ),
        (
            GoldEvent(
                "e",
                "sale",
                "sold",
                (GoldArgument("seller", "kites", (GoldArgument("aliases", "bo"),)),),
            ),
            [Sale("sold", Person("kites", ["Bo"]))],
            [],
        ),
    ],
)
def test_what_a_schema_cannot_hold_is_warned_of(
    event: GoldEvent, values: list[object], oddities: list[str]
) -> None:
    """Nothing is left out in silence, and what fits is kept."""
    made = to_instances(_record(events=(event,)), LABELS)
    assert values == [item.value for item in made.gold if isinstance(item.value, Event)]
    told = [w.oddity.value for w in made.warnings if "mentions of type" not in w.message]
    assert oddities == told


def test_a_relation_without_class_is_warned_of() -> None:
    """And so are relations between what makes no instance."""
    values, warned = _said(relations=[GoldRelation("eats", "mo", "kites")])
    assert ([], True) == (values, "no-class" in warned)


def test_places_say_how_they_hold() -> None:
    """A mention with a gap is discontinuous, one without a place is ungrounded."""
    apart = GoldMention("a", "per", (Span(0, 2), Span(10, 14)), "Mo sold")
    lost = GoldMention("b", "per", (), "Zo")
    made = to_instances(Record(Document(TEXT), (lost, apart)), LABELS)
    first, second = made.gold
    assert (MatchKind.DISCONTINUOUS, (Span(0, 2), Span(10, 14))) == (
        first.match,
        first.mentions[0].parts,
    )
    assert (MatchKind.UNGROUNDED, None) == (second.match, second.span)


def test_events_that_multiply_are_stopped() -> None:
    """Thirty events that each hold the next twice would be 2^30 instances."""
    events = [
        GoldEvent(f"e{n}", "say", "say", (GoldArgument("What", f"e{n + 1}"),) * 2)
        for n in range(30)
    ]
    events.append(GoldEvent("e30", "sale", "sold"))
    with pytest.raises(DatasetError, match="makes more than 20,000 instances"):
        to_instances(_record(events=tuple(events)), LABELS)


def test_plain_classes_hold_all_labels() -> None:
    """Where nobody wrote a schema, one is made: names are identifiers, and no two are equal."""
    events = (
        GoldEvent(
            "e", "sale", "sold", (GoldArgument("class", "mo"), GoldArgument("trigger", "bo"))
        ),
    )
    relations = (GoldRelation("per", "mo", "bo"), GoldRelation("2nd", "mo", "acme"))
    record = _record(events=events, relations=relations)
    seen = labels_in([record])
    assert (
        SeenLabels(("org", "per", "thing", "say"), ("per", "2nd"), {"sale": ("class", "trigger")})
        == seen
    )
    labels = schema_from_labels(seen)
    assert ["Org", "Per", "Thing", "Say", "PerRelation", "Relation2nd", "Sale"] == [
        cls.__name__ for cls in labels.schema
    ]
    made = to_instances(record, labels)
    assert () == made.warnings
    sale = made.gold[-1]
    assert {"trigger": "sold", "class_": ["Mo"], "trigger_": ["Bo"]} == vars(sale.value)
    related = [g.value for g in made.gold if isinstance(g.value, Relation)]
    assert ["Mo", "Mo"] == [value.head.name for value in related]


def test_plain_classes_without_entities_relate_strings() -> None:
    """Labels of any letters give names that Python takes."""
    labels = schema_from_labels(SeenLabels((), ("???", "!!!", "...")))
    assert ["Relation", "RelationRelation", "RelationRelation3"] == [
        cls.__name__ for cls in labels.schema
    ]
    assert labels.schema[0].__annotations__["head"] is str


def test_odd_roles_become_fields() -> None:
    """Roles that are no identifiers, or begin with a digit, are made some."""
    labels = schema_from_labels(SeenLabels((), (), {"e": ("Sub-Age", "1st", "?", "timeOf")}))
    (cls,) = labels.schema
    assert ["trigger", "sub_age", "role_1st", "value", "time_of"] == list(cls.__annotations__)
    assert ("sub_age", "sub_ages") == labels.fields("Sub-Age")


def test_no_labels_make_no_instances() -> None:
    """An empty dataset has an empty schema."""
    assert () == to_instances(Record(Document("")), schema_from_labels(SeenLabels())).gold
