"""A template for each event with its arguments filled in, as BART-Gen writes it.

``Sail, left: vessels Lotta and Gull, origin <origin>, destination Oban``: what the text does not
say keeps its slot. A class whose guideline has a slot ``<role>`` for each role is its own template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, FieldSpec, Role, Schema
from codeie.parsing import Call, ParseLimits, ParseResult, says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told, member_of, role_arguments, roles_of
from codeie.syntaxes.source import one_line, quoted
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import meaning, value_at, value_words

__all__ = ["Filled", "begun", "template_of"]

_SLOT = compiled(r"<(\w+)>")
_LINE = re.compile(r"[^\n]+")
_HEAD = compiled(r"\s*([^\W\d]\w*)\s*,\s*")
_COLON = re.compile(r":")
_CODE = compiled(r"[\"'\[{]|[^\W\d][\w.]*\(")
_NEVER = re.compile(r"(?!)")
_AND = " and "


@dataclass(frozen=True, slots=True)
class Filled(InWords):
    """A line ``Class, trigger: template`` for each event, or ``None``.

    Args:
        beginning: How the prompt has begun the line for the model, as ``Sail, left:``.
    """

    beginning: str = ""

    name: ClassVar[str] = "filled"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; the lines are whole.

        Raises:
            PromptError: If an instance is no event.
        """
        writer = CodeWriter(schema)
        lines = [f"{begun(each, writer)} {filled(each, writer)}" for each in instances]
        return "\n".join(lines) or "None"

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """See `Syntax.read`; an answer goes on with the line that was begun, or writes it again."""
        given = prefill or self.beginning
        head = _HEAD.match(answer)
        if self.beginning and head is not None and schema.named(head[1]) is not None:
            given = ""
        return InWords.read(self, answer, schema, prefill=given, limits=limits)

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; a slot that is missing was not filled."""
        for line in _LINE.finditer(reading.answer):
            if not line[0].strip() or line[0].strip().startswith("```"):
                continue
            head = _HEAD.match(line[0])
            spec = reading.naming.meant(head[1]) if head is not None else None
            trigger = value_at(line[0], head.end(), _COLON) if head is not None else None
            rest = line[0][trigger.end :].lstrip() if trigger is not None else ""
            if head is None or trigger is None or not rest.startswith(":"):
                if says_nothing(line[0]):
                    reading.said_nothing = True
                    continue
                message = "expected a line of the form Class, trigger: the template filled in"
                reading.say(Code.SYNTAX_ERROR, message, *line.span())
                continue
            _read(reading, head[1], spec, trigger.text, rest[1:].strip(), line.span())


def begun(instance: object, writer: CodeWriter) -> str:
    """How the line of an event begins, up to the colon.

    Raises:
        PromptError: If it is no event.
    """
    spec = writer.spec_of(instance)
    trigger = spec.trigger_field
    if spec.role is not Role.EVENT or trigger is None:
        raise PromptError(f"{instance!r:.80} is no event, so it has no template to be filled in")
    return f"{spec.name}, {value_words(quoted(str(getattr(instance, trigger.name))))}:"


def filled(instance: object, writer: CodeWriter) -> str:
    """The template of an event's class with the event's arguments."""
    spec = writer.spec_of(instance)
    said: dict[str, list[str]] = {}
    for name, words in roles_of(instance, spec, Told(writer.schema), writer):
        said.setdefault(name, []).append(words)
    pieces: list[str] = []
    parts = list(_parts(spec))
    literals = [literal for literal, _ in parts if literal]
    for literal, role in parts:
        pieces.append(literal)
        if role is not None and role.name in said:
            pieces.append(_AND.join(_safe(words, literals) for words in said[role.name]))
        elif role is not None:
            pieces.append(f"<{role.name}>")
    return "".join(pieces)


def template_of(spec: ClassSpec) -> str:
    """The template of a class of events, with a slot for each role."""
    roles = [each for each in spec.init_fields if each is not spec.trigger_field]
    own = one_line(spec.guideline)
    slots = _SLOT.findall(own)
    if roles and sorted(slots) == sorted(each.name for each in roles):
        return own
    return ", ".join(f"{each.name.replace('_', ' ').strip()} <{each.name}>" for each in roles)


def _parts(spec: ClassSpec) -> Iterator[tuple[str, FieldSpec | None]]:
    """The template's words before each slot, and the slot's role; last the words after all."""
    template, position = template_of(spec), 0
    for slot in _SLOT.finditer(template):
        role = spec.field(slot[1])
        if role is not None:
            yield template[position : slot.start()], role
            position = slot.end()
    yield template[position:], None


def _safe(words: str, literals: Sequence[str]) -> str:
    """Words that cannot be taken for the template's: quoted if they hold any of these."""
    if _CODE.match(words):
        return words
    clear = not any(each.strip(" ,") in words for each in (*literals, _AND) if each.strip(" ,"))
    return words if clear and "<" not in words else quoted(words)


def _read(
    reading: Reading,
    name: str,
    spec: ClassSpec | None,
    trigger: str,
    rest: str,
    place: tuple[int, int],
) -> None:
    named = spec.trigger_field if spec is not None else None
    first = meaning(trigger, named.type if named is not None else None, reading.limits)
    head = (named.name if named is not None else None, first)
    said: list[tuple[str, str]] = []
    if spec is not None and not says_nothing(rest, silence=True):
        said, missing = _values(rest, list(_parts(spec)))
        if missing:
            message = f"the template was changed: it lacks {', '.join(map(repr, missing))}"
            reading.say(Code.REPAIRED, message, *place, severity=Severity.WARNING)
    roles = role_arguments(spec, said, Told(reading.schema), reading.limits)
    reading.calls.append(Call(name, [head, *roles], *place))


def _values(
    text: str, parts: Sequence[tuple[str, FieldSpec | None]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """What stands in the slots, and the words of the template that are not there."""
    said: list[tuple[str, str]] = []
    missing: list[str] = []
    position = 0
    role: FieldSpec | None = None
    for literal, following in parts:
        words = literal.strip() if literal.strip() else literal
        if role is None:
            at = text.find(words, position)
        else:
            at, values = _slot(text, position, words, role)
            if at >= 0 or following is None:
                said += ((role.name, each) for each in values)
        if at < 0 and following is not None:
            missing.append(words)
            continue
        position = at + len(words) if at >= 0 else len(text)
        role = following
    if role is not None:
        _, values = _slot(text, position, "", role)
        said += ((role.name, each) for each in values)
    return [(name, words) for name, words in said if words != f"<{name}>"], missing


def _slot(text: str, position: int, until: str, role: FieldSpec) -> tuple[int, list[str]]:
    """Where the words after a slot begin (-1 if nowhere), and the values in the slot."""
    values: list[str] = []
    end = text.find(until, position) if until else len(text)
    several = member_of(role) is not None
    while True:
        value = value_at(text, position, _NEVER)
        if not _CODE.match(value.text):
            stop = len(text) if end < 0 else end
            pieces = text[position:stop].split(_AND) if several else [text[position:stop]]
            values += (piece.strip() for piece in pieces if piece.strip())
            return end, values
        values.append(value.text)
        if until and 0 <= end < value.end:
            end = text.find(until, value.end)
        position = value.end
        if not text.startswith(_AND, position):
            return end, values
        position += len(_AND)
