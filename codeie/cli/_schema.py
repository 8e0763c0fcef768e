"""The schema that the user names on the command line.

This imports a Python module, which runs it. That is right here and nowhere else in codeie:
the name is typed by the person at the keyboard, who could as well run `python that_file.py`.
It never comes from a document, a data file or a model's answer.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import importlib
import importlib.util
import sys
from collections.abc import Iterator
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import cast

from codeie.errors import InputError

__all__ = ["STARTER", "load_classes"]

STARTER = "codeie.schemas.starter"


def load_classes(named: str) -> tuple[type, ...]:
    """The classes that ``package.module:Name,Name`` or ``path/to/file.py:Name,Name`` names.

    Without names these are the module's ``SCHEMA``, or else all dataclasses written in it.

    Args:
        named: As the user typed it.

    Raises:
        InputError: If the module cannot be imported or lacks a name; says which and why.
    """
    place, _, listed = named.strip().rpartition(":")
    if not place or "/" in listed or "\\" in listed:  # no names; perhaps C:\file.py
        place, listed = named.strip(), ""
    names = [name.strip() for name in listed.split(",") if name.strip()]
    module = _file(place) if place.endswith(".py") else _module(place)
    found = [_member(module, name, place) for name in names] or _all_of(module, place)
    return tuple(dict.fromkeys(found))


def _member(module: ModuleType, name: str, place: str) -> type:
    value = getattr(module, name, None)
    if isinstance(value, type):
        return value
    classes = [key for key, other in vars(module).items() if isinstance(other, type)]
    if value is not None:
        raise InputError(f"--schema: {name} in {place} is not a class")
    near = difflib.get_close_matches(name, classes, n=1)
    known = [key for key in classes if dataclasses.is_dataclass(getattr(module, key))]
    hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(known) or 'no dataclasses'}"
    raise InputError(f"--schema: {place} has no class {name}; {hint}")


def _all_of(module: ModuleType, place: str) -> list[type]:
    ready = getattr(module, "SCHEMA", None)
    if isinstance(ready, list | tuple) and all(isinstance(cls, type) for cls in ready):
        return list(ready)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and dataclasses.is_dataclass(value)
        and value.__module__ == module.__name__
    ]
    if not found:
        raise InputError(
            f"--schema: {place} has no dataclasses; name what to extract as {place}:Name,Name"
        )
    return found


def _module(name: str) -> ModuleType:
    if not all(part.isidentifier() for part in name.split(".")):
        raise InputError(
            f"--schema: {name!r} is neither a module (package.module:Name) "
            "nor a Python file (path/to/file.py:Name)"
        )
    with _importing(name, Path.cwd()):
        return importlib.import_module(name)


def _file(place: str) -> ModuleType:
    path = Path(place)
    if not path.is_file():
        raise InputError(f"--schema: there is no file {place}")
    # Under a name of its own, so that a file called `json.py` hides nothing.
    name = f"codeie_schema_{path.stem}"
    # There is always a loader for a name that ends in .py.
    spec = cast(ModuleSpec, importlib.util.spec_from_file_location(name, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up to resolve annotations
    with _importing(place, path.resolve().parent):
        cast(Loader, spec.loader).exec_module(module)
    return module


@contextlib.contextmanager
def _importing(named: str, folder: Path) -> Iterator[None]:
    # At the end of the path: a user's `random.py` must not replace Python's own.
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    try:
        # What the module prints must not end up among the results.
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # it is the user's code: it may raise anything, SystemExit too
        about = " ".join(str(error).split())
        raise InputError(
            f"--schema: {named} cannot be imported: {type(error).__name__}: {about}"
        ) from error
