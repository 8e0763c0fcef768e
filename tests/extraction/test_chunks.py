"""Texts that are longer than one question may be, asked about chunk by chunk."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Code, Completion, Document, Entity, Event, Extraction, Extractor, Outcome, Span
from codeie.clients import Settings
from codeie.errors import GroundingError, InputError, RateLimited
from codeie.extraction.techniques.chunks import SMALLEST
from codeie.extraction.techniques.cuts import chunks_of
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ships: list[Ship]


NAMES = ("Tern", "Lotta", "Ada", "Elbe")
LOG = "".join(
    f"On day {day} the {NAMES[day % 4]} met the {NAMES[day % 3]}. Nobody was hurt.\n\n"
    for day in range(60)
)


def ships_in(prompt: Prompt) -> str:
    """What a model that misses nothing answers: each name that the text of the question has."""
    found = re.findall("|".join(NAMES), prompt.text)
    return "[" + ", ".join(f'Ship("{name}")' for name in found) + "]"


def extractor_of(answers: object, **options: object) -> Extractor[Ship]:
    """An extractor of ships that asks a script."""
    client = ScriptedClient(answers)  # type: ignore[arg-type]
    return Extractor([Ship], model=client, **options)  # type: ignore[arg-type]


@given(
    st.lists(
        st.sampled_from(["word", "Up", "x" * 90, " ", "\n", "\n\n", ". ", "。", "\u0301", "\r\n"]),
        max_size=400,
    ),
    st.integers(SMALLEST, 900),
)
def test_chunks_make_up_the_text(pieces: list[str], size: int) -> None:
    """Chunks follow each other from the first code point to the last, none too long or empty."""
    text = "".join(pieces)
    chunks = chunks_of(text, size)
    assert text == "".join(chunk.of(text) for chunk in chunks)
    assert all(0 < len(chunk) <= size for chunk in chunks)
    assert all(one.end == other.start for one, other in pairwise(chunks))
    assert len(chunks) <= max(1, -(-2 * len(text) // size))


@pytest.mark.parametrize(
    ("between", "cut_after"),
    [
        ("one two. Three four\nfive six\n\n", "\n\n"),
        ("one two. Three four\n", "\n"),
        ("One two three four. ", ". "),
        ("one two three four ", " "),
    ],
)
def test_cuts_are_where_the_text_pauses(between: str, cut_after: str) -> None:
    """A chunk ends with a paragraph if it can, else with a line, a sentence, or a word."""
    text = between * 200
    chunks = chunks_of(text, 1000)
    assert {cut_after} == {chunk.of(text)[-len(cut_after) :] for chunk in chunks}
    assert 333 <= min(map(len, chunks))


def test_a_text_without_a_pause_is_cut_all_the_same() -> None:
    """Where there is no word's end the chunks are equal, and linear in the text to find."""
    assert [Span(0, 500), Span(500, 1000), Span(1000, 1500)] == chunks_of("x" * 1500, 600)
    assert 2_000 == len(chunks_of("\n" * 1_000_000, 500))


@pytest.mark.parametrize("chunk", [200, 700, 1_900, 10_000])
def test_spans_are_those_of_the_whole_text(chunk: int) -> None:
    """However a text is cut, every string is where it is in the whole, also where it repeats."""
    extractor = extractor_of(ships_in, chunk=chunk)
    extraction = extractor(Document(LOG, id="log"))
    expected = [Span(*match.span()) for match in re.finditer("|".join(NAMES), LOG)]
    assert expected == [item.span for item in extraction.items]
    assert [span.of(LOG) for span in expected] == [ship.name for ship in extraction.instances]
    assert (Outcome.ITEMS, "log", LOG) == (
        extraction.outcome,
        extraction.document.id,
        extraction.document.text,
    )
    asked = [step.prompt.text for step in extraction.steps]
    assert LOG == "".join(asked)
    assert max(map(len, asked)) <= chunk


def test_a_text_that_is_short_enough_is_asked_about_whole() -> None:
    """A limit that a text keeps changes nothing."""
    text = LOG[:900]
    assert extractor_of(ships_in)(text) == extractor_of(ships_in, chunk=900)(text)


def test_diagnostics_name_items_and_lines_of_all_answers() -> None:
    """Numbers of items go on from chunk to chunk, and so do the lines of the answers."""

    def answer(prompt: Prompt) -> str:
        return '[\n  Ship("Tern"),\n  Ship("Nautilus"),\n  Ship(\n]'

    for policy, kept in (("keep", 4), ("drop", 2)):
        text = ("The Tern sailed. " + "Nothing was seen that day. " * 10 + "\n\n") * 2
        extraction = extractor_of(answer, chunk=400, ungrounded=policy)(text)
        assert kept == len(extraction.items)
        lost = [one for one in extraction.diagnostics if one.code is Code.UNGROUNDED]
        assert ["$[1].name", "$[3].name"] == [one.path for one in lost]
        broken = [one.position.line for one in extraction.diagnostics if one.position]
        assert [4, 9] == broken
        missed = extraction.items[1::2] if policy == "keep" else extraction.dropped
        assert [Ship("Nautilus")] * 2 == [item.value for item in missed]
        assert ["$[1].name", "$[3].name"] == [item.diagnostics[0].path for item in missed]


