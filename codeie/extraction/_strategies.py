"""Strategies by name, as a command line has them: ``"vote(5),verify"``.

A small language of names, brackets and plain values, read by a reader of its own: nothing in it
is ever looked up but the names of strategies and of their arguments.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, Final

from codeie.errors import InputError, UnknownStyle
from codeie.extraction._exchange import Technique
from codeie.extraction.techniques import (
    Cascade,
    Continue,
    Decompose,
    Ensemble,
    Entail,
    Knowledge,
    Passes,
    Reask,
    Strategy,
    TwoStage,
    Verify,
    Vote,
    nested,
)
from codeie.introspection import near_names
from codeie.prompting import style_named

__all__ = ["as_technique", "strategy_named"]

_LONGEST = 2_000  # code points
_DEEPEST = 20  # brackets in each other

_KNOWN: Final[dict[str, type[Strategy]]] = {
    "vote": Vote,
    "ensemble": Ensemble,
    "passes": Passes,
    "verify": Verify,
    "entail": Entail,
    "reask": Reask,
    "continue": Continue,
    "two-stage": TwoStage,
    "decompose": Decompose,
    "cascade": Cascade,
    "knowledge": Knowledge,
}
_TOKEN = re.compile(
    r"""\s*(?:(?P<mark>[(),=\[\]])|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s(),=\[\]"']+))"""
)
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_WORDS: Final[dict[str, object]] = {"true": True, "false": False, "none": None}


def as_technique(strategy: object) -> Technique | None:
    """What an extractor is given as its strategy, as one technique; ``None`` for none.

    Raises:
        InputError: If it is no strategy, or there is none of that name.
    """
    match strategy:
        case None:
            return None
        case str():
            return strategy_named(strategy)
        case list() | tuple():
            techniques = [made for each in strategy if (made := as_technique(each)) is not None]
            return nested(techniques) if techniques else None
    if isinstance(strategy, type) or not callable(strategy):
        raise InputError(
            f"strategy takes a strategy such as Vote(5), a list of some, or their names, "
            f"'vote(5),verify'; got {strategy!r:.80}"
        )
    technique: Technique = strategy
    return technique


def strategy_named(text: str) -> Technique:
    """The strategy that a text names.

    Args:
        text: Names with their arguments in brackets, separated by commas, the first one
            innermost: ``"vote(5, temperature=0.5), verify(batch=true)"``.

    Raises:
        InputError: In one line, with the nearest known name, or what was expected where.

    Examples:
        >>> strategy_named("vote(5), verify")
        Verify(Vote(5))
        >>> strategy_named("cascade(vote(3), model=openai/gpt-5.2)").below
        0.7
    """
    if len(text) > _LONGEST:
        raise InputError(f"a strategy of {len(text):,} characters is none")
    reader = _Reader(text)
    found = [reader.strategy(0)]
    while reader.took(","):
        found.append(reader.strategy(0))
    if reader.more:
        raise reader.error("a comma or the end")
    return nested(found)


