"""Keeping the relations that the text entails, and finding of which class they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from codeie.clients import Client
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way, together
from codeie.extraction._extraction import Extraction
from codeie.extraction._step import Step
from codeie.extraction._task import Task
from codeie.extraction.techniques.agreement import shown
from codeie.extraction.techniques.models import found_client
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    asked_further,
    not_applied,
    whole_number,
)
from codeie.grounding import Grounded
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec
from codeie.parsing import Outcome
from codeie.prompting import ask_entailed
from codeie.syntaxes.numbered import entailed
from codeie.types import Relation

__all__ = ["Entail"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A relation that is asked about.

    Args:
        item: The relation with its places.
        found: Whether the model found it; else it is of another class that its ends fit.
    """

    item: Grounded[Any]
    found: bool


@dataclass(frozen=True, slots=True, repr=False)
class Entail(Strategy):
    """Asks of each relation whether the text entails it, and of which other class its ends are.

    For relations of whole documents: models find which things belong together, and are freer
    with the class than a schema allows. Each pair that was found is a hypothesis of every
    relation whose head and tail it can be; the text is the premise. What is not entailed is in
    ``dropped`` with a diagnostic; what is entailed and was not found is added, with one too. What
    the answer leaves open, or could not be asked, stays as it was found.

    It costs a short question for each pair and class that fits it. Entities, events and records
    are not asked about.

    Paper: Li et al. 2023, Semi-automatic Data Enhancement for Document-Level Relation Extraction
    with Distant Supervision from Large Language Models, where an inference model maps what a
    language model says to the classes of the data; here any client is the judge.

    Args:
        of: A technique whose relations are asked about; ``None`` for asking once.
        others: Whether other classes that a pair fits are asked about, too.
        model: Who is asked, by name or as a client; ``None`` for the model that answered.
        limit: The most questions about a document.

    Raises:
        InputError: If the limit is not from 1 to 1,000; when an extractor is made, also if no class
            is a relation, or its model does not write answers and no other is named.
        UnknownModel: If no client takes the model's name.
    """

    of: Technique | None = None
    others: bool = True
    model: str | Client | None = None
    limit: int = 60
    _client: Client | None = field(init=False, default=None, compare=False)

    def __post_init__(self) -> None:
        whole_number("limit", self.limit, 1)
        if self.of is not None and not callable(self.of):
            raise InputError(f"of is a technique, such as Vote(5), got {self.of!r:.80}")
        client = found_client(self.model) if self.model is not None else None
        object.__setattr__(self, "_client", client)

    def check(self, task: Task) -> None:
        """Refuse a schema without relations, and a model that only decides about spans."""
        if not any(issubclass(spec.cls, Relation) for spec in task.schema.classes):
            raise InputError("Entail asks about relations, and no class of the schema is one")
        if task.decides and task.client is not None and self._client is None:
            raise InputError(
                f"{task.client.name} decides about spans and answers no questions; give "
                "Entail(model=…) one that does"
            )

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The way, then a question for each relation that may be."""
        found = yield from way(task)
        relations = [item for item in found.items if _ends(item.value, task.schema) is not None]
        if not relations or not found.steps:
            return found
        asked = list(self._hypotheses(relations, task.schema))
        about = found.steps[0].prompt
        prompts = [ask_entailed(about, one.item.value, task.schema) for one in asked[: self.limit]]
        distinct = {prompt.question: prompt for prompt in prompts}
        answers = yield from together(
            asked_further(task, prompt, "entail", self._client) for prompt in distinct.values()
        )
        of = dict(zip(distinct, answers, strict=True))
        said = [of[prompt.question] for prompt in prompts]
        return _judged(found, asked, said, self.limit)

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """The way, and the questions."""
        first = calls(task)
        return None if first is None else first + self.limit

    def _hypotheses(self, found: Sequence[Grounded[Any]], schema: Schema) -> Iterator[_Asked]:
        """What was found, then the same pairs in other classes, each once."""
        yield from (_Asked(item, True) for item in found)
        known = [item.value for item in found]
        for item in found if self.others else ():
            for spec in schema.classes:
                other = _as_other(item, spec, schema)
                if other is not None and other.value not in known:
                    known.append(other.value)
                    yield _Asked(other, False)


def _judged(
    found: Extraction[Any],
    asked: Sequence[_Asked],
    answers: Sequence[Step | Diagnostic],
    limit: int,
) -> Extraction[Any]:
    denied: dict[int, Grounded[Any]] = {}
    marked: dict[int, Grounded[Any]] = {}
    added: list[Grounded[Any]] = []
    said: list[Diagnostic] = []
    for one, answer in zip(asked, answers, strict=False):
        note = _note(one, answer)
        if note is None:
            continue
        item = replace(one.item, diagnostics=(*one.item.diagnostics, note))
        said.append(note)
        if not one.found:
            if note.code is Code.ASKED_AGAIN:
                added.append(replace(item, confidence=None, field_confidences=()))
        elif note.code is Code.NOT_CONFIRMED:
            denied[id(one.item)] = item
        else:
            marked[id(one.item)] = item
    if len(asked) > limit:
        more = len(asked) - limit
        said.append(not_applied(f"The last {more} relations were not asked about: limit={limit}."))
    kept = (marked.get(id(item), item) for item in found.items if id(item) not in denied)
    items = (*kept, *added)
    steps = dict.fromkeys(answer for answer in answers if isinstance(answer, Step))
    return replace(
        found,
        items=items,
        dropped=(*found.dropped, *denied.values()),
        diagnostics=(*found.diagnostics, *dict.fromkeys(said)),
        outcome=found.outcome if items else Outcome.EMPTY,
        steps=(*found.steps, *steps),
    )


def _note(one: _Asked, answer: Step | Diagnostic) -> Diagnostic | None:
    """What there is to say of a relation; nothing of one that was found and is entailed."""
    if isinstance(answer, Diagnostic):
        return replace(answer, message=f"{shown(one.item)} was not checked: {answer.message}")
    words = answer.completion.text
    holds = entailed(words)
    if holds is None:
        return not_applied(f"{shown(one.item)} was not checked: the answer was {words[:60]!r}.")
    if holds and not one.found:
        return Diagnostic(
            Code.ASKED_AGAIN,
            f"Asked whether the text entails {shown(one.item)}, the model said so, and it is added.",
            Severity.NOTE,
        )
    if not holds and one.found:
        return Diagnostic(
            Code.NOT_CONFIRMED,
            f"Asked whether the text entails {shown(one.item)}, the model denied it, so it is left "
            "out.",
            Severity.WARNING,
        )
    return None


def _ends(value: object, schema: Schema) -> tuple[FieldSpec, FieldSpec] | None:
    """The fields of a relation's head and tail."""
    spec = schema.of(type(value))
    return spec.ends if spec is not None and isinstance(value, Relation) else None


