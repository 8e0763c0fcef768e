"""Making a prompt fit a model's context, by rules that are written down.

In this order, and each only as far as needed:

1. Demonstrations are dropped, the least similar to the text first; of equally similar ones
   the one shown first. An example made from the classes counts as one.
2. Candidates: each list keeps its first two.
3. Guidelines: each keeps its first sentence.
4. Candidates go altogether.

Never the text, never a class, never a field. What still does not fit is `PromptTooLong`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from codeie.introspection import ClassSpec
from codeie.prompting._choose import each_class
from codeie.prompting._style import Request

__all__ = ["Shortened", "shortened", "similarity"]

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W_a-z])")


@dataclass(frozen=True, slots=True)
class Shortened:
    """A request that asks for less.

    Args:
        request: What is left.
        done: What was done to it, in words.
    """

    request: Request
    done: str


def similarity(one: str, other: str) -> float:
    """How alike two texts are: the cosine of their counts of words, case folded.

    Returns:
        A number from 0 (no word in common) to 1.
    """
    first, second = _words(one), _words(other)
    shared = sum(count * second[word] for word, count in first.items())
    norms = math.sqrt(
        sum(count * count for count in first.values())
        * sum(count * count for count in second.values())
    )
    return shared / norms if norms else 0.0


def shortened(request: Request) -> Iterator[Shortened]:
    """Ever shorter versions of a request, without the whole one.

    Args:
        request: As it was made.
    """
    total = len(request.demonstrations)
    order = sorted(
        range(total),
        key=lambda index: similarity(request.demonstrations[index].text, request.text),
    )
    for count in range(1, total + 1):
        gone = set(order[:count])
        kept = tuple(one for index, one in enumerate(request.demonstrations) if index not in gone)
        request_now = replace(request, demonstrations=kept)
        yield Shortened(request_now, _left_out(request, f"{count} of {total}"))
    bare = replace(request, demonstrations=())
    done = [_left_out(request, f"all {total}")] if total else []
    for what, change in _CUTS:
        bare = replace(bare, schema=each_class(bare.schema, change))
        done.append(what)
        yield Shortened(bare, ", ".join(done))


def _left_out(request: Request, how_many: str) -> str:
    if any(one.made for one in request.demonstrations):
        return f"{how_many} examples made from the classes were left out"
    return f"{how_many} demonstrations were left out"


def _words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))


def _few_candidates(spec: ClassSpec) -> ClassSpec:
    fields = tuple(replace(f, candidates=f.candidates[:2]) for f in spec.fields)
    return replace(spec, candidates=spec.candidates[:2], fields=fields)


def _first_sentences(spec: ClassSpec) -> ClassSpec:
    fields = tuple(replace(f, guideline=_first_sentence(f.guideline)) for f in spec.fields)
    return replace(spec, guideline=_first_sentence(spec.guideline), fields=fields)


def _first_sentence(text: str) -> str:
    return _SENTENCE.split(text, maxsplit=1)[0]


def _no_candidates(spec: ClassSpec) -> ClassSpec:
    fields = tuple(replace(f, candidates=()) for f in spec.fields)
    return replace(spec, candidates=(), fields=fields)


_CUTS: tuple[tuple[str, Callable[[ClassSpec], ClassSpec]], ...] = (
    ("candidates cut to two a list", _few_candidates),
    ("guidelines cut to their first sentence", _first_sentences),
    ("candidates left out", _no_candidates),
)
