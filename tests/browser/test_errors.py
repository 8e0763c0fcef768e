"""Errors, comparisons and runs in a real browser: boxes filter without a script, nothing acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeie import Entity, Prompt, compare, ground
from codeie.display import page_end, page_section, page_start
from codeie.evaluation import find_errors
from codeie.testing import ScriptedClient

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Opened = Callable[..., Page]


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Firm(Entity):
    """A company."""

    name: str


TEXT = "Ada <script>document.title='acted'</script> works for Acme Labs of Oslo, and Bo does not."


def _saved(path: Path, *views: str) -> Path:
    path.write_text(page_start("Views") + "".join(map(page_section, views)) + page_end())
    return path


@pytest.mark.parametrize("script", [True, False])
def test_errors_go_with_their_kind_and_their_class(
    opened: Opened, tmp_path: Path, script: bool
) -> None:
    """Unticked, their rows are gone; the others stay; ticked again, they are there again."""
    gold = ground([Person("Ada"), Firm("Acme Labs of Oslo"), Person("Bo")], TEXT)
    said = ground([Firm("Ada"), Firm("Acme Labs"), Person("Carl")], TEXT)
    errors = find_errors([gold], [said], [Person, Firm], texts=[TEXT])
    page = opened(_saved(tmp_path / "errors.html", errors._repr_html_()), script=script)
    rows = page.locator(".codeie-view tbody tr")

    def count() -> int:
        return sum(row.is_visible() for row in rows.all())

    assert 4 == count()
    for name, left in (("missing", 3), ("Person", 1), ("Person", 3), ("missing", 4)):
        page.locator(".codeie-filters label", has_text=name).locator("input").click()
        assert left == count()
    assert "acted" != page.title()


def test_compared_systems_open(opened: Opened, tmp_path: Path) -> None:
    """Folded at first; opened, all four ways to differ stand in one text."""

    def answer(prompt: Prompt) -> str:
        if prompt.style == "gollie":
            return '[Person("Ada"), Firm("Acme Labs of Oslo"), Person("Bo")]'
        return '[Firm("Ada"), Firm("Acme Labs"), Person("Oslo")]'

    found = compare(
        TEXT, [Person, Firm], styles=["gollie", "json"], models=[ScriptedClient(answer)]
    )
    page = opened(_saved(tmp_path / "compared.html", found._repr_html_()))
    part = page.locator("details", has_text="json: where it differs from gollie")
    assert not part.locator(".codeie-text").is_visible()
    part.locator("summary").first.click()
    text = part.locator(".codeie-text").element_handle()
    page.wait_for_function("(node) => node.innerText", arg=text)  # it is drawn after the click
    for said in (
        "wrong class: Person → Firm",
        "wrong edge: Firm",
        "invented: Person",
        "missed: Person",
    ):
        assert said in text.inner_text().replace("\xa0", " ")
    assert "acted" != page.title()
