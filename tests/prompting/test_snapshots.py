"""Whole prompts as files, so that every change of a prompt is seen and reviewed.

After a change that is meant, write them anew and look at the diff:

    CODEIE_UPDATE_SNAPSHOTS=1 python -m pytest tests/prompting/test_snapshots.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import pytest

from codeie.introspection import Role
from codeie.prompting import Demonstration, Layout, Prompt, Variation, dialogue_for, styles
from codeie.types import Entity, Event, Guideline, Relation

LAYOUTS: tuple[Layout, ...] = ("conversation", "completion")
FOLDER = Path(__file__).parent / "snapshots"


class Cargo(Enum):
    GRAIN = "grain"
    SLATE = "slate"


@dataclass
class Person(Entity):
    """A named human being, real or fictional.

    Not groups, not titles alone.
    """

    name: Annotated[str, Guideline("as written in the text", ("Isla Munro", "Olaf Brekke"))]


@dataclass
class Ship(Entity):
    """A vessel with a name. Such as: "Lotta", "Sea Thrift"."""

    name: str


@dataclass
class Port(Entity):
    """A harbour or a town that ships call at."""

    name: str


@dataclass
class CaptainOf(Relation):
    """The person commands the ship."""

    head: Person
    tail: Ship


@dataclass
class BoundFor(Relation):
    """The ship sails to the port."""

    head: Ship
    tail: Port


@dataclass
class Movement(Event):
    """Something or somebody goes from place to place."""

    trigger: Annotated[str, "the word that says so"]


@dataclass
class Sail(Movement):
    """A ship leaves its origin for its destination."""

    vessels: list[Ship] = field(default_factory=list)
    origin: Port | None = None
    destination: Port | None = None
    cargo: Cargo | None = None


@dataclass
class ShipRecord:
    """What is known of one ship."""

    ship: Annotated[str, "its name"]
    builder: Annotated[str | None, "who built it"] = None
    tons: int | None = None


LOTTA, GULL, MULL, ISLA = Ship("Lotta"), Ship("Gull"), Port("Mull"), Person("Isla Munro")
TEXT = 'Olaf Brekke\'s "Sea Thrift" left Oban for Bergen.'
ENTITIES = ("entities", [Person, Ship, Port], [ISLA, LOTTA])
RELATIONS = ("relations", [CaptainOf, BoundFor], [CaptainOf(ISLA, LOTTA)])
EVENTS = ("events", [Sail], [Sail("sailed", [LOTTA], destination=MULL, cargo=Cargo.SLATE)])
SLOTS = ("slots", [ShipRecord], [ShipRecord("Lotta", tons=80)])
ALL = (
    "all",
    [Person, Ship, Port, CaptainOf, BoundFor, Sail],
    [ISLA, LOTTA, CaptainOf(ISLA, LOTTA)],
)
ROLES = {"entities": Role.ENTITY, "relations": Role.RELATION, "events": Role.EVENT}
KNOWN = {
    "gollie-entities": (RELATIONS, [Person("Olaf Brekke"), Ship("Sea Thrift")], [ISLA, LOTTA]),
    "gollie-relations": (
        RELATIONS,
        [BoundFor(Ship("Sea Thrift"), Port("Bergen"))],
        [CaptainOf(ISLA, LOTTA)],
    ),
    "gollie-triggers": (EVENTS, [Movement("left")], [Movement("sailed")]),
    "gollie-query": (SLOTS, [ShipRecord("Sea Thrift")], [ShipRecord("Lotta")]),
    "qa4re": (
        RELATIONS,
        [Person("Olaf Brekke"), Ship("Sea Thrift"), Port("Bergen")],
        [ISLA, LOTTA],
    ),
    "sumask": (RELATIONS, [Person("Olaf Brekke"), Ship("Sea Thrift")], [ISLA, LOTTA]),
}
ANSWERS = {
    "code4uie-two-stage": [" Ship, Person"],
    "knowcoder-hierarchical": ['[Movement("left")]'],
    "chatie": ["Ship, Sail", "Ship: Sea Thrift"],
    "uniner": ['["Olaf Brekke"]', "[]"],
    "yayi-uie": ['{"Person": ["Olaf Brekke"]}', "[]"],
    "qga-ee": ["Sea Thrift", "Oban", "Bergen"],
    "gpt-ner": ["@@Olaf Brekke##'s", "the @@Sea Thrift##", "to @@Bergen##", "yes", "no"],
    "sumask": ["He commands it.", "Does he?"],
    "qa4re": ["A"],
}


def cases() -> Iterator[tuple[str, str, Any, Any, Any]]:
    """Each style with each task that it is for: name, style, task, known, shown as known."""
    for style in styles():
        if style.name in KNOWN:
            task, given, shown = KNOWN[style.name]
            yield f"{style.name}.{task[0]}", style.name, task, given, shown
        elif (
            style.name.startswith("code4struct")
            or style.name == "code4uie-arguments"
            or style.needs_given
        ):
            yield f"{style.name}.events", style.name, EVENTS, [Sail("left")], []
        elif style.name == "yayi-uie":
            yield f"{style.name}.all", style.name, ALL, [], []
        elif set(style.expresses) < set(Role):
            for task in (ENTITIES, RELATIONS, EVENTS):
                if ROLES[task[0]] in style.expresses:
                    yield f"{style.name}.{task[0]}", style.name, task, [], []
        elif style.name in ("gpt-ner", "promptner"):
            yield f"{style.name}.entities", style.name, ENTITIES, [], []
        elif style.name == "knowcoder-hierarchical":
            yield f"{style.name}.events", style.name, EVENTS, [], []
        elif style.name in ("code4uie-two-stage", "chatie"):
            yield f"{style.name}.all", style.name, ALL, [], []
        else:
            for task in (ENTITIES, RELATIONS, EVENTS, SLOTS):
                yield f"{style.name}.{task[0]}", style.name, task, [], []


def pages(
    style: str, layout: Layout, task: Any, given: Sequence[object], shown: Sequence[object]
) -> str:
    """All questions of a style, one after the other."""
    _, classes, found = task
    demonstrations = [
        Demonstration(
            "Isla Munro sailed the Lotta to Mull with slate.",
            found,
            given=shown,
            rationale=["a captain sails her ship"],
        ),
        Demonstration("The quay was empty.", []),
    ]
    dialogue = dialogue_for(
        classes, TEXT, style=style, demonstrations=demonstrations, given=given, layout=layout
    )
    asked = [dialogue.prompt, *(dialogue.answer(each) for each in ANSWERS.get(style, []))]
    return "\n\n".join(_page(prompt) for prompt in asked if prompt is not None) + "\n"


def _page(prompt: Prompt) -> str:
    """A prompt as it shows itself; a mark says where a text ends."""
    end = "⏎" if prompt.layout == "completion" else ""
    return f"==== {prompt.style} {prompt.version}\n{prompt}{end}"


def _check(name: str, text: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("CODEIE_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("name", "style", "task", "given", "shown"), [pytest.param(*c, id=c[0]) for c in cases()]
)
def test_the_prompt_is_the_one_that_was_reviewed(
    name: str,
    style: str,
    task: Any,
    given: Sequence[object],
    shown: Sequence[object],
    layout: Layout,
) -> None:
    """Every style and task in both layouts, word for word."""
    _check(f"{layout}/{name}", pages(style, layout, task, given, shown))


def test_a_varied_prompt_is_the_one_that_was_reviewed() -> None:
    """With masked labels, dropped guidelines, another order and fewer candidates."""
    variation = Variation(
        3, shuffle=True, dropout=0.3, masking=0.5, candidates=1, positives=[Ship], negatives=4
    )
    shown = Demonstration("Isla Munro sailed the Lotta.", [ISLA, LOTTA])
    prompt = dialogue_for(
        ALL[1], TEXT, style="code4uie", demonstrations=[shown], variation=variation
    ).first
    _check("varied", _page(prompt) + "\n")


def test_no_snapshot_is_left_over() -> None:
    """Each file belongs to a style and a task."""
    expected = {f"{layout}/{case[0]}.txt" for case in cases() for layout in LAYOUTS}
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt")}
    assert kept == expected | {"varied.txt"}
