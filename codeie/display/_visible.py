"""Strings from texts, models and files, made safe to look at."""

from __future__ import annotations

import html
import re

__all__ = ["attribute", "escaped", "shortened", "visible"]

# Everything that would vanish, move the cursor, or turn the reading order round: control
# characters (not tab and newline), the separators that only some programs break lines at,
# zero-width space and byte order mark, bidirectional overrides and isolates, and halves of
# surrogate pairs, which no encoding can write. The joiners and direction marks that real
# Persian, Arabic and emoji need stay as they are.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufff9-\ufffb]|[\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""Replace what cannot be seen by something that can, so that nothing hides in a text.

    Each becomes ``⟨U+…⟩``, in letters that every font has; ``\r\n`` becomes ``\n``. Terminal
    escapes lose their escape, so a text cannot take over a terminal.

    Examples:
        >>> print(visible("a\x1b[31mb"))
        a⟨U+001B⟩[31mb
        >>> print(visible("over\u202eride"))
        over⟨U+202E⟩ride
    """
    return _UNSEEN.sub(_shown, text.replace("\r\n", "\n"))


def _shown(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def escaped(text: str) -> str:
    """`visible` text, escaped for use as HTML content or as a quoted attribute."""
    return html.escape(visible(text), quote=True)


def attribute(text: str) -> str:
    """`escaped` text for an attribute; line breaks are written so that no parser folds them."""
    return escaped(text).replace("\n", "&#10;")


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis if it has more than ``limit`` code points."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"
