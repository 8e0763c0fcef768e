"""What a run asks with, so that results of other choices are never mixed with its own."""

from __future__ import annotations

import enum
import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING
from typing import Any, Final

from codeie.clients import Settings
from codeie.errors import InputError
from codeie.extraction._task import Task
from codeie.extraction.asking.store import Change
from codeie.extraction.runs.states import is_alive
from codeie.introspection import ClassSpec, FieldSpec, Schema, TypeSpec
from codeie.prompting import Message, style_named
from codeie.selection import Selector

__all__ = ["begin_about", "choices_of", "others_in"]

_ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")
_CHOICE: Final = "choice "


def _digest(text: str) -> str:
    """A short name for a text, which another text does not have."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _said(value: object) -> str:
    """A value as it shows itself, the same in every process."""
    return _ADDRESS.sub("", repr(value))


def _as_text(messages: Sequence[Message]) -> str:
    """Turns as the files of runs have had them since before there were images in them."""
    shown = ", ".join(f"Message(role={one.role!r}, content={one.content!r})" for one in messages)
    images = [image.sha256 for one in messages for image in one.images]
    return f"({shown}{',' if len(messages) == 1 else ''}){images or ''}"


def choices_of(
    task: Task,
    selector: Selector | None,
    *,
    chunk: object,
    strategy: object,
    confidence: object = None,
    constrain: object = "auto",
) -> dict[str, str]:
    """What a run asks with, as text that can be compared.

    Args:
        task: What is asked about a document without a text.
        selector: What chooses demonstrations for each text.
        chunk: Into what texts are cut.
        strategy: How it is asked more than once.
        constrain: What answers are held to.
        confidence: How sure the model was is made of what; ``None`` if that is not asked.
    """
    needs_given = style_named(task.style, task.layout).needs_given
    prompt = "" if needs_given else _as_text(task.dialogue().first.messages)
    client, settings = task.client, task.settings or Settings()
    chosen = {
        "model": client and client.name,
        "options": client and client.capabilities.options,
        "style": str(task.style),
        "layout": task.layout,
        "temperature": settings.temperature,
        "max_tokens": settings.max_tokens,
        "seed": settings.seed,
        "demonstrations": selector,
        "pool of demonstrations": None if selector is None else selector.pool.digest,
        "grounding": task.grounding,
        "limit": task.limit,
        "chunk": chunk,
        "strategy": strategy,
        # Runs of before know nothing of it.
        **({"confidence": confidence} if confidence is not None else {}),
        **({"constrain": constrain} if constrain not in ("auto", "never") else {}),
    }
    return {
        **_class_digests(task.schema),
        **{name: _said(value) for name, value in chosen.items()},
        "prompt": _digest(prompt),
    }


def _class_digests(schema: Schema[Any]) -> dict[str, str]:
    """A digest of each class: of all that a model is told of it, and of how answers are read."""
    return {f"class {spec.name}": _digest("\n".join(_class_lines(spec))) for spec in schema.classes}


def _class_lines(spec: ClassSpec) -> Iterator[str]:
    yield _said((spec.name, spec.role.value, [base.__name__ for base in spec.bases]))
    yield _said((spec.guideline, spec.candidates))
    for each in spec.fields:
        yield _said((each.name, _type_said(each.type), each.guideline, each.candidates))
        yield _said((_default(each), each.init, each.kw_only, each.init_var, each.in_text))


def _type_said(spec: TypeSpec) -> tuple[object, ...]:
    members = list(map(_said, spec.cls)) if isinstance(spec.cls, enum.EnumType) else []
    return (str(spec), members, *map(_type_said, spec.args))


def _default(spec: FieldSpec) -> str:
    if spec.default_factory is not None:
        return _said(spec.default_factory)
    return "" if spec.default is MISSING else _said(spec.default)


def begin_about(choices: Mapping[str, str], path: str, *, anew: bool) -> Change:
    """The change that notes what a run asks with, or finds that it is not what it was.

    Args:
        choices: What is chosen, by the name under which a user knows it.
        path: The file, as messages name it.
        anew: Whether to forget what became of documents, if anything else is chosen now.
    """

    def change(file: sqlite3.Connection) -> None:
        before = _choices_in(file)
        other = [said for _, said in _differences(before, choices)] if before else []
        if other and not anew:
            raise InputError(
                f"{path} holds the results of other choices: {'; '.join(other)}. Take another "
                "file, or anew=True to do its documents again (answers that still fit are used)"
            )
        if other:
            sessions = file.execute("SELECT place, process, until FROM sessions")
            if any(is_alive(*session) for session in sessions):
                raise InputError(f"{path} cannot be begun anew: another process is at work on it")
            file.execute("DELETE FROM documents")
            file.execute("DELETE FROM records")
        if other or not before:
            file.execute("DELETE FROM about")
            file.executemany(
                "INSERT INTO about VALUES (?, ?)",
                [(_CHOICE + part, value) for part, value in choices.items()],
            )

    return change


def others_in(file: sqlite3.Connection, choices: Mapping[str, str]) -> Mapping[str, str] | None:
    """What a file's results were made with that is not chosen now: what is said of it, by its name.

    ``None`` if the file is of no run.
    """
    before = _choices_in(file)
    return dict(_differences(before, choices)) if before else None


def _choices_in(file: sqlite3.Connection) -> dict[str, str]:
    rows = file.execute("SELECT part, value FROM about WHERE part LIKE ?", (f"{_CHOICE}%",))
    return {str(part).removeprefix(_CHOICE): str(value) for part, value in rows}


def _differences(
    before: Mapping[str, str], choices: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for part in dict.fromkeys([*before, *choices]):
        old, new = before.get(part), choices.get(part)
        if old == new:
            continue
        if new is None:
            yield part, f"{part} is no longer there"
        elif old is None:
            yield part, f"{part} is new"
        elif _is_digest(old) or _is_digest(new):
            yield part, f"{part} has changed"
        else:
            yield part, f"{part} was {old}, now {new}"


def _is_digest(value: str) -> bool:
    return re.fullmatch("[0-9a-f]{16}", value) is not None
