"""What extracts, as a command line says it, and the extractor that this makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeie.cli._confidences import confidence_named
from codeie.cli._exits import warnings_in_one_line
from codeie.cli._gold import examples_for
from codeie.cli._schema import load_classes
from codeie.errors import InputError
from codeie.progress import is_watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from codeie.clients import LayoutChoice, Settings
    from codeie.decoding import Constrain
    from codeie.extraction import Chunks, Extractor
    from codeie.prompting import Style
    from codeie.selection import Selector

__all__ = ["Chosen"]

_SELECTOR = "bm25:8"
_LONGEST = 100_000  # bytes of instructions: a model follows no book


@dataclass(frozen=True, slots=True)
class Chosen:
    """What extracts.

    Args:
        schema: What to extract, as typed, or the classes themselves.
        model: With what.
        style: The prompt style.
        layout: How prompts are sent.
        settings: How to sample.
        chunk: How long texts are cut, as the extractor takes it; ``None`` for whole texts.
        strategy: How it is asked more than once, by name; ``None`` or ``"none"`` for once.
        labelled: Where documents to choose demonstrations from are, or ``None``.
        select: How they are chosen, by a selector's name.
        instructions: A file of further instructions for the model, or ``None``.
        constrain: What answers are held to.
        confidence: ``raw``, or files that make confidences true; ``None`` for none.
    """

    schema: str | Sequence[type]
    model: str
    style: str
    layout: LayoutChoice
    settings: Settings
    chunk: str | None
    strategy: str | None
    labelled: str | None = None
    select: str | None = None
    instructions: str | None = None
    constrain: Constrain = "auto"
    confidence: Sequence[str] | None = None

    @classmethod
    def checked(
        cls,
        *,
        temperature: float | None = None,
        max_tokens: int | None = None,
        timeout: float | None = None,
        **choices: Any,
    ) -> Chosen:
        """The choices of a command, once it is found that nothing is wrong with them.

        Args:
            temperature: As for `Settings`.
            max_tokens: As for `Settings`.
            timeout: As for `Settings`.
            **choices: All others.

        Raises:
            InputError: In one line.
        """
        from codeie.clients import Settings

        settings = Settings(temperature=temperature, max_tokens=max_tokens, timeout=timeout)
        chosen = cls(settings=settings, **choices)
        chosen.check()
        return chosen

    def check(self) -> None:
        """Find out what is wrong and costs nothing to see.

        Raises:
            InputError: In one line.
        """
        confidence_named(self.confidence)
        if self.select is None:
            return
        from codeie.selection import parsed_name

        parsed_name(self.select)
        if self.labelled is None:
            raise InputError("--select needs --demonstrations, the documents to choose from")

    def extractor(self, style: str | Style | None = None) -> Extractor[Any]:
        """The extractor.

        Args:
            style: Another style than the one that was chosen.

        Raises:
            CodeIEError: If there is no such schema, model, style, strategy or file.
        """
        named = self.schema
        classes = load_classes(named) if isinstance(named, str) else tuple(named)
        told = () if self.instructions is None else (_read_instructions(self.instructions),)
        from codeie.clients import resolve
        from codeie.extraction import Extractor
        from codeie.prompting import instructed

        with warnings_in_one_line():
            model = resolve(self.model)
            chosen = self.style if style is None else style
            if told:
                # Which style "auto" is only an extractor knows, by its model's layout.
                plain: Extractor[Any] = Extractor(
                    classes, model=model, style=chosen, layout=self.layout
                )
                chosen = instructed(plain.style, *told)
            return Extractor(
                classes,
                model=model,
                style=chosen,
                layout=self.layout,
                demonstrations=self._selector(classes) if self.labelled is not None else (),
                settings=self.settings,
                chunk=self._chunks(),
                strategy=None if self.strategy == "none" else self.strategy,
                constrain=self.constrain,
                confidence=confidence_named(self.confidence),
            )

    def _chunks(self) -> Chunks | None:
        from codeie.extraction import as_chunks

        chunks = as_chunks(self.chunk)
        return chunks and replace(chunks, progress=is_watched())

    def _selector(self, classes: Sequence[type]) -> Selector:
        from codeie.datasets import LabelMap
        from codeie.selection import selector_named

        labels = LabelMap({cls.__name__: cls for cls in classes})
        return selector_named(self.select or _SELECTOR, examples_for(self.labelled or "", labels))


def _read_instructions(name: str) -> str:
    """What a file of instructions says.

    Raises:
        InputError: If it cannot be read, is no text, says nothing, or far too much.
    """
    try:
        with Path(name).open("rb") as file:
            held = file.read(_LONGEST + 1)
        text = held.decode("utf-8")
    except OSError as error:
        raise InputError(f"--instructions {name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"--instructions {name} is no text in UTF-8") from error
    if len(held) > _LONGEST:
        raise InputError(f"--instructions {name} has more than {_LONGEST:,} bytes")
    if not text.strip():
        raise InputError(f"--instructions {name} says nothing; leave it out")
    return text
