"""Whether a style's answers have a form for the classes that are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Kind, Role, Schema
from codeie.prompting._style import Style
from codeie.syntaxes.mentions import is_string

__all__ = ["check_expressible", "not_asked"]

_FORMS = {
    Role.ENTITY: "mentions (classes of one string)",
    Role.RELATION: "relations of two mentions",
    Role.EVENT: "events with a trigger",
}


def check_expressible(style: Style, schema: Schema) -> None:
    """Refuse classes that a style's answers cannot express.

    Args:
        style: Says what it expresses.
        schema: The classes that are asked for.

    Raises:
        PromptError: If a class has no form; the message names it, and what would do.
    """
    if set(style.expresses) >= set(Role):
        return
    for spec in schema.classes:
        if not any(role in style.expresses for role in _roles(spec, schema)):
            forms = ", ".join(_FORMS[role] for role in style.expresses if role in _FORMS)
            raise PromptError(
                f"the style {style.name!r} has no form for {spec.name}; it expresses {forms}"
            )


def not_asked(style: Style, schema: Schema) -> tuple[Diagnostic, ...]:
    """What is said of classes that a style asks nothing about.

    Args:
        style: Says what its questions are about.
        schema: The classes that are asked for.
    """
    asked = set(style.asks_about)
    if asked >= set(Role):
        return ()
    others = [spec.name for spec in schema.classes if asked.isdisjoint(_roles(spec, schema))]
    if not others:
        return ()
    message = (
        f"The style {style.name!r} asks nothing about {', '.join(others)}; of these classes "
        "nothing can be found. Use another style for them."
    )
    return (Diagnostic(Code.NOT_ASKED, message, Severity.WARNING),)


def _roles(spec: ClassSpec, schema: Schema) -> Iterator[Role]:
    """As what a class can be expressed; an event that is but its trigger is a mention, too."""
    fields = spec.init_fields
    if is_string(spec):
        yield Role.ENTITY
    if spec.role is Role.RELATION and len(fields) == 2:
        ends = [schema.of(cls) for each in fields for cls in each.type.classes()]
        plain = all(each.type.kind in (Kind.STR, Kind.CLASS, Kind.UNION) for each in fields)
        if plain and all(end is not None and is_string(end) for end in ends):
            yield Role.RELATION
    trigger = spec.trigger_field
    named = trigger is not None and trigger.type.kind is Kind.STR and trigger.required
    if spec.role is Role.EVENT and named:
        yield Role.EVENT
