"""TANL (Paolini et al. 2021): the text again, with brackets around what is found."""

from __future__ import annotations

from codeie.introspection import Role
from codeie.prompting._retold import retold
from codeie.prompting._style import Asking, Request, Style
from codeie.syntaxes import Annotated, Lines

__all__ = ["STYLES"]

_FORMS = {
    Role.ENTITY: "[ mention | Class ] for a mention",
    Role.RELATION: "[ head | Class of the head | Relation = tail ] for a relation",
    Role.EVENT: "[ trigger | Event | role = argument | role = argument ] for an event",
}


def _ask(request: Request) -> Asking:
    roles = {spec.role for spec in request.schema.classes}
    roles |= {Role.ENTITY} if Role.RECORD in roles else set()
    forms = [form for role, form in _FORMS.items() if role in roles]
    return (yield retold(request, Annotated, {"forms": forms}))


STYLES = (
    Style(
        name="tanl",
        summary="The text again with brackets, so that the place of everything is told.",
        paper="Paolini et al. 2021, Structured Prediction as Translation between Augmented Natural Languages",
        ask=_ask,
        questions=lambda _: 1,
        syntax=Lines(),
        language="text",
        stop=("\nText:",),
        expresses=(Role.ENTITY, Role.RELATION, Role.EVENT),
    ),
)
