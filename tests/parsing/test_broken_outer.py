"""Parts of a broken item never become items, and its neighbours stay what they are."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from codeie import parse
from codeie.diagnostics import Code


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
