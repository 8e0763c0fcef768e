"""Indexes: what is nearest, the same from a file, and files that are not as they should be."""

from __future__ import annotations

import contextlib
import json
import math
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selection.ships import LOG, QUERY, SCHEMA, WORDS, Ship

from codeie import Demonstration, InputError, MissingExtra
from codeie.selection import BM25, ByEmbedding, ByEntity, Query, WordLlama, _extra
from codeie.selection._index import best_first
from codeie.selection._vector_index import VectorIndex
from codeie.selection._words import fingerprint, is_near, words


def letters(texts: list[str]) -> Any:
    """A vector of how often each letter is in each text."""
    return [[text.count(one) for one in "abcdefghijklmnopqrstuvwxyz"] for text in texts]


few = settings(max_examples=10)  # an index is made for each
sentences = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    min_size=1,
    max_size=8,
    unique=True,
)


def bm25(texts: list[str], asked: str) -> list[float]:
    """Lucene's BM25, word by word."""
    held = [Counter(words(text)) for text in texts]
    mean = sum(one.total() for one in held) / len(held)
    scores = []
    for one in held:
        total = 0.0
        for word in words(asked):
            having = sum(word in other for other in held)
            if one[word]:
                rare = math.log(1 + (len(held) - having + 0.5) / (having + 0.5))
                total += rare * one[word] / (one[word] + 1.5 * (0.25 + 0.75 * one.total() / mean))
        scores.append(total)
    return scores


def cosines(texts: list[str], asked: str) -> list[float]:
    """The cosines of vectors, one by one."""
    scores = []
    (one,) = letters([asked])
    for other in letters(texts):
        length = math.dist(one, [0] * 26) * math.dist(other, [0] * 26)
        scores.append(sum(a * b for a, b in zip(one, other, strict=True)) / length)
    return scores


