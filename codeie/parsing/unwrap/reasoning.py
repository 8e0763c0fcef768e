"""Reasoning that models write before they answer, between tags that servers fail to take off.

``<think>`` (DeepSeek R1, Qwen 3 and most others), ``<thinking>`` and ``<reflection>`` (prompts of
many chats), ``[THINK]`` (Magistral), ``<|begin_of_thought|>`` (Sky-T1, OpenThinker),
``<seed:think>`` (Seed-OSS), ``◁think▷`` (Kimi), ``<|START_THINKING|>`` (Command A),
``<|channel>thought`` (Gemma 4), ``<unused94>thought`` (MedGemma). Templates that write the opening
tag themselves leave only the closing one in the answer.
"""

from __future__ import annotations

import re

from codeie.diagnostics import Code
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Problem, Taken, kept

__all__ = ["OPENING", "TAG", "read_reasoning"]

_WORDS = (
    r"think(?:ing)?(?:_process|_block)?|thoughts?|reason(?:ing)?|rationale|reflect(?:ion)?|"
    r"scratch_?pad|analysis|chain_of_thought|cot|inner_(?:monologue|thoughts?)|planning|"
    r"seed:think|antml:thinking|antthinking|seed:cot_budget_reflect"
)
# Each begins with a plain character, as then a search for it is quick.
_OPEN = (
    rf"<(?i:\s?(?:{_WORDS})(?:\s[^<>\n]{{0,80}})?>|\|begin_of_thought\|>|\|START_THINKING\|>"
    r"|\|(?:think|thinking|thought)\|>|\|channel>thought|unused94>(?:thought)?)"
    r"|\[THINK\]|◁think▷"
)
_CLOSE = (
    rf"<(?i:\s?[/\\]\s?(?:{_WORDS})\s?(?:>|(?=\s)|$)|\|end_of_thought\|>|\|END_THINKING\|>"
    r"|\|/(?:think|thinking|thought)\|>|channel\|>|unused95>)|\[/THINK\]|◁/think▷"
)
OPENING = re.compile(rf"\s*+(?:{_OPEN})")
"""A tag with which reasoning begins, at the beginning of an answer."""
TAG = re.compile(rf"(?P<open>{_OPEN})|(?P<close>{_CLOSE})")
"""Either tag."""
_SIGN = compiled(r"[<◁](?:[\s|/\\]{0,4}[A-Za-z/]\w{2})")
_ANSWER = re.compile(
    r"<(?:answer|final|final_answer|output|response|result|solution)>|<\|begin_of_solution\|>"
    r"|(?:^|\n)[ \t*#]{0,8}final answer\b",
    re.IGNORECASE,
)


def read_reasoning(text: str, names: Names) -> Taken | None:
    """Take off all reasoning; what is left open reaches to the end, or to a tag of the answer.

    Args:
        text: The answer.
        names: Not needed.
    """
    del names
    if ("THINK]" not in text and _SIGN.search(text) is None) or TAG.search(text) is None:
        return None
    literals = Literals(text)
    tags = list(literals.outside(TAG.finditer(text)))
    if not tags:
        return None
    if tags[-1]["open"] and len(tags) > 1 and not any(tag["close"] for tag in tags):
        return _closed_by_opening(text, tags)
    pieces, position, depth, opened = [], 0, 0, 0
    unopened = False
    for tag in tags:
        if tag["open"]:
            if depth == 0:
                pieces.append(kept(text, position, tag.start()))
                opened = tag.start()
            depth += 1
            continue
        if depth == 0:
            pieces.clear()  # all that came before was reasoning, its opening is missing
            unopened = True
        depth = max(0, depth - 1)
        position = tag.end()
    what = "the model's reasoning was taken off"
    if depth == 0:
        pieces.append(kept(text, position, len(text)))
        return Taken(pieces, what, tags[0].start(), tags[-1].end(), withdrawn=unopened)
    last = max((tag.end() for tag in tags if tag["close"]), default=-1)
    if last > opened:  # one closing tag ends all that are open
        pieces.append(kept(text, last, len(text)))
        return Taken(pieces, what, tags[0].start(), last, withdrawn=unopened)
    answer = _ANSWER.search(text, opened)
    if answer is not None:
        pieces.append(kept(text, answer.start(), len(text)))
        return Taken(pieces, f"{what}; its end is not marked", opened, answer.start())
    message = "the answer ends inside the model's thinking; nothing of it is read"
    problem = Problem(Code.UNTERMINATED, message, opened, opened + 1)
    return Taken(pieces, what, opened, len(text), problems=[problem])


def _closed_by_opening(text: str, tags: list[re.Match[str]]) -> Taken:
    """The opening tag written again where the closing one was meant."""
    pieces = [kept(text, 0, tags[0].start()), kept(text, tags[-1].end(), len(text))]
    what = "the model's reasoning was taken off; it ends with its opening tag"
    return Taken(pieces, what, tags[0].start(), tags[-1].end())
