"""What grounding finds in texts that were read from paper: spelled or recognised otherwise.

Run: CODEIE_DATA=… python benchmarks/grounding_noise.py

Mentions of development parts, in texts in which each character is damaged by chance: by the
mistakes of optical recognition (letters that look alike, letters lost, doubled and parted), or in
the spelling of older prints (long s, ligatures, u for v, spellings that vary). The strings that
are looked for are right, as a model gives them that has understood the text. A span is right if it
is exactly where the damaged mention is. Its place is known, as the text is damaged piece by piece.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from codeie import Entity, Schema, ground, introspect
from codeie.datasets import load

RESULTS = Path(__file__).parent / "results" / "grounding_noise.md"
DATASETS = ("conll04", "bc5cdr", "crossner_politics")
DOCUMENTS = 200
RATES = (0.0, 0.01, 0.03, 0.05)

LOOK_ALIKE = {
    "l": "1", "i": "l", "o": "0", "e": "c", "c": "e", "h": "b", "b": "h", "a": "o", "u": "n",
    "n": "u", "t": "f", "f": "t", "s": "5", "S": "8", "B": "8", "O": "0", "I": "l", "g": "q",
    "m": "rn", "w": "vv", "d": "cl", "1": "l", "0": "O", "5": "S", ".": ",", ",": ".",
}  # fmt: skip
OLD = {"s": "ſ", "v": "u", "u": "v", "i": "j", "w": "vv", "y": "ie", "k": "ck", "t": "th",
       "e": "ee", "I": "J", "U": "V"}  # fmt: skip


@dataclass
class Name(Entity):
    """A name."""

    text: str


SCHEMA: Schema = introspect(Name)


def recognised(letter: str, rng: random.Random) -> str:
    """A character as optical recognition may have it."""
    way = rng.random()
    if way < 0.6 and letter in LOOK_ALIKE:
        return LOOK_ALIKE[letter]
    if way < 0.75:
        return ""
    return letter * 2 if way < 0.85 else f"{letter} " if way < 0.92 else rng.choice("acehlnorstu")


def printed(letter: str, rng: random.Random) -> str:  # noqa: ARG001 - one signature for both
    """A character as older prints may have it; itself if they have it so."""
    return OLD.get(letter, letter)


Damage = Callable[[str, random.Random], str]


def damaged(text: str, rate: float, damage: Damage, rng: random.Random) -> tuple[str, list[int]]:
    """A text with that share of its characters damaged, and where each of them begins now."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for letter in text:
        places.append(at)
        piece = damage(letter, rng) if not letter.isspace() and rng.random() < rate else letter
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), [*places, at]


def counted(
    documents: Sequence[tuple[str, list[tuple[int, int]]]], rate: float, damage: Damage
) -> tuple[int, int, int, int]:
    """How many spans are right, wrong and not found, and how many mentions are damaged."""
    rng = random.Random(1)  # noqa: S311 - a sample, not a secret
    right = wrong = none = changed = 0
    for text, spans in documents:
        now, places = damaged(text, rate, damage, rng)
        strings = [text[a:b] for a, b in spans]
        found = ground([Name(string) for string in strings], now, schema=SCHEMA)
        got = [(span.start, span.end) for item in found.items for span in item.spans.values()]
        left = list(got)
        for (a, b), string in zip(spans, strings, strict=True):
            place = (places[a], places[b])
            changed += now[place[0] : place[1]] != string
            if place in left:
                left.remove(place)
                right += 1
            else:
                none += 1
        wrong += len(left)
        none -= len(left)
    return right, wrong, none, changed


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--keep", action="store_true", help="write results/grounding_noise.md")
    keep = parser.parse_args().keep
    lines = [
        "# Grounding in damaged texts",
        "",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} "
        f"cores. {DOCUMENTS} documents of each development part; made by `python "
        "benchmarks/grounding_noise.py --keep`. The rate is the share of characters that damage is "
        "tried on; old prints change only some letters.",
        "",
        "| dataset | damage | rate | mentions | of them damaged | right | wrong | not found |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in DATASETS:
        documents = []
        for one in islice(load(name), DOCUMENTS):
            spans = sorted({(m.start, m.end) for item in one.gold for m in item.spans.values()})
            documents.append((one.document.text, spans))
        for kind, damage in (("recognition", recognised), ("old print", printed)):
            for rate in RATES if kind == "recognition" else RATES[1:]:
                right, wrong, none, changed = counted(documents, rate, damage)
                total = sum(len(spans) for _, spans in documents)
                lines.append(
                    f"| {name} | {kind if rate else 'none'} | {rate:.0%} | {total:,} | "
                    f"{changed / total:.1%} | {right / total:.1%} | {wrong / total:.1%} | "
                    f"{none / total:.1%} |"
                )
    page = "\n".join(lines) + "\n"
    print(page)
    if keep:
        RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
