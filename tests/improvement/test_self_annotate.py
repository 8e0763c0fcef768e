"""Demonstrations from texts without labels: what is sure is kept, all else is told."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import (
    Capabilities,
    Cascade,
    Completion,
    Decompose,
    Ensemble,
    Entity,
    Extractor,
    InputError,
    Passes,
    Reask,
    StopReason,
    Usage,
    Verify,
    Vote,
)
from codeie.errors import AuthenticationFailed, BudgetSpent, CreditSpent, ProviderUnavailable
from codeie.extraction import Limits
from codeie.improvement import Verdict, judge, most_calls, self_annotate
from codeie.prompting import Prompt, read_demonstrations, write_demonstrations
from codeie.selection import BM25, Random
from codeie.testing import ScriptedClient


@dataclass(frozen=True)
class Person(Entity):
    """A human being with a name."""

    name: str


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str


PEOPLE = ("Ada", "Ida", "Ole", "Mads", "Ebba", "Finn")
SHIPS = ("Tern", "Lotta", "Gull", "Swan", "Heron", "Petrel")
GOLD: dict[str, list[Entity]] = {
    f"{person} took the {ship} past Skagen on day {day}.": [Person(person), Ship(ship)]
    for day, (person, ship) in enumerate(zip(PEOPLE * 10, (*SHIPS[1:], SHIPS[0]) * 10, strict=True))
}
TEXTS = list(GOLD)


def noisy(seed: int = 1) -> Callable[[Prompt], str]:
    """A model that misses, mistakes and makes up, each by its own chance, anew in each answer."""
    times: Counter[str] = Counter()

    def answer(prompt: Prompt) -> str:
        times[prompt.text] += 1
        draws = random.Random(f"{seed}{prompt.text}{times[prompt.text]}")  # noqa: S311 - no secret
        said: list[Entity] = []
        for right in GOLD[prompt.text]:
            chance = draws.random()
            if chance < 0.06:
                continue
            wrong = {Person: Ship, Ship: Person}[type(right)]
            said.append(wrong(right.name) if chance < 0.16 else right)  # type: ignore[attr-defined]
        if draws.random() < 0.2:
            said.append(draws.choice((Person, Ship))("Skagen"))
        return f"[{', '.join(map(repr, said))}]"

    return answer


def by_text(answers: dict[str, list[Any]]) -> Callable[[Prompt], Any]:
    """A model with answers to each text, given in turn."""
    left = {text: iter(said) for text, said in answers.items()}
    return lambda prompt: next(left[prompt.text])


def sorted_(instances: set[Any]) -> list[Any]:
    """In an order that does not change from run to run."""
    return sorted(instances, key=repr)


def precision(pairs: Iterable[tuple[str, Iterable[object]]]) -> tuple[int, int]:
    """How many instances are gold, and how many there are."""
    found = [(instance, GOLD[text]) for text, instances in pairs for instance in instances]
    return sum(instance in gold for instance, gold in found), len(found)


def annotating(answers: Any, strategy: Any = Vote(5), **options: Any) -> Extractor[Any]:
    """An extractor over a script."""
    return Extractor(
        [Person, Ship],
        model=ScriptedClient(answers),
        style="code4uie",
        strategy=strategy,
        **options,
    )


def test_what_is_kept_is_more_precise_than_all() -> None:
    """Of a noisy model's answers, those that agree are right more often, by the thresholds."""
    extractions = list(annotating(noisy()).extract_many(TEXTS))
    first = [(each.document.text, each.steps[0].read().instances) for each in extractions]
    majority = [(each.document.text, each.instances) for each in extractions]

    def kept(reliability: float) -> list[tuple[str, Iterable[object]]]:
        judged = [judge(each, reliability=reliability) for each in extractions]
        shown = [one.demonstration for one in judged if one.demonstration is not None]
        return [(one.text, one.instances) for one in shown]

    measured = [precision(each) for each in (first, majority, kept(0.8), kept(0.85))]
    assert measured == [(98, 121), (118, 123), (45, 46), (12, 12)]
    shares = [right / total for right, total in measured]
    assert shares == sorted(set(shares))


