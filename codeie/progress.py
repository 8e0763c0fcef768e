"""The one bar: long work that somebody watches, in a notebook or a terminal."""

from __future__ import annotations

import sys
import warnings
from typing import Any

__all__ = ["is_watched", "progress_bar"]


def is_watched() -> bool:
    """Whether somebody sees what is written meanwhile: in a terminal, or in a notebook's cell."""
    return sys.stderr.isatty() or _in_notebook()


def _in_notebook() -> bool:
    python = sys.modules.get("IPython")  # whoever has a notebook has imported it
    shell = python.get_ipython() if python is not None else None
    return getattr(shell, "kernel", None) is not None


def progress_bar(total: int | None, unit: str, *, shown: bool | None = None, **more: Any) -> Any:
    """A bar of tqdm, which closes itself as a context manager.

    Args:
        total: How much there is to do; ``None`` if that is not known.
        unit: What is counted.
        shown: Whether to show it; ``None`` shows it where somebody watches, unless the
            environment sets tqdm's own ``TQDM_DISABLE``.
        more: What else `tqdm.tqdm` takes.
    """
    with warnings.catch_warnings():  # a notebook without ipywidgets has a bar of text
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm

        if shown is not None or not is_watched():
            more["disable"] = not shown
        return tqdm(total=total, unit=unit, **more)
