"""Confidences of items and fields from the tokens of an answer."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Entity, Extractor, Relation, parse
from codeie.clients import Completion, Logprobs
from codeie.decoding import Confidence, Curve, sureness_of
from codeie.diagnostics import Code
from codeie.errors import InputError
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    name: str


@dataclass
class BornIn(Relation):
    head: Person
    tail: Person


class Rig(Enum):
    SLOOP = "sloop"
    BRIG = "brig"


@dataclass
class Ship:
    name: str
    masts: int = 0
    rig: Rig = Rig.BRIG
    built: date | None = None
    crew: list[str] = field(default_factory=list)


def cut(answer: str, ends: list[int], values: list[float]) -> Logprobs:
    """Tokens that end there."""
    return Logprobs(0, (*ends, len(answer)), tuple(values))


def by_character(answer: str, value: float = -0.01) -> Logprobs:
    """A token for each character, all equally likely."""
    return Logprobs(0, tuple(range(1, len(answer) + 1)), (value,) * len(answer))


TWO = '[Person("Ada"),\n Person("Bo")]'


@given(st.data())
def test_it_is_a_product_however_the_text_is_cut(data: st.DataObject) -> None:
    """Two tokens of one item made one, with their common probability, change nothing."""
    items = parse(TWO, [Person]).items
    values = data.draw(st.lists(st.floats(-3, 0), min_size=len(TWO), max_size=len(TWO)))
    fine = Logprobs(0, tuple(range(1, len(TWO) + 1)), tuple(values))
    # Cuts between the items' own stretches stay: those of the first field, and the separator.
    needed = {5, 8, 9, 12, 13, 14, 16, 24, 25, 27, 28, 29, len(TWO)}
    ends = sorted(needed | data.draw(st.sets(st.integers(1, len(TWO)))))
    summed = [math.fsum(values[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    coarse = Logprobs(0, tuple(ends), tuple(summed))
    one, other = sureness_of(TWO, items, fine), sureness_of(TWO, items, coarse)
    for a, b in zip(one, other, strict=True):
        assert a.item is not None
        assert 0 <= a.item <= 1
        assert a.item == pytest.approx(b.item, abs=2e-6)
        assert dict(a.fields) == pytest.approx(dict(b.fields), abs=2e-6)


def test_going_on_is_part_of_the_next_item() -> None:
    """The separator before an item counts for it, and a token that closes one and goes on for both."""
    items = parse(TWO, [Person]).items
    ends = [1, 14, 15, 17]
    known = cut(TWO, ends, [-1.0, -2.0, -4.0, -8.0, -16.0])
    first, second = sureness_of(TWO, items, known)
    assert first.item == round(math.exp(-3), 6)
    assert second.item == round(math.exp(-28), 6)
    both = cut(TWO, [13, 16], [-1.0, -2.0, -4.0])
    assert [one.item for one in sureness_of(TWO, items, both)] == [
        round(math.exp(-3), 6),
        round(math.exp(-6), 6),
    ]


def test_fields_count_by_their_values() -> None:
    """A string by its letters and closing quote; numbers and names of members by theirs."""
    answer = '[Ship("Tern", masts=3, rig=Rig.SLOOP, crew=["Ada", "B\\"o"])]'
    (item,) = parse(answer, [Ship]).items
    (sure,) = sureness_of(answer, [item], by_character(answer))
    assert dict(sure.fields) == {
        "name": round(math.exp(-0.05), 6),
        "masts": round(math.exp(-0.01), 6),
        "rig": round(math.exp(-0.05), 6),
        "crew": round(math.exp(-0.04 - 0.05), 6),
    }


def test_a_default_that_is_not_written_has_none() -> None:
    """Though another string holds its words."""
    answer = '[Ship("Tern 0 BRIG")]'
    (item,) = parse(answer, [Ship]).items
    (sure,) = sureness_of(answer, [item], by_character(answer))
    assert list(dict(sure.fields)) == ["name"]


@pytest.mark.parametrize(
    "answer",
    [
        '[BornIn(Person("Ada"), Person("Ada"))]',  # which is which
        '[BornIn(head=Person("Ada" "m"), tail=Person("Bo"))]',  # the string is not written so
    ],
)
def test_a_field_that_is_not_found_for_sure_has_none(answer: str) -> None:
    """The item's confidence needs no fields; theirs are left out rather than guessed."""
    (item,) = parse(answer, [Person, BornIn]).items
    (sure,) = sureness_of(answer, [item], by_character(answer))
    assert sure.item is not None
    assert "head" not in dict(sure.fields)


