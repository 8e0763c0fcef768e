"""Scores computed by hand, switch by switch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from codeie import Entity, Event, Grounded, MatchKind, Mention, Relation, Span
from codeie.errors import EvaluationError
from codeie.evaluation import METRICS, PAPERS, Counts, Policy, compare, policy_of, score
from codeie.extraction import Extraction
from codeie.parsing import Outcome
from codeie.types import Document

TEXT = "Ada Lovelace met Babbage in London. Babbage liked Ada Lovelace."


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Place(Entity):
    """Somewhere."""

    name: str


@dataclass
class Knows(Relation):
    """Two people who have met."""

    head: Person | Place
    tail: Person | Place


@dataclass
class Meeting(Event):
    """People come together."""

    trigger: str
    participants: list[Person] = field(default_factory=list)
    place: Place | None = None


@dataclass
class Profile:
    """Facts about someone."""

    born: str | None = None
    years: list[int] = field(default_factory=list)


SCHEMA = [Person, Place, Knows, Meeting, Profile]


def at(path: str, string: str, start: int) -> Mention:
    """A mention at a known place."""
    return Mention(path, string, Span(start, start + len(string)), MatchKind.EXACT)


def nowhere(path: str, string: str) -> Mention:
    """A mention that is not in the text."""
    return Mention(path, string, None, MatchKind.UNGROUNDED)


def person(name: str, start: int | None) -> Grounded[object]:
    """A person at a place, or at none."""
    where = at("name", name, start) if start is not None else nowhere("name", name)
    return Grounded(Person(name), (where,))


ADA, ADA_AGAIN = person("Ada Lovelace", 0), person("Ada Lovelace", 50)
BABBAGE, BABBAGE_AGAIN = person("Babbage", 17), person("Babbage", 36)
LONDON = Grounded(Place("London"), (at("name", "London", 28),))
LONDON_AS_PERSON = person("London", 28)
LOVELACE = person("Lovelace", 4)
BYRON = person("Byron", None)


def one(
    gold: Sequence[Grounded[object]],
    predicted: Sequence[Grounded[object]],
    metric: str = "entities",
    **switches: object,
) -> Counts:
    """The counts of one document."""
    policy = Policy(**switches)  # type: ignore[arg-type]
    return score([gold], [predicted], SCHEMA, metric=metric, policy=policy, texts=[TEXT]).micro


def test_offsets_tell_two_mentions_of_a_string_apart() -> None:
    """By offset the second Babbage is not the first; by string it is."""
    # TP: Ada; FP: Babbage at 36; FN: Babbage at 17.
    assert one([ADA, BABBAGE], [ADA, BABBAGE_AGAIN]) == Counts(1, 2, 2)
    assert one([ADA, BABBAGE], [ADA, BABBAGE_AGAIN], by="string") == Counts(2, 2, 2)


def test_one_to_one_counts_repeats_and_sets_do_not() -> None:
    """Said twice and gold once: one-to-one has a false positive, a set has none."""
    # One-to-one: TP 1, FP 1, FN 0. Set: TP 1.
    assert one([ADA], [ADA, ADA_AGAIN], by="string") == Counts(1, 2, 1)
    assert one([ADA], [ADA, ADA_AGAIN], by="string", counting="set") == Counts(1, 1, 1)


def test_case_can_be_ignored() -> None:
    """Strings that differ in case are different unless the policy says otherwise."""
    loud = person("ADA LOVELACE", None)
    assert one([ADA], [loud], by="string") == Counts(0, 1, 1)
    assert one([ADA], [loud], by="string", case="ignore") == Counts(1, 1, 1)


def test_what_is_not_in_the_text_is_wrong_or_left_out() -> None:
    """An invented string lowers precision, or is left out before counting and reported."""
    assert one([ADA], [ADA, BYRON]) == Counts(1, 2, 1)
    assert one([ADA], [ADA, BYRON], not_in_text="left-out") == Counts(1, 1, 1)
    policy = Policy(not_in_text="left-out")
    assert score([[ADA]], [[ADA, BYRON]], SCHEMA, policy=policy, texts=[TEXT]).left_out == 1


def test_the_cap_drops_what_is_said_more_often_than_it_stands_there() -> None:
    """Ada stands twice in the text, so of three predictions one is dropped before counting."""
    thrice = [ADA, ADA_AGAIN, person("Ada Lovelace", None)]
    assert one([ADA, ADA_AGAIN], thrice, by="string") == Counts(2, 3, 2)
    assert one([ADA, ADA_AGAIN], thrice, by="string", cap=True) == Counts(2, 2, 2)


def test_types_boundaries_and_halves() -> None:
    """A wrong type and a wrong boundary count as each metric's name says."""
    gold, predicted = [ADA, LONDON], [LOVELACE, LONDON_AS_PERSON]
    # Strict: neither. Boundary: London. Type: Lovelace overlaps Ada Lovelace, both people.
    # Partial: London 1, Lovelace a half.
    assert one(gold, predicted) == Counts(0, 2, 2)
    assert one(gold, predicted, "entities-boundary") == Counts(1, 2, 2)
    assert one(gold, predicted, "entities-type") == Counts(1, 2, 2)
    assert one(gold, predicted, "entities-partial") == Counts(1.5, 2, 2)


