"""Which strings of instances are grounded, where repeated ones go, and what is reported."""

from __future__ import annotations

import enum
from dataclasses import InitVar, dataclass, field
from typing import Annotated, Any, Literal

import pytest

from codeie import (
    Code,
    Entity,
    Event,
    GroundingError,
    InputError,
    MatchKind,
    NotInText,
    Relation,
    Span,
    ground,
    introspect,
)
from codeie.grounding import Grounder, Grounding


class Colour(enum.StrEnum):
    RED = "red"


@dataclass
class Person(Entity):
    name: str


@dataclass
class Firm(Entity):
    name: str


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass
class Knows(Relation):
    head: str
    tail: str


@dataclass
class Attack(Event):
    place: str
    trigger: str
    victims: list[Person] = field(default_factory=list)


@dataclass
class Note:
    title: str
    body: str | None = None


@dataclass
class Everything:
    name: str
    colour: Colour
    kind: Literal["red"] | str
    count: int
    code: Annotated[str, NotInText]
    tags: set[str]
    pairs: dict[str, list[str]]
    fixed: tuple[str, int]
    anything: Any
    raw: Any = b"red"
    secret: InitVar[str] = "red"
    status: str = "unknown"
    made: str = field(default="red", init=False)
    child: Everything | None = None


def everything(**changes: Any) -> Everything:
    """An instance in which only some strings are quotations."""
    values: dict[str, Any] = {
        "name": "Ann",
        "colour": Colour.RED,
        "kind": "red",
        "count": 3,
        "code": "red",
        "tags": {"blue", "art"},
        "pairs": {"left": ["Bob", " "]},
        "fixed": ("Cid", 1),
        "anything": ["Dan"],
    }
    return Everything(**(values | changes))


TEXT = "Ann saw Bob and Cid and Dan; blue art, red, kind of unknown. Eve"


def test_only_quotations_are_grounded_by_path() -> None:
    """Enums, literals, numbers, marked fields, keys, blanks and defaults are left alone."""
    mentions = ground([everything()], TEXT)[0].mentions
    expected = {
        "name": "Ann",
        "tags[0]": "art",
        "tags[1]": "blue",
        "pairs['left'][0]": "Bob",
        "fixed[0]": "Cid",
        "anything[0]": "Dan",
    }
    assert expected == {mention.path: mention.string for mention in mentions}


def test_nested_instances_have_longer_paths() -> None:
    """A field of a nested instance is reached through its parent's."""
    child = everything(name="Eve", kind="Bob", status="kind of")
    spans = ground([everything(child=child)], TEXT)[0].spans
    assert Span(61, 64) == spans["child.name"]
    assert Span(8, 11) == spans["child.kind"]
    assert "child.status" in spans


def test_instances_that_hold_themselves_end() -> None:
    """A value without an end is read to a limit only."""
    loop: list[Any] = ["Dan"]
    loop.append(loop)
    mentions = ground([everything(anything=loop)], TEXT)[0].mentions
    assert {MatchKind.EXACT} == {mention.match for mention in mentions}


def test_nothing_gives_nothing() -> None:
    """No instances, and instances without strings, have no mentions."""
    assert len(ground([], TEXT)) == 0
    assert () == ground([Note("", None)], TEXT)[0].mentions
    assert MatchKind.EXACT is ground([Note(" ")], TEXT)[0].match


def test_a_known_schema_and_a_class_outside_of_it() -> None:
    """A schema spares the introspection; other classes are introspected when met."""
    grounded = ground([Person("Ann"), Note("Bob")], TEXT, schema=introspect(Person))
    assert [Span(0, 3), Span(8, 11)] == [item.span for item in grounded]


MARYS = "Mary met Bob. Later Mary joined Acme. Mary left."


def test_the_order_decides_between_places() -> None:
    """What was written after Bob is after Bob in the text."""
    grounded = ground([Person("Bob"), Person("Mary"), Firm("Acme")], MARYS)
    assert Span(20, 24) == grounded[1].span


def test_a_row_may_start_again() -> None:
    """Answers go class by class, so a row may go back to the start of the text."""
    people = [Person("Mary"), Person("Bob"), Person("Mary"), Person("Mary")]
    grounded = ground([*people, Firm("Acme"), Firm("Bob")], MARYS)
    expected = [Span(0, 4), Span(9, 12), Span(20, 24), Span(38, 42), Span(32, 36), Span(9, 12)]
    assert expected == [item.span for item in grounded]
    assert () == grounded.diagnostics


def test_an_open_choice_is_marked() -> None:
    """Nothing says which Mary is meant."""
    grounded = ground([Person("Mary")], MARYS)
    assert grounded[0].mentions[0].ambiguous
    assert [Code.AMBIGUOUS_PLACE] == [d.code for d in grounded.diagnostics]
    assert ["$[0].name"] == [d.path for d in grounded.diagnostics]