def test_items_of_one_place_count_by_their_strings() -> None:
    """Where one piece of an answer says several items, each has its own tokens."""
    answer = '[Person("Ada"), Person("Bo")]'
    items = parse(answer, [Person]).items
    from dataclasses import replace

    line = replace(items[0].position, offset=1, end=28)
    shared = [replace(item, position=line) for item in items]
    sure = sureness_of(answer, shared, by_character(answer))
    assert [one.item for one in sure] == [round(math.exp(-0.04), 6), round(math.exp(-0.03), 6)]


def test_unknown_tokens_leave_the_items_that_have_them() -> None:
    """Others keep their confidence; how many are unknown is a diagnostic."""
    known = cut(TWO, [14], [-1.0, -2.0])
    known = Logprobs(0, known.ends, (-1.0, None))
    client = ScriptedClient([Completion(TWO, logprobs=known)])
    extraction = Extractor([Person], model=client)("Ada met Bo.")
    assert [item.confidence for item in extraction.items] == [round(math.exp(-1), 6), None]
    (said,) = extraction.diagnostics
    assert said.code is Code.NO_CONFIDENCE
    assert said.message.startswith("Of 1 of 2 items")


def test_a_threshold_leaves_out_and_tells() -> None:
    """What is below it, by the curve, is dropped; what has no confidence stays."""
    known = cut(TWO, [14], [-0.1, -2.0])
    low = Confidence(Curve(((0.0, 0.0), (1.0, 0.5))), threshold=0.3, classes=("Person",))

    def extracted(confidence: Confidence) -> tuple[list[str], list[str]]:
        client = ScriptedClient([Completion(TWO, logprobs=known)])
        found = Extractor([Person], model=client, confidence=confidence)("Ada met Bo.")
        said = [one.code.value for one in found.diagnostics]
        assert len(found.items) + len(found.dropped) == 2
        return [item.value.name for item in found.items], said

    assert extracted(low) == (["Ada"], ["unlikely-item"])
    assert extracted(Confidence(low.curve)) == (["Ada", "Bo"], [])
    assert extracted(Confidence(None, 0.9, ("Ship",))) == (["Ada", "Bo"], [])
    assert extracted(Confidence(None, 1.0)) == ([], ["unlikely-item"] * 2)


def test_it_survives_being_kept(tmp_path: object) -> None:
    """A curve as text is the same again, and nonsense is no curve."""
    one = Confidence(Curve(((0.25, 0.0), (0.5, 1.0))), 0.5, ("Person",))
    assert Confidence.from_json(one.to_json()) == one
    assert Confidence.from_json(Confidence().to_json()) == Confidence()
    for wrong in ("", "[]", '{"curve": {"points": [[2, 1]]}, "threshold": 0, "classes": []}'):
        with pytest.raises(InputError):
            Confidence.from_json(wrong)


@given(st.floats(0, 1), st.floats(0, 1))
def test_curves_never_fall(a: float, b: float) -> None:
    """More of a raw confidence is never less of a true one, and both are shares."""
    curve = Curve(((0.1, 0.2), (0.4, 0.2), (0.7, 0.9)))
    low, high = sorted((a, b))
    assert 0.2 <= curve(low) <= curve(high) <= 0.9


@pytest.mark.parametrize(
    "wrong", [(), ((0.5, 1.5),), ((0.5, 0.5), (0.5, 0.6)), ((0.1, 0.5), (0.2, 0.4))]
)
def test_other_lines_are_no_curves(wrong: tuple[tuple[float, float], ...]) -> None:
    """Nothing, no shares, two values for one, and lines that fall."""
    with pytest.raises(InputError):
        Curve(wrong)


def test_wrong_words_are_refused() -> None:
    """At once, with what to give instead."""
    client = ScriptedClient([])
    with pytest.raises(InputError, match="fit_confidence"):
        Extractor([Person], model=client, confidence=0.5)  # type: ignore[arg-type] # the mistake
    with pytest.raises(InputError, match="between 0 and 1"):
        Confidence(threshold=2)


def test_confidences_are_kept_in_runs_and_go_out(tmp_path: object) -> None:
    """Another process that uses the answers has the same confidences, and so has the JSON line."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    known = by_character(TWO)
    client = ScriptedClient([Completion(TWO, logprobs=known)])
    extractor = Extractor([Person], model=client, confidence=True)
    first, second = (
        next(extractor.extract_many([Document("Ada met Bo.", id="a")], run=folder / "r.db"))
        for _ in range(2)
    )
    assert second.steps[0].kept
    assert [one.confidence for one in first.items] == [one.confidence for one in second.items]
    assert None not in [one.confidence for one in first.items]
    assert second.completion.logprobs == known
    written = second.to_dict()["items"][0]
    assert written["confidence"] == first.items[0].confidence
    assert written["field_confidences"] == dict(first.items[0].field_confidences)
