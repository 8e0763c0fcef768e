"""How likely each token of an answer was to the model that wrote it.

Providers give tokens as texts or bytes with natural log-probabilities, and no places. Here they
are laid along the answer; where that cannot be done for sure, there is no number.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from codeie.clients._payload import at, text_at
from codeie.viewable import Outlined

__all__ = ["LIKELIEST", "Logprobs", "Token", "along", "entries_of", "tokens_of"]

_MOST: Final = 100_000
"""Tokens of an answer that are looked at; no answer has more."""
_SLACK: Final = 1e-4  # of single precision: the log of a probability of 1 may come as 0.00001


@dataclass(frozen=True, slots=True)
class Logprobs(Outlined):
    """The tokens of an answer with their log-probabilities.

    A token that ends inside a character counts as one with those that bring the rest of it.

    Args:
        start: Code points of the answer before the first token.
        ends: Where each token ends, in code points of the answer.
        values: The natural logarithm of each one's probability, after all that stands before
            it; ``None`` where it is not known.

    Examples:
        >>> known = Logprobs(0, (1, 4), (-0.5, -0.25))
        >>> known.of(0, 4), known.of(2, 3), known.of(4, 5)
        (-0.75, -0.25, None)
    """

    start: int
    ends: tuple[int, ...]
    values: tuple[float | None, ...]

    @property
    def total(self) -> float | None:
        """The logarithm of the whole answer's probability; ``None`` if a part is not known."""
        return _sum(self.values)

    def of(self, start: int, end: int) -> float | None:
        """The logarithm of the probability of all tokens that reach into a stretch.

        Args:
            start: Code points of the answer before it.
            end: Where it ends.

        Returns:
            The sum; ``None`` if a part of the stretch has no token, or one of which nothing is
            known.
        """
        if start < self.start or not self.ends or end > self.ends[-1] or end <= start:
            return None
        first, last = bisect_right(self.ends, start), bisect_left(self.ends, end)
        return _sum(self.values[first : last + 1])

    def between(self, start: int, end: int) -> Logprobs:
        """The same for a part of the answer, as if it were all of it."""
        begin = max(self.start, start)
        pairs = [
            (min(reached, end) - start, value)
            for before, reached, value in zip(
                (self.start, *self.ends), self.ends, self.values, strict=False
            )
            if reached > begin and before < end
        ]
        ends, values = zip(*pairs, strict=True) if pairs else ((), ())
        return Logprobs(begin - start, ends, values)


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None


@dataclass(frozen=True, slots=True)
class Token:
    """A token as a provider tells of it.

    Args:
        written: Its bytes.
        value: The natural logarithm of its probability; ``None`` where it is no such number.
        broken: Whether its bytes are not known, as it is a piece of a character.
    """

    written: bytes
    value: float | None
    broken: bool = False


LIKELIEST: Final = 5
"""How many of the likeliest tokens are asked for where providers want to be told a number."""


def entries_of(logprobs: object) -> list[object]:
    """What a piece of an answer tells of its tokens, so that pieces can be joined.

    Completions' lists side by side become objects as of Chat Completions.
    """
    if isinstance(logprobs, list):
        return logprobs
    listed = at(logprobs, "content")
    if isinstance(listed, list):
        return listed
    texts, values = at(logprobs, "tokens"), at(logprobs, "token_logprobs")
    if not (isinstance(texts, list) and isinstance(values, list) and len(texts) == len(values)):
        return []
    pairs = zip(texts, values, strict=True)
    return [{"token": text, "logprob": value} for text, value in pairs]


def tokens_of(logprobs: object) -> list[Token]:
    """The tokens in a provider's answer; none if it tells of none.

    Args:
        logprobs: The ``logprobs`` of a choice or a piece of text, in any of the forms there are:
            a list of objects, the same under ``content``, or Completions' lists side by side.
    """
    entries = entries_of(logprobs)[: _MOST + 1]
    tokens = [_token(entry) for entry in entries]
    held: list[int] = []  # tokens whose text llama.cpp held back, as it might have been a stop's
    for place, entry in enumerate(entries):
        if at(entry, "id") is not None and text_at(entry, "token") == "":
            held.append(place)
        elif held:
            _give_back(tokens, entries, [*held, place])
            held = []
    _give_back(tokens, entries, held)
    return tokens


def _give_back(tokens: list[Token], entries: Sequence[object], places: Sequence[int]) -> None:
    """Each token its own bytes, where llama.cpp gave the last one those of all.

    They are known of tokens that are among the likeliest. If one is not, they stay one piece.
    """
    own = [_own_bytes(entries[place]) for place in places]
    given = tokens[places[-1]].written if places else b""
    if None in own or (given and b"".join(one or b"" for one in own) != given):
        return
    for place, written in zip(places, own, strict=True):
        value = at(entries[place], "logprob")
        tokens[place] = Token(written or b"", _log(value))


