"""Images that stand beside a text: what they are is read from their headers, and nothing more.

An image is untrusted bytes. It is never decoded here and never fetched from anywhere: whoever has
an address downloads what is there. Its header says what it is and how large, which is all that it
takes to send it, to bound it and to say what it will cost.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, TypeAlias

from codeie.errors import InputError

__all__ = ["MOST_IMAGES", "Image", "ImageLike", "as_images"]

MOST_IMAGES: Final = 100
"""Beside one text."""
_MOST_BYTES: Final = 20 * 2**20
_MOST_PIXELS: Final = 100_000_000
_MOST_SEGMENTS: Final = 10_000
"""Of a JPEG before its size is said."""
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|data:")


@dataclass(frozen=True, slots=True)
class Image:
    r"""An image, as the bytes of its file: PNG, JPEG, GIF or WebP.

    Args:
        data: The file's bytes.
        caption: What it shows, in words: for people, and for models that cannot see.
        name: What to call it, such as its file's name.
        at: Where in the text it stands, as an offset in code points; a piece of a long text has the
            images that stand in it. ``None`` for what belongs to all of the text.

    Attributes:
        media_type: What it is, such as ``"image/png"``.
        width: In pixels, as the header says.
        height: In pixels.
        sha256: Of the bytes, in hexadecimal.

    Raises:
        InputError: If it is none of these, its header is damaged, or it has more than 20 MiB or
            100 million pixels.

    Examples:
        >>> from codeie.images import Image
        >>> header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes([0, 0, 0, 4, 0, 0, 0, 3])
        >>> Image(header, caption="A ship")
        Image('image/png', 4 x 3, caption='A ship')
    """

    data: bytes = field(repr=False, compare=False)
    caption: str = ""
    name: str = ""
    at: int | None = None
    media_type: str = field(init=False, compare=False)
    width: int = field(init=False, compare=False)
    height: int = field(init=False, compare=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        if not isinstance(self.data, bytes):
            raise InputError(f"an image is the bytes of its file, got {type(self.data).__name__}")
        called = self.name or "the image"
        if len(self.data) > _MOST_BYTES:
            raise InputError(f"{called} has {len(self.data):,} bytes; the most is {_MOST_BYTES:,}")
        media_type, size = _kind_of(self.data, called)
        try:
            width, height = size(self.data)
        except (IndexError, ValueError):
            width = height = 0
        if not (width and height):
            raise InputError(f"{called} is damaged: its header does not say how large it is")
        if width * height > _MOST_PIXELS:
            raise InputError(
                f"{called} has {width:,} x {height:,} pixels; the most is {_MOST_PIXELS:,}"
            )
        digest = sha256(self.data).hexdigest()
        for known, value in (("media_type", media_type), ("width", width), ("height", height)):
            object.__setattr__(self, known, value)
        object.__setattr__(self, "sha256", digest)

    def __repr__(self) -> str:
        said = "".join(
            f", {name}={value!r}"
            for name, value in (("caption", self.caption), ("name", self.name), ("at", self.at))
            if value not in ("", None)
        )
        return f"Image({self.media_type!r}, {self.width} x {self.height}{said})"

    @classmethod
    def read(
        cls, path: str | os.PathLike[str], *, caption: str = "", at: int | None = None
    ) -> Image:
        """The image in a file.

        Args:
            path: Its path. An address is an error: nothing is fetched.
            caption: As for `Image`.
            at: As for `Image`.

        Raises:
            InputError: If there is no such file, or no image in it.
        """
        place = os.fspath(path)
        if _ADDRESS.match(place):
            raise InputError(
                f"{place!r:.80} is an address, and images are never fetched; download it, and give "
                "the file's path or its bytes"
            )
        try:
            with Path(place).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except (OSError, ValueError) as error:
            raise InputError(f"{place!r:.200} cannot be read: {error}") from error
        return cls(data, caption, Path(place).name, at)

    def to_dict(self) -> dict[str, object]:
        """The image as JSON types; `from_dict` makes it again."""
        return {"data": self.base64, "caption": self.caption, "name": self.name, "at": self.at}

    @classmethod
    def from_dict(cls, record: object) -> Image:
        """The image that `to_dict` wrote.

        Args:
            record: Untrusted.

        Raises:
            InputError: If it is none.
        """
        fields = record if isinstance(record, dict) else {}
        data, at = fields.get("data"), fields.get("at")
        caption, name = fields.get("caption", ""), fields.get("name", "")
        known = all(isinstance(each, str) for each in (data, caption, name))
        if not known or not (at is None or (type(at) is int and at >= 0)):
            raise InputError("an image is an object with data, caption, name and at")
        try:
            held = base64.b64decode(str(data), validate=True)
        except ValueError:
            raise InputError("the data of an image must be base64") from None
        return cls(held, caption, name, at)

    @property
    def base64(self) -> str:
        """Its bytes as providers take them, in letters."""
        return base64.b64encode(self.data).decode("ascii")

    @property
    def data_url(self) -> str:
        """The image as an address that holds it."""
        return f"data:{self.media_type};base64,{self.base64}"


ImageLike: TypeAlias = Image | bytes | str | os.PathLike[str]
"""What is taken for an image: one, the bytes of its file, or the path of that."""


def as_images(images: Iterable[ImageLike]) -> tuple[Image, ...]:
    """The images of a list in which some may be paths or bytes.

    Raises:
        InputError: If something is no image, or there are more than 100.
    """
    if isinstance(images, str | bytes | Image | os.PathLike) or not isinstance(images, Iterable):
        raise InputError(f"images are a list, got {type(images).__name__}; write [image]")
    found: list[Image] = []
    for each in images:
        if len(found) == MOST_IMAGES:
            raise InputError(f"there are more than {MOST_IMAGES} images beside one text")
        found.append(_as_image(each))
    return tuple(found)


def _as_image(given: object) -> Image:
    match given:
        case Image():
            return given
        case bytes():
            return Image(given)
        case str() | os.PathLike():
            return Image.read(given)
    raise InputError(
        f"an image is an Image, the bytes of its file, or a path, got {type(given).__name__}"
    )


# What headers say. Numbers out of range become an error of the one who asks.

_Size: TypeAlias = Callable[[bytes], tuple[int, int]]


def _kind_of(data: bytes, called: str) -> tuple[str, _Size]:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return "image/png", partial(_pair, at=16, size=4, order="big")
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", _jpeg
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif", partial(_pair, at=6, size=2, order="little")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp", _webp
    raise InputError(f"{called} is not an image that models take: PNG, JPEG, GIF or WebP")


def _pair(data: bytes, at: int, size: int, order: Literal["big", "little"]) -> tuple[int, int]:
    if len(data) < at + 2 * size:
        raise ValueError
    first, second = data[at : at + size], data[at + size : at + 2 * size]
    return int.from_bytes(first, order), int.from_bytes(second, order)


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if data[at] != 0xFF:
            raise ValueError
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = _pair(data, at + 4, 2, "big")
            return width, height
        if marker in (0xD9, 0xDA):  # the end, or the picture itself
            raise ValueError
        if marker != 0x01 and not 0xD0 <= marker <= 0xD8:
            at += int.from_bytes(data[at + 1 : at + 3], "big")
        at += 1
    raise ValueError


def _webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            width, height = _pair(data, 26, 2, "little")
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L" if data[20] == 0x2F:
            both = _pair(data, 21, 2, "little")
            bits = both[0] | both[1] << 16
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8X" if len(data) >= 30:
            width = int.from_bytes(data[24:27], "little")
            return 1 + width, 1 + int.from_bytes(data[27:30], "little")
    raise ValueError
