"""What must hold for the repository as a whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "codeie").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")])
WRITTEN = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
PROSE = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")]


def test_no_module_is_too_long_to_read() -> None:
    """No hand-written module of the package has more than 500 lines, and half have at most 200."""
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in (ROOT / "codeie").rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n > 500} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 200


def test_the_package_never_runs_text() -> None:
    """No module evaluates, executes, compiles or unpickles anything."""
    running = re.compile(
        r"(?<![\w.])(?:eval|exec|compile|__import__)\("
        r"|\b(?:import|from) (?:pickle|marshal|shelve)\b"
    )
    found = {str(path.relative_to(ROOT)): running.findall(path.read_text()) for path in SOURCES}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_the_map_in_contributing_is_the_tree() -> None:
    """The map names every part of the package, and no part that is not there."""
    drawn = (ROOT / "CONTRIBUTING.md").read_text().split("```")[3]
    inside = re.findall(r"^  ([\w.]+)/? ", drawn, re.MULTILINE)
    # Links are the folders beside it, which are parts of the package.
    there = {
        path.name
        for path in (ROOT / "codeie").iterdir()
        if not path.is_symlink() and path.name != "py.typed"
    }
    there = {name for name in there if not name.startswith("_")} | {"__init__.py"}
    assert there == set(inside)


def test_every_folder_of_the_package_is_installed() -> None:
    """Setuptools is told of each folder by name, so none may be forgotten."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    linked = {f"codeie.{path.name}" for path in (ROOT / "codeie").iterdir() if path.is_symlink()}
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "codeie").rglob("__init__.py")
    }
    assert linked == {"codeie.prompts", "codeie.schemas"}
    assert there | linked == set(told["packages"])


def test_no_file_names_a_machine() -> None:
    """No file holds a path of the machine it was written on, or the address of a registry."""
    foreign = re.compile(r"/home/\w+|/root/|/tmp/w/|/work/|files\.pythonhosted|/opt/pypi")
    found = {
        str(path.relative_to(ROOT)): foreign.findall(path.read_text())
        for path in [*WRITTEN, *PROSE]
        if path != Path(__file__)
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_the_readme_has_its_two_commands() -> None:
    """One line runs the main job and one runs the tests; the checks take them from there."""
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len([line for line in lines if "codeie extract" in line and "venv" in line]) == 1
    assert len([line for line in lines if "-m pytest" in line and "venv" in line]) == 1


@pytest.mark.parametrize("page", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A relative link on any page is to a file that is there."""
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)[^)]*\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


CORE = ("clients", "decoding", "display", "extraction", "grounding", "introspection", "parsing")


@pytest.mark.parametrize("part", [*CORE, "prompting"])
def test_the_core_does_not_know_the_ready_made_schemas(part: str) -> None:
    """Schemas are data for users; nothing that works on schemas may depend on one of them."""
    sources = {path.name: path.read_text() for path in (ROOT / "codeie" / part).rglob("*.py")}
    importing = re.compile(r"^\s*(?:from|import) (?:codeie\.)?schemas\b", re.MULTILINE)
    assert [name for name, source in sources.items() if importing.search(source)] == []
