"""The notebooks as people read them on the web: made into pages and opened in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Opened = Callable[..., Page]

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDTHS = (1200, 800, 390)
# What nbconvert's own page would load, for formulas and diagrams that these notebooks have not.
_NOTHING_ELSE = dict.fromkeys(
    ("mathjax_url", "require_js_url", "jquery_url", "mermaid_js_url", "widget_renderer_url"), ""
)


@pytest.fixture(scope="module")
def as_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a page of a notebook."""
    exporting = pytest.importorskip("nbconvert", reason="needs codeie[browser]")
    folder = tmp_path_factory.mktemp("pages")

    def make(notebook: Path, theme: str = "light") -> Path:
        exporter = exporting.HTMLExporter(theme=theme, **_NOTHING_ELSE)
        page = folder / f"{notebook.stem}-{theme}.html"
        page.write_text(exporter.from_filename(str(notebook))[0], encoding="utf-8")
        return page

    return make


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_reads_well_on_the_web(
    opened: Opened, as_page: Callable[..., Path], notebook: Path, serious: Callable[..., list[str]]
) -> None:
    """At three widths nothing is wider than the page; outputs have no serious fault for axe."""
    page = opened(as_page(notebook))
    shots = ROOT / "build" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    # What is drawn only when it is scrolled to would be missing in a picture of the whole.
    page.add_style_tag(content="*{content-visibility:visible!important}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert width >= page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=shots / f"{notebook.stem}-{width}.png", full_page=True)
    if page.locator(".jp-RenderedHTML").count():
        assert [] == serious(page, ".jp-RenderedHTML")


def test_outputs_stay_readable_in_a_dark_notebook(
    opened: Opened, as_page: Callable[..., Path], serious: Callable[..., list[str]]
) -> None:
    """Words take the notebook's own colour, and have contrast enough there."""
    (notebook,) = (path for path in NOTEBOOKS if path.stem.startswith("05"))
    page = opened(as_page(notebook, "dark"), dark=True)
    text = page.locator(".codeie-text").first
    colour = text.evaluate("node => getComputedStyle(node).color")
    assert min(map(int, re.findall(r"\d+", colour)[:3])) > 150
    assert [] == serious(page, ".jp-RenderedHTML")


def test_an_output_of_a_notebook_is_alive(opened: Opened, as_page: Callable[..., Path]) -> None:
    """In the committed page a row lights its mentions and no other output; a class can be hidden."""
    (notebook,) = (path for path in NOTEBOOKS if path.stem.startswith("05"))
    page = opened(as_page(notebook))
    view = page.locator(".codeie-view").nth(1)
    row = view.locator("tr[data-i='3']").first
    row.hover()  # the page scrolls there, and what it draws on the way moves the row once more
    row.hover()
    lit = "[...document.querySelectorAll('.codeie-view')].map((one) => one.querySelectorAll('.codeie-on').length)"
    counts = page.evaluate(lit)
    assert counts[1] > 1
    assert 0 == sum(counts) - counts[1]
    view.locator("input").first.click()
    assert not view.locator("tr[data-i='1']").first.is_visible()
