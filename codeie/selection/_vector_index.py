"""Texts by vectors of any kind: exact cosines, without an index that approximates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from codeie.errors import CodeIEError, InputError
from codeie.selection._extra import require
from codeie.wording import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Embed", "VectorIndex", "vectors_of"]

Embed: TypeAlias = Callable[[list[str]], Any]
"""Turns texts into vectors: a list of lists of numbers, or an array with a row for each text."""

_AT_ONCE: Final = 1000
"""Texts that a function is given at once."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorIndex:
    """A vector of length 1 for each text.

    Args:
        vectors: A row for each text; of zeros, for one without a direction.
        embed: What made them.
    """

    vectors: NDArray[Any]
    embed: Embed

    def __post_init__(self) -> None:
        import numpy as np

        # Number by number: a query then adds up whole columns, in three quarters of the time.
        object.__setattr__(self, "vectors", np.asfortranarray(self.vectors))

    @classmethod
    def built(cls, texts: Sequence[str], embed: Embed) -> VectorIndex:
        """The index of some texts.

        Raises:
            InputError: If what ``embed`` gives are no vectors of the texts.
            MissingExtra: If numpy is not installed.
        """
        return cls(vectors_of(texts, embed), embed)

    @property
    def count(self) -> int:
        """How many texts there are."""
        return len(self.vectors)

    def compared(self, texts: Sequence[str]) -> Iterator[NDArray[Any]]:
        """For each of some texts, the cosines of its vector with all vectors of the index."""
        asked = vectors_of(texts, self.embed)
        if asked.shape[1] != self.vectors.shape[1]:
            raise InputError(
                f"the text's vector has {asked.shape[1]:,} numbers, and those of the examples "
                f"have {self.vectors.shape[1]:,}: they are of different functions"
            )
        for vector in asked:
            yield self.vectors @ vector


def vectors_of(texts: Sequence[str], embed: Embed) -> NDArray[Any]:
    """The vectors of texts, each of length 1.

    Raises:
        InputError: If there is not one vector of finite numbers for each text, all of one size.
        MissingExtra: If numpy is not installed.
    """
    require("numpy")
    import numpy as np

    parts = [
        _checked(_made(embed, list(texts[at : at + _AT_ONCE])), len(texts[at : at + _AT_ONCE]), at)
        for at in range(0, len(texts), _AT_ONCE)
    ]
    if len({part.shape[1] for part in parts}) > 1:
        sizes = " and ".join(sorted({f"{part.shape[1]:,}" for part in parts}))
        raise InputError(f"the function gives vectors of {sizes} numbers; they must be of one size")
    vectors = np.concatenate(parts)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    vectors /= lengths
    return vectors


def _made(embed: Embed, texts: list[str]) -> Any:
    """What a function of the user's gives for texts.

    Raises:
        InputError: If it is none, or fails with an error of its own.
    """
    try:
        return embed(texts)
    except CodeIEError:
        raise
    except Exception as error:
        raise InputError(
            f"the function that makes vectors failed: {type(error).__name__}: {error}"
        ) from error


def _checked(given: Any, count: int, before: int) -> NDArray[Any]:
    """Vectors as they are compared: their direction counts, so the largest number of each is 1."""
    import numpy as np

    try:
        vectors = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"the function gives no vectors for texts: {error}") from error
    if vectors.ndim != 2 or vectors.shape[0] != count or not vectors.shape[1]:
        raise InputError(
            f"the function gives an array of the shape {vectors.shape} for {counted(count, 'text')}; "
            f"expected ({count}, numbers of a vector)"
        )
    wrong = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
    if wrong.size:
        raise InputError(f"the vector of text {before + wrong[0] + 1:,} holds numbers not finite")
    # Else the squares of very large or small numbers would be infinite, or nothing.
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    largest[largest == 0] = 1
    scaled: NDArray[Any] = (vectors / largest).astype(np.float32)
    return scaled
