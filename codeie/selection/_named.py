"""Selectors by their names, as the command line has them: ``bm25:8``, ``random:1500tokens``.

``bm25:8,negatives=1`` shows one of which nothing is asked for among the eight.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Final, TypedDict

from codeie.errors import InputError
from codeie.selection._composed import Covering, Diverse
from codeie.selection._drawn import Fixed, PerType, Random
from codeie.selection._nearest import BM25, Anonymised, ByEmbedding, ByEntity, ByRelation
from codeie.selection._pool import Examples
from codeie.selection._selector import Selector

__all__ = ["SELECTORS", "parsed_name", "selector_named"]


class _Bounds(TypedDict, total=False):
    k: int | None
    tokens: int | None
    negatives: int | None


_CANDIDATES: Final = 4
"""Candidates for each place, of which different ones are taken."""


def _diverse(examples: Examples, seed: int, bounds: _Bounds) -> Selector:  # noqa: ARG001
    k = bounds.get("k", 8)
    return Diverse(BM25(examples, k=32 if k is None else _CANDIDATES * k), **bounds)


_MADE: Final[dict[str, Callable[[Examples, int, _Bounds], Selector]]] = {
    "fixed": lambda examples, _, bounds: Fixed(examples, **bounds),
    "random": lambda examples, seed, bounds: Random(examples, seed=seed, **bounds),
    "per-type": lambda examples, seed, bounds: PerType(examples, seed=seed, **bounds),
    "bm25": lambda examples, _, bounds: BM25(examples, **bounds),
    "embedding": lambda examples, _, bounds: ByEmbedding(examples, **bounds),
    "anonymised": lambda examples, _, bounds: Anonymised(examples, **bounds),
    "entity": lambda examples, _, bounds: ByEntity(examples, **bounds),
    "relation": lambda examples, _, bounds: ByRelation(examples, **bounds),
    "diverse": _diverse,
    "covering": lambda examples, _, bounds: Covering(BM25(examples), **bounds),
}

SELECTORS: Final = tuple(_MADE)
"""The names of the selectors that have one."""

_NAME: Final = re.compile(
    r"(?P<name>[\w-]+)(?::(?P<count>[1-9][0-9]{0,6})(?P<tokens>tokens)?)?"
    r"(?:,negatives=(?P<negatives>[0-9]{1,7}))?"
)


def parsed_name(name: str) -> tuple[str, _Bounds]:
    """What a selector's name says: which it is, and how many demonstrations or tokens.

    Raises:
        InputError: If there is no such selector; the message holds the nearest name.
    """
    found = _NAME.fullmatch(name.strip())
    kind = found["name"] if found is not None else re.split("[:,]", name.strip())[0]
    if kind not in _MADE:
        near = difflib.get_close_matches(kind, _MADE, n=1, cutoff=0.4)
        meant = f"did you mean {near[0]!r}? " if near else ""
        raise InputError(f"there is no selector {kind!r}; {meant}There are {', '.join(SELECTORS)}")
    if found is None:
        raise InputError(
            f"selector {name!r}: write {kind}:8, {kind}:1500tokens or {kind}:8,negatives=1"
        )
    bounds: _Bounds = {}
    if found["count"] is not None:
        number = int(found["count"])
        bounds = {"k": None, "tokens": number} if found["tokens"] else {"k": number}
    if found["negatives"] is not None:
        bounds["negatives"] = int(found["negatives"])
    return kind, bounds


def selector_named(name: str, examples: Examples, *, seed: int = 1) -> Selector:
    """A selector by its name, with how many demonstrations or tokens after a colon.

    Args:
        name: One of `SELECTORS`, such as ``"bm25:8"``, ``"covering:1500tokens"`` or
            ``"bm25:8,negatives=1"``.
        examples: What it chooses from.
        seed: Of those that draw by chance.

    Raises:
        InputError: If there is no such selector, or the examples cannot be used.
        MissingExtra: If a package that it needs is not installed.

    Examples:
        >>> selector_named("bm24:8", [("Ann left.", [])])
        Traceback (most recent call last):
        ...
        codeie.errors.InputError: there is no selector 'bm24'; did you mean 'bm25'? There are fixed, random, per-type, bm25, embedding, anonymised, entity, relation, diverse, covering
    """
    kind, bounds = parsed_name(name)
    return _MADE[kind](examples, seed, bounds)
