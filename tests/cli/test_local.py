"""The main job as a person runs it: a file, the embedded model, a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.local_model

TEXT = "Marie Curie was born in Warsaw and studied in Paris. Pierre Curie was her husband.\n"


@pytest.mark.usefixtures("embedded_model")
def test_a_file_is_extracted_from_without_any_option(tmp_path: Path) -> None:
    """Nothing but a file is needed: people and places come out at their exact places."""
    file = tmp_path / "curie.txt"
    file.write_text(TEXT)
    done = subprocess.run(
        [sys.executable, "-m", "codeie", "extract", str(file), "--jsonl"],
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    record = json.loads(done.stdout)
    found = [(item["class"], *item["spans"]["name"]) for item in record["items"]]
    assert ("Person", 0, 11) in found
    assert ("Place", 46, 51) in found
    for item in record["items"]:
        start, end = item["spans"]["name"]
        assert TEXT[start:end] == item["fields"]["name"]
        assert 0 <= item["confidence"] <= 1
