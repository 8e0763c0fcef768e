"""What a run would take, before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Completion, Document, Entity, Extractor, Prompt, Settings, Usage
from codeie.errors import InputError
from codeie.extraction import Cost, Estimate, Interval, RunFile
from codeie.extraction.runs.written import TABLE, by_style
from codeie.testing import ScriptedClient
from codeie.tokens import counter_for


@dataclass
class Ship(Entity):
    """A ship called by name."""

    name: str


@dataclass
class Boat(Entity):
    """A boat called by name."""

    name: str


def nobody(_prompt: Prompt) -> Completion:
    """A model that must not be asked."""
    raise AssertionError("nobody may be asked")


def extractor(name: str = "openai/gpt-5-mini", **options: Any) -> Extractor[Ship]:
    """An extractor whose model must not be asked."""
    return Extractor([Ship], model=ScriptedClient(nobody, name=name), **options)


def counted(made: Extractor[Ship], texts: list[str]) -> int:
    """The tokens that all prompts take."""
    counter = counter_for("openai/gpt-5-mini")
    return sum(
        counter.count(message.content) for text in texts for message in made.prompt(text).messages
    )


def test_all_documents_looked_at_are_counted_exactly() -> None:
    """What is read is no guess then; what is written is, and so is the cost."""
    pytest.importorskip("genai_prices")
    texts = ["The Tern left Skagen.", "The Auk came home. " * 10]
    made = extractor()
    estimate = made.estimate(texts)
    read = counted(made, texts)
    assert Interval(read, read, read) == estimate.input_tokens
    assert Interval(2.0, 2.0, 2.0) == estimate.calls
    assert (2, 2, 0, True) == (
        estimate.documents,
        estimate.sampled,
        estimate.unread,
        estimate.exact,
    )
    written = estimate.output_tokens
    assert 0 < written.low < written.likely < written.high
    assert estimate.usd is not None
    assert 0 < estimate.usd.low < estimate.usd.likely < estimate.usd.high


def test_answers_that_are_bounded_bound_the_estimate() -> None:
    """No answer takes more than `max_tokens`."""
    estimate = extractor(settings=Settings(max_tokens=5)).estimate(["A long text. " * 100] * 3)
    assert 15 == estimate.output_tokens.high


@settings(max_examples=10)
@given(st.lists(st.integers(1, 60), min_size=30, max_size=60), st.integers(0, 9))
def test_the_truth_is_between_the_bounds(lengths: list[int], seed: int) -> None:
    """A sample of half the documents gives an interval that holds what all take, or nearly."""
    texts = [f"{number} " + "tern " * length for number, length in enumerate(lengths)]
    made = extractor()
    estimate = made.estimate(texts, sample=len(texts) // 2, seed=seed)
    bounds = estimate.input_tokens
    assert bounds.low <= bounds.likely <= bounds.high
    wide = bounds.high - bounds.low
    assert bounds.low - wide <= counted(made, texts) <= bounds.high + wide
    assert estimate == made.estimate(texts, sample=len(texts) // 2, seed=seed)


def test_chunks_and_votes_are_calls() -> None:
    """What a strategy asks is followed, as if nothing were found; what it may ask at most bounds it."""
    long = "The Tern left Skagen. " * 40
    assert 4 == extractor(chunk=300).estimate([long]).calls.likely
    assert 3 == extractor(strategy="vote(3)").estimate(["Tern."]).calls.likely
    verified = extractor(strategy="verify").estimate(["Tern."]).calls
    assert verified.likely == 1 < verified.high


def test_prices_that_are_not_known_are_said_to_be_unknown() -> None:
    """There is no number then; vocabularies of others are told as well."""
    estimate = extractor("mine/model").estimate(["Tern."])
    assert (None, ("mine/model",), False) == (estimate.usd, estimate.cost.unknown, estimate.exact)
    assert "cost: the price of mine/model is not known" in str(estimate)
    assert "counted with another model's vocabulary" in str(estimate)


def test_files_are_read_and_what_is_wrong_in_them_is_told(tmp_path: Path) -> None:
    """A path is read as for a run; documents that cannot be read take nothing."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Tern."}\nnot JSON\n')
    estimate = extractor().estimate(path)
    assert (2, 2, 1, 1.0) == (
        estimate.documents,
        estimate.sampled,
        estimate.unread,
        estimate.calls.likely,
    )
    assert "1 of those looked at could not be read" in str(estimate)


@pytest.mark.parametrize(("documents", "sample"), [([], 200), (["Tern."], 0)])
def test_nothing_to_estimate_from_is_an_error(documents: list[str], sample: int) -> None:
    """No documents, or none to look at."""
    with pytest.raises(InputError):
        extractor().estimate(documents, sample=sample)


def test_documents_beyond_the_sample_are_only_counted() -> None:
    """They are read one at a time, and never rendered."""

    def many() -> Iterator[Document]:
        yield from (Document("Tern.") for _ in range(3_000))

    estimate = extractor().estimate(many(), sample=3)
    assert (3_000, 3, 3_000.0) == (estimate.documents, estimate.sampled, estimate.calls.likely)


