"""What files of Office have in common: a packed folder of XML, which may be made to harm."""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile

from codeie.documents._content import Content
from codeie.errors import InputError

__all__ = ["check_packed"]

_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files begin with that Office encrypts, and those of before 2007."""
_MOST = 20_000


def check_packed(content: Content, what: str, part: str) -> None:
    """Find out whether a file is what it seems to be, and stays small when it is unpacked.

    Python unpacks no more of a part than it says it has, so what they say can be relied on.

    Args:
        content: The file.
        what: What it should be, such as ``"a Word file"``.
        part: A part that it has then.

    Raises:
        InputError: If it is not, is encrypted, or comes to more than its limits.
    """
    name = content.name
    if content.data.startswith(_ENCRYPTED):
        raise InputError(f"{name} is encrypted, or of Office before 2007; save a copy without")
    try:
        with ZipFile(io.BytesIO(content.data)) as packed:
            parts = packed.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise InputError(f"{name} is not {what}, or is damaged") from error
    size = sum(one.file_size for one in parts)
    if size > content.limits.unpacked or len(parts) > _MOST:
        raise InputError(f"{name} comes to {size:,} bytes in {len(parts):,} parts when unpacked")
    if any(one.flag_bits & 1 for one in parts):
        raise InputError(f"{name} is encrypted; give a copy without a password")
    if part not in {one.filename for one in parts}:
        raise InputError(f"{name} is not {what}: it has no part {part}")