def test_one_unreadable_answer_is_not_nothing_found() -> None:
    """Whether there was anything is decided by all answers; what was unreadable is told."""
    text = LOG[:500]

    def outcome(*answers: str) -> tuple[Outcome, bool]:
        extraction = extractor_of(list(answers), chunk=300)(text)
        return extraction.outcome, Code.NO_CODE in {one.code for one in extraction.diagnostics}

    assert (Outcome.EMPTY, False) == outcome("[]", "[]")
    assert (Outcome.UNPARSED, True) == outcome("[]", "I cannot say.")
    assert (Outcome.ITEMS, True) == outcome('[Ship("Lotta")]', "I cannot say.")


def test_a_chunk_without_words_asks_nobody() -> None:
    """White space is no question, whether it is a chunk or the text."""
    extraction = extractor_of(ships_in, chunk=300)("The Tern" + " " * 1_000 + "left.")
    assert ["Tern"] == [ship.name for ship in extraction.instances]
    assert ["The Tern", "left."] == [step.prompt.text.strip() for step in extraction.steps]
    assert () == extraction.diagnostics
    nothing = extractor_of(ships_in, chunk=300)(" " * 1_000)
    assert [Code.EMPTY_TEXT] == [one.code for one in nothing.diagnostics]


class Counting(ScriptedClient):
    """Counts how many of its calls are under way at once."""

    now = most = 0

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Let others in before answering."""
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        return await super().complete(prompt, settings)


def test_calls_at_once_are_bounded_over_all_documents() -> None:
    """Chunks of all documents share the calls of a run."""
    client = Counting(ships_in)
    extractor = Extractor([Ship], model=client, chunk=200)
    found = list(extractor.extract_many([LOG] * 5, concurrency=3))
    assert 3 == client.most
    assert [extractor(LOG).items] * 5 == [extraction.items for extraction in found]


def test_a_failing_chunk_fails_its_document_and_costs_no_answer(tmp_path: Path) -> None:
    """In a run the document has the error, and the next time only what failed is asked."""
    failing = [True]

    def answer(prompt: Prompt) -> str:
        if "day 59" in prompt.text and failing[0]:
            raise RateLimited("come back later")
        return ships_in(prompt)

    with pytest.raises(RateLimited):
        extractor_of(answer, chunk=600)(LOG)
    extractor = extractor_of(answer, chunk=600)

    def run() -> Extraction[Ship]:
        return next(iter(extractor.extract_many([LOG], run=tmp_path / "run.db", concurrency=1)))

    first = run()
    assert (Outcome.FAILED, "come back later") == (first.outcome, str(first.error))
    asked = len(extractor.client.prompts)  # type: ignore[attr-defined]
    failing[0] = False
    assert extractor_of(ships_in)(LOG).instances == run().instances
    assert asked + 1 == len(extractor.client.prompts)  # type: ignore[attr-defined]


def test_what_is_given_is_asked_about_in_its_chunk() -> None:
    """Each given event is a question about the chunk that its trigger is in."""
    text = LOG + "Then the Elbe sank.\n\n" + LOG + "The Tern capsized.\n"
    client = ScriptedClient(
        lambda prompt: (
            '    ships=[Ship("Elbe")],\n)'
            if "the Elbe sank" in prompt.text
            else '    ships=[Ship("Tern")],\n)'
        )
    )
    extractor = Extractor([Sinking, Ship], style="code4struct", model=client, chunk=1_000)
    events = (Sinking("sank", []), Sinking("capsized", []))
    extraction = extractor(Document(text, given=events))
    assert extraction.instances == [
        Sinking("sank", [Ship("Elbe")]),
        Sinking("capsized", [Ship("Tern")]),
    ]
    assert ["sank", "capsized"] == [item.span.of(text) for item in extraction.items if item.span]
    assert 2 == len(client.prompts)
    assert () == extraction.diagnostics


def test_each_chunk_is_asked_again_by_itself() -> None:
    """What a chunk does not hold is asked about with that chunk alone."""
    text = "The Tern sailed. " * 15 + "\n\n" + "The Lotta sailed. " * 15
    answers = ['[Ship("Tern")]', '[Ship("Tern")]', '[Ship("Lotta")]']
    extraction = extractor_of(answers, chunk=300, ungrounded="reask")(text)
    assert [Ship("Tern"), Ship("Lotta")] == extraction.instances
    assert [Code.ASKED_AGAIN, Code.UNGROUNDED] == [
        one.code for one in extraction.diagnostics if one.code is not Code.AMBIGUOUS_PLACE
    ]
    with pytest.raises(GroundingError, match="'Tern' is not in the text"):
        extractor_of(answers, chunk=300, ungrounded="raise")(text)


def test_the_first_chunks_prompt_is_what_is_sent_first() -> None:
    """`prompt` shows what would be sent, chunk and all."""
    extractor = extractor_of(ships_in, chunk=500)
    assert extractor.prompt(LOG) == extractor(LOG).steps[0].prompt


@pytest.mark.parametrize("chunk", [-1, 0, 199])
def test_a_chunk_too_small_is_refused(chunk: int) -> None:
    """A size in which nothing could be found is an error that says what to use."""
    with pytest.raises(InputError, match=f"chunk={chunk} is too few .* use 200 or more"):
        extractor_of(ships_in, chunk=chunk)


def test_all_answers_are_shown() -> None:
    """The HTML lists every answer, so that a diagnostic's line can be looked up in it."""
    page = extractor_of(['[Ship("Tern")]', '[Ship("Lotta"'], chunk=300)(LOG[:500])._repr_html_()
    assert "2 answers" in page
    assert page.index("Tern</span>") < page.rindex("Lotta")
