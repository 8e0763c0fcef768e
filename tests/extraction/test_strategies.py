"""Strategies: what each asks, what it makes of the answers, and what it says it costs at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from codeie import (
    Capabilities,
    Cascade,
    Chunks,
    Client,
    Code,
    Completion,
    Continue,
    Decompose,
    Demonstration,
    Document,
    Ensemble,
    Entity,
    Event,
    Extraction,
    Extractor,
    Knowledge,
    Passes,
    Prompt,
    Reask,
    Relation,
    Settings,
    Span,
    StopReason,
    TwoStage,
    Verify,
    Vote,
)
from codeie.errors import (
    AuthenticationFailed,
    CodeIEError,
    InputError,
    ProviderUnavailable,
    RateLimited,
)
from codeie.parsing import Outcome
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str
    title: str = ""


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass
class Commands(Relation):
    """A person is captain of a ship."""

    head: Person
    tail: Ship


@dataclass
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ships: list[Ship] = field(default_factory=list)
    where: str = ""


TEXT = "Ada commands the Tern. Ida saw the Lotta and the Elbe sink off Skagen."


def asked(
    answers: Any, strategy: Any, classes: Sequence[type] = (Person, Ship), **options: Any
) -> tuple[Extraction[Any], ScriptedClient]:
    """What comes of the text, and who was asked."""
    client = answers if isinstance(answers, ScriptedClient) else ScriptedClient(answers)
    options.setdefault("style", "code4uie")
    extractor = Extractor(classes, model=client, strategy=strategy, example=False, **options)
    extraction = extractor(TEXT)
    most = extractor.calls_at_most(TEXT)
    assert most is None or len(extraction.steps) <= most
    return extraction, client


def codes(extraction: Extraction[Any]) -> list[Code]:
    """The codes of what is said of it."""
    return [one.code for one in extraction.diagnostics]


def roles(extraction: Extraction[Any]) -> list[str]:
    """What each call was for."""
    return [step.role for step in extraction.steps]


# Vote.


def test_votes_keep_what_most_have_with_their_share() -> None:
    """An item's confidence is the share of the answers that have it; the rest is dropped, told."""
    answers = [
        '[Person("Ada"), Ship("Tern")]',
        '[Person("Ada"), Ship("Tern"), Person("Ida")]',
        '[Person("Ada")]',
    ]
    found, client = asked(answers, Vote(3))
    assert [Person("Ada"), Ship("Tern")] == found.instances
    assert [1.0, 2 / 3] == [item.confidence for item in found.items]
    assert [Person("Ida")] == [item.value for item in found.dropped]
    assert [Code.OUTVOTED] == codes(found)
    assert "Person 'Ida' is in 1 of 3 answers; it is left out." == found.diagnostics[0].message
    assert ["vote 1 of 3", "vote 2 of 3", "vote 3 of 3"] == roles(found)
    assert [0.7] * 3 == [settings.temperature for settings in client.settings]
    assert [2 / 3] == [item["confidence"] for item in found.to_dict()["items"]][1:]


def test_a_mention_is_decided_before_its_class() -> None:
    """Three of five have something there, so it is something; two of them say what."""
    answers = ['[Ship("Elbe")]', '[Person("Elbe")]', '[Ship("Elbe")]', "[]", "[]"]
    found, _ = asked(answers, Vote(5))
    assert ([Ship("Elbe")], [0.4]) == (found.instances, [i.confidence for i in found.items])
    assert [Person("Elbe")] == [item.value for item in found.dropped]
    assert "in 1 of 5 answers, and as Ship in 2; it is left out" in found.diagnostics[0].message


def test_fields_are_voted_on_by_themselves() -> None:
    """What most holders have in a field is taken, and each field has its share, everywhere seen."""
    answers = [
        '[Person("Ada", title="Dr")]',
        '[Person("Ada", title="Ms")]',
        '[Person("Ada", title="Ms")]',
    ]
    found, _ = asked(answers, Vote(3))
    (item,) = found.items
    assert Person("Ada", "Ms") == item.value
    assert (1.0, (("name", 1.0), ("title", 2 / 3))) == (item.confidence, item.field_confidences)
    assert {"name": 1.0, "title": 2 / 3} == found.to_dict()["items"][0]["field_confidences"]
    assert "1.00 (title 0.67)" in found._repr_html_()
    assert Code.CONFLICTING in codes(found)


