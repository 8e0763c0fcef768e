"""Extractions that go out as records and come back."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Entity, Event, Extraction, InputError, Span
from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.errors import ProviderUnavailable
from codeie.grounding import Grounded, MatchKind, Mention
from codeie.parsing import Outcome


class Colour(enum.Enum):
    RED = "r"
    BLUE = 2


class Text(str):
    """A string of a class of its own."""


@dataclass
class Person(Entity):
    name: str
    born: dt.date | None = None


@dataclass
class Everything(Event):
    trigger: str
    people: list[Person] = field(default_factory=list)
    pair: tuple[int, Person] | None = None
    many: tuple[float, ...] = ()
    tags: frozenset[str] = frozenset()
    places: dict[str, Person] = field(default_factory=dict)
    counts: dict[int, str] = field(default_factory=dict)
    colour: Colour = Colour.RED
    kind: Literal["a", 1, True] = "a"
    at: dt.datetime | None = None
    clock: dt.time | None = None
    length: dt.timedelta | None = None
    price: Decimal | None = None
    key: UUID | None = None
    flag: bool = False
    other: Text = Text("")
    anything: Any = None


SCHEMA = [Person, Everything]
NAMES = st.text(max_size=8)
PEOPLE = st.builds(Person, NAMES, st.none() | st.dates())
VALUES = PEOPLE | st.builds(
    Everything,
    NAMES,
    people=st.lists(PEOPLE, max_size=3),
    pair=st.none() | st.tuples(st.integers(), PEOPLE),
    many=st.lists(st.floats(allow_nan=False), max_size=3).map(tuple),
    tags=st.frozensets(NAMES, max_size=3),
    places=st.dictionaries(NAMES, PEOPLE, max_size=2),
    counts=st.dictionaries(st.integers(), NAMES, max_size=2),
    colour=st.sampled_from(Colour),
    kind=st.sampled_from(["a", 1, True]),
    at=st.none() | st.datetimes(),
    clock=st.none() | st.times(),
    length=st.none() | st.timedeltas(dt.timedelta(days=-99), dt.timedelta(days=99)),
    price=st.none() | st.decimals(allow_nan=False, places=3),
    key=st.none() | st.uuids(),
    flag=st.booleans(),
    other=NAMES.map(Text),
    anything=st.none() | st.integers() | PEOPLE | st.lists(st.booleans(), max_size=2),
)
TEXT = "Ada Okafor was hired."
SPANS = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(
    lambda ends: Span(ends[0], min(sum(ends), 21))
)
MENTIONS = st.builds(
    Mention,
    NAMES,
    NAMES,
    st.none() | SPANS,
    st.sampled_from(MatchKind),
    st.lists(SPANS, max_size=2).map(tuple),
    st.floats(0, 1),
    st.booleans(),
    st.lists(SPANS, max_size=2).map(tuple),
)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.sampled_from(Code),
    NAMES,
    st.sampled_from(Severity),
    st.none() | st.builds(Position, *[st.integers(0, 99)] * 4),
    NAMES,
    NAMES,
)
ITEMS = st.lists(
    st.builds(
        Grounded,
        VALUES,
        st.lists(MENTIONS, max_size=2).map(tuple),
        st.lists(DIAGNOSTICS, max_size=1).map(tuple),
        st.none() | st.floats(0, 1),
        st.lists(st.tuples(NAMES, st.floats(0, 1)), max_size=2, unique_by=lambda each: each[0]).map(tuple),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
EXTRACTIONS = st.builds(
    Extraction,
    st.builds(Document, st.just(TEXT), st.none() | NAMES, st.just({"a": [1]})),
    ITEMS,
    st.lists(DIAGNOSTICS, max_size=2).map(tuple),
    st.sampled_from(Outcome),
    dropped=ITEMS,
)


@given(EXTRACTIONS)
def test_a_whole_record_comes_back_as_the_extraction(extraction: Extraction[Any]) -> None:
    """Through JSON, instances of every type, places, diagnostics and what was dropped are the same."""
    record = json.loads(extraction.to_json(whole=True))
    assert extraction == Extraction.from_dict(record, SCHEMA)


def test_a_record_without_text_takes_it_from_the_caller() -> None:
    """The text may be given beside; without any it is an error that says what to do."""
    extraction = Extraction(Document(TEXT), (Grounded(Person("Ada")),), outcome=Outcome.ITEMS)
    record = extraction.to_dict()
    assert extraction == Extraction.from_dict(record, SCHEMA, text=TEXT)
    with pytest.raises(InputError, match=r"no text: give text=, or write it with to_dict\(whole"):
        Extraction.from_dict(record, SCHEMA)


def test_a_failure_comes_back_with_its_message() -> None:
    """The kind of error is not kept, what it said is."""
    failed: Extraction[Any] = Extraction(
        Document(TEXT), outcome=Outcome.FAILED, error=ProviderUnavailable("down")
    )
    found = Extraction.from_dict(failed.to_dict(whole=True), SCHEMA)
    assert (Outcome.FAILED, "down") == (found.outcome, str(found.error))


GOOD = Extraction(
    Document(TEXT),
    (Grounded(Everything("hired", [Person("Ada")]), (Mention("trigger", "hired", Span(15, 20), MatchKind.EXACT),)),),
    (Diagnostic(Code.LOOP, "x"),),
    Outcome.ITEMS,
).to_dict(whole=True)  # fmt: skip


def _changed(change: Callable[[Any], object]) -> dict[str, Any]:
    record = json.loads(json.dumps(GOOD))
    change(record)
    return record


def _deep() -> object:
    value: object = 1
    for _ in range(100):
        value = {"class": "Everything", "fields": {"trigger": "x", "anything": value}}
    return value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda r: r["items"][0].update({"class": "Os"}),
            "no class 'Os'; it has Person, Everything",
        ),
        (lambda r: r["items"][0]["fields"].pop("trigger"), "Everything cannot be made"),
        (
            lambda r: r["items"][0]["fields"].update(people=["Ada"]),
            r"items\[0\].people\[0\]: not an",
        ),
        (lambda r: r["items"][0]["fields"].update(people="Ada"), "expected a list"),
        (lambda r: r["items"][0]["fields"].update(flag=1), "expected bool, got 1"),
        (lambda r: r["items"][0]["fields"].update(many=["x"]), "expected float, got 'x'"),
        (lambda r: r["items"][0]["fields"].update(pair=[1]), "1 element for"),
        (lambda r: r["items"][0]["fields"].update(counts=[[1]]), "not pairs of keys and values"),
        (lambda r: r["items"][0]["fields"].update(colour="green"), "'green' is not one of its"),
        (lambda r: r["items"][0]["fields"].update(at="noon"), "expected datetime, got 'noon'"),
        (lambda r: r["items"][0]["fields"].update(length="long"), "expected timedelta"),
        (lambda r: r["items"][0]["fields"].update(anything=_deep()), "nested too deep"),
        (lambda r: r["items"].append(3), r"items\[1\]: not an instance"),
        (lambda r: r["items"][0].update(confidence="high"), "confidence: expected a number"),
        (lambda r: r["items"][0]["mentions"][0].update(span=[3, 99]), "no place in a text of 21"),
        (lambda r: r["items"][0]["mentions"][0].update(span=[9, 3]), "no place in a text"),
        (lambda r: r["items"][0]["mentions"][0].update(match="nearly"), "match: 'nearly' is not"),
        (lambda r: r["items"][0].update(mentions=[1]), "not a mention"),
        (lambda r: r["diagnostics"].append(1), r"diagnostics\[1\]: not an object"),
        (lambda r: r["diagnostics"][0].update(code="odd"), "code: 'odd' is not"),
        (lambda r: r.update(outcome="fine"), "outcome: 'fine' is not"),
    ],
)
def test_what_does_not_fit_is_an_error_that_says_where(
    change: Callable[[Any], object], said: str
) -> None:
    """A record that somebody spoilt is refused, with the place in it."""
    with pytest.raises(InputError, match=said):
        Extraction.from_dict(_changed(change), SCHEMA)


def test_files_give_one_extraction_a_line(tmp_path: Path) -> None:
    """Empty lines count as lines and give nothing."""
    path = tmp_path / "found.jsonl"
    extraction = Extraction.from_dict(GOOD, SCHEMA)
    path.write_text(f"{json.dumps(GOOD)}\n\n{json.dumps(GOOD)}\n", encoding="utf-8")
    assert [extraction, extraction] == list(Extraction.from_jsonl(path, SCHEMA))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("[]", "line 2: not an object"),
        ("{}", "line 2: the record has no text"),
        ("\udcff", "cannot be read: 'utf-8'"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    """The error has the file and the line."""
    path = tmp_path / "bad.jsonl"
    path.write_bytes(f"{json.dumps(GOOD)}\n{line}\n".encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=said) as raised:
        list(Extraction.from_jsonl(path, SCHEMA))
    assert str(path) in str(raised.value)
    with pytest.raises(InputError, match="cannot be read"):
        list(Extraction.from_jsonl(tmp_path / "none.jsonl", SCHEMA))


def test_corrections_make_demonstrations() -> None:
    """What comes back corrected is what a demonstration takes."""
    from codeie import Demonstration

    record = _changed(lambda r: r["items"][0]["fields"].update(trigger="Hired"))
    found = Extraction.from_dict(record, SCHEMA)
    (one,) = found.instances
    assert replace(one, people=[]) == Everything("Hired")
    assert one in Demonstration(found.document.text, tuple(found.instances)).instances
