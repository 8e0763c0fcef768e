"""Error classes, confusion, faithfulness, calibration, classification, facts, the report."""

from __future__ import annotations

import html.parser
from dataclasses import dataclass, field

import pytest

from codeie import Document, Entity, Event, Extraction, Grounded, MatchKind, Mention, Relation, Span
from codeie.diagnostics import Code, Diagnostic
from codeie.errors import EvaluationError
from codeie.evaluation import (
    Bin,
    Counts,
    DocumentFacts,
    EntityCluster,
    ErrorKind,
    Fact,
    Policy,
    calibration,
    classify_relations,
    faithfulness,
    find_errors,
    report_html,
    score,
    score_facts,
)
from codeie.parsing import Outcome


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
    """They have met."""

    head: Person
    tail: Person


@dataclass
class Likes(Relation):
    """The head is fond of the tail."""

    head: Person
    tail: Person


@dataclass
class Other(Relation):
    """Neither."""

    head: Person
    tail: Person


@dataclass
class Meeting(Event):
    """People come together."""

    trigger: str
    people: list[Person] = field(default_factory=list)
    place: Place | None = None


@dataclass
class Note:
    """Something to keep."""

    about: str
    by: str


SCHEMA = [Person, Place, Knows, Likes, Other, Meeting, Note]
TEXT = "Ada Byron met Bo in Rome and Bo left Rome."
#       0   4     10  14 17 20   25  29 32   37


def mention(path: str, string: str, start: int | None) -> Mention:
    """A mention at a place, or at none."""
    if start is None:
        return Mention(path, string, None, MatchKind.UNGROUNDED)
    return Mention(path, string, Span(start, start + len(string)), MatchKind.EXACT)


def entity(
    cls: type[Person | Place], name: str, start: int | None, confidence: float | None = None
) -> Grounded[object]:
    """An entity at a place."""
    return Grounded(cls(name), (mention("name", name, start),), confidence=confidence)


def relation(
    cls: type[Knows | Likes | Other], head: tuple[str, int | None], tail: tuple[str, int | None]
) -> Grounded[object]:
    """A relation of two people at their places."""
    places = (mention("head.name", *head), mention("tail.name", *tail))
    return Grounded(cls(Person(head[0]), Person(tail[0])), places)


ADA, BO, ROME = entity(Person, "Ada Byron", 0), entity(Person, "Bo", 14), entity(Place, "Rome", 20)


def kinds(
    gold: list[Grounded[object]], said: list[Grounded[object]], metric: str = "entities"
) -> list[tuple[ErrorKind, str, str]]:
    """Kind, type and predicted type of each error of one document."""
    errors = find_errors([gold], [said], SCHEMA, metric=metric, texts=[TEXT])
    return [(error.kind, error.type, error.predicted_type) for error in errors.found]


def test_what_matches_is_no_error() -> None:
    """Gold against itself has no errors, and all of it is correct."""
    errors = find_errors([[ADA, BO, ROME]], [[ADA, BO, ROME]], SCHEMA, texts=[TEXT])
    assert () == errors.found
    assert {"Person": 2, "Place": 1} == errors.correct


def test_each_kind_of_error_is_told_apart() -> None:
    """One error of each kind that one document can have."""
    assert kinds([ROME], [entity(Person, "Rome", 20)]) == [
        (ErrorKind.WRONG_TYPE, "Place", "Person")
    ]
    assert kinds([ADA], [entity(Person, "Ada", 0)]) == [
        (ErrorKind.WRONG_BOUNDARY, "Person", "Person")
    ]
    # Overlapping and of another type: the type is what is said to be wrong.
    assert kinds([ADA], [entity(Place, "Byron", 4)]) == [(ErrorKind.WRONG_TYPE, "Person", "Place")]
    assert kinds([], [entity(Person, "Zoe", None)]) == [(ErrorKind.UNGROUNDED, "Person", "Person")]
    assert kinds([BO], [BO, entity(Person, "Bo", 29)]) == [
        (ErrorKind.PLAUSIBLE, "Person", "Person")
    ]
    assert kinds([], [entity(Place, "left", 32)]) == [(ErrorKind.SPURIOUS, "Place", "Place")]
    assert kinds([ROME], []) == [(ErrorKind.MISSING, "Place", "")]


