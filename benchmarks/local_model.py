"""How well the embedded model extracts: choosing among proposed spans, and writing by itself.

Run: CODEIE_DATA=/path/to/datasets python benchmarks/local_model.py [--sentences 60] [--written 10]
         [--model FILE] [--sets conll04 …] [--kept FILE]

Sentences of development parts, drawn with seed 1; what was learned from data was learned on
training parts. A mention is right only if its place and its class are; a relation if its class and
the places of both arguments are. Compared are: ``scored`` (spans proposed, classes chosen by
likelihood; related as demonstrations from the training part are), ``lookup`` (the strings of those
demonstrations, wherever they are in the text, with their most frequent class; pairs of strings that
they relate, wherever both are in one sentence), ``capitals`` (every longest run of capitalised words,
given the class that is most frequent in the training part), ``pairs`` (the mentions that ``scored``
found, related wherever the classes fit, by the relation that is most frequent between such classes),
``written`` (the same model writes the answer, shown five demonstrations) and ``grammar`` (it does,
held to words of the text). With demonstrations, figures are means over three draws of them.
Intervals are of 95 %, over sentences drawn anew (bootstrap).
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
from codeie.datasets import Example, load
from codeie.decoding import checked_constrain
from codeie.decoding._propose import propose, sentences
from codeie.introspection import Role
from codeie.prompting import Prompt
from codeie.types import Relation, Span

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
RELATED = (("conll04", "conll04", ("OtherEntity",)),)

Found = set[tuple[Any, ...]]
"""The places of what was found, each with its class at the end."""
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
        calls: Of the model, in all.
        seconds: In all.
    """

    way: str
    found: list[list[tuple[Found, Found]]]
    calls: int
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
            f"{self.calls / answers:.1f} | {self.seconds / answers:.2f} |"
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
    parser.add_argument("--model", help="a GGUF file that scores in place of the embedded model")
    parser.add_argument("--sets", nargs="*", help="which of the datasets; +relations for those")
    parser.add_argument("--threads", type=int, default=None, help="for the model")
    parser.add_argument("--kept", type=Path, help="a file for answers, to go on after a break")
    options = parser.parse_args()
    root = Path(os.environ["CODEIE_DATA"])
    rows = []
    every = [(*one, False) for one in SETS] + [(*one, True) for one in RELATED]
    for name, folder, left_out, related in every:
        title = name + "+relations" * related
        if options.sets and title not in options.sets:
            continue
        task = Task.of(name, root / folder, left_out, options.sentences, related=related)
        for answered in ways(task, options):
            rows.append(answered.cells(title, len(task.schema.classes)))
            print(rows[-1], flush=True)
            if not options.sets and not options.model:
                RESULTS.write_text(page(rows), encoding="utf-8")


@dataclass(frozen=True)
class Task:
    """The sentences of one dataset.

    Args:
        schema: Its flat classes, and its relations where those are what is asked for.
        train: What demonstrations are drawn from.
        dev: What is asked about.
        gold: The places and classes in each of them.
        related: Whether relations count, and mentions do not.
    """

    schema: Schema
    train: list[Example]
    dev: list[Example]
    gold: list[Found]
    related: bool

    @classmethod
    def of(
        cls, name: str, path: Path, left_out: tuple[str, ...], count: int, *, related: bool
    ) -> Task:
        """Read a dataset's parts."""
        train = sample(name, path, "train", 300)
        dev = sample(name, path, "dev", count)
        schema = schema_of(train + dev, left_out, related=related)
        kept = {spec.cls for spec in schema.classes}
        gold = [
            places([one for one in example.gold if type(one.value) in kept], related=related)
            for example in dev
        ]
        return cls(schema, train, dev, gold, related)

    def shown(self, draw: int, count: int) -> list[Demonstration]:
        """Demonstrations from the training part."""
        chosen = random.Random(draw).sample(self.train, min(count, len(self.train)))  # noqa: S311
        wanted = {spec.cls for spec in self.schema.classes}
        return [
            Demonstration(one.document.text, [x for x in one.instances if type(x) in wanted])
            for one in chosen
        ]


