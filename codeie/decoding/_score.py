"""From a prompt to an answer that a small model could not have written itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import Capabilities, Client, Completion, Settings, StopReason, Usage
from codeie.decoding._calibration import TAKEN
from codeie.decoding._decide import Judge, Judged, Label, NextToken, labels_of
from codeie.decoding._propose import Writing, propose, sentences
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema, why_refused
from codeie.prompting import Prompt, render_instances

__all__ = ["DECODER", "Deciding", "can_decide", "propose_and_score"]

DECODER = "likelihood.v3"
"""The name and version of this way to answer: part of what names a stored answer."""


def can_decide(schema: Schema) -> bool:
    """Whether any class of the schema can be decided by scoring spans: a flat entity class."""
    return any(_mention_field(spec) is not None for spec in schema.classes)


async def propose_and_score(prompt: Prompt, client: Client) -> Completion:
    """Answer a prompt by proposing spans of its text and scoring the classes for each.

    Args:
        prompt: Its text and schema are read; its wording is not.
        client: A client with a method ``next_token`` (`codeie.clients.LocalClient`).

    Returns:
        The answer as code, mentions in the order of the text, with a
        confidence for each, and a diagnostic for each class that cannot be decided so.

    Raises:
        InputError: If the client has no ``next_token``.
        ClientError: If the model cannot be loaded or asked.
    """
    if not hasattr(client, "next_token"):
        raise InputError(f"{client.name} cannot score candidates: it has no next_token")
    model: Any = client
    return await asyncio.to_thread(_answer, prompt, model, client.name)


@dataclass(frozen=True, slots=True)
class Deciding:
    """A client that answers by `propose_and_score` with the model of another.

    Args:
        client: A client with a method ``next_token``.
    """

    client: Client

    @property
    def name(self) -> str:
        """The model, as the other client names it."""
        return self.client.name

    @property
    def capabilities(self) -> Capabilities:
        """What the other client can do, and by what its answers are decided."""
        return replace(self.client.capabilities, decoder=DECODER)

    async def complete(
        self,
        prompt: Prompt,
        settings: Settings = Settings(),  # noqa: ARG002 - of the protocol
    ) -> Completion:
        """Answer the prompt; nothing is sampled, so the settings change nothing.

        Raises:
            InputError: If the client has no ``next_token``.
            ClientError: If the model cannot be loaded or asked.
        """
        return await propose_and_score(prompt, self.client)


def _answer(prompt: Prompt, model: NextToken, name: str) -> Completion:
    fields, unsupported = _split(prompt.schema)
    labels = labels_of(fields)
    usage = Usage()
    chosen: list[Judged] = []
    if labels:
        writing = _writing(labels)
        judge = Judge(labels, model, writing)
        for place in sentences(prompt.text):
            candidates = propose(prompt.text, place, writing)
            chosen += _apart(judge.judge(candidates, place.of(prompt.text), prompt.text))
        # Four characters a token: an estimate, marked as one.
        usage = Usage(judge.characters // 4, judge.calls, estimated=True)
    instances, confidences, rejected = _instances(chosen, labels)
    return Completion(
        text=render_instances(instances, prompt.schema),
        stop_reason=StopReason.END,
        usage=usage,
        model=name,
        prefilled=False,
        confidences=tuple(confidences),
        diagnostics=(*unsupported, *rejected),
    )


def _apart(judged: Sequence[Judged]) -> list[Judged]:
    """The mentions that do not overlap and together have the best odds.

    Weighted interval scheduling, by dynamic programming over the ends.
    """
    likely = sorted((j for j in judged if j.score > TAKEN), key=lambda j: j.candidate.span.end)
    best: list[tuple[float, list[Judged]]] = [(0.0, [])]
    for index, one in enumerate(likely):
        before = index
        while before and likely[before - 1].candidate.span.end > one.candidate.span.start:
            before -= 1
        taken = (best[before][0] + one.score - TAKEN, [*best[before][1], one])
        best.append(max(best[index], taken, key=lambda pair: pair[0]))
    return best[-1][1]


def _instances(
    chosen: Sequence[Judged], labels: Sequence[Label]
) -> tuple[list[object], list[float], list[Diagnostic]]:
    instances: list[object] = []
    confidences: list[float] = []
    rejected: list[Diagnostic] = []
    for decision in chosen:
        label = labels[decision.label]
        try:
            value = label.spec.cls(**{label.field.name: decision.candidate.string})
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            rejected.append(
                Diagnostic(
                    Code.REJECTED,
                    f"{label.spec.name} refused {decision.candidate.string!r} ({why_refused(error)})",
                )
            )
            continue
        instances.append(value)
        confidences.append(round(decision.confidence, 4))
    return instances, confidences, rejected


def _writing(labels: Sequence[Label]) -> Writing:
    examples = [example for label in labels for example in label.examples]
    lower = sum(example == example.lower() for example in examples)
    return Writing(
        lower=bool(examples) and lower > 0.3 * len(examples),
        digits=any(example[:1].isdigit() for example in examples),
    )


def _split(
    schema: Schema,
) -> tuple[list[tuple[ClassSpec, FieldSpec]], list[Diagnostic]]:
    fields, unsupported = [], []
    for spec in schema.classes:
        field = _mention_field(spec)
        if field is not None:
            fields.append((spec, field))
        else:
            unsupported.append(
                Diagnostic(
                    Code.UNSUPPORTED,
                    f"The embedded model was not asked for {spec.name}: it can only label spans "
                    "of the text, so it needs classes with one required text field; use a "
                    "larger model for relations, events and records.",
                    Severity.WARNING,
                )
            )
    return fields, unsupported


def _mention_field(spec: ClassSpec) -> FieldSpec | None:
    required = [field for field in spec.init_fields if field.required]
    if spec.role not in (Role.ENTITY, Role.RECORD) or len(required) != 1:
        return None
    (field,) = required
    return field if field.type.kind is Kind.STR and field.in_text else None
