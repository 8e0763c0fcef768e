"""The data card of a training set: what it is, in Markdown, with the head that hubs read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields

from codeie.prompting import Variation
from codeie.training._counts import SplitCounts
from codeie.training._made import TrainingSet

__all__ = ["card"]

_SHOWN = 20
_UNKNOWN = "not stated; ask whoever the texts and their labels are from before you share this set"
_DRAWN = ("seed", "positives", "paraphrases", "weights", "protected")


def card(made: TrainingSet) -> str:
    """The data card.

    Args:
        made: The set, as far as it is written.
    """
    parts = [
        _head(made),
        f"# {_plain(made.about) or 'A training set for information extraction'}",
        "\n".join(_facts(made)),
        "## What is in it\n\n" + _splits(made.splits.values()),
        "## Classes\n\n" + _classes(made),
        "## Texts that two splits have\n\n" + _leaks(made),
        "## What was left out\n\n" + _left_out(made.splits.values()),
        "## Files\n\n" + _table(("file", "SHA-256"), list(made.files.items())),
    ]
    return "\n\n".join(parts) + "\n"


def _head(made: TrainingSet) -> str:
    # JSON strings are YAML's, too, whatever is in them.
    lines = ["---", f"license: {json.dumps(made.licence or 'unknown')}", "configs:"]
    lines += ["- config_name: default", "  data_files:"]
    for name in sorted(made.splits):
        lines += [f"  - split: {json.dumps(name.replace('-', '_'))}", f"    path: {name}.jsonl"]
    return "\n".join([*lines, "---"])


def _facts(made: TrainingSet) -> Iterable[str]:
    from codeie import __version__

    recipe = made.recipe
    yield f"- Licence: {_plain(made.licence) or _UNKNOWN}."
    yield f"- Made by codeie {__version__}, seed {made.seed}."
    yield f"- Form of the lines: `{made.form.value}`."
    yield f"- Prompt styles: {', '.join(made.styles)}."
    if recipe.paper:
        yield f"- After {recipe.paper}."
    yield f"- Variation of `train`: {_variation(recipe.variation)}; {recipe.copies} of each text."
    if recipe.by_frequency:
        yield "- Negative classes are drawn as often as they were in gold before."
    if recipe.empty < 1:
        yield f"- Of the texts of `train` without anything, {recipe.empty:.0%} are kept."
    if recipe.most is not None:
        yield f"- No text of `train` is taken of which all classes have {recipe.most:,} texts."
    if made.held_out:
        yield f"- Held out of `train`: {', '.join(made.held_out)}."
    if made.understanding:
        yield f"- To be learnt from first: {made.understanding:,} texts in `understanding.jsonl`."
    yield f"- Tokens counted with {made.counter}, without what a chat template adds."


def _variation(variation: Variation) -> str:
    plain = Variation()
    changed = [
        f"{each.name} {getattr(variation, each.name)}"
        for each in fields(Variation)
        if each.name not in _DRAWN and getattr(variation, each.name) != getattr(plain, each.name)
    ]
    if variation.paraphrases:
        changed.append(f"paraphrases for {len(variation.paraphrases)} classes")
    return ", ".join(changed) or "none"


def _splits(splits: Iterable[SplitCounts]) -> str:
    rows: list[Sequence[str]] = []
    more: list[str] = []
    for one in splits:
        lengths = one.lengths
        sizes = (lengths.total, one.learnt, lengths.quantile(0.5), lengths.quantile(0.95))
        counts = (one.texts, one.lessons, one.empty, one.rows, *sizes, lengths.longest)
        rows.append((one.name, *(f"{count:,}" for count in counts)))
        if one.again:
            more.append(f"{one.name} has {one.again:,} texts more than once, or nearly.")
        if one.packing is not None:
            packing = one.packing
            more.append(
                f"The lines of {one.name} fill {packing.sequences:,} sequences of "
                f"{packing.length:,} tokens to {packing.filled:.0%}."
            )
    head = ("split", "texts", "lessons", "of them with nothing", "lines", "tokens")
    table = _table((*head, "learnt from", "median", "95 %", "longest"), rows)
    return "\n\n".join([table, *more])


def _classes(made: TrainingSet) -> str:
    names = sorted({name for one in made.splits.values() for name in (*one.shown, *one.instances)})
    head = ["class"]
    for split in made.splits:
        head += [f"instances in {split}", f"shown in {split}"]
    rows = [
        [name]
        + [
            f"{count:,}"
            for one in made.splits.values()
            for count in (one.instances[name], one.shown[name])
        ]
        for name in names
    ]
    return _table(head, rows)


def _leaks(made: TrainingSet) -> str:
    if not made.leak_counts:
        return "None was found."
    rows = [(split, kind, f"{n:,}") for (split, kind), n in sorted(made.leak_counts.items())]
    listed = "\n".join(f"- {_plain(str(leak))}" for leak in made.leaks[:_SHOWN])
    return f"{_table(('split', 'what', 'texts'), rows)}\n\nThe first:\n\n{listed}"


def _left_out(splits: Iterable[SplitCounts]) -> str:
    rows = [(one.name, kind, f"{n:,}") for one in splits for kind, n in one.left_out.most_common()]
    if not rows:
        return "Nothing."
    return _table(("split", "why", "lessons"), rows) + "\n\nEach is in `left-out.jsonl`."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """On one line, and no markup of its own."""
    line = " ".join(text.split())
    return line.replace("<", "&lt;").replace("[", "\\[").replace("`", "'")
