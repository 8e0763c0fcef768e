"""Put gold mentions back where annotators had them, given only their strings.

Run: CODEIE_DATA=… python benchmarks/grounding_gold.py [--errors NAME]

For each text of each dataset, codeie's `ground` and langextract's aligner get the strings of
its gold mentions in document order, and the spans they return are compared with the gold.
Then `ground` gets relations and events as well, whose arguments are strings, too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from gold_mentions import DATASETS, Gold

from codeie import Entity, Event, Relation, Schema, ground, introspect

RESULTS = Path(__file__).parent / "results" / "grounding_gold.md"


@dataclass
class Thing(Entity):
    """Anything mentioned."""

    name: str


@dataclass
class Link(Relation):
    """Two things that are related."""

    head: str
    tail: str


@dataclass
class Happening(Event):
    """A trigger and its arguments."""

    trigger: str
    arguments: list[str] = field(default_factory=list)


SCHEMA: Schema = introspect([Thing, Link, Happening])


@dataclass
class Tally:
    """How many spans were right, of how many."""

    right: int = 0
    wrong: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        return self.right + self.wrong + self.none

    def count(self, gold: tuple[int, int], found: tuple[int, int] | None) -> bool:
        if found is None:
            self.none += 1
        elif found == gold:
            self.right += 1
        else:
            self.wrong += 1
        return found == gold

    def __str__(self) -> str:
        return f"{100 * self.right / self.total:.1f}" if self.total else "–"


def places(gold: Gold) -> list[tuple[int, int]]:
    """The places of the mentions; one that has several types counts once."""
    return list(dict.fromkeys(place for _, place in gold.mentions))


def by_codeie(text: str, strings: list[str]) -> list[tuple[int, int] | None]:
    grounded = ground([Thing(string) for string in strings], text, schema=SCHEMA)
    return [(item.span.start, item.span.end) if item.span else None for item in grounded]


def by_langextract(text: str, strings: list[str]) -> list[tuple[int, int] | None]:
    from langextract import resolver
    from langextract.core import data

    extractions = [data.Extraction(extraction_class="x", extraction_text=s) for s in strings]
    aligned = resolver.WordAligner().align_extractions([extractions], text)
    return [
        (e.char_interval.start_pos, e.char_interval.end_pos) if e.char_interval else None
        for e in aligned[0]
    ]


def with_structures(
    gold: Gold, entities: bool
) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    """The gold and found places of all arguments and triggers."""
    text = gold.text
    instances: list[object] = []
    if entities:
        inside = {s.places[0] for s in gold.structures if s.kind == "event"}
        instances += [Thing(text[a:b]) for a, b in places(gold) if (a, b) not in inside]
    first = len(instances)
    structures = sorted(gold.structures, key=lambda structure: structure.places)
    for structure in structures:
        strings = [text[a:b] for a, b in structure.places]
        if structure.kind == "relation":
            instances.append(Link(*strings))
        else:
            instances.append(Happening(strings[0], strings[1:]))
    grounded = ground(instances, text, schema=SCHEMA)
    pairs = []
    for structure, item in zip(structures, grounded[first:], strict=True):
        for place, mention in zip(structure.places, item.mentions, strict=True):
            span = mention.span
            pairs.append((place, (span.start, span.end) if span else None))
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", default="", help="print the wrong ones of this dataset")
    parser.add_argument("--only", default="", help="measure this dataset only")
    parser.add_argument("--no-langextract", action="store_true")
    arguments = parser.parse_args()
    folder = Path(os.environ["CODEIE_DATA"])
    rows = []
    for name, (path, read) in DATASETS.items():
        if arguments.only and arguments.only not in name:
            continue
        once, repeated, theirs_once, theirs_repeated = Tally(), Tally(), Tally(), Tally()
        shared, alone = Tally(), Tally()
        for gold in read(folder / path):
            text = gold.text
            wanted = places(gold)
            strings = [text[a:b] for a, b in wanted]
            if not strings:
                continue
            given = Counter(strings)
            ours = by_codeie(text, strings)
            theirs = None if arguments.no_langextract else by_langextract(text, strings)
            for index, (place, string) in enumerate(zip(wanted, strings, strict=True)):
                single = given[string] == 1
                right = (once if single else repeated).count(place, ours[index])
                if theirs:
                    (theirs_once if single else theirs_repeated).count(place, theirs[index])
                if not right and arguments.errors:
                    report(text, place, ours[index], "given once" if single else "repeated")
            for entities, tally in ((True, shared), (False, alone)):
                if gold.structures:
                    for place, found in with_structures(gold, entities):
                        if given[text[place[0] : place[1]]] < 2:
                            continue
                        if not tally.count(place, found) and arguments.errors:
                            report(text, place, found, f"argument, entities={entities}")
        rows.append(
            f"| {name} | {once.total} | {once} | {theirs_once} | {repeated.total} | {repeated} "
            f"| {theirs_repeated} | {shared.total} | {shared} | {alone} "
            f"| {once.wrong + repeated.wrong} | {once.none + repeated.none} "
            f"| {theirs_once.wrong + theirs_repeated.wrong} "
            f"| {theirs_once.none + theirs_repeated.none} |"
        )
        print(rows[-1], flush=True)
    if not arguments.only and not arguments.no_langextract:
        RESULTS.write_text("\n".join([*head(), *rows, ""]), encoding="utf-8")


def head() -> list[str]:
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("codeie", "langextract")
    )
    return [
        "# Grounding: gold mentions",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{versions}. Made by `python benchmarks/grounding_gold.py` on the development parts, or "
        "the training part where there is no other (mit_movie, mit_restaurant, scierc, conll04, "
        "ade, semeval2010_task8).",
        "",
        "Strings of the gold mentions in document order; percent put back where they were. "
        "`once`: given once, wherever else they occur; `repeated`: given more than once; "
        "`arguments`: of the repeated ones those that stand in relations and events, with the "
        "entities given too, and `alone` without.",
        "",
        "| dataset | once | codeie | langextract | repeated | codeie | langextract "
        "| arguments | codeie | alone | codeie wrong | not found | langextract wrong | not found |",
        "|---|" + "---|" * 13,
    ]


def report(text: str, gold: tuple[int, int], found: tuple[int, int] | None, why: str) -> None:
    around = text[max(0, gold[0] - 40) : gold[1] + 40].replace("\n", "⏎")
    place = f"{found}: {text[found[0] - 20 : found[1] + 20]!r}" if found else "nowhere"
    print(f"  {why}: {text[gold[0] : gold[1]]!r} at {gold} in {around!r} -> {place}")


if __name__ == "__main__":
    main()
