"""An induced schema beside the given one: what each finds of a dataset's gold mentions.

    CODEIE_DATA=/path/to/datasets python benchmarks/induce.py --model openai/NAME --keep

For each dataset a model proposes a schema from texts of the training part (``codeie.induce``), is then
asked about other texts with that schema and with the dataset's own, and both are scored by place
alone, for an induced class has a name of its own. Then each induced class is given the gold class
that most of its places have in half of these texts, and F1 with classes is measured on the other half.
"""

from __future__ import annotations

import argparse
import platform
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from codeie import Entity, Extraction, Extractor, Settings, Span, induce
from codeie.datasets import Example, load
from codeie.evaluation import Counts

PAGE = Path(__file__).parent / "results" / "induce.md"
TASKS = {
    "conll04": "who lives or works where, and for which organization",
    "mit_restaurant": "what somebody wants who looks for a restaurant",
}
Place = tuple[Span, str]


def places_of(items: Sequence[Any]) -> set[Place]:
    """Where mentions are, and of which class."""
    return {
        (item.span, type(item.value).__name__)
        for item in items
        if isinstance(item.value, Entity) and item.span is not None
    }


def counted(
    gold: Sequence[Example], found: Sequence[Extraction[Any]], names: dict[str, str] | None
) -> Counts:
    """Counts by place, or with classes, if there are names for them."""
    total = Counts()
    for one, extraction in zip(gold, found, strict=True):
        right: set[Any] = places_of(one.gold)
        said: set[Any] = places_of(extraction.items)
        if names is None:
            right, said = {span for span, _ in right}, {span for span, _ in said}
        else:
            said = {(span, names.get(name, name)) for span, name in said}
        total += Counts(len(right & said), len(said), len(right))
    return total


def meant(gold: Sequence[Example], found: Sequence[Extraction[Any]]) -> dict[str, str]:
    """For each induced class the gold class that most of its places have."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for one, extraction in zip(gold, found, strict=True):
        right = dict(places_of(one.gold))
        for span, name in places_of(extraction.items):
            if span in right:
                seen[name][right[span]] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in seen.items()}


def measured(name: str, given: argparse.Namespace, run: Path) -> list[str]:
    """Rows of the table, for the induced schema and for the given one."""
    examples = [one for one in load(name, split="train") if one.document.text.strip()]
    drawn = random.Random(given.seed).sample(examples, given.texts + given.test)  # noqa: S311
    texts, test = drawn[: given.texts], drawn[given.texts :]
    settings = Settings(temperature=0.0, max_tokens=given.max_tokens)
    found = induce(
        [one.document for one in texts],
        TASKS[name],
        model=given.model,
        rounds=given.rounds,
        settings=settings,
        run=run,
        seed=given.seed,
    )
    print(found.code, flush=True)
    own = [cls for cls in load(name, split="train").schema if issubclass(cls, Entity)]
    induced = [cls for cls in found.classes if issubclass(cls, Entity)]
    rows = []
    for label, classes in (("given", own), ("induced", induced)):
        if not classes:
            rows.append(f"| {name} | {label} | 0 | | | | | |")
            continue
        extractor: Extractor[Any] = Extractor(classes, model=given.model, settings=settings)
        documents = [one.document for one in test]
        answers = list(extractor.extract_many(documents, run=run, concurrency=4))
        places = counted(test, answers, None)
        half = len(test) // 2
        names = meant(test[:half], answers[:half]) if label == "induced" else {}
        typed = counted(test[half:], answers[half:], names)
        unread = sum(one.outcome.value in ("unparsed", "failed") for one in answers)
        rows.append(
            f"| {name} | {label} | {len(classes)} | {places.precision:.3f} | {places.recall:.3f} | "
            f"{places.f1:.3f} | {typed.f1:.3f} | {unread} |"
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", required=True, help="a model that writes")
    parser.add_argument("--keep", action="store_true", help="write results/induce.md")
    parser.add_argument("--datasets", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--texts", type=int, default=24, help="what the schema is made from")
    parser.add_argument("--test", type=int, default=60, help="what both are measured on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--max-tokens", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run", type=Path, help="where answers are kept")
    given = parser.parse_args()
    run = given.run or Path(tempfile.mkdtemp()) / "answers.sqlite"
    rows = [row for name in given.datasets for row in measured(name, given, run)]
    lines = [
        "# An induced schema beside the given one",
        "",
        f"{date.today()}, Python {platform.python_version()}, `{given.model.rpartition('/')[2]}`; {given.rounds} rounds over "
        f"{given.texts} texts, {given.test} others to measure on, all of the training part, seed "
        f"{given.seed}. Places alone, and F1 with classes on the second half of the texts, induced "
        "classes named by the gold of the first.",
        "",
        "| dataset | schema | classes | precision | recall | F1 of places | F1 with classes | unread |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    print("\n".join(lines))
    if given.keep:
        PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
