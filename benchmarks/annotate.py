"""How many documents a person must correct for a given F1, by what is chosen for them.

    CODEIE_DATA=/path/to/datasets python benchmarks/annotate.py --keep
    OPENAI_BASE_URL=http://localhost:8000/v1 OPENAI_API_KEY=none CODEIE_DATA=… \
        python benchmarks/annotate.py --model openai/NAME --pool 60 --test 40 --k 4 --most 24

A simulation over gold: the annotator is the gold. Each round labels the pool, chooses k documents
by ``codeie.annotation.choose``, and gives them their gold; then F1 is measured on other documents.
All documents are of the training part, drawn anew for each seed.

Without ``--model`` the labeller is a small tagger that is trained on what was corrected, as LLMaAA
trains its student: logistic regression over a word's letters, shape and neighbours. It is cheap,
and its probabilities are confidences. With ``--model`` it is that model with the corrected documents
as demonstrations (BM25, 8 of them) and votes.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import random
import re
import statistics
import tempfile
import time
import zlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from codeie import (
    Code,
    Diagnostic,
    Document,
    Entity,
    Extraction,
    Extractor,
    Grounded,
    Outcome,
    Span,
    Vote,
)
from codeie.annotation import choose
from codeie.datasets import Example, load
from codeie.evaluation import score
from codeie.grounding import MatchKind, Mention
from codeie.selection import BM25, WordLlama, vectors_of

PAGE = Path(__file__).parent / "results" / "annotate.md"
WAYS = (
    "random",
    "uncertainty",
    "disagreement",
    "coverage",
    "uncertainty,diversity",
)
DATASETS = ("conll04", "mit_restaurant")
SHARES = (0.8, 0.9, 0.95)
_WORD = re.compile(r"\w+|[^\w\s]")
_SIZE = 2**16
_OUTVOTED = (Diagnostic(Code.OUTVOTED, "another class, or none, is likelier"),)


class Labeller(Protocol):
    """Learns from corrected documents, and labels others."""

    def fit(self, corrected: Sequence[Example]) -> None: ...

    def label(self, documents: Sequence[Document]) -> list[Extraction[Any]]: ...


class Tagger:
    """Logistic regression over words; neighbours of one class are one mention."""

    def __init__(self, classes: Sequence[type]) -> None:
        self._classes = list(classes)
        self._weights = np.zeros((_SIZE, len(classes) + 1), np.float32)

    def fit(self, corrected: Sequence[Example]) -> None:
        features, wanted = [], []
        for one in corrected:
            spans = words_of(one.document.text)
            features.append(features_of(one.document.text))
            wanted += [self._class_of(span, one) for span in spans]
        rows, target = np.concatenate(features), np.array(wanted)
        self._weights[:] = 0
        squares = np.full_like(self._weights, 1e-6)
        order = np.random.default_rng(1)
        for _ in range(8):
            for at in np.array_split(order.permutation(len(rows)), max(1, len(rows) // 32)):
                error = softmax(self._weights[rows[at]].sum(1))
                error[np.arange(len(at)), target[at]] -= 1
                places = rows[at].ravel()
                gradient = np.repeat(error, rows.shape[1], 0)
                np.add.at(squares, places, gradient**2)
                np.add.at(self._weights, places, -0.2 * gradient / np.sqrt(squares[places]))

    def _class_of(self, span: Span, one: Example) -> int:
        for item in one.gold:
            if isinstance(item.value, Entity) and item.span and item.span.covers(span):
                return 1 + self._classes.index(type(item.value))
        return 0

    def label(self, documents: Sequence[Document]) -> list[Extraction[Any]]:
        return [self._labelled(document) for document in documents]

    def _labelled(self, document: Document) -> Extraction[Any]:
        spans = words_of(document.text)
        shares = softmax(self._weights[features_of(document.text)].sum(1))
        best = shares.argmax(1)
        items, others = [], []
        at = 0
        while at < len(spans):
            end = at + 1
            while end < len(spans) and best[end] == best[at] and best[at]:
                end += 1
            if best[at]:
                share = float(shares[at:end, best[at]].min())
                place = Span(spans[at].start, spans[end - 1].end)
                items.append(self._item(document, place, int(best[at]), share))
            else:
                second = 1 + int(shares[at, 1:].argmax())
                share = float(shares[at, second])
                if share > 0.05:
                    others.append(self._item(document, spans[at], second, share, _OUTVOTED))
            at = end
        return Extraction(
            document,
            tuple(items),
            outcome=Outcome.ITEMS if items else Outcome.EMPTY,
            dropped=tuple(others),
        )

    def _item(
        self, document: Document, span: Span, number: int, share: float, said: Any = ()
    ) -> Grounded[Any]:
        cls, string = self._classes[number - 1], span.of(document.text)
        mention = Mention("name", string, span, MatchKind.EXACT)
        return Grounded(cls(string), (mention,), said, confidence=min(1.0, share))


class Prompted:
    """A model that is shown what was corrected, and votes."""

    def __init__(self, classes: Sequence[type], model: str, run: Path, votes: int) -> None:
        self._classes = classes
        self._model = model
        self._run = run
        self._votes = votes
        self._shown: list[tuple[str, list[Any]]] = []

    def fit(self, corrected: Sequence[Example]) -> None:
        self._shown = [
            (one.document.text, [v for v in one.instances if isinstance(v, Entity)])
            for one in corrected
        ]

    def label(self, documents: Sequence[Document]) -> list[Extraction[Any]]:
        extractor = Extractor(
            list(self._classes),
            model=self._model,
            demonstrations=BM25(self._shown, k=8) if self._shown else (),
            strategy=Vote(self._votes) if self._votes > 1 else None,
            confidence=self._votes <= 1,
        )
        return list(extractor.extract_many(documents, run=self._run, concurrency=4))


@cache
def words_of(text: str) -> list[Span]:
    return [Span(*found.span()) for found in _WORD.finditer(text)]


@cache
def features_of(text: str) -> Any:
    """For each word the numbers of what is seen of it and beside it."""
    words = [span.of(text) for span in words_of(text)]
    padded = ["<", "<", *words, ">", ">"]
    rows = []
    for at, word in enumerate(words, 2):
        low = word.lower()
        shape = re.sub(r"(.)\1+", r"\1", re.sub("[a-z]", "x", re.sub("[A-Z]", "X", word)))
        around = [padded[at + step].lower() for step in (-2, -1, 1, 2)]
        cased = [padded[at + step][:1].isupper() for step in (-1, 1)]
        seen = (low, low[:3], low[-3:], low[-2:], shape, *around, *cased, "")
        rows.append([zlib.crc32(f"{n}{each}".encode()) % _SIZE for n, each in enumerate(seen)])
    return np.array(rows, np.int64).reshape(len(words), 12)


@cache
def vector_of(text: str) -> Any:
    return vectors_of([text], WordLlama())[0]


def softmax(sums: Any) -> Any:
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def curve(
    pool: Sequence[Example],
    test: Sequence[Example],
    classes: Sequence[type],
    labeller: Labeller,
    way: str,
    given: argparse.Namespace,
    seed: int,
) -> dict[int, float]:
    """F1 by the number of corrected documents."""
    left = list(range(len(pool)))
    random.Random(seed).shuffle(left)  # noqa: S311 - a sample, not a secret
    taken, left = left[: given.k], left[given.k :]
    found: dict[int, float] = {}
    names = {one.document.id: at for at, one in enumerate(pool)}
    while True:
        corrected = [pool[at] for at in taken]
        labeller.fit(corrected)
        found[len(taken)] = f1(labeller, test, classes)
        if len(taken) + given.k > min(given.most, len(pool)):
            return found
        known = [(one.document, [type(v).__name__ for v in one.instances]) for one in corrected]
        documents = [pool[at].document for at in left]
        # Chance needs no labels.
        extractions: list[Extraction[Any]] = (
            [Extraction(one) for one in documents] if way == "random" else labeller.label(documents)
        )
        chosen = choose(
            extractions,
            given.k,
            by=way,
            known=known,
            seed=seed,
            embed=lambda texts: np.stack([vector_of(text) for text in texts]),
        )
        new = [names[one.document.id] for one in chosen]
        taken, left = taken + new, [at for at in left if at not in new]


def f1(labeller: Labeller, test: Sequence[Example], classes: Sequence[type]) -> float:
    found = labeller.label([one.document for one in test])
    return score([one.gold for one in test], found, list(classes)).f1


def needed(curve: dict[int, float], target: float) -> float:
    """How many documents it took to come to a F1 and stay there, on the line between two rounds."""
    below = max((size for size, value in curve.items() if value < target), default=0)
    after = min((size for size in curve if size > below), default=None)
    if after is None:
        return math.inf
    if not below:
        return after
    part = (target - curve[below]) / (curve[after] - curve[below])
    return below + part * (after - below)


def interval(values: Sequence[float]) -> str:
    """A mean with its 95 % interval over seeds, by Student's t of so few."""
    quantiles = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}
    mean = statistics.mean(values)
    if len(values) < 2:
        return f"{mean:.3f}"
    half = quantiles.get(len(values), 2.6) * statistics.stdev(values) / math.sqrt(len(values))
    return f"{mean:.3f} ± {half:.3f}"


