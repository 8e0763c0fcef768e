"""Classes read from code that is never run, made, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Code, introspect
from codeie.cli._schema import load_classes
from codeie.introspection import (
    ClassDraft,
    FieldDraft,
    Schema,
    classes_of_drafts,
    code_of_drafts,
    read_drafts,
)

ANSWER = '''\
Here is the schema:
```python
from dataclasses import dataclass

@dataclass
class Ship(Entity):
    """A vessel with a name. Such as: "Tern", "Lotta"."""

    name: str  # as written, such as: "Tern"
    tons: Optional[int] = None
    # who works on board
    crew: list[Person] = field(default_factory=list)

@dataclass
class Person:
    name: str

class Sails:
    head: Person
    tail: "Ship"
```
I hope this helps!
'''


def test_classes_are_read_with_all_that_is_said_of_them() -> None:
    """Docstrings, comments, examples, types and markers come out of an answer with prose around."""
    drafts, said = read_drafts(ANSWER)
    assert said == ()
    assert drafts == (
        ClassDraft(
            "Ship",
            "Entity",
            "A vessel with a name.",
            (
                FieldDraft("name", note="as written", examples=("Tern",)),
                FieldDraft("tons", "int", optional=True),
                FieldDraft("crew", "Person", many=True, optional=True, note="who works on board"),
            ),
            ("Tern", "Lotta"),
        ),
        ClassDraft("Person", "Entity", "", (FieldDraft("name"),)),
        ClassDraft(
            "Sails", "Relation", "", (FieldDraft("head", "Person"), FieldDraft("tail", "Ship"))
        ),
    )


def test_made_classes_are_dataclasses_with_guidelines() -> None:
    """What is made of drafts is a schema like one that a person wrote."""
    schema = introspect(classes_of_drafts(read_drafts(ANSWER)[0]))
    ship = schema.classes[0]
    assert (ship.guideline, ship.candidates) == ("A vessel with a name.", ("Tern", "Lotta"))
    assert [str(one.type) for one in ship.fields] == ["str", "int | None", "list[Person]"]
    assert ship.fields[0].candidates == ("Tern",)
    person, sails = schema.classes[1].cls, schema.classes[2].cls
    made = sails(head=person("Ada"), tail=ship.cls("Tern"))  # type: ignore[call-arg]
    assert made.tail.tons is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "left", "codes"),
    [
        ("no class at all", [], [Code.NO_CODE]),
        ("class A(Entity:\n    name: str\nclass B:\n    name: str", ["B"], [Code.SYNTAX_ERROR]),
        ("class A:\n    pass", [], [Code.MISSING_FIELD]),
        ("class A:\n    def f(self): ...\n    name: str", ["A"], [Code.DISALLOWED]),
        ("class A:\n    x = 1\n    name: str", ["A"], [Code.DISALLOWED]),
        ("class A:\n    name: eval('1')", ["A"], [Code.CONVERTED]),
        ("class A:\n    name: list[list[str]]", ["A"], [Code.CONVERTED]),
        ("class A:\n    __x: str\n    name: str", ["A"], [Code.DISALLOWED]),
        ("class str:\n    name: str", [], [Code.DISALLOWED]),
        ("class A:\n    n: str\nclass A:\n    m: str", ["A"], [Code.DUPLICATE_ITEM]),
        (f"class A:\n    name: {'[' * 5000}", [], [Code.TOO_LARGE]),
        (f"class A:\n    name: str = {'-' * 5000}1", [], [Code.TOO_LARGE]),
        (f"class A:\n    name: str = {'not ' * 900}1", [], [Code.TOO_LARGE]),
        ("class A:\n    name: str\n" * 101, ["A"], [Code.DUPLICATE_ITEM] * 99 + [Code.TOO_LARGE]),
        (f"class A:\n    name: str\n{'#' * 200_000}", ["A"], [Code.TOO_LARGE]),
    ],
)
def test_what_is_no_class_of_data_is_told(code: str, left: list[str], codes: list[Code]) -> None:
    """Damaged, huge, deep and dangerous code costs itself alone, and each has its diagnostic."""
    drafts, said = read_drafts(code)
    assert ([one.name for one in drafts], [one.code for one in said]) == (left, codes)


@settings(max_examples=60)
@given(st.text(max_size=300) | st.text("classA:\n ()[]\"'=#,\\|", max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever an answer holds, reading it gives drafts and diagnostics, and no error."""
    drafts, said = read_drafts(f"class A:\n    name: str  # {text}\n{text}")
    assert drafts or said


NAMES = st.sampled_from(["name", "kind", "list", "field", "str", "where"])
PROSE = st.text(max_size=40) | st.sampled_from(
    ['"""', 'ends in "', "a \\", '"""\nimport os\n"""', "such as: x", "\x0cform", "{% x %}", "'''"]
)


@st.composite
def written(draw: st.DrawFn) -> str:
    """Code of a few classes with whatever docstrings and examples a model may think of."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        lines += [f"class C{number}({draw(st.sampled_from(['Entity', 'Event', 'X']))}):"]
        lines += [f"    {draw(PROSE)!r}"]
        for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
            kind = draw(
                st.sampled_from(["str", "int", "list[str]", "C0", "list[C1]", "str | None"])
            )
            note = " ".join(draw(PROSE).split())
            lines += [f"    {name}: {kind}  # {note}"]
    return "\n".join(lines)


def shape(schema: Schema) -> dict[str, object]:
    """What a schema says, whatever its classes are."""
    return {
        spec.name: (
            spec.role,
            [(one.name, str(one.type), one.required, one.candidates) for one in spec.fields],
        )
        for spec in schema.classes
    }


@settings(max_examples=25, deadline=None)
@given(code=written())
def test_a_written_schema_says_what_the_made_classes_say(
    code: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The file of drafts is loaded as a schema of the same classes, whatever their docstrings hold."""
    drafts, _ = read_drafts(code)
    if not drafts:
        return
    path: Path = tmp_path_factory.mktemp("schema") / "mine.py"
    path.write_text(code_of_drafts(drafts, 'for """ this'), encoding="utf-8")
    loaded = introspect(list(load_classes(str(path))))
    made = shape(introspect(classes_of_drafts(drafts)))
    assert shape(loaded) == made
    assert [spec.name for spec in loaded.classes] == [draft.name for draft in drafts]
