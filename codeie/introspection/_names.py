"""What a name in an annotation stands for, for classes of modules, functions and notebooks."""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Scope", "annotated_names", "evaluate", "scope_of"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the annotations of one class are to be read.

    Args:
        module: The namespace of the class's module.
        names: Names that count before those of the module.
        fallback: Names that count only where nothing else has them.
    """

    module: dict[str, object]
    names: dict[str, object]
    fallback: dict[str, object]


def annotated_names(cls: type) -> tuple[str, ...]:
    """The names that a class's own body annotates, in order; nothing is evaluated.

    Args:
        cls: Any class.
    """
    if sys.version_info >= (3, 14):  # pragma: no cover - annotations are lazy there (PEP 649)
        import annotationlib

        return tuple(annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF))
    return tuple(inspect.get_annotations(cls))


def scope_of(cls: type, known: Iterable[type]) -> Scope:
    """The names that the annotations of ``cls`` may use.

    A class's own name means that class, also where a notebook cell has since bound the name
    to a newer one. A class inside a function sees that function's variables while the
    function runs, and the classes given with it that come from the same function. What the
    module does not know is looked for among the given classes.

    Args:
        cls: The class whose own annotations are to be read.
        known: The classes given together.
    """
    module = sys.modules.get(cls.__module__)
    outside = {other.__name__: other for other in known}
    names: dict[str, object] = {}
    function, local, _ = cls.__qualname__.rpartition(".<locals>.")
    if local:
        names |= _variables(function, cls.__module__)
        names |= {
            other.__name__: other
            for other in known
            if other.__module__ == cls.__module__
            and other.__qualname__.startswith(f"{function}.<locals>.")
        }
    names |= {parameter.__name__: parameter for parameter in getattr(cls, "__type_params__", ())}
    names[cls.__name__] = cls
    return Scope(
        module=dict(vars(module)) if module is not None else {},
        names=names,
        fallback={**outside, **vars(cls)},
    )


def evaluate(text: str, scope: Scope) -> object:
    """What an annotation written as text stands for.

    The text is the user's own annotation; the evaluation is that of `typing.get_type_hints`.

    Args:
        text: The annotation.
        scope: Where it stands.

    Raises:
        Exception: Whatever the user's own annotation raises, such as `NameError`.
    """
    holder = type("_Holder", (), {"__annotations__": {"it": text}})
    try:
        return _hint(holder, scope.module, scope.names)
    except NameError:
        return _hint(holder, {**scope.fallback, **scope.module}, scope.names)


def _hint(holder: type, module: dict[str, object], names: dict[str, object]) -> object:
    return typing.get_type_hints(holder, module, names, include_extras=True)["it"]


def _variables(function: str, module: str) -> dict[str, object]:
    # Only while the function runs are its variables to be had: from its frame on the stack.
    frame = sys._getframe() if hasattr(sys, "_getframe") else None  # noqa: SLF001
    while frame is not None:
        if frame.f_code.co_qualname == function and frame.f_globals.get("__name__") == module:
            return dict(frame.f_locals)
        frame = frame.f_back
    return {}
