"""Texts by their words: BM25, computed once for every word of every text by the library bm25s."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from codeie.selection._extra import require
from codeie.selection._words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WordIndex"]

# Lucene's variant, the one that most systems mean by BM25; so that it does not change with bm25s.
_VARIANT: Final = {"method": "lucene", "k1": 1.5, "b": 0.75}


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """What each word adds to the score of each text that has it.

    Args:
        vocabulary: The number of each word.
        starts: Where the word of each number begins in the other two; one more at the end.
        texts: The numbers of the texts that have the word.
        scores: What it adds to the score of each of them.
        count: How many texts there are.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[Any]
    texts: NDArray[Any]
    scores: NDArray[Any]
    count: int

    @classmethod
    def built(cls, texts: Iterable[str]) -> WordIndex:
        """The index of some texts.

        Raises:
            MissingExtra: If bm25s or numpy is not installed.
        """
        require("numpy", "bm25s")
        import bm25s
        import numpy as np

        vocabulary: dict[str, int] = {}
        numbered = [
            [vocabulary.setdefault(word, len(vocabulary)) for word in words(text)] for text in texts
        ]
        if not vocabulary:
            nothing = np.zeros(0, np.int32)
            return cls(
                {}, np.zeros(1, np.int64), nothing, nothing.astype(np.float32), len(numbered)
            )
        # It sets its own to DEBUG, which all handlers of the program would show.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        made = bm25s.BM25(**_VARIANT)
        made.index((numbered, dict(vocabulary)), create_empty_token=False, show_progress=False)
        held = made.scores
        return cls(vocabulary, held["indptr"], held["indices"], held["data"], len(numbered))

    def compared(self, texts: Sequence[str]) -> Iterator[NDArray[Any]]:
        """For each of some texts, the scores of all texts of the index."""
        import numpy as np

        for text in texts:
            total = np.zeros(self.count, np.float32)
            for word, times in Counter(words(text)).items():
                number = self.vocabulary.get(word)
                if number is not None:
                    part = slice(self.starts[number], self.starts[number + 1])
                    np.add.at(total, self.texts[part], self.scores[part] * np.float32(times))
            yield total
