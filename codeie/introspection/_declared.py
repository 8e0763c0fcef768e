"""What a dataclass declares about a field beside its type, in its own way or in pydantic's.

Classes made by ``pydantic.dataclasses`` are dataclasses whose defaults, descriptions and
constraints stand in a ``Field(…)``. Its attributes are read by name, so pydantic is not needed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field
from typing import Any

from codeie.types import Guideline

__all__ = ["Declared", "declared", "why_refused"]

_METADATA = ("guideline", "description", "doc")

# Attributes of constraints (the names of the package annotated-types), and their words.
_CONSTRAINTS = {
    "gt": "more than {}",
    "ge": "at least {}",
    "lt": "less than {}",
    "le": "at most {}",
    "multiple_of": "a multiple of {}",
    "min_length": "length at least {}",
    "max_length": "length at most {}",
    "pattern": "of the pattern {}",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What stands in a field's ``field(…)`` or ``Field(…)``.

    Args:
        default: Its default, or `dataclasses.MISSING`.
        default_factory: What makes its default, or ``None``.
        notes: What it says to annotators, in order.
        alias: The one name under which the constructor takes it, if that is not its own.
    """

    default: object = field(default_factory=lambda: MISSING)  # MISSING itself would mean "none"
    default_factory: Callable[[], object] | None = None
    notes: tuple[str | Guideline, ...] = ()
    alias: str = ""


def declared(cls: type, name: str) -> Declared:
    """What a dataclass declares about one of its fields; nothing if there is no such field.

    Args:
        cls: A dataclass.
        name: The field's name; it may be an ``InitVar``.
    """
    plain: dataclasses.Field[object] | None = (
        vars(cls).get("__dataclass_fields__", getattr(cls, "__dataclass_fields__", {})).get(name)
    )
    if plain is None:
        return Declared()
    given = [*(plain.metadata.get(key) for key in _METADATA), getattr(plain, "doc", None)]
    notes = [note for note in given if isinstance(note, str | Guideline)]
    of_pydantic = getattr(cls, "__pydantic_fields__", {}).get(name)
    if of_pydantic is None and type(plain.default).__name__ == "FieldInfo":  # an init_var
        of_pydantic = plain.default
    if of_pydantic is not None:
        return _of_pydantic(of_pydantic, notes, getattr(cls, "__pydantic_config__", {}))
    made = None if plain.default_factory is MISSING else plain.default_factory
    return Declared(plain.default, made, tuple(notes))


def _of_pydantic(info: Any, notes: list[str | Guideline], config: Mapping[str, object]) -> Declared:
    made = info.default_factory
    default = MISSING if made is not None or info.is_required() else info.default
    words = ", ".join(_constraints(info.metadata))
    examples = tuple(example for example in info.examples or () if isinstance(example, str))
    notes = [*notes, *filter(None, (info.description, words))]
    if examples:
        notes.append(Guideline("", examples))
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    alias = None if by_name else info.validation_alias or info.alias
    return Declared(default, made, tuple(notes), str(alias or ""))


def why_refused(error: Exception) -> str:
    """Why a class did not take its values, in one line.

    Args:
        error: What its constructor raised.
    """
    said = str(error)
    if type(error).__name__ == "ValidationError" and callable(getattr(error, "errors", None)):
        # pydantic's own text has a line for each problem, and addresses of its documentation.
        problems = error.errors(include_url=False)  # type: ignore[attr-defined] # see above
        said = "; ".join(_problem(problem) for problem in problems)
    return f"{type(error).__name__}: {' '.join(said.split())}"


def _problem(problem: dict[str, Any]) -> str:
    # Of a value without a keyword, the place is its number.
    names = [str(part) for part in problem["loc"] if isinstance(part, str)]
    place = f"{'.'.join(names)}: " if names else ""
    return f"{place}{problem['msg']}, got {problem['input']!r}"


def _constraints(metadata: list[object]) -> Iterator[str]:
    for constraint in metadata:
        for name, words in _CONSTRAINTS.items():
            value = getattr(constraint, name, None)
            if value is not None:
                yield words.format(getattr(value, "pattern", value))
