"""All neighbouring chunks of a text as an automaton whose size is linear in the text.

The suffix automaton (Blumer et al. 1985, The Smallest Automaton Recognizing the Subwords of a
Text), over chunks in place of letters: at most two states and three steps for each chunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from codeie.errors import GrammarTooLarge
from codeie.grammars.nodes import Substring

__all__ = ["Automaton", "automaton_of"]

_MOST_STATES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Automaton:
    """What may follow what.

    Args:
        steps: For each state, where each chunk leads; state 0 is before the first.
        blank: The chunks that are white space, with which nothing begins or ends.
    """

    steps: tuple[dict[str, int], ...]
    blank: frozenset[str]


@lru_cache(maxsize=8)
def automaton_of(substring: Substring) -> Automaton:
    """The automaton of a text's chunks.

    Raises:
        GrammarTooLarge: If a bound on the length makes it more than can be handled.
    """
    blank = frozenset(
        chunk for chunk, is_blank in zip(substring.chunks, substring.blank, strict=True) if is_blank
    )
    steps = _suffixes(substring.chunks)
    steps[0] = {chunk: state for chunk, state in steps[0].items() if chunk not in blank}
    if substring.most is not None:
        steps = _bounded(steps, substring.most)
    _prune(steps, blank)
    return Automaton(tuple(steps), blank)


def _bounded(steps: list[dict[str, int]], most: int) -> list[dict[str, int]]:
    """The same for so many code points at most: a state for each state and length."""
    numbers = {(0, 0): 0}
    todo, bounded = [(0, 0)], list[dict[str, int]]()
    while len(bounded) < len(todo):
        state, length = todo[len(bounded)]
        here: dict[str, int] = {}
        for chunk, target in steps[state].items():
            reached = (target, length + len(chunk))
            if reached[1] > most:
                continue
            if reached not in numbers:
                numbers[reached] = len(todo)
                todo.append(reached)
            here[chunk] = numbers[reached]
        bounded.append(here)
        if len(todo) > _MOST_STATES:
            raise GrammarTooLarge(
                f"its parts of up to {most} characters take more than {_MOST_STATES:,} states"
            )
    return bounded


def _prune(steps: list[dict[str, int]], blank: frozenset[str]) -> None:
    """Leave out white space that no word follows."""
    found = True
    while found:
        found = False
        for here in steps:
            dead = [chunk for chunk in here.keys() & blank if not steps[here[chunk]]]
            for chunk in dead:
                del here[chunk]
            found = found or bool(dead)


def _suffixes(chunks: tuple[str, ...]) -> list[dict[str, int]]:
    steps: list[dict[str, int]] = [{}]
    links, lengths = [-1], [0]
    last = 0
    for chunk in chunks:
        new = len(steps)
        steps.append({})
        links.append(0)
        lengths.append(lengths[last] + 1)
        state = last
        while state >= 0 and chunk not in steps[state]:
            steps[state][chunk] = new
            state = links[state]
        if state >= 0:
            target = steps[state][chunk]
            if lengths[target] == lengths[state] + 1:
                links[new] = target
            else:
                copy = len(steps)
                steps.append(dict(steps[target]))
                links.append(links[target])
                lengths.append(lengths[state] + 1)
                while state >= 0 and steps[state].get(chunk) == target:
                    steps[state][chunk] = copy
                    state = links[state]
                links[target] = links[new] = copy
        last = new
    return steps