def _own_bytes(entry: object) -> bytes | None:
    """The bytes of a token, found by its number among the likeliest."""
    number = at(entry, "id")
    found = [at(one, "bytes") for one in at(entry, "top_logprobs") or () if at(one, "id") == number]
    return _bytes(found[0]) if found else None


def _bytes(given: object) -> bytes | None:
    if isinstance(given, list) and all(type(one) is int and 0 <= one < 256 for one in given):
        return bytes(given)
    return None


def _token(entry: object) -> Token:
    value, given = at(entry, "logprob"), at(entry, "bytes")
    written = _bytes(given)
    if written is None:
        return _of_text(text_at(entry, "token"), value)
    if not written.isascii() and b"\xef\xbf\xbd" in written:
        return _of_text(text_at(entry, "token"), value)
    if not written.isascii() and _is_put_together(entry, written):
        value = None
    return Token(written, _log(value))


def _of_text(text: str, value: object) -> Token:
    broken = "\ufffd" in text
    return Token(b"" if broken else text.encode(errors="replace"), _log(value), broken)


def _is_put_together(entry: object, written: bytes) -> bool:
    """Whether llama.cpp made one of several tokens, and tells the probability of the last alone.

    It does so where a token ends inside a character. Tokens have numbers there, by which the
    last one is found among the likeliest, with the bytes of its own; if it is not among those,
    it is not known.
    """
    return at(entry, "id") is not None and _own_bytes(entry) != written


def _log(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value) or value > _SLACK:
        return None
    return min(0.0, float(value))


def along(text: str, tokens: Sequence[Token]) -> Logprobs | None:
    """Lay tokens along an answer.

    The answer may be a part of what they say: without reasoning, white space or a mark of the
    end. Tokens may also say only its end, where it repeats what the model was given, or only its
    beginning: llama.cpp leaves out as many tokens as its stop string has, however they were cut.

    Args:
        text: The answer.
        tokens: All tokens that the model wrote, in order.

    Returns:
        ``None`` if they do not say the answer.
    """
    if not text or not tokens or len(tokens) > _MOST:
        return None
    written = text.encode(errors="replace")
    pieces = list(_mended(tokens, written)) if any(one.broken for one in tokens) else tokens
    said = b"".join(piece.written for piece in pieces)
    before = _before(said, written)
    return None if before is None else _measured(text, pieces, before)


def _mended(tokens: Sequence[Token], written: bytes) -> Iterator[Token]:
    """The tokens, with broken ones and those around them as one, of the bytes that the answer has.

    Its bytes are a run of characters beyond ASCII, up to a token that begins within ASCII. Where
    it is not so, what comes out does not say the answer.
    """
    reached = 0
    waiting: list[Token] = []
    for token in [*tokens, None]:
        if token is not None and (token.broken or (waiting and token.written[:1] >= b"\x80")):
            waiting.append(token)
            continue
        if waiting:
            end = reached
            while end < len(written) and written[end] >= 0x80:
                end += 1
            yield Token(written[reached:end], _sum([one.value for one in waiting]))
            reached, waiting = end, []
        if token is not None:
            yield token
            reached += len(token.written)


def _before(said: bytes, written: bytes) -> int | None:
    """How many bytes of what was said come before the answer; below 0 if it begins before them."""
    if not said:
        return None
    if said.startswith(written):
        return 0
    if said.count(written) == 1:
        return said.index(written)
    if written.endswith(said):
        return len(said) - len(written)
    return 0 if written.startswith(said) else None


def _measured(text: str, pieces: Sequence[Token], before: int) -> Logprobs:
    places = {0: 0}
    size = 0
    for number, character in enumerate(text, 1):
        size += len(character.encode(errors="replace"))
        places[size] = number
    ends: list[int] = []
    values: list[float | None] = []
    waiting: list[float | None] = []
    reached = -before
    start = places.get(max(0, reached), 0)
    for piece in pieces:
        if reached >= size:
            break
        reached += len(piece.written)
        # What says nothing yet, at the very beginning, is a piece of the first character.
        if reached < 0 or (reached == 0 and piece.written):
            continue
        waiting.append(piece.value)
        end = places.get(min(reached, size))
        if end is not None and end > (ends[-1] if ends else start):
            ends.append(end)
            values.append(_sum(waiting))
            waiting = []
    return Logprobs(start, tuple(ends), tuple(values))
