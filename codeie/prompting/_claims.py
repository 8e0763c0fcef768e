"""Questions about instances that are known: whether the text says them, of which class they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Schema
from codeie.prompting._classes import guideline_of
from codeie.prompting._prompt import Prompt
from codeie.prompting._template import Value, named_template
from codeie.syntaxes import Prose
from codeie.syntaxes.mentions import mentions_of
from codeie.syntaxes.names import phrase
from codeie.syntaxes.source import comment, quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["ask_entailed", "ask_types", "ask_whether", "ask_which_hold"]

_CLAIM = 2_000  # code points of an instance that is shown


def ask_whether(prompt: Prompt, instance: object, schema: Schema, *, reasons: bool) -> Prompt:
    """A question by itself: whether an instance is what the text says.

    Args:
        prompt: Any prompt about the text.
        instance: Of a class of the schema.
        schema: Names and describes the class.
        reasons: Whether the answer goes on to say why.
    """
    spec = schema.of(type(instance))
    mention = next(iter(mentions_of([instance], schema)), None)
    values: dict[str, Value] = {
        "text": quoted(prompt.text),
        "name": spec.name if spec is not None else type(instance).__name__,
        "guideline": comment(guideline_of(spec)) if spec is not None else "",
        "kind": phrase(spec) if spec is not None else "",
        "string": quoted(mention.string) if mention is not None else "",
        "claim": _claim(instance, schema),
        "reasons": "yes" if reasons else "",
    }
    return _by_itself(prompt, "verify", values)


def ask_which_hold(
    prompt: Prompt, instances: Sequence[object], schema: Schema, *, reasons: bool
) -> Prompt:
    """A question by itself: which of some instances are what the text says, a line for each.

    Args:
        prompt: Any prompt about the text.
        instances: Of classes of the schema.
        schema: Names and describes them.
        reasons: Whether each line says why.
    """
    classes = {type(instance) for instance in instances}
    values: dict[str, Value] = {
        "classes": _defined([spec for spec in schema.known if spec.cls in classes]),
        "text": quoted(prompt.text),
        "claims": [_claim(instance, schema) for instance in instances],
        "reasons": "yes" if reasons else "",
    }
    return _by_itself(prompt, "verify-all", values)


def ask_entailed(prompt: Prompt, relation: object, schema: Schema) -> Prompt:
    """A question by itself: whether the text entails a relation.

    Args:
        prompt: Any prompt about the text.
        relation: An instance of a class of the schema, with a head and a tail, or whatever its
            first two fields are.
        schema: Names and describes the class.

    Raises:
        PromptError: If it is of no class of the schema, or its class has no two fields.
    """
    spec = schema.of(type(relation))
    if spec is None or spec.ends is None:
        raise PromptError(f"{type(relation).__name__} has no two ends that can be asked about")
    head, tail = spec.ends
    values: dict[str, Value] = {
        "text": quoted(prompt.text),
        "name": spec.name,
        "kind": phrase(spec),
        "guideline": comment(guideline_of(spec)).rstrip("."),
        "head_name": head.name,
        "tail_name": tail.name,
        "head": _end(getattr(relation, head.name), schema),
        "tail": _end(getattr(relation, tail.name), schema),
    }
    return _by_itself(prompt, "entail", values)


def _end(value: object, schema: Schema) -> str:
    """An end of a relation: a mention and its kind, or a value as code."""
    mention = next(iter(mentions_of([value], schema)), None)
    if mention is not None:
        return f"{quoted(mention.string)} ({phrase(mention.spec)})"
    return quoted(value) if isinstance(value, str) else _claim(value, schema)


def ask_types(prompt: Prompt, strings: Sequence[str], specs: Sequence[ClassSpec]) -> Prompt:
    """A question by itself: of which class each mention is, a line for each.

    Args:
        prompt: Any prompt about the text.
        strings: The mentions.
        specs: The classes to choose from.
    """
    values: dict[str, Value] = {
        "classes": [
            f"- {spec.name}: {comment(guideline_of(spec))}" if guideline_of(spec) else spec.name
            for spec in specs
        ],
        "text": quoted(prompt.text),
        "strings": [quoted(string) for string in strings],
        "options": ", ".join(spec.name for spec in specs),
    }
    return _by_itself(prompt, "types", values)


def _by_itself(prompt: Prompt, name: str, values: dict[str, Value]) -> Prompt:
    template = named_template(f"{name}.v1.jinja")
    return replace(
        prompt.asking(template.block("question", values)),
        opening=template.block("opening", values),
        style=name,
        version="v1",
        syntax=Prose(),
        language="text",
        stop=(),
        diagnostics=(),
    )


def _defined(specs: Sequence[ClassSpec]) -> list[str]:
    notes = [(spec.name, comment(guideline_of(spec))) for spec in specs]
    return [f"- {name}: {note}" for name, note in notes if note]


def _claim(instance: object, schema: Schema) -> str:
    try:
        return CodeWriter(schema, arguments="keyword").call(instance)[:_CLAIM]
    except PromptError:
        return repr(instance)[
            :_CLAIM
        ]  # values that no literal can be, shown as they show themselves
