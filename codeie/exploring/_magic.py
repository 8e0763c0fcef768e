"""``%%extract``: a text in a notebook's cell, and what is in it below."""

from __future__ import annotations

import argparse
import keyword
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from codeie.errors import CodeIEError, InputError
from codeie.exploring._live import live
from codeie.extraction import Extractor
from codeie.introspection import Schema, suggestions

__all__ = ["extract_cell"]


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message}; %%extract? says what there is")


def _parser() -> argparse.ArgumentParser:
    parser = _Arguments(prog="%%extract", add_help=False, allow_abbrev=False)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-m", "--model", default="local")
    parser.add_argument("-s", "--style", default="auto")
    parser.add_argument("-o", "--as", dest="variable", default="extraction")
    return parser


def extract_cell(line: str, cell: str, variables: dict[str, Any]) -> None:
    """Extract from the text of a cell, show it as it comes, and keep it in a variable.

    Args:
        line: The arguments, behind ``%%extract``.
        cell: The text.
        variables: The user's; names are looked up there and never evaluated.

    Raises:
        CodeIEError: What is wrong, or went wrong; in one line.
    """
    try:
        asked = _parser().parse_args(shlex.split(line))
    except ValueError as error:  # a quote that is not closed
        raise InputError(f"{error}: {line}") from None
    if not asked.variable.isidentifier() or keyword.iskeyword(asked.variable):
        raise InputError(f"--as needs the name of a variable, got {asked.variable!r}")
    text = cell.removesuffix("\n")
    if not text.strip():
        raise InputError("there is no text below %%extract")
    names = [name for word in asked.names for name in word.split(",") if name]
    if asked.variable in names:
        raise InputError(f"--as {asked.variable} would overwrite what to extract")
    extractor = _extractor(names, asked, variables)
    shown = live(extractor.stream(text))
    try:
        variables[asked.variable] = shown.finish()
    except CodeIEError:
        variables[asked.variable] = shown.extraction  # what came before the error
        raise


def _extractor(
    names: list[str], asked: argparse.Namespace, variables: Mapping[str, Any]
) -> Extractor[Any]:
    if not names:
        known = ", ".join(name for name, value in variables.items() if _fits(name, value))
        there = f"; there are {known}" if known else ""
        raise InputError(f"say what to extract, such as %%extract Person,Place{there}")
    found = [_looked_up(name, variables) for name in names]
    if isinstance(found[0], Extractor):
        if len(found) > 1 or (asked.model, asked.style) != ("local", "auto"):
            raise InputError(f"{names[0]} is an Extractor, which has its classes, model and style")
        return found[0]
    model = variables.get(asked.model, asked.model)
    if isinstance(found[0], Schema) and len(found) == 1:
        return Extractor(found[0], model=model, style=asked.style)
    classes = [each for name, value in zip(names, found, strict=True) for each in _of(name, value)]
    return Extractor(classes, model=model, style=asked.style)


def _fits(name: str, value: object) -> bool:
    return not name.startswith("_") and (
        isinstance(value, Schema | Extractor)
        or (isinstance(value, type) and hasattr(value, "__dataclass_fields__"))
    )


def _looked_up(name: str, variables: Mapping[str, Any]) -> Any:
    if name not in variables:
        known = [each for each in variables if not each.startswith("_")]
        near = suggestions(name, known)
        meant = f" (did you mean {' or '.join(map(repr, near))}?)" if near else ""
        raise InputError(f"there is no variable {name!r}{meant}")
    return variables[name]


def _of(name: str, value: object) -> Iterator[type]:
    each = value if isinstance(value, list | tuple) else [value]
    for one in each:
        if isinstance(one, Schema):
            yield from (spec.cls for spec in one.classes)
        elif isinstance(one, type):
            yield one
        else:
            raise InputError(
                f"{name} is of type {type(one).__name__}: name dataclasses, lists of them, a Schema, or "
                "an Extractor"
            )