@pytest.mark.parametrize(
    ("make", "oracle"),
    [(BM25, bm25), (lambda pool: ByEmbedding(pool, embed=letters), cosines)],
)
@few
@given(texts=sentences, asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_scores_are_those_of_the_formula(
    make: Any, oracle: Any, texts: list[str], asked: list[str]
) -> None:
    """Every example's score is what the plain formula gives, and the best come first."""
    text = " ".join(asked)
    ranked = list(make([(one, []) for one in texts]).ranked(Query(text, SCHEMA)))
    expected = oracle(texts, text)
    assert sorted(range(len(texts))) == sorted(each.place for each in ranked)
    assert [expected[each.place] for each in ranked] == pytest.approx(
        [each.score for each in ranked], abs=1e-4
    )
    scores = [each.score for each in ranked]
    assert sorted(scores, reverse=True) == scores


@few
@given(scores=st.lists(st.integers(0, 9), max_size=200))
def test_the_best_come_first_and_equal_ones_in_their_order(scores: list[int]) -> None:
    """Sorting only as far as needed gives the order of sorting it all."""
    expected = sorted(range(len(scores)), key=lambda place: -scores[place])
    assert expected == list(best_first(np.array(scores, np.float32)))


@pytest.mark.parametrize("different", [3, 40, 900, 10**6])
def test_the_first_of_many_are_those_that_sorting_all_gives(different: int) -> None:
    """However many of them are equal, and wherever a part of the sorting ends."""
    scores = np.random.default_rng(1).integers(different, size=3000).astype(np.float32)
    assert np.argsort(-scores, kind="stable").tolist() == list(best_first(scores))


@pytest.mark.parametrize(
    "make",
    [
        BM25,
        lambda pool, **saved: ByEmbedding(pool, embed=letters, **saved),
        lambda pool, **saved: ByEntity(pool, **saved),
        lambda pool, **saved: ByEntity(pool, embed=letters, **saved),
    ],
)
def test_a_saved_index_chooses_the_same(make: Any, tmp_path: Path) -> None:
    """The index from a file is the one that was written, whatever it compares by."""
    built = make(LOG)
    built.save(tmp_path / "log.npz")
    read = make(LOG, saved=tmp_path / "log.npz")
    for text in ("The Gull left Skagen.", "fog", "¿", "Ivar"):
        query = Query(text, SCHEMA, [Ship("Gull")])
        assert list(built.ranked(query)) == list(read.ranked(query))
        assert built.select(query) == read.select(query)


def test_an_index_is_loaded_by_its_class(tmp_path: Path) -> None:
    """`load` takes the examples again, with all options."""
    BM25(LOG).save(tmp_path / "log.npz")
    loaded = BM25.load(tmp_path / "log.npz", LOG, 2, order="nearest-first")
    assert BM25(LOG, 2, order="nearest-first").select(QUERY) == loaded.select(QUERY)
    with pytest.raises(InputError, match="an index of other examples"):
        BM25.load(tmp_path / "log.npz", LOG[1:])
    with pytest.raises(InputError, match="an index of words; this selector needs another"):
        ByEmbedding.load(tmp_path / "log.npz", LOG, embed=letters)
    with pytest.raises(InputError, match=r"none\.npz cannot be read: No such file"):
        BM25.load(tmp_path / "none.npz", LOG)
    with pytest.raises(InputError, match="cannot be written: Is a directory"):
        BM25(LOG).save(tmp_path)


def rewritten(path: Path, name: str, change: Callable[[Any], Any]) -> None:
    """The file with one of its arrays changed."""
    with np.load(path) as file:
        arrays = dict(file)
    arrays[name] = change(arrays[name])
    np.savez(path, **{key: value for key, value in arrays.items() if value is not None})


def about(**changes: Any) -> Callable[[Any], Any]:
    """A change to what the file says of itself."""
    return lambda array: np.frombuffer(
        json.dumps(json.loads(array.tobytes()) | changes).encode(), np.uint8
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("word_scores", lambda array: array * np.float32("nan")),
        ("word_scores", lambda array: array[:-1]),
        ("word_scores", lambda array: array.astype(object)),
        ("word_scores", lambda array: array.reshape(1, -1)),
        ("word_texts", lambda array: array + 99),
        ("word_texts", lambda array: array - 99),
        ("word_texts", lambda array: array.astype(np.float32)),
        ("word_starts", lambda array: array[::-1]),
        ("word_starts", lambda array: array + 1),
        ("word_starts", lambda array: array[:-1]),
        ("vocabulary", lambda _: np.frombuffer(b'["a", "a"]', np.uint8)),
        ("vocabulary", lambda _: np.frombuffer(b"[" * 9999, np.uint8)),
        ("vocabulary", lambda _: np.frombuffer(b"7", np.uint8)),
        ("vocabulary", lambda _: None),
        ("more", lambda _: np.zeros(1)),
        ("about", about(format=2)),
        ("about", lambda _: np.frombuffer(b"{}", np.uint8)),
    ],
)
def test_a_damaged_index_is_one_line(name: str, change: Any, tmp_path: Path) -> None:
    """No array that is not as it was written is taken, and none is unpickled."""
    path = tmp_path / "log.npz"
    BM25(LOG).save(path)
    with np.load(path) as file:
        held = dict(file)
    held.setdefault(name, np.zeros(1))
    np.savez(path, **held)
    rewritten(path, name, change)
    with pytest.raises(InputError, match=r"log\.npz is (no|an) index") as found:
        BM25.load(path, LOG)
    assert "\n" not in str(found.value)


