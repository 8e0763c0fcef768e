"""Texts as Python literals and comments."""

from __future__ import annotations

import ast
import json

import libcst
from hypothesis import given
from hypothesis import strategies as st
from strategies import hostile_text

from codeie.syntaxes.json_list import dumped
from codeie.syntaxes.source import comment, docstring, one_line, quoted

# Lone surrogates too: a document may hold them, and UTF-8 cannot.
ANYTHING = hostile_text() | st.text(st.sampled_from("\"'\\\n a\ud800\0\x1b"), max_size=12)


@given(ANYTHING)
def test_a_quoted_text_reads_back_as_itself(text: str) -> None:
    """The literal is one line, and its value is the text."""
    literal = quoted(text)
    assert text == ast.literal_eval(literal)
    assert literal.isprintable()


MARKS = [
    "<|im_end|>",
    "<|start_header_id|>",
    "<\uff5cUser\uff5c>",
    "</s>",
    "<start_of_turn>",
    "[/INST]",
    "<<SYS>>",
]


@given(st.lists(st.sampled_from([*MARKS, "<", "|", ">", "\\", "a", '"', "'"]), max_size=8))
def test_no_literal_holds_a_mark_of_a_chat_template(parts: list[str]) -> None:
    """Servers read such strings as their tokens; the literal denotes them and holds none."""
    text = "".join(parts)
    for literal, value in (
        (quoted(text), ast.literal_eval(quoted(text))),
        (dumped([text]), json.loads(dumped([text]))[0]),
    ):
        assert text == value
        assert not [mark for mark in MARKS if mark in literal]


def test_what_is_no_mark_stays_as_it_is() -> None:
    """Comparisons, tags and brackets of ordinary texts are not escaped."""
    plain = "a < b | c > d, <b>x</b>, [1], <|>, <s >, [INSTALL]"
    assert f'"{plain}"' == quoted(plain)


def test_double_quotes_are_preferred_where_they_need_no_escape() -> None:
    """Only a text that holds a double quote is put in single ones."""
    assert [quoted("it's"), quoted('"'), quoted("a")] == ['"it\'s"', "'\"'", '"a"']


@given(ANYTHING, st.sampled_from(["", "    "]))
def test_a_docstring_reads_back_as_its_lines(text: str, indent: str) -> None:
    """Its value is the text, with the indent after each line break and one more at its end."""
    lines = text.split("\n")
    expected = "\n".join([lines[0], *(indent + line if line else "" for line in lines[1:])])
    expected += "\n" + indent if len(lines) > 1 else ""
    assert expected == ast.literal_eval(docstring(text, indent))


@given(ANYTHING)
def test_a_comment_stays_on_its_line(text: str) -> None:
    """Whatever the text, what follows the comment is code."""
    module = libcst.parse_module(f"a = 1  # {comment(text)}\nb = 2\n")
    assert len(module.body) == 2


def test_one_line_folds_all_white_space() -> None:
    """Line breaks and runs of spaces become single spaces."""
    assert one_line(" a\n\t b\u00a0\u2028c ") == "a b c"
