"""Put gold mentions back where annotators had them, given only their strings.

Run: CODEIE_DATA=… python benchmarks/grounding_gold.py [--only NAME] [--errors] [--altered]

For each text of each dataset, codeie's `ground` and langextract's aligner get the strings of
its gold mentions in document order, and the spans they return are compared with the gold.
Then `ground` gets relations and events as well, whose arguments are strings, too. Last it gets
the mentions again with each string altered, as models do it; see `altered`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import os
import platform
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from gold_mentions import DATASETS, TRAINING, Gold, read

from codeie import Entity, Event, Mention, NotInText, Relation, Schema, ground, introspect

RESULTS = Path(__file__).parent / "results" / "grounding_gold.md"


@dataclass
class Thing(Entity):
    """Anything mentioned."""

    name: str


@dataclass
class Link(Relation):
    """Two things that are related."""

    type: Annotated[str, NotInText]
    head: str
    tail: str


@dataclass
class Happening(Event):
    """A trigger and its arguments."""

    type: Annotated[str, NotInText]
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


def placed(instances: Sequence[object], text: str) -> list[tuple[Mention, ...]]:
    """The mentions of each instance; none of those that are taken for repeats."""
    grounded = ground(instances, text, schema=SCHEMA)
    mentions = {id(item.value): item.mentions for item in grounded}
    return [mentions.get(id(instance), ()) for instance in instances]


def by_codeie(text: str, strings: list[str]) -> list[Mention | None]:
    things = [Thing(string) for string in strings]
    return [mentions[0] if mentions else None for mentions in placed(things, text)]


def spans(mentions: Iterable[Mention | None]) -> list[tuple[int, int] | None]:
    return [(m.span.start, m.span.end) if m and m.span else None for m in mentions]


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
        instances += [Thing(text[a:b]) for a, b in gold.places if (a, b) not in inside]
    first = len(instances)
    structures = sorted(gold.structures, key=lambda structure: structure.places)
    for structure in structures:
        strings = [text[a:b] for a, b in structure.places]
        if structure.kind == "relation":
            instances.append(Link(structure.type, *strings))
        else:
            instances.append(Happening(structure.type, strings[0], strings[1:]))
    pairs: list[tuple[tuple[int, int], tuple[int, int] | None]] = []
    for structure, mentions in zip(structures, placed(instances, text)[first:], strict=True):
        found = spans(mentions) or [None] * len(structure.places)
        pairs += zip(structure.places, found, strict=True)
    return pairs


_LONG_WORD = re.compile(r"[^\W\d_]{7,}")  # so that a letter less leaves six
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def _letter(string: str, rng: random.Random) -> str:
    """One letter left out, doubled or changed, in a word that is known by the rest of it."""
    words = list(_LONG_WORD.finditer(string))
    if not words:
        return string
    start, end = rng.choice(words).span()
    at = rng.randrange(start + 1, end)
    return string[:at] + rng.choice(["", string[at] * 2, "x"]) + string[at + 1 :]


ALTERATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "case": lambda string, rng: rng.choice([string.upper(), string.lower(), string.title()]),
    "spaces": lambda string, rng: _HYPHEN.sub(rng.choice([" - ", " ", "\u2010"]), string),
    "quotes": lambda string, _: string.replace("'", "\u2019").replace('"', "\u201d"),
    "letter": _letter,
}
"""What models do to a string that they should copy, of the kinds that `ground` is to know."""


def altered(string: str, rng: random.Random) -> tuple[str, str]:
    """A string in one of the ways that change it, and the way; itself if none does."""
    made = {name: alter(string, rng) for name, alter in ALTERATIONS.items()}
    ways = [name for name, one in made.items() if one != string]
    if not ways:
        return string, ""
    name = rng.choice(ways)
    return made[name], name


@dataclass
class Altered:
    """What is counted for one dataset whose strings are altered."""

    lone: Tally = field(default_factory=Tally)
    once: Tally = field(default_factory=Tally)
    repeated: Tally = field(default_factory=Tally)
    ways: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in ALTERATIONS})

    def count(self, other: Altered) -> None:
        """Add what was counted for another dataset."""
        mine = (self.lone, self.once, self.repeated, *self.ways.values())
        for tally, more in zip(
            mine, (other.lone, other.once, other.repeated, *other.ways.values()), strict=True
        ):
            tally.right += more.right
            tally.wrong += more.wrong
            tally.none += more.none

    def add(self, gold: Gold, rng: random.Random, show: bool) -> None:
        text = gold.text
        strings = [text[a:b] for a, b in gold.places]
        given = Counter(strings)
        changed = [altered(string, rng) for string in strings]
        found = spans(by_codeie(text, [string for string, _ in changed]))
        for place, string, (new, way), ours in zip(
            gold.places, strings, changed, found, strict=True
        ):
            if not way:
                continue
            single = given[string] == 1
            right = (self.once if single else self.repeated).count(place, ours)
            self.ways[way].count(place, ours)
            if single and text.count(string) == 1:
                self.lone.count(place, ours)
            if show and not right:
                report(text, place, ours, f"altered to {new!r}")

    def line(self, name: str) -> str:
        wrong = self.once.wrong + self.repeated.wrong
        counts = (self.lone, self.once, self.repeated)
        cells = [cell for one in counts for cell in (str(one.total), str(one))]
        cells += [
            *map(str, self.ways.values()),
            str(wrong),
            str(self.once.none + self.repeated.none),
        ]
        return f"| {name} | {' | '.join(cells)} |"


@dataclass
class Row:
    """What is counted for one dataset."""

    once: Tally = field(default_factory=Tally)
    lone: Tally = field(default_factory=Tally)
    repeated: Tally = field(default_factory=Tally)
    their_once: Tally = field(default_factory=Tally)
    their_lone: Tally = field(default_factory=Tally)
    their_repeated: Tally = field(default_factory=Tally)
    arguments: Tally = field(default_factory=Tally)
    alone: Tally = field(default_factory=Tally)
    marked: int = 0
    marked_wrong: int = 0

    def add(self, gold: Gold, theirs: bool, show: bool) -> None:
        text = gold.text
        wanted = gold.places
        strings = [text[a:b] for a, b in wanted]
        given = Counter(strings)
        mentions = by_codeie(text, strings)
        found = spans(mentions)
        by_them = by_langextract(text, strings) if theirs else found
        for place, string, mention, ours, them in zip(
            wanted, strings, mentions, found, by_them, strict=True
        ):
            single = given[string] == 1
            right = (self.once if single else self.repeated).count(place, ours)
            (self.their_once if single else self.their_repeated).count(place, them)
            if single and text.count(string) == 1:
                self.lone.count(place, ours)
                self.their_lone.count(place, them)
            doubtful = mention is not None and mention.ambiguous
            self.marked += doubtful
            self.marked_wrong += doubtful and not right
            if show and not right:
                report(text, place, ours, "given once" if single else "repeated")
        if not gold.structures:
            return
        for entities, tally in ((True, self.arguments), (False, self.alone)):
            for place, there in with_structures(gold, entities):
                if given[text[place[0] : place[1]]] < 2:
                    continue
                if not tally.count(place, there) and show:
                    report(text, place, there, f"argument, entities={entities}")

    def line(self, name: str, theirs: bool) -> str:
        def their(tally: Tally) -> str:
            return str(tally) if theirs else "–"

        wrong = self.once.wrong + self.repeated.wrong
        their_wrong = self.their_once.wrong + self.their_repeated.wrong
        return (
            f"| {name} | {self.lone.total} | {self.lone} | {their(self.their_lone)} "
            f"| {self.once.total} | {self.once} | {their(self.their_once)} "
            f"| {self.repeated.total} | {self.repeated} | {their(self.their_repeated)} "
            f"| {self.arguments.total} | {self.arguments} | {self.alone} "
            f"| {wrong} | {self.marked_wrong} of {self.marked} "
            f"| {self.once.none + self.repeated.none} "
            f"| {their_wrong if theirs else '–'} "
            f"| {self.their_once.none + self.their_repeated.none if theirs else '–'} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--only", default="", help="measure the datasets with this in their name")
    parser.add_argument("--no-langextract", action="store_true")
    parser.add_argument("--altered", action="store_true", help="measure altered strings only")
    parser.add_argument(
        "--training", action="store_true", help="the parts that the weights are chosen on"
    )
    arguments = parser.parse_args()
    if not os.environ.get("CODEIE_DATA"):
        raise SystemExit("set CODEIE_DATA to the folder that holds the datasets")
    theirs = not (arguments.no_langextract or arguments.altered)
    lines, changed = head(theirs), altered_head()
    together = Altered()
    if arguments.altered:
        lines = RESULTS.read_text("utf-8").partition(f"\n{changed[1]}")[0].splitlines()
    for name, split in (TRAINING if arguments.training else DATASETS).items():
        if arguments.only not in name:
            continue
        row, other = Row(), Altered()
        rng = random.Random(name)  # noqa: S311 # reproducible, not secret
        for gold in read(name, split):
            if not arguments.altered:
                row.add(gold, theirs, arguments.errors)
            other.add(gold, rng, arguments.errors)
        if not arguments.altered:
            lines.append(row.line(name, theirs))
            print(lines[-1])
        together.count(other)
        changed.append(other.line(name))
        print(changed[-1], flush=True)
    changed.append(together.line("all"))
    if (theirs or arguments.altered) and not arguments.only and not arguments.training:
        RESULTS.write_text("\n".join([*lines, *changed, ""]), encoding="utf-8")


def altered_head() -> list[str]:
    return [
        "",
        "## Altered strings",
        "",
        f"{dt.date.today()}, codeie {importlib.metadata.version('codeie')}; `--altered` makes only "
        "this. The same mentions, each string altered in one way by a fixed seed: another `case`; "
        "hyphens between letters with `spaces`; curly `quotes`; one `letter` of a word of seven or "
        "more, not its first, left out, doubled or changed. Percent of codeie put back where they "
        "were; strings that none of it changes are given and not counted.",
        "",
        f"| dataset | lone | codeie | once | codeie | repeated | codeie | {' | '.join(ALTERATIONS)} "
        "| wrong | not found |",
        "|---|" + "---|" * (8 + len(ALTERATIONS)),
    ]


def head(theirs: bool) -> list[str]:
    compared = ("codeie", "langextract") if theirs else ("codeie",)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in compared)
    return [
        "# Grounding: gold mentions",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{versions}. Made by `python benchmarks/grounding_gold.py` on the development parts, or "
        "the training part where there is no other (mit_movie, mit_restaurant, "
        "semeval2010), or all (casie). The weights were chosen on the training parts of "
        f"{', '.join(TRAINING)} (half of casie), so semeval2010 and casie are not held out.",
        "",
        "Strings of the gold mentions in document order; percent put back where they were. "
        "`lone`: of those given once, the ones that the text has only once; `once`: given once, "
        "wherever else they occur; `repeated`: given more than once; `arguments`: of the repeated "
        "ones those that stand in relations and events, with the entities given too, and `alone` "
        "without. `marked`: how many of the wrong ones are marked ambiguous, of all that are.",
        "",
        "| dataset | lone | codeie | langextract | once | codeie | langextract "
        "| repeated | codeie | langextract | arguments | codeie | alone "
        "| codeie wrong | marked | not found | langextract wrong | not found |",
        "|---|" + "---|" * 17,
    ]


def report(text: str, gold: tuple[int, int], found: tuple[int, int] | None, why: str) -> None:
    around = text[max(0, gold[0] - 40) : gold[1] + 40].replace("\n", "⏎")
    place = f"{found}: {text[found[0] - 20 : found[1] + 20]!r}" if found else "nowhere"
    print(f"  {why}: {text[gold[0] : gold[1]]!r} at {gold} in {around!r} -> {place}")


if __name__ == "__main__":
    main()
