"""Calls of tools and extractions as JSON, as the providers' programming interfaces give them.

OpenAI (``{"type": "function", "function": {"name", "arguments": "…"}}``, ``tool_calls``),
Anthropic (``{"type": "tool_use", "name", "input"}``), Gemini (``{"functionCall": {"name",
"args"}}``), Bedrock (``toolUse``), Hermes, Llama and Qwen (``{"name", "arguments"}`` or
``"parameters"``), Cohere (``{"tool_name", "parameters"}``); langextract's ``extractions``; objects
whose keys are classes. Damaged and cut ones are read as far as they are whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Problem, Taken, spliced
from codeie.parsing.unwrap.records import Finder
from codeie.parsing.unwrap.tree import trees
from codeie.parsing.unwrap.write import Value, written

__all__ = ["listed", "read_objects"]


def read_objects(text: str, names: Names) -> Taken | None:
    """Write calls and extractions as the code that they mean.

    Args:
        text: The answer.
        names: The classes.
    """
    sign = compiled(
        r"""["'](?:arguments|parameters|args|input|params|kwargs|tool_input|action_input|toolInput"""
        r"""|tool_args|extraction_class|attributes|properties|start|end|start_\w{3,9}|confidence"""
        r"""|score|offsets?|id|index|ner|entity_group|entity_class|span_text|word|surface|phrase"""
        rf"""|{names.words}s?(?:_attributes)?)\\*["']\s*:"""
    )
    if sign.search(text) is None:
        return None
    changes: list[tuple[int, int, list[Piece]]] = []
    problems: list[Problem] = []
    for node in trees(text):
        found = Finder(text, names)
        if not found.look(node) or not found.new:
            continue
        pieces = listed(found.items, names, node.start, node.end, brackets=node.alone)
        changes.append((node.start, node.end, pieces))
        problems += found.problems
    if not changes:
        return None
    what = "calls of tools or extractions in JSON were read as if they were code"
    return Taken(spliced(text, changes), what, changes[0][0], changes[-1][1], problems=problems)


def listed(
    items: Sequence[Value], names: Names, start: int, end: int, *, brackets: bool = True
) -> list[Piece]:
    """A list of items as code that stands for a stretch of the answer; a cut one stays open."""
    pieces = [Piece("[", start, start)] if brackets else []
    for index, item in enumerate(items):
        if index:
            pieces.append(Piece(", ", item.start, item.start))
        pieces += written(item, None, names)
    if brackets and (not items or items[-1].whole):
        pieces.append(Piece("]", end, end))
    return pieces
