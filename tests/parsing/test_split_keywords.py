"""A keyword that text splits in two never starts a statement of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import parse
from codeie.diagnostics import Code
from codeie.parsing import IncrementalParser


@dataclass
class Firm:
    name: str


@dataclass
class Person:
    name: str
    employer: Firm | None = None
    age: int | None = None


SPLIT = [
    'Person(na{}me="Ada", employer=Firm("Acme"))',
    'Person(na{}me="Ada",\nemployer=Firm("Acme"))',
    'Person(name="Ada", employ{}er=Firm("Acme"))',
    'Person(employ{}er=Firm("Acme"), age=3)',
    'Person(employ{}er=Firm(\n  "Acme"), age=3)',
    'Person("Ada", Firm("Acme"), a{}xe=[\n3])',
    'Person(na{}ne="Ada",\nemployer=Firm("Acme"))',
]


@pytest.mark.parametrize("code", SPLIT)
@pytest.mark.parametrize("inserted", ["\nNote: see (1).\n", "\n"])
def test_nothing_inside_a_split_item_is_an_item(code: str, inserted: str) -> None:
    """No inner instance gets out of an item one of whose keywords is split by a line."""
    output = f'{code.format(inserted)}\nPerson("Bo")'
    result = parse(output, [Person, Firm])
    assert [Person("Bo")] == result.instances
    assert any(one.code is Code.NESTED_IN_BROKEN for one in result.diagnostics)
    parser = IncrementalParser([Person, Firm])
    for character in output:
        parser.feed(character)
    assert result == parser.close()


@pytest.mark.parametrize(
    "head",
    ['a = Person("Ada", ', 'a = Person("Ada", employer=', 'a = Person(name="Ada", employer=Firm('],
)
@pytest.mark.parametrize("value", ['Firm("Acme")', '[Firm("Acme")]', '[\n  Firm("Acme"),\n]'])
def test_a_statement_behind_a_cut_item_is_read(head: str, value: str) -> None:
    """An assignment on a line of its own ends a cut item and is read as a statement."""
    result = parse(f"{head}\nb = {value}\nc = Firm('Late')", [Person, Firm])
    assert [Firm("Acme"), Firm("Late")] == result.instances
    assert Code.UNTERMINATED in [one.code for one in result.diagnostics]
