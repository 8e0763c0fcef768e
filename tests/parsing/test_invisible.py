"""Characters that nobody sees are part of a string only where the text has them."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wrappings import AROUND, SCHEMA, Person, Place, code

from codeie.diagnostics import Code, Severity
from codeie.introspection import introspect
from codeie.parsing import IncrementalParser, parse
from codeie.prompting import Prompt
from codeie.syntaxes import Json

INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
ANN, OSLO = Person("Ann"), Place("Oslo")
ANSWER = '```python\nresult = [\n    Person(name="Ann"),\n    Place("Oslo"),\n]\n```'
PLACES = sorted({0, len(ANSWER), *(i for i, one in enumerate(ANSWER) if one in ' \n"()[],=nO')})


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda one: unicodedata.name(one))
def test_an_invisible_character_changes_nothing(character: str) -> None:
    """Wherever one stands in an answer, in a string or in the code, it is left out and named."""
    for place in PLACES:
        answer = ANSWER[:place] + character + ANSWER[place:]
        result = parse(answer, SCHEMA)
        assert [ANN, OSLO] == result.instances, place
        (said,) = result.diagnostics
        assert (Code.UNWRAPPED, Severity.NOTE) == (said.code, said.severity)
        assert f"U+{ord(character):04X} {unicodedata.name(character)} (1)" in said.message
        assert said.position is not None
        assert character == answer[said.position.offset : said.position.end]


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda one: unicodedata.name(one))
@pytest.mark.parametrize("written", ["raw", "escape"])
def test_the_texts_own_stay(character: str, written: str) -> None:
    """What the text has between the same letters stays; elsewhere it is left out."""
    text = f"Then An{character}n came."
    raw = character if written == "raw" else character.encode("unicode_escape").decode()
    result = parse(f'[Person("An{raw}n"), Person("Be{raw}n")]', SCHEMA, text=text)
    assert [Person(f"An{character}n"), Person("Ben")] == result.instances
    assert [Code.UNWRAPPED] == [one.code for one in result.diagnostics]


@pytest.mark.parametrize(
    ("string", "meant"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
        ("An\u200dn", "Ann"),
        ("\u200c我", "我"),
        ("می\u200c", "می"),
        ("می\u200fخ", "میخ"),
    ],
)
def test_joiners_stay_where_they_join(string: str, meant: str) -> None:
    """If the text is not known, joiners stay in scripts that join and in emoji, nowhere else."""
    for written in (string, string.encode("unicode_escape").decode()):
        assert [Person(meant)] == parse(f'[Person("{written}")]', SCHEMA).instances
    surrogates = (
        "".join(
            f"\\u{int.from_bytes(pair, 'big'):04x}"
            for pair in itertools.batched(string.encode("utf-16-be"), 2)
        )
        if hasattr(itertools, "batched")
        else string
    )
    answer = f'[{{"type": "Person", "name": "{surrogates}"}}]'
    assert [Person(meant)] == parse(answer, SCHEMA).instances


def test_other_backslashes_stay() -> None:
    """An escaped backslash begins no escape, and neither does an escape of something else."""
    answer = r'[Person("a\\u200b"), Person("\u2014\xe9"), Person("c:\\xad")]'
    result = parse(answer, SCHEMA)
    assert [Person(r"a\u200b"), Person("—é"), Person(r"c:\xad")] == result.instances
    assert () == result.diagnostics


@given(data=st.data())
def test_any_number_anywhere_changes_nothing(data: st.DataObject) -> None:
    """Put between the characters of a wrapped answer, they leave its items, in any pieces."""
    around = data.draw(st.sampled_from(["think", "Harmony", "fence", "ChatML", "answer tags"]))
    answer = AROUND[around](code([ANN, OSLO]))
    runs = st.text(st.sampled_from(INVISIBLE), min_size=1, max_size=3)
    for place in sorted(data.draw(st.sets(st.integers(0, len(answer)), max_size=5)), reverse=True):
        answer = answer[:place] + data.draw(runs) + answer[place:]
    result = parse(answer, SCHEMA)
    assert [ANN, OSLO] == result.instances, [str(one) for one in result.diagnostics]
    cuts = data.draw(st.lists(st.integers(0, len(answer)), max_size=9).map(sorted))
    parser = IncrementalParser(SCHEMA)
    fed = [
        item
        for start, end in itertools.pairwise([0, *cuts, len(answer)])
        for item in parser.feed(answer[start:end])
    ]
    whole = parser.close()
    assert result == whole
    assert all(any(one is item for one in whole.items) for item in fed)


@given(
    st.lists(
        st.sampled_from([*"ab \\u20", "\u200b", "\u200d", "\u00ad", "\\u200b"]), max_size=30
    ).map("".join)
)
def test_a_text_that_has_them_gives_them_back(name: str) -> None:
    """Of a string that is in the text as it is, nothing is left out, as `repr` or `ascii`."""
    for written in (repr(name), ascii(name)):
        result = parse(f"[Person({written})]", SCHEMA, text=f"x {name} x")
        assert [Person(name)] == result.instances


@pytest.mark.parametrize(
    ("answer", "syntax"),
    [
        ('[{"class": "Person", "name": "An\u200bn\u2060a"}]', Json()),
        ('[{"class": "Person", "name": "An\\u200bn\\u2060a"}]', Json()),
        ('[Person("An\u200bn\u2060a")]', None),
    ],
)
def test_a_prompt_knows_its_text(answer: str, syntax: Json | None) -> None:
    """An answer of any form is read by what the prompt's text has, at places of the answer."""
    prompt = Prompt((), introspect([Person]), "Then Ann\u2060a came.", "s", "1")
    if syntax is not None:
        prompt = Prompt((), introspect([Person]), prompt.text, "s", "1", syntax=syntax)
    result = prompt.read(answer)
    assert [Person("Ann\u2060a")] == result.instances
    (item,) = result.items
    assert answer[1:-1] == answer[item.position.offset : item.position.end]
    assert answer == result.output
    assert [Code.UNWRAPPED] == [one.code for one in result.diagnostics]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u3000", "\u2028"])
def test_odd_spaces_of_code_are_spaces(space: str) -> None:
    """Spaces that Python does not know are spaces between the code's words, not in strings."""
    answer = f'[\n{space * 4}Person({space}name{space}={space}"A{space}n"{space}),\n]'
    result = parse(answer, SCHEMA)
    assert [Person(f"A{space}n")] == result.instances, [str(one) for one in result.diagnostics]


@pytest.mark.parametrize(
    "answer", ["\u200b" * 200_000, "a\u200b" * 100_000, "\\u200b" * 50_000, "\\" * 200_000]
)
def test_many_are_left_out_in_linear_time(answer: str) -> None:
    """Hundreds of thousands are left out, whole and in pieces, with a text that is as long."""
    parser = IncrementalParser(SCHEMA, text=answer)
    for start in range(0, len(answer), 100):
        assert [] == parser.feed(answer[start : start + 100])
    assert [ANN] == parse(f'[Person("Ann")]\n# {answer}', SCHEMA).instances
