"""Arguments in words, role by role, and which class a bare string of one is of.

Forms that name a role and its string leave open what the string is where the annotation allows
several classes. Most say it elsewhere in the same answer, as a mention; where none does, the
argument stands as code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec, nearest
from codeie.parsing import Call, ParseLimits, means_none
from codeie.syntaxes.mentions import Mention, is_string, mentions_of
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import meaning, value_words

__all__ = ["Told", "ends_of", "role_arguments", "roles_of"]


@dataclass(slots=True)
class Told:
    """Which classes an answer gives to a string.

    Args:
        schema: The classes.
        classes: For each string the classes of the mentions that it is.
    """

    schema: Schema
    classes: dict[str, set[type]] = field(default_factory=dict)

    def add(self, mention: Mention) -> None:
        """A mention that the answer names."""
        self.classes.setdefault(mention.string, set()).add(mention.spec.cls)

    def of(self, string: str, kind: TypeSpec) -> ClassSpec | None:
        """The one class that a bare string is of where this type is expected, if there is one.

        Args:
            string: The string.
            kind: The type of one value: no collection.
        """
        allowed = [spec for cls in kind.classes() if (spec := self.schema.of(cls)) is not None]
        strings = [spec for spec in allowed if is_string(spec)]
        if len(allowed) > 1 or _has_strings(kind):
            named = self.classes.get(string, set())
            strings = [spec for spec in strings if spec.cls in named]
        return strings[0] if len(strings) == 1 else None

    def words(self, value: object, kind: TypeSpec, writer: CodeWriter) -> str:
        """A value in words, such that `meant` gives it back.

        Raises:
            PromptError: If it cannot be written.
        """
        mention = next(iter(mentions_of([value], self.schema)), None)
        if mention is not None:
            known = self.of(mention.string, kind)
            unclear = kind.optional and means_none(mention.string)
            if known is not None and known.cls is type(value) and not unclear:
                return value_words(quoted(mention.string))
            return writer.call(value)
        if isinstance(value, str) and self.of(value, kind) is not None:
            return quoted(value)  # a plain string where a mention of that name could stand, too
        return value_words(writer.value(value, kind))

    def meant(self, words: str, kind: TypeSpec | None, limits: ParseLimits) -> object:
        """What a value in words means where a type is expected."""
        value = meaning(words, kind, limits)
        quoted_string = words[:1] in ('"', "'")
        if kind is None or not isinstance(value, str):
            return value
        if quoted_string and _has_strings(kind):
            return value
        known = self.of(value, kind)
        return value if known is None else Call(known.name, [(None, value)])


def _has_strings(kind: TypeSpec) -> bool:
    return kind.kind is Kind.STR or any(arg.kind is Kind.STR for arg in kind.args)


def ends_of(instance: object, spec: ClassSpec, told: Told, writer: CodeWriter) -> tuple[str, str]:
    """The two ends of a relation in words.

    Raises:
        PromptError: If an end cannot be written.
    """
    head, tail = (
        told.words(getattr(instance, each.name), each.type, writer) for each in spec.init_fields
    )
    return head, tail


def roles_of(
    instance: object, spec: ClassSpec, told: Told, writer: CodeWriter
) -> Iterator[tuple[str, str]]:
    """The arguments of an event but its trigger: a role and its words, for each member of a list.

    Raises:
        PromptError: If one cannot be written.
    """
    for each, value in writer.said(instance, spec):
        if each is spec.trigger_field:
            continue
        member = member_of(each)
        if member is None or not isinstance(value, list | tuple) or not value:
            yield each.name, told.words(value, each.type, writer)
        else:
            yield from ((each.name, told.words(one, member, writer)) for one in value)


def role_arguments(
    spec: ClassSpec | None, said: Iterable[tuple[str, str]], told: Told, limits: ParseLimits
) -> Sequence[tuple[str | None, object]]:
    """The arguments of a call that roles in words mean: members of a list are put together.

    Args:
        spec: The class, if the schema has it.
        said: Roles as written, with their words.
        told: What strings are.
        limits: Bounds.
    """
    known: Mapping[str, FieldSpec] = (
        {each.name: each for each in spec.init_fields} if spec is not None else {}
    )
    arguments: list[tuple[str | None, object]] = []
    lists: dict[str, list[object]] = {}
    for role, words in said:
        near = nearest(role, known)
        each = known[near] if near is not None else None
        member = member_of(each) if each is not None else None
        if each is None or member is None:
            kind = each.type if each is not None else None
            arguments.append((role, told.meant(words, kind, limits)))
            continue
        value = told.meant(words, member, limits)
        if each.name not in lists:
            lists[each.name] = []
            arguments.append((role, lists[each.name]))
        if isinstance(value, list):
            lists[each.name] += value  # an empty one, or all at once as code
        else:
            lists[each.name].append(value)
    return arguments


def member_of(each: FieldSpec) -> TypeSpec | None:
    """The type of a member, where a field holds a list of things that are no collections."""
    kind = each.type
    listed = kind.kind is Kind.LIST or (kind.kind is Kind.TUPLE and kind.variadic)
    if not listed or kind.args[0].is_collection or kind.args[0].kind is Kind.ANY:
        return None
    if any(arg.is_collection for arg in kind.args[0].args):
        return None
    return kind.args[0]
