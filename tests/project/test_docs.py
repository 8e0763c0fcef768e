"""Every code block in README, docs and docstrings is run, in order, page by page."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [
    path
    for path in sorted([*(ROOT / "codeie").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")])
    if ">>> " in path.read_text()
]

pages = Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=0)], path=str(ROOT))
docstrings = Sybil(
    parsers=[DocTestParser(doctest.ELLIPSIS)],
    path=str(ROOT),
    document_types={".py": PythonDocStringDocument},
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_code_on_a_page_runs(
    page: Path, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a reader copies from a page, from top to bottom, works."""
    if '"local"' in page.read_text():
        request.getfixturevalue("embedded_model")
    document = pages.parse(page)
    monkeypatch.chdir(tmp_path)  # examples may write files
    for example in document.examples():
        example.evaluate()


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_the_examples_in_docstrings_hold(module: Path) -> None:
    """What a docstring shows is what happens."""
    for example in docstrings.parse(module).examples():
        example.evaluate()
