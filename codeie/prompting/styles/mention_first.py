"""Mention first: the string from the text, then its class; one statement for each instance.

codeie's own style. A model that has copied a string decides its class better than one that
must name the class first (see ``docs/styles.md`` for the measurements).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codeie.introspection import Role
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.prompting.styles.code4uie import compact_classes
from codeie.syntaxes import Statements
from codeie.syntaxes.source import quoted

__all__ = ["STYLES"]

_STATEMENTS = Statements()


def _values(request: Request) -> Mapping[str, Value]:
    classes = request.schema.classes
    roles = {spec.role for spec in classes}
    named = [spec.name for spec in classes] if len(classes) <= _NAMED else []
    return {
        **compact_classes(request.schema),
        "forms": [form for role, form in _FORMS.items() if role in roles],
        "demonstrations": shown(request, _STATEMENTS, quoted),
        "text": quoted(request.text),
        "sought": ", ".join(named),
    }


# Small models make classes up where those of the schema stand far above; the names beside each
# text keep them to it, at a few tokens a class. Of many classes that would cost too much.
_NAMED: Final = 12
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
        ask=once(_values, _STATEMENTS),
        syntax=_STATEMENTS,
        stop=("\ntext =",),
    ),
)
