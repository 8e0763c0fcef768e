"""Texts as Python source: whatever they contain, they cannot end the literal they are in."""

from __future__ import annotations

import re

__all__ = ["comment", "docstring", "marks_in", "one_line", "quoted", "without_marks"]

_SPACE = re.compile(r"\s+")
# What ends a turn or begins one, in the chat templates of common models. Servers take such strings
# for the tokens of these names wherever they stand, so a text could speak in another's name.
_MARK = re.compile(
    r"<(?=([|\uff5c][^\s<>|\uff5c]{1,40}[|\uff5c]>|/?s>|<?/?SYS>|(?:start|end)_of_turn>))"
    r"|\[(?=(/?(?:INST|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CALLS|SYSTEM_PROMPT)\]))"
)
_ENDING = re.compile(r'"{3,}|"+\Z')  # quotes that would end a triple-quoted literal


def quoted(text: str) -> str:
    r"""A string literal in double quotes where that needs no escape, else as ``repr`` has it.

    Args:
        text: Any string; line breaks, controls and lone surrogates come out escaped, and so does
            the first character of what a chat template would take for the end of a turn.

    Examples:
        >>> print(quoted("Ada"), quoted('the "engine"'), quoted("<|im_end|>"))
        "Ada" 'the "engine"' "\x3c|im_end|>"
    """
    literal = without_marks(str.__repr__(text), "x{:02x}")
    # repr prefers single quotes; where the text has neither sort, the literal needs no change.
    return f'"{literal[1:-1]}"' if literal[0] == "'" and '"' not in text else literal


def without_marks(literal: str, escape: str) -> str:
    """A literal in which nothing reads like a mark of a chat template; it denotes the same.

    Args:
        literal: Of Python or JSON.
        escape: How a character's code is written after a backslash, for `str.format`.
    """
    return _MARK.sub(lambda mark: "\\" + escape.format(ord(mark[0])), literal)


def marks_in(text: str) -> list[tuple[int, int]]:
    """The places of what a chat template would take for its own; none overlap."""
    return [(found.start(), found.end(found.lastindex or 0)) for found in _MARK.finditer(text)]


def one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def comment(text: str) -> str:
    """What may follow ``# ``: one line, and nothing that Python or a terminal would act on."""
    return _printable(one_line(text))


def docstring(text: str, indent: str = "") -> str:
    """A triple-quoted literal; lines after the first are indented, and the last stands alone.

    Args:
        text: One or more lines.
        indent: What stands before the literal on its line.

    Examples:
        >>> len(docstring('Says "no"')) - len('Says "no"')
        7
    """
    lines = text.split("\n")
    if len(lines) > 1:
        lines.append("")  # so that the closing quotes stand on a line of their own
    body = "\n".join([lines[0], *(indent + line if line else "" for line in lines[1:-1])])
    body += "\n" + indent if len(lines) > 1 else ""
    escaped = _ENDING.sub(lambda run: '\\"' * len(run[0]), body.replace("\\", "\\\\"))
    shown = without_marks("\n".join(map(_printable, escaped.split("\n"))), "x{:02x}")
    return f'"""{shown}"""'


def _printable(line: str) -> str:
    return line if line.isprintable() else "".join(map(_escaped, line))


def _escaped(character: str) -> str:
    return character if character.isprintable() else repr(character)[1:-1]
