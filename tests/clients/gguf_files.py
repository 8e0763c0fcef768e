"""Small GGUF files: the head of a model's file, without a model."""

from __future__ import annotations

import struct
from collections.abc import Mapping

__all__ = ["gguf"]

_STRING, _ARRAY, _UINT32, _BOOL, _FLOAT64 = 8, 9, 4, 7, 12


def gguf(pairs: Mapping[str, object], version: int = 3) -> bytes:
    """The head of a file with this metadata: strings, lists of strings or numbers, numbers."""
    body = b"".join(_string(key) + _value(value) for key, value in pairs.items())
    return struct.pack("<4sIQQ", b"GGUF", version, 0, len(pairs)) + body


def _string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _value(value: object) -> bytes:
    match value:
        case bool():
            return struct.pack("<I?", _BOOL, value)
        case int():
            return struct.pack("<II", _UINT32, value)
        case float():
            return struct.pack("<Id", _FLOAT64, value)
        case str():
            return struct.pack("<I", _STRING) + _string(value)
        case [str(), *_]:
            members = b"".join(map(_string, value))
            return struct.pack("<IIQ", _ARRAY, _STRING, len(value)) + members
        case list():
            return struct.pack(f"<IIQ{len(value)}I", _ARRAY, _UINT32, len(value), *value)
    raise TypeError(value)