def test_elements_of_lists_are_voted_on_one_by_one() -> None:
    """Arguments that most have are put together, in a list that no answer had, with their places."""
    answers = [
        '[Sinking("sink", ships=[Ship("Lotta"), Ship("Tern")])]',
        '[Sinking("sink", ships=[Ship("Lotta"), Ship("Elbe"), Ship("Tern")], where="Skagen")]',
        '[Sinking("sink", ships=[Ship("Lotta"), Ship("Elbe")], where="Skagen")]',
    ]
    found, _ = asked(answers, Vote(3), [Sinking])
    (item,) = found.items
    assert Sinking("sink", [Ship("Lotta"), Ship("Tern"), Ship("Elbe")], "Skagen") == item.value
    for mention in item.mentions:
        assert mention.span is not None
        assert mention.string == mention.span.of(TEXT)
    assert ["trigger", "ships[0].name", "ships[1].name", "ships[2].name", "where"] == [
        mention.path for mention in item.mentions
    ]
    assert dict(item.field_confidences)["where"] == pytest.approx(2 / 3)


def test_two_classes_of_one_mention_stay_where_most_answers_have_both() -> None:
    """Classes compete for a place only where the answers give it fewer."""
    answers = ['[Ship("Elbe"), Person("Elbe")]'] * 2 + ['[Ship("Elbe")]']
    found, _ = asked(answers, Vote(3))
    assert [Ship("Elbe"), Person("Elbe")] == found.instances


def test_a_failed_vote_is_told_and_paid_for() -> None:
    """One failure is a diagnostic; all of them are the document's failure."""
    down = ProviderUnavailable("down")
    found, _ = asked(['[Ship("Tern")]', down, '[Ship("Tern")]'], Vote(3))
    assert ([Ship("Tern")], [1.0]) == (found.instances, [i.confidence for i in found.items])
    assert [Code.CALL_FAILED] == codes(found)
    assert "vote 2 of 3 failed (ProviderUnavailable: down)" in found.diagnostics[0].message
    with pytest.raises(RateLimited):
        asked([RateLimited("no")] * 3, Vote(3))
    chatie = ScriptedClient(["Person, Ship", "Person: Ada", "None", "Ship", down])
    found, _ = asked(chatie, Vote(2), style="chatie", settings=Settings(seed=3))
    assert len(found.steps) == 4  # what was answered before the failure is there, too


def test_a_wrong_key_is_no_failed_vote() -> None:
    """What no other call can fare better with ends it at once."""
    with pytest.raises(AuthenticationFailed):
        asked([AuthenticationFailed("no"), "[]", "[]"], Vote(3))


def test_unreadable_votes_have_no_say() -> None:
    """They are told, and the others are counted; if none can be read, that is the outcome."""
    found, _ = asked(['[Ship("Tern")]', "Sorry?", '[Ship("Tern")]'], Vote(3))
    assert [1.0] == [item.confidence for item in found.items]
    assert Code.NO_CODE in codes(found)
    found, _ = asked(["Sorry?"] * 3, Vote(3))
    assert Outcome.UNPARSED is found.outcome
    found, _ = asked(["[]", "Sorry?", "[]"], Vote(3))
    assert Outcome.EMPTY is found.outcome


