"""All checks by name: `nox` runs the lot, `nox -s tests-3.12` one of them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
ROOT = Path(__file__).parent


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types and the direction of imports."""
    session.install("-e", ".[dev]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("mypy", "tests/typing/api.py")
    session.run("lint-imports")


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """The whole suite, on every Python that is supported."""
    session.install("-e", ".[dev,tables]")
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session
def notebooks(session: nox.Session) -> None:
    """Every notebook, executed: its asserts hold, and its outputs are those committed."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-n", "2", "--notebooks", "tests/notebooks", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel holds what the folders hold, and works far from the checkout."""
    session.install("build")
    with tempfile.TemporaryDirectory() as folder:
        session.run("python", "-m", "build", "--outdir", folder, ".", silent=True)
        built = next(Path(folder).glob("*.whl"))
        session.run("python", "tests/project/wheel_contents.py", str(built))
        session.install(f"{built}[dev]")
        session.chdir(folder)
        session.run(
            "pytest",
            "-c",
            str(ROOT / "pyproject.toml"),
            "--rootdir",
            folder,
            "-p",
            "no:cacheprovider",
            "-q",
            str(ROOT / "tests" / "extraction"),
            str(ROOT / "tests" / "project" / "test_import.py"),
            str(ROOT / "tests" / "schemas"),
        )


@nox.session
def docs(session: nox.Session) -> None:
    """The site, with every link checked; any warning is an error."""
    session.install("-e", ".[docs]")
    session.run("python", "docs/make.py")


@nox.session
def typing(session: nox.Session) -> None:
    """Both type checkers find codeie typed in a user's program, far from the checkout."""
    session.install("-e", ".", "mypy>=1.18", "pyright[nodejs]>=1.1.400")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "tests" / "typing" / "api.py", folder)
        (Path(folder) / "mypy.ini").write_text("[mypy]\nstrict = true\nplugins = codeie.mypy\n")
        session.chdir(folder)
        session.run("mypy", "api.py")
        session.run("pyright", "--pythonpath", session.bin + "/python", "api.py")


@nox.session
def lowest(session: nox.Session) -> None:
    """The client tests, with the lowest version that is allowed of each dependency."""
    session.install("uv")
    # What those depend on themselves is as new as it may be: it is for them to say.
    session.run(
        "uv",
        "pip",
        "install",
        *("--python", session.bin + "/python"),
        *("--resolution", "lowest-direct"),
        *("-e", ".[openai,anthropic]"),
        *("pytest>=8.4", "hypothesis>=6.150"),
    )
    session.run("pytest", "-q", "tests/clients", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Daft and Ray Data for real, which are too large to be installed for all tests."""
    session.install("-e", ".[openai,daft,ray]", "pytest>=8.4", "hypothesis>=6.150")
    session.run("pytest", "-q", "tests/engines", *session.posargs)
