"""How well the embedded model extracts: choosing among proposed spans, and writing by itself.

Run: CODEIE_DATA=/path/to/datasets python benchmarks/local_model.py [--sentences 60] [--written 10] [--kept FILE]

Sentences of development parts, drawn with seed 1; what was learned from data was learned on
training parts. A mention is right only if its place and its class are. Compared are: ``scored``
(spans proposed, classes chosen by likelihood), the same with demonstrations from the training part,
``lookup`` (the strings of those demonstrations, wherever they are in the text, with their most
frequent class), ``capitals`` (every longest run of capitalised words, given the class that is most
frequent in the training part), ``written`` (the same model writes the answer, shown five
demonstrations) and ``grammar`` (it does, held to words of the text). With demonstrations, figures are
means over three draws of them. Intervals are of 95 %, over sentences drawn anew (bootstrap).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from codeie import Demonstration, Extractor, Schema, introspect
from codeie.clients import Completion, LocalClient, Settings
from codeie.clients._local import _likely
from codeie.datasets import Example, load
from codeie.decoding import checked_constrain
from codeie.decoding._propose import propose, sentences
from codeie.introspection import Role
from codeie.prompting import Prompt

RESULTS = Path(__file__).parent / "results" / "local_model.md"
SEED = 1
# Name, folder under CODEIE_DATA, the classes left out: what their names say is not what the
# annotators meant by them, or is said nowhere.
SETS = (
    ("conll04", "conll04", ("OtherEntity",)),
    ("crossner_politics", "crossner/politics", ("Miscellaneous",)),
    ("crossner_science", "crossner/science", ("Miscellaneous",)),
    ("wnut17", "wnut17", ()),
    ("bc5cdr", "bc5cdr", ()),
    ("ncbi_disease", "ncbi_disease", ()),
)

Found = set[tuple[int, int, str]]
DRAWS = (1, 2, 3)
SHOWN = 20  # demonstrations
SHOWN_IN_PROMPTS = 5  # more take a model of this size half a minute to read
RESAMPLED = 1000


@dataclass(frozen=True)
class Answered:
    """What a way found in each sentence, once for each draw of demonstrations, and what it cost.

    Args:
        way: Its name.
        found: Pairs of gold and found, a list for each draw.
        tokens: Tokens that the model read and wrote, cached ones left out, in all.
        seconds: In all.
    """

    way: str
    found: list[list[tuple[Found, Found]]]
    tokens: int
    seconds: float

    def cells(self, dataset: str, classes: int) -> str:
        """The row of the table."""
        sentences = len(self.found[0])
        answers = sum(map(len, self.found))
        low, high = interval(self.found)
        spans = sum(f1([(bare(a), bare(b)) for a, b in draw]) for draw in self.found)
        return (
            f"| {dataset} | {classes} | {self.way} | {sentences} | {len(self.found)} | "
            f"**{mean_f1(self.found):.3f}** | {low:.2f}–{high:.2f} | {spans / len(self.found):.3f} | "
            f"{self.tokens / answers:.0f} | {self.seconds / answers:.2f} |"
        )


def f1(pairs: Sequence[tuple[Set[Any], Set[Any]]]) -> float:
    """Of all sentences together."""
    both = sum(len(gold) + len(found) for gold, found in pairs)
    return 2 * sum(len(gold & found) for gold, found in pairs) / both if both else 0.0


def mean_f1(draws: Sequence[Sequence[tuple[Found, Found]]]) -> float:
    """Over the draws."""
    return sum(map(f1, draws)) / len(draws)


def interval(draws: Sequence[Sequence[tuple[Found, Found]]]) -> tuple[float, float]:
    """Of 95 %, by drawing sentences anew, the same for each draw of demonstrations."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    count = len(draws[0])
    means = []
    for _ in range(RESAMPLED):
        chosen = [chance.randrange(count) for _ in range(count)]
        means.append(mean_f1([[draw[index] for index in chosen] for draw in draws]))
    means.sort()
    return means[int(0.025 * RESAMPLED)], means[int(0.975 * RESAMPLED) - 1]