def _as_other(item: Grounded[Any], spec: ClassSpec, schema: Schema) -> Grounded[Any] | None:
    """A relation as one of another class, if its ends fit and that needs nothing else."""
    own = _ends(item.value, schema)
    ends = spec.ends if issubclass(spec.cls, Relation) else None
    if own is None or ends is None or spec.cls is type(item.value):
        return None
    values = [getattr(item.value, each.name) for each in own]
    if not all(_fits(value, each.type) for value, each in zip(values, ends, strict=True)):
        return None
    if any(each.required for each in spec.init_fields if each not in ends):
        return None
    given = {each.name: value for each, value in zip(ends, values, strict=True)}
    names = {mine.name: other.name for mine, other in zip(own, ends, strict=True)}
    mentions = []
    for mention in item.mentions:
        first, dot, rest = mention.path.partition(".")
        if first in names:
            mentions.append(replace(mention, path=f"{names[first]}{dot}{rest}"))
    try:
        value = spec.cls(**given)
    except Exception:  # noqa: BLE001 - the class is the user's, and refuses by any error
        return None
    return Grounded(value, tuple(mentions))


def _fits(value: object, spec: TypeSpec) -> bool:
    match spec.kind:
        case Kind.UNION:
            return any(_fits(value, each) for each in spec.args)
        case Kind.CLASS:
            return spec.cls is not None and isinstance(value, spec.cls)
        case Kind.STR:
            return isinstance(value, str)
        case Kind.ANY:
            return True
    return False
