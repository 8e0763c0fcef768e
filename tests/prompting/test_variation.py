"""Seeded variations of a schema."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import schemas

from codeie.errors import PromptError
from codeie.introspection import introspect
from codeie.prompting import Demonstration, Variation, likely_classes, render, vary
from codeie.types import Entity, Relation


class Hull(Enum):
    STEEL = "steel"


@dataclass
class Ship(Entity):
    """A vessel. A Ship is not a Shipyard. Such as: "Lotta", "Gull", "Tern"."""

    name: str
    hull: Hull = Hull.STEEL


@dataclass
class Port(Entity):
    """A place where a Ship lands."""

    name: str = field(metadata={"guideline": "the Port as written, such as: 'Oban', 'Mallaig'"})


@dataclass
class BoundFor(Relation):
    """A Ship sails to a Port."""

    head: Ship
    tail: Port


SCHEMA = introspect([Ship, Port, BoundFor])


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")
def test_masked_labels_replace_whole_words_everywhere() -> None:
    """Names go in definitions, annotations, guidelines and answers, and nowhere else."""
    shown = Demonstration("The Lotta.", [Ship("Lotta"), BoundFor(Ship("Lotta"), Port("Oban"))])
    prompt = render(SCHEMA, "x", demonstrations=[shown], variation=Variation(masking=1.0))
    code = str(prompt)
    assert "Port" not in code
    assert "A LABEL_1 is not a Shipyard" in code
    assert "head: LABEL_1" in code
    assert 'LABEL_3(LABEL_1("Lotta"), "Oban")' in code or 'LABEL_3("Lotta", "Oban")' in code
    assert prompt.label_map == {"LABEL_1": "Ship", "LABEL_2": "Port", "LABEL_3": "BoundFor"}


def test_a_label_that_is_taken_is_not_given_again() -> None:
    """A user's own class LABEL_1 keeps its name to itself."""

    @dataclass
    class LABEL_1:
        name: str

    varied = vary(introspect([LABEL_1, Port]), Variation(masking=1.0))
    assert [spec.name for spec in varied.classes] == ["LABEL_2", "LABEL_3"]


def test_dropout_takes_all_guidelines_but_of_the_protected() -> None:
    """Docstrings, field notes and candidates go together."""
    varied = vary(SCHEMA, Variation(dropout=1.0, protected=[Ship]))
    assert [bool(spec.guideline) for spec in varied.classes] == [True, False, False]
    assert varied.classes[1].fields[0].candidates == ()
    assert varied.classes[0] == SCHEMA.classes[0]


def test_protecting_a_class_does_not_change_another() -> None:
    """Each class is drawn for by itself, in the same order."""
    for seed in range(20):
        without = vary(SCHEMA, Variation(seed, dropout=0.5)).classes[1:]
        assert without == vary(SCHEMA, Variation(seed, dropout=0.5, protected=[Ship])).classes[1:]


def test_the_order_changes_with_the_seed_only() -> None:
    """Some seed gives another order, and every seed gives all the classes."""
    orders = {
        tuple(spec.name for spec in vary(SCHEMA, Variation(seed, shuffle=True)).classes)
        for seed in range(30)
    }
    assert len(orders) == 6
    assert {frozenset(order) for order in orders} == {frozenset({"Ship", "Port", "BoundFor"})}


def test_paraphrases_are_chosen_by_seed() -> None:
    """Over some seeds, the class's own guideline and every other wording occur."""
    wordings = {Ship: ["Something that floats.", "A boat of any size."]}
    seen = {
        vary(SCHEMA, Variation(seed, paraphrases=wordings)).classes[0].guideline
        for seed in range(30)
    }
    assert seen == {*wordings[Ship], SCHEMA.classes[0].guideline}


def test_candidates_are_sampled_in_their_order() -> None:
    """As many as asked for, never more than there are."""
    for seed in range(10):
        varied = vary(SCHEMA, Variation(seed, candidates=2))
        kept = varied.classes[0].candidates
        assert kept in {("Lotta", "Gull"), ("Lotta", "Tern"), ("Gull", "Tern")}
        assert varied.classes[1].fields[0].candidates == ("Oban", "Mallaig")


def test_negative_sampling_keeps_the_positives() -> None:
    """Only so many other classes stay; those that a positive needs become supporting."""
    varied = vary(SCHEMA, Variation(positives=[BoundFor], negatives=0))
    assert [spec.name for spec in varied.classes] == ["BoundFor"]
    assert [spec.name for spec in varied.supporting] == ["Ship", "Port"]
    assert varied.enums == (Hull,)
    assert len(vary(SCHEMA, Variation(positives=[Port], negatives=1)).classes) == 2
    assert vary(SCHEMA, Variation(positives=[Port], negatives=0)).enums == ()


def test_a_demonstration_loses_what_the_variation_left_out() -> None:
    """It is shown with the instances of the classes that stay."""
    shown = Demonstration("The Lotta in Oban.", [Ship("Lotta"), Port("Oban")])
    only = Variation(positives=[Port], negatives=0)
    code = str(render(SCHEMA, "x", style="code4uie", demonstrations=[shown], variation=only))
    assert '[assistant]\n[\nPort("Oban"),\n]' in code


def test_likely_classes_share_words_with_the_text() -> None:
    """A candidate in the text counts most; ties go to the class given first."""
    kept = likely_classes(SCHEMA, "Bound for Mallaig.", 1)
    assert [spec.name for spec in kept.classes] == ["Port"]
    assert [spec.name for spec in likely_classes(SCHEMA, "", 2).classes] == ["Ship", "Port"]


@pytest.mark.parametrize(
    "wrong", [{"dropout": 1.5}, {"masking": -0.1}, {"candidates": -1}, {"negatives": -2}]
)
def test_impossible_variations_are_refused(wrong: dict[str, float]) -> None:
    """A probability is in [0, 1] and a number is not negative."""
    with pytest.raises(PromptError, match=next(iter(wrong))):
        Variation(**wrong)  # type: ignore[arg-type]


@given(schemas(), st.integers(0, 99))
def test_no_variation_is_the_schema_itself(schema: object, seed: int) -> None:
    """Without options nothing changes, whatever the seed."""
    assert vary(introspect(schema), Variation(seed)) == schema  # type: ignore[arg-type]


_SCRIPT = """
from dataclasses import make_dataclass
from codeie.introspection import introspect
from codeie.prompting import Variation, render
classes = [make_dataclass(f"C{n}", [("x", str)], namespace={"__doc__": f"C{n} it is."}) for n in range(9)]
options = Variation(7, shuffle=True, dropout=0.5, masking=0.5, negatives=6)
print(render(classes, "x", variation=options))
"""


def test_a_seed_gives_the_same_in_every_process() -> None:
    """Nothing depends on the hash seed."""
    shown = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1
    assert "LABEL_1" in shown.pop()