def test_head_words_match_where_asked() -> None:
    """With head matching "Lovelace" stands for "Ada Lovelace", by offset and by string."""
    assert one([ADA], [LOVELACE], head_match=True) == Counts(1, 1, 1)
    assert one([ADA], [LOVELACE], by="string", head_match=True) == Counts(1, 1, 1)


def test_similar_strings_match_above_the_threshold() -> None:
    """Soft matching takes strings of one type that are similar enough, the best pair first."""
    near = person("Ada Lovelaces", None)
    assert one([ADA], [near], by="string", similarity=0.9) == Counts(1, 1, 1)
    assert one([ADA], [near], by="string", similarity=0.99) == Counts(0, 1, 1)
    assert one([ADA], [near, ADA], by="string", similarity=0.5) == Counts(1, 2, 1)
    assert one([LONDON], [LONDON_AS_PERSON], by="string", similarity=0.5) == Counts(0, 1, 1)


def knows(head: object, tail: object, *mentions: Mention) -> Grounded[object]:
    """A relation with its places."""
    return Grounded(Knows(head, tail), mentions)  # type: ignore[arg-type]


FORTH = knows(
    Person("Ada Lovelace"),
    Person("Babbage"),
    at("head.name", "Ada Lovelace", 0),
    at("tail.name", "Babbage", 17),
)
BACK = knows(
    Person("Babbage"),
    Person("Ada Lovelace"),
    at("head.name", "Babbage", 17),
    at("tail.name", "Ada Lovelace", 0),
)
MISTYPED = knows(
    Person("Ada Lovelace"),
    Place("Babbage"),
    at("head.name", "Ada Lovelace", 0),
    at("tail.name", "Babbage", 17),
)


def test_strict_relations_ask_for_the_entity_types() -> None:
    """A relation with a mistyped argument matches by boundary, not strictly."""
    assert one([FORTH], [MISTYPED], "relations") == Counts(0, 1, 1)
    assert one([FORTH], [MISTYPED], "relations-boundary") == Counts(1, 1, 1)


def test_symmetric_relations_may_be_turned_round() -> None:
    """Head and tail may be swapped only in relations that are named symmetric."""
    assert one([FORTH], [BACK], "relations") == Counts(0, 1, 1)
    both = frozenset({"Knows"})
    assert one([FORTH], [BACK], "relations", symmetric=both) == Counts(1, 1, 1)


