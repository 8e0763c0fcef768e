"""What a saved run says of its documents: ``predictions.jsonl``, or what ``--jsonl`` wrote.

A line holds a document's name, its outcome and items, and from `codeie evaluate` its gold; not
its text. Files are untrusted: read line by line, bounded, and nothing in them is run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from codeie.errors import InputError
from codeie.introspection import Classes, introspect
from codeie.parsing import Call, build
from codeie.prompting import Demonstration
from codeie.types import Document
from codeie.wording import counted

__all__ = ["Answered", "demonstrations_of_run", "read_run_file"]

_MOST_BYTES: Final = 2**30
_LONGEST_LINE: Final = 2**26
_DEEPEST: Final = 100

_Instance: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one document.

    Args:
        id: The document's name.
        outcome: ``"items"``, ``"empty"``, ``"unparsed"`` or ``"failed"``.
        items: The instances, as JSON types.
        gold: The gold instances; ``None`` if the file has none.
    """

    id: str
    outcome: str
    items: tuple[Mapping[str, Any], ...]
    gold: tuple[Mapping[str, Any], ...] | None

    @property
    def mistakes(self) -> float | None:
        """1 less the F1 of the instances that are just like gold ones; ``None`` without gold."""
        if self.gold is None or self.outcome == "failed":
            return None
        found, expected = Counter(map(_key, self.items)), Counter(map(_key, self.gold))
        total = found.total() + expected.total()
        if self.outcome == "unparsed":
            return 1.0
        return 1 - 2 * (found & expected).total() / total if total else 0.0

    @property
    def uncertainty(self) -> float | None:
        """1 less the mean confidence of the instances; ``None`` if none has one."""
        known = [each["confidence"] for each in self.items if each.get("confidence") is not None]
        return 1 - sum(known) / len(known) if known else None


def read_run_file(path: str | Path) -> Iterator[Answered]:
    """The documents of a run's file, in order; those without a name are passed over.

    Raises:
        InputError: If it cannot be read, or a line is none that was written here.
    """
    file = Path(path)
    file = file / "predictions.jsonl" if file.is_dir() else file
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"{file} is larger than {counted(_MOST_BYTES, 'byte')}: no run of ours"
            )
        with file.open("rb") as lines:
            number = 0
            while line := lines.readline(_LONGEST_LINE + 1):
                number += 1
                if line.strip():
                    answered = _answered(line, f"{file}:{number}")
                    if answered is not None:
                        yield answered
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}") from error


def demonstrations_of_run(
    path: str | Path, documents: Iterable[Document], classes: Classes
) -> list[Demonstration]:
    """What a run found in documents, as demonstrations: its answers, not gold.

    A document that the run did not answer, or whose answer could not be read, is left out.

    Args:
        path: A run's folder, its ``predictions.jsonl``, or a file that ``codeie extract
            --jsonl`` wrote; untrusted.
        documents: The documents, by whose names the texts are found.
        classes: The classes that were asked for.

    Raises:
        InputError: If the file cannot be read, or speaks of none of the documents.
    """
    schema = introspect(classes)
    texts = {document.id: document.text for document in documents if document.id is not None}
    found = []
    for one in read_run_file(path):
        if one.id in texts and one.outcome in ("items", "empty"):
            calls = [call for item in one.items if isinstance(call := _call(item), Call)]
            instances = build("", calls, schema).instances
            found.append(Demonstration(texts[one.id], tuple(instances)))
    if not found:
        raise InputError(
            f"{path} has no answer about {counted(len(texts), 'document asked about', 'documents asked about')}"
        )
    return found


def _answered(line: bytes, place: str) -> Answered | None:
    wrong = f"{place}: no line of a run's predictions"
    if len(line) > _LONGEST_LINE:
        raise InputError(f"{place}: the line is longer than {_LONGEST_LINE:,} bytes")
    try:
        record = json.loads(line)
        name, outcome = record["id"], record["outcome"]
        items, gold = _instances(record["items"]), record.get("gold")
        known = None if gold is None else _instances(gold)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(wrong) from error
    if not isinstance(outcome, str):
        raise InputError(wrong)
    return Answered(name, outcome, items, known) if isinstance(name, str) else None


def _instances(given: Any) -> tuple[Mapping[str, Any], ...]:
    for each in given:
        confidence = each.get("confidence")
        # A comparison that fails for what is no number, and for what is none of a likelihood.
        if not isinstance(each["class"], str) or not isinstance(each["fields"], dict):
            raise ValueError("no instance")
        if confidence is not None and not 0 <= confidence <= 1:
            raise ValueError("no confidence")
        if not _is_shallow(each["fields"], _DEEPEST):
            raise ValueError("nested too deeply")
    return tuple(given)


def _is_shallow(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)


def _key(instance: Mapping[str, Any]) -> _Instance:
    return instance["class"], json.dumps(instance["fields"], sort_keys=True)


def _call(value: Any) -> Any:
    """An instance as JSON types, and those in it, as calls of their classes."""
    match value:
        case {"class": str() as name, "fields": dict() as given}:
            return Call(name, [(str(key), _call(each)) for key, each in given.items()])
        case list():
            return [_call(each) for each in value]
        case dict():
            return {key: _call(each) for key, each in value.items()}
    return value
