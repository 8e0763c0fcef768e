"""YAML, as chats write it when they are asked for structured data, with langextract's keys or others.

Block lists and mappings, with or without a fence, and flow values in them. Only what is so from
its first line to its last, and names a class, is taken for YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeie.diagnostics import Code
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.objects import listed
from codeie.parsing.unwrap.pieces import Piece, Problem, Taken, spliced
from codeie.parsing.unwrap.records import Finder
from codeie.parsing.unwrap.tree import DEEPEST, Node, trees

__all__ = ["read_yaml_lists"]

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<rest>[^\n]*?)[ \t\r]*(?:\n|$)")
_ITEM = re.compile(r"(?:[-*•]|\d{1,4}[.)])(?:[ \t]+|$)")
_KEY = compiled(
    r"""(?:(?P<marks>\*{1,3}|_{2}|`)(?P<marked>[^\n:*`"]{1,80}?):?(?P=marks)|"(?P<double>[^"\n]{1,80})"|'(?P<single>[^'\n]{1,80})'"""
    r"|(?P<plain>(?!class |def )[^\W\d][\w .-]{0,60}?))[ \t]{0,3}(?:(?<=:\*\*)|(?<=:`)|(?<=:__)|:)(?:[ \t]+|$)"
)
_COMMENT = re.compile(r"#|---[ \t]*$|\.\.\.[ \t]*$")
_QUOTED = re.compile(r""""((?:[^"\\\n]|\\.)*+)"|'((?:[^'\n]|'')*+)'""")
_FENCE = compiled(r"[ \t]*(`{3,}|~{3,})[ \t]*(\w*)[ \t\r]*")


@dataclass(slots=True)
class _Line:
    """A line that is not blank: its indentation, and where its words begin and end."""

    indent: int
    start: int
    end: int


def read_yaml_lists(text: str, names: Names) -> Taken | None:
    """Write what YAML describes as instances.

    Args:
        text: The answer.
        names: The classes; where one is called, the answer is code.
    """
    if names.call.search(text) is not None:
        return None
    if re.search(rf"(?<![\w(=]){names.words}s?(?![\w(])", text) is None:
        return None
    changes: list[tuple[int, int, list[Piece]]] = []
    problems: list[Problem] = []
    for lines in _blocks(text):
        block = _Block(text, lines)
        node = block.read()
        if node is None:
            continue
        found = Finder(text, names, every=True)
        if not found.look(node) or not found.new:
            continue
        start, end = lines[0].start - lines[0].indent, lines[-1].end
        problems += found.problems
        items = [one for one in found.items if not _doubtful(one, problems)]
        changes.append((start, end, listed(items, names, start, end)))
    if not changes:
        return None
    what = "YAML was read as if it were code"
    return Taken(spliced(text, changes), what, changes[0][0], changes[-1][1], problems=problems)


def _doubtful(item: object, problems: list[Problem]) -> bool:
    """Whether a string under a class's name may be several: "Ann, Ben" without quotes."""
    arguments = getattr(item, "arguments", [])
    for key, value in arguments:
        if key is None and getattr(value, "kind", "") == "bare" and ", " in value.text:
            message = "this may be one string or several; quotes would tell, so it is left out"
            problems.append(Problem(Code.SYNTAX_ERROR, message, value.start, value.end))
            return True
    return False


def _blocks(text: str) -> list[list[_Line]]:
    """Stretches of lines that may be YAML: between prose, inside fences."""
    blocks: list[list[_Line]] = [[]]
    for found in _LINE.finditer(text):
        if not found["rest"]:
            if not found.group():
                break
            continue
        start, end = found.span("rest")
        if _FENCE.fullmatch(text, found.start(), end):
            blocks.append([])
        elif _COMMENT.match(text, start, end) and not text.startswith("##", start):
            continue
        elif _is_yaml(text, start, end) or (
            blocks[-1] and _indent(found["indent"]) > blocks[-1][-1].indent
        ):
            blocks[-1].append(_Line(_indent(found["indent"]), start, end))
        else:
            blocks.append([])
    return [block for block in blocks if block]


def _indent(blank: str) -> int:
    return len(blank.expandtabs(4))


def _is_yaml(text: str, start: int, end: int) -> bool:
    return _ITEM.match(text, start, end) is not None or _KEY.match(text, start, end) is not None


class _Block:
    """Reads lines by their indentation.

    Args:
        text: The answer.
        lines: Lines that are not blank.
    """

    def __init__(self, text: str, lines: list[_Line]) -> None:
        self._text = text
        self._lines = lines
        self._at = 0
        self._sound = True

    def read(self) -> Node | None:
        """The value of the whole block; ``None`` if it is not YAML."""
        values = []
        while self._at < len(self._lines) and self._sound:
            values.append(self._value(self._lines[self._at].indent, 0))
        if not self._sound or not values:
            return None
        return Node("list", values[0].start, values[-1].end, items=values)

    def _value(self, indent: int, depth: int) -> Node:
        """The list or mapping whose lines have an indentation."""
        line = self._lines[self._at]
        if depth > DEEPEST:
            self._sound = False
        is_list = _ITEM.match(self._text, line.start, line.end) is not None
        node = Node("list" if is_list else "object", line.start, line.end)
        while self._sound and self._at < len(self._lines):
            line = self._lines[self._at]
            mark = _ITEM.match(self._text, line.start, line.end)
            if line.indent != indent or (mark is not None) != is_list:
                if line.indent > indent:
                    self._sound = False
                break
            if mark is not None:
                # What follows the dash is as a line of its own, further in.
                inside = mark.end() - line.start
                rest = _Line(indent + max(inside, 1), mark.end(), line.end)
                self._lines[self._at] = rest
                if mark.end() >= line.end:
                    self._at += 1
                    node.items.append(self._below(indent + 1, depth, rest))
                elif _KEY.match(self._text, rest.start, rest.end):
                    node.items.append(self._value(rest.indent, depth + 1))
                else:
                    self._at += 1
                    node.items.append(self._scalar(rest.start, rest.end))
            else:
                self._pair(node, line, depth)
            node.end = self._lines[self._at - 1].end
        return node

    def _pair(self, node: Node, line: _Line, depth: int) -> None:
        key = _KEY.match(self._text, line.start, line.end)
        if key is None:
            self._sound = False
            return
        group = next(one for one in ("marked", "double", "single", "plain") if key[one] is not None)
        name = Node("string", *key.span(group), key[group].strip())
        self._at += 1
        if key.end() < line.end:
            rest = self._text[key.end() : line.end]
            if rest.rstrip() in ("|", "|-", ">", ">-", "|+"):
                node.pairs.append((name, self._folded(line, fold=rest[0] == ">")))
                return
            node.pairs.append((name, self._scalar(key.end(), line.end)))
        else:
            node.pairs.append((name, self._below(line.indent, depth, line)))

    def _below(self, indent: int, depth: int, line: _Line) -> Node:
        """What stands further in below a line; a list may stand right below its key."""
        if self._at < len(self._lines):
            below = self._lines[self._at]
            listed_here = _ITEM.match(self._text, below.start, below.end) is not None
            if below.indent > indent or (below.indent == indent and listed_here):
                return self._value(below.indent, depth + 1)
        return Node("bare", line.end, line.end)

    def _folded(self, line: _Line, *, fold: bool) -> Node:
        lines = []
        while self._at < len(self._lines) and self._lines[self._at].indent > line.indent:
            one = self._lines[self._at]
            lines.append(self._text[one.start : one.end])
            self._at += 1
        said = (" " if fold else "\n").join(lines)
        return Node("string", line.start, self._lines[self._at - 1].end, said, repr(said))

    def _scalar(self, start: int, end: int) -> Node:
        text = self._text
        quoted = _QUOTED.match(text, start, end)
        if quoted is not None and (
            quoted.end() == end or text[quoted.end() : end].lstrip()[:1] == "#"
        ):
            if quoted[1] is not None:
                return Node("string", start, quoted.end(), quoted[1], quoted.group())
            said = quoted[2].replace("''", "'")
            return Node("string", start, quoted.end(), said, repr(said))
        if text[start] in "\"'":
            self._sound = False
        if text[start] in "[{":
            flow = list(trees(text[start:end]))
            if len(flow) == 1 and flow[0].whole and flow[0].start == 0:
                _moved(flow[0], start)
                return flow[0]
            return self._flow(start, end)
        comment = text.find(" #", start, end)
        end = comment if comment >= 0 else end
        said = text[start:end].strip()
        marks = re.fullmatch(r"(\*{1,3}|`{1,2})(.+)\1", said)
        if marks is not None:
            return Node("bare", start + len(marks[1]), end - len(marks[1]), marks[2])
        return Node("bare", start, start + len(said), said)

    def _flow(self, start: int, end: int) -> Node:
        """A list of words in brackets."""
        said = self._text[start:end].strip()
        if said[0] != "[" or said[-1] != "]" or re.search(r"[\[\]{}\"']", said[1:-1]):
            self._sound = False
            return Node("bare", start, end, said)
        node = Node("list", start, start + len(said))
        for one in re.finditer(r"[^,]+", said[1:-1]):
            word = one.group().strip()
            if word:
                begin = start + 1 + one.start() + len(one.group()) - len(one.group().lstrip())
                node.items.append(Node("bare", begin, begin + len(word), word))
        return node


def _moved(node: Node, by: int) -> None:
    pending = [node]
    while pending:
        one = pending.pop()
        one.start, one.end = one.start + by, one.end + by
        pending += one.items
        for pair in one.pairs:
            pending += pair
