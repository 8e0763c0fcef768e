"""What must hold for the pages as a site; building it is `nox -s docs`."""

from __future__ import annotations

import importlib
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import codeie

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
REFERENCE = "".join(page.read_text() for page in (DOCS / "reference").glob("*.md"))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """The script that builds the site."""
    spec = importlib.util.spec_from_file_location("make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _entries(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list):
        for entry in nav:
            yield from _entries(entry)
    elif isinstance(nav, dict):
        for entry in nav.values():
            yield from _entries(entry)


def test_the_navigation_has_every_page_once(make: ModuleType) -> None:
    """Each page and each measured table is in the navigation, and nothing that is not there."""
    text = (DOCS / "zensical.toml").read_text()
    nav = tomllib.loads(text.replace('{ "Measurements" = [] }', make.measurements()))
    tables = (ROOT / "benchmarks" / "results").glob("*.md")
    there = [str(page.relative_to(DOCS)) for page in PAGES]
    there += [f"results/{table.name}" for table in tables]
    assert sorted(_entries(nav["project"]["nav"])) == sorted(there)


def test_the_reference_has_every_public_name() -> None:
    """What `codeie` exports is on a page of the reference."""
    shown = {name.rpartition(".")[2] for name in re.findall(r"^::: (\S+)$", REFERENCE, re.M)}
    names = {n for n in codeie.__all__ if not isinstance(getattr(codeie, n), ModuleType)}
    assert names - shown == set()


def test_the_reference_names_what_is_there() -> None:
    """Each name on its pages can be had from where the page says."""
    names = [name.rpartition(".") for name in re.findall(r"^::: (\S+)$", REFERENCE, re.M)]
    gone = [
        f"{module}.{last}"
        for module, _, last in names
        if not hasattr(importlib.import_module(module), last)
    ]
    assert gone == []


@pytest.mark.parametrize("code", codeie.Code)
def test_the_catalogue_has_every_diagnostic(code: codeie.Code) -> None:
    """Each code has an entry of its own, with an example that says that it comes."""
    entries = re.split(r"^#+ ", (DOCS / "diagnostics.md").read_text(), flags=re.M)
    (entry,) = [one for one in entries if one.startswith(f"`{code.value}`\n")]
    examples = re.findall(r"^```python\n(.*?)^```", entry, re.M | re.S)
    asserted = [line for one in examples for line in one.splitlines() if line.startswith("assert")]
    assert any(f'"{code.value}"' in line for line in asserted)


def test_links_that_leave_the_docs_lead_to_the_site(make: ModuleType) -> None:
    """A table is linked beside the pages, what the site has not becomes words, the rest stays."""
    page = DOCS / "reference" / "schemas.md"
    text = "[a](../../benchmarks/results/peers.md#b), [c](../../prompts), [d](../index.md), [e](#f)"
    assert make.on_site(text, page) == "[a](../results/peers.md#b), c, [d](../index.md), [e](#f)"


def test_a_page_that_loads_from_elsewhere_is_told(make: ModuleType, tmp_path: Path) -> None:
    """Scripts, pictures and styles of other hosts are found; links and own files are not meant."""
    (tmp_path / "a.html").write_text(
        '<a href="https://b.example"></a><script src=own.js></script><script src="//c.example/d">'
        '<link rel="stylesheet" href="https://e.example/f.css"><img alt="" src=http://g.example/h>'
    )
    assert make.loaded_from_elsewhere(tmp_path) == [
        'a.html: <script src="//c.example/d',
        'a.html: <link rel="stylesheet" href="https://e.example/f.css',
        'a.html: <img alt="" src=http://g.example/h',
    ]


def _anchors(page: Path) -> set[str]:
    words = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    titles = re.findall(r"^#+ (.+)$", words, re.M)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", t.lower()).strip()) for t in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_to_headings_lead_somewhere(page: Path) -> None:
    """A link with a fragment is to a heading that is there."""
    links = re.findall(r"\]\(([^):#\s]*\.md)?#([^)\s]+)\)", page.read_text())
    missing = [
        f"{target}#{heading}"
        for target, heading in links
        if heading not in _anchors(page.parent / target if target else page)
    ]
    assert missing == []
