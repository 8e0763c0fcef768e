"""The page of the survey's systems: every call in it can be made, every style in it exists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import codeie
from codeie import evaluation, extraction, improvement, prompting, selection
from codeie.prompting import Demonstration, styles
from codeie.schemas import astronomy, legal
from codeie.testing import ScriptedClient
from codeie.types import Document, Entity, Event, Relation

PAGE = (Path(__file__).parents[2] / "docs" / "systems.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.split("\n") if line.startswith("| ") and "| here |" not in line]
CALLS = [call for row in ROWS for call in re.findall(r"`(\w+\([^`]*\))`", row.split("|")[3])]


@dataclass
class Person(Entity):
    name: str


@dataclass
class Company(Entity):
    name: str


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Company


@dataclass
class Hire(Event):
    trigger: str
    who: list[Person] = field(default_factory=list)


def names() -> dict[str, Any]:
    """What the page's calls may use."""
    found = [Person("Ada"), WorksFor(Person("Ada"), Company("Acme"))]
    model = ScriptedClient(["1. she does\n2. she does"] * 9)
    known: dict[str, Any] = {}
    for part in (codeie, prompting, selection, extraction, evaluation, improvement):
        known |= {name: getattr(part, name) for name in part.__all__}
    return known | {
        "Extractor": lambda classes, **options: codeie.Extractor(
            classes, **{"model": model} | options
        ),
        "classes": [Person, Company, WorksFor, Hire],
        "entities": [Person, Company],
        "relations": [WorksFor],
        "events": [Hire],
        "examples": [Demonstration("Ada works for Acme.", found)],
        "demonstrations": [Demonstration("Ada works for Acme.", found)],
        "model": model,
        "gold": [],
        "found": [],
        "documents": [Document("Ada works for Acme.", "1")],
        "errors": [("Person", "Company")],
        "legal": legal,
        "astronomy": astronomy,
    }


@pytest.mark.filterwarnings("ignore::codeie.errors.CodeIEWarning")  # of examples with more
@pytest.mark.parametrize("call", CALLS)
def test_a_call_of_the_page_can_be_made(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a reader copies works, down to the names of styles."""
    monkeypatch.chdir(tmp_path)
    if "BM25" in call or "By" in call or "Anonymised" in call:
        pytest.importorskip("bm25s")
    if "predictions.jsonl" in call:
        model = ScriptedClient(['[Person("Ada")]'])
        found = codeie.Extractor([Person], model=model)(Document("Ada works for Acme.", "1"))
        Path("predictions.jsonl").write_text(f"{found.to_json()}\n", encoding="utf-8")
    if '"local"' in call:
        assert "Extractor(entities, model=" in call  # the model's weights are not everywhere
        return
    eval(call, names())  # noqa: S307 # our own page


def test_each_system_has_a_call_or_a_reason() -> None:
    """No cell is empty, and each system of the survey's tables is there."""
    assert len(ROWS) > 40
    for row in ROWS:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert all(cells), row
        assert "`" in cells[2] or "[" in cells[2] or cells[2].startswith(("none", "---")), row


def test_the_styles_of_the_papers_are_on_the_page() -> None:
    """All but those that are variants, or ours."""
    named = set(re.findall(r'(?:style=(?:\w+\()?"|`")([\w-]+)"', PAGE))
    known = {style.name for style in styles()}
    assert named <= known
    variants = {"code4uie", "code4uie-arguments", "mention-first", "json", "codekgc", "knowcoder"}
    missing = {
        one for one in known - named - variants if not one.startswith(("gollie-", "code4struct-"))
    }
    assert missing == set()
