"""W2NER JSON: every token of a mention by its index, so that mentions nest and have gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import read_json
from codeie.datasets._record import Record
from codeie.datasets._tokens import Spacing, join_tokens

__all__ = ["read_w2ner"]


def read_w2ner(
    path: Path, *, spacing: Spacing = "space", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read sentences with nested and discontinuous mentions.

    Args:
        path: The file: one JSON array of ``{"sentence": […], "ner": [{"index", "type"}]}``.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a sentence is not of the format.
    """
    for number, node in enumerate(read_json(path, limits).items(), 1):
        tokens = node.at("sentence").strings()
        built = TokenRecord(f"{path.stem}-{number}", join_tokens(tokens, spacing), node.place)
        for mention in node.at("ner").items():
            index = [element.index(len(tokens)) for element in mention.at("index").items()]
            if not index or sorted(set(index)) != index:
                mention.fail("needs token indices that rise")
            built.pieces(_runs(index), mention.at("type").string())
        yield built.record()


def _runs(index: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in index:
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs
