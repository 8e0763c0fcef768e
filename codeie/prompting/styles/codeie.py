"""CodeIE (Li et al. 2023): a function that appends what it finds, the string before its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from codeie.introspection import ClassSpec, Kind, Role, Schema
from codeie.prompting._source import comment, quoted
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter

__all__ = ["STYLES"]

_PAPER = "Li et al. 2023, CodeIE: Large Code Generation Models are Better Few-Shot Information Extractors"
_LISTS = {
    Role.ENTITY: "entity_list",
    Role.RELATION: "entity_relation_list",
    Role.EVENT: "event_list",
    Role.RECORD: "record_list",
}
_TASKS = {
    Role.ENTITY: ("named_entity_recognition", "named entities"),
    Role.RELATION: ("relation_extraction", "relations between entities"),
    Role.EVENT: ("event_extraction", "events"),
    Role.RECORD: ("record_extraction", "records"),
}


def _roles(schema: Schema) -> list[Role]:
    return [role for role in Role if any(spec.role is role for spec in schema.classes)]


def _entries(indent: str, owner: str) -> Callable[[Sequence[object], Schema], str]:
    def answer(instances: Sequence[object], schema: Schema) -> str:
        writer = CodeWriter(schema, arguments="keyword")
        lines: list[str] = []
        for instance in instances:
            spec = writer.spec_of(instance)
            entry = _entry(instance, spec, writer)
            lines.append(f"{indent}{owner}{_LISTS[spec.role]}.append({entry})")
        return "\n".join(lines)

    return answer


def _entry(instance: object, spec: ClassSpec, writer: CodeWriter) -> str:
    """The dictionary for an instance; the call itself where no dictionary can say it."""
    string = _string(instance, writer.schema)
    named_otherwise = any(field.name in ("type", "label", "class_") for field in spec.init_fields)
    if string is not None and spec.role in (Role.ENTITY, Role.RECORD) and not named_otherwise:
        return f'{{"text": {quoted(string)}, "type": {quoted(spec.name)}}}'
    names = [field.name for field in spec.init_fields]
    if spec.role is Role.RELATION and len(names) == 2:
        ends = [getattr(instance, name, None) for name in names]
        strings = [_string(end, writer.schema) for end in ends]
        if None not in strings:
            pairs = [("rel_type", spec.name)]
            for number, (end, text) in enumerate(zip(ends, strings, strict=True), 1):
                pairs.append((f"ent{number}_type", writer.spec_of(end).name))
                pairs.append((f"ent{number}_text", text or ""))
            return "{" + ", ".join(f'"{key}": {quoted(value)}' for key, value in pairs) + "}"
    return writer.call(instance)


def _string(instance: object, schema: Schema) -> str | None:
    """The one string that an instance of a class with one field consists of."""
    spec = schema.of(type(instance))
    if spec is None or len(spec.init_fields) != 1 or spec.init_fields[0].type.kind is not Kind.STR:
        return None
    string = getattr(instance, spec.init_fields[0].name, None)
    return string if isinstance(string, str) else None


def _values(
    answer: Callable[[Sequence[object], Schema], str],
) -> Callable[[Request], Mapping[str, Value]]:
    def values(request: Request) -> Mapping[str, Value]:
        schema = request.schema
        roles = _roles(schema)
        name, _ = _TASKS[roles[0]] if len(roles) == 1 else ("information_extraction", "")
        types = ", ".join(quoted(spec.name) for spec in schema.classes)
        return {
            "name": name,
            "title": "".join(part.title() for part in name.split("_")),
            "things": ", ".join(_TASKS[role][1] for role in roles),
            "lists": [_LISTS[role] for role in roles],
            # Demonstrations show the types; without any, nothing else would.
            "types": "" if request.demonstrations else comment(types),
            "demonstrations": [
                {"text": quoted(one.text), "answer": answer(one.instances, schema)}
                for one in request.demonstrations
            ],
            "text": quoted(request.text),
        }

    return values


_FUNCTION = _entries("\t", "")
_CLASS = _entries("\t\t", "self.")

STYLES = (
    Style(
        name="codeie",
        summary="A function that appends dictionaries: what small code models follow best.",
        paper=_PAPER,
        steps=single(_values(_FUNCTION)),
        answer=_FUNCTION,
        stop=("# END",),
    ),
    Style(
        name="codeie-class",
        summary="The same as the constructor of a class.",
        paper=_PAPER,
        steps=single(_values(_CLASS)),
        answer=_CLASS,
        stop=("# END",),
    ),
)