def test_each_value_explains_one_error() -> None:
    """A gold value taken for the nearest wrong answer does not explain a second one."""
    # Rome at 20 as a person takes the gold place; "in Rome" then overlaps nothing that is left.
    said = [entity(Person, "Rome", 20), entity(Place, "in Rome", 17)]
    assert kinds([ROME], said) == [
        (ErrorKind.WRONG_TYPE, "Place", "Person"),
        (ErrorKind.SPURIOUS, "Place", "Place"),
    ]


def test_an_unreadable_answer_is_not_a_missing_one() -> None:
    """Gold of a document whose answer was not parsed is "unparsed"; of an empty one "missing"."""
    unread = Extraction(Document(TEXT), outcome=Outcome.UNPARSED)
    silent = Extraction(Document(TEXT), outcome=Outcome.EMPTY)
    errors = find_errors([[ADA], [ADA]], [unread, silent], SCHEMA)
    assert [ErrorKind.UNPARSED, ErrorKind.MISSING] == [error.kind for error in errors.found]
    assert 1 == errors.by_kind()[ErrorKind.UNPARSED]
    assert 1 == errors.by_type()["Person"][ErrorKind.MISSING]


def test_relations_and_arguments_have_the_same_kinds() -> None:
    """A relation is mistyped between the right ends, an argument in the wrong role."""
    ends = (("Ada Byron", 0), ("Bo", 14))
    knows, likes = relation(Knows, *ends), relation(Likes, *ends)
    assert kinds([knows], [likes], "relations") == [(ErrorKind.WRONG_TYPE, "Knows", "Likes")]
    shorter = relation(Knows, ("Ada", 0), ("Bo", 14))
    assert kinds([knows], [shorter], "relations") == [(ErrorKind.WRONG_BOUNDARY, "Knows", "Knows")]
    made_up = relation(Knows, ("Zoe", None), ("Bo", 14))
    assert kinds([], [made_up], "relations") == [(ErrorKind.UNGROUNDED, "Knows", "Knows")]
    met = mention("trigger", "met", 10)
    rome_is_place: Grounded[object] = Grounded(
        Meeting("met", place=Place("Rome")), (met, mention("place.name", "Rome", 20))
    )
    rome_is_person: Grounded[object] = Grounded(
        Meeting("met", [Person("Rome")]), (met, mention("people[0].name", "Rome", 20))
    )
    assert kinds([rome_is_place], [rome_is_person], "arguments") == [
        (ErrorKind.WRONG_TYPE, "Meeting.place", "Meeting.people")
    ]


def test_slots_are_named_by_class_and_field() -> None:
    """A wrong slot is said to be wrong under its own name."""
    gold: Grounded[object] = Grounded(Note("Rome", ""), (mention("about", "Rome", 20),))
    said: Grounded[object] = Grounded(Note("", "Rome"), (mention("by", "Rome", 20),))
    assert kinds([gold], [said], "slots") == [(ErrorKind.WRONG_TYPE, "Note.about", "Note.by")]


def test_confusion_counts_what_was_taken_for_what() -> None:
    """Two people right, a place taken for a person, one missed, one made up."""
    gold = [ADA, BO, ROME, entity(Place, "Rome", 37)]
    said = [ADA, BO, entity(Person, "Rome", 20), entity(Place, "left", 32)]
    confusion = find_errors([gold], [said], SCHEMA, texts=[TEXT]).confusion
    assert ("Person", "Place") == confusion.labels
    assert [
        ["Person", 2, 0, 0],
        ["Place", 1, 0, 1],
        ["none", 0, 1, 0],
    ] == confusion.rows()


def test_faithfulness_is_the_share_of_strings_in_the_text() -> None:
    """Three strings, one of them nowhere, one changed a little."""
    loose = Mention("name", "bo", Span(14, 16), MatchKind.NORMALISED)
    said = [ADA, Grounded(Person("bo"), (loose,))]
    extraction = Extraction(Document(TEXT), (entity(Person, "Zoe", None),))
    found = faithfulness([said, extraction])
    assert 3 == found.strings
    assert pytest.approx(2 / 3) == found.found
    assert pytest.approx(1 / 3) == found.verbatim
    nothing = faithfulness([])
    assert (1.0, 1.0) == (nothing.found, nothing.verbatim)


