"""What a training set must not know: other splits' texts, and classes that are held out."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from codeie.errors import InputError
from codeie.introspection import Schema
from codeie.prompting import without_classes
from codeie.training._alike import Fingerprint, Seen
from codeie.training._labelled import Labelled
from codeie.training._lesson import Lesson
from codeie.viewable import Outlined

__all__ = ["Checked", "HeldOut", "Leak", "LeakKind", "Leaks"]


class LeakKind(enum.StrEnum):
    """What two splits have in common."""

    SAME_TEXT = "same text"
    NEARLY_SAME_TEXT = "nearly the same text"
    SAME_DOCUMENT = "same document"
    """Another piece of it; told where documents have names."""
    HELD_OUT_CLASS = "held-out class"
    """Its name stands in what is shown, such as in another class's guideline."""


@dataclass(frozen=True, slots=True)
class Leak(Outlined):
    """A text that is in two splits, or tells of a class that is held out.

    Args:
        kind: What is known too early.
        split: The split whose text it is.
        id: The text's name.
        other: The name of the text, document or class that it gives away.
        other_split: The split of that text or document; ``""`` for a class.
        likeness: How alike two texts are, from 0 to 1.
    """

    kind: LeakKind
    split: str
    id: str
    other: str
    other_split: str = ""
    likeness: float = 1.0

    def __str__(self) -> str:
        where = f" of {self.other_split}" if self.other_split else ""
        alike = f" ({self.likeness:.2f})" if self.kind is LeakKind.NEARLY_SAME_TEXT else ""
        return f"{self.split} {self.id}: {self.kind.value} as {self.other}{where}{alike}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a text has in common with those before it.

    Args:
        leak: With a text of another split; ``None`` if nothing.
        again: Whether its own split has it, or nearly, already.
    """

    leak: Leak | None
    again: bool


class Leaks:
    """Texts and documents of the splits so far.

    Args:
        alike: How alike two texts are that count as nearly the same, from 0 to 1.
    """

    def __init__(self, alike: float = 0.8) -> None:
        if not 0 < alike <= 1:
            raise InputError(f"alike={alike!r}: how alike two texts are is in (0, 1]")
        self._alike = alike
        self._seen: dict[str, Seen] = {}
        self._documents: dict[str, set[str]] = {}

    def check(self, one: Labelled, split: str) -> Checked:
        """Look for a text of a split in all others, and remember it.

        Args:
            one: The text.
            split: Its split.
        """
        print_ = Fingerprint.of(one.text)
        leak = next(self._found(one, print_, split), None)
        own = self._seen.setdefault(split, Seen(self._alike))
        again = own.like(print_) is not None
        own.add(print_, one.id)
        if one.document is not None:
            self._documents.setdefault(split, set()).add(one.document)
        return Checked(leak, again)

    def _found(self, one: Labelled, print_: Fingerprint, split: str) -> Iterator[Leak]:
        for other, seen in self._seen.items():
            alike = seen.like(print_) if other != split else None
            if alike is not None:
                same = alike.likeness >= 1
                kind = LeakKind.SAME_TEXT if same else LeakKind.NEARLY_SAME_TEXT
                yield Leak(kind, split, one.id, alike.id, other, alike.likeness)
        for other, documents in self._documents.items():
            if other != split and one.document is not None and one.document in documents:
                yield Leak(LeakKind.SAME_DOCUMENT, split, one.id, one.document, other)


class HeldOut:
    """Classes that are not taught, to see later what a model does with classes it does not know.

    Args:
        schema: All classes.
        classes: Those that are held out. Others that need one are not taught either.
    """

    def __init__(self, schema: Schema, classes: Collection[type]) -> None:
        unknown = [cls.__name__ for cls in classes if not schema.requested(cls)]
        if unknown:
            raise InputError(f"held_out: {', '.join(unknown)} is not among the classes")
        self.taught = without_classes(schema, classes) if classes else schema
        if not self.taught.classes:
            raise InputError("held_out leaves no class to teach, for all others need one of them")
        left = [spec for spec in schema.classes if not self.taught.requested(spec.cls)]
        self.names = tuple(spec.name for spec in left)
        named = "|".join(re.escape(name) for name in self.names)
        self._named = re.compile(rf"\b(?:{named})\b") if named else None

    def leaks(self, lesson: Lesson, split: str) -> Iterator[Leak]:
        """The held-out classes that are named in what a lesson shows, besides its text."""
        if self._named is None:
            return
        # In their order, for a set of strings has another one in each process.
        shown = dict.fromkeys(
            part.text
            for conversation in lesson.conversations
            for part in conversation[0].prompt.parts
            if part.name in ("instructions", "classes", "guidelines")
        )
        for name in dict.fromkeys(each[0] for text in shown for each in self._named.finditer(text)):
            yield Leak(LeakKind.HELD_OUT_CLASS, split, lesson.source.id, name)
