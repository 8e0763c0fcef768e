"""Mention first: the string from the text, then its class; one statement for each instance.

codeie's own style. A model that has copied a string decides its class better than one that
must name the class first (see ``docs/styles.md`` for the measurements).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codeie.introspection import Role, Schema
from codeie.prompting._source import quoted
from codeie.prompting._style import Request, Style, single
from codeie.prompting._template import Value
from codeie.prompting._values import CodeWriter
from codeie.prompting.styles._common import shown
from codeie.prompting.styles.code4uie import compact_classes

__all__ = ["STYLES"]


_QUOTES = ("'", '"')


def _statement(instance: object, writer: CodeWriter) -> str:
    """``add(string, Class, …)``; ``add(Class(…))`` where no string leads."""
    spec = writer.spec_of(instance)
    given = writer.given(instance, spec)
    if not given or given[0][0] not in _QUOTES:
        return f"add({writer.call(instance)})"
    return f"add({', '.join([given[0], spec.name, *given[1:]])})"


def _answer(instances: Sequence[object], schema: Schema) -> str:
    writer = CodeWriter(schema)
    return "\n".join(_statement(instance, writer) for instance in instances) or "None"


def _values(request: Request) -> Mapping[str, Value]:
    roles = {spec.role for spec in request.schema.classes}
    return {
        **compact_classes(request.schema),
        "forms": [form for role, form in _FORMS.items() if role in roles],
        "demonstrations": shown(request, _answer),
        "text": quoted(request.text),
    }


_FORMS = {
    Role.ENTITY: "add(string, Class)",
    Role.RELATION: "add(head, Class, tail)",
    Role.EVENT: "add(trigger, Class, role=...)",
    Role.RECORD: "add(first, Class, field=...)",
}

STYLES = (
    Style(
        name="mention-first",
        summary="The string before its class, one statement each: for small models.",
        paper="codeie's own",
        steps=single(_values),
        answer=_answer,
        stop=("\ntext =",),
    ),
)
