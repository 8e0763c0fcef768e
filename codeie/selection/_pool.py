"""What demonstrations are chosen from: the user's own, a dataset's examples, or extractions."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, TypeAlias, runtime_checkable

from codeie.display import Grid, Part, shortened
from codeie.errors import CodeIEWarning, InputError
from codeie.introspection import Schema
from codeie.prompting import Demonstration, DemonstrationLike, as_demonstrations
from codeie.types import Document
from codeie.viewable import Outlined
from codeie.wording import an, counted

__all__ = ["ExampleLike", "Examples", "Pool", "asked_for", "pool_of"]


@runtime_checkable
class ExampleLike(Protocol):
    """A document with its instances: a dataset's `Example`, or an `Extraction`."""

    @property
    def document(self) -> Document:
        """The text and its name."""
        ...

    @property
    def instances(self) -> Sequence[object]:
        """What is in it."""
        ...


Examples: TypeAlias = Iterable[DemonstrationLike | ExampleLike]
"""What a selector takes: demonstrations, pairs of a text and its instances, or examples."""


@dataclass(frozen=True)
class Pool(Outlined):
    """Examples that a selector may choose from, in the order given.

    Args:
        examples: Each with a text of its own.
        names: The names of their documents, where they have one.
    """

    examples: tuple[Demonstration, ...]
    names: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.examples)

    def __getitem__(self, place: int) -> Demonstration:
        return self.examples[place]

    @cached_property
    def classes(self) -> tuple[frozenset[type], ...]:
        """Of each example, the classes that it has instances of."""
        return tuple(frozenset(map(type, one.instances)) for one in self.examples)

    @cached_property
    def held(self) -> frozenset[type]:
        """All classes that the examples have instances of."""
        return frozenset().union(*self.classes)

    @cached_property
    def digest(self) -> str:
        """Tells these examples from others, in twelve letters."""
        whole = hashlib.sha256()
        for one in self.examples:
            whole.update(repr((one.text, one.instances)).encode("utf-8", "surrogatepass"))
        return whole.hexdigest()[:12]

    def lacking(self, schema: Schema) -> list[str]:
        """The names of the classes asked for of which no example has an instance."""
        return [spec.name for spec in schema.classes if spec.cls not in self.held]

    def check(self, schema: Schema, level: int) -> None:
        """Find out whether the examples are about the classes of a schema.

        Instances of other classes are not shown; that is a `CodeIEWarning`, once, unless the
        schema knows them as parts of its own.

        Args:
            schema: What is asked for.
            level: How many calls above this one the examples were given.

        Raises:
            InputError: If no example is of any class, or of a class of the same name only.
        """
        held = self.held
        asked = {spec.name: spec.cls for spec in schema.classes}
        foreign = sorted(
            (cls for cls in held if schema.of(cls) is None), key=lambda cls: cls.__name__
        )
        for cls in foreign:
            if cls.__name__ in asked:
                place = next(n for n, each in enumerate(self.classes, 1) if cls in each)
                raise InputError(
                    f"example {place} holds {an(cls.__name__)} that is another class than the "
                    "schema's; was it defined again? Make the examples with the schema's class"
                )
        names = ", ".join(cls.__name__ for cls in foreign)
        if held and not any(schema.requested(cls) for cls in held):
            raise InputError(
                f"none of the {counted(len(self), 'example')} holds an instance of {', '.join(asked)}"
                + (f"; they hold {names}" if names else "")
            )
        if foreign:
            warnings.warn(
                f"instances of {names} in the examples are not shown: the schema does not ask "
                "for them",
                CodeIEWarning,
                stacklevel=level + 1,
            )

    def _outline(self) -> Iterable[Part]:
        rows = [
            (
                name or f"example {number}",
                ", ".join(sorted({type(each).__name__ for each in one.instances})) or "nothing",
                len(one.instances),
                shortened(one.text, 120),
            )
            for number, (one, name) in enumerate(zip(self.examples, self.names, strict=True))
        ]
        caption = counted(len(rows), "example")
        yield Grid(("example", "classes", "instances", "text"), rows, caption)


def pool_of(examples: Examples, level: int) -> Pool:
    """The examples that can be shown.

    One without a text, and one with a text that an earlier one has, are left out; how many is
    said in one `CodeIEWarning`.

    Args:
        examples: As they were given.
        level: How many calls above this one that was.

    Raises:
        InputError: If something else was given, or no example is left.
    """
    if isinstance(examples, str | Demonstration) or not isinstance(examples, Iterable):
        raise InputError(
            "a selector chooses from a list of demonstrations, pairs (text, instances) or a "
            f"dataset's examples, got {type(examples).__name__}"
        )
    kept: dict[str, tuple[Demonstration, str | None]] = {}
    total = empty = repeated = 0
    for one, name in _each(examples):
        total += 1
        if not one.text.strip():
            empty += 1
        elif one.text in kept:
            repeated += 1
        else:
            kept[one.text] = (one, name)
    if not kept:
        raise InputError(
            f"there is nothing to choose from: {empty:,} examples, all of them without a text"
            if total
            else "there is nothing to choose from: no examples were given"
        )
    if empty or repeated:
        parts = [
            *([f"{empty:,} without a text"] if empty else []),
            *([f"{repeated:,} with the text of an earlier one"] if repeated else []),
        ]
        warnings.warn(
            f"{' and '.join(parts)} of {counted(total, 'example')} are left out",
            CodeIEWarning,
            stacklevel=level + 1,
        )
    chosen, names = zip(*kept.values(), strict=True)
    return Pool(chosen, names)


def _each(examples: Iterable[object]) -> Iterator[tuple[Demonstration, str | None]]:
    for number, given in enumerate(examples, 1):
        if isinstance(given, Demonstration):
            yield given, None  # first, for what follows takes its time
            continue
        if isinstance(given, ExampleLike):
            document = given.document
            known = tuple(document.given or ())
            one = Demonstration(
                document.text, tuple(given.instances), known, images=tuple(document.images)
            )
            yield one, document.id
            continue
        try:
            (one,) = as_demonstrations([given])  # type: ignore[list-item]  # it looks itself
        except InputError as error:
            raise InputError(f"example {number}: {error}") from error
        yield one, None


def asked_for(one: Demonstration, schema: Schema) -> Demonstration:
    """The demonstration with only those instances that a schema asks for."""
    kept = tuple(each for each in one.instances if schema.requested(type(each)))
    return one if len(kept) == len(one.instances) else replace(one, instances=kept)
