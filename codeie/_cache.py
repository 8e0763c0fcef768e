"""The one folder in which codeie keeps what it fetched."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cache_folder"]


def cache_folder() -> Path:
    """Where weights and vocabularies are kept: ``CODEIE_CACHE``, or the user's cache folder."""
    chosen = os.environ.get("CODEIE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("codeie", appauthor=False)