def test_each_vote_has_a_seed_of_its_own() -> None:
    """With one seed all votes would be one; votes over votes share none either."""
    _, client = asked(["[]"] * 6, Vote(2, of=Vote(3)), settings=Settings(seed=7))
    assert 6 == len({settings.seed for settings in client.settings})
    _, client = asked(["[]"] * 3, Vote(3, temperature=1))
    assert [Settings(temperature=1)] * 3 == client.settings


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Vote(1), "n, the number of votes, must be a whole number from 2 to 1,000, got 1"),
        (lambda: Vote(3, temperature=0), "voting needs a temperature above 0, got 0"),
        (lambda: Vote(3, temperature=float("nan")), "temperature above 0, got nan"),
        (lambda: Vote(3, threshold=1), "threshold must be a number from 0 up to, not incl"),
        (
            lambda: Passes(1),
            "n, the number of passes, must be a whole number from 2 to 1,000, got 1",
        ),
        (lambda: Reask(0), "budget must be a whole number from 1 to 1,000, got 0"),
        (lambda: Reask(damaged=False, ungrounded=False), "asks nothing"),
        (lambda: Continue("2"), "budget must be a whole number from 1 to 1,000, got '2'"),  # type: ignore[arg-type]
        (lambda: Verify(limit=0), "limit must be a whole number from 1 to 1,000"),
        (lambda: Vote(99_999_999), "number of votes, must be .* 2 to 1,000, got 99999999"),
        (lambda: Passes(1_001), "number of passes, must be .* 2 to 1,000, got 1001"),
        (lambda: Reask(10**30), "budget must be .* 1 to 1,000, got 10{30}"),
        (lambda: Continue(1_001), "budget must be .* 1 to 1,000, got 1001"),
        (lambda: Verify(limit=1_001), "limit must be .* 1 to 1,000, got 1001"),
        (lambda: TwoStage(limit=1_001), "limit must be .* 1 to 1,000, got 1001"),
        (lambda: Knowledge(1_001), "sentences, .* must be .* 1 to 1,000, got 1001"),
        (lambda: Decompose(100_001), "size, .* must be .* 1 to 100,000, got 100001"),
        (
            lambda: Chunks(10**10),
            "the size of a chunk must be .* to 1,000,000,000, got 10000000000",
        ),
        (lambda: Chunks(400, across=1_001), "across must be .* 0 to 1,000, got 1001"),
        (lambda: Verify(5), "of is a technique to verify, such as Vote"),  # type: ignore[arg-type]
        (lambda: Decompose(0), "size, the number of classes of a group, must be"),
        (lambda: Decompose(groups=[[]]), "none of them empty"),
        (lambda: Ensemble(["json"]), "an ensemble needs at least two"),
        (lambda: Ensemble("json"), r"styles takes a list, \['json'\]"),
        (lambda: Ensemble(["json", "gollie"], merge="best"), "merge must be 'vote' or 'union'"),  # type: ignore[arg-type]
        (lambda: Ensemble(["json", "json"]), "styles of an ensemble names one twice; use Vote"),
        (lambda: Ensemble(["json", "golie"]), "there is no prompt style 'golie'; try gollie"),
        (lambda: Cascade("nobody/x"), "nobody"),
        (lambda: Cascade(ScriptedClient([]), below=2), "below must be a number from 0"),
        (lambda: TwoStage("type"), "a first stage 'type' is not known; try types"),  # type: ignore[arg-type]
        (lambda: TwoStage(then="json"), "then must be a style about given things, got 'json'"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(make: Any, said: str) -> None:
    """Each in one line that says what to give."""
    with pytest.raises(CodeIEError, match=said) as refused:
        make()
    assert "\n" not in str(refused.value)


DECIDING = ScriptedClient([], capabilities=Capabilities(scores_candidates=True))


@pytest.mark.parametrize(
    ("strategy", "options", "said"),
    [
        (Vote(3), {"settings": Settings(temperature=0)}, "voting needs a temperature above 0"),
        (Verify(Vote(3)), {"settings": Settings(temperature=0)}, "a temperature above 0, got 0"),
        (Vote(3), {"model": DECIDING}, "decides about spans and does not sample"),
        (Passes(2), {"model": DECIDING}, "decides about all spans at once"),
        (Verify(), {"model": DECIDING}, r"give Verify\(model=…\) one that does"),
        (TwoStage("spans"), {"classes": [Person]}, "spans first .* the schema has none"),
        (TwoStage("entities"), {}, "the schema has only one of the two"),
        (TwoStage("triggers"), {}, "triggers first .* the schema has none"),
        (Decompose(groups=[["Sip"]]), {}, "Sip is in a group .*; try Ship"),
        (Decompose(groups=[[Sinking]]), {}, "Sinking is in a group .*; try Person, Ship"),
    ],
)
def test_what_makes_no_sense_here_is_refused_before_any_text(
    strategy: Any, options: dict[str, Any], said: str
) -> None:
    """What a strategy cannot do with these classes, settings or this model is found at once."""
    given: dict[str, Any] = {"classes": [Person, Ship], "model": ScriptedClient([]), **options}
    with pytest.raises(InputError, match=said):
        Extractor(given.pop("classes"), strategy=strategy, **given)


# Ensemble.


def test_an_ensemble_asks_in_each_style_and_votes() -> None:
    """Styles have answers of their own forms; their agreement is the confidence."""

    def answer(prompt: Prompt) -> str:
        found = [Ship("Tern"), *([Ship("Elbe")] if prompt.style == "json" else [])]
        return prompt.syntax.write(found, prompt.schema)

    found, client = asked(answer, Ensemble(["json", "mention-first", "gollie"]), [Ship])
    assert [Ship("Tern")] == found.instances
    assert [Ship("Elbe")] == [item.value for item in found.dropped]
    assert ["json", "mention-first", "gollie"] == roles(found) == [p.style for p in client.prompts]
    found, _ = asked(answer, Ensemble(["json", "mention-first"], merge="union"), [Ship])
    assert [(Ship("Tern"), 1.0), (Ship("Elbe"), 0.5)] == [
        (item.value, item.confidence) for item in found.items
    ]


def test_an_ensemble_of_models_keeps_both_classes_by_union_and_tells() -> None:
    """Members that disagree on a class are both kept by union; a member that fails is told."""
    other = ScriptedClient(['[Person("Elbe")]'], name="other")
    third = ScriptedClient([RateLimited("later")], name="third")
    mine = ScriptedClient(['[Ship("Elbe")]'])
    both = Ensemble(models=[mine, other, third], merge="union")
    found, _ = asked(mine, both)
    assert [Ship("Elbe"), Person("Elbe")] == found.instances
    assert [Code.CALL_FAILED, Code.CONFLICTING] == codes(found)
    assert "Ship 'Elbe' is Ship and Person by different answers" in found.diagnostics[1].message
    assert "Ensemble(models=('scripted', 'other', 'third'), merge='union')" == repr(both)


def test_an_ensemble_takes_other_extractors() -> None:
    """Each asks its own model, in its own style, by its own strategy."""
    one = Extractor([Ship], model=ScriptedClient(['[Ship("Tern")]'] * 2), strategy=Vote(2))
    two = Extractor(
        [Ship], model=ScriptedClient(['[{"class": "Ship", "name": "Tern"}]']), style="json"
    )
    whole = Extractor([Ship], model=ScriptedClient([]), strategy=Ensemble(extractors=[one, two]))
    found = whole(TEXT)
    assert ([Ship("Tern")], 3) == (found.instances, whole.calls_at_most())
    assert ["extractor 1: vote 1 of 2", "extractor 1: vote 2 of 2", "extractor 2"] == roles(found)


# Passes.


def test_passes_ask_what_is_missing_until_nothing_is_new() -> None:
    """Each pass is a turn after the answer so far; what is said again is no second mention."""
    answers = ['[Ship("Tern")]', '[Ship("Elbe")]', '[Ship("Tern")]', '[Ship("Lotta")]']
    found, client = asked(answers, Passes(5), [Ship])
    assert [Ship("Tern"), Ship("Elbe")] == found.instances
    assert ["pass 1 of 5", "pass 2 of 5", "pass 3 of 5"] == roles(found)
    third = client.prompts[2].messages
    assert '[\nShip("Tern"),\nShip("Elbe"),\n]' == third[-2].content
    assert "If nothing is missing, write []." in third[-1].content
    assert client.prompts[1].messages[:2] == client.prompts[0].messages
    assert [Code.DUPLICATE_ITEM] == codes(found)


def test_a_failed_pass_leaves_what_was_found() -> None:
    """What further questions are for is not needed for a result."""
    found, _ = asked(['[Ship("Tern")]', RateLimited("later")], Passes(2), [Ship])
    assert ([Ship("Tern")], [Code.CALL_FAILED]) == (found.instances, codes(found))
    found, _ = asked(['[Ship("Tern")]'], Passes(2), [Ship], limit=110)
    assert [Code.NOT_APPLIED] == codes(found)
    assert "over the limit of 110" in found.diagnostics[0].message


def test_a_style_of_many_questions_gets_passes_in_one() -> None:
    """Of several questions none is about all, so what is missing is asked in the default style."""
    found, client = asked(
        ["Ship", "Ship: Tern", 'add("Elbe", Ship)', "None"], Passes(3), [Ship], style="chatie"
    )
    assert [Ship("Tern"), Ship("Elbe")] == found.instances
    assert ["chatie", "chatie", "mention-first", "mention-first"] == [
        prompt.style for prompt in client.prompts
    ]


# Verify.


def test_what_is_denied_is_dropped_with_the_reason() -> None:
    """Each item is asked about by itself, two mentions of one string once."""
    answers = {"Tern": "Yes.", "Skagen": "No, it is a town.", "Elbe": "It may be."}
    author = ['[Ship("Tern"), Ship("Skagen"), Ship("Elbe"), Ship("Tern")]']
    judge = ScriptedClient(lambda p: next(a for s, a in answers.items() if f'"{s}"' in p.question))
    found, _ = asked(author, Verify(model=judge, reasons=True), [Ship], repeats="keep")
    assert [Ship("Tern"), Ship("Elbe"), Ship("Tern")] == found.instances
    assert [Ship("Skagen")] == [item.value for item in found.dropped]
    said = {one.code: one.message for one in found.diagnostics}
    assert "denied it, so it is left out: it is a town." in said[Code.NOT_CONFIRMED]
    assert "not verified: the answer was 'It may be.'" in said[Code.NOT_APPLIED]
    assert ["extract", "verify", "verify", "verify"] == roles(found)
    assert (
        'Is "Tern" in this text a ship (Ship: A vessel with a name.)?' in judge.prompts[0].question
    )
    assert "and then why" in judge.prompts[0].question


def test_all_items_are_verified_in_one_question() -> None:
    """A line for each; an item without a line stays, told; what is no mention is shown as code."""
    answers = [
        '[Ship("Tern"), Ship("Elbe"), Commands("Ada", "Tern")]',
        "1. True\n2 | false | a river\n",
    ]
    found, client = asked(answers, Verify(batch=True), [Ship, Commands])
    assert [Ship("Tern"), Commands(Person("Ada"), Ship("Tern"))] == found.instances
    assert [Code.NOT_CONFIRMED, Code.NOT_APPLIED] == codes(found)[-2:]
    assert '3. Commands(head=Person(name="Ada"), tail="Tern")' in client.prompts[1].question
    assert "- Commands: A person is captain of a ship." in client.prompts[1].question


def test_a_check_that_fails_denies_nothing() -> None:
    """What could not be asked stays, and it is told; so does what is over the limit."""
    answers = ['[Ship("Tern"), Ship("Elbe"), Ship("Lotta")]', "no", RateLimited("later")]
    found, _ = asked(answers, Verify(limit=2), [Ship])
    assert [Ship("Elbe"), Ship("Lotta")] == found.instances
    assert [Code.NOT_CONFIRMED, Code.CALL_FAILED, Code.NOT_APPLIED] == codes(found)
    # What is said of an item is with it.
    about = [[one.code for one in item.diagnostics] for item in (*found.dropped, *found.items)]
    assert [[Code.NOT_CONFIRMED], [Code.CALL_FAILED], [Code.NOT_APPLIED]] == about
    found, _ = asked(['[Ship("Tern")]', "no"], Verify(), [Ship])
    assert (Outcome.EMPTY, []) == (found.outcome, found.instances)


# Reask.


def test_only_what_could_not_be_used_is_asked_about() -> None:
    """The message is the diagnostics; what was sound stays, what was mended is added."""
    answers = [
        '[Ship("Tern"), Ship(nome=3, x=4), Ship("Nautilus")]',
        '[Ship("Elbe"), Ship("Lotta")]',
    ]
    found, client = asked(answers, Reask(), [Ship])
    assert [Ship("Tern"), Ship("Elbe"), Ship("Lotta")] == found.instances
    assert [Ship("Nautilus")] == [item.value for item in found.dropped]
    question = client.prompts[1].question
    assert "- Ship: the text does not hold 'Nautilus'\n" in question
    assert "Ship(nome=3, x=4)" in question
    assert Code.ASKED_AGAIN is codes(found)[0]
    assert ["extract", "ask again"] == roles(found)


def test_reasking_ends_with_its_budget_or_when_all_is_well() -> None:
    """Each round is about the latest answer alone."""
    answers = ['[Ship("Nix")]', '[Ship("Nox")]', '[Ship("Tern")]', "[]"]
    found, _ = asked(answers, Reask(5), [Ship])
    assert ([Ship("Tern")], 3) == (found.instances, len(found.steps))
    found, _ = asked(answers, Reask(1), [Ship])
    assert [Ship("Nox")] == found.instances
    assert "ungrounded" == found.items[0].match
    found, _ = asked(["What?", '[Ship("Tern")]'], Reask(), [Ship])
    assert ([Ship("Tern")], Outcome.ITEMS) == (found.instances, found.outcome)
    found, _ = asked(["What?", "[]"], Reask(), [Ship])
    assert Outcome.EMPTY is found.outcome
    found, _ = asked(['[Ship("Nix")]', "What?"], Reask(), [Ship])
    assert [Ship("Nix")] == found.instances


# Continue.


def cut(text: str) -> Completion:
    """An answer that ended at the limit."""
    return Completion(text, StopReason.LENGTH)


def test_an_answer_that_was_cut_off_is_taken_up() -> None:
    """After its last whole item, in a further turn, as long as it is cut and something comes."""
    answers = [cut('[Ship("Tern"), Ship("Lot'), cut('[Ship("Lotta"), Sh'), '[Ship("Elbe")]']
    found, client = asked(answers, Continue(), [Ship])
    assert [Ship("Tern"), Ship("Lotta"), Ship("Elbe")] == found.instances
    assert '[Ship("Tern")' == client.prompts[1].messages[-2].content
    assert '[Ship("Tern")\n[Ship("Lotta")' == client.prompts[2].messages[-2].content
    assert ["extract", "continue", "continue"] == roles(found)
    assert [Code.ASKED_AGAIN] * 2 == codes(found)  # nothing is missing any more
    found, _ = asked([cut("[Ship("), cut("["), "[]"], Continue(), [Ship])
    assert ([], 2) == (found.instances, len(found.steps))


def test_a_model_that_can_goes_on_from_the_answer_itself() -> None:
    """The answer is begun for it, in both layouts; nothing of it is read twice."""
    for layout in ("conversation", "completion"):
        client = ScriptedClient(
            [cut('[Ship("Tern"), Ship("Lot'), Completion(', Ship("Lotta")]', prefilled=True)],
            capabilities=Capabilities(prefill=True),
        )
        found, _ = asked(client, Continue(), [Ship], layout=layout)
        assert [Ship("Tern"), Ship("Lotta")] == found.instances
        assert client.prompts[1].prefill.strip() == '[Ship("Tern")'
        assert client.prompts[1].completion.endswith('= [Ship("Tern")') or layout != "completion"


def test_half_a_line_is_no_whole_item() -> None:
    """In forms of lines the last one may be cut within its string; it gives way to the whole."""
    answers = [cut("Ship: Tern\nShip: Lott"), "Ship: Lotta\nShip: Elbe"]
    found, client = asked(answers, Continue(), [Ship], style="instructuie")
    assert [Ship("Tern"), Ship("Lotta"), Ship("Elbe")] == found.instances
    assert [Ship("Lott")] == [item.value for item in found.dropped]
    assert "Ship: Tern" == client.prompts[1].messages[-2].content


def test_votes_that_were_cut_are_not_mixed() -> None:
    """Several answers to one question are not taken up together; it is said what to do."""
    found, _ = asked([cut('[Ship("Tern"), '), cut('[Ship("Tern")')], Continue(of=Vote(2)), [Ship])
    assert 2 == len(found.steps)
    assert "Vote(…, of=Continue())" in found.diagnostics[-1].message
    answers = [cut('[Ship("Tern"), '), '[Ship("Elbe")]', '[Ship("Tern"), Ship("Elbe")]']
    found, _ = asked(
        ScriptedClient(answers), Vote(2, of=Continue()), [Ship], settings=Settings(max_tokens=9)
    )
    assert len(found.steps) == 3


# TwoStage.


def test_types_first_narrows_the_second_question() -> None:
    """Only the classes that were named are shown; where none are, nothing more is asked."""
    found, client = asked(["Ship", '[Ship("Tern")]'], TwoStage("types"))
    assert ([Ship("Tern")], ["types", "extract"]) == (found.instances, roles(found))
    assert "class Person" not in client.prompts[1].classes
    found, _ = asked(["Nothing"], TwoStage("types"))
    assert (Outcome.EMPTY, 1) == (found.outcome, len(found.steps))
    found, _ = asked(["Well?", '[Ship("Tern")]'], TwoStage("types"))
    assert [Ship("Tern")] == found.instances
    assert Code.NOT_APPLIED in codes(found)
    found, _ = asked([RateLimited("later"), '[Ship("Tern")]'], TwoStage("types"))
    assert ([Ship("Tern")], [Code.CALL_FAILED]) == (found.instances, codes(found))


@dataclass
class Port(Entity):
    """A town with a harbour."""

    name: str


def test_spans_first_then_the_class_of_each() -> None:
    """Mentions are found without classes; what fits none is dropped, told, as is what is unclear."""
    answers = [
        '[Untyped("Tern"), Untyped("Skagen"), Untyped("Ada"), Untyped("Elbe")]',
        "1. Ship\n2. Prt\n3. None\n4. whatever",
    ]
    found, client = asked(answers, TwoStage("spans"), [Ship, Port])
    assert [Ship("Tern"), Port("Skagen")] == found.instances
    assert [Span(17, 21), Span(63, 69)] == [item.span for item in found.items]
    assert ["name"] == list(found.items[0].spans)
    assert [Code.RESOLVED_NAME, Code.NOT_CONFIRMED, Code.UNKNOWN_CLASS] == codes(found)
    assert 2 == len(found.dropped)
    assert ["spans", "types"] == roles(found)
    assert '2. "Skagen"' in client.prompts[1].question
    found, _ = asked(["[]"], TwoStage("spans"), [Ship, Port])
    assert (Outcome.EMPTY, 1) == (found.outcome, len(found.steps))


def test_entities_first_are_told_to_the_second_question() -> None:
    """As an earlier turn, or as given things by styles that show them."""
    answers = ['[Person("Ada"), Ship("Tern")]', '[Commands("Ada", "Tern")]']
    classes = [Person, Ship, Commands]
    found, client = asked(answers, TwoStage("entities"), classes)
    assert [Person("Ada"), Ship("Tern"), Commands(Person("Ada"), Ship("Tern"))] == found.instances
    turns = client.prompts[1].messages
    assert '[\nPerson("Ada"),\nShip("Tern"),\n]' == turns[-2].content
    assert "class Commands" in turns[-1].content
    assert ["entities", "relations"] == roles(found)
    found, client = asked(answers, TwoStage("entities"), classes, style="gollie")
    assert client.prompts[1].earlier is None
    assert '# "Tern": Ship' in str(client.prompts[1])
    found, _ = asked(answers, TwoStage("entities"), [Commands])
    assert [Commands(Person("Ada"), Ship("Tern"))] == found.instances


def test_entities_that_are_given_are_not_asked_for() -> None:
    """A document that tells them needs the second stage alone."""
    client = ScriptedClient(['[Commands(Person("Ada"), Ship("Tern"))]'])
    extractor = Extractor([Commands, Ship], model=client, strategy=TwoStage("entities"))
    found = extractor(Document(TEXT, given=[Person("Ada"), Ship("Tern")]))
    assert (1, 1) == (len(found.instances), len(found.steps))


def test_triggers_first_then_the_arguments_of_each() -> None:
    """An event that the second stage says nothing readable of stays as it was found."""

    def answer(prompt: Prompt) -> str:
        if prompt.style == "code4uie-arguments":
            return '    ships=[Ship("Elbe")],\n)'
        return '[Sinking("sink"), Ship("Tern")]'

    found, client = asked(answer, TwoStage("triggers"), [Sinking, Ship])
    assert [Ship("Tern"), Sinking("sink", [Ship("Elbe")])] == found.instances
    assert "ships" not in client.prompts[0].classes
    assert ["triggers", "arguments"] == roles(found)
    found, _ = asked(
        lambda p: "?!" if p.style == "code4uie-arguments" else '[Sinking("sink")]',
        TwoStage("triggers"),
        [Sinking],
    )
    assert [Sinking("sink")] == found.instances
    many = '[Sinking("sink"), Sinking("saw"), Sinking("off")]'
    found, _ = asked(
        lambda p: ")" if p.style == "code4uie-arguments" else many,
        TwoStage("triggers", limit=2),
        [Sinking],
    )
    assert (3, 3) == (len(found.instances), len(found.steps))
    assert "Of 3 events the arguments of 2 were asked for." == found.diagnostics[-1].message


# Decompose.


def test_classes_are_asked_about_in_groups() -> None:
    """Each group has its own prompt, with its part of the demonstrations; conflicts are told."""

    def answer(prompt: Prompt) -> str:
        (spec,) = prompt.schema.classes
        return f'[{spec.name}("Elbe")]'

    shown = Demonstration("Bo met the Ark.", [Person("Bo"), Ship("Ark")])
    found, client = asked(answer, Decompose(), demonstrations=[shown])
    assert [Person("Elbe"), Ship("Elbe")] == found.instances
    assert [Code.CONFLICTING] == codes(found)
    assert ["Person", "Ship"] == roles(found)
    assert '[\nPerson("Bo"),\n]' == client.prompts[0].demonstrations[0].answer
    found, _ = asked(answer, Decompose(groups=[["Ship"]]))
    assert ["Ship", "Person"] == roles(found)
    found, _ = asked(['[Ship("Tern")]'], Decompose(2))
    assert (["extract"], None) == (roles(found), found.items[0].confidence)


def test_a_group_that_fails_is_told() -> None:
    """The other groups stay."""
    found, _ = asked([RateLimited("later"), '[Ship("Tern")]'], Decompose())
    assert ([Ship("Tern")], [Code.CALL_FAILED]) == (found.instances, codes(found))


# Cascade.


def dear(answer: Any) -> ScriptedClient:
    """A model that is asked when the first is not sure."""
    return ScriptedClient([answer], name="dear")


@pytest.mark.parametrize(
    ("first", "why"),
    [
        ("Sorry?", "its answer could not be read"),
        (cut('[Ship("Tern")'), "its answer is a truncated-answer"),
        (Completion("", StopReason.REFUSED), "it refused"),
        (RateLimited("later"), "its call failed"),
        ('[Ship("Nix"), Ship("Tern")]', "it is not sure of 1 of 2 items"),
    ],
)
def test_a_dearer_model_is_asked_where_the_first_is_not_enough(first: Any, why: str) -> None:
    """Its answer counts, in its own words; what only the first had is dropped, not lost."""
    second = dear('[Ship("Elbe"), Ship("Tern")]')
    found, _ = asked([first], Cascade(second), [Ship])
    assert [Ship("Elbe"), Ship("Tern")] == found.instances
    assert Code.ASKED_AGAIN is codes(found)[0]
    assert why in found.diagnostics[0].message
    assert "second model" == roles(found)[-1]
    assert ([Ship("Nix")] if "sure" in why else []) == [item.value for item in found.dropped]


def test_a_sure_answer_costs_one_call() -> None:
    """The dearer model is asked by agreement of the first one's votes, and then once."""
    second = dear("[]")
    found, _ = asked(['[Ship("Tern")]'] * 3, Cascade(second, of=Vote(3)), [Ship])
    assert ([Ship("Tern")], []) == (found.instances, second.prompts)
    unsure = ['[Ship("Tern")]', '[Ship("Tern")]', "[]"]
    found, _ = asked(unsure, Cascade(second, of=Vote(3)), [Ship])
    assert (1, []) == (len(second.prompts), found.instances)
    assert [Ship("Tern")] == [item.value for item in found.dropped]
    found, _ = asked(['[Ship("Nix")]'], Cascade(dear(RateLimited("no"))), [Ship])
    assert [Ship("Nix")] == found.instances
    assert Code.CALL_FAILED in codes(found)
    with pytest.raises(RateLimited, match="first"):
        asked([RateLimited("first")], Cascade(dear(RateLimited("no"))), [Ship])


# Costs and names.


@pytest.mark.parametrize(
    ("strategy", "most"),
    [
        (None, 1),
        (Vote(5), 5),
        (Verify(Vote(5)), 35),
        (Verify(Vote(5), batch=True), 6),
        (Vote(5, of=Passes(2)), 10),
        ([Vote(2), Reask(3)], 5),
        (Continue(), 4),
        (Decompose(), 2),
        (TwoStage("types"), 2),
        (Ensemble(["json", "chatie"]), 4),
        (Ensemble(["json", "gpt-ner"]), None),
        (Cascade(ScriptedClient([]), of=Vote(3)), 4),
        ([Vote(3), Cascade(ScriptedClient([]))], 4),
        (lambda way: way, None),
    ],
)
def test_a_strategy_says_its_calls_beforehand(strategy: Any, most: int | None) -> None:
    """Without asking anybody; a function of one's own, and some styles, do not tell."""
    client = ScriptedClient([])
    extractor = Extractor([Person, Ship], model=client, strategy=strategy, chunk=200)
    assert most == extractor.calls_at_most()
    assert [] == client.prompts
    if most is not None:
        assert 2 * most == extractor.calls_at_most("Ada met Bo. " * 30)


@pytest.mark.parametrize(
    "strategy",
    [
        Verify(Vote(5)),
        Vote(3, temperature=0.4, of=Continue()),
        Reask(2, ungrounded=False),
        TwoStage("spans", of=Passes(3)),
        Decompose(groups=((Ship,), ("Person",))),
        Ensemble(("json", "gollie"), merge="union"),
        Verify(model="openai/gpt-5.2", batch=True),
        Cascade("anthropic/claude-sonnet-4-5", of=Vote(3)),
    ],
)
def test_a_strategy_shows_itself_as_the_code_that_makes_it(strategy: Any) -> None:
    """Values are equal to what their own code makes."""
    made = eval(repr(strategy), {**globals()})  # noqa: S307
    assert (strategy, hash(strategy), repr(strategy)) == (made, hash(made), repr(made))
    assert strategy != Verify()


def test_a_list_is_the_same_as_techniques_in_each_other() -> None:
    """The first one innermost."""
    for strategy in (
        [Vote(5), Verify()],
        "vote(5),verify",
        Verify(Vote(5)),
        [["vote(5)"], Verify()],
    ):
        extractor = Extractor([Ship], model=ScriptedClient([]), strategy=strategy)
        assert Verify(Vote(5)) == extractor.strategy
    assert "strategy=Verify(Vote(5))" in repr(extractor)
    assert None is Extractor([Ship], model=ScriptedClient([]), strategy=[]).strategy


def test_a_client_of_ones_own_is_named_in_what_shows_itself() -> None:
    """Not as an object with an address."""
    client: Client = ScriptedClient([], name="mine")
    assert "Verify(model='mine')" == repr(Verify(model=client))
