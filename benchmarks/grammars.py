"""How grammars grow with the schema and the text, and how long they take to make.

    python benchmarks/grammars.py --keep

Sizes are characters of the grammar as it is sent. Times are of this process alone (CPU time, the
best of three): the grammar and its text in a notation, with what a schema determines made anew, and
made once for all texts. llguidance's own time to take the grammar is beside it where it is
installed. Texts are made of words drawn by seed, 300 different ones.
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import field, make_dataclass
from datetime import date
from pathlib import Path

from codeie import Entity, Schema, introspect
from codeie.grammars import Bounds, gbnf, lark
from codeie.syntaxes import Json, Statements

RESULTS = Path(__file__).parent / "results"
CLASSES, WORDS = (5, 20, 100, 300), (20, 500, 5_000)
HEAD = (
    "| form | classes | words | GBNF, size | Lark, size | made anew, ms | GBNF, ms | Lark, ms "
    "| llguidance takes it, ms |\n|" + "---|" * 9
)


def main() -> None:
    """Measure, print, and write the table where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--keep", action="store_true", help="write results/grammars.md")
    given = parser.parse_args()
    lines = [HEAD, *_rows()]
    print("\n".join(lines))
    if given.keep:
        page = (
            "# Grammars\n\nWritten by `benchmarks/grammars.py` on "
            f"{date.today()}, Python {platform.python_version()}.\n\n"
        )
        told = (__doc__ or "").split("\n\n", 2)[2].strip()
        text = page + told + "\n\n" + "\n".join(lines) + "\n"
        (RESULTS / "grammars.md").write_text(text, encoding="utf-8")


def _rows() -> Iterator[str]:
    for count in CLASSES:
        schema = _schema(count)
        for words in WORDS if count == 20 else (500,):
            for form in (Statements(), Json()):
                yield _row(form, schema, count, words)


def _row(form: Statements | Json, schema: Schema, count: int, words: int) -> str:
    text = _text(words)
    held = form.grammar(schema, Bounds("words"), text)
    sizes = len(gbnf(held)), len(lark(held, "llguidance"))
    fresh = iter(range(1, 99))  # another bound is another grammar
    anew = _spent(lambda: form.grammar(schema, Bounds("words", items=next(fresh)), text))
    as_gbnf = _spent(lambda: gbnf(form.grammar(schema, Bounds("words"), text)))
    as_lark = _spent(lambda: lark(form.grammar(schema, Bounds("words"), text), "llguidance"))
    times = " | ".join(f"{1000 * spent:.1f}" for spent in (anew, as_gbnf, as_lark))
    taken = _taken(lark(held, "llguidance"))
    return (
        f"| {form.name} | {count} | {words:,} | {sizes[0]:,} | {sizes[1]:,} | {times} | {taken} |"
    )


def _schema(count: int) -> Schema:
    made = [make_dataclass("Kind0", [("name", str)], bases=(Entity,))]
    for number in range(1, count):
        fields = [("name", str), ("near", made[-1], field(default=None)), ("age", int, 0)]
        made.append(make_dataclass(f"Kind{number}", fields[: 1 + number % 3], bases=(Entity,)))
    return introspect(made)


def _text(words: int) -> str:
    drawn = random.Random(1)  # noqa: S311 - a sample, not a secret
    known = ["".join(drawn.choices("abcdefghijklmnop", k=drawn.randint(2, 9))) for _ in range(300)]
    return " ".join(drawn.choices(known, k=words))


def _spent(work: Callable[[], object]) -> float:
    return min(_once(work) for _ in range(3))


def _once(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _taken(grammar: str) -> str:
    try:
        import llguidance
    except ImportError:
        return "–"
    tokens = llguidance.LLTokenizer("byte")
    return f"{1000 * _spent(lambda: llguidance.LLMatcher(tokens, grammar)):.1f}"


if __name__ == "__main__":
    main()
