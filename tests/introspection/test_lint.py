"""Advice on schemas that are allowed and yet doubtful."""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass

from codeie.introspection import Advice, Rule, introspect, lint
from codeie.types import Relation


@dataclass
class Good(Relation):
    """One thing leads to another."""

    head: str
    tail: str


def test_a_good_schema_gets_no_advice() -> None:
    """Documented, distinct classes need none."""
    assert [] == lint(introspect(Good))


def test_each_rule_is_told_with_its_class() -> None:
    """Every rule names the class it is about, or none where it is about the schema."""
    bare = make_dataclass("Bare", [])
    twin = make_dataclass("Twin", [], namespace={"__doc__": Good.__doc__})
    lone = make_dataclass("Lone", [("head", str)], bases=(Relation,), namespace={"__doc__": "L."})
    shadow = make_dataclass("list", [], namespace={"__doc__": "A list."})
    many = [make_dataclass(f"C{n}", [], namespace={"__doc__": f"{n}"}) for n in range(25)]
    advice = lint(introspect([Good, bare, twin, lone, shadow, *many]))
    assert [
        (Rule.NO_GUIDELINE, "Bare"),
        (Rule.FEW_ARGUMENTS, "Lone"),
        (Rule.SHADOWS_BUILTIN, "list"),
        (Rule.SAME_GUIDELINE, "Twin"),
        (Rule.MANY_CLASSES, ""),
    ] == [(each.rule, each.class_name) for each in advice]
    assert (
        Advice(
            Rule.MANY_CLASSES,
            "the schema has 30 classes; ask for them in groups",
        )
        == advice[-1]
    )