def main() -> None:
    """Measure every dataset and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=60, help="of each dataset")
    parser.add_argument("--written", type=int, default=10, help="of those, how many are written")
    parser.add_argument("--threads", type=int, default=None, help="for the model")
    parser.add_argument("--kept", type=Path, help="a file for answers, to go on after a break")
    options = parser.parse_args()
    root = Path(os.environ["CODEIE_DATA"])
    rows = []
    for name, folder, left_out in SETS:
        task = Task.of(name, root / folder, left_out, options.sentences)
        for answered in ways(task, options.written, options.threads, options.kept):
            rows.append(answered.cells(name, len(task.schema.classes)))
            print(rows[-1], flush=True)
            RESULTS.write_text(page(rows), encoding="utf-8")


@dataclass(frozen=True)
class Task:
    """The sentences of one dataset.

    Args:
        schema: Its flat classes.
        train: What demonstrations are drawn from.
        dev: What is asked about.
        gold: The places and classes in each of them.
    """

    schema: Schema
    train: list[Example]
    dev: list[Example]
    gold: list[Found]

    @classmethod
    def of(cls, name: str, path: Path, left_out: tuple[str, ...], count: int) -> Task:
        """Read a dataset's parts."""
        train = sample(name, path, "train", 300)
        dev = sample(name, path, "dev", count)
        schema = flat_schema(train + dev, left_out)
        names = {spec.name for spec in schema.classes}
        gold = [{item for item in places(example.gold) if item[2] in names} for example in dev]
        return cls(schema, train, dev, gold)

    def shown(self, draw: int, count: int) -> list[Demonstration]:
        """Demonstrations from the training part."""
        chosen = random.Random(draw).sample(self.train, min(count, len(self.train)))  # noqa: S311
        wanted = {spec.cls for spec in self.schema.classes}
        return [
            Demonstration(one.document.text, [x for x in one.instances if type(x) in wanted])
            for one in chosen
        ]


def ways(task: Task, written: int, threads: int | None, kept: Path | None) -> Iterator[Answered]:
    """All ways to answer, the quickest first."""
    most = frequent(task)
    yield asked(task, "capitals", [lambda text: capitals(text, most)])
    demonstrations = [task.shown(draw, SHOWN) for draw in DRAWS]
    yield asked(task, f"lookup of {SHOWN}", [partial(lookup, strings(d)) for d in demonstrations])
    client = Counting(LocalClient(scores=True, progress=False, threads=threads), kept)
    plain = Extractor(task.schema, model=client)
    yield asked(task, "scored", [partial(extracted, plain)], client)
    shown = [Extractor(task.schema, model=client, demonstrations=d) for d in demonstrations]
    yield asked(task, f"scored, {SHOWN} shown", [partial(extracted, one) for one in shown], client)
    if written:
        writer = Counting(LocalClient(scores=False, threads=threads), None)
        for way, constrain in (("written", "never"), ("grammar", "document")):
            writing = Extractor(
                task.schema,
                model=writer,
                demonstrations=task.shown(DRAWS[0], SHOWN_IN_PROMPTS),
                settings=Settings(max_tokens=120),
                constrain=checked_constrain(constrain),
            )
            yield asked(task, way, [partial(extracted, writing)], writer, written)


