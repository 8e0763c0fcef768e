"""Tags that say which part of an answer counts.

Prompts ask for ``<answer>…</answer>``, ``<final>`` or ``<output>`` (DeepSeek R1's training, many
chats); Sky-T1 and OpenThinker write ``<|begin_of_solution|>``, Command A ``<|START_RESPONSE|>``.
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Taken, kept

__all__ = ["read_answer_tags"]

_WORDS = (
    r"answer|final|final_?answer|final_?output|final_?response|output|response|result|results|"
    r"solution|extraction|extractions|extracted|entities"
)
_TAG = re.compile(
    rf"<(?i:(?P<open>{_WORDS})>|/(?P<close>{_WORDS})>"
    r"|(?P<begin>\|begin_of_solution\|>|\|START_RESPONSE\|>|\|begin_of_box\|>)"
    r"|(?P<stop>\|end_of_solution\|>|\|END_RESPONSE\|>|\|end_of_box\|>))"
)


def read_answer_tags(text: str, names: Names) -> Taken | None:
    """Keep what stands between the tags; without a closing one, all that follows.

    Args:
        text: The answer.
        names: The classes; a tag that is one of them holds data.
    """
    if _TAG.search(text) is None:
        return None
    pieces = []
    opened: re.Match[str] | None = None
    first = last = -1
    for tag in Literals(text).outside(_TAG.finditer(text)):
        word = tag["open"] or tag["close"]
        if word and names.class_of(word) is not None:
            continue
        if tag["open"] or tag["begin"]:
            opened = tag  # the last opening one counts: prose speaks of the tag before it
            first = tag.start() if first < 0 else first
        elif opened is not None:
            pieces.append(kept(text, opened.end(), tag.start()))
            opened, last = None, tag.end()
        elif not pieces and not text[tag.end() :].strip():
            pieces.append(kept(text, 0, tag.start()))  # the prompt wrote the opening one
            first, last = tag.start(), tag.end()
    if opened is not None and (not pieces or names.call.search(text, opened.end()) is not None):
        pieces.append(kept(text, opened.end(), len(text)))
        last = len(text)
    if not pieces:
        return None
    parts = [kept("\n", 0, 1), *pieces] if len(pieces) > 1 else pieces
    return Taken(parts, "only what the answer's tags enclose was read", first, last)
