"""Daft and Ray Data with two workers against a server on this machine, one of them killed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from codeie.errors import InputError

if TYPE_CHECKING:
    from conftest import Loopback

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"
SCHEMA = """
from dataclasses import dataclass
from codeie import Entity

@dataclass
class Ship(Entity):
    name: str
"""
JOB = Path(__file__).with_name("job.py")
SHIPS = 48
IN_FLIGHT = 2 * 4  # two workers, four calls at once in each

# Neither engine may look for a server to tell that it is used, nor a driver for a graphics card.
QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "disabled",
    "RAY_DEDUP_LOGS": "0",
    # Busy machines take their time to start it.
    "RAY_raylet_start_wait_time_s": "240",
}

pytestmark = pytest.mark.slow


def needs(engine: str) -> pytest.MarkDecorator:
    """Skips where the engine is not installed; it is not in what all tests need, for its size."""
    return pytest.mark.skipif(
        find_spec(engine) is None, reason=f"{engine} is not installed; `nox -s engines` does it"
    )


def started(engine: str, server: Loopback, run: Path, flag: Path | str) -> Any:
    """The rows of a job, or what it printed to say why there are none."""
    done = subprocess.run(
        [sys.executable, str(JOB), engine, server.url, str(run), str(flag)],
        capture_output=True,
        text=True,
        env={**os.environ, **QUIET},
        timeout=580,
        check=False,
    )
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else done.stderr


def check(rows: list[dict[str, Any]]) -> None:
    """Each text has its ship, its name and its place, whichever order the engine gives them in."""
    assert sorted(f"log{number}" for number in range(SHIPS)) == sorted(row["name"] for row in rows)
    for row in rows:
        found = row["extraction"]
        ship = f"Ship{row['name'][3:]}"
        assert (row["name"], "items", None) == (found["id"], found["outcome"], found["error"])
        (item,) = found["items"]
        assert ("Ship", {"name": ship}) == (item["class"], json.loads(item["fields"]))
        (mention,) = item["mentions"]
        assert ship == row["text"][mention["start"] : mention["end"]]


@pytest.mark.parametrize(
    "engine", [pytest.param(engine, marks=needs(engine)) for engine in ("daft", "ray")]
)
def test_two_workers_extract_from_a_column(engine: str, loopback: Loopback, tmp_path: Path) -> None:
    """Every text gets its row, and is asked about once."""
    check(started(engine, loopback, tmp_path / "run.db", "-"))
    assert {f"Ship{number}": 1 for number in range(SHIPS)} == dict(loopback.asked)


@pytest.mark.parametrize(
    "engine", [pytest.param(engine, marks=needs(engine)) for engine in ("daft", "ray")]
)
def test_the_lines_in_the_docs_run(engine: str, loopback: Loopback, tmp_path: Path) -> None:
    """What a reader copies from the page reads a table and writes one with a struct column."""
    import pyarrow.parquet as pq

    table = {"text": [f"The Ship{n} sailed." for n in range(9)], "id": [str(n) for n in range(9)]}
    pq.write_table(pa_table(table), tmp_path / "news.parquet")
    (tmp_path / "my_schema.py").write_text(SCHEMA)
    lines = next(
        block
        for block in re.findall(r"```py\n(.*?)```", PAGE.read_text(), re.DOTALL)
        if f"codeie.engines.{engine}" in block
    )
    (tmp_path / "job.py").write_text(lines.replace("/data/news.db", str(tmp_path / "run.db")))
    address = {
        "OPENAI_BASE_URL": loopback.url,
        "OPENAI_API_KEY": "none",
        "PYTHONPATH": str(tmp_path),
    }
    subprocess.run(
        [sys.executable, "job.py"],
        cwd=tmp_path,
        env={**os.environ, **QUIET, **address},
        timeout=580,
        check=True,
    )
    written = pq.read_table(tmp_path / "extracted").to_pylist()
    assert [("items", f"Ship{n}") for n in range(9)] == [
        (row["extraction"]["outcome"], row["extraction"]["items"][0]["mentions"][0]["string"])
        for row in sorted(written, key=lambda row: int(row["id"]))
    ]


def pa_table(columns: dict[str, list[str]]) -> Any:
    """An Arrow table; its package comes with either engine."""
    import pyarrow as pa

    return pa.table(columns)


@needs("ray")
def test_ray_goes_on_without_an_actor_that_is_killed(loopback: Loopback, tmp_path: Path) -> None:
    """An actor that is killed in mid-run loses no text, and repeats what was in flight at most."""
    flag = tmp_path / "killed"
    check(started("ray", loopback, tmp_path / "run.db", flag))
    assert flag.exists()
    assert SHIPS == len(loopback.asked)
    assert sum(loopback.asked.values()) <= SHIPS + IN_FLIGHT


@needs("daft")
def test_daft_goes_on_with_a_query_that_is_made_again(loopback: Loopback, tmp_path: Path) -> None:
    """A worker that is killed fails the query; made again, it asks for what is left at most."""
    flag = tmp_path / "killed"
    failed = started("daft", loopback, tmp_path / "run.db", flag)
    assert isinstance(failed, str)
    assert flag.exists(), failed
    before = len(loopback.asked)
    assert 0 < before < SHIPS
    check(started("daft", loopback, tmp_path / "run.db", flag))
    assert SHIPS == len(loopback.asked)
    assert sum(loopback.asked.values()) <= SHIPS + IN_FLIGHT


@needs("ray")
@pytest.mark.parametrize("cpus", [0, -1, float("inf"), float("nan")])
def test_a_share_of_a_core_that_ray_cannot_keep_is_one_line(cpus: float) -> None:
    """It is told where it is given, and not by a worker."""
    from codeie.engines.ray import extracted

    with pytest.raises(InputError, match="cpus must be above 0, got "):
        extracted(Any, Any, cpus=cpus)  # type: ignore[arg-type]
