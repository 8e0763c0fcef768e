"""Which example is nearest: an index over one or several texts of each example."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeie.selection._extra import require
from codeie.selection._vector_index import Embed, VectorIndex
from codeie.selection._word_index import WordIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Index", "best_first", "digest_of", "starts_of"]

_FIRST: Final = (64, 1024)
"""How many are sorted at first, and if these do not do."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An index over examples.

    Args:
        texts: An index over all texts by which examples are compared.
        starts: Where the texts of each example begin, and one more at the end; each has at
            least one.
        digest: Of those texts: which examples the index is of.
    """

    texts: WordIndex | VectorIndex
    starts: NDArray[Any]
    digest: str

    @classmethod
    def built(cls, texts: Sequence[Sequence[str]], embed: Embed | None) -> Index:
        """The index of some examples.

        Args:
            texts: Of each example the texts by which it is compared, one at least.
            embed: Turns texts into vectors; ``None`` compares them by their words.
        """
        require("numpy")
        every = [text for each in texts for text in each]
        made = WordIndex.built(every) if embed is None else VectorIndex.built(every, embed)
        return cls(made, starts_of(texts), digest_of(texts))

    def compared(self, texts: Sequence[str]) -> NDArray[Any]:
        """How near each example is to some texts: the sum of how near its nearest is to each."""
        import numpy as np

        count = len(self.starts) - 1
        total: NDArray[Any] | None = None
        for scores in self.texts.compared(texts):
            each = np.maximum.reduceat(scores, self.starts[:-1]) if len(scores) > count else scores
            # Of one text, as most often, the scores are the sum: no further walk over them all.
            total = each if total is None else total + each
        return np.zeros(count, np.float32) if total is None else total


def best_first(scores: NDArray[Any]) -> Iterator[int]:
    """Places by their scores, the highest first, and of equal ones the first.

    They are sorted as far as they are asked for, since few are.
    """
    import numpy as np

    before = 0
    for first in _FIRST:
        if len(scores) > 2 * first:
            # Those above the last are fewer, and in the order that sorting all would give them.
            top = np.flatnonzero(scores > np.partition(scores, -first)[-first])
            yield from top[np.argsort(-scores[top], kind="stable")][before:].tolist()
            before = len(top)
    yield from np.argsort(-scores, kind="stable")[before:].tolist()


def starts_of(texts: Sequence[Sequence[str]]) -> NDArray[Any]:
    """Where the texts of each example begin among all texts, and where the last ones end."""
    import numpy as np

    return np.cumsum([0, *map(len, texts)], dtype=np.int64)


def digest_of(texts: Sequence[Sequence[str]]) -> str:
    """Tells the texts of some examples from those of others."""
    whole = hashlib.sha256()
    for each in texts:
        for text in each:
            encoded = text.encode("utf-8", "surrogatepass")
            whole.update(len(encoded).to_bytes(8, "big"))
            whole.update(encoded)
        whole.update(b"\n")
    return whole.hexdigest()
