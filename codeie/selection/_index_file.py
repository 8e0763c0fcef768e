"""An index on disk: arrays without objects in them, checked when they are read.

A file is a ``.npz`` that is not compressed, so that it is as large as what is in it. Nothing in
it is run, and what is not as it should be is one error.
"""

from __future__ import annotations

import json
import tokenize
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codeie.errors import InputError
from codeie.selection._extra import require
from codeie.selection._index import Index, digest_of, starts_of
from codeie.selection._vector_index import Embed, VectorIndex
from codeie.selection._word_index import WordIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["read_index", "write_index"]

# What zipfile, json and numpy make of bytes that are no such file.
_DAMAGED: Final = (
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    tokenize.TokenError,
    zipfile.BadZipFile,
)
_FORMAT: Final = 1
_MOST_BYTES: Final = 2**32
_WORDS: Final = {"about", "vocabulary", "word_starts", "word_texts", "word_scores"}
_VECTORS: Final = {"about", "vectors"}


def write_index(index: Index, path: Path) -> None:
    """Write an index into a file.

    Raises:
        InputError: If the file cannot be written.
    """
    import numpy as np

    arrays = {"about": _bytes({"format": _FORMAT, "digest": index.digest})}
    if isinstance(index.texts, WordIndex):
        arrays |= {
            "vocabulary": _bytes(list(index.texts.vocabulary)),
            "word_starts": index.texts.starts,
            "word_texts": index.texts.texts,
            "word_scores": index.texts.scores,
        }
    else:
        arrays["vectors"] = np.ascontiguousarray(index.texts.vectors)
    try:
        with zipfile.ZipFile(path, "w") as archive:
            for name, array in arrays.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                    np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error


def read_index(path: Path, texts: Sequence[Sequence[str]], embed: Embed | None) -> Index:
    """Read an index, and make sure that it is of the examples that it is wanted for.

    Args:
        path: A file that `write_index` wrote; untrusted.
        texts: Of each example the texts by which it is compared.
        embed: What the vectors in it were made by; ``None`` if it is one of words.

    Raises:
        InputError: If it cannot be read, is damaged, or is of other examples.
    """
    require("numpy")
    try:
        arrays = _arrays(path)
        about = _decoded(arrays["about"])
        if about["format"] != _FORMAT:
            raise InputError(f"{path} is an index in a format of another version; write it anew")
        digest, starts = digest_of(texts), starts_of(texts)
        if about["digest"] != digest:
            raise InputError(
                f"{path} is an index of other examples, or by other of their texts; write it anew"
            )
        expected = _VECTORS if embed is not None else _WORDS
        if set(arrays) != expected:
            kind = "words" if embed is not None else "vectors"
            raise InputError(f"{path} is an index of {kind}; this selector needs another")
        count = int(starts[-1])
        if embed is None:
            return Index(_words(arrays, count), starts, digest)
        return Index(VectorIndex(_vectors(arrays, count), embed), starts, digest)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except _DAMAGED as error:
        raise InputError(f"{path} is no index that was saved here, or a damaged one") from error


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    import numpy as np

    if path.stat().st_size > _MOST_BYTES:
        raise InputError(f"{path} is larger than {_MOST_BYTES:,} bytes: no index of ours")
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > len(_WORDS):
            raise ValueError("more arrays than an index has")
        if any(one.compress_type != zipfile.ZIP_STORED for one in members):
            raise ValueError("compressed, so it may be of any size")
        for member in members:
            with archive.open(member) as file:
                # Not `numpy.load`, which makes room for as much as the head of an array claims.
                if np.lib.format.read_magic(file) != (1, 0):
                    raise ValueError("arrays in a format of another version")
                shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
                if dtype.hasobject or fortran:
                    raise ValueError("an array of another kind")
                arrays[member.filename.removesuffix(".npy")] = np.frombuffer(
                    file.read(), dtype
                ).reshape(shape)
    return arrays


def _words(arrays: Mapping[str, NDArray[Any]], count: int) -> WordIndex:
    import numpy as np

    vocabulary = _decoded(arrays["vocabulary"])
    starts, texts = _flat(arrays["word_starts"], "i"), _flat(arrays["word_texts"], "i")
    scores = _flat(arrays["word_scores"], "f")
    numbers = {word: number for number, word in enumerate(vocabulary) if isinstance(word, str)}
    if not len(numbers) == len(vocabulary) == len(starts) - 1:
        raise ValueError("words and their places differ in number")
    if starts[0] != 0 or starts[-1] != len(texts) or (np.diff(starts) < 0).any():
        raise ValueError("places that are not in order")
    if len(texts) != len(scores) or (len(texts) and not 0 <= texts.min() <= texts.max() < count):
        raise ValueError("places of texts that are not there")
    _finite(scores)
    return WordIndex(numbers, starts, texts, scores, count)


def _vectors(arrays: Mapping[str, NDArray[Any]], count: int) -> NDArray[Any]:
    import numpy as np

    vectors = arrays["vectors"]
    if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != count:
        raise ValueError("no vectors")
    _finite(vectors)
    return vectors


def _flat(array: NDArray[Any], kind: str) -> NDArray[Any]:
    if array.ndim != 1 or array.dtype.kind != kind:
        raise ValueError("an array of another kind")
    return array


def _finite(array: NDArray[Any]) -> None:
    import numpy as np

    if not np.isfinite(array).all():
        raise ValueError("numbers that are not finite")


def _bytes(value: object) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(json.dumps(value).encode("ascii"), np.uint8)


def _decoded(array: NDArray[Any]) -> Any:
    return json.loads(array.tobytes())
