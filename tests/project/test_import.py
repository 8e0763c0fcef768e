"""What importing codeie costs and brings."""

from __future__ import annotations

import subprocess
import sys

import pytest

import codeie

HEAVY = ("openai", "anthropic", "tiktoken", "libcst", "IPython", "jinja2", "rich", "xllamacpp")


@pytest.mark.parametrize("module", ["codeie", "codeie.types", "codeie.errors"])
def test_importing_codeie_loads_nothing_heavy(module: str) -> None:
    """A program that imports codeie pays for no SDK, parser or notebook before it uses them."""
    code = f"import {module}, sys; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_all_public_names_are_there() -> None:
    """`__all__` is sorted and complete, and every name in it can be had."""
    assert sorted(codeie.__all__) == codeie.__all__
    assert set(codeie.__all__) == {*codeie._HOME, *codeie._MODULES}
    assert set(codeie.__all__) <= set(dir(codeie))
    for name in codeie.__all__:
        assert getattr(codeie, name) is not None


def test_a_name_that_is_not_there_says_so() -> None:
    """A misspelt name is an AttributeError that holds it."""
    with pytest.raises(AttributeError, match="no attribute 'Extracter'"):
        codeie.Extracter  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    """The version stands in one place, the package's metadata."""
    assert codeie.__version__.split(".")[0].isdigit()
