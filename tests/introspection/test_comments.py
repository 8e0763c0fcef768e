"""Guidelines are read from where people write them, where there is source to read."""

from __future__ import annotations

import importlib
import linecache
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import pytest

from codeie.introspection import introspect


@dataclass
class Person:  # a comment of the class, which is no field's
    """A human being."""

    # Written above,
    # on two lines.
    name: Annotated[str, "annotated"] = field(metadata={"description": "described"})  # beside
    """below"""

    # far above, so about nothing

    #: the age in years
    age: int = 0  # noqa: RUF100
    # ----------
    title: str = "#no"  # as written, such as "Dr." or "Sir"  # noqa: RUF100
    # TODO: say more
    long: Annotated[
        str,
        "inner",  # a comment inside is not read
    ] = "x"  # at the end
    bare: str = ""
    quoted: str = ""
    b"bytes are not documentation"  # noqa: B018
    two: str = ""; three: str = ""  # of three  # noqa: E702 # fmt: skip
    "first and second"

    def method(self) -> None:
        """Say nothing about fields."""

    "not under a field"


@dataclass
class Child(Person):
    extra: str = ""  # extra

    @dataclass
    class Inner:
        name: str  # of the inner class

    # The last comment is about nothing.


def guidelines(cls: type) -> dict[str, str]:
    """The guideline of each field that has one."""
    fields = introspect([cls]).classes[0].fields
    return {spec.name: spec.guideline for spec in fields if spec.guideline}


def test_all_places_of_a_field_are_read_in_reading_order() -> None:
    """Above, Annotated, metadata, beside and below are joined; words to tools are left out."""
    assert {
        "name": "Written above, on two lines. annotated; described; beside; below",
        "age": "the age in years",
        "title": "as written",
        "long": "inner; at the end",
        "three": "of three; first and second",
    } == guidelines(Person)
    title = introspect([Person]).classes[0].field("title")
    assert title is not None
    assert ("Dr.", "Sir") == title.candidates


def test_inherited_fields_keep_their_guidelines() -> None:
    """A field's comments are those of the class that declares it; docstrings are not inherited."""
    found = guidelines(Child)
    assert "extra" == found["extra"]
    assert "the age in years" == found["age"]
    assert "" == introspect([Child]).classes[0].guideline


def test_nested_and_local_classes_are_found_by_qualified_name() -> None:
    """Classes of one name in different places have each their own comments."""

    @dataclass
    class Person:
        name: str  # of the local class

    assert {"name": "of the local class"} == guidelines(Person)
    assert {"name": "of the inner class"} == guidelines(Child.Inner)


def test_comments_go_on_in_deeper_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment line indented deeper than the field continues the comment beside it."""
    source = textwrap.dedent("""
        class A:
            name: str  # as written
                       # in the text
            # above last
            bare: str
                 # beside nothing
            last: str  # the end
                       # goes on
        # not of the class
        """)
    module = imported(tmp_path, monkeypatch, "deeper", source)
    assert {
        "name": "as written in the text",
        "bare": "above last",
        "last": "the end goes on",
    } == guidelines(dataclass(module.A))


def test_a_class_on_one_line_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body on the line of the class has a comment as well."""
    module = imported(tmp_path, monkeypatch, "one_line", "class A: x: int  # beside\n")
    assert {"x": "beside"} == guidelines(dataclass(module.A))


def imported(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, source: str) -> Any:
    """A module of that source, from a file."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    module = importlib.import_module(name)
    del sys.modules[name]  # so that the end of the test takes it away
    monkeypatch.setitem(sys.modules, name, module)
    return module


def test_the_definition_that_was_run_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several definitions of a name, that with the class's fields and docstring counts."""
    source = textwrap.dedent('''
        import sys
        try:
            if sys.version_info > (3,):
                class A:
                    """First."""
                    x: int  # first
            else:
                class A:
                    """Second."""
                    x: int  # second
        except ImportError:
            class A:
                y: int  # third
        match 1:
            case 2:
                class A:
                    """Fourth."""
                    x: int  # fourth
        ''')
    module = imported(tmp_path, monkeypatch, "variants", source)
    assert {"x": "first"} == guidelines(dataclass(module.A))


