"""How fast entities are scored, beside seqeval and nervaluate, on the same predictions.

    python benchmarks/evaluation.py [--sentences 10000]

The sentences are random tags, the same for all; every scorer starts from what it takes: codeie
from grounded instances, the others from tag sequences. The micro F1 of all must agree. The
table goes to benchmarks/results/evaluation.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from codeie import Entity, Grounded, MatchKind, Mention, Span
from codeie.evaluation import find_errors, score

RESULTS = Path(__file__).parent / "results" / "evaluation.md"


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Place(Entity):
    """Somewhere."""

    name: str


@dataclass
class Organization(Entity):
    """A group with a name."""

    name: str


CLASSES = {cls.__name__: cls for cls in (Person, Place, Organization)}


def sentence(draws: random.Random, length: int) -> list[str]:
    tags: list[str] = []
    while len(tags) < length:
        if draws.random() < 0.12:
            kind, size = draws.choice(list(CLASSES)), min(draws.randint(1, 3), length - len(tags))
            tags += [f"B-{kind}", *[f"I-{kind}"] * (size - 1)]
        else:
            tags.append("O")
    return tags


def changed(draws: random.Random, tags: list[str]) -> list[str]:
    """What a system might say: one sentence in three has something else at one place."""
    if draws.random() < 2 / 3:
        return tags
    at = draws.randrange(len(tags))
    return [*tags[:at], *sentence(draws, 1), *(["O"] * (len(tags) - at - 1))]


def instances(tags: list[str]) -> list[Grounded[object]]:
    found: list[Grounded[object]] = []
    start = -1
    for index, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            name = "x" * (index - start)
            mention = Mention("name", name, Span(start, index), MatchKind.EXACT)
            found.append(Grounded(CLASSES[tags[start][2:]](name), (mention,)))
            start = -1
        if tag.startswith("B-"):
            start = index
    return found


def seconds(work: Callable[[], float], repetitions: int) -> tuple[float, float]:
    """The least time of several, and what the work gave."""
    least, value = float("inf"), 0.0
    for _ in range(repetitions):
        begin = time.perf_counter()
        value = work()
        least = min(least, time.perf_counter() - begin)
    return least, value


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sentences", type=int, default=10_000)
    asked.add_argument("--repetitions", type=int, default=3)
    options = asked.parse_args()
    warnings.simplefilter("ignore")
    draws = random.Random(1)  # noqa: S311 - made-up data
    gold = [sentence(draws, draws.randint(5, 40)) for _ in range(options.sentences)]
    said = [changed(draws, tags) for tags in gold]
    gold_items, said_items = list(map(instances, gold)), list(map(instances, said))
    classes = list(CLASSES.values())

    def codeie_score() -> float:
        return score(gold_items, said_items, classes).f1

    def codeie_interval() -> float:
        scores = score(gold_items, said_items, classes)
        scores.interval()
        return scores.f1

    def codeie_errors() -> float:
        found = find_errors(gold_items, said_items, classes)
        right = sum(found.correct.values())
        return 2 * right / (sum(map(len, gold_items)) + sum(map(len, said_items)))

    def seqeval_strict() -> float:
        from seqeval.metrics import classification_report
        from seqeval.scheme import IOB2

        report = classification_report(gold, said, mode="strict", scheme=IOB2, output_dict=True)
        return float(report["micro avg"]["f1-score"])

    def nervaluate_all() -> float:
        from nervaluate import Evaluator

        results = Evaluator(gold, said, tags=list(CLASSES), loader="list").evaluate()
        return float(results["overall"]["strict"].f1)

    work = {
        "codeie: score": codeie_score,
        "codeie: score and 95 % interval (1,000 resamples)": codeie_interval,
        "codeie: every error classed": codeie_errors,
        f"seqeval {version('seqeval')}: strict report": seqeval_strict,
        f"nervaluate {version('nervaluate')}: evaluate (four schemas)": nervaluate_all,
    }
    measured = {name: seconds(each, options.repetitions) for name, each in work.items()}
    base = measured["codeie: score"][0]
    values = [f1 for _, f1 in measured.values()]
    if max(values) - min(values) > 1e-9:
        raise SystemExit(f"the scorers disagree: {measured}")
    text = "\n".join(
        [
            "# Scoring: speed",
            "",
            f"{dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}, "
            f"{os.cpu_count()} cores; codeie {version('codeie')}. "
            f"{options.sentences:,} sentences, {sum(map(len, gold_items)):,} gold entities; least "
            f"of {options.repetitions}. Made by `python benchmarks/evaluation.py`.",
            "",
            "| what | seconds | times codeie's score | micro F1 |",
            "|---|---|---|---|",
            *(
                f"| {name} | {took:.2f} | {took / base:.1f} | {f1:.4f} |"
                for name, (took, f1) in measured.items()
            ),
            "",
        ]
    )
    print(text)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