class Counting:
    """A local client that counts what its model evaluates, and keeps the likelihoods in a file.

    A question that was asked before, by another draw of demonstrations or a run that was broken off, is
    not asked again; its tokens and seconds count all the same.
    """

    def __init__(self, client: LocalClient, kept: Path | None) -> None:
        self._client = client
        self._kept = sqlite3.connect(kept or ":memory:", check_same_thread=False)
        self._kept.execute(
            "create table if not exists answers (question text primary key, answer text)"
        )
        self.tokens = 0
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def next_tokens(
        self, texts: Sequence[str], top: int = 400, slot: int = 0
    ) -> list[dict[str, float]]:
        """One text after the other, which costs the model the same, to see what each costs."""
        found = []
        for text in texts:
            key = f"{self._client.name} {text}".encode("utf-8", "replace").decode()
            row = self._kept.execute(
                "select answer from answers where question = ?", (key,)
            ).fetchone()
            tokens, seconds, likely = json.loads(row[0]) if row else self._fresh(text, top, slot)
            if row is None:
                kept = json.dumps([tokens, seconds, likely])
                self._kept.execute("insert into answers values (?, ?)", (key, kept))
                self._kept.commit()
            self.tokens += tokens
            self.seconds += seconds
            found.append(likely)
        return found

    def _fresh(self, text: str, top: int, slot: int) -> tuple[int, float, dict[str, float]]:
        request = {"prompt": text.encode("utf-8", "replace").decode(), "max_tokens": 1}
        request |= {"temperature": 0, "n_probs": top, "cache_prompt": True, "id_slot": slot}
        answer = self._client._ask(request)  # noqa: SLF001 - what it costs is said nowhere else
        timings = answer["timings"]
        likely = _likely(answer["choices"][0]["logprobs"])
        return timings["prompt_n"], timings["prompt_ms"] / 1000, likely

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Let it write."""
        began = time.perf_counter()
        completion = await self._client.complete(prompt, settings)
        usage = completion.usage
        self.tokens += usage.input_tokens - usage.cached_tokens + usage.output_tokens
        self.seconds += time.perf_counter() - began
        return completion


def asked(
    task: Task,
    way: str,
    answers: Sequence[Callable[[str], Found]],
    client: Counting | None = None,
    count: int | None = None,
) -> Answered:
    """What a way says of the sentences; ``answers`` has a function for each draw."""
    tokens, seconds = (client.tokens, client.seconds) if client else (0, 0.0)
    found = [
        [
            (gold, answer(one.document.text))
            for gold, one in zip(task.gold[:count], task.dev[:count], strict=True)
        ]
        for answer in answers
    ]
    if client is None:
        return Answered(way, found, 0, 0.0)
    return Answered(way, found, client.tokens - tokens, client.seconds - seconds)


def extracted(extractor: Extractor[Any], text: str) -> Found:
    """What an extractor finds."""
    return places(extractor(text).items)


def frequent(task: Task) -> str:
    """The class that is most frequent in the training part."""
    counts = Counter(label for example in task.train for *_, label in places(example.gold))
    names = [spec.name for spec in task.schema.classes]
    return max(names, key=lambda label: (counts[label], label))


def strings(demonstrations: Sequence[Demonstration]) -> dict[str, str]:
    """The mentions of demonstrations, each with its most frequent class."""
    counts = Counter(
        (item.name, type(item).__name__) for one in demonstrations for item in one.instances
    )
    return {name: label for (name, label), _ in reversed(counts.most_common())}


def lookup(known: dict[str, str], text: str) -> Found:
    """Known strings wherever they are, as whole words; of those that overlap the longest."""
    found: Found = set()
    for string in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(string)}(?!\w)", text):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.add((match.start(), match.end(), known[string]))
    return found


def sample(name: str, path: Path, split: str, count: int) -> list[Example]:
    """Some sentences of a part, always the same ones."""
    examples = [e for e in load(name, path, split=split) if len(e.document.text) > 20]
    random.Random(SEED).shuffle(examples)  # noqa: S311 - a sample, not a secret
    return examples[:count]


def flat_schema(examples: list[Example], left_out: tuple[str, ...]) -> Schema:
    """The entity classes that a dataset's examples have instances of."""
    classes = {type(item.value) for example in examples for item in example.gold}
    ordered = sorted(classes, key=lambda cls: cls.__name__)
    schema = introspect(ordered)
    flat = [s.cls for s in schema.classes if s.role is Role.ENTITY and s.name not in left_out]
    return introspect(flat)


def places(items: Any) -> Found:
    """Place and class of each grounded instance that has a place."""
    return {
        (mention.span.start, mention.span.end, type(item.value).__name__)
        for item in items
        for mention in item.mentions[:1]
        if mention.span is not None
    }


def bare(found: Found) -> set[tuple[int, int]]:
    """The places alone."""
    return {(start, end) for start, end, _ in found}


def capitals(text: str, label: str) -> Found:
    """Every longest run of capitalised words."""
    spans = [c.span for place in sentences(text) for c in propose(text, place) if c.capital]
    longest = [a for a in spans if not any(b.covers(a) and b != a for b in spans)]
    return {(span.start, span.end, label) for span in longest}


def page(rows: list[str]) -> str:
    """The page of results."""
    return "\n".join(
        [
            "# The embedded model",
            "",
            f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python "
            f"{platform.python_version()}, {os.cpu_count()} cores; "
            f"codeie {importlib.metadata.version('codeie')}, "
            f"xllamacpp {importlib.metadata.version('xllamacpp')}, SmolLM2-135M-Instruct Q4_1. "
            "Made by `python benchmarks/local_model.py`.",
            "",
            f"Sentences of development parts, drawn with seed {SEED}. Right: place and class "
            "(strict). Spans F1: place alone. Draws: of demonstrations from the training part; F1 is "
            "their mean. Interval: of 95 %, over sentences drawn anew. Tokens: evaluated by the model for "
            "each sentence, written ones included and cached ones left out, with what it reads "
            "once for the schema. Seconds: that the model was busy, for each sentence. The calibration was learned on training "
            "sentences of the same datasets.",
            "",
            "| dataset | classes | way | sentences | draws | F1 | interval | spans F1 | tokens | seconds |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
