"""How many undamaged items survive damage to an answer, measured over all places of damage.

Run: ``python benchmarks/recovery.py``. With ``CODEIE_DATA`` set to a folder that has an
``outputs`` folder of ``*.jsonl`` beside or inside it, real outputs are measured too.

Each output is cut after every character and mutated at every quote, comma and bracket. An
item counts as touched when the change lies inside it; all others should be read with the same
values. "Wrong" is an instance that was not in the output, with no diagnostic at its place.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import datetime as dt
import enum
import json
import os
import platform
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import libcst

from codeie.diagnostics import Severity
from codeie.introspection import Schema, introspect
from codeie.parsing import ParseResult, parse
from codeie.parsing.text.tokens import STRING_TOKEN
from codeie.types import Entity, Event, Relation


class Kind(enum.Enum):
    COMPANY = "company"
    SCHOOL = "school"


@dataclass
class Person(Entity):
    name: str
    aliases: list[str] = field(default_factory=list)


@dataclass
class Organization(Entity):
    name: str
    kind: Kind | None = None


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Organization
    since: int | None = None


@dataclass
class Attack(Event):
    trigger: str
    attackers: list[Person] = field(default_factory=list)
    place: str | None = None
    date: dt.date | None = None


SCHEMA = introspect([Person, Organization, WorksFor, Attack])
WORDS = (
    *("Ada Lovelace", "O'Neill", 'the "Big" one', "Acme (UK)", "New York", "x = [1, 2]"),
    *("Zoë", "a, b", "naïve plan", "Bo", "King's College", "eGFR < 45 mL", "it: that", "#9"),
)


@dataclass
class Sample:
    """An output, its schema, and its items with their places."""

    text: str
    schema: Schema
    values: list[object]
    places: list[tuple[int, int]]


def literal(value: object) -> str:
    """A value as a model would write it."""
    if isinstance(value, str):
        quote = "'" if '"' in value and "'" not in value else '"'
        return quote + value.replace("\\", "\\\\").replace(quote, f"\\{quote}") + quote
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dt.date):
        return f"date({value.year}, {value.month}, {value.day})"
    if dataclasses.is_dataclass(value):
        return call(value, keywords=True)
    return repr(value)


def call(value: object, *, keywords: bool) -> str:
    """An instance as a call."""
    fields = [(one.name, getattr(value, one.name)) for one in dataclasses.fields(value)]  # type: ignore[arg-type]
    given = [
        f"{name}={literal(held)}" if keywords or index > 0 else literal(held)
        for index, (name, held) in enumerate(fields)
        if held not in (None, [])
    ]
    return f"{type(value).__name__}({', '.join(given)})"


def instance(random_: random.Random) -> object:
    """Any instance of the schema."""
    word = lambda: random_.choice(WORDS)  # noqa: E731
    some = lambda make: [make() for _ in range(random_.randrange(3))]  # noqa: E731
    match random_.randrange(4):
        case 0:
            return Person(word(), some(word))
        case 1:
            return Organization(word(), random_.choice([None, *Kind]))
        case 2:
            return WorksFor(Person(word()), Organization(word()), random_.choice([None, 1999]))
        case _:
            day = random_.choice([None, dt.date(2020, 1, 2)])
            return Attack(word(), some(lambda: Person(word())), random_.choice([None, word()]), day)


FORMS: dict[str, tuple[str, str, str]] = {
    "list, an item a line": ("result = [\n", "    {},\n", "]\n"),
    "list on one line": ("result = [", "{}, ", "]"),
    "calls, one a line": ("", "{}\n", ""),
    "assignments": ("", "v{n} = {}\n", ""),
}


def generated(count: int, seed: int) -> Iterator[tuple[str, Sample]]:
    """Outputs in several forms."""
    random_ = random.Random(seed)  # noqa: S311 # reproducible, not secret
    for _ in range(count):
        for form, (before, item, after) in FORMS.items():
            values = [instance(random_) for _ in range(6)]
            text, places = before, []
            for number, value in enumerate(values):
                code = call(value, keywords=random_.random() < 0.5)
                start = len(text) + item.format("\0", n=number).index("\0")
                places.append((start, start + len(code)))
                text += item.replace("{}", "\0").replace("{n}", str(number)).replace("\0", code)
            yield form, Sample(text + after, SCHEMA, values, places)


def real() -> Iterator[tuple[str, Sample]]:
    """Real outputs that parse without a diagnostic, if there are any to be had."""
    root = Path(os.environ.get("CODEIE_DATA", "/nonexistent"))
    for folder in (root / "outputs", root.parent / "outputs", root):
        for path in sorted(folder.glob("*.jsonl")):
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            for row in rows:
                if (
                    isinstance(row, dict)
                    and "output" in row
                    and (found := sample_of(row["output"]))
                ):
                    yield f"real: {path.stem}", found
        if list(folder.glob("*.jsonl")):
            return


def sample_of(text: str) -> Sample | None:
    """A real output with classes made after its calls."""
    fields: dict[str, dict[str, None]] = {}
    for name, inside in re.findall(r"(\w+)\(([^()]*)\)", text):
        fields.setdefault(name, {}).update(dict.fromkeys(re.findall(r"(\w+)=", inside)))
    if not fields or "" in fields:
        return None
    classes = [
        dataclasses.make_dataclass(
            name, [(one, str | list[str] | None, None) for one in named or ["span"]]
        )
        for name, named in fields.items()
    ]
    result = parse(text, schema := introspect(classes))
    if not result.items or any(one.severity is not Severity.NOTE for one in result.diagnostics):
        return None
    places = [(item.position.offset, item.position.end) for item in result.items]
    return Sample(text, schema, result.instances, places)


QUOTES, BRACKETS = "\"'", "()[]{}"
SWAPS = {'"': "'", "'": '"', "(": "[", ")": "]", "[": "(", "]": ")", ",": ";", "{": "(", "}": ")"}
PROSE = ("Here is more: ", " oops ", "\nNote: see (1).\n", "it's ")


def kind_of(character: str) -> str:
    return "quote" if character in QUOTES else "comma" if character == "," else "bracket"


def mutations(sample: Sample) -> Iterator[tuple[str, str, int, int]]:
    """Name, damaged text, index of the change, and how far later text moved."""
    text = sample.text
    inside = set[int]()
    closing = {string.end() - 1 for string in STRING_TOKEN.finditer(text)}
    for string in STRING_TOKEN.finditer(text):
        inside.update(range(string.start() + 1, string.end() - 1))
    for index, character in enumerate(text):
        if index not in inside and character in QUOTES + BRACKETS + ",":
            kind = kind_of(character)
            yield f"delete a {kind}", text[:index] + text[index + 1 :], index, -1
            yield f"double a {kind}", text[:index] + character + text[index:], index, 1
            swapped = text[:index] + SWAPS[character] + text[index + 1 :]
            yield f"swap a {kind}", swapped, index, 0
    for start, end in sample.places:
        for prose in PROSE:
            yield "insert prose before an item", text[:start] + prose + text[start:], start - 1, 0
            middle = next(
                (one for one in range((start + end) // 2, end) if one not in inside | closing),
                end - 1,
            )
            yield "insert prose in an item", text[:middle] + prose + text[middle:], middle, 0
        match = re.match(r"\w+", text[start:end])
        if match:
            changed = text[:start] + "Xq" + text[start + 1 :]
            yield "change a class name", changed, start, 1
        for found in re.finditer(r"\w+(?==)", text[start:end]):
            at = start + found.start()
            yield "change a field name", text[:at] + "zq" + text[at + 1 :], at, 1
    yield "wrap in a fence", f"Sure:\n```python\n{text}```\nDone.", -1, 0


@dataclass
class Count:
    kept: int = 0
    of: int = 0
    wrong: int = 0
    repaired: int = 0
    touched: int = 0
    lost: list[str] = field(default_factory=list)


def common(expected: list[object], got: list[object]) -> int:
    """How many of the expected values are there, in order."""
    position = kept = 0
    for value in expected:
        for index in range(position, len(got)):
            if got[index] == value and type(got[index]) is type(value):
                position, kept = index + 1, kept + 1
                break
    return kept


def wrong(sample: Sample, result: ParseResult) -> int:
    """Instances that were not in the output, with no diagnostic at their place."""
    rest = collections.Counter(map(repr, sample.values))
    said = {
        id(item): any(
            one.position is not None
            and one.position.offset <= item.position.end
            and item.position.offset <= one.position.end
            for one in result.diagnostics
        )
        for item in result.items
    }
    count = 0
    for item in sorted(result.items, key=lambda item: said[id(item)]):
        if rest[repr(item.value)]:
            rest[repr(item.value)] -= 1
        else:
            count += not said[id(item)]
    return count


def measure(samples: list[tuple[str, Sample]], *, keep: int = 0) -> dict[tuple[str, str], Count]:
    counts: dict[tuple[str, str], Count] = collections.defaultdict(Count)
    for form, sample in samples:
        for cut in range(len(sample.text) + 1):
            whole = [
                value
                for value, (_, end) in zip(sample.values, sample.places, strict=True)
                if end <= cut
            ]
            note(
                counts[form, "cut after every character"],
                sample,
                sample.text[:cut],
                whole,
                None,
                keep,
            )
        for name, text, index, _ in mutations(sample):
            untouched = [
                value
                for value, (start, end) in zip(sample.values, sample.places, strict=True)
                if not start <= index < end
            ]
            hit = [
                value
                for value, (start, end) in zip(sample.values, sample.places, strict=True)
                if start <= index < end
            ]
            note(counts[form, name], sample, text, untouched, hit[0] if hit else None, keep)
    return counts


def note(
    count: Count, sample: Sample, text: str, expected: list[object], hit: object, keep: int
) -> None:
    result = parse(text, sample.schema)
    kept = common(expected, result.instances)
    count.of += len(expected)
    count.kept += kept
    bad = wrong(sample, result)
    count.wrong += bad
    if hit is not None:
        count.touched += 1
        count.repaired += common([hit], result.instances) if kept == len(expected) else 0
    if (kept < len(expected) or bad) and len(count.lost) < keep:
        count.lost.append(text)


def table(counts: dict[tuple[str, str], Count]) -> list[str]:
    forms = list(dict.fromkeys(form for form, _ in counts))
    names = list(dict.fromkeys(name for _, name in counts))
    lines = [
        "| damage | " + " | ".join(forms) + " | all forms | wrong | touched item right |",
        "|---" * (len(forms) + 4) + "|",
    ]
    for name in names:
        cells = []
        total = Count()
        for form in forms:
            one = counts.get((form, name), Count())
            cells.append(f"{one.kept / one.of:.4f}" if one.of else "–")
            total.kept, total.of = total.kept + one.kept, total.of + one.of
            total.wrong += one.wrong
            total.repaired, total.touched = (
                total.repaired + one.repaired,
                total.touched + one.touched,
            )
        mended = f"{total.repaired / total.touched:.2f}" if total.touched else "–"
        share = f"{total.kept / total.of:.5f}" if total.of else "–"
        lines.append(
            f"| {name} | "
            + " | ".join(cells)
            + f" | {share} ({total.of:,}) | {total.wrong} | {mended} |"
        )
    return lines


def main(write: Callable[[str], None] = print) -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--samples", type=int, default=20)
    options.add_argument("--real", type=int, default=20)
    options.add_argument("--show", type=int, default=0, help="damaged texts to show per kind")
    options.add_argument("--no-write", action="store_true")
    chosen = options.parse_args()
    samples = list(generated(chosen.samples, 7))
    samples += [one for one in list(real()) if len(one[1].text) <= 3000][: chosen.real]
    counts = measure(samples, keep=chosen.show)
    for (form, name), count in counts.items():
        for text in count.lost:
            write(f"--- {form}: {name}\n{text}")
    mutated = [one for (_, name), one in counts.items() if not name.startswith("cut")]
    share = sum(one.kept for one in mutated) / sum(one.of for one in mutated)
    cut = [one for (_, name), one in counts.items() if name.startswith("cut")]
    lines = [
        "# Recovery of undamaged items",
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, "
        f"libcst {libcst.LIBCST_VERSION}, {os.cpu_count()} cores. "
        "`python benchmarks/recovery.py`",
        "",
        f"{len(samples)} outputs, {sum(one.of for one in counts.values()):,} undamaged items.",
        "",
        *table(counts),
        "",
        f"Items complete before a cut: {sum(o.kept for o in cut) / sum(o.of for o in cut):.5f} "
        "(target 1).",
        f"Untouched items under single mutations: {share:.5f} (target 0.995).",
        f"Wrong values without a diagnostic: {sum(o.wrong for o in counts.values())} (target 0).",
    ]
    write("\n".join(lines))
    if not chosen.no_write:
        results = Path(__file__).parent / "results" / "recovery.md"
        results.parent.mkdir(exist_ok=True)
        results.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
