"""Files that have their names once they are whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from codeie.errors import InputError

__all__ = ["Files"]


class Files:
    """The files of a set, under other names until all of them are whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, TextIO] = {}
        self._digests: dict[str, Any] = {}

    def __enter__(self) -> Files:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def open(self, name: str) -> TextIO:
        """Begin a file, or go on with it."""
        if name not in self._open:
            path = self._folder / f"{name}.part"
            try:
                self._open[name] = path.open("w", encoding="utf-8", newline="\n")
            except OSError as error:
                raise InputError(f"{path} cannot be written: {error.strerror}") from None
            self._digests[name] = hashlib.sha256()
        return self._open[name]

    def text(self, name: str, text: str) -> None:
        """Write a text at the end of a file."""
        file = self.open(name)
        file.write(text)
        self._digests[name].update(text.encode())

    def line(self, name: str, value: Mapping[str, Any]) -> None:
        """Write a JSON object as a line."""
        # ASCII only, so that lone surrogates and line separators can be in a text.
        self.text(name, f"{json.dumps(value, ensure_ascii=True, allow_nan=False)}\n")

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file."""
        return {name: digest.hexdigest() for name, digest in sorted(self._digests.items())}

    def finish(self, names: Iterable[str]) -> None:
        """Give the files their names.

        Args:
            names: Files that an earlier set may have left; what this one has not goes.
        """
        for name, file in self._open.items():
            file.close()
            (self._folder / f"{name}.part").replace(self._folder / name)
        for name in names:
            if name not in self._open:
                (self._folder / name).unlink(missing_ok=True)
