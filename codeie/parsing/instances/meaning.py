"""The call that is meant: by a dict, or by a call of something that is no class.

A dict names its class or has its fields, or gives a text and a type, or a relation's parts:
``{"name": "Ada", "type": "Person"}``, CodeIE's ``{"text": "Ada", "type": "person"}`` and
``{"rel_type": "Work for", "ent1_type": "person", "ent1_text": "Ada", "ent2_type": …}``
(Li et al. 2023, CodeIE), and ``{"Person": "Ada"}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from codeie.diagnostics import Code
from codeie.introspection import ClassSpec, Kind, folded, nearest
from codeie.parsing.expression.values import CallValue, DictValue, NameValue
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.where import At

__all__ = ["CLASS_KEYS", "TEXT_KEYS", "call_of_dict", "class_first"]

CLASS_KEYS: Final = frozenset(
    {
        *("type", "label", "class", "category", "entitytype", "entitylabel", "reltype"),
        *("relationtype", "relation", "rel", "eventtype", "event", "kind", "tag", "classname"),
    }
)
"""Keys, folded, whose value may name the class."""

_ADDERS: Final = frozenset({"add", "append", "found", "emit"})
TEXT_KEYS: Final = frozenset({"text", "span", "name", "mention", "entity", "value", "string"})
"""Keys, folded, whose value may be the text of a mention."""
_PART: Final = re.compile(
    r"(?:ent|entity|arg|argument|head|tail|subject|object|subj|obj)_?([12]?)_?(type|label|text|name|span)?"
)
_FIRST: Final = ("head", "subj", "subject")
_ENDS: Final = (Kind.CLASS, Kind.STR, Kind.UNION)
"""Kinds of fields that may be a relation's ends."""
_SECOND: Final = ("tail", "obj", "object")


def call_of_dict(
    value: DictValue, context: Context, declared: type | None, at: At
) -> CallValue | None:
    """The call that a dict means; ``None`` after saying why there is none.

    Args:
        value: The dict.
        context: Knows the classes.
        declared: The class that the place asks for, if it does.
        at: Where the dict stands.
    """
    pairs: dict[str, object] = {}
    for index, (key, item) in enumerate(value.pairs):
        if not isinstance(key, str):
            message = "a dict with keys that are not strings is no instance"
            context.say(Code.WRONG_TYPE, message, at)
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
    return CallValue(spec.name, _arguments(rest, spec, context))


def _class_of(
    pairs: dict[str, object], context: Context, declared: type | None, at: At
) -> tuple[ClassSpec | None, frozenset[str]]:
    """The class, and the keys that only name it."""
    if declared is not None:
        spec = context.schema.of(declared)
        own = {key for key in _named(pairs, context) if spec and spec.field(key) is None}
        return spec, frozenset(own)
    for key, spec in _named(pairs, context).items():
        required = context.constructors[spec.cls].required
        if spec.field(key) is None or all(field.name != key for field in required):
            context.class_for(str(pairs[key]), at)  # notes a near name
            return spec, frozenset({key})
    made = [context.constructors[spec.cls] for spec in context.schema.classes if pairs]
    fitting = [
        takes.spec
        for takes in made
        if pairs.keys() <= takes.fields.keys()
        and all(field.name in pairs for field in takes.required)
    ]
    if len(fitting) == 1:
        only = f"{fitting[0].name}, the only class with these fields"
        context.converted(f"a dict was taken for {only}", at)
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
    return {
        key: spec
        for key, item in pairs.items()
        if folded(key) in CLASS_KEYS
        and isinstance(item, str)
        and (spec := context.naming.meant(item)) is not None
    }


def _arguments(
    pairs: dict[str, object], spec: ClassSpec, context: Context
) -> list[tuple[str | None, object]]:
    takes = context.constructors[spec.cls]
    if len(pairs) == 1 and not takes.fields.keys() & pairs.keys():
        ((key, item),) = pairs.items()
        if context.naming.meant(key) is spec:
            if isinstance(item, DictValue):
                return [(str(one), value) for one, value in item.pairs]
            return [(None, item)]
    parts = _parts(pairs)
    if parts:
        taken = {key for keys in parts.values() for key in keys}
        rest = {key: item for key, item in pairs.items() if key not in taken}
        slots = [field.name for field in takes.positional if field.type.kind in _ENDS][:2]
        made: list[tuple[str | None, object]] = [
            (name, _part(pairs, parts.get(side, {})))
            for side, name in enumerate(slots, 1)
            if side in parts
        ]
        return made + _arguments(rest, spec, context)
    arguments: list[tuple[str | None, object]] = []
    for key, item in pairs.items():
        name: str | None = key
        unknown = key not in takes.fields and nearest(key, takes.fields) is None
        if unknown and folded(key) in TEXT_KEYS and takes.string_field is not None:
            name = takes.string_field.name if takes.string_field.name not in pairs else key
        arguments.append((name, item))
    return arguments


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


def class_first(call: CallValue, class_of: Callable[[str], ClassSpec | None]) -> CallValue:
    """The call with its class in front, where an argument names the class.

    Mention first (docs/styles.md): ``add("Ada", Person)``, ``add("Ada", WorksFor, "Acme")``,
    ``add("left", Sail, ship="Lotta")``, ``add(Sail(ship="Lotta"))``. CodeKGC (Bi et al.
    2024): ``Triple(Person("Ada"), Rel("WorksFor"), Company("Acme"))``.

    Args:
        call: A call of something that is no class of the schema.
        class_of: Gives the class of a name that is spelled as it should be.

    Returns:
        The call of the class; the call as it was if no argument names one.
    """
    if folded(call.name) == "triple":
        return _triple(call)
    positional = [index for index, (keyword, _) in enumerate(call.arguments) if keyword is None]
    adds = call.name in _ADDERS
    for index in positional[:2]:
        value = call.arguments[index][1]
        # After "add" a name in that place means a class, even one that there is not.
        if isinstance(value, NameValue) and (adds or class_of(value.name) is not None):
            rest = [*call.arguments[:index], *call.arguments[index + 1 :]]
            return CallValue(value.name, rest)
    if len(call.arguments) == 1 and positional:
        only = call.arguments[0][1]
        if isinstance(only, CallValue) and class_of(only.name) is not None:
            return only
    return call


def _triple(call: CallValue) -> CallValue:
    if len(call.arguments) != 3:
        return call
    head, (_, relation), tail = call.arguments
    name = relation
    if isinstance(relation, CallValue):
        inner = [value for _, value in relation.arguments]
        name = inner[0] if len(inner) == 1 else relation.name
    elif isinstance(relation, NameValue):
        name = relation.name
    if not isinstance(name, str):
        return call
    return CallValue(name, [(None, head[1]), (None, tail[1])])
