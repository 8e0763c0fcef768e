"""Dicts that describe an instance: by fields, by a type and a text, or as a relation's parts.

``{"name": "Ada", "type": "Person"}``, CodeIE's ``{"text": "Ada", "type": "person"}`` and
``{"rel_type": "Work for", "ent1_type": "person", "ent1_text": "Ada", "ent2_type": …}``
(Li et al. 2023, CodeIE), and ``{"Person": "Ada"}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.introspection import ClassSpec, Kind, folded, nearest
from codeie.parsing.expression.values import CallValue, DictValue
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.where import At

__all__ = ["CLASS_KEYS", "Record", "read_record"]

CLASS_KEYS: Final = frozenset(
    {
        *("type", "label", "class", "category", "entitytype", "entitylabel", "reltype"),
        *("relationtype", "relation", "rel", "eventtype", "event", "kind", "tag", "classname"),
    }
)
"""Keys, folded, whose value may name the class."""

_TEXT_KEYS: Final = frozenset({"text", "span", "name", "mention", "entity", "value", "string"})
_PART: Final = re.compile(
    r"(?:ent|entity|arg|argument|head|tail|subject|object|subj|obj)_?([12]?)_?(type|label|text|name|span)?"
)
_FIRST: Final = ("head", "subj", "subject")
_SECOND: Final = ("tail", "obj", "object")


@dataclass(frozen=True, slots=True)
class Record:
    """A dict as the call it stands for."""

    spec: ClassSpec
    arguments: list[tuple[str | None, object]]


def read_record(value: DictValue, context: Context, declared: type | None, at: At) -> Record | None:
    """The class and the arguments that a dict means; ``None`` after saying why not.

    Args:
        value: The dict.
        context: Knows the classes.
        declared: The class that the place asks for, if it does.
        at: Where the dict stands.
    """
    pairs: dict[str, object] = {}
    for index, (key, item) in enumerate(value.pairs):
        if not isinstance(key, str):
            context.say(Code.WRONG_TYPE, "a dict with keys that are not strings is no instance", at)
            return None
        if key in pairs:
            context.say(
                Code.DUPLICATE_FIELD,
                f"{key!r} is given again; the first value is kept",
                At(at, index, f".{key}"),
            )
        pairs.setdefault(key, item)
    spec, keys = _class_of(pairs, context, declared, at)
    if spec is None:
        return None
    rest = {key: item for key, item in pairs.items() if key not in keys}
    return Record(spec, _arguments(rest, spec, context))


def _class_of(
    pairs: dict[str, object], context: Context, declared: type | None, at: At
) -> tuple[ClassSpec | None, frozenset[str]]:
    """The class, and the keys that only name it."""
    if declared is not None:
        spec = context.schema.of(declared)
        own = {key for key in _named(pairs, context) if spec and spec.field(key) is None}
        return spec, frozenset(own)
    for key, spec in _named(pairs, context).items():
        if spec.field(key) is None or _fits_without(key, spec, context):
            context.class_for(str(pairs[key]), at)  # notes a near name
            return spec, frozenset({key})
    fitting = [
        spec
        for spec in context.schema.classes
        if pairs
        and all(key in context.constructors[spec.cls].fields for key in pairs)
        and all(field.name in pairs for field in context.constructors[spec.cls].required)
    ]
    if len(fitting) == 1:
        context.say(
            Code.CONVERTED,
            f"a dict was taken for {fitting[0].name}, the only class with these fields",
            at,
            Severity.NOTE,
        )
        return fitting[0], frozenset()
    if len(pairs) == 1:
        (key, item), *_ = pairs.items()
        if (named := context.class_for(key, at)) is not None and isinstance(item, DictValue | str):
            return named, frozenset()
    named_keys = [key for key in pairs if folded(key) in CLASS_KEYS]
    if named_keys and isinstance(pairs[named_keys[0]], str):
        context.unknown_class(str(pairs[named_keys[0]]), at)
    else:
        context.say(Code.UNKNOWN_CLASS, "a dict that names no class of the schema", at)
    return None, frozenset()


def _named(pairs: dict[str, object], context: Context) -> dict[str, ClassSpec]:
    """Keys whose value names a class."""
    found: dict[str, ClassSpec] = {}
    for key, item in pairs.items():
        if folded(key) in CLASS_KEYS and isinstance(item, str):
            spec = context.naming.meant(item)
            if spec is not None:
                found[key] = spec
    return found


def _fits_without(key: str, spec: ClassSpec, context: Context) -> bool:
    required = context.constructors[spec.cls].required
    return all(field.name != key for field in required)


def _arguments(
    pairs: dict[str, object], spec: ClassSpec, context: Context
) -> list[tuple[str | None, object]]:
    plan = context.constructors[spec.cls]
    if len(pairs) == 1 and not plan.fields.keys() & pairs.keys():
        ((key, item),) = pairs.items()
        if context.naming.meant(key) is spec:
            if isinstance(item, DictValue):
                return [(str(one), value) for one, value in item.pairs]
            return [(None, item)]
    parts = _parts(pairs)
    if parts:
        taken = {key for keys in parts.values() for key in keys}
        rest = {key: item for key, item in pairs.items() if key not in taken}
        slots = [field.name for field in plan.positional if _takes_part(field.type.kind)][:2]
        made: list[tuple[str | None, object]] = [
            (name, _part(pairs, parts.get(side, {})))
            for side, name in enumerate(slots, 1)
            if side in parts
        ]
        return made + _arguments(rest, spec, context)
    arguments: list[tuple[str | None, object]] = []
    for key, item in pairs.items():
        name: str | None = key
        unknown = key not in plan.fields and nearest(key, plan.fields) is None
        if unknown and folded(key) in _TEXT_KEYS and plan.string_field is not None:
            name = plan.string_field.name if plan.string_field.name not in pairs else key
        arguments.append((name, item))
    return arguments


def _takes_part(kind: Kind) -> bool:
    return kind in (Kind.CLASS, Kind.STR, Kind.UNION)


def _parts(pairs: dict[str, object]) -> dict[int, dict[str, str]]:
    """Keys such as ``ent1_text``: for each side its key and what it gives."""
    sides: dict[int, dict[str, str]] = {}
    for key in pairs:
        match = _PART.fullmatch(key.lower())
        if match is None or match[2] is None:
            continue
        word = key.lower()
        side = int(match[1]) if match[1] else 1 if word.startswith(_FIRST) else 2
        if match[1] or word.startswith(_FIRST + _SECOND):
            sides.setdefault(side, {})[key] = "class" if match[2] in ("type", "label") else "text"
    texts = [side for side, keys in sides.items() if "text" in keys.values()]
    return sides if len(texts) == 2 else {}


def _part(pairs: dict[str, object], keys: dict[str, str]) -> object:
    text = next(pairs[key] for key, what in keys.items() if what == "text")
    name = next((pairs[key] for key, what in keys.items() if what == "class"), None)
    return CallValue(name, [(None, text)]) if isinstance(name, str) else text
