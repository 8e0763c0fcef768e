"""Strategies by name: what a command line may say, and what it is told of a slip."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import codeie
from codeie import (
    Cascade,
    Continue,
    Decompose,
    Ensemble,
    Entity,
    Extractor,
    InputError,
    Passes,
    Reask,
    TwoStage,
    Verify,
    Vote,
)
from codeie.errors import CodeIEError
from codeie.extraction import Strategy, strategy_named
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("verify", Verify()),
        ("vote(5),verify", Verify(Vote(5))),
        (
            " vote( 5 , temperature = 0.5 ) , verify( batch=true ) ",
            Verify(Vote(5, 0.5), batch=True),
        ),
        ("verify(vote(5), limit=3)", Verify(Vote(5), limit=3)),
        ("vote(3, of=passes(2))", Vote(3, of=Passes(2))),
        ("Two-Stage(spans)", TwoStage("spans")),
        ("two_stage(first=triggers, then='code4struct')", TwoStage("triggers", "code4struct")),
        ("twostage", TwoStage()),
        ("reask(2, ungrounded=false),continue", Continue(of=Reask(2, ungrounded=False))),
        (
            "decompose(groups=[[Person, Ship],[Port]])",
            Decompose(groups=[["Person", "Ship"], ["Port"]]),
        ),
        ("ensemble(json, gollie, merge=union)", Ensemble(["json", "gollie"], merge="union")),
        ("ensemble(styles=[json,sel])", Ensemble(["json", "sel"])),
        ("ensemble(openai/a, models=openai/b)", Ensemble(models=["openai/b", "openai/a"])),
        ("cascade(openai/gpt-5.2, below=0.9, of=vote(3))", Cascade("openai/gpt-5.2", 0.9, Vote(3))),
        ('verify(model="openai/a b")', Verify(model="openai/a b")),
        ("verify(model=none)", Verify()),
        ("vote()(5)", None),
    ],
)
def test_a_strategy_is_read_from_its_names(text: str, made: Any) -> None:
    """In a row, the first innermost, or in each other; values are plain."""
    if made is None:
        with pytest.raises(InputError):
            strategy_named(text)
    else:
        assert made == strategy_named(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected the name of a strategy, found the end"),
        ("vot(5)", "there is no strategy 'vot'; try vote"),
        ("magic", "there is no strategy 'magic'; try vote, ensemble, passes"),
        ("vote", "the arguments of vote do not fit: missing a required argument: 'n'"),
        ("vote(1)", "must be a whole number from 2 to 1,000, got 1"),
        ("vote(99999999)", "must be a whole number from 2 to 1,000, got 99999999"),
        ("vote(many)", "must be a whole number from 2 to 1,000, got 'many'"),
        ("vote(5, temprature=1)", "vote has no argument 'temprature'; try temperature"),
        ("vote(5, temperature=0)", "voting needs a temperature above 0, got 0"),
        ("vote(5", "expected a comma or a closing bracket, found the end"),
        ("vote(5))", r"expected a comma or the end, found '\)'"),
        ("vote(5) verify", "expected a comma or the end, found 'verify'"),
        ("vote(5),", "expected the name of a strategy, found the end"),
        ("vote(=5)", "expected a value, found '=5"),
        ("vote(n=5, n=6)", "'n' is given twice"),
        ("vote(5, n=6)", "the arguments of vote do not fit: 'n' is given twice"),
        ("verify(vote(2), vote(3))", "verify is used on one strategy"),
        ("verify(true, true, true, true, true, true)", "it takes 4 at most"),
        ("ensemble(jsn, gollie)", "ensemble: there is no prompt style 'jsn'; try json"),
        ("ensemble(1, 2)", "members of an ensemble are styles and models, got 1"),
        ("two-stage(typs)", "a first stage 'typs' is not known; try types"),
        ("verify(model=nobody/x)", "nobody"),
        ("verify(" * 50, "brackets in each other|expected"),
        ("x" * 3000, "a strategy of 3,000 characters is none"),
        ("__import__('os')", "there is no strategy '__import__'"),
    ],
)
def test_a_slip_is_told_in_one_line(text: str, said: str) -> None:
    """With the nearest name, or what was expected where."""
    with pytest.raises(CodeIEError, match=said) as told:
        strategy_named(text)
    assert "\n" not in str(told.value)


@given(st.text(alphabet="votereask,()=[]\"' 15.x/-", max_size=30))
def test_whatever_is_typed_ends_in_a_strategy_or_one_error(text: str) -> None:
    """No other exception, whatever the brackets."""
    with contextlib.suppress(CodeIEError):
        strategy_named(text)


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        ("vote(2, of=3)", "of is a technique to use it on, such as Vote\\(5\\), got 3"),
        (Passes(2, of=Vote), "of is a technique to use it on"),
        (Vote(2, of=Continue(of="verify")), "of is a technique to use it on"),  # type: ignore[arg-type]
        ("reask(damaged=no)", "damaged is true or false, got 'no'"),
        ("vote(2),verify(batch=1)", "batch is true or false, got 1"),
        ("passes(2, of=verify(reasons=yes))", "reasons is true or false, got 'yes'"),
    ],
)
def test_an_argument_of_another_kind_is_told_before_anybody_is_asked(
    strategy: Any, said: str
) -> None:
    """Else "no" would mean yes, and a technique that is none would fail each document."""
    with pytest.raises(InputError, match=said):
        Extractor([Person], model=ScriptedClient([]), style="code4uie", strategy=strategy)


def test_every_strategy_is_at_hand_where_the_others_are() -> None:
    """Each of codeie's own is one of the public names of codeie itself, and has a name here."""
    own = {
        cls.__name__
        for cls in Strategy.__subclasses__()
        if cls.__module__.startswith("codeie.extraction.")
    }
    assert own <= set(codeie.__all__)
    assert all(issubclass(getattr(codeie, name), Strategy) for name in own)
    assert len(own) == 12