def test_given_more_often_than_it_occurs() -> None:
    """The copy too many is dropped, and that is said; another kind of thing is no copy."""
    grounded = ground([Person("Bob"), Person("Bob"), Firm("Bob")], MARYS)
    assert [Person("Bob"), Firm("Bob")] == [item.value for item in grounded]
    assert [Span(9, 12), Span(9, 12)] == [item.span for item in grounded]
    assert [Code.TOO_MANY_MENTIONS] == [d.code for d in grounded.diagnostics]


def test_arguments_share_the_places_of_entities() -> None:
    """A relation's head is where the entity of that name is."""
    instances = [
        Person("Bob"),
        Person("Mary"),
        Firm("Acme"),
        WorksFor(Person("Mary"), Firm("Acme")),
    ]
    grounded = ground(instances, MARYS)
    assert {"head.name": Span(20, 24), "tail.name": Span(32, 36)} == grounded[3].spans


def test_arguments_are_near_each_other() -> None:
    """Without entities, the Mary next to Acme is the one who joined it."""
    grounded = ground([WorksFor(Person("Mary"), Firm("Acme"))], MARYS)
    assert (
        Span(38, 42) == grounded[0].spans["head.name"]
        or Span(20, 24) == grounded[0].spans["head.name"]
    )
    assert Span(32, 36) == grounded[0].spans["tail.name"]


def test_copies_of_a_relation_are_different_pairs() -> None:
    """The second of two equal relations is about the second pair."""
    text = "Ann knows Bob. Many years went by before Ann, again, knew that she knew Bob."
    grounded = ground([Knows("Ann", "Bob"), Knows("Ann", "Bob")], text)
    assert {"head": Span(0, 3), "tail": Span(10, 13)} == grounded[0].spans
    assert {"head": Span(41, 44), "tail": Span(72, 75)} == grounded[1].spans


def test_two_arguments_of_one_name_are_two_mentions() -> None:
    """In a relation between equal strings each has its own place."""
    spans = ground([Knows("Mary", "Mary")], "Mary saw Mary.")[0].spans
    assert {Span(0, 4), Span(9, 13)} == set(spans.values())


def test_events_are_where_their_arguments_are() -> None:
    """A repeated trigger is the one near its arguments, and names the event's place."""
    text = "An attack in Rome hurt Ann. A second attack came in Oslo, which hurt Bob."
    event = Attack("Oslo", "attack", [Person("Bob")])
    item = ground([event], text)[0]
    assert Span(37, 43) == item.span
    assert {"place", "trigger", "victims[0].name"} == set(item.spans)


def test_a_trigger_is_not_where_an_entity_of_its_name_is() -> None:
    """An entity that reads like the trigger of an event has a place of its own."""
    text = "The attack in Oslo hurt Bob. Later Ann wrote on the attack."
    grounded = ground(
        [Person("Ann"), Firm("attack"), Attack("Oslo", "attack", [Person("Bob")])], text
    )
    assert [Span(52, 58), Span(4, 10)] == [item.span for item in grounded[1:]]


def test_an_event_without_its_trigger_has_another_anchor() -> None:
    """If the trigger is not there, the first string found stands for the event."""
    item = ground([Attack("Oslo", "bombing", [Person("Bob")])], "Bob was in Oslo.")[0]
    assert Span(11, 15) == item.span
    assert MatchKind.UNGROUNDED is item.match


def test_longer_strings_own_their_places() -> None:
    """A string that occurs inside of a longer one is rather where it stands alone."""
    text = "New York University is far from New York."
    grounded = ground([Person("New York University"), Person("New York")], text)
    assert Span(32, 40) == grounded[1].span


def test_a_longer_string_owns_the_places_that_it_may_have_taken() -> None:
    """Inside of a longer string that is given once, its second place is the likelier one."""
    text = "The left is Kalmora Bridge, the right is Kalmora Bridge too."
    grounded = ground([Person("Kalmora Bridge"), Person("Kalmora")], text)
    assert [Span(12, 26), Span(41, 48)] == [item.span for item in grounded]


def test_triggers_and_arguments_inside_of_longer_strings_are_those_strings_own() -> None:
    """A trigger that is also a part of another event's trigger is where it stands alone."""
    text = "A gas attack in Oslo hurt Ann. Later there, an attack hurt Ann."
    events = [
        Attack("Oslo", "gas attack", [Person("Ann")]),
        Attack("Oslo", "attack", [Person("Ann")]),
    ]
    grounded = ground(events, text)
    assert [Span(2, 12), Span(47, 53)] == [item.span for item in grounded]
    lone = ground([Person("New Oslo"), Knows("Ann", "Oslo")], "New Oslo: Ann left it for Oslo.")
    assert Span(26, 30) == lone[1].mentions[1].span