class _Reader:
    """Reads a strategy from left to right.

    Args:
        text: All of it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    @property
    def more(self) -> bool:
        """Whether anything is left but blanks."""
        return bool(self._text[self._at :].strip())

    def error(self, expected: str) -> InputError:
        """What was expected where."""
        rest = self._text[self._at :].strip()
        found = f"{rest[:20]!r}" if rest else "the end"
        return InputError(f"the strategy {self._text!r:.100}: expected {expected}, found {found}")

    def took(self, mark: str) -> bool:
        """Whether the next thing is that mark; then it is taken."""
        token = _TOKEN.match(self._text, self._at)
        if token is None or token["mark"] != mark:
            return False
        self._at = token.end()
        return True

    def strategy(self, depth: int) -> Strategy:
        """A name, with arguments in brackets or without."""
        name = self._word()
        if name is None:
            raise self.error("the name of a strategy")
        return self._made(name, depth)

    def _made(self, name: str, depth: int) -> Strategy:
        cls = _of_name(name)
        given: list[object] = []
        named: dict[str, object] = {}
        if self.took("(") and not self.took(")"):
            while True:
                self._argument(given, named, depth + 1)
                if self.took(")"):
                    break
                if not self.took(","):
                    raise self.error("a comma or a closing bracket")
        return _built(name, cls, given, named)

    def _argument(self, given: list[object], named: dict[str, object], depth: int) -> None:
        before = self._at
        key = self._word()
        if key is not None and self.took("="):
            if key.replace("-", "_") in named:
                raise InputError(f"the strategy {self._text!r:.100}: {key!r:.60} is given twice")
            named[key.replace("-", "_")] = self._value(depth)
            return
        self._at = before
        given.append(self._value(depth))

    def _value(self, depth: int) -> object:
        if depth > _DEEPEST:
            raise self.error(f"no more than {_DEEPEST} brackets in each other")
        if self.took("["):
            values: list[object] = []
            while not self.took("]"):
                values.append(self._value(depth + 1))
                if not self.took(",") and not self.took("]"):
                    raise self.error("a comma or a closing bracket")
                if self._text[self._at - 1] == "]":
                    break
            return values
        token = _TOKEN.match(self._text, self._at)
        if token is None or token["mark"] is not None:
            raise self.error("a value")
        self._at = token.end()
        if token["word"] is None:
            return token["double"] if token["double"] is not None else token["single"]
        word = token["word"]
        following = _TOKEN.match(self._text, self._at)
        if following is not None and following["mark"] == "(":
            return self._made(word, depth)
        if word.casefold() in _WORDS:
            return _WORDS[word.casefold()]
        if _NUMBER.fullmatch(word):
            return float(word) if "." in word else int(word)
        return word

    def _word(self) -> str | None:
        token = _TOKEN.match(self._text, self._at)
        if token is None or token["word"] is None:
            return None
        self._at = token.end()
        return token["word"]


def _of_name(name: str) -> type[Strategy]:
    plain = name.casefold().replace("_", "-")
    for known, cls in _KNOWN.items():
        if plain in (known, known.replace("-", "")):
            return cls
    near = near_names(plain, _KNOWN) or list(_KNOWN)
    raise InputError(f"there is no strategy {name!r:.60}; try {', '.join(near)}")


def _built(
    name: str, cls: type[Strategy], given: Sequence[object], named: dict[str, object]
) -> Strategy:
    known = [field.name for field in fields(cls) if field.init]  # type: ignore[arg-type]
    for key in named:
        if key not in known:
            near = near_names(key, known) or known
            raise InputError(f"{name} has no argument {key!r:.60}; try {', '.join(near)}")
    plain = [value for value in given if not isinstance(value, Strategy)]
    inner = [value for value in given if isinstance(value, Strategy)]
    if len(inner) > 1 or (inner and "of" in named):
        raise InputError(f"{name} is used on one strategy; put them in each other, or in a row")
    if inner:
        named = {**named, "of": inner[0]}
    if cls is Ensemble:
        plain, named = [], _members(plain, named)
    make: Callable[..., Strategy] = cls
    positions = [field for field in known if field != "of"]
    try:
        placed = dict(zip(positions, plain, strict=False))
        if twice := [key for key in placed if key in named]:
            raise TypeError(f"{twice[0]!r} is given twice")
        named = {**placed, **named}
        if len(plain) > len(positions):
            raise TypeError(f"it takes {len(positions)} at most")
        inspect.signature(make).bind(**named)
    except TypeError as error:
        raise InputError(f"the arguments of {name} do not fit: {error}") from None
    return make(**named)


def _members(given: Sequence[object], named: dict[str, object]) -> dict[str, Any]:
    """The members of an ensemble: each word is a style if there is one of that name, or a model."""
    found: dict[str, Any] = dict(named)
    for key in ("styles", "models"):
        value = found.get(key, [])
        found[key] = list(value) if isinstance(value, list) else [value]
    for value in given:
        if not isinstance(value, str):
            raise InputError(f"the members of an ensemble are styles and models, got {value!r:.60}")
        if "/" in value or value.split(":")[0] == "local":
            found["models"].append(value)
            continue
        try:
            found["styles"].append(str(style_named(value)))
        except UnknownStyle as error:
            raise InputError(f"ensemble: {error}") from None
    return found
