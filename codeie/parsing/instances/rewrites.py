"""Calls that name their class in an argument: ``add("Ada", Person)`` is ``Person("Ada")``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from codeie.introspection import ClassSpec, folded
from codeie.parsing.expression.values import CallValue, NameValue

__all__ = ["class_first"]

_ADDERS: Final = frozenset({"add", "append", "found", "emit"})


def class_first(call: CallValue, class_of: Callable[[str], ClassSpec | None]) -> CallValue:
    """The call with its class in front, where an argument names the class.

    Mention first (docs/styles.md): ``add("Ada", Person)``, ``add("Ada", WorksFor, "Acme")``,
    ``add("left", Sail, ship="Lotta")``, ``add(Sail(ship="Lotta"))``. CodeKGC (Bi et al.
    2024): ``Triple(Person("Ada"), Rel("WorksFor"), Company("Acme"))``.

    Args:
        call: A call of something that is no class of the schema.
        class_of: Gives the class of a name that is spelled as it should be.

    Returns:
        The call of the class; the call as it was if no argument names one.
    """
    if folded(call.name) == "triple":
        return _triple(call)
    positional = [index for index, (keyword, _) in enumerate(call.arguments) if keyword is None]
    adds = call.name in _ADDERS
    for index in positional[:2]:
        value = call.arguments[index][1]
        # After "add" a name in that place means a class, even one that there is not.
        if isinstance(value, NameValue) and (adds or class_of(value.name) is not None):
            rest = [*call.arguments[:index], *call.arguments[index + 1 :]]
            return CallValue(value.name, rest)
    if len(call.arguments) == 1 and positional:
        only = call.arguments[0][1]
        if isinstance(only, CallValue) and class_of(only.name) is not None:
            return only
    return call


def _triple(call: CallValue) -> CallValue:
    if len(call.arguments) != 3:
        return call
    head, (_, relation), tail = call.arguments
    name = relation
    if isinstance(relation, CallValue):
        inner = [value for _, value in relation.arguments]
        name = inner[0] if len(inner) == 1 else relation.name
    elif isinstance(relation, NameValue):
        name = relation.name
    if not isinstance(name, str):
        return call
    return CallValue(name, [(None, head[1]), (None, tail[1])])
