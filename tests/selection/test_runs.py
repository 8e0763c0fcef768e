"""Saved runs: what was hard, what was found, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from selection.ships import LOG, QUERY, SCHEMA, Left, Port, Ship

from codeie import Demonstration, Document, Extraction, Extractor, InputError
from codeie.selection import BM25, ByDifficulty, demonstrations_of_run
from codeie.testing import ScriptedClient

TERN: dict[str, Any] = {"class": "Ship", "fields": {"name": "Tern"}}
SKAGEN: dict[str, Any] = {"class": "Port", "fields": {"name": "Skagen"}}
NAMED: list[Extraction[Any]] = [
    Extraction(Document(f"{one.text} ({number})", str(number)), ())
    for number, one in enumerate([*LOG, LOG[0]])
]


def line(id: str, items: list[Any], gold: Any = None, outcome: str = "items") -> str:  # noqa: A002
    """A line of a run."""
    record = {"id": id, "outcome": outcome, "items": items}
    return json.dumps(record if gold is None else {**record, "gold": gold})


def written(folder: Path, *lines: str) -> Path:
    """A run's folder."""
    (folder / "predictions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_what_a_run_got_wrong_comes_first(tmp_path: Path) -> None:
    """By 1 less F1 of equal instances; failed documents say nothing, unreadable answers all."""
    run = written(
        tmp_path,
        line("0", [TERN], [TERN]),  # 1 - 2 * 1 / 2
        line("1", [TERN, SKAGEN], [TERN]),  # 1 - 2 * 1 / 3
        line("2", [], [SKAGEN], "unparsed"),
        line("3", [], [SKAGEN], "failed"),
        "",
        line("4", [], [], "empty"),
        line("9", [], [TERN]),  # no example of ours
    )
    selector = ByDifficulty(NAMED, 3, run=run)
    assert [(2, 1.0), (1, pytest.approx(1 / 3)), (0, 0.0), (4, 0.0)] == [
        (each.place, each.score) for each in selector.ranked(QUERY)
    ]
    assert "difficulty:3,mistakes" == str(selector)
    assert NAMED[2].document.text == selector.select(QUERY).demonstrations[-1].text
    assert [NAMED[2].document.text] == [one.text for one in selector.hardest(1)]
    assert 2 == len(BM25(selector.hardest(2), 2).pool)


def test_what_a_run_was_unsure_of_comes_first(tmp_path: Path) -> None:
    """By the mean confidence of what was found, where there is one; no gold is needed."""
    run = written(
        tmp_path,
        line("0", [{**TERN, "confidence": 0.9}, {**SKAGEN, "confidence": 0.7}]),
        line("1", [{**TERN, "confidence": 0.3}, {**TERN, "confidence": None}]),
        line("2", [TERN]),
    )
    ranked = ByDifficulty(NAMED, run=run / "predictions.jsonl", by="uncertainty").ranking
    assert [(1, pytest.approx(0.7)), (0, pytest.approx(0.2))] == [
        (each.place, each.score) for each in ranked
    ]


def test_what_a_run_found_becomes_demonstrations(tmp_path: Path) -> None:
    """A run's answers are read by the rules for all answers; what was not answered is left out."""
    text = "The Tern left Skagen."
    answer = '[{"class": "Left", "head": {"class": "Ship", "name": "Tern"}, "tail": {"class": "Port", "name": "Skagen"}}]'
    extractor = Extractor(SCHEMA, model=ScriptedClient([answer, "no idea"]), style="json")
    documents = [Document(text, "a"), Document("Fog.", "b"), Document("Rain.")]
    records = [extraction.to_json() for extraction in extractor.extract_many(documents[:2])]
    (found,) = demonstrations_of_run(written(tmp_path, *records), documents, SCHEMA)
    assert Demonstration(text, (Left(Ship("Tern"), Port("Skagen")),)) == found


@pytest.mark.parametrize(
    "lines",
    [
        "no JSON",
        "[]",
        "{}",
        '{"id": "0", "outcome": 1, "items": []}',
        '{"id": "0", "outcome": "items", "items": 3}',
        '{"id": "0", "outcome": "items", "items": ["x"]}',
        '{"id": "0", "outcome": "items", "items": [{"class": "Ship", "fields": 3}]}',
        line("0", [{**TERN, "confidence": "high"}]),
        line("0", [{**TERN, "confidence": 7}]),
        "[" * 100_000,
        '{"id": "0", "outcome": "items", "items": [{"class": "A", "fields": {"a": '
        + "[" * 500
        + "]" * 500
        + "}}]}",
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_none_is_told_with_its_place(lines: str | bytes, tmp_path: Path) -> None:
    """Whatever stands in a file, it is one error in one line, with the line's number."""
    file = tmp_path / "run.jsonl"
    content = lines.encode() if isinstance(lines, str) else lines
    file.write_bytes(line("1", []).encode() + b"\n" + content)
    with pytest.raises(InputError, match=r"run\.jsonl:2: no line of a run's predictions") as found:
        ByDifficulty(NAMED, run=file)
    assert "\n" not in str(found.value)


def test_a_run_that_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of other documents, without gold, not there, or too large is one line."""
    run = written(tmp_path, line("0", [TERN]))
    with pytest.raises(InputError, match="nothing of the 5 examples, 5 of which have a name, or"):
        ByDifficulty(NAMED, run=run)
    with pytest.raises(InputError, match="nothing of the 4 examples, 0 of which have a name"):
        ByDifficulty(LOG, run=run)
    with pytest.raises(InputError, match="by takes mistakes or uncertainty, got 'luck'"):
        ByDifficulty(LOG, run=run, by="luck")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no answer about 1 document asked about"):
        demonstrations_of_run(run, [Document("Fog.", "other")], SCHEMA)
    with pytest.raises(InputError, match="none cannot be read: No such file"):
        ByDifficulty(NAMED, run=tmp_path / "none")
    monkeypatch.setattr("codeie.selection._run_file._LONGEST_LINE", 10)
    with pytest.raises(InputError, match=r"predictions\.jsonl:1: the line is longer than 10 bytes"):
        ByDifficulty(NAMED, run=run)
    monkeypatch.setattr("codeie.selection._run_file._MOST_BYTES", 10)
    with pytest.raises(InputError, match="larger than 10 bytes: no run of ours"):
        ByDifficulty(NAMED, run=run)
