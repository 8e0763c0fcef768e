"""Labelled texts become lessons, and lessons the files of a training set."""

from __future__ import annotations

import hashlib
import random
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from codeie.errors import CodeIEWarning, InputError, PromptError
from codeie.introspection import Classes, Schema, introspect
from codeie.prompting import Layout, Style, check_expressible, not_asked, style_named, vary
from codeie.tokens import TokenCounter, counter_for
from codeie.training._card import card
from codeie.training._counts import Packing, SplitCounts
from codeie.training._files import Files
from codeie.training._labelled import Labelled, Source, as_labelled
from codeie.training._leaks import HeldOut, Leak, Leaks
from codeie.training._lesson import LeftOut, Lesson, teach
from codeie.training._made import TrainingSet
from codeie.training._recipe import Recipe, recipe_named
from codeie.training._rows import Form, Row, rows
from codeie.training._understanding import Understanding

__all__ = ["write"]

TRAIN = "train"
_BESIDE = ("left-out.jsonl", "understanding.jsonl", "README.md")
_SHOWN = 1_000
"""Leaks that are kept one by one; the others are counted."""


def write(
    folder: str | Path,
    examples: Mapping[str, Iterable[Source]] | Iterable[Source],
    schema: Classes,
    *,
    recipe: Recipe | str = "plain",
    form: Form | str = Form.OPENAI,
    seed: int = 0,
    held_out: Collection[type] = (),
    leaks: Literal["leave out", "report"] = "leave out",
    alike: float = 0.8,
    group: str | None = None,
    longest: int | None = None,
    packed: int | None = None,
    counter: TokenCounter | None = None,
    licence: str = "",
    about: str = "",
    overwrite: bool = False,
) -> TrainingSet:
    """Write a training set: JSON lines for trainers, what was left out, and a data card.

    Texts are read one at a time and written at once; only fingerprints of them are kept. Each
    answer is read back before it is written, by the same prompt that asks for it: what does not
    come to its gold is left out. The folder then has, for each split, ``NAME.jsonl`` for trainers
    and ``NAME.about.jsonl`` with a line of origins for each line; ``left-out.jsonl``, with the
    reasons; ``understanding.jsonl`` if the recipe has a first phase; and ``README.md``, the card,
    which `datasets.load_dataset` understands. While a file is written its name ends in ``.part``,
    so what was interrupted is not taken for whole.

    Args:
        folder: Where to write; made if it is not there.
        examples: Texts with what is in them, by split; one iterable is the split ``"train"``.
            Splits with other names are read first, and written as they are: not varied, with the
            held-out classes.
        schema: The classes.
        recipe: How lessons are made of them, or the name of one of `RECIPES`.
        form: How lines look: ``"openai"``, ``"axolotl"``, ``"chat"`` or ``"text"``.
        seed: The same seed, examples and version give the same files.
        held_out: Classes that ``train`` does not teach, with all that need one of them.
        leaks: What becomes of texts of ``train`` that another split has, or nearly, or that are
            of a document that another split has a part of.
        alike: How alike two texts are that count as nearly the same, from 0 to 1.
        group: The key of a document's metadata that names the document it was cut from, or
            ``"id"``; without it, documents are not compared.
        longest: The most tokens of a line; longer ones are left out. ``None`` for no bound.
        packed: A length of sequences, to count how many the lines would take. `TRL` and `Axolotl`
            put lines together themselves.
        counter: Counts tokens; by default with ``o200k_base``.
        licence: Of the texts and their labels, for the card; not known here.
        about: What the set is, in a sentence, for the card.
        overwrite: Whether files of that name may be replaced.

    Returns:
        What was written, with its counts.

    Raises:
        InputError: If a choice makes no sense, a file is there already, or something is no
            example.
        UnknownStyle: If a style is not known.
        PromptError: If a style has no form for one of the classes, or asks nothing about it.
    """
    chosen = recipe_named(recipe)
    if form not in tuple(Form):
        raise InputError(f"form={form!r}: choose {', '.join(Form)}")
    shape = Form(form)
    if leaks not in ("leave out", "report"):
        raise InputError(f"leaks={leaks!r}: choose 'leave out' or 'report'")
    whole = introspect(schema)
    layout: Layout = "completion" if shape is Form.TEXT else "conversation"
    styles = tuple(style_named(style, layout) for style in chosen.styles)
    for style in styles:
        check_expressible(style, whole)
        for said in not_asked(style, whole):
            raise PromptError(said.message)
    out = HeldOut(whole, held_out)
    splits = dict(examples) if isinstance(examples, Mapping) else {TRAIN: examples}
    made = TrainingSet(
        Path(folder),
        shape,
        chosen,
        seed,
        out.taught,
        out.names,
        tuple(f"{style.name} {style.version}" for style in styles),
        licence=licence,
        about=about,
    )
    writer = _Writer(made, styles, whole, out, counter or counter_for("openai/gpt-5"))
    writer.longest, writer.leave_out = longest, leaks == "leave out"
    _prepare(made.folder, splits, overwrite=overwrite)
    seen = Leaks(alike)
    # What is measured on comes first, so that training leaves it alone and not the reverse.
    ordered = sorted(splits, key=lambda name: name == TRAIN)
    with Files(made.folder) as files:
        for name in ordered:
            counts = made.splits[name] = SplitCounts(
                name, Packing(packed) if packed is not None else None
            )
            texts = (as_labelled(one, n, group) for n, one in enumerate(splits[name], 1))
            writer.split(counts, texts, seen, files)
        if writer.understanding is not None:
            for text in writer.understanding.texts():
                files.line("understanding.jsonl", {"text": text})
                made.understanding += 1
        made.files = files.digests()
        files.text("README.md", card(made))
        files.finish(_BESIDE)
    _warn(made)
    return made


