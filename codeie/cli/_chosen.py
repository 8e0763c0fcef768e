"""What extracts, as a command line says it, and the extractor that this makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeie.cli._exits import warnings_in_one_line
from codeie.cli._gold import examples_for
from codeie.cli._schema import load_classes
from codeie.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeie.clients import LayoutChoice, Settings
    from codeie.extraction import Extractor
    from codeie.selection import Selector

__all__ = ["Chosen"]

_SELECTOR = "bm25:8"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What extracts.

    Args:
        schema: What to extract, as typed.
        model: With what.
        style: The prompt style.
        layout: How prompts are sent.
        settings: How to sample.
        chunk: How long texts are cut, as the extractor takes it; ``None`` for whole texts.
        strategy: How it is asked more than once, by name; ``None`` or ``"none"`` for once.
        labelled: Where documents to choose demonstrations from are, or ``None``.
        select: How they are chosen, by a selector's name.
    """

    schema: str
    model: str
    style: str
    layout: LayoutChoice
    settings: Settings
    chunk: str | None
    strategy: str | None
    labelled: str | None = None
    select: str | None = None

    def check(self) -> None:
        """Find out what is wrong and costs nothing to see.

        Raises:
            InputError: In one line.
        """
        if self.select is None:
            return
        from codeie.selection import parsed_name

        parsed_name(self.select)
        if self.labelled is None:
            raise InputError("--select needs --demonstrations, the documents to choose from")

    def extractor(self) -> Extractor[Any]:
        """The extractor.

        Raises:
            CodeIEError: If there is no such schema, model, style, strategy or file.
        """
        classes = load_classes(self.schema)
        from codeie.clients import resolve
        from codeie.extraction import Extractor

        with warnings_in_one_line():
            return Extractor(
                classes,
                model=resolve(self.model),
                style=self.style,
                layout=self.layout,
                demonstrations=self._selector(classes) if self.labelled is not None else (),
                settings=self.settings,
                chunk=self.chunk,
                strategy=None if self.strategy == "none" else self.strategy,
            )

    def _selector(self, classes: Sequence[type]) -> Selector:
        from codeie.datasets import LabelMap
        from codeie.selection import selector_named

        labels = LabelMap({cls.__name__: cls for cls in classes})
        return selector_named(self.select or _SELECTOR, examples_for(self.labelled or "", labels))