MET = Grounded(
    Meeting("met", [Person("Ada Lovelace"), Person("Babbage")], Place("London")),
    (
        at("trigger", "met", 13),
        at("participants[0].name", "Ada Lovelace", 0),
        at("participants[1].name", "Babbage", 17),
        at("place.name", "London", 28),
    ),
)
LIKED = Grounded(
    Meeting("liked", [Person("Babbage")], Place("Ada Lovelace")),
    (
        at("trigger", "liked", 44),
        at("participants[0].name", "Babbage", 17),
        at("place.name", "Ada Lovelace", 0),
    ),
)


def test_events_are_scored_by_trigger_and_by_argument() -> None:
    """Identification, classification, and arguments with and without their trigger."""
    assert one([MET], [LIKED], "triggers") == Counts(0, 1, 1)
    # Roles: Babbage as participant is right, Ada as place is not; as fillers both are.
    assert one([MET], [LIKED], "arguments") == Counts(1, 2, 3)
    assert one([MET], [LIKED], "arguments-identification") == Counts(2, 2, 3)
    assert one([MET], [LIKED], "arguments", conditional=True) == Counts(0, 2, 3)
    assert one([MET], [MET], "arguments", conditional=True) == Counts(3, 3, 3)
    assert one([MET], [MET], "triggers-identification") == Counts(1, 1, 1)


def test_slots_are_compared_field_by_field() -> None:
    """Each filled field of a record is one value; empty ones are none."""
    gold: Grounded[object] = Grounded(Profile("1815", [1, 2]), (at("born", "1815", 3),))
    said: Grounded[object] = Grounded(Profile(None, [2]))
    # Gold: born, years 1, years 2. Predicted: years 2.
    assert one([gold], [said], "slots", by="string") == Counts(1, 1, 3)


def test_types_are_counted_apart_and_averaged() -> None:
    """Per type: people 1 of 1, places 0 of 1; macro is their mean, micro their sum."""
    scores = score([[ADA, LONDON]], [[ADA]], SCHEMA)
    assert {"Person": Counts(1, 1, 1), "Place": Counts(0, 0, 1)} == scores.by_type
    assert scores.macro_f1 == 0.5
    assert pytest.approx(2 / 3) == scores.f1
    assert (scores.precision, scores.recall) == (1.0, 0.5)
    assert (scores.micro.tp, scores.micro.fp, scores.micro.fn) == (1, 0, 1)


def test_unparsed_and_failed_answers_stand_beside_the_score() -> None:
    """An answer that could not be read predicts nothing, and is counted as such."""
    document = Document(TEXT)
    answers = [
        Extraction(document, outcome=Outcome.UNPARSED),
        Extraction(document, outcome=Outcome.FAILED),
        Extraction(document, items=(ADA,), outcome=Outcome.ITEMS),
    ]
    scores = score([[ADA], [ADA], [ADA]], answers, SCHEMA, paper="gollie")
    assert (scores.unparsed, scores.failed) == (1, 1)
    assert Counts(1, 1, 3) == scores.micro


def test_nothing_at_all_scores_zero() -> None:
    """Without gold and predictions all ratios are 0, as in seqeval."""
    scores = score([[]], [[]], SCHEMA)
    assert (scores.f1, scores.precision, scores.recall, scores.macro_f1) == (0.0, 0.0, 0.0, 0.0)
    assert score([], [], SCHEMA).interval().high == 0.0


def test_the_interval_holds_the_score_and_is_the_same_for_a_seed() -> None:
    """The bootstrap is deterministic by seed, contains the estimate, and narrows to a point."""
    gold = [[ADA, BABBAGE]] * 20
    said = [[ADA], [ADA, BABBAGE]] * 10
    scores = score(gold, said, SCHEMA)
    interval = scores.interval(seed=3)
    assert interval == scores.interval(seed=3)
    assert interval.low < scores.f1 < interval.high
    perfect = score(gold, gold, SCHEMA).interval()
    assert (perfect.low, perfect.high) == (1.0, 1.0)


def test_a_real_difference_is_told_from_none() -> None:
    """A system that is better on every document differs; a system does not differ from itself."""
    gold = [[ADA, BABBAGE]] * 12
    better, worse = score(gold, gold, SCHEMA), score(gold, [[ADA]] * 12, SCHEMA)
    result = compare(better, worse)
    assert result.p_value < 0.01
    assert pytest.approx(1 - 2 / 3) == result.difference
    assert compare(worse, worse).p_value == 1.0


