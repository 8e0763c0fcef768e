"""What came of asking for a text, and how varied and balanced many of them are."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from codeie.clients import Usage
from codeie.prompting import Demonstration
from codeie.selection import words_of
from codeie.training import Fingerprint, Seen
from codeie.viewable import Outlined

__all__ = ["Fault", "Kind", "Summary", "Text", "summary"]


class Kind(enum.StrEnum):
    """What a text was asked for."""

    WRITTEN = "written"
    """To state a structure."""
    PARAPHRASE = "paraphrase"
    """To say the same as another text."""
    NEGATIVE = "negative"
    """To hold nothing of the classes."""


class Fault(enum.StrEnum):
    """Why a text is not used."""

    EMPTY = "no text"
    CUT = "cut or repeating"
    """The model ran into its limit, or wrote the same over and over."""
    LONG = "too long"
    NOT_IN_TEXT = "not in the text"
    """A string that it should hold is not in it, letter by letter."""
    COPY = "a copy"
    """It is another text of these, or a seed, or nearly."""
    MISSING = "not found again"
    """Asked back, the extractor does not find all that it should state."""
    MORE = "states more"
    """Asked back, the extractor finds more than it should state."""
    UNREAD = "not asked back"
    """The extractor's answer failed or could not be read, which says nothing of the text."""
    FAILED = "no answer"
    """The model did not answer."""


@dataclass(frozen=True, slots=True)
class Text(Outlined):
    """What came of asking for one text.

    Args:
        kind: What was asked for.
        text: What was written last; ``""`` if nothing was.
        instances: What it states; none for a negative text.
        of: The text that it is a paraphrase of, or was like; ``""`` for others.
        attempts: How many texts were written.
        fault: Why it is not used; ``None`` if it is.
        reasons: What was wrong with it, in words that the model was told.
        calls: How many questions were asked now, to write it and to ask back.
        usage: What they cost.
    """

    kind: Kind
    text: str
    instances: tuple[Any, ...] = ()
    of: str = ""
    attempts: int = 1
    fault: Fault | None = None
    reasons: tuple[str, ...] = ()
    calls: int = 0
    usage: Usage = Usage()

    @property
    def kept(self) -> bool:
        """Whether it passed all checks."""
        return self.fault is None

    @property
    def demonstration(self) -> Demonstration:
        """It as an example, for `codeie.training.write` and ``Extractor(demonstrations=…)``."""
        return Demonstration(self.text, self.instances)


@dataclass(frozen=True, slots=True)
class Summary(Outlined):
    """How texts came out, and how varied and balanced those are that are kept.

    Args:
        kept: How many passed.
        faults: How many did not, by their fault.
        classes: How many instances of each class the kept ones state.
        empty: How many of the kept ones state nothing.
        distinct: Of all pairs of words in a row, the share that are different ones (distinct-2,
            Li et al. 2016); 0 without texts. Templates are low.
        likeness: How alike a text and that one before it are that is most like it, on average.
        attempts: How many texts were written for each that is kept.
        calls: How many questions were asked.
        usage: What they cost.
    """

    kept: int
    faults: dict[Fault, int]
    classes: dict[str, int]
    empty: int
    distinct: float
    likeness: float
    attempts: float
    calls: int
    usage: Usage

    @property
    def balance(self) -> float:
        """The instances of the rarest class as a share of those of the most frequent one."""
        return min(self.classes.values()) / max(self.classes.values()) if self.classes else 0.0


def summary(texts: Iterable[Text]) -> Summary:
    """Count texts, and tell how varied those are that are kept.

    Args:
        texts: As `write_texts` and its sisters give them.
    """
    every = list(texts)
    kept = [one for one in every if one.kept]
    pairs: Counter[tuple[str, str]] = Counter()
    seen, likeness = Seen(0.0), 0.0
    for number, one in enumerate(kept):
        pairs.update(pairwise(words_of(one.text)))
        print_ = Fingerprint.of(one.text)
        alike = seen.like(print_)
        likeness += alike.likeness if alike is not None else 0.0
        seen.add(print_, str(number))
    return Summary(
        len(kept),
        dict(Counter(one.fault for one in every if one.fault is not None)),
        dict(Counter(type(each).__name__ for one in kept for each in one.instances)),
        sum(not one.instances for one in kept),
        len(pairs) / pairs.total() if pairs else 0.0,
        likeness / len(kept) if kept else 0.0,
        sum(one.attempts for one in every) / len(kept) if kept else 0.0,
        sum(one.calls for one in every),
        sum((one.usage for one in every), Usage()),
    )