def ways(task: Task, options: argparse.Namespace) -> Iterator[Answered]:
    """All ways to answer, the quickest first."""
    demonstrations = [task.shown(draw, SHOWN) for draw in DRAWS]
    client = Counting(
        LocalClient(options.model, scores=True, threads=options.threads), options.kept
    )
    if task.related:
        looked = [partial(lookup_pairs, pairs_of(shown)) for shown in demonstrations]
        yield asked(task, f"lookup of {SHOWN}", looked)
        shown = [Extractor(task.schema, model=client, demonstrations=d) for d in demonstrations]
        scored = [partial(extracted, one, related=True) for one in shown]
        yield asked(task, f"scored, {SHOWN} shown", scored, client)
        paired = [partial(all_pairs, one, frequent_pairs(task.train)) for one in shown]
        yield asked(task, "pairs", paired, client)
    else:
        most = frequent(task)
        yield asked(task, "capitals", [lambda text: capitals(text, most)])
        yield asked(
            task, f"lookup of {SHOWN}", [partial(lookup, strings(d)) for d in demonstrations]
        )
        plain = Extractor(task.schema, model=client)
        yield asked(task, "scored", [partial(extracted, plain)], client)
    if options.written:
        writer = Counting(LocalClient(options.model, scores=False, threads=options.threads), None)
        for way, constrain in (("written", "never"), ("grammar", "document")):
            writing = Extractor(
                task.schema,
                model=writer,
                demonstrations=task.shown(DRAWS[0], SHOWN_IN_PROMPTS),
                settings=Settings(max_tokens=120),
                constrain=checked_constrain(constrain),
            )
            answer = partial(extracted, writing, related=task.related)
            yield asked(task, way, [answer], writer, options.written)


