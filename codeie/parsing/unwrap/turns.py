"""Heads of turns that chat templates write before an answer.

``<|im_start|>assistant`` (ChatML), ``<|start_header_id|>assistant<|end_header_id|>`` (Llama 3),
``<start_of_turn>model`` (Gemma), ``[/INST]`` (Mistral), ``<|assistant|>`` (Phi, Zephyr),
``<｜Assistant｜>`` (DeepSeek). A server that repeats its prompt writes the user's turn, too.
"""

from __future__ import annotations

import re

from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Taken, kept

__all__ = ["read_turns"]

_BEGIN = re.compile(
    r"\s*+(?:<s>|<bos>|<\|begin_of_text\|>|<｜begin▁of▁sentence｜>)?\s*+"
    r"(?:<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<\|turn>|\[INST\]|<s>\[INST\]"
    r"|<\|(?:assistant|user|system)\|>|<｜(?:Assistant|User)｜>|<\|START_OF_TURN_TOKEN\|>)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"<\|im_start\|>\s{0,2}assistant\s|<\|start_header_id\|>\s{0,2}assistant\s{0,2}"
    r"<\|end_header_id\|>|<start_of_turn>model\b|<\|turn>model\b|\[/INST\]|<\|assistant\|>"
    r"|<｜Assistant｜>|<\|START_OF_TURN_TOKEN\|><\|CHATBOT_TOKEN\|>",
    re.IGNORECASE,
)
_END = re.compile(r"(?:<\|im_end\|>|<\|eot_id\|>|</s>|<end_of_turn>|<turn\|>)\s*+\Z")


def read_turns(text: str, names: Names) -> Taken | None:
    """Keep what follows the first head of the model's turn, if the answer begins with a head.

    Args:
        text: The answer.
        names: Not needed.
    """
    del names
    begin = _BEGIN.match(text)
    answer = _ANSWER.search(text) if begin is not None else None
    if answer is None:
        return None
    closed = _END.search(text, answer.end())
    pieces = [kept(text, answer.end(), closed.start() if closed is not None else len(text))]
    return Taken(pieces, "the heads of the chat's turns were taken off", 0, answer.end())
