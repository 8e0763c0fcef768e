"""A provider's whole response, handed on instead of the text in it.

``{"choices": [{"message": {"content": "…"}}]}`` (OpenAI and all that are like it), ``{"content":
[{"type": "text", "text": "…"}]}`` (Anthropic), ``{"candidates": [{"content": {"parts": [{"text":
"…"}]}}]}`` (Gemini), ``{"response": "…"}`` (Ollama), ``{"code": "…"}`` (answers as a JSON object,
and calls of a code tool), ``{"generated_text": "…"}`` (TGI); events of a stream, one a line.
"""

from __future__ import annotations

import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.json_strings import unescaped
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, kept
from codeie.parsing.unwrap.tree import Node, trees

__all__ = ["read_envelope"]

_KEYS = (
    *("content", "text", "code", "answer", "output", "result", "results", "response", "python"),
    *("completion", "generated_text", "output_text", "message", "final", "final_answer"),
    *("extraction", "extractions", "script", "source", "body", "data", "value"),
)
_BEGIN = compiled(r"\s*+(?:```\w*\s*+)?(?:(?:data:|event:[^\n]*\n)\s*+)*[\[{]")
_SIGN = re.compile(rf'"(?:{"|".join(_KEYS)})"\s*:\s*"')


def read_envelope(text: str, names: Names) -> Taken | None:
    """Keep the strings of a response that hold code.

    Args:
        text: The answer.
        names: The classes.
    """
    if _BEGIN.match(text) is None or _SIGN.search(text) is None:
        return None
    strings: list[Node] = []
    first = last = -1
    for node in trees(text):
        _collect(node, strings)
        first, last = node.start if first < 0 else first, node.end
    streamed = "data:" in text[: first + 1] if first >= 0 else False
    joined = "".join(one.text for one in strings)
    if not strings or not _is_code(joined, names):
        return None
    if not streamed:
        strings = [one for one in strings if _is_code(one.text, names)]
    pieces: list[Piece] = []
    for string in strings:
        if pieces and not streamed:
            pieces.append(Piece("\n", string.start, string.start))
        pieces += unescaped(text, string.start + 1, string.end - (1 if string.whole else 0))
    if first > 0 and not streamed:
        pieces.insert(0, kept(text, 0, first))
    what = "the answer is a provider's response in JSON; the text in it was read"
    return Taken(pieces, what, max(first, 0), max(last, 0))


def _collect(root: Node, strings: list[Node]) -> None:
    """The strings under keys that hold answers, in order."""
    pending = [root]
    while pending:
        node = pending.pop()
        pending += reversed(node.items)
        for key, value in reversed(node.pairs):
            if value.kind == "string":
                if key.text in _KEYS:
                    pending.append(value)
            else:
                pending.append(value)
        if node.kind == "string" and node is not root:
            strings.append(node)


def _is_code(said: str, names: Names) -> bool:
    head = said.strip()
    if head in ("[]", "result = []", "None"):
        return True
    return names.call.search(said) is not None or head[:1] in ("{", "[") or "```" in said
