"""What is written beside the fields of a class: comments, and strings under a field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from codeie.introspection._source import class_source

if TYPE_CHECKING:
    import libcst

__all__ = ["Comments", "field_comments"]


@dataclass(slots=True)
class Comments:
    """What is written beside one field.

    Args:
        above: The comment lines right above it.
        beside: The comment at its end, and its continuation in deeper-indented lines.
        below: The string literal under it.
    """

    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


# A class's source does not change while the class lives.
_READ: WeakKeyDictionary[type, dict[str, Comments]] = WeakKeyDictionary()

# Words to tools and to colleagues, not to annotators.
_DIRECTIVE = re.compile(
    r"#+:?\s*(?:noqa|nosec|type:|pyright:|mypy:|ruff:|fmt:|isort:|flake8:|pylint:|pragma"
    r"|todo|fixme|xxx|hack)\b.*|#+:?\s*(?:type|pyright|mypy|ruff|fmt|isort|flake8|pylint):.*",
    re.I,
)


def field_comments(cls: type) -> dict[str, Comments]:
    """What is written beside the fields that a class's own body declares.

    Args:
        cls: Any class; without source, or with nothing beside its fields, the answer is empty.
    """
    if cls not in _READ:
        source = class_source(cls)
        quoted = source is not None and re.search(r"^\s*[rRuU]?[\"']", source.text, re.M)
        # Importing libcst takes 0.1 s, so it is left alone where there is nothing to read.
        worth_it = source is not None and (quoted or "#" in source.text)
        _READ[cls] = _read(source.text) if source is not None and worth_it else {}
    return _READ[cls]


def _read(text: str) -> dict[str, Comments]:
    import libcst

    # An indented class stands in a block, so that no line of it (perhaps inside a string)
    # has to be changed.
    indented = text[:1].isspace()
    try:
        module = libcst.parse_module(f"if True:\n{text}" if indented else text)
    except libcst.ParserSyntaxError:  # newer syntax than libcst knows
        return {}
    statement: libcst.CSTNode = module.body[0]
    if isinstance(statement, libcst.If):
        statement = statement.body.body[0]
    return _of_body(libcst.ensure_type(statement, libcst.ClassDef).body)


def _of_body(body: libcst.BaseSuite) -> dict[str, Comments]:
    import libcst

    comments: dict[str, Comments] = {}
    previous: Comments | None = None
    statements = body.body if isinstance(body, libcst.IndentedBlock) else [body]
    for statement in statements:
        lines: list[libcst.EmptyLine] = list(getattr(statement, "leading_lines", ()))
        _continue(previous, lines)
        names = _field_names(statement)
        if names:
            for name in names:
                comments[name] = Comments()
            comments[names[0]].above += _above(lines)
            previous = comments[names[-1]]
            trailing = getattr(statement, "trailing_whitespace", None)
            if trailing is not None and trailing.comment is not None:
                previous.beside += _words(trailing.comment.value)
        elif previous is not None:
            literal = _literal(statement)
            if literal is not None:
                previous.below.append(literal)
            previous = None
    if isinstance(body, libcst.IndentedBlock):
        _continue(previous, body.footer)
    return comments


def _field_names(statement: libcst.CSTNode) -> list[str]:
    import libcst

    if not isinstance(statement, libcst.SimpleStatementLine | libcst.SimpleStatementSuite):
        return []
    return [
        part.target.value
        for part in statement.body
        if isinstance(part, libcst.AnnAssign) and isinstance(part.target, libcst.Name)
    ]


def _literal(statement: libcst.CSTNode) -> str | None:
    import libcst

    match statement:
        case libcst.SimpleStatementLine(
            body=[libcst.Expr(value=libcst.SimpleString() | libcst.ConcatenatedString() as string)]
        ):
            value = string.evaluated_value
            return value if isinstance(value, str) else None
    return None


def _continue(previous: Comments | None, lines: Iterable[libcst.EmptyLine]) -> None:
    """Take comment lines that are indented deeper than the body as part of the one before."""
    for line in lines:
        if previous is None or line.comment is None or not line.whitespace.value:
            return
        if previous.beside:
            previous.beside += _words(line.comment.value)


def _above(lines: list[libcst.EmptyLine]) -> list[str]:
    above: list[str] = []
    for line in reversed(lines):
        if line.comment is None or line.whitespace.value:
            break
        above = _words(line.comment.value) + above
    return above


def _words(comment: str) -> list[str]:
    """The comment's text, as a list of one; none if it holds no words for an annotator."""
    text = _DIRECTIVE.sub("", comment).strip().lstrip("#").removeprefix(":").strip()
    return [text] if re.search(r"\w", text) else []