@few
@given(content=st.binary(max_size=200), at=st.integers(0, 3000))
def test_no_bytes_do_more_than_fail(
    content: bytes, at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files of any bytes, and indexes with any bytes in them, load whole or not at all."""
    path = tmp_path_factory.mktemp("index") / "log.npz"
    BM25(LOG).save(path)
    whole = path.read_bytes()
    for damaged in (content, whole[:at] + content + whole[at + len(content) :]):
        path.write_bytes(damaged)
        with contextlib.suppress(InputError):
            assert len(LOG) == len(list(BM25.load(path, LOG).ranked(QUERY)))


def test_an_index_makes_no_room_for_what_it_only_claims(tmp_path: Path) -> None:
    """A compressed file, and the head of an array that is not there, are refused."""
    path = tmp_path / "log.npz"
    BM25(LOG).save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="damaged"):
        BM25.load(path, LOG)
    shape = members["word_scores.npy"].index(b"(")
    end = members["word_scores.npy"].index(b")")
    claim = b"(99999999999,)".ljust(end + 1 - shape)[: end + 1 - shape + 20]
    members["word_scores.npy"] = (
        members["word_scores.npy"][:shape]
        + claim
        + members["word_scores.npy"][shape + len(claim) :]
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match="damaged"):
        BM25.load(path, LOG)


@pytest.mark.parametrize(
    ("embed", "message"),
    [
        (lambda _: [[1.0]], r"shape \(1, 1\) for 4 texts; expected \(4, "),
        (lambda texts: [1.0] * len(texts), r"shape \(4,\) for 4 texts"),
        (lambda texts: [[]] * len(texts), r"shape \(4, 0\) for 4 texts"),
        (lambda _: [[1.0], [2.0, 3.0], [1.0], [1.0]], "gives no vectors for texts"),
        (lambda _: None, "gives an array of the shape"),
        (lambda _: [[1.0], [2.0], [math.nan], [1.0]], "vector of text 3 holds numbers not"),
        (lambda _: [[1.0], [math.inf], [1.0], [1.0]], "vector of text 2 holds numbers not"),
        (lambda _: [[10**400]] * 4, "gives no vectors for texts"),
        (lambda texts: 1 / len(texts[0:0]), "makes vectors failed: ZeroDivisionError: division"),
        (3, "makes vectors failed: TypeError: 'int' object is not callable"),
    ],
)
def test_vectors_that_are_none_are_one_line(embed: Any, message: str) -> None:
    """What a function gives is looked at before it is used."""
    with pytest.raises(InputError, match=message) as found:
        ByEmbedding(LOG, embed=embed)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("size", [1e-300, 1e-40, 1.0, 3e38, 1e300])
def test_the_direction_of_a_vector_counts_however_long_it_is(size: float) -> None:
    """Numbers whose squares are too large or too small for their kind compare as others do."""
    texts = [one.text for one in LOG]
    made = VectorIndex.built(texts, lambda given: np.array(letters(given), np.float64) * size)
    plain = VectorIndex.built(texts, letters)
    (found,), (expected,) = made.compared(texts[:1]), plain.compared(texts[:1])
    assert found == pytest.approx(expected, abs=1e-6)
    assert found[0] == pytest.approx(1)


def test_vectors_of_two_sizes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All texts need vectors of one size, also the one that is asked about."""
    growing = iter([4, 3])
    selector = ByEmbedding(LOG, embed=lambda texts: np.ones((len(texts), next(growing))))
    with pytest.raises(InputError, match="the text's vector has 3 numbers, and those of the exa"):
        selector.select(QUERY)
    monkeypatch.setattr("codeie.selection._vector_index._AT_ONCE", 2)
    sizes = iter([4, 3])
    with pytest.raises(InputError, match="vectors of 3 and 4 numbers; they must be of one size"):
        ByEmbedding(LOG, embed=lambda texts: np.ones((len(texts), next(sizes))))


def test_the_default_vectors_come_with_the_extra() -> None:
    """WordLlama gives a vector for each text, zeros for one without tokens, and needs no network."""
    vectors = WordLlama(64)(["The ship left port.", "", "A vessel sailed.", "Taxes rose."])
    assert (4, 64) == vectors.shape
    assert not vectors[1].any()
    ship, _, vessel, taxes = vectors / np.maximum(
        1e-9, np.linalg.norm(vectors, axis=1, keepdims=True)
    )
    assert ship @ vessel > ship @ taxes


def test_long_words_are_not_kept() -> None:
    """A word of any length has its vector, and does not stay in memory."""
    from codeie.selection import _wordllama

    WordLlama(64)(["tern"])
    kept = _wordllama._kept_tokens.cache_info().currsize
    assert WordLlama(64)(["tern" * 5000]).any()
    assert kept == _wordllama._kept_tokens.cache_info().currsize


def test_a_package_without_its_weights_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation names the command that mends it."""
    from codeie.selection import _wordllama

    monkeypatch.setattr(_wordllama, "_WEIGHTS", "weights/none.safetensors")
    _wordllama._table.cache_clear()
    _wordllama._loaded.cache_clear()
    with pytest.raises(MissingExtra, match=r"lacks its weights; pip install --force-reinstall"):
        WordLlama()(["never seen before: kittiwake"])
    monkeypatch.undo()
    _wordllama._table.cache_clear()
    _wordllama._loaded.cache_clear()


@pytest.mark.parametrize(
    "change",
    [
        lambda array: array[:-1],
        lambda array: array.astype(np.float64),
        lambda array: array.reshape(-1),
        lambda array: array + np.float32("inf"),
        lambda array: np.asfortranarray(array),
    ],
)
def test_damaged_vectors_are_one_line(change: Any, tmp_path: Path) -> None:
    """Vectors of another kind, number or of no finite numbers are not taken."""
    path = tmp_path / "log.npz"
    ByEmbedding(LOG, embed=letters).save(path)
    rewritten(path, "vectors", change)
    with pytest.raises(InputError, match=r"log\.npz is no index"):
        ByEmbedding.load(path, LOG, embed=letters)


def test_an_index_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one with arrays in another version of their format."""
    path = tmp_path / "log.npz"
    BM25(LOG).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"NUMPY\x01\x00", b"NUMPY\x02\x00"))
    with pytest.raises(InputError, match="damaged"):
        BM25.load(path, LOG)
    with zipfile.ZipFile(path, "w") as archive:
        array = np.zeros(3, np.uint8)
        with archive.open("about.npy", "w") as file:
            np.lib.format.write_array(file, array, version=(2, 0))
    with pytest.raises(InputError, match="damaged"):
        BM25.load(path, LOG)
    monkeypatch.setattr("codeie.selection._index_file._MOST_BYTES", 10)
    with pytest.raises(InputError, match="larger than 10 bytes: no index of ours"):
        BM25.load(path, LOG)