def measured(name: str, given: argparse.Namespace) -> list[str]:
    """The tables of a dataset."""
    dataset = load(name, split="train")
    examples = [one for one in dataset if one.document.text.strip()]
    classes = [cls for cls in dataset.schema if issubclass(cls, Entity)]
    curves: dict[str, list[dict[int, float]]] = {way: [] for way in given.ways}
    tops: list[float] = []
    for seed in given.seeds:
        drawn = random.Random(seed).sample(examples, given.pool + given.test)  # noqa: S311
        pool, test = drawn[: given.pool], drawn[given.pool :]
        if not given.model:
            tagger = Tagger(classes)
            tagger.fit(pool)
            tops.append(f1(tagger, test, classes))
        for way in given.ways:
            labeller: Labeller = (
                Prompted(classes, given.model, given.run, given.votes)
                if given.model
                else Tagger(classes)
            )
            curves[way].append(curve(pool, test, classes, labeller, way, given, seed))
            print(f"{name} seed {seed} {way}: {list(curves[way][-1].values())[-1]:.3f}", flush=True)
    return table(name, curves, tops, given)


def table(
    name: str,
    curves: dict[str, list[dict[int, float]]],
    tops: Sequence[float],
    given: argparse.Namespace,
) -> list[str]:
    sizes = [size for size in (given.k * 2**n for n in range(12)) if size in curves["random"][0]]
    lines = [f"## {name}", ""]
    if tops:
        lines += [f"With all {given.pool:,} documents corrected F1 is {interval(tops)}.", ""]
    header = "F1 with so many corrected"
    lines += [
        f"| chosen by | {' | '.join(f'{header}: {size}' if n == 0 else str(size) for n, size in enumerate(sizes))} |",
        f"|---|{'---|' * len(sizes)}",
    ]
    for way, runs in curves.items():
        cells = [interval([run[size] for run in runs]) for size in sizes]
        lines.append(f"| {way} | {' | '.join(cells)} |")
    ends = [
        statistics.mean(values)
        for values in zip(*(run.values() for run in curves["random"]), strict=True)
    ]
    most = statistics.mean(tops) if tops else max(ends)
    targets = [share * most for share in SHARES]
    of = "F1 with all" if tops else "best F1 by chance"
    lines += [
        "",
        f"Documents needed (mean of the seeds, least to most in brackets) for a share of the {of}; "
        f"–: not within {given.most}.",
        "",
        f"| chosen by | {' | '.join(f'{share:.0%}: {target:.3f}' for share, target in zip(SHARES, targets, strict=True))} |",
        f"|---|{'---|' * len(targets)}",
    ]
    for way, runs in curves.items():
        cells = [counted([needed(run, target) for run in runs]) for target in targets]
        lines.append(f"| {way} | {' | '.join(cells)} |")
    return [*lines, ""]


