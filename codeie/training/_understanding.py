"""What a model reads first to know a schema: definitions, and code that makes instances.

KnowCoder (Li et al. 2024) learns in two phases. In the first a model reads each class as code,
those above it before it, and sentences with the instances of one class in them; there is nothing
to be asked, all of it is learnt from. In the second it follows schemas: those are the lessons.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from codeie.introspection import ClassSpec, Schema
from codeie.prompting import Style, part_of
from codeie.training._labelled import Labelled
from codeie.training._lesson import Lesson, teach

__all__ = ["Understanding"]


class Understanding:
    """Gathers texts for each class, as many as wanted, and writes the first phase's.

    Args:
        schema: The classes that are taught.
        style: The style whose code is shown.
        most: The texts for a class; of more, a seeded sample.
        seed: Of the sample.
    """

    def __init__(self, schema: Schema, style: Style, most: int, seed: int) -> None:
        self._schema = schema
        self._style = style
        self._most = most
        self._chance = random.Random(f"{seed}/understanding")  # noqa: S311 - a sample, no secret
        self._seen: Counter[type] = Counter()
        self._kept: dict[type, list[Labelled]] = {spec.cls: [] for spec in schema.classes}

    def add(self, one: Labelled) -> None:
        """Take a text into account: a reservoir for each class, so memory does not grow."""
        for cls in dict.fromkeys(type(each) for each in one.instances):
            kept = self._kept.get(cls)
            if kept is None:
                continue
            self._seen[cls] += 1
            if len(kept) < self._most:
                kept.append(one)
            elif (place := self._chance.randrange(self._seen[cls])) < self._most:
                kept[place] = one

    def texts(self) -> Iterator[str]:
        """The definition of each class, then its texts with the instances of it alone."""
        for spec in self._schema.classes:
            part = part_of(self._schema, {spec.cls})
            defined = False
            for one in self._kept[spec.cls] or [Labelled("…", (), "")]:
                lesson = teach(_only(one, spec), part, self._style)
                if not isinstance(lesson, Lesson):
                    continue  # the same text was left out of the lessons, with its reason
                prompt = lesson.conversations[0][0].prompt
                if not defined:
                    defined = True
                    yield prompt.classes
                if lesson.instances:
                    answer = lesson.conversations[0][0].answer
                    asked = f"{prompt.question}\n{prompt.opening}"
                    yield f"from schema import {spec.name}\n\n{asked}{prompt.joint}{answer}"


def _only(one: Labelled, spec: ClassSpec) -> Labelled:
    kept = tuple(each for each in one.instances if type(each) is spec.cls)
    return Labelled(one.text, kept, one.id)
