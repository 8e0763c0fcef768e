"""Documents to be corrected, in the forms of annotation tools, and what comes back."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from codeie.annotation._kept import read_json, read_rows, write_rows, write_text
from codeie.datasets import Record, read_brat, to_instances
from codeie.errors import CodeIEError, DatasetError, InputError
from codeie.exchange import (
    Sent,
    label_studio_config,
    label_studio_record,
    own_labels,
    to_brat,
    to_label_studio,
)
from codeie.extraction import Extraction
from codeie.grounding import Grounded
from codeie.introspection import Classes, introspect
from codeie.parsing import Outcome
from codeie.types import Document, Event, Relation

__all__ = [
    "Form",
    "Refused",
    "Returned",
    "export_to",
    "fitted",
    "form_of",
    "returned",
    "sent_in",
]


class Form(enum.StrEnum):
    """In what form documents go out and corrections come back."""

    LABEL_STUDIO = "label-studio"
    """Tasks for Label Studio (JSON), and the labelling interface for its settings (XML)."""
    BRAT = "brat"
    """A folder of brat's standoff, with its configuration."""
    JSONL = "jsonl"
    """Whole records of codeie's own, a line each, which hold all that a schema can say."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that cannot be taken.

    Args:
        document: The document's name, or where it stands in what came back.
        why: One sentence.
    """

    document: str
    why: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back.

    Args:
        name: What it goes by.
        text: Its text as it came back.
        corrected: What a person made of it; ``None`` if nobody looked at it, or it cannot be read.
        misfits: What of it does not fit the schema, item by item.
    """

    name: str
    text: str
    corrected: Extraction[Any] | None
    misfits: tuple[str, ...] = ()


NameOf: TypeAlias = Callable[[Document], str]


def export_to(
    folder: Path, extractions: Sequence[Extraction[Any]], schema: Classes, form: Form, name: NameOf
) -> Path:
    """Write documents to be corrected.

    Args:
        folder: Where.
        extractions: What was found in them.
        schema: The classes.
        form: In what form.
        name: What a document is called where its own name is none for a file.

    Returns:
        The file or folder to give to the tool.
    """
    match form:
        case Form.LABEL_STUDIO:
            write_text(folder / "label-studio.xml", [label_studio_config(schema)])
            path = folder / "label-studio.json"
            tasks = to_label_studio(extractions)
            write_text(path, [json.dumps(tasks, indent=1)])
        case Form.JSONL:
            path = folder / "documents.jsonl"
            write_rows(path, (one.to_dict(whole=True) for one in extractions))
        case Form.BRAT:
            path = folder / "brat"
            path.mkdir(parents=True, exist_ok=True)
            write_text(path / "annotation.conf", [_brat_configuration(schema)])
            for one in extractions:
                to_brat(replace(one, document=replace(one.document, id=name(one.document))), path)
    return path


def form_of(path: Path) -> Form:
    """The form of what came back, by its name.

    Raises:
        InputError: If it is not there, or its name is of no form.
    """
    if path.is_dir():
        return Form.BRAT
    if not path.is_file():
        raise InputError(f"there is no file or folder {path}")
    forms = {".json": Form.LABEL_STUDIO, ".jsonl": Form.JSONL, ".ndjson": Form.JSONL}
    found = forms.get(path.suffix.lower())
    if found is None:
        raise InputError(
            f"{path} is neither Label Studio's export (.json), nor whole records (.jsonl), nor a "
            "folder of brat's"
        )
    return found


def returned(path: Path, form: Form, schema: Classes) -> Iterator[Returned | Refused]:
    """What came back, document by document.

    Raises:
        InputError: If the file as a whole is none of the form.
    """
    match form:
        case Form.LABEL_STUDIO:
            tasks = read_json(path)
            if not isinstance(tasks, list):
                raise InputError(f"{path} is no list of tasks: export as JSON, not as JSON-MIN")
            for number, task in enumerate(tasks, 1):
                yield _from_task(task, f"task {number}", schema)
        case Form.JSONL:
            for number, row in enumerate(read_rows(path), 1):
                yield _from_row(row, f"line {number}", schema)
        case Form.BRAT:
            for text in sorted(path.glob("*.txt")):
                yield _from_brat(text, schema)


def _from_task(task: Any, where: str, schema: Classes) -> Returned | Refused:
    try:
        record = label_studio_record(task, schema)
    except InputError as error:
        return Refused(_task_name(task) or where, f"it {error}")
    if record is None:
        data = task.get("data")
        text = data.get("text") if isinstance(data, Mapping) else None
        return Returned(_task_name(task) or where, text if isinstance(text, str) else "", None)
    return _of_record(record, record.document.id or where, schema)


def _task_name(task: Any) -> str:
    data = task.get("data") if isinstance(task, Mapping) else None
    name = data.get("id") if isinstance(data, Mapping) else None
    return "" if name is None else str(name)[:200]


def _from_brat(text: Path, schema: Classes) -> Returned | Refused:
    try:
        (record,) = read_brat(text)
    except DatasetError as error:
        return Refused(text.stem, str(error))
    return _of_record(record, text.stem, schema)


def _of_record(record: Record, name: str, schema: Classes) -> Returned | Refused:
    try:
        made = to_instances(record, own_labels(schema))
    except CodeIEError as error:
        return Refused(name, str(error))
    misfits = tuple(str(one.message) for one in (*record.warnings, *made.warnings))
    return Returned(name, record.document.text, _extraction(record.document, made.gold), misfits)


def _from_row(row: dict[str, Any], where: str, schema: Classes) -> Returned | Refused:
    named, text = row.get("id"), row.get("text")
    name = named if isinstance(named, str) and named else where
    if not isinstance(text, str) or not isinstance(row.get("items"), list):
        return Refused(name, "it is no whole record: an object with text and items")
    fitting, misfits = fitted(row, schema)
    return Returned(name, text, fitting, tuple(misfits))


def fitted(row: Mapping[str, Any], schema: Classes) -> tuple[Extraction[Any], list[str]]:
    """What of a record fits the classes, and for each other item why it does not."""
    plain = {"text": row["text"], "id": row.get("id"), "metadata": row.get("metadata") or {}}
    items: list[Grounded[Any]] = []
    misfits = []
    for number, item in enumerate(row["items"], 1):
        record = {**plain, "outcome": Outcome.ITEMS.value, "items": [item]}
        try:
            items += Extraction.from_dict(record, schema).items
        except InputError as error:
            # The record that was read holds this item alone, and calls it the first.
            misfits.append(f"item {number}: {str(error).removeprefix('items[0]').lstrip(':. ')}")
    document = Document(plain["text"], plain["id"], plain["metadata"])
    return _extraction(document, tuple(items)), misfits


def _extraction(document: Document, items: Sequence[Any]) -> Extraction[Any]:
    return Extraction(document, tuple(items), outcome=Outcome.ITEMS if items else Outcome.EMPTY)


def _brat_configuration(schema: Classes) -> str:
    spec = introspect(schema)
    known = [*spec.classes, *spec.supporting]
    events = [one for one in known if issubclass(one.cls, Event)]
    relations = [one.name for one in known if issubclass(one.cls, Relation)]
    entities = [one.name for one in known if not issubclass(one.cls, Event | Relation)]
    roles = [
        f"{one.name}\t"
        + ", ".join(f"{each.name}*:<ANY>" for each in one.init_fields if each.name != "trigger")
        for one in events
    ]
    lines = ["[entities]", *entities, "[relations]"]
    lines += [f"{name}\tArg1:<ANY>, Arg2:<ANY>" for name in relations]
    lines += ["[events]", *roles, "[attributes]"]
    return "".join(f"{line}\n" for line in lines)


def sent_in(form: Form, extraction: Extraction[Any], schema: Classes) -> Sent:
    """What a person saw of an extraction in a form, and what the form does not show of it."""
    return Sent(extraction, {}) if form is Form.JSONL else Sent.of(extraction, schema)