def test_what_agrees_is_shown_and_what_does_not_is_told() -> None:
    """Each document has its verdict and its reliability; each item that is not shown is there."""
    answers = {
        "Ada took the Tern.": ['[Person("Ada"), Ship("Tern")]'] * 5,
        # Four of five have the ship: 1.8 of the 2 items that they agree on.
        "Ida took the Gull.": ['[Person("Ida"), Ship("Gull")]'] * 4 + ['[Person("Ida")]'],
        # Three of five: the ship is too unsure, and the document is not.
        "Ole took the Swan.": ['[Person("Ole"), Ship("Swan")]'] * 3 + ['[Person("Ole")]'] * 2,
        # One answer makes the town a ship: 2 of 2.2.
        "Finn saw Oban from the Lotta.": [
            *['[Person("Finn"), Ship("Lotta")]'] * 4,
            '[Person("Finn"), Ship("Lotta"), Ship("Oban")]',
        ],
        "Mads saw the Heron.": ['[Person("Mads")]', '[Ship("Heron")]', "[]", "[]", "[]"],
        "It rained.": ["[]"] * 5,
        "It rained for days.": ["[]"] * 4 + ['[Ship("days")]'],
        "Ebba saw it.": ['[Person("Ebba")]'] * 4 + ["I cannot say."],
        "Nobody came.": ["I cannot say."] * 5,
        " ": [],
    }
    found = self_annotate(answers.keys(), annotating(by_text(answers)))
    assert [(one.verdict, one.reliability) for one in found.judged] == [
        (Verdict.KEPT, 1.0),
        (Verdict.KEPT, 0.9),
        (Verdict.KEPT, 0.8),
        (Verdict.KEPT, 2 / 2.2),
        (Verdict.UNSURE, 1 - 2 / 5),
        (Verdict.KEPT, 1.0),
        (Verdict.KEPT, 0.8),
        (Verdict.INCOMPLETE, 1.0),
        (Verdict.FAILED, None),
        (Verdict.NOT_ASKED, None),
    ]
    assert [tuple(one.instances) for one in found.demonstrations] == [
        (Person("Ada"), Ship("Tern")),
        (Person("Ida"), Ship("Gull")),
        (Person("Ole"),),
        (Person("Finn"), Ship("Lotta")),
        (),
        (),
    ]
    assert [[item.value for item in one.left_out] for one in found.judged[:4]] == [
        [],
        [],
        [Ship("Swan")],
        [],
    ]
    assert found.verdicts == {
        Verdict.FAILED: 1,
        Verdict.NOT_ASKED: 1,
        Verdict.INCOMPLETE: 1,
        Verdict.UNSURE: 1,
        Verdict.KEPT: 6,
    }
    assert (found.calls, found.ended) == (45, None)


def test_documents_of_nothing_need_not_be_kept() -> None:
    """They teach that there may be nothing, and who wants none of them says so."""
    found = self_annotate(["It rained."], annotating(["[]"] * 5), empty=False)
    assert [one.verdict for one in found.judged] == [Verdict.NOTHING]


def test_a_text_is_shown_once() -> None:
    """A document whose text an earlier one has is no further example."""
    found = self_annotate(["Ada.", "Ada."], annotating(['[Person("Ada")]'] * 10))
    assert [one.verdict for one in found.judged] == [Verdict.KEPT, Verdict.REPEATED]


@pytest.mark.parametrize("lost", [StopReason.LENGTH, StopReason.REFUSED])
def test_what_may_lack_something_is_no_example(lost: StopReason) -> None:
    """One answer of several that was cut off or refused is enough."""
    answers = ['[Person("Ada")]', Completion('[Person("Ada")]', lost)]
    found = self_annotate(["Ada."], annotating(answers, Vote(2)))
    assert [(one.verdict, one.reliability) for one in found.judged] == [(Verdict.INCOMPLETE, 1.0)]


def test_what_is_not_in_the_text_is_never_shown() -> None:
    """Nor is what stands there in other letters: examples teach to copy."""
    said = '[Person("Ada"), Person("Ebba Holmstrom"), Ship("Titanic")]'
    found = self_annotate(
        ["Ada saw Ebba Holmström."], annotating([said] * 2, Vote(2)), reliability=0
    )
    (one,) = found.judged
    assert one.demonstration is not None
    assert one.demonstration.instances == (Person("Ada"),)
    assert [item.value for item in one.left_out] == [Person("Ebba Holmstrom"), Ship("Titanic")]


# What tells what is sure.


