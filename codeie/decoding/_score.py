"""From a prompt to an answer that a small model could not have written itself."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import Capabilities, Client, Completion, Settings, StopReason, Usage
from codeie.decoding._calibration import TAKEN
from codeie.decoding._decide import Judge, Judged
from codeie.decoding._known import Known
from codeie.decoding._labels import Label, labels_of
from codeie.decoding._propose import sentences, writing_of
from codeie.decoding._readings import NextTokens
from codeie.decoding._told import told_of
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema, why_refused
from codeie.prompting import Demonstration, Prompt, render_instances

__all__ = ["DECODER", "Deciding", "can_decide", "propose_and_score"]

DECODER = "likelihood.v4"
"""The name and version of this way to answer: part of what names a stored answer."""


def can_decide(schema: Schema) -> bool:
    """Whether any class of the schema can be decided by scoring spans: a flat entity class."""
    return any(_mention_field(spec) is not None for spec in schema.classes)


async def propose_and_score(
    prompt: Prompt, client: Client, demonstrations: Sequence[Demonstration] = ()
) -> Completion:
    """Answer a prompt by proposing spans of its text and scoring the classes for each.

    Args:
        prompt: Its text and schema are read; its wording is not.
        client: A client with a method ``next_tokens`` (`codeie.clients.LocalClient`).
        demonstrations: Texts with their instances: what is a mention, of which class, and how
            mentions are written is learned from them.

    Returns:
        The answer as code, mentions in the order of the text, with a
        confidence for each, and a diagnostic for each class that cannot be decided so.

    Raises:
        InputError: If the client has no ``next_tokens``.
        ClientError: If the model cannot be loaded or asked.
    """
    if not hasattr(client, "next_tokens"):
        raise InputError(f"{client.name} cannot score candidates: it has no next_tokens")
    model: Any = client
    return await asyncio.to_thread(_answer, prompt, model, client.name, tuple(demonstrations))


@dataclass(frozen=True, slots=True)
class Deciding:
    """A client that answers by `propose_and_score` with the model of another.

    Args:
        client: A client with a method ``next_tokens``.
        demonstrations: See `propose_and_score`.
    """

    client: Client
    demonstrations: tuple[Demonstration, ...] = ()

    @property
    def name(self) -> str:
        """The model, as the other client names it."""
        return self.client.name

    @property
    def capabilities(self) -> Capabilities:
        """What the other client can do, and by what its answers are decided.

        The demonstrations are part of that: a prompt may show fewer than are learned from.
        """
        shown = hashlib.sha256(repr(self.demonstrations).encode("utf-8", "replace")).hexdigest()
        decoder = f"{DECODER}+{shown[:16]}" if self.demonstrations else DECODER
        return replace(self.client.capabilities, decoder=decoder)

    async def complete(
        self,
        prompt: Prompt,
        settings: Settings = Settings(),  # noqa: ARG002 - of the protocol
    ) -> Completion:
        """Answer the prompt; nothing is sampled, so the settings change nothing.

        Raises:
            InputError: If the client has no ``next_tokens``.
            ClientError: If the model cannot be loaded or asked.
        """
        return await propose_and_score(prompt, self.client, self.demonstrations)


def _answer(
    prompt: Prompt, model: NextTokens, name: str, demonstrations: Sequence[Demonstration]
) -> Completion:
    fields, unsupported = _split(prompt.schema)
    usage = Usage()
    chosen: list[Judged] = []
    labels: tuple[Label, ...] = ()
    if fields:
        told = told_of(demonstrations, prompt.schema, [spec.cls for spec, _ in fields])
        mentions = [
            [span.of(one.text) for one in told for span, label in one.mentions if label == index]
            for index in range(len(fields))
        ]
        labels = labels_of(fields, mentions)
        examples = [one for label in labels for one in label.examples]
        writing = writing_of([*examples, *(one for those in mentions for one in those)])
        known = Known(told, len(labels), writing, [label.examples for label in labels])
        judge = Judge(labels, model, writing, known)
        for place in sentences(prompt.text):
            chosen += _apart(judge.judge(place, prompt.text))
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
