"""The tree of errors."""

from __future__ import annotations

import pickle
import re

import pytest

from codeie import Extractor, errors
from codeie.errors import ClientError, CodeIEError, DatasetError, ParseError, SchemaError
from codeie.schemas.starter import SCHEMA
from codeie.testing import ScriptedClient


def _tree(cls: type, depth: int = 0) -> list[tuple[int, str]]:
    rows = [(depth, cls.__name__)]
    for child in cls.__subclasses__():
        if child.__module__ == "codeie.errors":
            rows += _tree(child, depth + 1)
    return rows


def test_the_drawing_in_the_docstring_is_the_tree_of_classes() -> None:
    """The tree drawn for readers names exactly the classes there are, at their depths."""
    assert errors.__doc__ is not None
    drawn = []
    for line in errors.__doc__.splitlines():
        found = re.match(r"    ([│├└─ ]*)([A-Z]\w+)", line)
        if found:
            drawn.append((len(found[1]) // 4, found[2]))
    assert _tree(CodeIEError) == drawn


@pytest.mark.parametrize(
    "error",
    [
        SchemaError("wrong", class_name="Person", field_name="name"),
        ClientError("no", provider="openai", status_code=500, retryable=True, hint="Wait."),
        ParseError("bad", line=2, column=3, context="x\n^", code="syntax-error"),
        DatasetError("odd", path="a.txt", line=7),
    ],
)
def test_errors_survive_pickling(error: CodeIEError) -> None:
    """An error that crosses a process keeps its class, message and details."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(error) is type(again)
    assert str(error) == str(again)
    assert vars(error) == vars(again)


def test_a_parse_error_shows_its_place() -> None:
    """The text of a strict parsing error begins with line and column and ends with the caret."""
    error = ParseError("unknown class Foo", line=2, column=5, context="    Foo()\n    ^")
    assert str(error) == "line 2, column 5: unknown class Foo\n    Foo()\n    ^"
    assert str(ParseError("no code")) == "no code"


def test_a_dataset_error_shows_its_file_and_line() -> None:
    """The text of a dataset error begins with file and line where they are known."""
    assert str(DatasetError("odd", path="a.txt", line=7)) == "a.txt:7: odd"
    assert str(DatasetError("gone", path="a.txt")) == "a.txt: gone"
    assert str(DatasetError("no such dataset")) == "no such dataset"


def test_a_hint_is_a_note() -> None:
    """What to do about a client error shows below it in a traceback."""
    assert ClientError("no", hint="Set a key.").__notes__ == ["Set a key."]
    assert not hasattr(ClientError("no"), "__notes__")


def test_a_notebook_shows_the_users_lines_and_what_to_do() -> None:
    """Not the way through codeie, whose lines say nothing; each cause with the lines that raised it."""

    def answer(prompt: object) -> str:
        raise TimeoutError("no answer in time")

    extractor = Extractor(SCHEMA, model=ScriptedClient(answer))
    with pytest.raises(ClientError) as caught:
        extractor("Ada")
    caught.value.add_note("Ask later.")
    lines = caught.value._render_traceback_()
    shown = [line.rpartition("/")[2] if line.endswith(":") else line.strip() for line in lines]
    assert [re.sub(r"line \d+", "line _", line) for line in shown] == [
        "test_errors.py, line _, in test_a_notebook_shows_the_users_lines_and_what_to_do:",
        'extractor("Ada")',
        "ClientError: scripted failed: TimeoutError: no answer in time",
        "Ask later.",
        "",
        "because of",
        "test_errors.py, line _, in answer:",
        'raise TimeoutError("no answer in time")',
        "TimeoutError: no answer in time",
        "",
        "All lines, also those inside packages: import traceback; traceback.print_last()",
    ]


def test_a_circle_of_causes_ends() -> None:
    """Errors that are each other's cause are shown once each."""
    first, second = CodeIEError("first"), CodeIEError("second")
    first.__cause__, second.__cause__ = second, first
    assert "".join(first._render_traceback_()).count("second") == 1
