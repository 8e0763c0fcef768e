"""The short way through plain items gives what the long way gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from people import SCHEMA

from codeie.parsing import ParseLimits, ParseResult, parse
from codeie.parsing.answer import walk
from codeie.parsing.answer.plain import PLAIN
from codeie.parsing.text.brackets import Damage, scan
from codeie.parsing.text.buffer import Buffer

NAMES = st.sampled_from(["Person", "Organization", "WorksFor", "Nobody", "if", "date", "_x9", "é"])
KEYWORDS = st.sampled_from(["", "", "name=", "head = ", "tail=", "roles\n=", "since=", "kind="])
LITERALS = st.sampled_from(
    (
        *('"Ada"', "'it\\'s'", '""', "''", '"a, b)"', '"\\\\"', '"\\\n"', "3", "-4", ".5", "1_0"),
        *("007", '"a""b"', '"""c"""', 'f"{x}"', 'b"d"', '"e"f', "g'", '"', "Kind.COMPANY", "None"),
        *("a.b.c", "1if", "--2", "*x", "x for x in y", "# z\n", "\\\n", "1+1", "not x", "…", "ada"),
    )
)
SPACES = st.sampled_from(["", "", "", " ", "\n    ", "\t", "\u00a0"])
COMMAS = st.sampled_from([",", ",", ",", "", ",,"])


@st.composite
def sequences(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """Values with commas and blanks, now and then without."""
    parts = draw(st.lists(st.tuples(SPACES, values, SPACES, COMMAS), max_size=4))
    return "".join(map("".join, parts)) + draw(SPACES)


def calls(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Calls with such arguments, with keywords or without."""
    arguments = sequences(st.tuples(KEYWORDS, values).map("".join))
    return st.tuples(NAMES, st.sampled_from(["(", "(", " ("]), arguments, st.just(")")).map("".join)


def nested(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A literal, a list, or a call of values."""
    return LITERALS | calls(values) | sequences(values).map("[{}]".format)


ITEMS = calls(nested(nested(nested(LITERALS))))


@given(text=ITEMS)
@example(text="Person('Ada')")
@settings(max_examples=300)
def test_plain_is_what_the_scanner_lets_pass(text: str) -> None:
    """Where the expression finds a plain item, the scanner finds the same whole item."""
    match = PLAIN.match(f"{text}, ")
    if match is None:
        return
    source = Buffer(f"{text}, ")
    source.closed = True
    steps = scan(source, match.start(1), ParseLimits(max_depth=3, max_chain=16), 65_536)
    with pytest.raises(StopIteration) as stopped:
        next(steps)
    found = stopped.value.value
    assert (found.damage, found.end, found.formatted) == (Damage.NONE, match.end(1), False)


def both(text: str, monkeypatch: pytest.MonkeyPatch, limits: ParseLimits) -> list[ParseResult]:
    """The results of the short and of the long way."""
    short = parse(text, SCHEMA, limits=limits)
    with monkeypatch.context() as patch:
        patch.setattr(walk, "within", lambda _: False)
        return [short, parse(text, SCHEMA, limits=limits)]


@given(items=sequences(ITEMS | LITERALS), ending=st.sampled_from(["]", "", ")", "].x", "\n# END"]))
@settings(max_examples=200)
def test_both_ways_read_the_same(items: str, ending: str) -> None:
    """Instances, places, diagnostics and outcome do not depend on the way."""
    with pytest.MonkeyPatch.context() as patch:
        for limits in (ParseLimits(), ParseLimits(max_items=2, max_item=40, max_nodes=3)):
            short, long = both(f"result = [\n{items}{ending}", patch, limits)
            assert short == long


@pytest.mark.parametrize(
    "text",
    [
        'Person("Ada") if(x), Person("Bo"), 1 else 2]',
        'Person("Ada") for(x) in (y), Person("Bo")]',
        'Person("Ada"), Person("Bo")(1), Person("Cy").x, Person("Di"),]',
        'Person("Ada" "Bo"), Person(*x), Person("Cy"),]',
        'Person("Ada"), if("Bo"), Person("Cy"),]',
        'Person("Ada"), Person(1 2), Person("Cy"),]',
    ],
)
def test_what_follows_an_item_counts_on_both_ways(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item from which something is computed is withdrawn, whatever came before it."""
    short, long = both(f"result = [{text}", monkeypatch, ParseLimits())
    assert short == long


@pytest.mark.parametrize(
    "head",
    [
        *("result = [", "\n result=[", "result =[\n", "result = [[", "none = [", "return = ["),
        *("text = [", "Person = [", "Personname = [", "Person1 = [", "class = [", "a.b = ["),
        *("x, y = [", "result: list = [", "result == [", "if = [", "result += [", "é = ["),
    ],
)
def test_a_list_begins_the_same_on_both_ways(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever name a list is assigned to, and however often, its head says the same."""
    for text in ('Person("Ada"), Nobody("x")]', 'Person("Ada")]\nb = [Person("Bo")] + result'):
        short, long = both(f"{head}{text}", monkeypatch, ParseLimits())
        assert short == long


def test_most_items_are_plain() -> None:
    """The items that models write most take the short way: else it would save nothing."""
    text = (
        'Person(name="Ada", roles=["poet", \'countess\']), '
        'WorksFor(head=Person("Ada"), tail=Organization("Acme", kind=Kind.COMPANY), '
        "since=date(1843, 1, 2)), Person('it\\'s'),"
    )
    places = [match.span(1) for match in PLAIN.finditer(text)]
    assert [text[start:end].split("(")[0] for start, end in places] == [
        "Person",
        "WorksFor",
        "Person",
    ]
