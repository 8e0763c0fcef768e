"""A plugin for mypy: the union of the classes that are given in a list.

mypy takes what is common to the elements of a list for the type of all, so that to it
``Extractor([Person, Place])`` extracts what both derive from; pyright takes the union. With

    [tool.mypy]
    plugins = ["codeie.mypy"]

in ``pyproject.toml`` mypy takes the union too: ``Extractor[Person | Place]``.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.expandtype import expand_type
from mypy.nodes import Expression, ListExpr, StarExpr, TupleExpr
from mypy.plugin import FunctionSigContext, Plugin
from mypy.typeops import make_simplified_union
from mypy.types import FunctionLike, Type, TypeType, get_proper_type

__all__ = ["plugin"]

_TAKE_CLASSES = frozenset(
    {
        "codeie.extraction._extractor.Extractor",
        "codeie.introspection._introspect.introspect",
        "codeie.parsing._parse.parse",
    }
)


class _Plugin(Plugin):
    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return _with_union if fullname in _TAKE_CLASSES else None


def _with_union(context: FunctionSigContext) -> FunctionLike:
    """The signature in which the type of instances is that of the classes in the list."""
    signature = context.default_signature
    for name, arguments in zip(signature.arg_names, context.args, strict=False):
        if name in ("classes", "schema") and len(arguments) == 1:
            instances = _instances(arguments[0], context)
            variable = next(iter(signature.variables), None)
            if instances is not None and variable is not None:
                filled = expand_type(signature, {variable.id: instances})
                return filled.copy_modified(variables=signature.variables[1:])
    return signature


def _instances(classes: Expression, context: FunctionSigContext) -> Type | None:
    """The union of the instances of classes that are written out; ``None`` for all else."""
    if not isinstance(classes, ListExpr | TupleExpr) or not classes.items:
        return None
    found: list[Type] = []
    for item in classes.items:
        if isinstance(item, StarExpr):
            return None
        known = get_proper_type(context.api.get_expression_type(item))
        if isinstance(known, FunctionLike) and known.is_type_obj():
            found.append(known.items[0].ret_type)
        elif isinstance(known, TypeType):
            found.append(known.item)
        else:
            return None
    return make_simplified_union(found)


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001 -- mypy gives it
    """What mypy calls to load it.

    Args:
        version: mypy's own.
    """
    return _Plugin
