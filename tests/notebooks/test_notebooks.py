"""Every notebook, executed from top to bottom: what it prints and shows is what is committed.

They run only when they are asked for, as each starts an interpreter of its own:

    python -m pytest tests/notebooks --notebooks -n 2

After a change that is meant, write their outputs anew and look at the diff:

    CODEIE_UPDATE_SNAPSHOTS=1 python -m pytest tests/notebooks --notebooks
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

VARIES = "nbval-ignore-output"
"""The tag of a cell whose output differs from machine to machine; nbval knows it, too."""

_STYLE = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TIME = re.compile(r"\d[\d.,]*(?= ?(?:s|ms|µs|seconds|minutes)\b)")


def _words(output: dict[str, Any]) -> str:
    """What a reader sees of an output: no colours, no script, and of times only that there is one."""
    if output["output_type"] == "stream":
        words = output["text"]
    elif output["output_type"] == "error":
        words = f"{output['ename']}: {output['evalue']}"
    elif "text/html" in output["data"]:
        shown = _TAG.sub(" ", _STYLE.sub("", output["data"]["text/html"]))
        words = html.unescape(shown)
    else:
        words = output["data"].get("text/plain", " ".join(output["data"]))
    return _TIME.sub("_", " ".join(words.split()))


def _shown(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, list[str]]]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and VARIES not in cell["metadata"].get("tags", ()):
            yield cell["source"], [*map(_words, cell["outputs"])]


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_is_committed(
    path: Path,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its asserts hold, in a fresh interpreter and an empty folder, and its outputs are the same."""
    monkeypatch.setenv("TQDM_DISABLE", "1")  # what a bar shows is never the same
    committed = nbformat.read(path, as_version=4)
    if 'model="local"' in path.read_text():
        request.getfixturevalue("embedded_model")
    notebook = nbformat.from_dict(committed)
    NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()
    if os.environ.get("CODEIE_UPDATE_SNAPSHOTS"):
        notebook["metadata"]["language_info"] = {"name": "python"}
        nbformat.write(notebook, path)
        return
    for before, now in zip(_shown(committed), _shown(notebook), strict=True):
        assert before == now


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_as_it_ran(path: Path) -> None:
    """It opens with what the reader will have, has asserts, and was run once from top to bottom."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    first, code = notebook["cells"][0], [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert "At the end of this notebook you have" in " ".join(first["source"].split())
    assert [*range(1, len(code) + 1)] == [cell["execution_count"] for cell in code]
    assert any(cell["source"].count("assert ") for cell in code)
    assert not any(output["output_type"] == "error" for cell in code for output in cell["outputs"])
    assert not any("execution" in cell["metadata"] for cell in notebook["cells"])
