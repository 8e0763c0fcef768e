"""The default function from texts to vectors: the averaged word vectors of WordLlama.

The wheel of the package wordllama holds the vectors and the tokenizer. They are read from there
without importing the package: it would set up the program's logging, and look for the tokenizer
on the network (0.4.0 looks for it in a folder that the wheel names otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeie.errors import MissingExtra
from codeie.selection._extra import require

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WordLlama"]

_WEIGHTS: Final = "weights/l2_supercat_256.safetensors"
_TOKENIZER: Final = "tokenizers/l2_supercat_tokenizer_config.json"
_LONGEST_KEPT: Final = 40


@dataclass(frozen=True, slots=True)
class WordLlama:
    """Turns texts into vectors, each the mean of its tokens' vectors, without a network.

    Small and quick, and made for English; it knows no order of words. Pass a function of your
    own where that matters.

    Args:
        size: Numbers of a vector: 64, 128 or 256. The first ones say most (Matryoshka), and
            fewer are compared sooner.

    Raises:
        MissingExtra: At the first text, if the package is not installed.
    """

    size: int = 256

    def __call__(self, texts: list[str]) -> NDArray[Any]:
        """The vectors of texts; zeros for one without tokens."""
        import numpy as np

        table = _table(self.size)
        vectors = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            tokens = _tokens(text)
            if tokens:
                np.add.reduce(table.take(tokens, axis=0), axis=0, out=vectors[row])
                vectors[row] /= len(tokens)
        return vectors


def _tokens(text: str) -> list[int]:
    """The tokens of a text: those of its words, which are the same in any text."""
    words = text.split()
    short = len(text) <= _LONGEST_KEPT or max(map(len, words), default=0) <= _LONGEST_KEPT
    tokens = map(_kept_tokens if short else _made_or_kept, words)
    return list(chain.from_iterable(tokens))


def _made_or_kept(word: str) -> tuple[int, ...]:
    return _kept_tokens(word) if len(word) <= _LONGEST_KEPT else _made_tokens(word)


@lru_cache(maxsize=2**17)
def _kept_tokens(word: str) -> tuple[int, ...]:
    # Most of the time goes into tokens, and texts are mostly of words that were there before.
    return _made_tokens(word)


def _made_tokens(word: str) -> tuple[int, ...]:
    tokenizer, _ = _loaded()
    return tuple(tokenizer.encode(word, add_special_tokens=False).ids)


@cache
def _table(size: int) -> NDArray[Any]:
    """The first numbers of each token's vector, beside each other."""
    import numpy as np

    return np.ascontiguousarray(_loaded()[1][:, :size])


@cache
def _loaded() -> tuple[Any, NDArray[Any]]:
    require("numpy", "wordllama", "tokenizers", "safetensors")
    import numpy as np
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    spec = find_spec("wordllama")
    folder = Path(spec.origin).parent if spec is not None and spec.origin is not None else Path()
    if not ((folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file()):
        raise MissingExtra(
            "the package 'wordllama' lacks its weights; "
            'pip install --force-reinstall "wordllama>=0.4" brings them'
        )
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    table = load_file(folder / _WEIGHTS)["embedding.weight"]
    return tokenizer, table.astype(np.float32)