def test_an_argument_was_named_before_rather_than_in_the_next_sentence() -> None:
    """Texts refer back to what they named more than ahead to what they will name."""
    text = "Kalmora slept for long in that house. There was an attack. Kalmora woke."
    grounded = ground([Attack("Kalmora", "attack")], text)
    assert Span(0, 7) == grounded[0].mentions[0].span


def test_copies_leave_enough_places_for_the_copies_after_them() -> None:
    """If a string is given as often as it occurs, its copies go from the first to the last."""
    text = "cut dry pine, then oil dry pine-nut bread"
    strings = ["dry pine", "pine", "pine-nut bread", "pine"]
    grounded = ground([Person(string) for string in strings], text)
    assert [Span(4, 12), Span(8, 12), Span(27, 41), Span(27, 31)] == [i.span for i in grounded]


@pytest.mark.parametrize(
    ("policy", "spans"),
    [
        ("first", [Span(0, 4), Span(0, 4)]),
        ("all", [Span(0, 4), Span(0, 4)]),
        ("in_order", [Span(0, 4), Span(20, 24)]),
        ("nearest", [Span(0, 4), Span(20, 24)]),
    ],
)
def test_policies_for_occurrences(policy: Any, spans: list[Span]) -> None:
    """The policy says which place of a repeated string is meant."""
    grounded = ground([Person("Mary"), Person("Mary")], MARYS, occurrences=policy)
    assert spans == [item.span for item in grounded]


def test_all_places_are_given_beside_the_first() -> None:
    """With the policy "all", a mention tells its other places."""
    grounded = ground([Person("Mary"), Person("Zoe")], MARYS, occurrences="all")
    assert (Span(20, 24), Span(38, 42)) == grounded[0].mentions[0].others
    assert () == grounded[1].mentions[0].others


def test_nearest_ignores_the_order() -> None:
    """With the policy "nearest", a trigger is where its arguments are, whatever came before."""
    text = "The attack in Rome. The attack in Oslo."
    events = [Attack("Oslo", "attack"), Attack("Rome", "attack"), Attack("Rome", "Oslo")]
    grounded = ground(events, text, occurrences="nearest")
    assert [Span(24, 30), Span(4, 10), Span(34, 38)] == [item.span for item in grounded]


def test_policies_for_the_ungrounded() -> None:
    """Whatever the policy, what is not in the text is recorded."""
    people = [Person("Bob"), Person("Zoe")]
    kept = ground(people, MARYS)
    dropped = ground(people, MARYS, ungrounded="drop")
    asked = ground(people, MARYS, ungrounded="reask")
    assert ["Bob", "Zoe"] == [item.value.name for item in kept]
    assert ["Bob"] == [item.value.name for item in dropped]
    assert ["Zoe"] == [item.value.name for item in dropped.dropped]
    for grounded in (kept, dropped, asked):
        assert [Code.UNGROUNDED] == [d.code for d in grounded.diagnostics]
        assert ["Zoe"] == [item.value.name for item in grounded.ungrounded]
    with pytest.raises(GroundingError, match=r"Person\.name: 'Zoe' is not in the text"):
        ground(people, MARYS, ungrounded="raise")


@pytest.mark.parametrize(
    "options",
    [
        {"occurrences": "last"},
        {"ungrounded": "lose"},
        {"repeats": "lose"},
        {"overlaps": "first"},
        {"fuzzy": 1.5},
        {"fuzzy": 0.0},
    ],
)
def test_unknown_policies_are_refused(options: dict[str, Any]) -> None:
    """A policy that there is not is an error that names those there are."""
    with pytest.raises(InputError, match="use one"):
        ground([Person("Bob")], MARYS, **options)


def test_a_grounding_is_a_sequence() -> None:
    """What `ground` gives can be indexed, sliced and counted."""
    grounded = ground([Person("Bob"), Person("Acme")], MARYS)
    assert isinstance(grounded, Grounding)
    assert grounded[0] == grounded[:1][0]
    assert 2 == len(grounded)


def test_one_grounder_serves_many_answers() -> None:
    """A prepared text gives the same results again and again."""
    grounder = Grounder(MARYS)
    first = grounder.ground([Person("mary"), Person("Bob")])
    assert first == grounder.ground([Person("mary"), Person("Bob")])


def test_what_was_altered_is_said() -> None:
    """A string that does not stand there as given is noted with what stands there."""
    diagnostics = ground([Person("mary")], "Mary left.").diagnostics
    assert ["'mary' was found as 'Mary'."] == [d.message for d in diagnostics]


def test_long_strings_are_shortened_in_messages() -> None:
    """A message shows the start of a long string only."""
    diagnostic = ground([Person("word " * 100)], MARYS).diagnostics[0]
    assert 120 > len(diagnostic.message)


