"""Asking first what the model knows of the names in a text, and showing it that as context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.parts import joined
from codeie.extraction.techniques.strategy import Bound, Strategy, asked_further, whole_number
from codeie.images import Image
from codeie.parsing import says_nothing
from codeie.prompting import context, instructed, knowledge_prompt, style_named

__all__ = ["Knowledge"]

_LINE = re.compile(r"[^\n]+")
_LONGEST = 500  # characters of a sentence that is shown


@dataclass(frozen=True, slots=True, repr=False)
class Knowledge(Strategy):
    """Asks what is known of a text's names, and gives it with the question about the text.

    For names that a text does not explain. What the model says stands among the instructions,
    as something to decide by: strings are taken from the text alone. As it differs from text to
    text, prompt caches begin anew with each. It costs one call more.

    Of images beside the text it asks as well. A model that cannot see is told their captions, and
    then asked about the text alone, which a diagnostic says; without captions that is an error.

    Paper: PGIM, Li et al. 2023, Prompting ChatGPT in MNER: Enhanced
    Multimodal Named Entity Recognition with Auxiliary Refined Knowledge.

    Args:
        sentences: How many of the model's sentences are shown at most.
        of: A technique for the question about the text.

    Raises:
        InputError: If ``sentences`` is not from 1 to 1,000; when an extractor is made, also if its model
            does not write answers.
    """

    sentences: int = 8
    of: Technique | None = None

    def __post_init__(self) -> None:
        whole_number("sentences, what is shown at most,", self.sentences, 1)

    def check(self, task: Task) -> None:
        """Refuse a model that decides about spans and writes nothing."""
        if task.decides and task.client is not None:
            raise InputError(
                f"{task.client.name} decides about spans and writes nothing, so it cannot say what "
                "it knows; use knowledge with a model that writes"
            )

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The question about the names, then the one about the text."""
        document, images = task.document, tuple(task.document.images)
        sees = not _is_told(task)
        asked = knowledge_prompt(document.text, task.schema, images, sees=sees)
        told = () if sees else (_in_words(images),)
        if not sees:
            task = replace(task, document=replace(document, images=()))
        step = yield from asked_further(task, replace(asked, layout=task.layout), "knowledge")
        if isinstance(step, Diagnostic):
            before: Extraction[Any] = Extraction(document, diagnostics=(*told, step))
            return joined(document, [before, (yield from way(task))])
        known = context(*self._sentences(step.completion.text))
        style = instructed(style_named(task.style, task.layout), known)
        found = yield from way(replace(task, style=style))
        first: Extraction[Any] = Extraction(document, diagnostics=told, steps=(step,))
        return joined(document, [first, found])

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The way, and a question before it."""
        second = calls(task)
        return None if second is None else second + 1

    def _sentences(self, answer: str) -> list[str]:
        lines = (line[0].strip(" \t-*•") for line in _LINE.finditer(answer))
        said = [line[:_LONGEST] for line in lines if line and not says_nothing(line)]
        return said[: self.sentences]


def _is_told(task: Task) -> bool:
    """Whether a model that cannot see can be told in words what the images show."""
    images, client = task.document.images, task.client
    blind = client is not None and client.capabilities.images is None
    return bool(images) and blind and all(image.caption.strip() for image in images)


def _in_words(images: Sequence[Image]) -> Diagnostic:
    which = "1 image" if len(images) == 1 else f"{len(images)} images"
    return Diagnostic(
        Code.LEFT_OUT,
        f"The model is not known to see, so of {which} it was told the captions only.",
        Severity.WARNING,
    )