def test_calibration_compares_confidence_with_accuracy() -> None:
    """Bins of a half: 0.2 wrong; 0.8 right and 1.0 wrong; one without a confidence."""
    said = [
        entity(Person, "Rome", 20, 0.2),
        entity(Person, "Ada Byron", 0, 0.8),
        entity(Person, "left", 32, 1.0),
        entity(Person, "Bo", 14),
    ]
    found = calibration([[ADA, BO, ROME]], [said], SCHEMA, bins=2)
    assert Bin(0.0, 0.5, 1, 0.2, 0.0) == found.bins[0]
    assert (2, 0.5) == (found.bins[1].count, found.bins[1].accuracy)
    assert pytest.approx(0.9) == found.bins[1].confidence
    assert (1, 3) == (found.without, found.count)
    # 1/3 of |0 - 0.2| and 2/3 of |0.5 - 0.9|.
    assert pytest.approx(1 / 3) == found.expected_error


def test_bins_hold_their_upper_end() -> None:
    """0.5 belongs to the lower of two bins, 0 to the first, 1 to the last."""
    said = [entity(Person, "Bo", 14, value) for value in (0.0, 0.5, 0.50001, 1.0)]
    counts = [each.count for each in calibration([[]], [said], SCHEMA, bins=2).bins]
    assert [2, 2] == counts
    assert 0.0 == calibration([[]], [[]], SCHEMA).expected_error


def test_calibration_refuses_what_it_cannot_do() -> None:
    """No bins, or a policy that leaves values out."""
    with pytest.raises(EvaluationError, match="at least 1"):
        calibration([], [], SCHEMA, bins=0)
    with pytest.raises(EvaluationError, match="leaves none out"):
        calibration([], [], SCHEMA, policy=Policy(counting="set"))


ENDS = (("Ada Byron", 0), ("Bo", 14))
TURNED = (ENDS[1], ENDS[0])


def test_classification_is_scored_as_semeval_does() -> None:
    """Four documents by hand: right; turned round; "other" taken for a relation; none given."""
    gold = [
        [relation(Knows, *ENDS)],
        [relation(Knows, *ENDS)],
        [relation(Other, *ENDS)],
        [relation(Likes, *ENDS)],
    ]
    said: list[list[Grounded[object]]] = [
        [relation(Knows, *ENDS)],
        [relation(Knows, *TURNED)],
        [relation(Knows, *ENDS)],
        [relation(Likes, ("Rome", 20), ("Bo", 14))],  # of another pair: says nothing of this one
    ]
    found = classify_relations(gold, said, SCHEMA, other=["Other"])
    # Knows: 1 right of 3 predicted and 2 gold, F1 2/5. Likes: 0 right of 0 predicted, 1 gold.
    assert {"Knows": Counts(1, 3, 2), "Likes": Counts(0, 0, 1)} == found.by_type
    assert pytest.approx(0.2) == found.macro_f1
    assert pytest.approx(2 * 1 / (3 + 3)) == found.micro_f1
    assert 0.25 == found.accuracy
    assert 1 == found.confusion.counts["Knows(e1,e2)", "Knows(e2,e1)"]
    assert 1 == found.confusion.counts["Other", "Knows(e1,e2)"]
    assert 1 == found.confusion.counts["Likes(e1,e2)", ""]


def test_other_has_no_direction() -> None:
    """A relation called "Other" the other way round is still right, and is not averaged over."""
    found = classify_relations(
        [[relation(Other, *ENDS)]], [[relation(Other, *TURNED)]], SCHEMA, other=["Other"]
    )
    assert (1.0, 0.0) == (found.accuracy, found.macro_f1)
    assert 0.0 == classify_relations([], [], SCHEMA).accuracy


def test_classification_needs_one_gold_relation() -> None:
    """A document without a gold relation cannot be classified."""
    with pytest.raises(EvaluationError, match="document 0 has 0 gold relations"):
        classify_relations([[]], [[]], SCHEMA)


DOCUMENT = DocumentFacts(
    (
        EntityCluster(frozenset({"Ada Byron"}), frozenset({Span(0, 9)})),
        EntityCluster(frozenset({"Bo", "Robert"}), frozenset({Span(14, 16), Span(29, 31)})),
    ),
    frozenset({Fact(0, "Knows", 1), Fact(1, "Likes", 0)}),
)