def test_verification_alone_tells_it() -> None:
    """What is confirmed is sure; what is denied counts against it; what is left open is not."""
    said = '[Person("Ada"), Person("Ida"), Person("Ole"), Ship("Tern"), Ship("Oban")]'
    text = "Ada, Ida and Ole took the Tern to Oban."
    answers = [said, "Yes", "Yes", "Yes", "Yes", "No"]
    found = self_annotate([text], annotating(answers, Verify()))
    assert (found.judged[0].verdict, found.judged[0].reliability) == (Verdict.KEPT, 4 / 5)
    left_open = [said, "Yes", "Yes", "Yes", "Hm", "No"]
    found = self_annotate([text], annotating(left_open, Verify()), reliability=0.6)
    assert (found.judged[0].verdict, found.judged[0].reliability) == (Verdict.KEPT, 3 / 5)
    assert [item.value for item in found.judged[0].left_out] == [Ship("Tern")]
    capped = [said, "Yes", "Yes", "Yes"]
    found = self_annotate([text], annotating(capped, Verify(limit=3)), reliability=0)
    assert [item.value for item in found.judged[0].left_out] == [Ship("Tern"), Ship("Oban")]


def test_verification_of_votes_and_votes_of_verification() -> None:
    """What is denied after the vote counts with what it had; or each answer is verified."""
    said = '[Person("Ada"), Ship("Oban")]'
    after = annotating([said, said, "Yes", "No"], Verify(Vote(2)))
    found = self_annotate(["Ada saw Oban."], after, reliability=0.5)
    assert (found.judged[0].reliability, found.judged[0].verdict) == (1 / 2, Verdict.KEPT)
    before = annotating([said, said, "Yes", "Yes", "Yes", "No"], Vote(2, of=Verify()))
    found = self_annotate(["Ada saw Oban."], before, reliability=0.6, concurrency=1)
    assert found.judged[0].reliability == 1 / 1.5
    assert found.demonstrations[0].instances == (Person("Ada"),)


@pytest.mark.parametrize(
    "strategy", [None, Passes(2), Reask(), Decompose(), Passes(2, of=Verify()), "continue"]
)
def test_what_never_tells_is_refused_before_anybody_is_asked(strategy: Any) -> None:
    """A corpus is not paid for to find that nothing of it can be kept."""
    extractor = annotating([], strategy)
    with pytest.raises(InputError, match=r"does not tell what is sure; give the extractor"):
        self_annotate(["Ada."], extractor)


@pytest.mark.parametrize(
    "strategy",
    [
        Passes(2, of=Vote(2)),
        [Vote(2), Reask()],
        Ensemble(["code4uie", "gollie"]),
        Cascade(ScriptedClient([]), of=Vote(2)),
        [Vote(2), lambda way: way],
    ],
)
def test_what_may_tell_is_taken(strategy: Any) -> None:
    """A vote anywhere in it, or a function of one's own, of which nothing is known."""
    assert self_annotate([], annotating([], strategy)).judged == ()


def test_the_model_that_gives_confidences_needs_no_strategy() -> None:
    """One that decides about spans says how likely each is, of which those are shown."""
    client = ScriptedClient([], capabilities=Capabilities(scores_candidates=True))
    extractor = Extractor([Person, Ship], model=client, style="code4uie")
    assert self_annotate([], extractor).judged == ()
    sure = Completion('[Person("Ada"), Ship("Oban")]', confidences=(0.9, 0.7))
    (one,) = annotating([sure], None).extract_many(["Ada saw Oban."])
    judged = judge(one)
    assert judged.reliability == 0.8
    assert judged.demonstration is not None
    assert judged.demonstration.instances == (Person("Ada"),)


# Costs, failures, runs.


def test_the_most_calls_are_said_beforehand() -> None:
    """As many as the strategy takes for each, without asking anybody."""
    extractor = annotating([], Verify(Vote(5), batch=True))
    assert most_calls(extractor, TEXTS) == 60 * 6
    assert most_calls(annotating([], [Vote(2), lambda way: way]), TEXTS) is None


