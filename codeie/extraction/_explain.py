"""Reasons for labelled examples, written by a model from what is right (gold)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from codeie.clients import Client, Settings, resolve
from codeie.errors import CodeIEError, CodeIEWarning
from codeie.extraction._exchange import Exchange, ask, attempt, together
from codeie.extraction._hold import hold
from codeie.introspection import Classes, introspect
from codeie.prompting import (
    Demonstration,
    DemonstrationLike,
    Prompt,
    as_demonstrations,
    explanation_prompt,
    reasons_for,
)
from codeie.wording import counted

__all__ = ["explain"]

_NUMBERED = re.compile(r"^[ \t#]{0,20}(\d{1,4})[.):][ \t]{0,20}(\S[^\n]{0,500})", re.MULTILINE)


def explain(
    demonstrations: Sequence[DemonstrationLike],
    classes: Classes,
    *,
    model: str | Client,
    settings: Settings = Settings(),
    run: str | Path | None = None,
) -> list[Demonstration]:
    """Demonstrations with reasons that a model writes from their instances.

    The model is told what is right and asked which words show it: gold-label-induced reasoning
    (Wan et al. 2023, GPT-RE: In-context Learning for Relation Extraction using Large Language
    Models), as Wadhwa et al. 2023 let a larger model explain for a smaller one. Styles that show
    reasons (`codeie.prompting.reasoned`) then show these. It costs a call for each demonstration
    with instances; `codeie.prompting.write_demonstrations` keeps the result in a file.

    Args:
        demonstrations: Texts with their instances.
        classes: The classes.
        model: Who explains; as for `Extractor`.
        settings: How to sample.
        run: A file that keeps the answers, so that nothing is asked twice.

    Returns:
        The same demonstrations, in order, each with a line of rationale for each instance.
        Where the model gave none, the line says what the instance is, and a `CodeIEWarning`
        how many there are of these.

    Raises:
        InputError: If something is no demonstration, or ``run`` cannot be used.
        PromptError: If an instance cannot be written.
    """
    schema = introspect(classes)
    shown = as_demonstrations(demonstrations)
    prompts = [explanation_prompt(one, schema) for one in shown if one.instances]
    answers = hold(_answers(prompts), resolve(model), settings, run)
    lacking = 0
    explained: list[Demonstration] = []
    given = iter(answers)
    for one in shown:
        if not one.instances:
            explained.append(one)
            continue
        reasons = _reasons(next(given), one)
        lacking += sum(reason is None for reason in reasons)
        plain = reasons_for(one.instances, schema)
        filled = [said or other for said, other in zip(reasons, plain, strict=True)]
        explained.append(replace(one, rationale=tuple(filled)))
    if lacking:
        message = f"the model gave no reason for {counted(lacking, 'instance')}; what was found stands there"
        warnings.warn(message, CodeIEWarning, stacklevel=2)
    return explained


def _answers(prompts: Sequence[Prompt]) -> Exchange[list[str | CodeIEError]]:
    return (yield from together(attempt(_answer(prompt)) for prompt in prompts))


def _answer(prompt: Prompt) -> Exchange[str]:
    step = yield from ask(prompt, "explain")
    return step.completion.text


def _reasons(answer: str | CodeIEError, one: Demonstration) -> list[str | None]:
    """The line for each instance, by its number."""
    found: dict[int, str] = {}
    if isinstance(answer, str):
        for line in _NUMBERED.finditer(answer):
            found.setdefault(int(line[1]), line[2].strip())
    return [found.get(number) for number in range(1, len(one.instances) + 1)]
