"""Chunks that share text: what a perfect model finds in them is what it finds in the whole."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import (
    Chunks,
    Code,
    Document,
    Entity,
    Event,
    Extraction,
    Extractor,
    Grounded,
    Outcome,
    Relation,
    Span,
    ground,
    introspect,
)
from codeie.errors import GroundingError, InputError
from codeie.extraction import ChunkDone, Exchange, Task, as_chunks
from codeie.extraction._pipeline import GroundingPolicy
from codeie.extraction.techniques.chunks import SMALLEST
from codeie.extraction.techniques.cuts import Tokens, chunks_of
from codeie.grounding import Overlaps
from codeie.testing import ScriptedClient
from codeie.tokens import counter_for


@dataclass
class Town(Entity):
    """A town."""

    name: str
    country: str | None = None


@dataclass
class Bank(Entity):
    """A bank."""

    name: str


@dataclass
class SeatOf(Relation):
    """The bank has its seat in the town."""

    head: Bank
    tail: Town


@dataclass
class Founding(Event):
    """Something is founded."""

    trigger: str
    by: list[Bank]


SCHEMA = introspect([Town, Bank, SeatOf, Founding])
NAMED: dict[str, Callable[[str], Any]] = {"Lund": Town, "Bank of Lund": Bank, "Sparbank": Bank}
LONGEST = max(map(len, NAMED))


def gold_of(text: str) -> list[tuple[object, Span]]:
    """All mentions of a text, those within others too, in its order."""
    found = [
        (cls(name), Span(*match.span()))
        for name, cls in NAMED.items()
        for match in re.finditer(name, text)
    ]
    return sorted(found, key=lambda each: (each[1], str(each[0])))


def in_chunks(
    chunks: Chunks,
    text: str,
    gold: list[tuple[object, Span]],
    overlaps: Overlaps = "keep",
) -> Extraction[Any]:
    """What comes of a perfect model: it says of a chunk all gold that is in it as a whole."""
    task = Task(Document(text), SCHEMA, grounding=GroundingPolicy(overlaps=overlaps))
    spans = iter(chunks.spans(task) or [Span(0, 1)])

    def way(part: Task) -> Exchange[Extraction[Any]]:
        span = next(spans)
        assert part.document.text == span.of(text)
        here = [value for value, place in gold if span.covers(place)]

        def asked() -> Exchange[Extraction[Any]]:
            yield from ()
            found = ground(here, part.document.text, schema=SCHEMA, overlaps=overlaps)
            return Extraction(
                part.document,
                found.items,
                found.diagnostics,
                Outcome.ITEMS if here else Outcome.EMPTY,
                dropped=found.dropped,
            )

        return asked()

    return held(chunks(way)(task))


def held(exchange: Exchange[Extraction[Any]]) -> Extraction[Any]:
    """The result of an exchange that asks nobody."""
    try:
        asked = next(exchange)
        exchange.send([held(each) for each in asked.exchanges])  # type: ignore[union-attr]
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    raise AssertionError("there was something to ask")


def places(items: tuple[Grounded[Any], ...]) -> list[tuple[Span, str]]:
    """What was found, by its place."""
    return sorted((item.span, str(item.value)) for item in items if item.span is not None)


HOSTILE = st.lists(
    st.sampled_from(
        [
            *[f"·{name}·" for name in NAMED],  # no name is found within a longer word
            *("word ", "Up. ", "x" * 70, " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "。", "e\u0301"),
            *("\u0301\u0302", "👩\u200d🔬", "👍🏽", "\u00a0", "\u2028", " the "),
        ]
    ),
    min_size=20,
    max_size=160,
).map("".join)


@settings(max_examples=30)
@given(HOSTILE, st.integers(SMALLEST, 400), st.integers(LONGEST, 50), st.booleans())
def test_any_chunking_finds_the_gold_of_the_whole(
    text: str, size: int, overlap: int, tokens: bool
) -> None:
    """All mentions are where they are in the whole text, each once, and none else."""
    chunks = Chunks(size, unit="tokens" if tokens else "characters", overlap=overlap)
    gold = gold_of(text)
    found = in_chunks(chunks, text, gold)
    assert sorted((span, str(value)) for value, span in gold) == places(found.items)
    assert len(gold) == len(found.items)
    assert () == found.dropped


@settings(max_examples=15)
@given(HOSTILE, st.integers(SMALLEST, 400))
def test_without_overlap_only_what_is_cut_is_lost(text: str, size: int) -> None:
    """What no chunk holds as a whole is not found; all else is, where it is."""
    task = Task(Document(text), SCHEMA)
    spans = Chunks(size).spans(task)
    whole = [one for one in gold_of(text) if any(span.covers(one[1]) for span in spans)]
    found = in_chunks(Chunks(size), text, gold_of(text))
    assert sorted((span, str(value)) for value, span in whole) == places(found.items)


@given(HOSTILE, st.integers(SMALLEST, 300), st.integers(0, 50), st.booleans())
def test_chunks_share_what_they_are_told_to(
    text: str, size: int, overlap: int, tokens: bool
) -> None:
    """Chunks reach over the whole text, none is too long, each shares the least with the next."""
    count = counter_for("openai/gpt-5").count if tokens else len
    measure = Tokens(text, count) if tokens else None
    spans = chunks_of(text, size, overlap, measure)
    assert (0, len(text)) == (spans[0].start if spans else 0, spans[-1].end if spans else 0)
    assert all(count(span.of(text)) <= size for span in spans)
    for one, other in pairwise(spans):
        assert one.start < other.start <= one.end < other.end
        shared = one.end - other.start
        assert tokens or shared >= overlap
        assert not overlap or shared
    if not tokens:
        assert len(spans) <= 1 + 8 * len(text) // size


@pytest.mark.parametrize(
    "text",
    ["e\u0301" * 1_000, "\r\n" * 1_000, "👩\u200d🔬" * 600, "👍🏽" * 800, "n\u0303\u0301" * 700],
)
@pytest.mark.parametrize("overlap", [0, 40])
def test_no_cut_is_within_what_is_seen_as_one_character(text: str, overlap: int) -> None:
    """Marks stay with their letters, joined emoji together, and so do the two of a line's end."""
    unit = re.match(r"e\u0301|\r\n|👩\u200d🔬|👍🏽|n\u0303\u0301", text)
    assert unit is not None
    spans = chunks_of(text, 201, overlap)
    assert {0} == {place % len(unit[0]) for span in spans for place in (span.start, span.end)}


