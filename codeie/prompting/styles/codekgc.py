"""CodeKGC (Bi et al. 2023): relations as triples of entities, in one `Extract`."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.introspection import Role, Schema
from codeie.prompting._classes import bases_first, compact_enum
from codeie.prompting._init_classes import InitLayout, init_class
from codeie.prompting._source import comment, docstring, quoted
from codeie.prompting._style import Request, Step, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter, listed

__all__ = ["STYLES"]

_PAPER = "Bi et al. 2024, CodeKGC: Code Language Model for Generative Knowledge Graph Construction"
_LAYOUT = InitLayout(blanks=False)
_WRAPPERS = ("Triple", "Rel", "Extract")


def _writer(schema: Schema) -> CodeWriter:
    return CodeWriter(schema, flat=False)


def _item(instance: object, writer: CodeWriter) -> str:
    """A triple for a relation of two instances; the call itself for everything else."""
    spec = writer.spec_of(instance)
    fields = spec.init_fields
    if spec.role is Role.RELATION and len(fields) == 2:
        ends = [getattr(instance, field.name) for field in fields]
        taken = any(writer.schema.named(name) is not None for name in _WRAPPERS)
        if not taken and all(writer.schema.of(type(end)) is not None for end in ends):
            head, tail = (writer.value(end) for end in ends)
            return f"Triple({head}, Rel({quoted(spec.name)}), {tail})"
    return writer.call(instance)


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = _writer(schema)
    items = listed([_item(instance, writer) for instance in instances], "    ")
    return f"Extract({items})" if schema.named("Extract") is None else items


def _reasoned(instances: Sequence[object], schema: Schema) -> str:
    """The steps as comments (relations, then entities), and then the answer."""
    return "\n".join([*_steps(instances, schema), f"extract = {_answer(instances, schema)}"])


def _steps(instances: Sequence[object], schema: Schema) -> list[str]:
    writer = _writer(schema)
    relations: list[str] = []
    entities: list[str] = []
    for instance in instances:
        spec = writer.spec_of(instance)
        if spec.role is not Role.RELATION:
            entities.append(writer.call(instance))
            continue
        relations.append(spec.name)
        ends = (getattr(instance, field.name, None) for field in spec.init_fields)
        entities += [writer.call(end) for end in ends if schema.of(type(end)) is not None]
    return [
        f"# relations: {', '.join(dict.fromkeys(relations)) or 'none'}",
        f"# entities: {', '.join(dict.fromkeys(entities)) or 'none'}",
    ]


def _values(request: Request) -> dict[str, Value]:
    schema = request.schema
    return {
        "classes": [
            *(compact_enum(cls) for cls in schema.enums),
            *(init_class(spec, schema, _LAYOUT) for spec in bases_first(schema.known)),
        ],
        "demonstrations": [
            {"text": docstring(one.text), "answer": _answer(one.instances, schema)}
            for one in request.demonstrations
        ],
        "text": docstring(request.text),
    }


def _rationale_steps(request: Request, answers: tuple[str, ...]) -> Step | None:
    if answers:
        return None
    schema = request.schema
    shown = [
        {
            "text": docstring(one.text),
            "steps": "\n".join(
                [f"# {comment(line)}" for line in one.rationale] + _steps(one.instances, schema)
            ),
            "answer": _answer(one.instances, schema),
        }
        for one in request.demonstrations
    ]
    return Step({**_values(request), "demonstrations": shown})


STYLES = (
    Style(
        name="codekgc",
        summary="Triples of typed entities; a demonstration without any shows the empty answer.",
        paper=_PAPER,
        steps=single(_values),
        answer=_answer,
        stop=('\n"""',),
    ),
    Style(
        name="codekgc-rationale",
        summary="The same, with the relations and entities as comments before the answer.",
        paper=_PAPER,
        steps=_rationale_steps,
        answer=_reasoned,
        stop=('\n"""',),
    ),
)
