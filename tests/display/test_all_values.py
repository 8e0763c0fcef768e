"""Whatever a public function, method, property or field gives shows itself."""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cached_property

import codeie
from codeie.viewable import Viewable

_PARTS = ("cli", "mypy", "prompts", "schemas", "engines")  # commands, a plugin, files, an extra
_SHORT = "its repr is one short line that says all"
_CODE = "its repr is the code that makes it"
_MACHINE = "it works, and is not looked at"
EXCEPT = {
    "Span": _SHORT,
    "Position": _SHORT,
    "Interval": _SHORT,
    "Image": _SHORT,
    "Sight": _SHORT,
    "Proportion": _SHORT,
    "Counts": _SHORT,
    "Bin": _SHORT,
    "Box": _SHORT,
    "Fact": _SHORT,
    "Judgement": _SHORT,
    "EntityCluster": _SHORT,
    "Mention": _SHORT,
    "MentionUnit": _SHORT,
    "GoldArgument": _SHORT,
    "GoldCluster": _SHORT,
    "GoldEvent": _SHORT,
    "GoldMention": _SHORT,
    "GoldModifier": _SHORT,
    "GoldRelation": _SHORT,
    "TagSpan": _SHORT,
    "Loop": _SHORT,
    "Call": _SHORT,
    "Row": _SHORT,
    "ChunkDone": _SHORT,
    "Refused": _SHORT,
    "Unwrapped": _SHORT,
    "ParseLimits": _CODE,
    "Limits": _CODE,
    "GroundingPolicy": _CODE,
    "Strategy": _CODE,
    "Chunks": _CODE,
    "LiveExtraction": "it draws itself while it goes on",
    "LiveExtractions": "it draws itself while it goes on",
    "AnthropicBatches": _MACHINE,
    "OpenAIBatches": _MACHINE,
    "IncrementalParser": _MACHINE,
    "Naming": _MACHINE,
    "Found": _MACHINE,
    "Index": _MACHINE,
}


def _modules() -> list[str]:
    found = (one.name for one in pkgutil.iter_modules(codeie.__path__))
    return ["codeie", *(f"codeie.{one}" for one in found if one[0] != "_" and one not in _PARTS)]


def _public() -> list[object]:
    modules = map(importlib.import_module, _modules())
    return [getattr(one, name) for one in modules for name in getattr(one, "__all__", ())]


def _names(annotation: object) -> Iterator[str]:
    """The names in an annotation, which is a string, or a class where it is evaluated."""
    said = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    for node in ast.walk(ast.parse(said or "None", mode="eval")):
        if isinstance(node, ast.Name):
            yield node.id


def _given(value: object) -> Iterator[tuple[str, object, object]]:
    """What gives something: its name, the annotation of what it gives, and its module."""
    if inspect.isfunction(value):
        yield value.__name__, value.__annotations__.get("return", ""), sys.modules[value.__module__]
    if not inspect.isclass(value) or issubclass(value, BaseException):
        return
    for name, member in vars(value).items():
        made = member.fget if isinstance(member, property) else member
        made = made.func if isinstance(made, cached_property) else made
        made = getattr(made, "__func__", made)
        if inspect.isfunction(made) and not name.startswith("_"):
            where = f"{value.__name__}.{name}"
            yield where, made.__annotations__.get("return", ""), sys.modules[value.__module__]
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            if not each.name.startswith("_"):
                yield f"{value.__name__}.{each.name}", each.type, sys.modules[value.__module__]


def _shows_itself(kind: type) -> bool:
    return issubclass(kind, Viewable) or (
        hasattr(kind, "_repr_html_") and hasattr(kind, "__rich__")
    )


def test_whatever_is_given_shows_itself_or_is_named_here() -> None:
    """Every public value has HTML and a rich form, but for those named here with the reason."""
    public = _public()
    known = {one.__name__: one for one in public if inspect.isclass(one)}
    raw: dict[str, str] = {}
    for value in public:
        for where, annotation, module in _given(value):
            for name in _names(annotation):
                kind = getattr(module, name, known.get(name))
                if not inspect.isclass(kind) or not kind.__module__.startswith("codeie."):
                    continue
                # Grammars and syntaxes have notations, which `str` gives; displays are drawn.
                if kind.__module__.startswith(
                    ("codeie.display", "codeie.grammars", "codeie.syntaxes")
                ):
                    continue
                if name.startswith("_") or getattr(kind, "_is_protocol", False):
                    continue
                if issubclass(kind, BaseException | enum.Enum) or _shows_itself(kind):
                    continue
                raw.setdefault(kind.__name__, where)
    assert {} == {name: where for name, where in raw.items() if name not in EXCEPT}
    assert set() == EXCEPT.keys() - raw.keys()
