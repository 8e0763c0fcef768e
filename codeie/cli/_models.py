"""The command `codeie models`: what can be used here, and what is missing for the rest."""

from __future__ import annotations

import json
import sys

import typer

from codeie.cli._outputs import prepare_stdout

__all__ = ["run_models", "weights"]


def run_models(*, as_json: bool) -> None:
    """Print every way to name a model: whether it can be used now, and what it can do.

    That is what answers can be held to, and by what they are sure; also where weights are kept.

    Nobody is asked and nothing is fetched.
    """
    from codeie.clients import ModelForm, available

    def missing(form: ModelForm) -> str:
        if not form.installed:
            return f"not installed: {form.install}"
        if form.key_variable is not None and not form.key_set:
            return f"no key: set {form.key_variable}"
        return ""

    prepare_stdout(for_people=not as_json)
    forms = [
        (
            name,
            form.provider,
            missing(form),
            "" if name == "local" else form.holds,
            "decides by likelihood" if name == "local" else form.sure,
            *weights(name),
        )
        for form in available()
        for name in form.forms
    ]
    if as_json:
        for name, provider, lacks, holds, sure, path, fetched in forms:
            typer.echo(
                json.dumps(
                    {
                        "model": name,
                        "provider": provider,
                        "ready": not lacks,
                        "missing": lacks or None,
                        "holds": holds or None,
                        "confidence": sure or None,
                        "weights": path,
                        "weights_fetched": fetched,
                    }
                )
            )
        return
    from rich.console import Console

    from codeie.display import table_text

    rows = [
        (name, "no" if lacks else "yes", lacks, holds, sure)
        for name, _, lacks, holds, sure, *_ in forms
    ]
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    headers = ("model", "ready", "missing", "can be held to", "confidence by")
    console.print(table_text(headers, rows))
    for *_, path, fetched in forms:
        if path is not None:  # not in the table, which would fold it
            typer.echo(f"weights: {path}" if fetched else f"weights, fetched at first use: {path}")


def weights(name: str) -> tuple[str | None, bool | None]:
    """Where a model's weights are or will be, and whether they are there; of the embedded one."""
    if name != "local":
        return None, None
    from codeie._cache import cache_folder
    from codeie.clients._weights import find

    found = find()
    return str(found or cache_folder()), found is not None