def test_facts_are_scored_by_entity() -> None:
    """Any mention of an entity will do, a fact said twice counts once, a stranger is wrong."""
    said = [
        relation(Knows, ("Ada Byron", 0), ("Bo", 29)),
        relation(Knows, ("Ada Byron", 0), ("Robert", None)),  # by name: the same fact
        relation(Likes, ("Bo", 14), ("Rome", 20)),  # Rome is no entity here
    ]
    found = score_facts([DOCUMENT], [said], SCHEMA)
    assert Counts(1, 2, 2) == found.micro
    assert 0.5 == found.f1


def test_known_facts_leave_precision_but_not_recall() -> None:
    """Ign F1: right facts of the training data are taken off both parts of the precision."""
    said = [relation(Knows, *ENDS), relation(Likes, *TURNED), relation(Likes, *ENDS)]
    known = {("Ada Byron", "Knows", "Robert"), ("Somebody", "Likes", "Else")}
    found = score_facts([DOCUMENT], [Extraction(Document(TEXT), tuple(said))], SCHEMA, known=known)
    assert (Counts(2, 3, 2), 1) == (found.micro, found.known)
    assert 0.5 == found.precision_without_known  # (2 - 1) / (3 - 1)
    assert pytest.approx(2 * 0.5 * 1.0 / 1.5) == found.ign_f1
    nothing = score_facts([DOCUMENT], [[]], SCHEMA)
    assert (0.0, 0.0) == (nothing.precision_without_known, nothing.ign_f1)


def test_training_facts_have_all_names() -> None:
    """A fact is known by every way to write its two entities."""
    assert {
        ("Ada Byron", "Knows", "Bo"),
        ("Ada Byron", "Knows", "Robert"),
        ("Bo", "Likes", "Ada Byron"),
        ("Robert", "Likes", "Ada Byron"),
    } == DOCUMENT.training_facts()


def test_facts_come_from_records() -> None:
    """Clusters of a record are the entities, its relations the facts."""
    from codeie.datasets import GoldCluster, GoldMention, GoldRelation, Record

    record = Record(
        Document(TEXT),
        mentions=(
            GoldMention("a", "PER", (Span(0, 9),), "Ada Byron"),
            GoldMention("b", "PER", (Span(14, 16),), "Bo"),
            GoldMention("c", "PER", (), "Robert"),
        ),
        relations=(GoldRelation("P1", "A", "B"),),
        clusters=(GoldCluster("A", ("a",)), GoldCluster("B", ("b", "c"))),
    )
    found = DocumentFacts.of(record, {"P1": "Knows"}.__getitem__)
    assert frozenset({Fact(0, "Knows", 1)}) == found.facts
    assert (
        EntityCluster(frozenset({"Bo", "Robert"}), frozenset({Span(14, 16)})) == found.entities[1]
    )


def test_relations_between_mentions_are_no_facts() -> None:
    """A record whose relations connect mentions is scored by `score`, and says so."""
    from codeie.datasets import GoldMention, GoldRelation, Record

    mentions = tuple(GoldMention(name, "PER", (Span(0, 3),), "Ada") for name in ("T1", "T2"))
    record = Record(Document(TEXT, id="d"), mentions, (GoldRelation("P1", "T1", "T2"),))
    with pytest.raises(EvaluationError, match="d: a P1 is not between entities"):
        DocumentFacts.of(record, str)


@dataclass
class Drug:
    """What was given."""

    name: str
    dose: str = ""


@dataclass
class Patient:
    """Who it was given to."""

    name: str
    age: str | None = None
    drugs: list[Drug] = field(default_factory=list)


@dataclass
class Given(Event):
    """A drug is given."""

    trigger: str
    patient: list[Patient] = field(default_factory=list)