class _Writer:
    def __init__(
        self,
        made: TrainingSet,
        styles: tuple[Style, ...],
        whole: Schema,
        out: HeldOut,
        counter: TokenCounter,
    ) -> None:
        self._made = made
        self._styles = styles
        self._whole = whole
        self._out = out
        self._counter = counter
        made.counter = counter.name
        self.longest: int | None = None
        self.leave_out = True
        self._found: Counter[type] = Counter()
        recipe = made.recipe
        self.understanding = (
            Understanding(out.taught, styles[0], recipe.understanding, made.seed)
            if recipe.understanding
            else None
        )

    def split(
        self, counts: SplitCounts, texts: Iterable[Labelled], seen: Leaks, files: Files
    ) -> None:
        """Write a split."""
        files.open(f"{counts.name}.jsonl")
        for number, one in enumerate(texts, 1):
            counts.texts += 1
            checked = seen.check(one, counts.name)
            counts.again += checked.again
            if checked.leak is not None:
                self._tell(checked.leak)
            unwanted = ""
            if checked.leak is not None and self.leave_out and counts.name == TRAIN:
                made: Iterable[Lesson | LeftOut] = [LeftOut(one, "", "leak", str(checked.leak))]
            elif counts.name == TRAIN and (unwanted := self._unwanted(one, number)):
                made = [LeftOut(one, "", "balance", unwanted)]
            else:
                made = self._lessons(one, number, counts.name)
            for lesson in made:
                self._write(lesson, counts, files)

    def _lessons(self, one: Labelled, number: int, split: str) -> Iterator[Lesson | LeftOut]:
        train = split == TRAIN
        taught = self._out.taught if train else self._whole
        if train:
            present = {type(each) for each in one.instances}
            self._found.update(cls for cls in present if taught.requested(cls))
            if self.understanding is not None and not one.unfit:
                self.understanding.add(one)
        for copy in range(self._made.recipe.copies if train else 1):
            schema = self._varied(one, taught, number, copy) if train else taught
            for style in self._styles:
                yield teach(one, schema, style, copy, self._made.recipe.given)

    def _varied(self, one: Labelled, schema: Schema, number: int, copy: int) -> Schema:
        recipe = self._made.recipe
        weights = recipe.variation.weights
        if recipe.by_frequency:
            weights = {spec.cls: 1.0 + self._found[spec.cls] for spec in schema.classes}
        chosen = replace(
            recipe.variation,
            seed=_seed(self._made.seed, number, copy),
            positives={*recipe.variation.positives, *(type(each) for each in one.instances)},
            weights=weights,
        )
        return vary(schema, chosen)

    def _unwanted(self, one: Labelled, number: int) -> str:
        recipe = self._made.recipe
        present = {type(each) for each in one.instances if self._out.taught.requested(type(each))}
        if not present:
            chance = random.Random(f"{self._made.seed}/empty/{number}")  # noqa: S311 - a sample
            return "" if chance.random() < recipe.empty else "it is one of many without anything"
        if recipe.most is not None and all(self._found[cls] >= recipe.most for cls in present):
            return f"each of its classes has {recipe.most:,} texts"
        return ""

    def _write(self, lesson: Lesson | LeftOut, counts: SplitCounts, files: Files) -> None:
        made: list[Row] = []
        if isinstance(lesson, Lesson):
            made = list(rows(lesson, self._made.form, self._counter))
            most = max((row.tokens for row in made), default=0)
            if self.longest is not None and most > self.longest:
                reason = f"it has {most:,} tokens, and {self.longest:,} are the most"
                lesson = LeftOut(lesson.source, lesson.style, "too long", reason)
        if isinstance(lesson, LeftOut):
            counts.leave_out(lesson)
            about = {"split": counts.name, "id": lesson.source.id, "style": lesson.style}
            told = {**about, "kind": lesson.kind, "reason": lesson.reason}
            files.line("left-out.jsonl", {**told, "text": lesson.source.text})
            return
        if counts.name == TRAIN:
            for leak in self._out.leaks(lesson, counts.name):
                self._tell(leak)
        counts.add(lesson, made)
        for row in made:
            files.line(f"{counts.name}.jsonl", row.content)
            files.line(f"{counts.name}.about.jsonl", _about(lesson, row))

    def _tell(self, leak: Leak) -> None:
        self._made.leak_counts[leak.split, leak.kind.value] += 1
        if len(self._made.leaks) < _SHOWN:
            self._made.leaks.append(leak)


