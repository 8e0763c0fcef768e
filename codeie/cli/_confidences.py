"""What `--confidence` asks for: what the model says of itself, or that made true."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codeie.errors import InputError

if TYPE_CHECKING:
    from codeie.decoding import Confidence

__all__ = ["RAW", "confidence_named"]

RAW: Final = "raw"
"""Asks for confidences as they are."""

_LONGEST: Final = 1_000_000  # bytes; a curve has a point for each value at most


def confidence_named(given: Sequence[str] | None) -> bool | list[Confidence]:
    """What an extractor is given as its confidence.

    Args:
        given: `RAW` or the names of files that `Confidence.to_json` wrote; ``None`` for none.

    Raises:
        InputError: If a file cannot be read, or is none of these, in one line.
    """
    if not given:
        return False
    if list(given) == [RAW]:
        return True
    if RAW in given:
        raise InputError(f"--confidence is {RAW} or files, not both")
    return [_read(name) for name in given]


def _read(name: str) -> Confidence:
    from codeie.decoding import Confidence

    try:
        with Path(name).open("rb") as file:
            held = file.read(_LONGEST + 1)
        text = held.decode("utf-8")
    except OSError as error:
        raise InputError(
            f"--confidence is {RAW} or a file; {name} cannot be read: {error.strerror}"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"--confidence {name} is no text in UTF-8") from error
    if len(held) > _LONGEST:
        raise InputError(f"--confidence {name} has more than {_LONGEST:,} bytes")
    try:
        return Confidence.from_json(text)
    except (InputError, RecursionError) as error:
        raise InputError(f"--confidence {name}: {error}") from error