def test_the_interval_of_a_difference_is_paired() -> None:
    """It is that of F1 differences over drawn documents, and none where systems are alike."""
    gold = [[ADA, BABBAGE], [ADA], [BABBAGE]] * 4
    one = score(gold, [[ADA, BABBAGE], [BABBAGE], []] * 4, SCHEMA)
    two = score(gold, [[ADA], [ADA, BABBAGE], []] * 4, SCHEMA)
    draws = random.Random(7)  # noqa: S311 - statistics, not secrets
    differences = []
    for _ in range(40):
        drawn = draws.choices(range(12), k=12)
        first, second = (
            sum((each.by_document[index] for index in drawn), Counts()) for each in (one, two)
        )
        differences.append(first.f1 - second.f1)
    found = compare(one, two, resamples=40, seed=7, level=0.5).interval
    assert (sorted(differences)[10], sorted(differences)[29]) == (found.low, found.high)
    assert found.low < compare(one, two).difference < found.high
    same = compare(one, one).interval
    assert (0.0, 0.0, 0.95) == (same.low, same.high, same.level)
    nothing = score([], [], SCHEMA)
    assert compare(nothing, nothing).interval.low == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"metric": "entity"}, r"no metric 'entity'; did you mean 'entities'\?"),
        ({"paper": "nobody"}, "no scoring preset 'nobody'; there are: code4struct"),
        ({"paper": "uie", "policy": Policy()}, "either policy= or paper="),
        ({"paper": "gollie"}, "give texts="),
        ({"texts": ["a", "b"]}, "2 texts for 1 document"),
    ],
)
def test_wrong_arguments_say_what_to_do(arguments: dict[str, object], message: str) -> None:
    """Each way to ask for a score that cannot be had is one line that names the way out."""
    with pytest.raises(EvaluationError, match=message):
        score([[ADA]], [[ADA]], SCHEMA, **arguments)  # type: ignore[arg-type]


def test_gold_and_predictions_must_be_of_the_same_documents() -> None:
    """Different numbers of documents are an error, never padded."""
    with pytest.raises(EvaluationError, match="1 gold documents but 2 predicted"):
        score([[ADA]], [[ADA], [ADA]], SCHEMA)
    one_document, two = score([[ADA]], [[ADA]], SCHEMA), score([[ADA, BABBAGE]], [[]], SCHEMA)
    with pytest.raises(EvaluationError, match="not of the same gold"):
        compare(one_document, two)
    with pytest.raises(EvaluationError, match="under other rules"):
        compare(one_document, score([[ADA]], [[ADA]], SCHEMA, metric="relations"))


@pytest.mark.parametrize("level", [0, 1, -3.0])
def test_odd_levels_and_resamples_are_refused(level: float) -> None:
    """An interval needs a level inside (0, 1) and at least one resample."""
    scores = score([[ADA]], [[ADA]], SCHEMA)
    with pytest.raises(EvaluationError, match="level must be between"):
        scores.interval(level)
    with pytest.raises(EvaluationError, match="resamples must be"):
        scores.interval(resamples=0)
    with pytest.raises(EvaluationError, match="level must be between"):
        compare(scores, scores, level=level)


def test_policies_check_their_switches() -> None:
    """A similarity outside (0, 1], or one for offsets, is refused."""
    with pytest.raises(EvaluationError, match=r"in \(0, 1\]"):
        Policy(similarity=0)
    with pytest.raises(EvaluationError, match='set by="string"'):
        Policy(similarity=0.5)


def test_presets_and_metrics_are_named() -> None:
    """Presets are looked up by the paper's name; metrics know their own."""
    assert PAPERS["gollie"] == policy_of("gollie")
    assert list(METRICS) == [metric.name for metric in METRICS.values()]