def test_details_of_arguments_are_scored_apart() -> None:
    """By hand: of age, drug and dose of a patient, the dose is missed and the age right."""
    # In "a man of 40 got 5 mg of x".
    patient = Patient("a man", "40", [Drug("x", "5 mg")])
    gold: Grounded[object] = Grounded(
        Given("got", [patient]),
        (
            mention("trigger", "got", 12),
            mention("patient[0].name", "a man", 0),
            mention("patient[0].age", "40", 9),
            mention("patient[0].drugs[0].name", "x", 24),
            mention("patient[0].drugs[0].dose", "5 mg", 16),
        ),
    )
    said: Grounded[object] = Grounded(
        Given("got", [Patient("a man", "40")]),
        (
            mention("trigger", "got", 12),
            mention("patient[0].name", "a man", 0),
            mention("patient[0].age", "40", 9),
        ),
    )
    counts = score([[gold]], [[said]], [Given], metric="argument-details").micro
    assert Counts(1, 1, 3) == counts
    assert Counts(1, 1, 1) == score([[gold]], [[said]], [Given], metric="arguments").micro
    missed = find_errors([[gold]], [[said]], [Given], metric="argument-details").found
    assert ["Given.patient.drugs", "Given.patient.drugs.dose"] == [error.type for error in missed]


def test_facts_need_one_prediction_for_each_document() -> None:
    """One document without its prediction is an error."""
    with pytest.raises(EvaluationError, match="1 gold documents but 0 predicted"):
        score_facts([DOCUMENT], [], SCHEMA)


HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">"\'&\u202e'