def counted(values: Sequence[float]) -> str:
    shown = ["–" if math.isinf(value) else f"{value:.0f}" for value in sorted(values)]
    if math.isinf(max(values)):
        return shown[0] if shown[0] == shown[-1] else f"{shown[0]} to {shown[-1]}"
    return f"{statistics.mean(values):.0f} ({shown[0]} to {shown[-1]})"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--keep", action="store_true", help="write results/annotate.md")
    parser.add_argument("--datasets", nargs="+", default=DATASETS)
    parser.add_argument("--ways", nargs="+", default=WAYS)
    parser.add_argument("--seeds", type=int, nargs="+", default=(1, 2, 3))
    parser.add_argument("--pool", type=int, default=500, help="documents to choose from")
    parser.add_argument("--test", type=int, default=300, help="documents to measure on")
    parser.add_argument("--k", type=int, default=20, help="documents a round")
    parser.add_argument("--most", type=int, default=320, help="documents corrected in the end")
    parser.add_argument("--model", help="a model's name, instead of the tagger")
    parser.add_argument("--votes", type=int, default=3, help="1 takes likelihoods instead")
    parser.add_argument("--run", type=Path, help="where the model's answers are kept")
    given = parser.parse_args()
    if "random" not in given.ways:
        parser.error("--ways must have random, to compare with")
    given.run = given.run or Path(tempfile.mkdtemp()) / "answers.sqlite"
    begun = time.perf_counter()
    tables = [line for name in given.datasets for line in measured(name, given)]
    who = (
        f"`{given.model.rpartition('/')[2]}` with {given.votes} votes and up to 8 demonstrations (BM25)"
        if given.model
        else "a tagger (logistic regression) trained on the corrected documents"
    )
    lines = [
        "# Documents that a person must correct",
        "",
        f"{date.today()}, Python {platform.python_version()}, {platform.machine()}; "
        f"{time.perf_counter() - begun:.0f} s. A simulation: the annotator is the gold, the labeller is {who}. "
        f"{given.pool} documents to choose from and {given.test} others to measure on, both of the training "
        f"part, drawn anew for each of the seeds {', '.join(map(str, given.seeds))}; {given.k} documents a round, the first "
        "ones by chance. F1 of entities, strict; ± is the 95 % interval over seeds (Student's t).",
        "",
        *tables,
        "Command: `CODEIE_DATA=… python benchmarks/annotate.py --keep`"
        + (f" `--model {given.model.rpartition('/')[2]}`" if given.model else ""),
        "",
    ]
    print("\n".join(lines))
    if given.keep:
        PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
