"""CodeKGC (Bi et al. 2023): relations as triples of entities, in one `Extract`."""

from __future__ import annotations

from codeie.prompting._classes import bases_first, compact_enum
from codeie.prompting._init_classes import InitLayout, init_class
from codeie.prompting._style import Request, Style, numbered, once, shown
from codeie.prompting._template import Value
from codeie.syntaxes.source import comment, docstring
from codeie.syntaxes.triples import Triples, reasons

__all__ = ["STYLES"]

_PAPER = "Bi et al. 2024, CodeKGC: Code Language Model for Generative Knowledge Graph Construction"
_LAYOUT = InitLayout(blanks=False)
_TRIPLES = Triples()
_REASONED = Triples(reasoned=True)


def _values(request: Request) -> dict[str, Value]:
    schema = request.schema
    return {
        "classes": [
            *(compact_enum(cls) for cls in schema.enums),
            *(init_class(spec, schema, _LAYOUT) for spec in bases_first(schema.known)),
        ],
        "demonstrations": shown(request, _TRIPLES, docstring),
        "text": docstring(request.text),
    }


def _reasoned_values(request: Request) -> dict[str, Value]:
    schema = request.schema
    rows: list[dict[str, str]] = [
        numbered(
            number,
            {
                "text": docstring(one.text),
                "steps": "\n".join(
                    [f"# {comment(line)}" for line in one.rationale]
                    + reasons(one.instances, schema)
                ),
                "answer": _TRIPLES.write(one.instances, schema),
            },
        )
        for number, one in enumerate(request.demonstrations)
    ]
    return {**_values(request), "demonstrations": rows}


STYLES = (
    Style(
        name="codekgc",
        summary="Triples of typed entities; a demonstration without any shows the empty answer.",
        paper=_PAPER,
        ask=once(_values, _TRIPLES),
        syntax=_TRIPLES,
        stop=('\n"""',),
    ),
    Style(
        name="codekgc-rationale",
        summary="The same, with the relations and entities as comments before the answer.",
        paper=_PAPER,
        ask=once(_reasoned_values, _REASONED),
        syntax=_REASONED,
        stop=('\n"""',),
    ),
)
