"""Which classes there are in a text: the answer to the first of two questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.introspection import ClassSpec, Naming, Schema
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.values import CodeWriter, listed

__all__ = ["ClassNames", "CoarseCalls"]

# Such an answer is a line or two; what goes on for longer is no list of names.
_LONGEST = 20_000
_WORD = compiled(r"\w+")
_PIECE = re.compile(r"[^,;\n]+")
_IMPORT = compiled(r"^\s*+(?:from\s++[\w.]++\s++)?import\b")
_NOTHING = re.compile(
    r"\W*+(?:(?:answer|results?|import)\W*+)?(?:none|nothing|no\b.*+)?\W*+", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class ClassNames(InWords):
    """The names of classes, separated by commas; they are in `ParseResult.classes`.

    Args:
        options: The classes to choose from.
        nothing: What is written for none.
    """

    options: tuple[ClassSpec, ...]
    nothing: str = "None"

    name: ClassVar[str] = "class-names"

    def write(self, instances: Sequence[object], schema: Schema) -> str:  # noqa: ARG002
        """See `Syntax.write`; the classes of the instances, in the order of the options."""
        present = {type(instance) for instance in instances}
        return ", ".join(s.name for s in self.options if s.cls in present) or self.nothing

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; there are no instances, and the classes are in the options' order.

        A name counts wherever it stands as a word of its own. Where it stands alone between
        commas it may be misspelt, as everywhere.
        """
        text = reading.answer[:_LONGEST]
        naming = Naming(Schema(self.options))
        words = set(_WORD.findall(text))
        named = {spec.cls for spec in self.options if spec.name in words}
        for piece in _PIECE.finditer(text):
            written = _IMPORT.sub("", piece[0]).strip(" \t\r.*-`'\"[]()")
            spec = naming.meant(written) if written else None
            if spec is None or spec.cls in named:
                continue
            named.add(spec.cls)
            message = f"{written} was taken for {spec.name}"
            reading.say(Code.RESOLVED_NAME, message, *piece.span(), Severity.WARNING)
        found = tuple(spec.cls for spec in self.options if spec.cls in named)
        if not found and not _NOTHING.fullmatch(reading.answer):
            reading.say(Code.NO_CODE, "the answer names no class that was asked about")
        reading.classes = found


@dataclass(frozen=True, slots=True)
class CoarseCalls(ClassNames):
    """The same as a list of calls, each of an option and with the first string only."""

    name: ClassVar[str] = "coarse-calls"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; an instance of a class below an option is one of the option."""
        writer = CodeWriter(schema)
        calls: list[str] = []
        for instance in instances:
            first = writer.given(instance, writer.spec_of(instance))[:1]
            shown = first[0] if first and first[0][0] in ("'", '"') else ""
            option = next((s for s in self.options if isinstance(instance, s.cls)), None)
            if option is not None:
                calls.append(f"{option.name}({shown})")
        return listed(list(dict.fromkeys(calls)), "\t")
