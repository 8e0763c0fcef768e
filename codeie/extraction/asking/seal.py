"""A check on what a run's file keeps, by which a damaged row is told from a sound one.

A file on a bad disk, or mended by hand, may hold what was never said and yet can be read.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Final

__all__ = ["sealed", "unsealed"]

_SEAL: Final = re.compile(r', "check": (\d{1,10})\}\Z')
_LONGEST: Final = 30
"""No seal is longer."""


def sealed(kept: str, *beside: str | int) -> str:
    """A JSON object with a check on it.

    Args:
        kept: The object, as it is to be kept.
        beside: What stands beside it in the file, and is checked with it.

    Examples:
        >>> unsealed(sealed('{"text": "[]"}', "a", 1), "a", 1)
        '{"text": "[]"}'
    """
    return f'{kept[:-1]}, "check": {_check(kept, beside)}}}'


def unsealed(kept: str, *beside: str | int) -> str:
    """The JSON object as it was before; files of before have it without a check.

    Raises:
        ValueError: If it, or what stands beside it, is not what was kept.
    """
    seal = _SEAL.search(kept, max(0, len(kept) - _LONGEST))
    if seal is None:
        return kept
    before = kept[: seal.start()] + "}"
    if _check(before, beside) != int(seal[1]):
        raise ValueError("it is not what was kept")
    return before


def _check(kept: str, beside: tuple[str | int, ...]) -> int:
    said = kept if not beside else json.dumps([kept, *beside])
    return zlib.crc32(said.encode("utf-8", "surrogatepass"))
