"""A question's values and its template become the pieces of a `Prompt`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from codeie.errors import PromptError
from codeie.images import Image
from codeie.prompting._prompt import Layout, Prompt, Shown
from codeie.prompting._style import SHOWS, Question, Request, Style
from codeie.prompting._template import Template, Value

__all__ = ["assembled"]


def assembled(
    style: Style, question: Question, request: Request, layout: Layout, prefill: str | None = None
) -> Prompt:
    """The prompt that asks a question by itself.

    Args:
        style: Whose question it is.
        question: What its template is filled with. Among its values, ``demonstrations`` are
            those in which each demonstration differs from the document, with an ``answer``.
        request: What it asks about.
        layout: How the prompt is sent.
        prefill: As for `render`.

    Raises:
        PromptError: If demonstrations have images, and the style does not say which one it shows.
    """
    template = style.template_of(question)
    shown = question.values.get("demonstrations", [])
    own = [one for one in shown if isinstance(one, dict)]
    made = any(one.made for one in request.demonstrations)  # then all are
    begins = prefill is not None and not question.opening
    opening = question.opening or template.stable("opening", question.values)
    instructions = (template.stable("instructions", question.values), question.more)
    return Prompt(
        question=template.block("question", question.values),
        schema=question.schema or request.schema,
        text=request.text,
        style=style.name,
        version=style.version,
        instructions="\n".join(filter(None, instructions)),
        classes=template.stable("classes", question.values),
        demonstrations=tuple(
            replace(
                _shown(template, {**question.values, **one}, question, begins),
                made=made,
                images=_images_of(one, style, request),
            )
            for one in own
        ),
        opening="" if begins else opening,
        layout=layout,
        prefill=f"{opening}{prefill}" if begins else "",
        stop=tuple(dict.fromkeys((*style.stop, *question.syntax.stop))),
        syntax=question.syntax,
        language=style.language,
        diagnostics=question.diagnostics,
        images=request.images,
    )


def _images_of(row: Mapping[str, str], style: Style, request: Request) -> tuple[Image, ...]:
    if not any(one.images for one in request.demonstrations):
        return ()
    if SHOWS not in row:
        raise PromptError(
            f"the style {style.name!r} does not show demonstrations one by one, so it cannot show "
            "their images; use another style, or demonstrations without images"
        )
    return tuple(request.demonstrations[int(row[SHOWS])].images)


def _shown(
    template: Template, values: Mapping[str, Value], question: Question, begins: bool
) -> Shown:
    """A demonstration; ``begins`` says that the opening is the answer's beginning."""
    opening = template.stable("opening", values)
    answer = template.stable("answer", values) or str(values["answer"])
    exchange = Shown(template.stable("question", values), answer, opening)
    if not question.opening:
        return exchange.begun() if begins else exchange
    said = "\n".join(filter(None, (str(values.get("reasons", "")), exchange.begun().answer)))
    return Shown(exchange.question, said, question.opening)