class Counting:
    """A local client that counts its calls, and keeps the likelihoods in a file.

    A question that was asked before, by another draw of demonstrations or a run that was broken off, is
    not asked again; its seconds count all the same.
    """

    def __init__(self, client: LocalClient, kept: Path | None) -> None:
        self._client = client
        self._kept = sqlite3.connect(kept or ":memory:", check_same_thread=False)
        self._kept.execute(
            "create table if not exists answers (question text primary key, answer text)"
        )
        self.calls = 0
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def next_token(self, text: str, top: int = 400, slot: int = 0) -> dict[str, float]:
        """The likelihoods, kept or fresh."""
        key = f"{self._client.name} {text}".encode("utf-8", "replace").decode()
        query = "select answer from answers where question = ?"
        row = self._kept.execute(query, (key,)).fetchone()
        if row is None:
            began = time.perf_counter()
            answer = self._client.next_token(text, top, slot)
            row = (json.dumps([time.perf_counter() - began, answer]),)
            self._kept.execute("insert into answers values (?, ?)", (key, *row))
            self._kept.commit()
        seconds, likely = json.loads(row[0])
        self.calls += 1
        self.seconds += seconds
        return {token: float(value) for token, value in likely.items()}

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Let it write."""
        began = time.perf_counter()
        completion = await self._client.complete(prompt, settings)
        self.calls += 1
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
    calls, seconds = (client.calls, client.seconds) if client else (0, 0.0)
    found = [
        [
            (gold, answer(one.document.text))
            for gold, one in zip(task.gold[:count], task.dev[:count], strict=True)
        ]
        for answer in answers
    ]
    if client is None:
        return Answered(way, found, 0, 0.0)
    return Answered(way, found, client.calls - calls, client.seconds - seconds)


def extracted(extractor: Extractor[Any], text: str, *, related: bool = False) -> Found:
    """What an extractor finds."""
    return places(extractor(text).items, related=related)


def frequent(task: Task) -> str:
    """The class that is most frequent in the training part."""
    counts = Counter(
        one[-1] for example in task.train for one in places(example.gold, related=False)
    )
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


Pair = tuple[str, str, str]


def pairs_of(demonstrations: Sequence[Demonstration]) -> list[Pair]:
    """The strings that demonstrations relate, and by what."""
    items: list[Any] = [item for one in demonstrations for item in one.instances]
    return [
        (item.head.name, item.tail.name, type(item).__name__)
        for item in items
        if isinstance(item, Relation)
    ]


def lookup_pairs(known: Sequence[Pair], text: str) -> Found:
    """Known pairs, wherever both strings are in one sentence, as whole words."""
    return {
        (*head, *tail, label)
        for place in sentences(text)
        for first, second, label in known
        for head in occurrences(first, text, place)
        for tail in occurrences(second, text, place)
    }


def occurrences(string: str, text: str, place: Span) -> list[tuple[int, int]]:
    """Where a string stands in a sentence, as whole words."""
    whole = re.compile(rf"(?<!\w){re.escape(string)}(?!\w)")
    return [match.span() for match in whole.finditer(text, place.start, place.end)]


def frequent_pairs(train: Sequence[Example]) -> dict[tuple[str, str], str]:
    """The relation that is most frequent between mentions of two classes in the training part."""
    items: list[Any] = [item for example in train for item in example.instances]
    counts = Counter(
        (type(item.head).__name__, type(item.tail).__name__, type(item).__name__)
        for item in items
        if isinstance(item, Relation)
    )
    return {(head, tail): label for (head, tail, label), _ in reversed(counts.most_common())}


def all_pairs(extractor: Extractor[Any], known: dict[tuple[str, str], str], text: str) -> Found:
    """Every two mentions of one sentence that have the classes of a relation, related by it."""
    mentions = places(extractor(text).items, related=False)
    return {
        (*head[:2], *tail[:2], known[head[2], tail[2]])
        for place in sentences(text)
        for head in mentions
        for tail in mentions
        if head != tail
        and (head[2], tail[2]) in known
        and all(place.start <= one[0] < place.end for one in (head, tail))
    }


def sample(name: str, path: Path, split: str, count: int) -> list[Example]:
    """Some sentences of a part, always the same ones."""
    examples = [e for e in load(name, path, split=split) if len(e.document.text) > 20]
    random.Random(SEED).shuffle(examples)  # noqa: S311 - a sample, not a secret
    return examples[:count]


def schema_of(examples: list[Example], left_out: tuple[str, ...], *, related: bool) -> Schema:
    """The entity classes that a dataset's examples have instances of, and relations between them."""
    classes = {type(item.value) for example in examples for item in example.gold}
    roles = (Role.ENTITY, Role.RELATION) if related else (Role.ENTITY,)
    ordered = sorted(classes, key=lambda cls: cls.__name__)
    schema = introspect(ordered)
    return introspect([s.cls for s in schema.classes if s.role in roles and s.name not in left_out])


def places(items: Any, *, related: bool) -> Found:
    """Place and class of each grounded instance whose mentions have places."""
    count = 2 if related else 1
    found: Found = set()
    for item in items:
        spans = [one.span for one in item.mentions[:count] if one.span is not None]
        if isinstance(item.value, Relation) is related and len(spans) == count:
            edges = [edge for span in spans for edge in (span.start, span.end)]
            found.add((*edges, type(item.value).__name__))
    return found


def bare(found: Found) -> set[tuple[Any, ...]]:
    """The places alone."""
    return {one[:-1] for one in found}


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
            "their mean. Interval: of 95 %, over sentences drawn anew. Calls: of the model for "
            "each sentence. Seconds: that the model was busy, for each sentence. The calibration was "
            "learned on training sentences of conll04, wnut17, crossner_politics and bc5cdr, and that of "
            "relations on those of conll04; nothing was learned on crossner_science and ncbi_disease.",
            "",
            "| dataset | classes | way | sentences | draws | F1 | interval | spans F1 | calls | seconds |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
