"""Channels of OpenAI's Harmony format, which gpt-oss models write.

``<|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…<|return|>``:
only ``final`` is meant for the user. ``commentary to=functions.Person`` calls a tool. Servers
that drop special tokens when decoding leave ``analysis…assistantfinal…``.
https://cookbook.openai.com/articles/openai-harmony
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeie.diagnostics import Code
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Problem, Taken, kept

__all__ = ["read_harmony"]

_TOKEN = re.compile(r"<\|(start|channel|message|end|return|call|constrain)\|>")
_MARKED = re.compile(r"<\|channel\|>|<\|message\|>")
_STRIPPED = compiled(
    r"(?<![a-z])assistant(?P<channel>final|analysis|commentary)"
    r"(?P<to>[ \t]{0,3}to=(?:functions\.)?(?P<tool>[^\W\d]\w{0,99})[ \t]{0,3}(?:code|json)?)?"
)
_HEAD = compiled(
    r"\s*+(?P<channel>analysis|commentary|final)(?=\S|\s)"
    r"(?P<to>[ \t]{0,3}to=(?:functions\.)?(?P<tool>[^\W\d]\w{0,99})[ \t]{0,3}(?:code|json)?)?"
)
_UNCLOSED = re.compile(r"\s*+analysis(?=[A-Z\"'])")
_TOOL = compiled(r"to=(?:functions\.)?([^\W\d][\w.]{0,99})")


@dataclass(frozen=True, slots=True)
class _Message:
    """A message: its channel, the tool it is sent to, and where its body is."""

    channel: str
    tool: str
    start: int
    end: int


def read_harmony(text: str, names: Names) -> Taken | None:
    """Keep the last message of the channel ``final``, or else the calls of tools.

    Args:
        text: The answer.
        names: The classes.
    """
    marked = "<|" in text and _MARKED.search(text) is not None
    messages = _marked(text) if marked else _stripped(text)
    if not messages:
        return None
    first, last = messages[0], messages[-1]
    calls = [one for one in messages if one.tool and names.class_of(one.tool) is not None]
    final = [one for one in messages if one.channel == "final"]
    if final and (not calls or _has_code(text, final[-1], names)):
        what = "the answer stands in Harmony channels; only the last message in final was read"
        pieces = [kept(text, final[-1].start, final[-1].end)]
        return Taken(pieces, what, 0, len(text))
    if calls:
        what = "the answer stands in Harmony channels; the calls of tools were read"
        return Taken([piece for one in calls for piece in _call(text, one)], what, 0, len(text))
    what = "the answer stands in Harmony channels, and ends before the channel final"
    message = f"{what}; nothing of it is read"
    unfinished = Problem(Code.UNTERMINATED, message, first.start, last.end)
    return Taken([], what, 0, len(text), problems=[unfinished])


def _has_code(text: str, message: _Message, names: Names) -> bool:
    body = text[message.start : message.end]
    return names.call.search(body) is not None or "{" in body or "[" in body


def _marked(text: str) -> list[_Message]:
    literals = Literals(text) if '"' in text or "'" in text else None
    tokens = [
        one
        for one in _TOKEN.finditer(text)
        if literals is None or one[1] != "channel" or not literals.hold(one.start())
    ]
    messages: list[_Message] = []
    head, channel, body = 0, "", -1
    for token in tokens:
        if body >= 0 and token[1] != "constrain" and token[1] != "message":
            messages.append(_Message(channel, _tool(text[head:body]), body, token.start()))
            body, channel = -1, ""
        if token[1] == "channel":
            head = token.end()
            channel = next(iter(text[head : head + 40].split()), "").partition("<")[0]
        elif token[1] == "start":
            head, channel = token.end(), ""
        elif token[1] == "message" and body < 0:
            if not channel and not messages and not text[: token.start()].strip():
                channel = "final"
            body = token.end()
    if body >= 0:
        messages.append(_Message(channel, _tool(text[head:body]), body, len(text)))
    return messages if any(one.channel for one in messages) else []


def _tool(head: str) -> str:
    found = _TOOL.search(head[:300])
    return found[1] if found is not None else ""


def _stripped(text: str) -> list[_Message]:
    literals = Literals(text) if "assistant" in text else None
    found = list(literals.outside(_STRIPPED.finditer(text))) if literals is not None else []
    head = _HEAD.match(text)
    if not found:
        if (unclosed := _UNCLOSED.match(text)) is not None:
            return [_Message("analysis", "", unclosed.end(), len(text))]
        if head is not None and head["channel"] == "commentary" and head["to"]:
            return [_Message("commentary", head["tool"], head.end(), len(text))]
        if head is not None and head["channel"] == "final" and text[head.end()] in "[<`":
            return [_Message("final", "", head.end(), len(text))]
        return []
    before = head if head is not None and head.end() <= found[0].start() else None
    heads = [one for one in (before, *found) if one is not None]
    if before is None and text[: found[0].start()].strip():
        messages = [_Message("analysis", "", 0, found[0].start())]
    else:
        messages = []
    ends = [one.start() for one in heads[1:]] + [len(text)]
    for one, end in zip(heads, ends, strict=True):
        messages.append(_Message(one["channel"], one["tool"] or "", one.end(), end))
    return messages


def _call(text: str, message: _Message) -> list[Piece]:
    """The call of a tool in the form that other providers have for it."""
    start, end = message.start, message.end
    return [
        Piece(f'\n{{"name": "{message.tool}", "arguments": ', start, start),
        kept(text, start, end),
        Piece("}\n", end, end),
    ]
