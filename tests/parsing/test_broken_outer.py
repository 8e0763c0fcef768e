"""Parts of a broken item never become items, and its neighbours stay what they are."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from codeie import parse
from codeie.diagnostics import Code, Severity


@dataclass
class Person:
    name: str


@dataclass
class Attack:
    trigger: str
    attackers: list[Person] = field(default_factory=list)
    place: str | None = None


ADA, BO, CY = Person("Ada"), Person("Bo"), Person("Cy")
RAID = Attack("raid", [ADA, BO], "Rome")
LISTED = Attack("raid", [Person("x = [1, 2]"), BO])

REPAIRED = {
    "a bracket too many in a list, then an element and a field": (
        'Attack("raid", attackers=[Person("Ada")), Person("Bo")], place="Rome")',
        RAID,
    ),
    "two brackets where a call begins": (
        'Attack((trigger="raid", attackers=[Person("Ada"), Person("Bo")], place="Rome")',
        RAID,
    ),
    "the same before an argument without a keyword": (
        'Attack(("raid", attackers=[Person("Ada"), Person("Bo")], place="Rome")',
        RAID,
    ),
    "a missing comma behind a string with brackets and a list": (
        'Attack("raid", [Person("Ada"), Person("x = [1, 2]")] place="Rome")',
        Attack("raid", [ADA, Person("x = [1, 2]")], "Rome"),
    ),
    "a missing quote behind brackets of the string": (
        'Attack("raid", attackers=[Person(name="x = [1, 2]), Person(name="Bo")])',
        LISTED,
    ),
}
LOST = {
    "an apostrophe in prose": (
        'Attack("raid", attackers=it\'s [Person("Ada"), Person("Bo")], place="Rome")'
    ),
    "a word before an argument": 'Attack("raid", attackers= oops Person("Ada"))',
    "prose before an argument": 'Attack("raid", attackers=it\'s Person("Ada"))',
}
AROUND = {
    "calls, one a line": 'Person("Cy")\n{}\nPerson("O\'Neill")\n',
    "a list, an item a line": '[\n    Person("Cy"),\n    {},\n    Person("O\'Neill"),\n]',
    "a list on one line": '[Person("Cy"), {}, Person("O\'Neill")]',
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("damage", REPAIRED)
def test_a_damaged_outer_call_is_repaired_as_a_whole(damage: str, around: str) -> None:
    """Where one change makes the outer call whole, that is what is read, and it is said."""
    code, meant = REPAIRED[damage]
    result = parse(AROUND[around].replace("{}", code), [Person, Attack])
    assert result.instances == [CY, meant, Person("O'Neill")]
    assert [one.code for one in result.diagnostics] == [Code.REPAIRED]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("damage", LOST)
def test_no_part_of_a_lost_call_becomes_an_item(damage: str, around: str) -> None:
    """Where the outer call cannot be read, neither are its parts; the next item is."""
    text = AROUND[around].replace("{}", LOST[damage])
    result = parse(text, [Person, Attack])
    assert result.instances == [CY, Person("O'Neill")]
    assert Code.SYNTAX_ERROR in {one.code for one in result.diagnostics}


SENTENCES = ["We see {}", "There is, in words, {}", "A *{}", "The {} (see below)", "x -> {}"]
ENDS = ["", " in it.", "\n", "\n\n", '\n\nAttack("raid", attackers=[Person("Ada"), Person("Bo")])']
CALLS = [
    'Attack("raid", attackers=[Person("Ada"), Person("Bo")], place="Rome")',
    'Attack(trigger="raid", attackers=[Person(name="Ada")])',
    'Attack(\n    "raid",\n    attackers=[\n        Person("Ada"),\n    ],\n)',
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_in_a_call_of_a_sentence_that_is_cut_off_is_no_item_unsaid(sentence: str) -> None:
    """At whatever place the call ends, a part of it is given out only with a warning."""
    for call in CALLS:
        for cut in range(len("Attack("), len(call)):
            answer = sentence.format(call[:cut]) + ENDS[cut % len(ENDS)]
            result = parse(answer, [Person, Attack])
            parts = [one for one in result.instances if isinstance(one, Person)]
            said = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
            assert said or not parts, answer


@pytest.mark.parametrize("name", ["Raid", "dict", "Attack2"])
def test_what_is_in_a_call_of_a_sentence_that_is_no_class_is_told(name: str) -> None:
    """An argument of an unknown name is not an item that somebody introduced."""
    for answer in (f'We see {name}(who=Person("Ada"), pl', f'A {name}[x, who = [Person("Ada")]]'):
        result = parse(answer, [Person, Attack])
        assert result.instances == [ADA]
        assert [one.code for one in result.diagnostics] == [Code.REPAIRED]


def test_a_list_after_a_sentence_with_half_a_call_is_read() -> None:
    """A call that a sentence never closes takes nothing of the answer below with it."""
    broken = 'I found Attack("raid", attackers=[Person("Ada"), in it.'
    for below in ('[Person("Bo")]', 'Here:\n```python\n[Person("Bo")]\n```', 'Person("Bo")'):
        result = parse(f"{broken}\n\n{below}", [Person, Attack])
        assert result.instances == [BO]
        assert [one.code for one in result.diagnostics] == [Code.UNTERMINATED]