def test_failures_are_data() -> None:
    """A document whose calls fail is passed over with its error, and so is what is no text."""
    down = ProviderUnavailable("down")
    client = by_text({"Ada.": [down] * 2, "Ida.": ['[Person("Ida")]', down]})
    found = self_annotate(["Ada.", 3, "Ida."], annotating(client, Vote(2)))  # type: ignore[list-item]
    assert [one.verdict for one in found.judged] == [
        Verdict.FAILED,
        Verdict.FAILED,
        Verdict.INCOMPLETE,
    ]
    assert found.judged[0].error is down
    assert str(found.judged[1].error).startswith("document 2: expected a str")
    with pytest.raises(AuthenticationFailed):
        self_annotate(["Ada."], annotating([AuthenticationFailed("no")] * 2, Vote(2)))


def test_a_run_goes_on_where_its_budget_ended_it(tmp_path: Path) -> None:
    """What was paid for is there, with the reason; the next run asks only the rest."""
    answer = Completion('[Person("Ada")]', usage=Usage(90, 10))
    texts = [f"Ada {number}." for number in range(4)]
    client = ScriptedClient(lambda _prompt: answer)
    extractor = Extractor([Person], model=client, style="code4uie", strategy=Vote(2))
    options: dict[str, Any] = {"run": tmp_path / "run.db", "concurrency": 1}
    first = self_annotate(texts, extractor, limits=Limits(max_tokens=400), **options)
    assert isinstance(first.ended, BudgetSpent)
    assert len(first.demonstrations) == 2
    assert (first.calls, first.usage) == (4, Usage(360, 40))
    second = self_annotate(texts, extractor, **options)
    assert second.ended is None
    assert len(second.demonstrations) == 4
    assert (second.calls, second.usage, second.kept_usage) == (4, Usage(360, 40), Usage(360, 40))
    assert len(client.prompts) == 8


def test_an_account_without_credit_ends_it_with_what_was_paid_for() -> None:
    """As a spent budget does; no later document is asked about."""
    answers = ['[Person("Ada")]'] * 2 + [CreditSpent("no credit")] * 2
    texts = [f"Ada {number}." for number in range(9)]
    found = self_annotate(texts, annotating(answers, Vote(2)), concurrency=1)
    assert isinstance(found.ended, CreditSpent)
    assert (len(found.judged), len(found.demonstrations)) == (1, 1)


# What it is for.


def test_what_is_kept_is_shown_chosen_and_saved(tmp_path: Path) -> None:
    """As demonstrations of an extractor, in selectors, and in a file that reads back the same."""
    found = self_annotate(TEXTS[:12], annotating(noisy()))
    shown = found.demonstrations
    assert len(shown) == 3
    assert annotating([], demonstrations=shown).prompt("Ada.").demonstrations
    chosen = annotating([], demonstrations=BM25(shown, k=2)).prompt("Ada took the Tern.")
    assert len(chosen.demonstrations) == 2
    write_demonstrations(tmp_path / "shown.jsonl", shown, [Person, Ship])
    assert list(read_demonstrations(tmp_path / "shown.jsonl", [Person, Ship])) == shown
    # A second round shows what the first one kept, and never the text itself.
    again = self_annotate(
        TEXTS[:12], annotating(noisy(2), demonstrations=Random(shown, k=3)), reliability=0
    )
    assert len(again.judged) == 12


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reliability", -0.1),
        ("confidence", 1.1),
        ("reliability", float("nan")),
        ("confidence", "1"),
    ],
)
def test_a_threshold_that_cannot_be_meant_is_an_error(name: str, value: Any) -> None:
    """Before anybody is asked."""
    with pytest.raises(InputError, match=f"{name} must be a number from 0 to 1, got"):
        self_annotate([], annotating([]), **{name: value})


ANSWERS = st.lists(
    st.sets(st.sampled_from((Person("Ada"), Ship("Tern"), Ship("Oban"))), max_size=3).map(sorted_),
    min_size=2,
    max_size=5,
)


@given(ANSWERS)
def test_reliability_is_the_overlap_with_the_majority(answers: list[list[Entity]]) -> None:
    """By hand, over the answers: what they share with what most have, of all that either has."""
    texts = [f"[{', '.join(map(repr, said))}]" for said in answers]
    extraction = annotating(texts, Vote(len(answers)))("Ada took the Tern to Oban.")
    judged = judge(extraction, reliability=0, confidence=0)
    majority = set(extraction.instances)
    shared = sum(len(majority & set(said)) for said in answers)
    either = sum(len(majority | set(said)) for said in answers)
    if majority:
        assert judged.reliability == pytest.approx(shared / either)
    else:
        assert judged.reliability == pytest.approx(max(0, 1 - either / len(answers)))
