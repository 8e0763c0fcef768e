"""The command `codeie doctor`: what is installed and set here, and which models answer."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, metadata, version

import typer

from codeie.cli._exits import Exit, exit_of, one_line
from codeie.cli._models import weights
from codeie.cli._outputs import prepare_stdout
from codeie.errors import CodeIEError

__all__ = ["Finding", "run_doctor"]

_TEXT = "Nora Lie lives in Oban."
_NOT_FOR_USERS = {"all", "bench", "browser", "dev", "docs", "documents"}
_VARIABLES = (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_BASE_URL",
    "CODEIE_CACHE",
    "CODEIE_DATA",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        what: Its kind: ``"version"``, ``"extra"``, ``"variable"``, ``"weights"``, ``"model"``.
        name: Its name.
        fine: Whether it is there, set, or answers.
        said: What else there is to say: a version, what is missing, how long it took.
    """

    what: str
    name: str
    fine: bool
    said: str


def run_doctor(models: Sequence[str], *, as_json: bool) -> None:
    """Print what is installed and set, and ask models for one small extraction.

    Nobody is asked but the models that are named; values of variables are never shown.

    Args:
        models: Whom to ask.
        as_json: An object for each finding, instead of a table.

    Raises:
        Exit: With the code of the first error, if a model that was named does not answer.
    """
    prepare_stdout(for_people=not as_json)
    found = [*_versions(), *_extras(), *_variables(), _weights()]
    codes: list[Exit] = []
    for model in models:
        finding, code = _asked(model)
        found.append(finding)
        codes += [code] if code else []
    if as_json:
        for finding in found:
            typer.echo(json.dumps(asdict(finding)))
    else:
        from rich.console import Console

        from codeie.display import table_text

        console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        rows = [(one.what, one.name, "yes" if one.fine else "no", one.said) for one in found]
        console.print(table_text(("what", "name", "fine", "more"), rows))
    if codes:
        raise typer.Exit(codes[0])


def _versions() -> Iterator[Finding]:
    yield Finding("version", "codeie", True, version("codeie"))
    yield Finding("version", "python", True, f"{platform.python_version()}, {sys.platform}")


def _extras() -> Iterator[Finding]:
    packages: dict[str, list[str]] = {}
    for line in metadata("codeie").get_all("Requires-Dist") or ():
        needed, by = re.match(r"[\w.-]+", line), re.search(r"extra == ['\"]([\w-]+)['\"]", line)
        if needed and by and by[1] not in _NOT_FOR_USERS:
            packages.setdefault(by[1], []).append(needed[0])
    for extra, names in sorted(packages.items()):
        there = {name: _version(name) for name in names}
        missing = [name for name, found in there.items() if found is None]
        said = ", ".join(f"{name} {found}" for name, found in there.items() if found is not None)
        if missing:
            said = f'without {", ".join(missing)}: pip install "codeie[{extra}]"'
        yield Finding("extra", extra, not missing, said)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _variables() -> Iterator[Finding]:
    for name in _VARIABLES:
        fine = bool(os.environ.get(name))
        yield Finding("variable", name, fine, "set" if fine else "not set")


def _weights() -> Finding:
    path, fetched = weights("local")
    return Finding("weights", "local", bool(fetched), f"{'' if fetched else 'not yet in '}{path}")


def _asked(model: str) -> tuple[Finding, Exit | None]:
    """Whether a model answers; the code is that of the error, if there is one."""
    from codeie.extraction import Extractor
    from codeie.schemas.starter import Person, Place

    began = time.monotonic()
    try:
        found = Extractor([Person, Place], model=model)(_TEXT)
    except CodeIEError as error:
        return Finding("model", model, False, one_line(error)), exit_of(error)
    took = time.monotonic() - began
    said = f"answers: {found.outcome}, {len(found.items)} of 2 names, {took:.1f} s"
    return Finding("model", model, True, said), None
