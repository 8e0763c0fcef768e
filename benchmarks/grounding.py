"""How fast and how well strings are found, against what else finds strings.

Run: python benchmarks/grounding.py

Texts of made-up words in sentences, in which names are planted at known places; the strings
are the names, in the text's order, as they are ("exact") or with one letter of each changed
("altered"). Of each size there are as many texts as make 100,000 characters, because what
counts is throughput; every method gets the same ones in turn, and the least time of several
rounds counts. A span is right only if it is the planted one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import random
import string
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from langextract import resolver
from langextract.core import data
from rapidfuzz import fuzz

from codeie import Entity, Schema, ground, introspect

RESULTS = Path(__file__).parent / "results" / "grounding.md"
CHARACTERS = 100_000  # of all texts of one size together
ROUNDS = 40
SECONDS = 3  # after which the further rounds of a method are left out
SIZES = ((1_000, 10), (1_000, 50), (10_000, 10), (10_000, 100), (100_000, 10), (100_000, 500))

Spans = list[tuple[int, int] | None]


@dataclass
class Name(Entity):
    """A name."""

    text: str


SCHEMA: Schema = introspect(Name)


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the strings to find in it, and where they are."""

    text: str
    strings: list[str]
    gold: list[tuple[int, int]]


def word(rng: random.Random, low: int, high: int) -> str:
    pairs = [rng.choice("bcdfghklmnprstvz") + rng.choice("aeiou") for _ in range(high)]
    return "".join(pairs)[: rng.randint(low, high)]


def plant(size: int, count: int, altered: bool, seed: int) -> Case:
    rng = random.Random(seed)  # noqa: S311  # made-up texts
    vocabulary = [word(rng, 2, 9) for _ in range(3_000)]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    names = [
        " ".join(word(rng, 5, 9).title() for _ in range(rng.randint(1, 3))) for _ in range(count)
    ]
    pieces: list[str] = []
    gold: list[tuple[int, int]] = []
    length, every = 0, size / count
    for number, name in enumerate(names):
        while length < every * number:
            filler = rng.choices(vocabulary, weights)[0] + rng.choice([" "] * 8 + [", ", ". "])
            pieces.append(filler)
            length += len(filler)
        gold.append((length, length + len(name)))
        pieces.append(name + " ")
        length += len(name) + 1
    while length < size:
        filler = rng.choices(vocabulary, weights)[0] + " "
        pieces.append(filler)
        length += len(filler)
    strings = [change(rng, name) for name in names] if altered else names
    return Case("".join(pieces), strings, gold)


def change(rng: random.Random, name: str) -> str:
    """One letter replaced by another, anywhere in the name."""
    at = rng.choice([index for index, character in enumerate(name) if character.isalpha()])
    letters = string.ascii_uppercase if name[at].isupper() else string.ascii_lowercase
    return name[:at] + rng.choice(letters.replace(name[at], "")) + name[at + 1 :]


def codeie(case: Case) -> Spans:
    grounded = ground([Name(each) for each in case.strings], case.text, schema=SCHEMA)
    spans = [item.span for item in grounded]
    return [(span.start, span.end) if span else None for span in spans]


def langextract(case: Case) -> Spans:
    extractions = [
        data.Extraction(extraction_class="name", extraction_text=each) for each in case.strings
    ]
    aligned = resolver.WordAligner().align_extractions([extractions], case.text)
    return [
        (e.char_interval.start_pos, e.char_interval.end_pos)
        if e.char_interval and e.char_interval.start_pos is not None
        else None
        for e in aligned[0]
    ]


def find(case: Case) -> Spans:
    spans: Spans = []
    cursor = 0
    for each in case.strings:
        start = case.text.find(each, cursor)
        start = start if start >= 0 else case.text.find(each)
        spans.append((start, start + len(each)) if start >= 0 else None)
        cursor = max(cursor, start)
    return spans


def rapidfuzz(case: Case) -> Spans:
    spans: Spans = []
    for each in case.strings:
        best = fuzz.partial_ratio_alignment(each, case.text, score_cutoff=80)
        spans.append((best.dest_start, best.dest_end) if best else None)
    return spans


