"""How long parsing takes beside bare libcst, ast and pydantic's JSON, in one run.

Run: ``python benchmarks/parsing.py``. The whole path is measured: guard, locate, split,
evaluate, build. Repetitions are interleaved and the minimum of each is taken, so that other
load on the machine falls on all alike; compare the ratios, not the times.
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import gc
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

import libcst
from recovery import SCHEMA, Attack, Organization, Person, WorksFor, call, instance, real

from codeie.introspection import Schema
from codeie.parsing import IncrementalParser, parse


def minima(functions: list[Callable[[], object]], rounds: int) -> list[float]:
    """The least time of each, repetitions interleaved."""
    best = [float("inf")] * len(functions)
    for _ in range(rounds):
        for index, function in enumerate(functions):
            gc.collect()
            start = time.perf_counter()
            function()
            best[index] = min(best[index], time.perf_counter() - start)
    return best


def fed(output: str, schema: Schema) -> object:
    """The same in pieces of four code points, about a token each."""
    parser = IncrementalParser(schema)
    for start in range(0, len(output), 4):
        parser.feed(output[start : start + 4])
    return parser.close()


def row(name: str, output: str, schema: Schema, items: int, rounds: int, content: object) -> str:
    """One line of the table."""
    functions: list[Callable[[], object]] = [
        lambda: libcst.parse_module(output),
        lambda: parse(output, schema),
        lambda: fed(output, schema),
        lambda: ast.parse(output),
    ]
    if content is not None:
        adapter, data = content  # type: ignore[misc] # a pair
        functions.append(lambda: adapter.validate_json(data))
    times = minima(functions, rounds)
    cells = [f"{time / items * 1e6:.1f}" for time in times] + ["–"] * (5 - len(times))
    return (
        f"| {name} | {len(output):,} | **{times[1] / times[0]:.2f}** | {cells[0]} | {cells[1]} | "
        f"{cells[2]} | {cells[3]} | {cells[4]} |"
    )


def is_python(output: str) -> bool:
    """Whether bare libcst can read an output; cut ones it cannot."""
    try:
        libcst.parse_module(output)
    except libcst.ParserSyntaxError:
        return False
    return True


def json_of(values: list[object]) -> object:
    """A pydantic adapter and the same content as JSON."""
    try:
        from pydantic import TypeAdapter
    except ImportError:
        return None
    adapter = TypeAdapter(list[Person | Organization | WorksFor | Attack])
    return adapter, adapter.dump_json(values)  # type: ignore[arg-type] # of these classes


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--no-write", action="store_true")
    chosen = options.parse_args()
    import random

    lines = [
        "# Speed of parsing",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, libcst {libcst.LIBCST_VERSION}, "
        f"{os.cpu_count()} cores. `python benchmarks/parsing.py`",
        "",
        "Repetitions are interleaved and minima taken, so that other load falls on all alike.",
        "",
        "Microseconds an item; the ratio is `codeie.parse` to bare `libcst.parse_module`.",
        "",
        "| output | characters | ratio | libcst.parse_module | codeie.parse | in pieces of 4 "
        "| ast.parse | pydantic JSON |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for count in (1, 10, 100, 1_000, 10_000):
        random_ = random.Random(11)  # noqa: S311 # reproducible, not secret
        values = [instance(random_) for _ in range(count)]
        code = "".join(f"    {call(value, keywords=True)},\n" for value in values)
        rounds = max(3, chosen.rounds * min(20, 400 // count) // 10 if count <= 100 else 5)
        rounds = 3 if count > 1_000 else rounds
        name = f"{count:,} generated"
        output = f"result = [\n{code}]\n"
        lines.append(row(name, output, SCHEMA, count, rounds, json_of(values)))
        print(lines[-1], flush=True)
    whole = [sample for _, sample in real() if is_python(sample.text)]
    for sample in sorted(whole, key=lambda one: -len(one.values))[:1]:
        for copies in (10, 1_000):
            items = len(sample.values) * copies
            output = sample.text.strip() + "\n"
            lines.append(
                row(
                    f"{copies:,} copies of a real one of {len(sample.values)} items",
                    # Under names of their own: of one name that is assigned again the last counts.
                    "".join(output.replace("result", f"result_{n}", 1) for n in range(copies)),
                    sample.schema,
                    items,
                    3,
                    None,
                )
            )
            print(lines[-1], flush=True)
    if not chosen.no_write:
        path = Path(__file__).parent / "results" / "parsing.md"
        path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
