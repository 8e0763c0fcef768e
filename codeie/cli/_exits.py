"""How the command line ends: exit codes, and errors on one line of stderr."""

from __future__ import annotations

import contextlib
import enum
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from codeie.errors import (
    AuthenticationFailed,
    CodeIEError,
    CodeIEWarning,
    DatasetError,
    EvaluationError,
    InputError,
    MissingExtra,
    ModelFileError,
    PromptError,
    ProviderUnavailable,
    RateLimited,
    SchemaError,
    UnknownModel,
)
from codeie.wording import counted

__all__ = [
    "Commands",
    "Exit",
    "complain",
    "exit_for",
    "exit_of",
    "one_line",
    "warnings_in_one_line",
]


class Exit(enum.IntEnum):
    """What the exit codes mean."""

    DONE = 0
    """Every document was read and answered."""
    SOME_FAILED = 1
    """Some documents failed; the others are in the output."""
    BAD_INPUT = 2
    """Nothing could be done: wrong arguments, files or schema."""
    NO_MODEL = 3
    """The model is not available; what was answered before is in the output."""
    INTERNAL = 70
    """A fault in codeie itself."""
    INTERRUPTED = 130
    """Ctrl-C."""
    CLOSED_PIPE = 141
    """Whoever read the output stopped reading."""


_BAD_INPUT = (
    InputError,
    SchemaError,
    PromptError,
    DatasetError,
    EvaluationError,
    UnknownModel,
)
_NO_MODEL = (
    AuthenticationFailed,
    MissingExtra,
    ModelFileError,
    ProviderUnavailable,
    RateLimited,
)


@contextlib.contextmanager
def warnings_in_one_line() -> Iterator[None]:
    """Say codeie's own warnings as errors are said, without a place in its code."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", CodeIEWarning)
        before = warnings.showwarning

        def shown(message: Any, category: type[Warning], *rest: Any, **more: Any) -> None:
            if issubclass(category, CodeIEWarning):
                complain(" ".join(str(message).split()))
            else:
                before(message, category, *rest, **more)

        warnings.showwarning = shown
        yield


def exit_of(error: BaseException) -> Exit:
    """The exit code for an error that ends a run."""
    if isinstance(error, _BAD_INPUT):
        return Exit.BAD_INPUT
    return Exit.NO_MODEL if isinstance(error, _NO_MODEL) else Exit.SOME_FAILED


def exit_for(failures: Sequence[CodeIEError | None], count: int) -> Exit:
    """The exit code for a run in which documents failed; says how many.

    Args:
        failures: Why they did; ``None`` where an answer could not be read.
        count: How many documents there were.
    """
    if count > 1:
        complain(f"{len(failures):,} of {counted(count, 'document')} failed")
    kinds = {exit_of(error) if error is not None else Exit.SOME_FAILED for error in failures}
    # Only where nothing at all came out is it the input's or the model's fault as a whole.
    return kinds.pop() if len(failures) == count and len(kinds) == 1 else Exit.SOME_FAILED


def one_line(error: BaseException) -> str:
    """An error and its hints as one line."""
    from codeie.display import visible

    said = [str(error) or type(error).__name__, *getattr(error, "__notes__", ())]
    return visible(" ".join(" ".join(said).split()))


def complain(message: str) -> None:
    """Write one line to stderr; stdout is for results only."""
    typer.echo(f"codeie: {message}", err=True)


class Commands(TyperGroup):
    """The commands, with every way to fail ending in one line and a documented exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; usage errors are written on one line."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.TyperException as error:
            said = error.format_message().rstrip(".")
            complain(f"{said} (see codeie --help)")
            code = Exit.BAD_INPUT
        if not standalone_mode:
            return code
        sys.exit(int(code or 0))

    def invoke(self, ctx: Any) -> Any:
        """Run one command; whatever it raises becomes a line and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _forget_stdout()
            raise typer.Exit(Exit.CLOSED_PIPE) from None
        except KeyboardInterrupt:
            complain("interrupted")
            raise typer.Exit(Exit.INTERRUPTED) from None
        except CodeIEError as error:
            complain(one_line(error))
            raise typer.Exit(exit_of(error)) from error
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except Exception as error:
            if os.environ.get("CODEIE_TRACEBACK"):
                raise
            complain(
                f"internal error: {type(error).__name__}: {one_line(error)}; this is a fault in "
                "codeie, please report it with what CODEIE_TRACEBACK=1 shows"
            )
            raise typer.Exit(Exit.INTERNAL) from error
        return result


def _forget_stdout() -> None:
    # Python flushes stdout once more when it ends, and would complain about the pipe then.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