@pytest.mark.parametrize(
    "source", ["class A:\n    y: int  # other field\n", "class A:\n  x: int # \n bad\n", "\0", ""]
)
def test_source_that_does_not_fit_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    """A file changed since its import, or broken, only costs the comments."""
    module = imported(tmp_path, monkeypatch, "changed", "class A:\n    x: int  # beside\n")
    (tmp_path / "changed.py").write_text(source, encoding="utf-8")
    assert {} == guidelines(dataclass(module.A))


def test_source_that_libcst_cannot_read_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Syntax newer than libcst only costs the comments."""
    import libcst

    def fail(text: str) -> None:
        raise libcst.ParserSyntaxError("x", lines=[text], raw_line=1, raw_column=0)

    module = imported(tmp_path, monkeypatch, "newer", "class A:\n    x: int  # beside\n")
    monkeypatch.setattr(libcst, "parse_module", fail)
    assert {} == guidelines(dataclass(module.A))


def test_without_source_the_rest_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class made by a call, of no file or of an unknown module, has its annotated notes."""
    cls = make_dataclass("Made", [("name", Annotated[str, "annotated"])])
    assert {"name": "annotated"} == guidelines(cls)
    cls = make_dataclass("Made", [("name", Annotated[str, "annotated"])])
    cls.__module__ = "no.such.module"
    assert {"name": "annotated"} == guidelines(cls)
    compiled = ModuleType("compiled")
    compiled.__file__ = "compiled.so"
    monkeypatch.setitem(sys.modules, "compiled", compiled)
    cls = make_dataclass("Made", [("name", Annotated[str, "annotated"])])
    cls.__module__ = "compiled"
    assert {"name": "annotated"} == guidelines(cls)


def test_odd_line_ends_inside_lines_move_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Form feeds and separators that Python does not take for line ends are not."""
    source = "x = '\u2028\x85'\n\x0c\nclass A:\n    x: int  # beside\n"
    assert {"x": "beside"} == guidelines(
        dataclass(imported(tmp_path, monkeypatch, "odd", source).A)
    )


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run source as a notebook does: no file, lines only in linecache."""
    notebook = ModuleType("notebook_main")
    monkeypatch.setitem(sys.modules, "notebook_main", notebook)
    before = dict(linecache.cache)

    def run(name: str, source: str) -> Any:
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        exec(compile(source, name, "exec"), vars(notebook))  # noqa: S102 - as a notebook would
        return notebook

    yield run
    linecache.cache.clear()
    linecache.cache.update(before)


CELL = '''
from dataclasses import dataclass
@dataclass
class Person:
    """A human being."""
    name: str  # {comment}
'''


def test_a_notebook_cell_is_read_and_run_again(cells: Any) -> None:
    """Comments come from the newest cell that defines the class; both classes are usable."""
    linecache.cache["lazy"] = (lambda: "class Person: ...",)  # type: ignore[assignment]
    old = cells("<ipykernel-1>", CELL.format(comment="as written")).Person
    assert {"name": "as written"} == guidelines(old)
    new = cells("cell/ipykernel_9/2.py", CELL.format(comment="in full")).Person
    cells("<ipykernel-3>", "x = 1\n")
    assert {"name": "in full"} == guidelines(new)
    assert {"name": "as written"} == guidelines(old)
    assert introspect([new]) != introspect([old])


def test_an_older_cell_run_again_is_known_by_its_docstring(cells: Any) -> None:
    """Among cells with the same fields, the one with the class's docstring counts."""
    old = CELL.format(comment="old")
    cells("<cell 1>", old)
    cells("<cell 2>", CELL.format(comment="new").replace("human being", "person"))
    assert {"name": "old"} == guidelines(cells("<cell 1>", old).Person)
