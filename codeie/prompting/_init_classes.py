"""Classes with ``__init__``, as Code4UIE and Code4Struct show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec
from codeie.prompting._classes import base_names, field_note, guideline_of
from codeie.prompting._names import annotation, class_name
from codeie.syntaxes.source import docstring, one_line, quoted
from codeie.syntaxes.values import default_source
from codeie.types import Entity, Event, Relation

__all__ = ["InitLayout", "init_class", "marker_classes"]

_MARKERS = {
    Entity: "A mention of a thing.",
    Relation: "A connection of two things.",
    Event: "Something that happens, named by a trigger.",
}


@dataclass(frozen=True, slots=True)
class InitLayout:
    """How such a class is shown.

    Args:
        types: Whether parameters carry their types.
        parents: Whether the bases are named.
        asserts: Whether the types are said again as assertions; they are shown, never run.
        blanks: Whether parameters without a default are shown with an empty one.
        doc: ``"guideline"``, then a line for each field that has one; ``"roles"``: a sentence
            that names each role as ``self.role``; ``"description"``: description and examples.
    """

    types: bool = True
    parents: bool = True
    asserts: bool = False
    blanks: bool = True
    doc: Literal["guideline", "roles", "description"] = "guideline"


def marker_classes(specs: Sequence[ClassSpec]) -> list[str]:
    """The marker bases that the classes name, as classes."""
    used = {base for spec in specs for base in spec.bases}
    return [
        f"class {marker.__name__}:\n    {docstring(text)}"
        for marker, text in _MARKERS.items()
        if marker in used
    ]


def init_class(spec: ClassSpec, schema: Schema, layout: InitLayout = InitLayout()) -> str:
    """One class with its constructor.

    Args:
        spec: The class.
        schema: Gives the other classes their names.
        layout: What to show of it.
    """
    bases = ", ".join(base_names(spec, schema)) if layout.parents else ""
    lines = [f"class {spec.name}({bases}):" if bases else f"class {spec.name}:"]
    if text := "\n".join(_DOCS[layout.doc](spec)):
        lines.append(f"    {docstring(text, '    ')}")
    lines.append(f"    def __init__({', '.join(_parameters(spec, schema, layout))}):")
    lines += [f"        self.{field.name} = {field.name}" for field in spec.init_fields]
    if layout.asserts:
        lines += [f"        {line}" for line in _asserts(spec, schema)]
    if not spec.init_fields:
        lines.append("        pass")
    return "\n".join(lines)


def _guideline_lines(spec: ClassSpec) -> Iterator[str]:
    if guideline := one_line(guideline_of(spec)):
        yield guideline
    for field in spec.init_fields:
        if note := one_line(field_note(field)):
            yield f"{field.name}: {note}"


def _role_lines(spec: ClassSpec) -> Iterator[str]:
    """The guideline with its roles as ``self.role``, then the roles that it does not name."""
    names = [field.name for field in spec.init_fields]
    guideline = one_line(guideline_of(spec))
    roles = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b") if names else None
    if guideline:
        yield roles.sub(r"self.\1", guideline) if roles else guideline
    named = set(roles.findall(guideline)) if roles else set()
    for field in spec.init_fields:
        note = one_line(field_note(field))
        if note or field.name not in named:
            yield f"self.{field.name}" + (f": {note}" if note else "")


def _description_lines(spec: ClassSpec) -> Iterator[str]:
    if guideline := one_line(spec.guideline):
        yield f"Description: {guideline}"
    candidates = [*spec.candidates, *(each for f in spec.init_fields for each in f.candidates)]
    if candidates:
        yield f"Examples: {', '.join(map(quoted, dict.fromkeys(candidates)))}"
    for field in spec.init_fields:
        if note := one_line(field.guideline):
            yield f"{field.name}: {note}"


_DOCS: Final[dict[str, Callable[[ClassSpec], Iterator[str]]]] = {
    "guideline": _guideline_lines,
    "roles": _role_lines,
    "description": _description_lines,
}


def _parameters(spec: ClassSpec, schema: Schema, layout: InitLayout) -> Iterator[str]:
    yield "self"
    keyword_only = False
    for field in spec.init_fields:
        if field.kw_only and not keyword_only:
            keyword_only = True
            yield "*"
        kind = f": {annotation(field.type, schema)}" if layout.types else ""
        default = default_source(field, schema) or (_blank(field.type) if layout.blanks else "")
        equals = " = " if kind else "="
        yield f"{field.name}{kind}" + (f"{equals}{default}" if default else "")


def _blank(spec: TypeSpec) -> str:
    if spec.is_collection:
        return "{}" if spec.kind is Kind.DICT else "[]"
    return '""' if spec.kind in (Kind.STR, Kind.CLASS) else "None"


def _asserts(spec: ClassSpec, schema: Schema) -> Iterator[str]:
    for field in spec.init_fields:
        names = list(dict.fromkeys(class_name(cls, schema) for cls in field.type.classes()))
        if not names:
            continue
        allowed = f"({', '.join(names)})" if len(names) > 1 else names[0]
        if _many(field):
            yield f"assert all(isinstance(each, {allowed}) for each in {field.name})"
        else:
            yield f"assert isinstance({field.name}, {allowed})"


def _many(field: FieldSpec) -> bool:
    return field.type.is_collection or any(arg.is_collection for arg in field.type.args)
