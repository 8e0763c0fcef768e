"""Tags and markers that models write around calls of tools, where no server reads them.

``<tool_call>{…}</tool_call>`` (Hermes, Qwen), ``<function=Person>{…}</function>`` (Llama 3.1) and
with ``<parameter=name>`` (Qwen Coder), ``<invoke name="Person"><parameter name="name">`` (Claude,
MiniMax), ``<arg_key>``/``<arg_value>`` (GLM), ``[TOOL_CALLS]`` (Mistral), ``<|python_tag|>``
(Llama), ``<｜tool▁call▁begin｜>`` (DeepSeek), ``<|tool_call_begin|>`` (Kimi K2),
``<|START_ACTION|>`` (Command A), ``Action:``/``Action Input:`` (ReAct). Each becomes the JSON
object that the others have for it.
"""

from __future__ import annotations

import re

from codeie.diagnostics import Code, Severity
from codeie.introspection import FieldSpec, Kind
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Problem, Taken, kept, spliced
from codeie.parsing.unwrap.tree import trees

__all__ = ["read_tool_tags"]

_NAME = r"[^\W\d][\w.:-]{0,99}"
_PARAMETER = re.compile(
    r"""<(?:parameter|param|arg|argument)(?:=|\s+name\s*=\s*)["']?(?P<key>[^"'<>\n]{1,99}?)["']?"""
    r"""(?:\s[^<>\n]{0,80})?>(?P<value>(?:(?!<[/\\]?(?:parameter|param|arg|argument)\b).)*+)"""
    r"(?:</(?:parameter|param|arg|argument)>)?|<arg_key>(?P<gkey>[^<>]{1,99})</arg_key>\s*"
    r"<arg_value>(?P<gvalue>(?:(?!</?arg_).)*+)(?:</arg_value>)?",
    re.DOTALL,
)
_NAMED = compiled(
    rf"""<function=["']?(?P<a>{_NAME})["']?>|<invoke\s+name=["'](?P<b>{_NAME})["']\s*>"""
    rf"""|<function\s+name=["'](?P<c>{_NAME})["']\s*>|<tool_call>\s*(?P<d>{_NAME})\s*(?=<arg_key>)"""
    rf"""|<｜tool▁call▁begin｜>(?:function<｜tool▁sep｜>)?(?P<e>{_NAME})(?:<｜tool▁sep｜>)?"""
    rf"""|<\|tool_call_begin\|>\s*(?:functions\.)?(?P<f>[^\W\d]\w{{0,99}})(?::\d+)?\s*"""
    r"""<\|tool_call_argument_begin\|>"""
    rf"""|\[TOOL_CALLS\]\s*(?P<g>{_NAME})(?:\[CALL_ID\][^\[\]]{{0,99}})?\[ARGS\]"""
    rf"""|(?:^|\n)[ \t]*Action:[ \t]*(?P<h>{_NAME})[ \t]*\n[ \t]*Action[ _]Input:"""
)
_END = re.compile(
    r"</(?:function|invoke|tool_call)>|<｜tool▁call▁end｜>|<\|tool_call_end\|>|\[TOOL_CALLS\]"
    r"|<\|tool_calls_section_end\|>|<｜tool▁calls▁end｜>|(?:^|\n)[ \t]*(?:Action|Observation):"
    r"|<function[= ]|<invoke\s|<｜tool▁call▁begin｜>|<\|tool_call_begin\|>|<(?:tool_call)>"
)
_MARKER = compiled(
    r"</?(?:tool_calls?|function_calls?|functioncall|tool_use|tools|\w{1,20}:(?:tool_call|"
    r"function_calls))>|\[/?TOOL_CALLS\]|<\|python_(?:tag|start|end)\|>|<\|/?tool_calls?\|>"
    r"|<｜tool▁calls▁(?:begin|end)｜>|<\|tool_calls_section_(?:begin|end)\|>"
    r"|<\|(?:START|END)_ACTION\|>|<\|action_(?:start|end)\|>|<\|plugin\|>|</function>|</invoke>"
    r"|<\|(?:eom_id|eot_id)\|>(?=\s*$)"
)
_OBJECT = compiled(r"\s*+(?:```\w*\s*+)?(?=[{\[])")
_FENCE = re.compile(r"\s*+```")
_CLOSED = tuple(f"</{one}>" for one in ("parameter", "param", "arg", "argument", "arg_value"))
_VALUE = re.compile(
    r'-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[\[{"].*[\]}"]', re.DOTALL
)