def _about(lesson: Lesson, row: Row) -> dict[str, Any]:
    return {
        "id": lesson.source.id,
        "style": lesson.style,
        "copy": lesson.copy,
        "classes": [spec.cls.__name__ for spec in lesson.schema.classes],
        "labels": lesson.labels,
        "found": len(lesson.instances),
        "weight": lesson.source.weight,
        "tokens": row.tokens,
        "learnt": row.learnt,
    }


def _seed(seed: int, number: int, copy: int) -> int:
    digest = hashlib.blake2b(f"{seed}/{number}/{copy}".encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")


def _prepare(folder: Path, splits: Mapping[str, Any], *, overwrite: bool) -> None:
    if not splits:
        raise InputError("a training set needs at least one split")
    for name in splits:
        if (
            not name
            or name in ("left-out", "understanding")
            or not name.replace("-", "a").isalnum()
        ):
            raise InputError(f"{name!r} is no name for a split: letters, digits and hyphens only")
    written = [f"{name}{end}" for name in splits for end in (".jsonl", ".about.jsonl")]
    there = [name for name in (*written, *_BESIDE) if (folder / name).exists()]
    if there and not overwrite:
        raise InputError(f"{folder} has {there[0]} already; choose another folder, or overwrite")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made: {error.strerror}") from None


def _warn(made: TrainingSet) -> None:
    for counts in made.splits.values():
        if not counts.rows:
            warnings.warn(f"{counts.name}: nothing was written", CodeIEWarning, stacklevel=3)
        lost = counts.left_out.total() - counts.left_out["balance"]
        if lost > counts.lessons > 0:
            message = f"{counts.name}: more is left out than written; left-out.jsonl says why"
            warnings.warn(message, CodeIEWarning, stacklevel=3)
    train = made.splits.get(TRAIN)
    if train is not None and train.rows:
        never = [s.cls.__name__ for s in made.schema.classes if not train.instances[s.cls.__name__]]
        if never:
            message = f"{TRAIN} has no instance of {', '.join(never)}: nothing teaches to find any"
            warnings.warn(message, CodeIEWarning, stacklevel=3)
