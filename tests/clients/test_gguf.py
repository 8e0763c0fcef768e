"""What a GGUF file's head says: whether there is a chat template, read without a model."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from clients.gguf_files import gguf
from hypothesis import given
from hypothesis import strategies as st

from codeie.clients import layouts_of
from codeie.clients._gguf import has_chat_template

_TEMPLATE = {"tokenizer.chat_template": "{{ messages[0].content }}"}
_BEFORE = {
    "general.architecture": "tiny",
    "tiny.context_length": 512,
    "tiny.scale": 0.5,
    "tokenizer.ggml.add_bos_token": True,
    "tokenizer.ggml.tokens": ["a", "b", "tokenizer.chat_template", ""],
    "tokenizer.ggml.token_type": [1, 1, 3],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file may be written."""
    return tmp_path / "tiny.gguf"


@pytest.mark.parametrize("version", [2, 3])
def test_a_template_is_found_behind_the_vocabulary(path: Path, version: int) -> None:
    """Values of every kind are stepped over, and a token of that name is no template."""
    path.write_bytes(gguf(_BEFORE | _TEMPLATE, version))
    assert has_chat_template(path)
    path.write_bytes(gguf(_BEFORE, version))
    assert not has_chat_template(path)


def test_a_file_that_changed_is_read_anew(path: Path) -> None:
    """What was read once holds for that file only."""
    path.write_bytes(gguf(_BEFORE))
    assert not has_chat_template(path)
    path.write_bytes(gguf(_BEFORE | _TEMPLATE))
    assert has_chat_template(path)
    path.unlink()
    assert not has_chat_template(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GGUF",
        b"PK\x03\x04" + bytes(60),
        gguf(_BEFORE | {"tokenizer.chat_template": "  "}),
        gguf(_BEFORE | {"tokenizer.chat_template": 5}),
        gguf(_TEMPLATE, version=1),
        gguf(_BEFORE | _TEMPLATE)[:-1],
        struct.pack("<4sIQQ", b"GGUF", 3, 0, 1 << 62),
        struct.pack("<4sIQQQ", b"GGUF", 3, 0, 1, 1 << 63),
        struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"a", 9, 8, 1 << 62),
        struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"a", 9, 9, 1),
        struct.pack("<4sIQQQ1sI", b"GGUF", 3, 0, 1, 1, b"a", 99),
        struct.pack("<4sIQQQ1sIQ", b"GGUF", 3, 0, 2, 1, b"a", 8, (1 << 64) - 1),
    ],
)
def test_what_cannot_be_read_has_none(path: Path, content: bytes) -> None:
    """Damaged files, other files, and heads that claim more than a file can hold."""
    path.write_bytes(content)
    assert not has_chat_template(path)


@given(st.data())
def test_no_head_is_an_error(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever bytes are changed, the answer is yes or no."""
    content = bytearray(gguf(_BEFORE | _TEMPLATE))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("gguf") / "changed.gguf"
    path.write_bytes(content)
    assert has_chat_template(path) in (True, False)


def test_layouts_by_name(path: Path) -> None:
    """A name alone says how to ask: providers hold conversations, files as their template says."""
    path.write_bytes(gguf(_TEMPLATE))
    assert layouts_of(f"local:{path}") == ("conversation", "completion")
    assert layouts_of(f"local:{path}.none") == ("completion",)
    assert layouts_of("local") == ("completion", "conversation")
    assert layouts_of("openai/x") == layouts_of("anthropic/y") == ("conversation",)
