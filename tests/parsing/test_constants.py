"""What is plainly constant is folded as Python would, and nothing else is; nothing is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie.diagnostics import Code, Severity
from codeie.parsing import IncrementalParser, ParseLimits, parse
from codeie.types import Entity, Relation


@dataclass
class Person(Entity):
    name: str


@dataclass
class Place(Entity):
    name: str


@dataclass
class LivesIn(Relation):
    head: Person
    tail: Place


@dataclass
class Kw(Entity):
    word: str
    from_: str = ""
    class_: str = ""


@dataclass
class Fact:
    value: Any


CLASSES = [Person, Place, LivesIn, Kw]
ANN, BEN, LEE, OSLO = Person("Ann"), Person("Ben"), Person("Ann Lee"), Place("Oslo")
HOME = LivesIn(ANN, OSLO)
PEOPLE = 'people = [Person("Ann"), Person("Ben")]\nplaces = [Place("Oslo")]\n'
BOTH = [ANN, BEN, OSLO]

READ: dict[str, tuple[str, list[object]]] = {
    "sum": ('[Person("Ann " + "Lee")]', [LEE]),
    "percent": ('Person("%s Lee" % "Ann")', [LEE]),
    "percent with a dict": ('Person("%(a)s %(b)s" % {"a": "Ann", "b": "Lee"})', [LEE]),
    "f-string": ("""[Person(f"{'Ann'} Lee")]""", [LEE]),
    "f-string of a name": ('first = "Ann"\n[Person(f"{first} Lee")]', [LEE]),
    "f-string of a field": ('ann = Person("Ann")\n[Person(f"{ann.name} Lee")]', [ANN, LEE]),
    "f-string of an element": ('names = ["Ann"]\n[Person(f"{names[0]} Lee")]', [LEE]),
    "f-string of a number": ('n = 3\n[Person(f"{n:>2}{n!r}")]', [Person(" 33")]),
    "methods": ('[Person(" ANN ".strip().lower().title())]', [ANN]),
    "method of a name": ('ann = " ann"\n[Person(ann.lstrip().capitalize())]', [ANN]),
    "replace": ('[Person("Onn".replace("O", "A"))]', [ANN]),
    "prefix": ('[Person("Dr Ann".removeprefix("Dr "))]', [ANN]),
    "format": ('[Person("{} {last}".format("Ann", last="Lee"))]', [LEE]),
    "join": ('[Person(" ".join(["Ann", "Lee"]))]', [LEE]),
    "join of a name": ('parts = ["Ann", "Lee"]\n[Person(" ".join(parts))]', [LEE]),
    "split": ('[Person("Ann,Lee".split(",")[0])]', [ANN]),
    "split in a comprehension": ('[Person(n) for n in "Ann,Ben".split(",")]', [ANN, BEN]),
    "assigned sum": ('name = "Ann " + "Lee"\n[Person(name)]', [LEE]),
    "assigned method": ('name = "ann".title()\n[Person(name)]', [ANN]),
    "slice": ('[Person("Annex"[:3])]', [ANN]),
    "elements": (f"{PEOPLE}[LivesIn(people[0], places[-1])]", [*BOTH, HOME]),
    "elements once": (f"{PEOPLE}result = [people[0], people[1]]", BOTH),
    "element assigned": (f"{PEOPLE}ann = people[0]\n[LivesIn(ann, places[0])]", [*BOTH, HOME]),
    "slice of a list": (f"{PEOPLE}some = people[:1]\n[LivesIn(some[0], places[0])]", [*BOTH, HOME]),
    "joined lists": (f"{PEOPLE}all = [*people, *places]\nLivesIn(all[0], all[2])", [*BOTH, HOME]),
    "field of an element": (f"{PEOPLE}[Person(people[0].name + ' Lee')]", [*BOTH, LEE]),
    "two stars": ('[Person(**{"name": "Ann"})]', [ANN]),
    "star": ('[LivesIn(*[Person("Ann"), Place("Oslo")])]', [HOME]),
    "star of a name": (f"{PEOPLE}[LivesIn(*[people[0], *places])]", [*BOTH, HOME]),
    "dict call": ('[dict(type="Person", name="Ann")]', [ANN]),
    "dict call as an argument": ('[LivesIn(dict(name="Ann"), Place("Oslo"))]', [HOME]),
    "module": ('[schema.Person("Ann"), a.b.Place("Oslo")]', [ANN, OSLO]),
    "comprehension": ('[Person(n) for n in ["Ann", "Ben"]]', [ANN, BEN]),
    "comprehension of a name": (
        'names = [\n  "Ann",  # first\n  "Ben",\n]\nresult = [Person(name=n) for n in names]',
        [ANN, BEN],
    ),
    "comprehension of pairs": (
        '[LivesIn(Person(h), Place(t)) for h, t in [("Ann", "Oslo")]]',
        [HOME],
    ),
    "comprehension with a condition": (
        '[Person(n.strip()) for n in ["Ann ", "", "Ben"] if n if n != "Ben"]',
        [ANN],
    ),
    "comprehension twice": (
        '[Person(f"{a}{b}") for a in ["An"] for b in ["n", "d"]]',
        [ANN, Person("And")],
    ),
    "comprehension of dicts": ('[{"type": "Person", "name": n} for n in ("Ann",)]', [ANN]),
    "generator": ('list(Person(n) for n in ["Ann", "Ben"])', [ANN, BEN]),
    "items after": ('[Person(n) for n in ["Ann"]]\n[Person("Ben")]', [ANN, BEN]),
    "reserved word": ('[Kw("x", from="a", class = "b")]', [Kw("x", "a", "b")]),
    "reserved word in a string": ('[Kw("(from=1", from="a")]', [Kw("(from=1", "a")]),
    "any name": ('[Person(text="Ann"), Place(city="Oslo")]', [ANN, OSLO]),
}


@pytest.mark.parametrize("form", READ)
def test_constant_is_read(form: str) -> None:
    """Each kind of constant gives the instances that Python would make, without a complaint."""
    output, instances = READ[form]
    result = parse(output, CLASSES)
    assert (instances, []) == (
        result.instances,
        [str(one) for one in result.diagnostics if one.severity is not Severity.NOTE],
    )


@pytest.mark.parametrize("form", READ)
def test_constant_is_read_in_pieces(form: str) -> None:
    """Where the answer is cut makes no difference."""
    output = READ[form][0]
    whole = parse(output, CLASSES)
    for size in (1, 2, 5):
        parser = IncrementalParser(CLASSES)
        for start in range(0, len(output), size):
            parser.feed(output[start : start + size])
        assert whole == parser.close(), size


REFUSED: dict[str, tuple[str, Code]] = {
    "unknown name": ('Person("Ann" + x)', Code.NOT_A_LITERAL),
    "unknown name in an f-string": ('Person(f"{x}")', Code.DISALLOWED),
    "call in an f-string": ('Person(f"{open(1)}")', Code.DISALLOWED),
    "dunder": ('Person("x".__class__)', Code.NOT_A_LITERAL),
    "dunder in a format": ('Person("{0.__class__}".format("x"))', Code.NOT_A_LITERAL),
    "index in a format": ('Person("{0[0]}".format("x"))', Code.NOT_A_LITERAL),
    "other method": ('Person("x".encode())', Code.NOT_A_LITERAL),
    "format_map": ('Person("x".format_map({}))', Code.NOT_A_LITERAL),
    "call": ('Person("x".join(open("y")))', Code.NOT_A_LITERAL),
    "no such element": ('Person(["x"][1])', Code.NOT_A_LITERAL),
    "method of an instance": ('Person(Person("x").upper())', Code.NOT_A_LITERAL),
    "division by zero": ("Person(1 / 0)", Code.NOT_A_LITERAL),
    "wrong directive": ('Person("%d" % "x")', Code.NOT_A_LITERAL),
    "star of a call": ("Person(*f())", Code.DISALLOWED),
    "keys that are no strings": ("Person(**{1: 2})", Code.DISALLOWED),
    "comprehension over a call": ("Person(n) for n in f()", Code.DISALLOWED),
    "walrus": ('Person((x := "Ann"))', Code.DISALLOWED),
    "huge string": ('Person("x" * 10**9)', Code.TOO_LARGE),
    "huge power": ("Person(10 ** 10 ** 10)", Code.TOO_LARGE),
    "huge tower": ("Person(9 ** 9 ** 9 ** 9)", Code.TOO_LARGE),
    "huge padding": ('Person("x".ljust(10**9))', Code.TOO_LARGE),
    "huge list": ("Person([1] * 10**9)", Code.TOO_LARGE),
    "huge replacement": ('Person(("x" * 999).replace("x", "y" * 999))', Code.TOO_LARGE),
    "huge join": ('Person(("y" * 999).join(["x"] * 999))', Code.TOO_LARGE),
    "huge comprehension": ("Person(n) for n in [1] * 60000", Code.TOO_LARGE),
}


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_not_plainly_constant_is_refused(form: str) -> None:
    """It is one diagnostic, and costs neither time nor the items beside it."""
    code, expected = REFUSED[form]
    result = parse(f'[{code}]\n[Place("Oslo")]', [Person, Place])
    assert OSLO == result.instances[-1]
    assert expected in [one.code for one in result.diagnostics]
    assert 1 == len(result.instances)


def test_all_that_is_computed_is_bounded_together() -> None:
    """What an answer computes is no more than an answer may hold."""
    limits = ParseLimits(max_output=20_000, max_item=2_000)
    lines = "\n".join('Person("x" * 1500)' for _ in range(50))
    result = parse(lines, [Person], limits=limits)
    assert 13 == len(result.instances)
    assert {Code.TOO_LARGE, Code.DUPLICATE_ITEM} == {one.code for one in result.diagnostics}


def test_elements_count_like_the_names_they_are_of() -> None:
    """Lists that hold each other twice do not double with each line."""

    @dataclass
    class Box:
        inner: list[Box]

    lines = ["a0 = [Box([])]", *(f"a{n} = [Box([*a{n - 1}, a{n - 1}[0]])]" for n in range(1, 40))]
    codes = {one.code for one in parse("\n".join(lines), [Box]).diagnostics}
    assert codes & {Code.TOO_LARGE, Code.TOO_DEEP}
    lines = ["a0 = [Box([])]", *(f"a{n} = [Box(a{n - 1} * 9)]" for n in range(1, 14))]
    limits = ParseLimits(max_depth=32)
    codes = {one.code for one in parse("\n".join(lines), [Box], limits=limits).diagnostics}
    assert Code.TOO_LARGE in codes


def test_strings_that_no_name_is_used_of_are_reported() -> None:
    """A list of strings is no result, and that is said, unless something is made of it."""
    result = parse('names = ["Ann", "Ben"]', CLASSES)
    assert ([], [Code.WRONG_TYPE]) == (result.instances, [one.code for one in result.diagnostics])


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ('Person(text="Ann", age=3)', [Code.CONVERTED, Code.UNKNOWN_FIELD]),
        ('Person(first="Ann", last="Lee")', [Code.MISSING_FIELD, *2 * [Code.UNKNOWN_FIELD]]),
        ("Person(age=3)", [Code.MISSING_FIELD, Code.UNKNOWN_FIELD]),
        ('LivesIn(text="Ann")', [*2 * [Code.MISSING_FIELD], Code.UNKNOWN_FIELD]),
    ],
)
def test_only_the_one_string_is_taken_under_any_name(code: str, codes: list[Code]) -> None:
    """Two strings, or none, leave it open which is meant, and nothing is taken."""
    assert codes == [one.code for one in parse(f"[{code}]", CLASSES).diagnostics]


def test_places_point_into_the_answer_as_it_was_written() -> None:
    """A reserved word that names an argument moves no position."""
    output = '[Kw("x", from="a", size=3), Kw(4, from="b", \'c\')]'
    first = parse(output, CLASSES).diagnostics[0]
    assert first.position is not None
    assert "size=3" == output[first.position.offset : first.position.end]


# Python itself is the oracle: source and value are made side by side.

_TEXT = st.text(st.sampled_from("ab ,ÄßI-"), max_size=6)
_LEAF = st.one_of(
    _TEXT.map(lambda one: (repr(one), one)),
    st.integers(0, 99).map(lambda one: (f"({one})", one)),
    st.sampled_from([0.5, 2.0, 1e6]).map(lambda one: (f"({one})", one)),
    st.lists(_TEXT, max_size=3).map(lambda one: (repr(one), one)),
)
_METHODS = (
    *("strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "casefold"),
    *("swapcase", "split", "splitlines"),
)
_OPERATORS: dict[str, Any] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}
_REFUSE = object()


def _try(make: Any) -> Any:
    try:
        return make()
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError):
        return _REFUSE


def _grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def binary(left: Any, sign: str, right: Any) -> Any:
        value = _try(lambda: _OPERATORS[sign](left[1], right[1]))
        return f"({left[0]} {sign} {right[0]})", value

    def method(held: Any, name: str) -> Any:
        return f"{held[0]}.{name}()", _try(lambda: getattr(held[1], name)())

    def replaced(held: Any, old: str, new: str) -> Any:
        return f"{held[0]}.replace({old!r}, {new!r})", _try(lambda: held[1].replace(old, new))

    def joined(separator: str, held: Any) -> Any:
        if not isinstance(held[1], list):
            return f"{separator!r}.join({held[0]})", _REFUSE
        return f"{separator!r}.join({held[0]})", _try(lambda: separator.join(held[1]))

    def indexed(held: Any, index: int) -> Any:
        return f"{held[0]}[{index}]", _try(lambda: held[1][index])

    def sliced(held: Any, low: int | None, high: int | None, step: int | None) -> Any:
        shown = ":".join("" if one is None else str(one) for one in (low, high, step))
        return f"{held[0]}[{shown}]", _try(lambda: held[1][low:high:step])

    def listed(held: Any, condition: str) -> Any:
        if not isinstance(held[1], list):
            return f"[x.upper() for x in {held[0]} if x != {condition!r}]", _REFUSE
        value = _try(lambda: [one.upper() for one in held[1] if one != condition])
        return f"[x.upper() for x in {held[0]} if x != {condition!r}]", value

    ends = st.none() | st.integers(-4, 4)
    return st.one_of(
        st.builds(binary, inner, st.sampled_from(list(_OPERATORS)), inner),
        st.builds(method, inner, st.sampled_from(_METHODS)),
        st.builds(replaced, inner, _TEXT.filter(bool), _TEXT),
        st.builds(joined, _TEXT, inner),
        st.builds(indexed, inner, st.integers(-3, 3)),
        st.builds(sliced, inner, ends, ends, ends.filter(lambda one: one != 0)),
        st.builds(listed, inner, _TEXT),
    ).filter(lambda one: len(one[0]) < 200 and (one[1] is _REFUSE or len(repr(one[1])) < 5_000))


@settings(max_examples=400)
@given(st.recursive(_LEAF, _grown, max_leaves=6))
def test_folding_gives_what_python_gives(case: tuple[str, Any]) -> None:
    """Each expression is folded to Python's own value, or refused with a diagnostic."""
    source, value = case
    result = parse(f"[Fact(value=({source}))]", [Fact])
    if result.instances:
        (fact,) = result.instances
        assert isinstance(fact, Fact)
        assert (value, type(value)) == (fact.value, type(fact.value)), source
    else:
        assert value is _REFUSE, source
        assert result.diagnostics
