"""An answer form's grammar: the part that a schema determines, kept, and that of the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol, runtime_checkable

from codeie._remembered import remembered
from codeie.grammars import Bounds, Grammar, Node, Ref, choice, listed, optional, seq
from codeie.grammars.nodes import parts_of
from codeie.introspection import Schema
from codeie.syntaxes.code_grammar import ITEM
from codeie.syntaxes.literal_strings import Language, string_node

__all__ = ["Grammatical", "answer_grammar", "lines"]


@runtime_checkable
class Grammatical(Protocol):
    """An answer form that can say which answers there are: those its writer writes, and more."""

    def grammar(self, schema: Schema, bounds: Bounds = Bounds(), text: str = "") -> Grammar:
        """All answers of the form; each is read without a diagnostic about its form.

        Args:
            schema: The classes that are asked for.
            bounds: What answers may hold.
            text: The document's text, where strings are to be of it.

        Raises:
            GrammarError: If the form of an instance cannot be said.
            GrammarTooLarge: If it cannot be said of a text of that length.
        """
        ...


Made = Callable[[Schema, Bounds], Grammar]

_KEPT: Final = 16


@remembered
def _known(schema: Schema) -> dict[tuple[object, Bounds], Grammar]:  # noqa: ARG001 - its own dictionary
    """The grammars made for a schema, by form and bounds."""
    return {}


def answer_grammar(
    syntax: object,
    make: Made,
    schema: Schema,
    bounds: Bounds,
    text: str,
    language: Language = "python",
) -> Grammar:
    """A form's grammar with its strings.

    Args:
        syntax: The form; forms that are equal have the same grammars.
        make: Makes all but the rules ``string`` and ``free``, which it may refer to.
        schema: The classes.
        bounds: What answers may hold.
        text: The document's text.
        language: Whose literals strings are.
    """
    kept = _known(schema)
    key = syntax, replace(bounds, strings="free", longest=None)
    grammar = kept.get(key)
    if grammar is None:
        if len(kept) >= _KEPT:
            kept.clear()
        grammar = kept[key] = make(schema, key[1])
    rules = dict(grammar.rules)
    for name, spoken, least in (("string", bounds, 1), ("free", Bounds(longest=bounds.longest), 0)):
        if _speaks_of(name, grammar):
            rules[name] = string_node(language, spoken, text, least=least)
    return Grammar(grammar.start, rules, bounds.strings)


def _speaks_of(name: str, grammar: Grammar) -> bool:
    todo = [grammar.start, *grammar.rules.values()]
    while todo:
        node = todo.pop()
        if isinstance(node, Ref) and node.name == name:
            return True
        todo.extend(parts_of(node))
    return False


def lines(bounds: Bounds, stop: Sequence[str]) -> Node:
    """Items, one a line, up to a mark of the end, which the answer may do without.

    Args:
        bounds: Of it the number of items counts.
        stop: The marks.
    """
    end = optional(choice(*stop))
    some = listed(ITEM, "\n", least=1, most=bounds.items)
    return choice(seq(some, optional(seq("\n", end))), end)