@pytest.mark.parametrize("letter", ["x", "\u0301", " ", "\r\n", ". "])
@pytest.mark.parametrize("unit", ["characters", "tokens"])
def test_a_megabyte_of_anything_is_cut_in_linear_time(letter: str, unit: str) -> None:
    """A text that never pauses, or does nothing else, is cut into pieces that make it up."""
    text = letter * (1_000_000 if letter == "x" else 100_000)
    size = len(text) // (20 if unit == "characters" else 80)
    chunks = Chunks(size, unit=unit, overlap=size // 10)  # type: ignore[arg-type]
    spans = chunks.spans(Task(Document(text), SCHEMA))
    assert (0, len(text)) == (spans[0].start, spans[-1].end)
    assert all(one.start < other.start <= one.end < other.end for one, other in pairwise(spans))
    assert len(spans) <= 100


SENTENCES = "".join(
    f"Sparbank{number:03} has its seat in Lund{number:03}. It does well. " for number in range(40)
)


@pytest.mark.parametrize("size", [300, 450, 1_000, 5_000])
def test_relations_and_events_in_shared_text_are_there_once(size: int) -> None:
    """A sentence that two chunks hold is one relation and one event, with the places it has."""
    found = re.finditer(r"(Sparbank\d+) (has its seat) in (Lund\d+)", SENTENCES)
    gold: list[tuple[object, Span]] = []
    spans = []
    for match in found:
        bank, town = Bank(match[1]), Town(match[3])
        place = Span(*match.span())
        gold += [(SeatOf(bank, town), place), (Founding(match[2], [bank]), place)]
        spans += [
            (match.start(1), match.end(1)),
            (match.start(3), match.end(3)),
            (match.start(2), match.end(2)),
            (match.start(1), match.end(1)),
        ]
    result = in_chunks(Chunks(size, overlap=70), SENTENCES, gold)
    assert [value for value, _ in gold] == result.instances
    assert spans == [
        (span.start, span.end) for item in result.items for span in item.spans.values()
    ]
    notes = [one for one in result.diagnostics if one.code is Code.DUPLICATE_ITEM]
    assert (size < len(SENTENCES)) == bool(notes)


# What chunks differ in: a text of two chunks, the second of which begins at "Then".

_FIRST = "The log of the year is long. " * 7
TEXT = f"{_FIRST}Then the Bank of Lund rose. {'Nothing else was heard of. ' * 7}"
TWO = Chunks(240, overlap=20)


def of_two(first: str, second: str, **options: Any) -> Extraction[Any]:
    """What comes of a text in two chunks, with an answer for each."""
    client = ScriptedClient([first, second])
    found = Extractor([Town, Bank, SeatOf, Founding], model=client, chunk=TWO, **options)(TEXT)
    assert [prompt.text[:8] for prompt in client.prompts] == ["The log ", "Then the"]
    assert "Bank of Lund rose." in client.prompts[0].text
    return found


def test_what_chunks_say_differently_of_one_place_is_told() -> None:
    """One of two versions of a mention is taken, the one with more text around it; the other is told."""
    found = of_two('[Town("Lund", "Sweden")]', '[Town("Lund")]')
    assert [Town("Lund")] == found.instances or [Town("Lund", "Sweden")] == found.instances
    (note,) = [one for one in found.diagnostics if one.code is Code.CONFLICTING]
    assert note.message.startswith("Town 'Lund' is in text that two chunks share, and what they")
    assert "differs in country" in note.message
    assert 1 == len(found.dropped)
    assert note in found.dropped[0].diagnostics


def test_mentions_within_others_stay() -> None:
    """A name within a name is a mention of its own, whichever chunk says it."""
    found = of_two('[Bank("Bank of Lund")]', '[Town("Lund")]')
    assert [Bank("Bank of Lund"), Town("Lund")] == found.instances
    assert () == found.dropped
    longest = of_two('[Bank("Bank of Lund")]', '[Town("Lund")]', overlaps="longest")
    assert [Bank("Bank of Lund")] == longest.instances
    assert [Town("Lund")] == [item.value for item in longest.dropped]
    assert [Code.OVERLAPPING] == [one.code for one in longest.diagnostics]
    with pytest.raises(GroundingError, match="Town 'Lund' may not overlap another one"):
        of_two('[Bank("Bank of Lund")]', '[Town("Lund")]', overlaps="error")


def test_a_mention_that_its_chunk_cuts_short_gives_way() -> None:
    """What ends where its chunk was cut is left out where the next one goes over that place."""
    end = chunks_of("·" * 300, 200, 12)[0].end
    text = f"{'·' * (end - 2)}Sparbank{'·' * (294 - end)}"
    client = ScriptedClient(['[Bank("Sp")]', '[Bank("Sparbank")]'])
    found = Extractor([Town, Bank], model=client, chunk=Chunks(200, overlap=12))(text)
    assert [Bank("Sparbank")] == found.instances
    assert [Bank("Sp")] == [item.value for item in found.dropped]
    assert [
        "Bank 'Sp' ends where its chunk does, and another chunk has Bank 'Sparbank' there; it is "
        "left out."
    ] == [one.message for one in found.diagnostics if one.code is Code.OVERLAPPING]


def test_what_is_in_no_text_is_there_once_for_chunks_that_share_some() -> None:
    """Of strings that are nowhere, two neighbours that say the same say it of the same."""
    found = of_two('[Bank("Nordbank")]', '[Bank("Nordbank")]')
    assert [Bank("Nordbank")] == found.instances
    assert [Code.UNGROUNDED, Code.DUPLICATE_ITEM] == [one.code for one in found.diagnostics]


def test_chunks_are_told_as_they_are_done() -> None:
    """Each chunk is told once, with its number, its place and what was found there."""
    told: list[ChunkDone] = []
    client = ScriptedClient(lambda _: '[Bank("Bank of Lund")]')
    chunks = Chunks(240, overlap=20, progress=told.append)
    found = Extractor([Town, Bank], model=client, chunk=chunks)(Document(TEXT, "log"))
    assert [(1, 2), (2, 2)] == [(one.done, one.of) for one in told]
    assert {"log"} == {one.document.id for one in told}
    assert {0, len(_FIRST)} == {one.span.start for one in told}
    assert [item.span for item in found.items] * 2 == [one.extraction.items[0].span for one in told]
    assert chunks == TWO


@pytest.mark.parametrize("failing", [False, True])
def test_a_bar_shows_the_chunks_of_a_document(
    failing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is under way; it is taken away then, also if a chunk fails, and holds no controls."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    answers = ["[]", TimeoutError("late") if failing else "[]"]
    document = Document(TEXT, "log\x1b[31m" + "g" * 90)
    extractor = Extractor(
        [Town, Bank],
        model=ScriptedClient(answers),
        chunk=Chunks(240, overlap=20, progress=True),
    )
    (extraction,) = extractor.extract_many([document], concurrency=1)
    assert failing is (extraction.error is not None)
    bar = shown.getvalue()
    assert "| 0/2 [" in bar
    assert ("| 2/2 [" in bar) is not failing
    assert "log" in bar
    assert "g" * 40 not in bar
    assert "\x1b[31m" not in bar
    assert bar.endswith("\r")
    shown.truncate(0)
    quiet = Chunks(240, overlap=20, progress=False)
    Extractor([Town, Bank], model=ScriptedClient(["[]", "[]"]), chunk=quiet)(TEXT)
    assert "chunk" not in shown.getvalue()


def test_progress_that_fails_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """A bar that raises is logged; the answers are there all the same."""

    def broken(done: ChunkDone) -> None:
        raise RuntimeError("the bar is closed")

    client = ScriptedClient(lambda _: '[Bank("Bank of Lund")]')
    chunks = Chunks(240, overlap=20, progress=broken)
    found = Extractor([Town, Bank], model=client, chunk=chunks)(TEXT)
    assert [Bank("Bank of Lund")] == found.instances
    assert ["the progress of a chunk could not be told"] * 2 == caplog.messages


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"size": 199}, "chunk=199 is too few code points"),
        ({"size": 199, "unit": "tokens"}, "chunk=199 is too few tokens"),
        ({"size": 400, "unit": "words"}, "unit must be characters or tokens, got 'words'"),
        ({"size": 400, "overlap": 101}, "overlap=101 is too much for chunks of 400.* use 100 or"),
        (
            {"size": 400, "overlap": -1},
            "overlap must be a whole number from 0 to 1,000,000,000, got -1",
        ),
        ({"size": "400"}, "the size of a chunk must be a whole number"),
    ],
)
def test_chunks_that_make_no_sense_are_refused(arguments: dict[str, Any], said: str) -> None:
    """What is wrong is said in one line, with what to use."""
    with pytest.raises(InputError, match=said):
        Chunks(**arguments)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8000", Chunks(8000)),
        (" 2000  tokens ", Chunks(2000, "tokens")),
        ("2000 tokens, overlap 200, across 1", Chunks(2000, "tokens", 200, 1)),
        ("900,overlap 100", Chunks(900, overlap=100)),
    ],
)
def test_chunks_can_be_written(written: str, meant: Chunks) -> None:
    """What a command line says is what Python says."""
    assert meant == as_chunks(written)
    extractor = Extractor([Town, Bank, SeatOf], model=ScriptedClient([]), chunk=written)
    assert meant == extractor.chunk


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("much", "chunk='much' is no size; write such as '8000', or '2000 tokens, overlap 200"),
        ("", "chunk='' is no size"),
        ("400 words", "unit must be characters or tokens, got 'words'"),
        ("400, across 1, overlap 9", "is no size"),
        ("-400", "is no size"),
        ("9" * 5_000, "is no size"),
    ],
)
def test_chunks_that_are_no_words_of_ours_are_refused(written: str, said: str) -> None:
    """What cannot be read as chunks is an error that shows what can."""
    with pytest.raises(InputError, match=re.escape(said)):
        as_chunks(written)


def test_the_calls_of_chunks_are_known_beforehand() -> None:
    """A text costs a call for each chunk, however they are counted."""
    client = ScriptedClient(lambda _: "[]")
    for chunks in (240, TWO, Chunks(200, unit="tokens", overlap=50)):
        extractor = Extractor([Town, Bank], model=client, chunk=chunks)
        asked = len(extractor(TEXT * 5).steps)
        assert asked == extractor.calls_at_most(TEXT * 5) > 1
