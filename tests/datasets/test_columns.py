"""Columns that are found, in files as they come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import DatasetError
from codeie.datasets import read_conll

CLASSIC = """\
-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC
call NN I-NP O
. . O O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER
"""


def _read(tmp_path: Path, text: str) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Each sentence's text, its mentions, and what was found of the columns."""
    file = tmp_path / "a.conll"
    file.write_text(text)
    return [
        (
            record.document.text,
            [(mention.type, mention.text) for mention in record.mentions],
            str(record.document.metadata["columns"]),
        )
        for record in read_conll(file)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CLASSIC, "divided by a space, token_column=0, tag_column=-1"),
        (CLASSIC.replace(" ", "\t"), "divided by a tab, token_column=0, tag_column=-1"),
        (CLASSIC.replace(" ", "  "), "divided by white space, token_column=0, tag_column=-1"),
        (
            CLASSIC.replace("NNP ", "NNP\t").replace("VBZ ", "VBZ \t"),
            "divided by white space, token_column=0, tag_column=-1",
        ),
        (CLASSIC.replace("\n", "\r\n"), "divided by a space, token_column=0, tag_column=-1"),
    ],
)
def test_a_classic_file_is_read_as_it_is(tmp_path: Path, text: str, found: str) -> None:
    """Spaces, tabs, both and several: the last of the columns with tags has the entities."""
    assert _read(tmp_path, text) == [
        ("EU rejects German call .", [("ORG", "EU"), ("MISC", "German")], found),
        ("Peter Blackburn", [("PER", "Peter Blackburn")], found),
    ]


@pytest.mark.parametrize(
    ("text", "sentence", "mentions", "found"),
    [
        ("B-PER Ada\nO left\n", "Ada left", [("PER", "Ada")], "a space, token_column=1, tag_column=0"),
        ("B-PER\tO\nO\tleft\n", "O left", [("PER", "O")], "a tab, token_column=1, tag_column=0"),
        (
            "1\tAda\tNNP\tB-PER\n2\tleft\tVBD\tO\n\n1\tBo\tNNP\tB-PER\n",
            "Ada left",
            [("PER", "Ada")],
            "a tab, token_column=1, tag_column=-1",
        ),
        ("1999 CD O\n12 CD B-AGE\n", "1999 12", [("AGE", "12")], "a space, token_column=0, tag_column=-1"),
        ("New York\tB-LOC\nis\tO\n", "New York is", [("LOC", "New York")], "a tab, token_column=0, tag_column=-1"),
        ("Ada B-PER 3 x\nleft O 4 y\n", "Ada left", [("PER", "Ada")], "a space, token_column=0, tag_column=1"),
    ],
)  # fmt: skip
def test_columns_in_another_order(
    tmp_path: Path, text: str, sentence: str, mentions: list[tuple[str, str]], found: str
) -> None:
    """Tags first, tokens' numbers first, and columns behind the tags are told apart."""
    first = _read(tmp_path, text)[0]
    assert first == (sentence, mentions, f"divided by {found}")


def test_comments_are_left_out_and_told(tmp_path: Path) -> None:
    """Lines that begin with `#` and have no tag are no tokens; `#` and hashtags are."""
    text = (
        "# id 1 domain=en\n# text = Ada # left\nAda B-PER\n# O\nleft O\n\n# later\n\n#news B-TAG\n"
    )
    file = tmp_path / "a.conll"
    file.write_text(text)
    first, second = read_conll(file)
    assert [first.document.text, second.document.text] == ["Ada # left", "#news"]
    assert [(w.oddity.value, w.line) for w in first.warnings] == [("comment", 1), ("comment", 2)]
    assert [(w.oddity.value, w.line) for w in second.warnings] == [("comment", 7)]
    assert second.mentions[0].type == "TAG"


@pytest.mark.parametrize("separator", ["\t", " "])
def test_one_bad_line_does_not_change_what_is_found(tmp_path: Path, separator: str) -> None:
    """The columns are those of most lines; the line that lacks them is named."""
    file = tmp_path / "a.conll"
    file.write_text(f"Ada{separator}B-PER\nleft{separator}O\nOslo\n")
    with pytest.raises(DatasetError, match="got 'Oslo'") as error:
        list(read_conll(file))
    assert error.value.line == 3


_WORDS = st.text(st.characters(categories=["L", "P", "N"]), min_size=1, max_size=6).filter(
    lambda word: word != "O" and not word.startswith(("#", "-DOCSTART-")) and "-" not in word
)
_ROWS = st.lists(st.tuples(_WORDS, st.sampled_from(["O", "B-X", "B-Y"])), min_size=1, max_size=8)


@given(_ROWS, st.sampled_from(["\t", " ", "  "]), st.booleans(), st.integers(0, 2))
def test_what_is_written_is_found(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    between: str,
    first: bool,
    others: int,
) -> None:
    """Whatever the separator, the order and the columns between, tokens and tags come back."""
    middle = ["x"] * others
    lines = [
        between.join([tag, word, *middle] if first else [word, *middle, tag]) for word, tag in rows
    ]
    file = tmp_path_factory.mktemp("columns") / "a.conll"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (record,) = read_conll(file)
    assert record.document.text == " ".join(word for word, _ in rows)
    assert [(m.type, m.text) for m in record.mentions] == [
        (tag[2:], word) for word, tag in rows if tag != "O"
    ]