@pytest.mark.parametrize("package", ["bm25s", "numpy", "wordllama"])
def test_a_missing_extra_names_its_command(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package the message says how to get it, before anything is asked."""
    monkeypatch.setattr(_extra, "find_spec", lambda name: None if name == package else name)
    from codeie.selection import _wordllama

    _wordllama._table.cache_clear()
    _wordllama._loaded.cache_clear()
    make = (lambda: ByEmbedding(LOG)) if package == "wordllama" else (lambda: BM25(LOG))
    with pytest.raises(MissingExtra, match=rf"'{package}' .* pip install \"codeie\[retrieval\]\""):
        make()


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("The Tern left Skagen.", "the tern left skagen", True),
        ("The Tern left Skagen.", "The Gull left Skagen.", False),
        (
            "The Tern left Skagen at dawn.",
            "It rained. The Tern left Skagen at dawn. It was cold.",
            True,
        ),
        ("Yes.", "Yes. The Tern left Skagen.", False),
        ("...", "...", True),
        ("...", "!", False),
        ("東京で会った", "東京で会った。", True),
        ("東京で会った", "大阪で会った", False),
    ],
)
def test_what_counts_as_nearly_the_same(one: str, other: str, near: bool) -> None:
    """The same words, or four fifths of the runs of three of them."""
    assert near is is_near(fingerprint(one), fingerprint(other))
    assert near is is_near(fingerprint(other), fingerprint(one))


def test_texts_without_a_word_are_examples_too() -> None:
    """An index of signs alone is one, and every example in it is as near as any other."""
    selector = BM25([("...", []), ("!!", [])], 2)
    assert ["...", "!!"] == [one.text for one in selector.select(QUERY).demonstrations][::-1]
    assert isinstance(selector.pool[0], Demonstration)
