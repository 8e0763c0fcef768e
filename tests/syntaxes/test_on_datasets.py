"""What annotators found in real texts, written in the forms of trained generators and read back.

Without `CODEIE_DATA` it is skipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import pytest

from codeie import datasets
from codeie.introspection import Role, Schema, introspect
from codeie.parsing import ParseResult
from codeie.prompting._choose import part_of
from codeie.syntaxes import Annotated, Facts, Filled, Grouped, Linear, Syntax, Tagged, Tree

pytestmark = pytest.mark.data

DOCUMENTS = 5
LONGEST = 3_000
NAMES = (
    "conll04",
    "scierc",
    "genia_ner",
    "crossner_politics",
    "casie",
    "phee",
)
ALL = (Role.ENTITY, Role.RELATION, Role.EVENT)
FORMS: dict[str, tuple[Callable[[str], Syntax], Sequence[Role]]] = {
    "annotated": (Annotated, ALL),
    "tagged": (Tagged, [Role.ENTITY]),
    "linear": (lambda _: Linear(), [Role.RELATION]),
    "tree": (lambda _: Tree(), [Role.EVENT]),
    "facts": (lambda _: Facts(), ALL),
    "filled": (lambda _: Filled(), [Role.EVENT]),
    "mentions by class": (lambda _: Grouped(Role.ENTITY), [Role.ENTITY]),
    "relations in JSON": (lambda _: Grouped(Role.RELATION), [Role.RELATION]),
    "events in JSON": (lambda _: Grouped(Role.EVENT), [Role.EVENT]),
}


def written(syntax: Syntax, gold: Sequence[object], schema: Schema) -> tuple[str, int]:
    """The answer, and how many of the instances it cannot show."""
    if isinstance(syntax, Annotated | Tagged):
        answer, left_out = syntax.marked(gold, schema)
        return answer, len(left_out)
    return syntax.write(gold, schema), 0


@pytest.mark.parametrize("name", NAMES)
def test_all_that_annotators_found_reads_back(name: str, data: Path) -> None:
    """Nothing is lost, added or changed; what has gaps or overlaps is said to be left out."""
    dataset = datasets.load(name, data, split="all" if name == "casie" else "dev")
    schema = introspect(dataset.schema)
    short = (one for one in dataset if len(one.document.text) <= LONGEST)
    for example in islice(short, DOCUMENTS):
        for form, (make, roles) in FORMS.items():
            kept = [spec.cls for spec in schema.classes if spec.role in roles]
            part = part_of(schema, kept)
            gold = [one for one in example.instances if part.requested(type(one))]
            syntax = make(example.document.text)
            answer, lost = written(syntax, gold, part)
            result: ParseResult = syntax.read(answer, part)
            expected, found = Counter(map(repr, gold)), Counter(map(repr, result.instances))
            assert (found - expected).total() == 0, (form, answer)
            assert (expected - found).total() == lost, (form, answer)