METHODS: dict[str, Callable[[Case], Spans]] = {
    "codeie": codeie,
    "langextract": langextract,
    "str.find": find,
    "rapidfuzz": rapidfuzz,
}


def measure(cases: list[Case]) -> dict[str, float]:
    """Seconds of each method for all of the texts, the least of interleaved rounds."""
    best = dict.fromkeys(METHODS, float("inf"))
    for round_ in range(ROUNDS):
        for name, method in METHODS.items():
            if round_ > 2 and best[name] * round_ > SECONDS:
                continue
            start = time.perf_counter()
            for case in cases:
                method(case)
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def table() -> list[str]:
    rows = [
        "| strings | texts | characters | count | method | found per second | right | wrong "
        "| not found | codeie is faster |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for altered in (False, True):
        for size, count in SIZES:
            cases = [
                plant(size, count, altered, seed=size + count + number)
                for number in range(CHARACTERS // size)
            ]
            seconds = measure(cases)
            for name, method in METHODS.items():
                pairs = [
                    pair for case in cases for pair in zip(method(case), case.gold, strict=True)
                ]
                right = sum(span == gold for span, gold in pairs)
                none = sum(span is None for span, _ in pairs)
                times = seconds[name] / seconds["codeie"]
                rows.append(
                    f"| {'altered' if altered else 'exact'} | {len(cases)} | {size:,} | {count} "
                    f"| {name} | {len(pairs) / seconds[name]:,.0f} | {right} "
                    f"| {len(pairs) - right - none} | {none} | {times:,.1f} times |"
                )
                print(rows[-1], flush=True)
    return rows


def hostile() -> list[str]:
    """Texts made to be slow."""
    million = 1_000_000
    letters = [f"{'a' * (length + 1)}" for length in range(500)]
    cases = {
        "one letter a million times, 500 strings of it": ("a" * million, letters),
        "one letter and spaces, 500 strings of it": (
            "a " * (million // 2),
            ["a " * n + "a" for n in range(500)],
        ),
        "one letter and spaces, 500 copies of one string": ("a " * (million // 2), ["a"] * 500),
        "500 strings that end in another letter": ("a" * million, [s + "b" for s in letters]),
        "one word with a typing error, 500 like it": (
            "hospital " * (million // 9),
            ["hospitel " * n + "hospitel" for n in range(500)],
        ),
        "accents on accents": ("e" + "\u0301" * (million - 1), ["e\u0301" * 10] * 500),
        "ligatures and full-width letters": ("\ufb01\uff21 " * (million // 3), ["fia fia"] * 500),
        "spaces": (" " * million + "end", ["the end"] * 500),
    }
    rows = ["| text of 1,000,000 characters | seconds |", "|---|---|"]
    for name, (text, strings) in cases.items():
        start = time.perf_counter()
        ground([Name(each) for each in strings], text, schema=SCHEMA)
        rows.append(f"| {name} | {time.perf_counter() - start:.2f} |")
        print(rows[-1], flush=True)
    return rows


def growth() -> list[str]:
    """The cost of one string as the text grows, with as many strings as its size allows."""
    rows = [
        "| characters | strings | seconds | microseconds per 1,000 characters |",
        "|---|---|---|---|",
    ]
    for size in (10_000, 100_000, 1_000_000):
        case = plant(size, size // 200, altered=True, seed=size)
        start = time.perf_counter()
        codeie(case)
        seconds = time.perf_counter() - start
        rows.append(f"| {size:,} | {size // 200:,} | {seconds:.3f} | {seconds * 1e9 / size:,.0f} |")
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    argparse.ArgumentParser().parse_args()
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("codeie", "langextract", "rapidfuzz")
    )
    lines = [
        "# Grounding: speed",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{versions}. Made by `python benchmarks/grounding.py`.",
        "",
        *table(),
        "",
        *hostile(),
        "",
        *growth(),
        "",
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
