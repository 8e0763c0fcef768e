"""``%load_ext codeie``: ``%%extract``, and lists that show themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import codeie
from codeie import Code, Diagnostic, Entity, Extraction, Extractor, InputError, Prompt, introspect
from codeie.display import plain
from codeie.errors import CodeIEError, ProviderUnavailable
from codeie.exploring._magic import extract_cell
from codeie.testing import ScriptedClient

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e Tern"


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Bird(Entity):
    """An animal."""

    name: str


def by_class(prompt: Prompt) -> str:
    """Each class of the prompt, once."""
    names = [spec.name for spec in prompt.schema.classes]
    return "[" + ", ".join(f'{name}("Tern")' for name in names) + "]"


def variables() -> dict[str, Any]:
    """What a notebook has."""
    client = ScriptedClient(by_class)
    return {
        "Ship": Ship,
        "Bird": Bird,
        "both": [Ship, Bird],
        "schema": introspect([Bird]),
        "client": client,
        "extractor": Extractor([Ship], model=client, style="gollie"),
        "number": 5,
        "_hidden": Bird,
    }


@pytest.mark.parametrize(
    ("line", "classes"),
    [
        ("Ship -m client", ["Ship"]),
        ("Ship,Bird --model client", ["Ship", "Bird"]),
        ("Ship, Bird -m client -s gollie", ["Ship", "Bird"]),
        ("both -m client", ["Ship", "Bird"]),
        ("schema --model=client", ["Bird"]),
        ("schema Ship -m client", ["Bird", "Ship"]),
        ("extractor", ["Ship"]),
    ],
)
def test_what_to_extract_is_named(line: str, classes: list[str]) -> None:
    """By classes, lists of them, a schema or an extractor; the text is the cell's, letter by letter."""
    names = variables()
    extract_cell(line, HOSTILE + "\n", names)
    extraction = names["extraction"]
    assert HOSTILE == extraction.document.text
    assert classes == [type(each).__name__ for each in extraction.instances]


def test_the_result_has_the_name_that_is_wanted() -> None:
    """And nothing else changes."""
    names = variables()
    before = dict(names)
    extract_cell("Ship -m client --as found", "Tern", names)
    assert [Ship("Tern")] == names.pop("found").instances
    assert before == names


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "say what to extract, such as %%extract Person,Place; there are Ship, Bird, schema"),
        ("Shipp", "there is no variable 'Shipp' (did you mean 'Ship'"),
        ("__import__('os').system('false')", "there is no variable"),
        ("number", "number is of type int: name dataclasses, lists of them"),
        ("Ship -m gpt-5.2", "unknown model 'gpt-5.2'"),
        ("Ship -m number", "int"),
        ("Ship -m client -s gollum", "there is no prompt style 'gollum'; try gollie"),
        ("Ship -m", "expected one argument; %%extract? says what there is"),
        ("Ship --modell client", "unrecognized arguments: --modell"),
        ("Ship 'Bird", "No closing quotation"),
        ("Ship -m client --as 5x", "--as needs the name of a variable, got '5x'"),
        ("Ship -m client --as class", "--as needs the name of a variable, got 'class'"),
        ("Ship -m client --as Ship", "--as Ship would overwrite what to extract"),
        ("extractor -m client", "extractor is an Extractor, which has its classes"),
    ],
)
def test_mistakes_are_told_in_a_line(line: str, said: str) -> None:
    """Nothing is evaluated, and nothing is kept."""
    names = variables()
    with pytest.raises(CodeIEError) as raised:
        extract_cell(line, "Tern", names)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "extraction" not in names


def test_a_cell_needs_a_text() -> None:
    """White space is none."""
    with pytest.raises(InputError, match="there is no text below %%extract"):
        extract_cell("Ship", " \n", variables())
    with pytest.raises(InputError, match=r"Person,Place$"):
        extract_cell("", "Tern", {})


def test_an_interrupt_or_an_error_leaves_what_was_found() -> None:
    """In the variable of the cell."""

    def interrupted(prompt: Prompt) -> str:
        raise KeyboardInterrupt

    def down(prompt: Prompt) -> str:
        raise ProviderUnavailable("down")

    names = variables() | {"client": ScriptedClient(interrupted)}
    extract_cell("Ship -m client", "Tern", names)
    assert "interrupted" == names["extraction"].diagnostics[-1].code
    names = variables() | {"client": ScriptedClient(down)}
    with pytest.raises(ProviderUnavailable):
        extract_cell("Ship -m client", "Tern", names)
    assert isinstance(names["extraction"], Extraction)


class Shell:
    """As much of IPython's shell as an extension sees, with its real formatters."""

    def __init__(self, names: dict[str, Any]) -> None:
        from IPython.core.formatters import DisplayFormatter

        self.user_ns = names
        self.display_formatter = DisplayFormatter()
        self.magics: dict[str, dict[str, Any]] = {"cell": {}}
        self.magics_manager = self

    def register_magic_function(self, function: Any, magic_kind: str, magic_name: str) -> None:
        self.magics[magic_kind][magic_name] = function

    def shown(self, value: object) -> dict[str, str]:
        bundle, _ = self.display_formatter.format(value)  # type: ignore[no-untyped-call]
        return dict(bundle)


@pytest.fixture
def shell() -> Iterator[Shell]:
    """A shell with the extension."""
    pytest.importorskip("IPython", reason="needs codeie[notebook]")
    made = Shell(variables())
    codeie.load_ipython_extension(made)
    yield made
    codeie.unload_ipython_extension(made)
    assert {} == made.magics["cell"]
    assert ["text/plain"] == list(made.shown([made.user_ns["extraction"]]))


def test_the_extension_adds_the_magic_and_shows_lists(shell: Shell) -> None:
    """Of extractions, items and diagnostics; other lists stay as they were."""
    shell.magics["cell"]["extract"]("Ship -m client", HOSTILE)
    extraction = shell.user_ns["extraction"]
    for value, said in (
        ([extraction, extraction], "2 documents, 2 items"),
        ((extraction,), "1 document, 1 item"),
        (list(extraction.items), "Entities"),
        ([Diagnostic(Code.LOOP, "<script>alert")], "1 diagnostic: 1 error"),
    ):
        bundle = shell.shown(value)
        assert said in bundle["text/plain"]
        assert "<script>alert" not in bundle["text/html"]
    assert {"text/plain": "[1, 'a', []]"} == shell.shown([1, "a", []])
    assert {"text/plain": "(1, [2])"} == shell.shown((1, [2]))


def test_the_magic_fails_in_one_line(shell: Shell) -> None:
    """With what IPython shows without a traceback, and what to do about it."""
    from IPython.core.error import UsageError

    shell.magics["cell"]["extract"]("Ship -m client", "Tern")
    with pytest.raises(UsageError, match=r"^there is no variable 'Nope'"):
        shell.magics["cell"]["extract"]("Nope", "Tern")
    assert "%%extract CLASSES" in shell.magics["cell"]["extract"].__doc__
    assert "Tern" in plain(shell.user_ns["extraction"])
