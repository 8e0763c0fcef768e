"""What a GGUF file says of its model: whether it was taught to hold conversations.

The file's metadata comes first: pairs of a name and a value, each value behind its type
(https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Only what is asked for is read;
the vocabulary, which lies before it in most files, is stepped over.
"""

from __future__ import annotations

import mmap
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

from codeie.prompting import Layout

__all__ = ["has_chat_template", "local_layouts"]

_KEY: Final = b"tokenizer.chat_template"
_STRING: Final = 8
_ARRAY: Final = 9
# Bytes of a value by its type; strings and arrays say their own length.
_SIZES: Final = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
# Vocabularies have some hundred thousand entries, metadata some dozens; what has more is
# damaged, or made to keep us busy.
_MOST_PAIRS: Final = 10_000
_MOST_ELEMENTS: Final = 2_000_000


def local_layouts(path: Path | None, chat: bool | None = None) -> tuple[Layout, ...]:
    """How prompts can be sent to a model in a file, the better first.

    Args:
        path: The file; ``None`` for the embedded model.
        chat: What the user says of it; ``None`` finds out.
    """
    if chat is False:
        return ("completion",)
    if chat is None and path is None:
        # It has a template, and is too small to gain by it.
        return ("completion", "conversation")
    if chat or (path is not None and has_chat_template(path)):
        return ("conversation", "completion")
    return ("completion",)


def has_chat_template(path: Path) -> bool:
    """Whether the file has a chat template.

    Args:
        path: The file. One that is missing, damaged or no GGUF file has none; what is wrong
            with it shows when it is loaded.
    """
    try:
        state = path.stat()
    except OSError:
        return False
    return _looked_up(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _looked_up(path: Path, changed: int, size: int) -> bool:
    # By its size and the time of its last change, so that another file there is read anew.
    del changed, size
    try:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            return bool(_Metadata(data).string(_KEY).strip())
    except (OSError, ValueError, struct.error):
        return False


class _Metadata:
    """A walk over the pairs, from the first to the one that is looked for.

    Args:
        data: The file.

    Raises:
        ValueError: If it is no GGUF file, or claims more than a model has.
        struct.error: If it ends too early.
    """

    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        magic, version, _, self._pairs = struct.unpack_from("<4sIQQ", data)
        if magic != b"GGUF" or version not in (2, 3) or self._pairs > _MOST_PAIRS:
            raise ValueError("not the head of a GGUF file")
        self._place = 24
        self._elements = 0

    def string(self, key: bytes) -> bytes:
        """The string under a name; empty if there is none."""
        for _ in range(self._pairs):
            name = self._read_string()
            (kind,) = self._read("<I")
            if name == key and kind == _STRING:
                return self._read_string()
            self._skip(kind)
        return b""

    def _read(self, form: str) -> tuple[int, ...]:
        if self._place > len(self._data):  # perhaps by more than an index can be
            raise ValueError("a value beyond the end of the file")
        values = struct.unpack_from(form, self._data, self._place)
        self._place += struct.calcsize(form)
        return values

    def _read_string(self) -> bytes:
        (length,) = self._read("<Q")
        start, self._place = self._place, self._place + length
        if self._place > len(self._data):
            raise ValueError("a string beyond the end of the file")
        return self._data[start : self._place]

    def _skip(self, kind: int) -> None:
        if kind == _STRING:
            (length,) = self._read("<Q")
            self._place += length
        elif kind == _ARRAY:
            inner, count = self._read("<IQ")
            self._elements += count
            if self._elements > _MOST_ELEMENTS or inner == _ARRAY:
                raise ValueError("more elements than a vocabulary has")
            for _ in range(count if inner == _STRING else 0):
                (length,) = self._read("<Q")
                self._place += length
            self._place += 0 if inner == _STRING else count * _SIZES.get(inner, 0)
        elif kind in _SIZES:
            self._place += _SIZES[kind]
        else:
            raise ValueError("a value of an unknown type")
