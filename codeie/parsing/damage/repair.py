"""What would make a damaged item whole: changes of its code, and whether they are the only ones.

A repair may be tried or not: where the item ends (`boundary`) does not depend on it. A tree
parser that recovers from errors would silently complete cut calls; here each change is named,
must leave valid code, and only one reading is ever taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["Edit", "Repair"]

_MOST_EDITS: Final = 4


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the code: at ``index`` drop ``deleted`` code points and write ``written``."""

    index: int
    deleted: int
    written: str
    what: str


@dataclass(slots=True)
class Repair:
    """The changes of one item.

    Args:
        edits: In the order in which they were found.
        doubtful: Whether there is no reading, or more than one.

    Examples:
        >>> code, repair = 'Person("Ada" roles="poet"', Repair()
        >>> repair.missing(12, ",")
        >>> repair.missing(25, ")")
        >>> repair.sure, repair.applied(code, 0)
        (True, 'Person("Ada", roles="poet")')
        >>> repair.what
        'a missing comma was added; a missing ) was added'
    """

    edits: list[Edit] = field(default_factory=list)
    doubtful: bool = False

    def missing(self, index: int, written: str) -> None:
        """Something is missing."""
        named = "comma" if written == "," else written
        self.edits.append(Edit(index, 0, written, f"a missing {named} was added"))

    def dropped(self, index: int, length: int, what: str) -> None:
        """Something is too much."""
        self.edits.append(Edit(index, length, "", f"{what} was dropped"))

    def taken(self, index: int, written: str, what: str) -> None:
        """One character stands for another."""
        named = "a comma" if written == "," else written
        self.edits.append(Edit(index, 1, written, f"{what} was taken for {named}"))

    @property
    def sure(self) -> bool:
        """Whether there are changes, few, and no others that would do as well."""
        return not self.doubtful and 0 < len(self.edits) <= _MOST_EDITS

    @property
    def what(self) -> str:
        """What is done, each kind once."""
        return "; ".join(dict.fromkeys(edit.what for edit in self.edits))

    def applied(self, code: str, start: int) -> str:
        """The code with the changes; ``start`` is the index at which it begins."""
        pieces: list[str] = []
        position = 0
        for edit in sorted(self.edits, key=lambda one: (one.index, one.deleted)):
            index = edit.index - start
            pieces += (code[position:index], edit.written)
            position = max(position, index + edit.deleted)
        return "".join(pieces) + code[position:]
