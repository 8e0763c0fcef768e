"""What is odd in a dataset but no reason to stop, as data."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from codeie.viewable import Outlined

__all__ = ["DatasetWarning", "Oddity"]


class Oddity(enum.StrEnum):
    """The stable names of what can be odd in a dataset."""

    INSIDE_WITHOUT_BEGIN = "inside-without-begin"
    """A tag goes on with a mention that did not begin; it was taken as the beginning."""
    UNFINISHED_MENTION = "unfinished-mention"
    """A BIOES or BILOU mention without its last tag; it ends where the next thing begins."""
    BLANK_TOKEN = "blank-token"  # noqa: S105 -- a name, not a secret
    """A token without a character; it is not in the text, and no other token moves."""
    DOCSTART = "docstart"
    """A ``-DOCSTART-`` line that no blank line follows; it was left out."""
    COMMENT = "comment"
    """A line that begins with ``#`` and has no tag; it was left out."""
    HANDLE_APART = "handle-apart"
    """``@`` and the user name after it are two mentions; ``merge_handles`` makes them one."""
    HANDLE_MERGED = "handle-merged"
    """``@`` and the user name after it were made one mention."""
    OFFSET_SHIFTED = "offset-shifted"
    """The text at the stated offsets is another; the string was found nearby."""
    NOT_IN_TEXT = "not-in-text"
    """The string is not in the text near its offsets; the mention is kept without a place."""
    AMBIGUOUS_PLACE = "ambiguous-place"
    """The dataset gives a string without a usable offset, and it occurs more than once."""
    NAME_DIFFERS = "name-differs"
    """The dataset's own string is not what its tokens spell; the tokens count."""
    MIXED_TYPES = "mixed-types"
    """The mentions of one entity have several types; the first one's counts."""
    REPEATED_RECORD = "repeated-record"
    """Two mentions, relations or records that say the same; both are kept."""
    ANNOTATION_IGNORED = "annotation-ignored"
    """An annotation that codeie has no value for (notes, unknown kinds)."""
    NO_CLASS = "no-class"
    """A label for which the schema has no class; there is no instance of it."""
    NO_FIELD = "no-field"
    """A role for which the event's class has no field; the argument is left out."""
    FIELD_FULL = "field-full"
    """A role is filled more often than its field can hold; the first filler counts."""
    OTHER_TYPE = "other-type"
    """A filler is of a class that the field's annotation does not name; it is kept."""
    CYCLE = "cycle"
    """An event is, by way of its arguments, an argument of itself; it is left out there."""
    NO_TRIGGER = "no-trigger"
    """An event without a trigger, or a required part, that its class cannot do without."""


@dataclass(frozen=True, slots=True)
class DatasetWarning(Outlined):
    """One oddity, and where it is.

    Args:
        oddity: Its stable name.
        message: One sentence: what is odd, and what was done.
        path: The file; empty for what came of the schema.
        line: The line in it, from 1; 0 if the format has no lines to speak of.
    """

    oddity: Oddity
    message: str
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.message} [{self.oddity.value}]"
