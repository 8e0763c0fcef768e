"""The gold that the command line names: a dataset's, or the user's own for their own classes."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from codeie.cli._exits import complain
from codeie.cli._schema import load_classes
from codeie.errors import InputError
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.datasets import Dataset, LabelMap
    from codeie.prompting import Demonstration

__all__ = ["examples_for", "named_gold", "own_gold"]

_LONGEST = 10_000_000  # characters of a line

_BY_SUFFIX = {
    ".jsonl": "jsonl",
    ".ann": "brat",
    **dict.fromkeys((".conll", ".tsv", ".bio", ".iob", ".iob2", ".bioes", ".txt"), "conll"),
}


def named_gold(
    name: str,
    path: str | None,
    split: str,
    form: str | None,
    schema: str | None = None,
    labels: Sequence[str] = (),
) -> Dataset:
    """The dataset to score on; what it was taken for, and what is odd in it, goes to stderr.

    Args:
        name: A dataset's name; empty for one's own gold.
        path: Where it is.
        split: Which part of a dataset with a name.
        form: The format of one's own gold; ``None`` if the path tells.
        schema: One's own classes; ``None`` for the dataset's, or plain ones.
        labels: ``LABEL=CLASS``, where a class has not the name of its label.

    Raises:
        InputError: If it is not clear which gold is meant, or none of it is of a class.
        DatasetError: If it cannot be read.
    """
    from codeie import datasets

    if name and form:
        raise InputError("give either --dataset, or --format with --path, for what to score on")
    if labels and schema is None:
        raise InputError("--label is for the classes of a --schema")
    mapped = None if schema is None else _labels(schema, labels)
    if name:
        return datasets.load(name, path, split=split, labels=mapped)
    if path is None:
        raise InputError("give --dataset, or --path of your own gold, for what to score on")
    return own_gold(path, form, mapped)


def own_gold(path: str, form: str | None, labels: LabelMap | None) -> Dataset:
    """One's own labelled documents; what they were taken for goes to stderr.

    Args:
        path: Where they are.
        form: Their format; ``None`` if the path tells.
        labels: Which class stands for which label; ``None`` for plain ones.

    Raises:
        InputError: If the path does not tell the format, or no label is of a class.
        DatasetError: If they cannot be read.
    """
    from codeie import datasets

    form = form or _guessed(Path(path))
    gold = datasets.read(form, path, labels=labels)
    if labels is not None:
        _check_labels(gold, labels)
    _tell(gold, form)
    return gold


def examples_for(path: str, labels: LabelMap) -> Dataset | Sequence[Demonstration]:
    """Documents to choose demonstrations from: labelled ones, or what `codeie improve` kept.

    Args:
        path: Where they are.
        labels: Which class stands for which label.

    Raises:
        InputError: If the path does not tell the format, or no label is of a class.
        DatasetError: If they cannot be read.
    """
    from codeie.prompting import read_demonstrations

    if _holds_demonstrations(Path(path)):
        kept = read_demonstrations(path, list(labels.schema))
        complain(f"{path}: read as {counted(len(kept), 'demonstration')}")
        return kept
    return own_gold(path, None, labels)


def _holds_demonstrations(path: Path) -> bool:
    """Whether a file's first line has instances, as those of demonstrations have."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = lines.readline(_LONGEST)
        while first.isspace():
            first = lines.readline(_LONGEST)
    try:
        line = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(line, dict) and "instances" in line


def _guessed(path: Path) -> str:
    beside = path if path.is_dir() else path.parent
    stem = "*" if path.is_dir() else path.stem
    if path.suffix in ("", ".txt") and any(
        next(beside.glob(f"{stem}{suffix}"), None) for suffix in (".ann", ".a1")
    ):
        return "brat"
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found is None or path.is_dir():
        raise InputError(f"{path} does not tell what format it is in; name its --format")
    return found


def _labels(schema: str, labels: Sequence[str]) -> LabelMap:
    from codeie.datasets import LabelMap

    classes = {cls.__name__: cls for cls in load_classes(schema)}
    mapped = dict(classes)
    for each in labels:
        label, sign, name = each.rpartition("=")
        if not (label and sign):
            raise InputError(f"--label {each!r} should be LABEL=CLASS")
        if name not in classes:
            near = difflib.get_close_matches(name, classes, n=1) or sorted(classes)
            raise InputError(f"--label {each!r}: no class {name!r}; there is {', '.join(near)}")
        mapped[label] = classes[name]
    return LabelMap(mapped)


def _check_labels(gold: Dataset, labels: LabelMap) -> None:
    """Say which labels have no class; if none has, nothing could be scored."""
    from codeie.datasets import labels_in

    seen = labels_in(gold.records())
    of_mentions = {label: labels.mention(label) for label in seen.mentions}
    of_relations = {label: labels.relation(label) for label in seen.relations}
    of_events = {label: labels.event(label) for label in seen.events}
    found = [*of_mentions.items(), *of_relations.items(), *of_events.items()]
    lacking = ", ".join(dict.fromkeys(label for label, cls in found if cls is None))
    names = ", ".join(dict.fromkeys(cls.__name__ for cls in labels.schema))
    if found and all(cls is None for _, cls in found):
        raise InputError(
            f"none of the gold's labels ({lacking}) is a class of --schema ({names}); "
            "name them: --label LABEL=CLASS"
        )
    if lacking:
        complain(
            f"labels without a class are not scored: {lacking} (--label LABEL=CLASS names one)"
        )


def _tell(gold: Dataset, form: str) -> None:
    first = next(gold.records(), None)
    columns = "" if first is None else first.document.metadata.get("columns", "")
    complain(f"{gold.name}: read as {form}{f', {columns}' if columns else ''}")
    odd = Counter(warning.oddity.value for warning in gold.warnings)
    if odd:
        counts = ", ".join(f"{name} {count:,}" for name, count in odd.most_common())
        complain(f"odd in the gold: {counts}; the first: {gold.warnings[0]}")
