"""Classes as somebody writes them down: read from code without running it, made, written again.

A draft is data. What a model proposes becomes drafts; a class is made of a draft by
`dataclasses.make_dataclass`, and its code is written from the draft, never copied from an answer.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, make_dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.introspection._guidelines import read_docstring, read_notes
from codeie.types import Entity, Event, Guideline, Relation
from codeie.viewable import Outlined

if TYPE_CHECKING:
    import libcst

__all__ = ["ClassDraft", "FieldDraft", "classes_of_drafts", "code_of_drafts", "read_drafts"]

Marker = Literal["Entity", "Relation", "Event", ""]

_LONGEST_ANSWER: Final = 100_000
_LONGEST_CLASS: Final = 6_000
_DEEPEST: Final = 20
_MOST_CLASSES: Final = 100
_MOST_FIELDS: Final = 30
_MARKERS: Final[Mapping[str, type | None]] = {
    "Entity": Entity,
    "Relation": Relation,
    "Event": Event,
    "": None,
}
_PLAIN: Final[Mapping[str, type]] = {"str": str, "int": int, "float": float, "bool": bool}
_TAKEN: Final = {*_MARKERS, *_PLAIN, "list", "field", "dataclass", "SCHEMA"}
"""Names that the written module needs for itself."""
_CLASS = re.compile(r"^([ \t]*)class[ \t]+\w+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FieldDraft(Outlined):
    """A field that somebody wrote down.

    Args:
        name: Its name.
        type: What it holds: ``"str"``, ``"int"``, ``"float"``, ``"bool"``, or a draft's name.
        many: Whether it holds a list of those.
        optional: Whether it may be left out.
        note: What annotators are told of it.
        examples: What it may hold.
    """

    name: str
    type: str = "str"
    many: bool = False
    optional: bool = False
    note: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassDraft(Outlined):
    """A class that somebody wrote down.

    Args:
        name: Its name.
        marker: ``"Entity"``, ``"Relation"``, ``"Event"``, or ``""`` for a record.
        guideline: What annotators are told of it.
        fields: At least one.
        examples: What instances of it are called.
    """

    name: str
    marker: Marker
    guideline: str
    fields: tuple[FieldDraft, ...]
    examples: tuple[str, ...] = ()


def read_drafts(code: str) -> tuple[tuple[ClassDraft, ...], tuple[Diagnostic, ...]]:
    """The classes that a text defines; each by itself, so that a damaged one costs no other.

    The text is untrusted: parsed class by class with bounds on size and depth, never run. Of a
    class its name, markers, docstring and annotated fields with their comments count; all else
    is told and left out.

    Args:
        code: A model's answer: classes, perhaps with prose around them.

    Returns:
        The drafts in order, and what was left out or changed.
    """
    said: list[Diagnostic] = []
    drafts: dict[str, ClassDraft] = {}
    if len(code) > _LONGEST_ANSWER:
        said.append(_told(Code.TOO_LARGE, f"of the answer {_LONGEST_ANSWER:,} characters count"))
    blocks = list(_blocks(code[:_LONGEST_ANSWER]))
    if not blocks:
        said.append(_told(Code.NO_CODE, "the answer defines no class"))
    for block in blocks[:_MOST_CLASSES]:
        draft = _read(block, said)
        if draft is not None and draft.name in drafts:
            said.append(
                _told(Code.DUPLICATE_ITEM, f"{draft.name} is defined twice; the first counts")
            )
        elif draft is not None:
            drafts[draft.name] = draft
    if len(blocks) > _MOST_CLASSES:
        said.append(_told(Code.TOO_LARGE, f"only the first {_MOST_CLASSES} classes count"))
    return tuple(drafts.values()), tuple(said)


def classes_of_drafts(drafts: Iterable[ClassDraft]) -> list[type]:
    """Dataclasses with the drafts' docstrings and guidelines.

    A field of a class that is not among the drafts, or that would lead back to its own, is a string.

    Args:
        drafts: With names of their own.
    """
    held = {draft.name: draft for draft in drafts}
    made: dict[str, type] = {}
    for name in held:
        _make(name, held, made, ())
    return [made[name] for name in held]


def code_of_drafts(drafts: Sequence[ClassDraft], head: str = "") -> str:
    """A module with the drafts' classes, to be edited by a person and named as a schema.

    Args:
        drafts: In the order in which they are to stand; a class stands before those that hold it.
        head: What its docstring says.
    """
    held = {draft.name: draft for draft in drafts}
    ordered: dict[str, ClassDraft] = {}
    for name in held:
        _before(name, held, ordered, ())
    markers = sorted({draft.marker for draft in drafts if draft.marker})
    needed = any(one.many and one.optional for draft in drafts for one in draft.fields)
    names = "dataclass, field" if needed else "dataclass"
    lines = [f'"""{_prose(head) or "A schema."}"""', "", f"from dataclasses import {names}", ""]
    lines += [f"from codeie import {', '.join(markers)}", ""] if markers else []
    for number, draft in enumerate(ordered.values()):
        lines += ["", *_code(draft, set(list(ordered)[:number])), ""]
    names = ", ".join(held)
    return "\n".join([*lines, "", f"SCHEMA = [{names}]", ""])


def _blocks(code: str) -> Iterator[str]:
    """Each class with all lines that stand deeper than its head."""
    lines = code.expandtabs(4).split("\n")
    at = 0
    while at < len(lines):
        head = _CLASS.match(lines[at])
        if head is None:
            at += 1
            continue
        indent, end = len(head[1]), at + 1
        while end < len(lines) and (
            not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent
        ):
            end += 1
        yield "\n".join(line[indent:] for line in lines[at:end]).rstrip() + "\n"
        at = end


def _read(block: str, said: list[Diagnostic]) -> ClassDraft | None:
    import libcst

    first = block.split("\n", 1)[0][:80]
    if len(block) > _LONGEST_CLASS or _depth(block) > _DEEPEST:
        said.append(_told(Code.TOO_LARGE, f"the class {first!r} is too large, and is left out"))
        return None
    try:
        module = libcst.parse_module(block)
    except Exception as error:  # noqa: BLE001 - its native parser raises errors of several kinds
        why = type(error).__name__
        said.append(
            _told(Code.SYNTAX_ERROR, f"the class {first!r} is no Python ({why}), and is left out")
        )
        return None
    node = module.body[0] if module.body else None
    if not isinstance(node, libcst.ClassDef):
        return None
    name = node.name.value
    if not name.isascii() or keyword.iskeyword(name) or name in _TAKEN:
        said.append(_told(Code.DISALLOWED, f"no class can be called {name!r:.80}"))
        return None
    docstring = read_docstring(node.get_docstring() or "")
    fields = dict[str, FieldDraft]()
    for statement in node.body.body if isinstance(node.body, libcst.IndentedBlock) else ():
        one = _field(statement, name, said)
        if one is not None and len(fields) < _MOST_FIELDS:
            fields.setdefault(one.name, one)
    if not fields:
        said.append(_told(Code.MISSING_FIELD, f"the class {name} has no field, and is left out"))
        return None
    return ClassDraft(
        name, _marker(node, fields), docstring.text, tuple(fields.values()), docstring.candidates
    )


def _marker(node: libcst.ClassDef, fields: Mapping[str, FieldDraft]) -> Marker:
    import libcst

    names = [base.value.value for base in node.bases if isinstance(base.value, libcst.Name)]
    if "Entity" in names:
        return "Entity"
    if "Relation" in names or {"head", "tail"} <= fields.keys():
        return "Relation"
    if "Event" in names or "trigger" in fields:
        return "Event"
    return "Entity" if next(iter(fields)) == "name" else ""


def _field(
    statement: libcst.BaseStatement | libcst.BaseSmallStatement,
    within: str,
    said: list[Diagnostic],
) -> FieldDraft | None:
    import libcst

    if not isinstance(statement, libcst.SimpleStatementLine):
        kind = type(statement).__name__
        said.append(_told(Code.DISALLOWED, f"{within} has a {kind}, which is left out"))
        return None
    part = statement.body[0]
    if not isinstance(part, libcst.AnnAssign) or not isinstance(part.target, libcst.Name):
        if not isinstance(part, libcst.Expr | libcst.Pass):
            kind = type(part).__name__
            said.append(_told(Code.DISALLOWED, f"{within} has a {kind}, which is left out"))
        return None
    name = part.target.value
    if not name.isascii() or name.startswith("_") or keyword.iskeyword(name):
        said.append(_told(Code.DISALLOWED, f"no field of {within} can be called {name!r:.80}"))
        return None
    held = _type(part.annotation.annotation)
    if held is None:
        said.append(
            _told(Code.CONVERTED, f"{within}.{name} has a type that is not known; it is a string")
        )
        held = _Held("str")
    name = f"{name}_" if name in _TAKEN else name
    comments = [each.comment for each in statement.leading_lines]
    comments.append(statement.trailing_whitespace.comment)
    notes = read_notes(each.value.lstrip("# ") for each in comments if each is not None)
    optional = held.optional or part.value is not None
    return FieldDraft(name, held.type, held.many, optional, notes.text, notes.candidates)


@dataclass(frozen=True, slots=True)
class _Held:
    """What an annotation says, by what is allowed."""

    type: str
    many: bool = False
    optional: bool = False


def _type(node: libcst.BaseExpression) -> _Held | None:
    """What an annotation says; nothing if it says anything else than what is allowed."""
    import libcst

    match node:
        case libcst.Name(value=name) if name.isascii() and name not in ("list", "dict", "Any"):
            return _Held(name)
        case libcst.SimpleString():
            inner = node.raw_value
            return _Held(inner) if inner.isidentifier() and inner.isascii() else None
        case libcst.BinaryOperation(left=left, operator=libcst.BitOr(), right=libcst.Name("None")):
            held = _type(left)
            return None if held is None else replace(held, optional=True)
        case libcst.Subscript(
            value=libcst.Name(value=("list" | "List" | "Optional") as outer),
            slice=[libcst.SubscriptElement(slice=libcst.Index(value=within))],
        ):
            held = _type(within)
            if held is None:
                return None
            if outer == "Optional":
                return replace(held, optional=True)
            return None if held.many else replace(held, many=True)
    return None


def _depth(text: str) -> int:
    deepest = depth = 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    # So many blanks before a line are a block in blocks; minus signs and the like nest, too.
    return max(deepest, max(map(len, re.findall(r"[-+~]+|(?:\bnot\b\s*)+", text)), default=0) // 8)


def _make(
    name: str, held: Mapping[str, ClassDraft], made: dict[str, type], above: tuple[str, ...]
) -> None:
    if name in made:
        return
    draft = held[name]
    for one in draft.fields:
        if one.type in held and one.type not in (*above, name):
            _make(one.type, held, made, (*above, name))
    specs: list[Any] = [_spec(one, made) for one in _required_first(draft.fields)]
    base = _MARKERS[draft.marker]
    made[name] = make_dataclass(
        name,
        specs,
        bases=() if base is None else (base,),
        namespace={"__doc__": _with_examples(draft.guideline or f"{name}.", draft.examples)},
    )


def _spec(one: FieldDraft, made: Mapping[str, type]) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind: Any = _PLAIN.get(one.type) or made.get(one.type, str)
    if one.many:
        kind = list[kind]
    elif one.optional:
        kind = kind | None
    if one.note or one.examples:
        kind = Annotated[kind, Guideline(one.note, tuple(_writable(one.examples)))]
    if one.many and one.optional:
        return one.name, kind, field(default_factory=list)
    return (one.name, kind, None) if one.optional else (one.name, kind)


def _required_first(fields: Iterable[FieldDraft]) -> list[FieldDraft]:
    return sorted(fields, key=lambda one: one.optional)


def _before(
    name: str,
    held: Mapping[str, ClassDraft],
    ordered: dict[str, ClassDraft],
    above: tuple[str, ...],
) -> None:
    for one in held[name].fields:
        if one.type in held and one.type not in (*above, name):
            _before(one.type, held, ordered, (*above, name))
    ordered.setdefault(name, held[name])


def _code(draft: ClassDraft, known: set[str]) -> Iterator[str]:
    base = f"({draft.marker})" if draft.marker else ""
    yield "@dataclass"
    yield f"class {draft.name}{base}:"
    said = _with_examples(draft.guideline or f"{draft.name}.", draft.examples)
    yield f'    """{_prose(said)}"""'
    yield ""
    for one in _required_first(draft.fields):
        kind = one.type if one.type in known or one.type in _PLAIN else "str"
        default = ""
        if one.many:
            kind = f"list[{kind}]"
            default = " = field(default_factory=list)" if one.optional else ""
        elif one.optional:
            kind, default = f"{kind} | None", " = None"
        note = _with_examples(one.note, one.examples)
        beside = f"  # {_one_line(note)}" if note else ""
        yield f"    {one.name}: {kind}{default}{beside}"


def _with_examples(text: str, examples: Sequence[str]) -> str:
    quoted = ", ".join(f'"{each}"' for each in _writable(examples))
    if not quoted:
        return text
    end = "" if not text or text.endswith((".", "!", "?")) else "."
    return f"{text}{end} Such as: {quoted}".strip()


def _writable(examples: Iterable[str]) -> Iterator[str]:
    """Examples that stand in a comment as they are; others would be read as something else."""
    cleaned = (_one_line(each) for each in examples)
    return (each for each in cleaned if each and not {'"', "\\"} & {*each})


def _prose(text: str) -> str:
    """What may stand between three quotes and ends there: nothing in it can end the literal."""
    return _one_line(text).replace("\\", "/").replace('"""', "'''").rstrip('"') + (
        # A literal must not end in the quote that ends it.
        '".' if _one_line(text).endswith('"') else ""
    )


def _one_line(text: str) -> str:
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


def _told(code: Code, message: str) -> Diagnostic:
    return Diagnostic(code, message, Severity.WARNING)