def wrote(tokens: int, **options: Any) -> Extractor[Ship]:
    """An extractor whose model writes so many tokens for each code point, or nearly."""

    def answer(prompt: Prompt) -> Completion:
        some = tokens * len(prompt.text) * (8 + len(prompt.text) // 22 % 5) // 10
        return Completion("[]", usage=Usage(100, some))

    return Extractor([Ship], model=ScriptedClient(answer, name="openai/gpt-5-mini"), **options)


TEXTS = ["The Tern left Skagen. " * number for number in range(1, 31)]


def test_a_runs_own_answers_tell_what_others_will_take(tmp_path: Path) -> None:
    """The interval holds what the others do take, is narrower than the table's, and says its basis."""
    made = wrote(3)
    pilot, rest = TEXTS[::2], TEXTS[1::2]
    made.run(pilot, tmp_path / "pilot.db").finish()
    table, own = made.estimate(rest), made.estimate(rest, run=tmp_path / "pilot.db")
    made.run(rest, tmp_path / "rest.db").finish()
    took = RunFile(tmp_path / "rest.db").cost.usage.output_tokens
    assert own.output_tokens.low <= took <= own.output_tokens.high
    assert own.output_tokens.high - own.output_tokens.low < took / 3
    assert not table.output_tokens.low <= took <= table.output_tokens.high  # no usual model
    assert "the answers about 15 documents in pilot.db" == own.basis
    assert f"what gold answers take in the style {made.style}" == table.basis
    assert f"guessed from the length of the texts by {own.basis}" in str(own)


def test_what_a_run_has_answered_is_left_out(tmp_path: Path) -> None:
    """What is left is estimated, down to nothing; a changed text is there again."""
    run = wrote(3).run(TEXTS, tmp_path / "r.db")
    for count, _ in enumerate(run, 1):
        if count == 20:
            break
    left = run.estimate()
    done = run.status.done
    assert (30 - done, done) == (left.documents, left.answered)
    assert f"{30 - done} documents" in str(left)
    assert f"; {done} more are answered in the file" in str(left)
    run.finish()
    nothing = run.estimate()
    none = Interval(0, 0, 0)
    assert (0, 30, none, none) == (
        nothing.documents, nothing.answered, nothing.calls, nothing.output_tokens,
    )  # fmt: skip
    assert 1 == wrote(3).estimate([*TEXTS, "Another."], run=tmp_path / "r.db").documents


def test_a_file_of_other_questions_tells_nothing(tmp_path: Path) -> None:
    """Other classes or styles are an error; another model is said; too few answers are not used."""
    path = tmp_path / "r.db"
    wrote(3).run(TEXTS[:12], path).finish()
    with pytest.raises(
        InputError, match="not tell what answers will take: style was 'mention-first'"
    ):
        wrote(3, style="json").estimate(TEXTS, run=path)
    with pytest.raises(InputError, match="class Ship is no longer there"):
        Extractor([Boat], model=ScriptedClient(nobody)).estimate(TEXTS, run=path)
    with pytest.raises(InputError, match="there is no run's file"):
        wrote(3).estimate(TEXTS, run=tmp_path / "typo.db")
    other = extractor("openai/gpt-5").estimate(TEXTS, run=path)
    assert "(model was 'openai/gpt-5-mini', now 'openai/gpt-5')" in other.basis
    assert (30, 0) == (other.documents, other.answered)
    few = tmp_path / "few.db"
    wrote(3).run(TEXTS[:9], few).finish()
    table, told = wrote(3).estimate(TEXTS), wrote(3).estimate(TEXTS[9:], run=few)
    assert table.basis + " (few.db has answers about 9 documents, and 10 are needed)" == told.basis


def test_a_run_that_can_be_gone_through_once_is_not_estimated(tmp_path: Path) -> None:
    """An estimate would use its documents up."""
    run = extractor().run(iter(TEXTS), tmp_path / "r.db")
    with pytest.raises(InputError, match="only once"):
        run.estimate()


def test_the_table_is_the_committed_one() -> None:
    """Each number was measured by `benchmarks/written.py`, and each is there."""
    page = Path(__file__).parents[2] / "benchmarks" / "results" / "written.md"
    rows = [line.split("|") for line in page.read_text().splitlines() if line.startswith("| ")][1:]
    measured = {row[1].strip(): tuple(map(float, row[2:5])) for row in rows}
    assert measured == dict(TABLE)
    assert by_style("code4uie").rates == measured["code4uie"]
    assert by_style("mine").rates == measured["any"]


def test_an_estimate_is_said_in_a_few_lines() -> None:
    """Numbers with their bounds, and what they are guessed from."""
    nothing = Interval(2.0, 2.0, 2.0)
    some = Interval(1.0, 2.5, 4_000.0)
    said = str(Estimate(2, 2, 0, nothing, some, some, some, True, Cost()))
    assert (
        "2 documents, 2 of them looked at\ncalls: 2\ntokens read: 2 (1 to 4,000)\n"
        "tokens written: 2 (1 to 4,000), guessed from the length of the texts\n"
        "cost: $2.50 ($1.00 to $4,000.00)"
    ) == said