def read_tool_tags(text: str, names: Names) -> Taken | None:
    """Take the tags off, and write what they name into the object that they hold.

    Args:
        text: The answer.
        names: The classes.
    """
    if not any(
        sign in text
        for sign in (
            "tool",
            "<function",
            "<invoke",
            "TOOL_CALLS",
            "python_",
            "Action",
            "_ACTION|",
            "<|action",
        )
    ):
        return None
    what = "the tags of tool calls were taken off"
    literals = Literals(text)
    changes: list[tuple[int, int, list[Piece]]] = []
    problems: list[Problem] = []
    position = 0
    while (head := _NAMED.search(text, position)) is not None:
        position = head.end()
        if literals.hold(head.start()):
            continue
        name = next(one for one in head.groups() if one is not None)
        ended = _END.search(text, position)
        end = ended.start() if ended is not None else len(text)
        pieces, doubt = _object(text, name, position, end, names)
        changes.append((head.start(), end, pieces))
        if doubt:
            message = "the end of the call is missing; arguments may be, too"
            problems.append(
                Problem(Code.UNTERMINATED, message, head.start(), end, Severity.WARNING)
            )
        position = end
    if changes:
        return Taken(spliced(text, changes), what, changes[0][0], changes[-1][1], problems=problems)
    marks = list(literals.outside(_MARKER.finditer(text)))
    if not marks or (len(marks) == 1 and marks[0].group().startswith("</")):
        return None
    separators = [(one.start(), one.end(), [Piece("\n", one.start(), one.end())]) for one in marks]
    return Taken(spliced(text, separators), what, marks[0].start(), marks[-1].end())


def _object(text: str, name: str, start: int, end: int, names: Names) -> tuple[list[Piece], bool]:
    """The JSON object of a call whose name and arguments stand apart.

    Returns:
        Its pieces, and whether it is whole only if nothing more was to come.
    """
    opening = Piece(f'\n{{"name": "{name}", "arguments": ', start, start)
    whole = _OBJECT.match(text, start, end)
    if whole is not None:
        begin = whole.end()
        node = next(trees(text[begin:end]), None)
        if node is None or not node.whole or node.start > 0:
            return [opening, kept(text, begin, end)], False
        stop = begin + node.end
        rest = _FENCE.match(text, stop, end) if "```" in whole.group() else None
        after = kept(text, rest.end() if rest is not None else stop, end)
        return [opening, kept(text, begin, stop), Piece("}\n", stop, stop), after], False
    spec = names.class_of(name)
    pieces = [opening, Piece("{", start, start)]
    cut = False
    for index, found in enumerate(_PARAMETER.finditer(text, start, end)):
        form = "" if found["key"] is not None else "g"
        if index:
            pieces.append(Piece(", ", found.start(), found.start()))
        key = found[f"{form}key"].strip()
        pieces.append(Piece(f"{_quoted(key)}: ", *found.span(f"{form}key")))
        field = spec.field(key) if spec is not None else None
        value = _value(text, *found.span(f"{form}value"), _is_text(field))
        cut = end == len(text) and not found.group().endswith(_CLOSED)
        pieces.append(Piece(value.text.rstrip('"'), value.start, value.end) if cut else value)
    if not cut:
        pieces.append(Piece("}}\n", end, end))
    return pieces, end == len(text) and not cut


def _is_text(field: FieldSpec | None) -> bool:
    return field is not None and field.type.kind is Kind.STR


def _value(text: str, start: int, end: int, is_text: bool) -> Piece:
    raw = text[start:end]
    said = raw.strip()
    start += len(raw) - len(raw.lstrip())
    end = start + len(said)
    if not is_text and _VALUE.fullmatch(said) is not None:
        return Piece(said, start, end)
    if is_text and len(said) > 1 and said[0] == said[-1] == '"' and '"' not in said[1:-1]:
        return Piece(said, start, end)
    return Piece(_quoted(said), start, end)


def _quoted(said: str) -> str:
    """A string of JSON."""
    escaped = said.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'
