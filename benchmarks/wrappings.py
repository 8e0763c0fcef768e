"""How answers are read that providers, templates, gateways and chats put something around.

Run: ``python benchmarks/wrappings.py``. Random instances are written into each wrapping (the
writers of ``tests/wrappings.py``); an answer is read right if all its instances come back in
order and nothing else does. "Wrong, unsaid" are instances that were not in the answer, and
answers that lack some, with no diagnostic that is more than a note.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from codeie.diagnostics import Severity
from codeie.parsing import parse

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from wrappings import (
    ANSWERS,
    AROUND,
    SCHEMA,
    Instances,
    LivesIn,
    Person,
    Place,
    Price,
    code,
    lines,
)

WORDS = (
    *("Ann", "Ben Okri", "O'Brien", 'the "Big" one', "Zoë", "AT&T", "Acme (UK)", "x, y", "日本"),
    *("New York", "A_B", "50 %", "e.g. it", "#9", "a < b", "it: that", "{x}", "1.50", "a|b"),
)
PLAIN = ("Ann", "Ben Okri", "O'Brien", "Zoë", "AT&T", "New York", "A_B", "日本", "e.g. it", "x, y")
BARE = ("table", "Qwen parameters", "Claude invoke")
"""Forms that have no quotes: not every string can be told from what stands around it."""


@dataclass
class Count:
    """Answers of one kind."""

    of: int = 0
    right: int = 0
    unsaid: int = 0


def instances(random_: random.Random, words: tuple[str, ...]) -> list[object]:
    """One to four instances."""
    word = lambda: random_.choice(words)  # noqa: E731
    makers: list[Callable[[], object]] = [
        lambda: Person(word()),
        lambda: Place(word()),
        lambda: LivesIn(Person(word()), Place(word())),
        lambda: Price(random_.choice([0.5, 3.0, 1250.75]), random_.choice(["EUR", "USD", ""])),
    ]
    return [random_.choice(makers)() for _ in range(random_.randint(1, 4))]


def note(count: Count, answer: str, expected: Instances, *, ordered: bool) -> None:
    """Read one answer."""
    result = parse(answer, SCHEMA)
    count.of += 1
    same = Counter(map(repr, expected)) == Counter(map(repr, result.instances))
    if same and (not ordered or list(expected) == result.instances):
        count.right += 1
    elif all(one.severity is Severity.NOTE for one in result.diagnostics):
        count.unsaid += 1


def measure(number: int, seed: int) -> dict[str, Count]:
    """Each form, each wrapping around code, and forms in wrappings."""
    random_ = random.Random(seed)  # noqa: S311 # reproducible, not secret
    counts: dict[str, Count] = {}
    for form, write in ANSWERS.items():
        for _ in range(number):
            some = instances(random_, PLAIN if form in BARE else WORDS)
            count = counts.setdefault(form, Count())
            note(count, write(some), some, ordered=form != "lists by class")
    for around, wrap in AROUND.items():
        for _ in range(number):
            some = instances(random_, WORDS)
            inner = random_.choice([code, lines])(some)
            note(
                counts.setdefault(f"{around} around code", Count()), wrap(inner), some, ordered=True
            )
    for _ in range(10 * number):
        form, around = random_.choice(list(ANSWERS)), random_.choice(list(AROUND))
        some = instances(random_, PLAIN)
        answer = AROUND[around](ANSWERS[form](some))
        count = counts.setdefault("any form in any wrapping", Count())
        note(count, answer, some, ordered=form != "lists by class")
    return counts


def cut(number: int, seed: int) -> Count:
    """Answers that end somewhere: nothing may be invented. YAML has no sign of its end."""
    random_ = random.Random(seed)  # noqa: S311
    count = Count()
    for write in (write for form, write in ANSWERS.items() if "YAML" not in form):
        for _ in range(number):
            some = instances(random_, PLAIN)
            whole = write(some)
            answer = whole[: random_.randint(1, len(whole))]
            result = parse(answer, SCHEMA)
            count.of += 1
            invented = Counter(map(repr, result.instances)) - Counter(map(repr, some))
            said = any(one.severity is not Severity.NOTE for one in result.diagnostics)
            count.right += not invented
            count.unsaid += bool(invented) and not said
    return count


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--answers", type=int, default=200, help="of each kind")
    options.add_argument("--no-write", action="store_true")
    chosen = options.parse_args()
    counts = measure(chosen.answers, 11)
    ends = cut(max(1, chosen.answers // 10), 12)
    total = Count(
        *(sum(getattr(one, what) for one in counts.values()) for what in ("of", "right", "unsaid"))
    )
    result = [
        "# Answers in wrappings",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores. "
        "`python benchmarks/wrappings.py`",
        "",
        "| wrapping | answers | read right | wrong, unsaid |",
        "|---|---|---|---|",
        *(
            f"| {kind} | {one.of:,} | {one.right / one.of:.3f} | {one.unsaid} |"
            for kind, one in counts.items()
        ),
        "",
        f"All: {total.right / total.of:.4f} of {total.of:,} read right; "
        f"{total.unsaid} wrong without a diagnostic (target 0).",
        f"Cut anywhere (but YAML, which has no end): {ends.of:,} answers, {ends.of - ends.right} with an instance that the "
        f"whole does not have, {ends.unsaid} of them without a diagnostic (target 0).",
    ]
    print("\n".join(result))
    if not chosen.no_write:
        path = Path(__file__).parent / "results" / "wrappings.md"
        path.write_text("\n".join(result) + "\n", "utf-8")


if __name__ == "__main__":
    main()
