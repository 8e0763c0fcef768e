"""Which documents a person should look at next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Code, Diagnostic, Document, Entity, Extraction, Grounded, InputError, Outcome
from codeie.annotation import Why, choose, disagreement, uncertainty


@dataclass(frozen=True)
class Person(Entity):
    """A human being with a name."""

    name: str


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str


def found(
    name: str, *shares: float | None, outvoted: tuple[float, ...] = (), cls: Any = Person
) -> Extraction[Any]:
    """An extraction whose items have these confidences."""
    said = (Diagnostic(Code.OUTVOTED, "too few"),)
    return Extraction(
        Document(f"Text {name}.", name),
        tuple(Grounded(cls(f"{n}"), confidence=share) for n, share in enumerate(shares)),
        outcome=Outcome.ITEMS if shares else Outcome.EMPTY,
        dropped=tuple(
            Grounded(cls(f"d{n}"), (), said, confidence=share) for n, share in enumerate(outvoted)
        ),
    )


def vectors(texts: list[str]) -> list[list[float]]:
    """Vectors for texts: one direction for each first letter after ``Text``."""
    return [[1.0 if text[5:6] == letter else 0.0 for letter in "abcd"] for text in texts]


def named(extractions: list[Extraction[Any]], k: int, **options: Any) -> list[str | None]:
    """The names of the chosen."""
    return [one.document.id for one in choose(extractions, k, embed=vectors, **options)]


@pytest.mark.parametrize(
    ("one", "doubt", "differ"),
    [
        (found("a", 1.0, 1.0), 0.0, 0.0),
        (found("a", 0.6, 0.8), 0.6, 0.3),
        (found("a", 0.6, outvoted=(0.4,)), 0.8, 1 - 0.6 / 1.4),
        (found("a", outvoted=(0.2,)), 0.2, 0.2),
        (found("a"), 0.0, 0.0),
        (found("a", None), 0.5, 1.0),
    ],
)
def test_doubt_is_what_a_person_would_correct(
    one: Extraction[Any], doubt: float, differ: float
) -> None:
    """Uncertainty adds up the chances that items are wrong or missing; disagreement is a share."""
    assert uncertainty(one) == pytest.approx(doubt)
    assert disagreement(one) == pytest.approx(differ)


def test_uncertainty_grows_with_a_text_and_disagreement_does_not() -> None:
    """The long one with many small doubts is uncertain, the short one with a large one differs."""
    long, short = found("a", *[0.8] * 5), found("b", 0.6)
    assert named([long, short], 1, by="uncertainty") == ["a"]
    assert named([long, short], 1, by="disagreement") == ["b"]


def test_what_could_not_be_read_is_as_uncertain_as_anything() -> None:
    """A failed document comes among the most uncertain, before what is sure."""
    failed = Extraction(Document("Text a.", "a"), outcome=Outcome.UNPARSED)
    chosen = named([found("b", 1.0), failed, found("c", 0.6)], 2, by="uncertainty")
    assert set(chosen) == {"a", "c"}


def test_the_farthest_is_chosen_first() -> None:
    """By diversity no two of one direction are chosen while another is left, or is known."""
    pool = [found(name, 0.9) for name in ("a1", "a2", "b1", "b2", "c1")]
    assert {name[0] for name in named(pool, 3, by="diversity") if name} == {"a", "b", "c"}
    known = [(Document("Text c0."), ["Person"])]
    assert {name[0] for name in named(pool, 2, by="diversity", known=known) if name} == {"a", "b"}


def test_rare_classes_are_covered() -> None:
    """By coverage the class of which little was corrected comes first, then the other again."""
    pool = [found("a", 0.9), found("b", 0.9), found("c", 0.9, cls=Ship)]
    known = [(Document("Text d."), ["Person", "Person"])]
    assert named(pool, 1, by="coverage", known=known) == ["c"]


def test_the_mean_of_criteria_decides() -> None:
    """A document that is second by both criteria may win over those that are first by one."""
    pool = [found("a", 0.5, 0.5), found("b", 0.6, 0.6, cls=Ship), found("c", 1.0, cls=Ship)]
    known = [(Document("Text d."), ["Person"] * 9)]
    assert named(pool, 1, by="uncertainty,coverage", known=known) == ["b"]
    (choice,) = choose(pool, 1, by=["uncertainty", "coverage"], known=known)
    assert choice.scores == {"uncertainty": 0.8, "coverage": 1.0}


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.floats(0, 1), max_size=4), max_size=8),
    st.integers(1, 9),
    st.integers(0, 3),
    st.integers(0, 5),
    st.permutations(["uncertainty", "disagreement", "diversity", "coverage", "random"]),
    st.integers(1, 5),
)
def test_each_is_chosen_once(
    shares: list[list[float]], k: int, check: int, seed: int, by: list[str], criteria: int
) -> None:
    """By any criteria there are k different documents, or all, and as many to check as asked for."""
    pool = [found("abcd"[n % 4] + str(n), *each) for n, each in enumerate(shares)]
    check = min(check, k)
    chosen = choose(pool, k, by=by[:criteria], check=check, seed=seed, embed=vectors)
    names = [one.document.id for one in chosen]
    assert len(set(names)) == len(names) == min(k, len(pool))
    drawn = [one.why for one in chosen].count(Why.TO_CHECK)
    assert drawn == min(check, len(pool))
    again = choose(pool, k, by=by[:criteria], check=check, seed=seed, embed=vectors)
    assert chosen == again


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"k": 0}, "k must be a whole number from 1"),
        ({"k": 2, "check": 3}, "of k=2 documents, check=3"),
        ({"k": 1, "by": "doubt"}, "'doubt' is not a valid Criterion; choose by uncertainty"),
        ({"k": 1, "by": "random,random"}, "each criterion once"),
        ({"k": 1, "by": []}, "each criterion once"),
        ({"k": 1, "by": "uncertainty"}, "nothing tells how sure it is"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: dict[str, Any], why: str) -> None:
    """Wrong numbers and criteria are errors, and so is doubt where nothing tells of any."""
    with pytest.raises(InputError, match=why):
        choose([found("a", None)], **options)