class _Page(html.parser.HTMLParser):
    """Collects the elements of a page and checks that they are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert [] == self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "wbr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()


def test_reports_are_one_page_without_strangers() -> None:
    """Hostile strings anywhere add no element, no attribute and no script to the page."""
    plain = Extraction(Document("x" * len(HOSTILE), id="d"), (ADA,))
    hostile = Extraction(
        Document(HOSTILE, id=HOSTILE),
        (entity(Person, HOSTILE, 0), entity(Place, HOSTILE, None)),
        (Diagnostic(Code.UNGROUNDED, HOSTILE),),
    )
    pages = [
        _Page(report_html([[ROME]], [answer], SCHEMA, title=title))
        for answer, title in ((plain, "x"), (hostile, HOSTILE))
    ]
    for page in pages:
        tags = [tag for tag, _ in page.seen]
        assert 1 == tags.count("script")
        assert 0 == tags.count("img")
        names = {name for _, attributes in page.seen for name in attributes}
        assert not {name for name in names if name.startswith("on") or name in ("src", "href")}


def test_reports_show_every_document_and_say_why_one_is_empty() -> None:
    """Each document is an article with its kinds of error; unread answers are called so."""
    answers = [
        Extraction(Document(TEXT, id="first"), (ADA,)),
        Extraction(Document(TEXT), outcome=Outcome.UNPARSED),
        Extraction(Document(TEXT), outcome=Outcome.FAILED),
        Extraction(Document(TEXT), (ROME,)),
    ]
    gold = [[ADA], [ADA], [BO], [entity(Person, "Rome", 20)]]
    page = report_html(gold, answers, SCHEMA, limit=3)
    articles = [attributes for tag, attributes in _Page(page).seen if tag == "article"]
    assert ["[]", '["unparsed"]', '["unparsed"]'] == [one["data-kinds"] for one in articles]
    assert ["[]", '["Person"]', '["Person"]'] == [one["data-types"] for one in articles]
    assert 1 == page.count("could not be read; it is not the same")
    assert 1 == page.count("There is no answer.")
    assert "1 more documents are scored and not shown." in page
    assert "first" in page
    assert "Document 2" in page


def test_reports_name_the_rules_and_every_metric() -> None:
    """A number without its rules cannot be compared, so the page has them."""
    page = report_html(
        [[ADA]], [[ADA]], SCHEMA, texts=[TEXT], metrics=("entities", "relations"), paper="gollie"
    )
    assert "case=&#x27;ignore-in-entities&#x27;" in page or "case='ignore-in-entities'" in page
    assert "relations" in page


def test_reports_class_the_errors_of_all_strict_metrics() -> None:
    """Entities and relations of one document are in one table; looser metrics add nothing."""
    gold = [ADA, BO, relation(Knows, *ENDS)]
    said = [ADA, relation(Likes, *ENDS)]
    metrics = ("relations", "relations-boundary", "entities")
    page = report_html([gold], [said], SCHEMA, texts=[TEXT], metrics=metrics)
    (article,) = [attributes for tag, attributes in _Page(page).seen if tag == "article"]
    assert '["missing", "wrong type"]' == article["data-kinds"]
    assert "Errors by type and kind (relations, entities)" in page
    loose = report_html([gold], [said], SCHEMA, texts=[TEXT], metrics=["exact"])
    assert "Errors by type and kind (entities-boundary)" in loose


def test_reports_refuse_what_they_cannot_show() -> None:
    """No metric, or no text to show the mentions in."""
    with pytest.raises(EvaluationError, match="at least one metric"):
        report_html([], [], SCHEMA, metrics=())
    with pytest.raises(EvaluationError, match="give texts="):
        report_html([[ADA]], [[ADA]], SCHEMA)


def test_names_of_the_literature_mean_the_same_metrics() -> None:
    """What papers call Trg-C and strict is "triggers" and "entities" here."""
    assert "triggers" == score([], [], SCHEMA, metric="Trg-C").metric
    assert "entities" == score([], [], SCHEMA, metric="strict").metric


def test_case_may_count_for_relations_only() -> None:
    """GoLLIE folds the case of entities and keeps that of arguments."""
    policy = Policy(by="string", case="ignore-in-entities")
    lower = [entity(Person, "ada byron", None), relation(Knows, ("ada byron", None), ("Bo", 14))]
    exact = [ADA, relation(Knows, *ENDS)]
    entities = score([exact], [lower], SCHEMA, policy=policy)
    relations = score([exact], [lower], SCHEMA, metric="relations-boundary", policy=policy)
    assert (Counts(1, 1, 1), Counts(0, 1, 1)) == (entities.micro, relations.micro)


def test_loose_strings_have_no_articles_and_punctuation() -> None:
    """Then "The U.S." is "us"; a string of nothing else stays what it is."""
    policy = Policy(by="string", case="ignore", loose_strings=True)

    def matched(one: str, other: str) -> float:
        pair = ([[entity(Place, one, None)]], [[entity(Place, other, None)]])
        return score(*pair, SCHEMA, policy=policy).micro.matched

    assert 1 == matched("The U.S.", "us")
    assert 0 == matched("the", "a")
    assert 0 == matched("theatre", "tre")


@dataclass
class Alone(Relation):
    """A relation that names one end only."""

    head: Person


@dataclass
class Alarm(Event):
    """Something is heard; no word says so."""

    where: str = ""
    count: int = 0
    heard: bool = True


@dataclass
class Empty:
    """A record without a field."""


def test_odd_classes_are_scored_as_far_as_they_go() -> None:
    """A relation with one end is none; an event without a trigger has arguments all the same."""
    alone: Grounded[object] = Grounded(Alone(Person("Bo")), (mention("head.name", "Bo", 14),))
    schema = [Alone, Alarm, Empty]
    assert Counts(0, 0, 0) == score([[alone]], [[alone]], schema, metric="relations").micro
    alarm: Grounded[object] = Grounded(Alarm("Rome", 2), (mention("where", "Rome", 20),))
    assert Counts(1, 1, 1) == score([[alarm]], [[alarm]], schema, metric="triggers").micro
    # The place and the number; a flag is no mention.
    assert Counts(2, 2, 2) == score([[alarm]], [[alarm]], schema, metric="arguments").micro
    nothing: Grounded[object] = Grounded(Empty())
    assert Counts(0, 0, 0) == score([[nothing]], [[nothing]], schema, metric="slots").micro
    capped = Policy(by="string", cap=True)
    triggers = score([[alarm]], [[alarm]], schema, metric="triggers", policy=capped, texts=[TEXT])
    assert 1 == triggers.micro.matched


@dataclass
class Pair:
    """Two records; no schema knows it."""

    first: Drug
    second: Empty


def test_records_that_no_schema_knows_are_read_by_their_fields() -> None:
    """A nested record stands for its first string, and one without a string for nothing."""
    pair: Grounded[object] = Grounded(
        Pair(Drug("", "Bo"), Empty()), (mention("first.dose", "Bo", 14),)
    )
    assert Counts(1, 1, 1) == score([[pair]], [[pair]], SCHEMA, metric="slots").micro


def test_an_empty_string_is_nowhere() -> None:
    """White space is no mention that a text could hold."""
    policy = Policy(by="string", not_in_text="left-out")
    blank = entity(Person, "  ", None)
    scores = score([[ADA]], [[blank]], SCHEMA, policy=policy, texts=[TEXT])
    assert (Counts(0, 0, 1), 1) == (scores.micro, scores.left_out)
