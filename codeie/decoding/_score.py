"""From a prompt to an answer that a small model could not have written itself."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from codeie.clients import Capabilities, Client, Completion, Settings, StopReason, Usage
from codeie.decoding._calibration import TAKEN
from codeie.decoding._decide import Judge, Judged, Label, NextToken, labels_of
from codeie.decoding._propose import Writing, propose, sentences
from codeie.decoding._relate import Relating, pairing_of
from codeie.decoding._told import Told, told_of
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema, why_refused
from codeie.prompting import Demonstration, Prompt, render_instances
from codeie.types import Span

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
        client: A client with a method ``next_token`` (`codeie.clients.LocalClient`).
        demonstrations: Texts with their instances: which mentions are related is learned
            from them.

    Returns:
        The answer as code, mentions in the order of the text, with a
        confidence for each, and a diagnostic for each class that cannot be decided so. Relations
        between two mentions of a sentence come behind its mentions, if demonstrations show some.

    Raises:
        InputError: If the client has no ``next_token``.
        ClientError: If the model cannot be loaded or asked.
    """
    if not hasattr(client, "next_token"):
        raise InputError(f"{client.name} cannot score candidates: it has no next_token")
    model: Any = client
    return await asyncio.to_thread(_answer, prompt, model, client.name, tuple(demonstrations))


@dataclass(frozen=True, slots=True)
class Deciding:
    """A client that answers by `propose_and_score` with the model of another.

    Args:
        client: A client with a method ``next_token``.
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
            InputError: If the client has no ``next_token``.
            ClientError: If the model cannot be loaded or asked.
        """
        return await propose_and_score(prompt, self.client, self.demonstrations)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the schema asks for that can be decided.

    Args:
        fields: Each flat class, with the field that holds the mention.
        relations: Each class of pairs, with what the demonstrations say of it.
        unsupported: A diagnostic for each class that cannot be decided.
    """

    fields: Sequence[tuple[ClassSpec, FieldSpec]]
    relations: Sequence[Relating]
    unsupported: Sequence[Diagnostic]


def _answer(
    prompt: Prompt, model: NextToken, name: str, demonstrations: Sequence[Demonstration]
) -> Completion:
    wanted = _wanted(prompt.schema, demonstrations)
    usage, found = Usage(), _Found((), wanted.relations)
    if wanted.fields:
        labels = labels_of(wanted.fields)
        writing = _writing(labels)
        judge = Judge(labels, model, writing)
        found = _Found(labels, wanted.relations)
        for place in sentences(prompt.text):
            candidates = propose(prompt.text, place, writing)
            judged = judge.judge(candidates, place.of(prompt.text), prompt.text)
            found.add(prompt.text, _apart(judged))
        # Four characters a token: an estimate, marked as one.
        usage = Usage(judge.characters // 4, judge.calls, estimated=True)
    return Completion(
        text=render_instances(found.instances, prompt.schema),
        stop_reason=StopReason.END,
        usage=usage,
        model=name,
        prefilled=False,
        confidences=tuple(found.confidences),
        diagnostics=(*wanted.unsupported, *found.rejected),
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


class _Found:
    """The instances of the answer, made sentence by sentence.

    Args:
        labels: The classes of the mentions.
        relations: The relations that are looked for between them.
    """

    def __init__(self, labels: Sequence[Label], relations: Sequence[Relating]) -> None:
        self._labels = labels
        self._relations = relations
        self.instances: list[object] = []
        self.confidences: list[float] = []
        self.rejected: list[Diagnostic] = []

    def add(self, text: str, chosen: Sequence[Judged]) -> None:
        """Make instances of a sentence's mentions, then of the relations between them."""
        made: dict[Span, tuple[object, Judged]] = {}
        for one in chosen:
            label = self._labels[one.label]
            mention: dict[str, object] = {label.field.name: one.candidate.string}
            value = self._make(label.spec, mention, one.confidence)
            if value is not None:
                made[one.candidate.span] = (value, one)
        placed = [(span, one.label) for span, (_, one) in made.items()]
        for relation in self._relations:
            pairing = relation.pairing
            for pair in relation.related(text, placed):
                (head, first), (tail, second) = made[pair.head], made[pair.tail]
                sure = pair.confidence * first.confidence * second.confidence
                given = {pairing.head.name: head, pairing.tail.name: tail}
                self._make(pairing.spec, given, sure)

    def _make(
        self, spec: ClassSpec, given: Mapping[str, object], confidence: float
    ) -> object | None:
        try:
            make: Any = spec.cls
            value: object = make(**given)
        except (ValueError, TypeError, ArithmeticError, LookupError) as error:
            what = next(iter(given.values()))
            self.rejected.append(
                Diagnostic(
                    Code.REJECTED, f"{spec.name} refused {what!r:.200} ({why_refused(error)})"
                )
            )
            return None
        self.instances.append(value)
        self.confidences.append(round(confidence, 4))
        return value


def _wanted(schema: Schema, demonstrations: Sequence[Demonstration]) -> _Wanted:
    fields, others = _split(schema)
    classes = [spec.cls for spec, _ in fields]
    told = told_of(demonstrations, schema, classes) if fields else []
    relations, unsupported = [], []
    for spec in others:
        pairing = pairing_of(spec, classes)
        relation = Relating(pairing) if pairing is not None else None
        if relation is not None:
            for one in told:
                relation.learn(one, _pairs(one, relation))
        if relation is not None and relation.shown:
            relations.append(relation)
        else:
            unsupported.append(_unsupported(spec, pairs=relation is not None))
    return _Wanted(fields, relations, unsupported)


def _pairs(told: Told, relation: Relating) -> Iterator[tuple[Span, Span]]:
    head, tail = relation.pairing.head.name, relation.pairing.tail.name
    for cls, places in told.arguments:
        if cls is relation.pairing.spec.cls and head in places and tail in places:
            yield places[head], places[tail]


def _unsupported(spec: ClassSpec, *, pairs: bool) -> Diagnostic:
    why = (
        "it learns which mentions are related from demonstrations, and none shows a pair in one "
        "sentence; give some that do, or use a larger model."
        if pairs
        else "it can only label spans of the text and relate them in pairs, so it needs classes "
        "with one required text field, or relations between two such; use a larger model for "
        "other relations, events and records."
    )
    return Diagnostic(
        Code.UNSUPPORTED,
        f"The embedded model was not asked for {spec.name}: {why}",
        Severity.WARNING,
    )


def _writing(labels: Sequence[Label]) -> Writing:
    examples = [example for label in labels for example in label.examples]
    lower = sum(example == example.lower() for example in examples)
    return Writing(
        lower=bool(examples) and lower > 0.3 * len(examples),
        digits=any(example[:1].isdigit() for example in examples),
    )


def _split(schema: Schema) -> tuple[list[tuple[ClassSpec, FieldSpec]], list[ClassSpec]]:
    """The flat classes, each with the field that holds the mention, and all others."""
    fields, others = [], []
    for spec in schema.classes:
        field = _mention_field(spec)
        if field is not None:
            fields.append((spec, field))
        else:
            others.append(spec)
    return fields, others


def _mention_field(spec: ClassSpec) -> FieldSpec | None:
    required = [field for field in spec.init_fields if field.required]
    if spec.role not in (Role.ENTITY, Role.RECORD) or len(required) != 1:
        return None
    (field,) = required
    return field if field.type.kind is Kind.STR and field.in_text else None
