"""A run shows where it stands, and opens: what failed, what was found; safely, whatever it holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from codeie import Document, Entity, Extractor, Prompt
from codeie.display import plain
from codeie.errors import RequestRejected
from codeie.extraction import BatchStatus, Run, RunFile
from codeie.testing import ScriptedClient

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\ud800"


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


def answered(prompt: Prompt) -> str:
    """Every kind of answer: items, nothing, unreadable, none."""
    match prompt.text.split()[0]:
        case "Ship":
            return '[Ship("Tern"), Ship("<script>"), Ghost("Auk")]'
        case "Nothing":
            return "[]"
        case "Refused":
            raise RequestRejected(HOSTILE, hint="Ask <b>otherwise</b>.")
        case _:
            return "I cannot."


def gone_through(path: Path) -> Run[Ship]:
    """A run that came to its end."""
    texts = [
        Document(f"Ship Tern {HOSTILE}", f"one {HOSTILE}"),
        "Nothing.",
        "Nothing else.",
        "Unread",
        "Refused",
    ]
    run = Extractor([Ship], model=ScriptedClient(answered)).run(texts, path, progress=False)
    run.finish()
    return run


def test_a_run_shows_its_states_and_opens(tmp_path: Path) -> None:
    """How many documents are in each state, the cost, each failure with its reason, each result."""
    run = gone_through(tmp_path / "r.db")
    text, html = plain(run, width=200), run._repr_html_()
    for said in (
        "4 of 5 documents answered, 2 items",
        "answered: nothing found",
        "answered, but not readable",
        "RequestRejected",
        "Ask <b>otherwise</b>.",
        "4 calls, 0 tokens read, 0 written",
    ):
        assert said in text
    assert "1 document without an answer" in html
    assert "4 documents with an answer" in html
    assert "name: Tern (5–9)" in html
    assert "name: &lt;script&gt; (10–18)" in html
    assert "4. Document: unparsed, 0 items, 1 diagnostic" in html
    for shown in (run, run.status, run.results, run.failures, *run.results, *run.failures):
        assert "<script>" not in shown._repr_html_()
        assert not {"\x1b", "\u202e", "\ud800"} & set(shown._repr_html_() + plain(shown))


def test_looking_at_a_run_reads_only_what_it_shows(tmp_path: Path) -> None:
    """Of many documents the first fifty are listed, and it says how many there are."""
    texts = [f"Nothing {number}." for number in range(60)]
    run = Extractor([Ship], model=ScriptedClient(answered)).run(
        texts, tmp_path / "r.db", progress=False
    )
    assert "left" not in plain(RunFile(run.path))
    run.finish()
    assert 50 == run.results._repr_html_().count("<details")
    for shown in (run._repr_html_(), run.results._repr_html_(), plain(run.results)):
        assert "The first 50 of 60 are shown." in shown


def test_a_damaged_record_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    """Whatever a file holds in place of items, looking at the run is no error."""
    run = gone_through(tmp_path / "r.db")
    records = (
        '{"id": 5, "items": [1, {"mentions": [{"span": "x", "string": ["<script>"]}, 7]}]}',
        '{"items": {"class": "<script>"}, "diagnostics": [{"message": null}]}',
        "[",
    )
    for record in records:
        with closing(sqlite3.connect(run.path)) as file, file:
            file.execute("UPDATE records SET record = ?", (record,))
        for shown in (run, run.results, run.failures):
            assert "<script>" not in shown._repr_html_()
            assert plain(shown)


def test_runs_through_batches_show_where_they_stand() -> None:
    """In the words in which they are printed."""
    status = BatchStatus("r.db", (("batch_1", "in_progress"),), under_way=3)
    assert "batch_1: in_progress" in status._repr_html_()
    assert str(status) == plain(status)
