"""What ``%load_ext codeie`` adds to a notebook: ``%%extract``, and lists that show themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codeie.diagnostics import Diagnostic, Diagnostics
from codeie.display import Listed, Outlined, Viewable, plain
from codeie.errors import CodeIEError, InputError
from codeie.exploring._magic import extract_cell
from codeie.extraction import Extraction, Extractions
from codeie.grounding import Grounded, Items

__all__ = ["load_ipython_extension", "unload_ipython_extension"]

_KINDS: tuple[tuple[type, Callable[[Any], Viewable]], ...] = (
    (Extraction, Extractions),
    (Diagnostic, Diagnostics),
    (Grounded, Items),
    (Outlined, Listed),
)
_TYPES = (list, tuple)


def load_ipython_extension(shell: Any) -> None:
    """Add ``%%extract`` to a notebook; what ``%load_ext codeie`` calls.

    Besides, lists of extractions, items, diagnostics and other values of codeie show themselves
    from then on.

    Args:
        shell: IPython's shell.
    """

    def extract(line: str, cell: str) -> None:
        """Extract from the text in the cell, and show what is found as it comes.

        %%extract CLASSES [-m MODEL] [-s STYLE] [-o VARIABLE]

        CLASSES are names of variables, separated by spaces or commas: dataclasses, lists of them,
        a Schema; or one Extractor, which has a model and a style already. MODEL is a variable with a client, or
        a model's name such as openai/NAME; by default local. The extraction is kept in VARIABLE,
        by default ``extraction``; of a cell that is interrupted, what was found until then.
        """
        from IPython.core.error import UsageError

        try:
            extract_cell(line, cell, shell.user_ns)
        except CodeIEError as error:
            said = " ".join([str(error), *getattr(error, "__notes__", ())])
            kind = "" if isinstance(error, InputError) else f"{type(error).__name__}: "
            raise UsageError(f"{kind}{said}") from None

    shell.register_magic_function(extract, magic_kind="cell", magic_name="extract")
    formatters = shell.display_formatter.formatters
    for kind in _TYPES:
        # What was said before about other lists still holds.
        formatters["text/html"].for_type(kind, _AsHtml(formatters["text/html"].for_type(kind)))
        formatters["text/plain"].for_type(kind, _AsText(formatters["text/plain"].for_type(kind)))


def unload_ipython_extension(shell: Any) -> None:
    """Take it away again; what ``%unload_ext codeie`` calls.

    Args:
        shell: IPython's shell.
    """
    shell.magics_manager.magics["cell"].pop("extract", None)
    formatters = shell.display_formatter.formatters
    for kind in _TYPES:
        for mime in ("text/html", "text/plain"):
            added = formatters[mime].pop(kind, None)
            before = getattr(added, "before", None)
            if before is not None:
                formatters[mime].for_type(kind, before)


class _AsHtml:
    """Shows lists of codeie's values, and leaves others to what was there before."""

    def __init__(self, before: Callable[[Any], str | None] | None) -> None:
        self.before = before

    def __call__(self, value: Any) -> str | None:
        shown = _shown(value)
        if shown is not None:
            return shown._repr_html_()
        return self.before(value) if self.before is not None else None


class _AsText:
    """Prints them likewise."""

    def __init__(self, before: Callable[[Any, Any, bool], None]) -> None:
        self.before = before

    def __call__(self, value: Any, printer: Any, cycle: bool) -> None:
        shown = _shown(value)
        if shown is not None:
            printer.text(plain(shown))
        else:
            self.before(value, printer, cycle)


def _shown(value: list[Any] | tuple[Any, ...]) -> Viewable | None:
    for kind, made in _KINDS:
        # What has a way to show itself as it is keeps it.
        plainly = type(value) in _TYPES or kind is not Outlined
        if value and plainly and all(isinstance(each, kind) for each in value):
            return made(value)
    return None
