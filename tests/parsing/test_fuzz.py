"""Nothing escapes the parser, and pieces give what the whole gives, whatever the text."""

from __future__ import annotations

import itertools

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from people import SCHEMA

from codeie.parsing import IncrementalParser, ParseLimits, parse

PIECES = (
    *("Person(", "name=", '"', "'", '"""', ",", ")", "]", "[", "(", "{", "}", "result = ", "\n"),
    *("```python\n", "```", 'Organization("Acme")', 'Person("Ada")', "#", "\\", 'text = "x"\n'),
    *("class Person:\n    name: str\n", "<think>", "</think>", "None", 'f"{x}"', ".append(", "."),
    *("=", ":", " for x in y", " oops ", "“", "”", "</s>", "from Entity import ", "WorksFor(head="),
    *("tail=", '{"Person": [', '"type": "Person"', "-", "\x00", "\ud800", "\r\n", "\t", "print("),
    *("return ", "def f():\n", "  ", "x", "lambda: 1", "*", "`", ";", "Kind.COMPANY", "it's "),
    *("[/INST]", "~~~~", "date(2020, 1, 2)", "ada = ", "ada", "Here: ", "]]]]", "[[[["),
)

# Found by fuzzing, each once a crash, an endless loop or a difference between chunks.
KEPT = (
    'Pers") f[/INST] y]\x05\x01on("A") for x in y]',
    'orksF[/INST]oresult = []\x05\x01e", "4 January 2\x00\x000pp")',
    "\n\n~~~~~~~~~~~~~date(2020, 1, 2)~~~~~~~~m\nKind.COMPANY\n\n*Kind.COMPANY",
    "[u]]]]]]]]]]]]]]]]]tail=]]]]]]]]]]]]]]]]<",
    'lambda: 1f"{x}"{"Person": [{"Person": [tail=</s>f"{x}"\nfrom Entity ',
    "[[S" + "\x1f" * 111 + "0",
    "[x" + " " * 700 + ", y]",
    "None" + " " * 200 + "x",
    'result = [Person("\\\r\n)"\\',
    'Person("Ada")WorksFor(head="\nresult = \\\ud800NoneHere: \\<”name=Kind.COMPANY',
)


def agree(text: str, size: int, prefill: str = "") -> None:
    """Compare the whole with its pieces."""
    whole = parse(text, SCHEMA, prefill=prefill)
    parser = IncrementalParser(SCHEMA, prefill=prefill)
    for start in range(0, len(text), size):
        parser.feed(text[start : start + size])
    assert whole == parser.close()


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("size", [1, 6, 11])
def test_what_fuzzing_found_stays_fixed(text: str, size: int) -> None:
    """Inputs that once broke the parser are read, in pieces as in one."""
    agree(text, size)


@given(
    text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    size=st.integers(1, 9),
    prefill=st.sampled_from(["", "", "result = [", 'result = [Person("']),
)
@settings(max_examples=150)
def test_pieces_of_code_never_break_it(text: str, size: int, prefill: str) -> None:
    """Any sequence of fragments of code and prose is read alike in pieces and whole."""
    agree(text, size, prefill)


@given(text=strategies.hostile_text(max_size=200), size=st.integers(1, 9))
@settings(max_examples=60)
def test_any_text_is_read(text: str, size: int) -> None:
    """Any text at all is read alike in pieces and whole."""
    agree(text, size)


@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=60)
def test_small_limits_hold(text: str) -> None:
    """With the smallest limits nothing escapes either."""
    limits = ParseLimits(100, 20, 1, 2, 1, 1, 1, 2)
    result = parse(text, SCHEMA, limits=limits)
    assert len(result.items) <= 1
    assert len(result.diagnostics) <= 2 + 1


@pytest.mark.parametrize("blanks", [0, 1, 13, 26, 40, 41, 200])
def test_a_fences_first_line_is_the_same_in_pieces(blanks: int) -> None:
    """However many blanks stand around a fence's language, pieces give what the whole gives."""
    afters = ("#", "\n", "\nPerson('Ada')\n```")
    for language, after in itertools.product(("", "x", "python"), afters):
        for size in (1, 2, 3, 50):
            agree("```" + "\t" * blanks + language + "\t" * blanks + after, size)