def test_a_search_that_was_cut_short_is_said() -> None:
    """Where a text holds too much of the same, the result says that not all was looked at."""
    grounded = ground([Person("a a")], "a " * 20_000)
    assert Code.TOO_LARGE in {d.code for d in grounded.diagnostics}


def test_a_word_divided_at_a_line_end_doubles_no_place() -> None:
    """Both ways of reading the hyphen find the rest of the text at the same places, once."""
    text = "Hello there, exam-\nples of well-\nknown things."
    found = ground([Person("hello"), Person("hello"), Person("examples")], text)
    assert [Span(0, 5), Span(13, 23)] == [item.span for item in found]
    assert found[0].mentions[0].ambiguous is False
    assert Code.TOO_MANY_MENTIONS == found.diagnostics[1].code
    everywhere = ground([Person("hello")], text, occurrences="all")
    assert () == everywhere[0].mentions[0].others


def test_blanks_at_the_ends_of_a_string_are_not_of_its_span() -> None:
    """A string quoted with the blanks around it is where it would be without them."""
    text = "the  Kalmora\n\nthe Tuvenik"
    found = ground([Person("  Kalmora\n"), Person("Tuvenik")], text)
    assert [Span(5, 12), Span(18, 25)] == [item.span for item in found]
    assert [MatchKind.NORMALISED, MatchKind.EXACT] == [item.match for item in found]


def test_many_copies_in_a_long_text_take_their_places_in_turn() -> None:
    """When there is too much to weigh, copies take one place after the other."""
    grounded = ground([Person("a"), Person("b"), *[Person("a")] * 60], "a " * 4_000 + "b")
    assert 62 == len({item.span for item in grounded})


def test_events_may_share_a_trigger() -> None:
    """Two events with one trigger that occurs once are both there."""
    text = "An attack in Rome and Oslo."
    grounded = ground([Attack("Rome", "attack"), Attack("Oslo", "attack")], text)
    assert [Span(3, 9), Span(3, 9)] == [item.span for item in grounded]


def test_events_may_share_one_of_several_triggers() -> None:
    """Arguments beside one place of a trigger keep both events there."""
    text = "attack in Rome and Oslo. " + "Nothing else was said. " * 40 + "attack."
    grounded = ground([Attack("Rome", "attack"), Attack("Oslo", "attack")], text)
    assert [Span(0, 6), Span(0, 6)] == [item.span for item in grounded]


@dataclass
class Buy(Event):
    trigger: str
    buyer: Firm
    bought: Firm


@pytest.mark.parametrize("named", [[], [Firm("Initech")]])
@pytest.mark.parametrize("first", [True, False])
def test_an_equal_string_need_not_be_one_mention(named: list[Firm], first: bool) -> None:
    """The entity is at its first place, each relation and event where it is compact."""
    text = (
        "Ada Byron joined Acme Corp in 1999. Two years later Acme Corp bought Initech, "
        "which made nothing. Nobody knows what Acme Corp wanted with it."
    )
    ada, acme = Person("Ada Byron"), Firm("Acme Corp")
    entities = [ada, acme, *named]
    links = [WorksFor(ada, acme), Buy("bought", acme, Firm("Initech"))]
    grounded = ground([*entities, *links] if first else [*links, *entities], text)
    by_type = {type(item.value): item.spans for item in grounded if item.value != Firm("Initech")}
    assert {"name": Span(17, 26)} == by_type[Firm]
    assert {"head.name": Span(0, 9), "tail.name": Span(17, 26)} == by_type[WorksFor]
    assert Span(52, 61) == by_type[Buy]["buyer.name"]
    assert Span(62, 68) == by_type[Buy]["trigger"]


@pytest.mark.parametrize(
    ("text", "instances"),
    [
        ("Ann met Bob met Ann", [Knows("Ann", "Bob")]),
        ("Ann met Bob met Ann", [Person("Ann"), Knows("Ann", "Bob")]),
        ("Ann met Bob met Ann", [Knows("Bob", "Ann")]),
        ("Ann met Bob met Ann", [Person("Bob"), Knows("Bob", "Ann")]),
        ("Ann met Bob. Ann met Bob. Ann met Bob.", [Knows("Ann", "Bob")] * 2),
        ("Ann met Bob. Ann met Bob.", [Knows("Ann", "Bob")]),
        ("An attack in Oslo, an attack in Oslo", [Attack("Oslo", "attack")]),
        ("Oslo saw an attack, and Oslo wept", [Attack("Oslo", "attack")]),
    ],
)
def test_a_tie_between_places_is_told(text: str, instances: list[Any]) -> None:
    """Where another place would do as well, the last item says so."""
    item = ground(instances, text)[-1]
    assert Code.AMBIGUOUS_PLACE in {one.code for one in item.diagnostics}
