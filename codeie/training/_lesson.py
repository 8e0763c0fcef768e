"""A labelled text becomes a lesson: the conversations a style has about it, rightly answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from codeie.errors import CodeIEError
from codeie.evaluation import Given, as_shown
from codeie.introspection import Role, Schema
from codeie.prompting import Demonstration, Prompt, Style, dialogue_for, ungrounded
from codeie.training._labelled import Labelled
from codeie.training._truth import truth
from codeie.viewable import Outlined

__all__ = ["Exchange", "LeftOut", "Lesson", "teach"]

_MOST = 1_000
"""Questions about one text; what asks more is not worth teaching."""


@dataclass(frozen=True, slots=True)
class Exchange(Outlined):
    """A question and the answer that is to be learnt.

    Args:
        prompt: The question, with the conversation that it goes on with.
        answer: The answer.
    """

    prompt: Prompt
    answer: str


@dataclass(frozen=True, slots=True)
class Lesson(Outlined):
    """All that a model is taught by one text, in one style and one variation of the schema.

    Reading the answers by the schema gives the instances again, under the user's own classes
    where the schema has other names for them.

    Args:
        source: The text and its gold.
        style: The style's name.
        schema: The classes as they are shown.
        instances: What is to be found of them.
        conversations: Each a question or more; the questions of one go on with each other.
        copy: Which variation it is, from 0.
    """

    source: Labelled
    style: str
    schema: Schema
    instances: tuple[Any, ...]
    conversations: tuple[tuple[Exchange, ...], ...]
    copy: int = 0

    @property
    def labels(self) -> dict[str, str]:
        """For classes that are shown under another name: that name, and their own."""
        return {
            spec.name: spec.cls.__name__
            for spec in self.schema.known
            if spec.name != spec.cls.__name__
        }


@dataclass(frozen=True, slots=True)
class LeftOut(Outlined):
    """A text that is not taught.

    Args:
        source: The text and its gold.
        style: The style that it was to be taught in.
        kind: What is wrong, in a word or two, to be counted by.
        reason: What is wrong with this one.
    """

    source: Labelled
    style: str
    kind: str
    reason: str


def teach(
    source: Labelled, schema: Schema, style: Style, copy: int = 0, given: Given = "nothing"
) -> Lesson | LeftOut:
    """Ask a style's questions about a text, and answer them by its gold.

    What would teach something wrong is left out, with the reason: gold that the text does not
    hold or the style has no form for, and answers that do not read as the gold they were made of.

    Args:
        source: The text and its gold.
        schema: The classes as they are to be shown.
        style: The style.
        copy: Which variation of the schema it is.
        given: What of the gold the question tells; styles that ask about events are given their
            triggers.
    """

    def left_out(kind: str, reason: str) -> LeftOut:
        return LeftOut(source, style.name, kind, reason)

    if source.unfit:
        return left_out("no sound answer", source.unfit)
    if not source.text.strip():
        return left_out("no text", "the text is empty")
    wanted = [one for one in source.instances if schema.requested(type(one))]
    missing = ungrounded(wanted, source.text, schema)
    if missing:
        return left_out("not in the text", f"{missing[0]}, which the text does not hold")
    try:
        gold = [_as_shown(one, schema) for one in wanted]
        if style.needs_given:
            gold, given = [one for one in gold if _is_event(one, schema)], "triggers"
        shown = Demonstration(source.text, [_as_shown(one, schema) for one in source.instances])
        (known,) = as_shown([shown], schema, given=given)
        if style.needs_given and not gold:
            return left_out("nothing asked", "the style asks about events, and there are none")
        played = _played(source, schema, style, gold, tuple(known.given))
    except CodeIEError as error:
        return left_out("no form", str(error).split("\n", 1)[0])
    except Exception as error:  # noqa: BLE001 - a class of the user's own may raise anything
        return left_out("no form", f"{type(error).__name__} from a class: {error}"[:300])
    if isinstance(played, str):
        return left_out("reads otherwise", played)
    return Lesson(source, style.name, schema, played.found, played.conversations, copy)


@dataclass(frozen=True, slots=True)
class _Played:
    conversations: tuple[tuple[Exchange, ...], ...]
    found: tuple[Any, ...]


def _played(
    source: Labelled,
    schema: Schema,
    style: Style,
    gold: Sequence[object],
    given: tuple[object, ...],
) -> _Played | str:
    """The conversations, and what they come to; or why that is not the gold."""
    dialogue = dialogue_for(schema, source.text, style=style, given=given)
    conversations: list[list[Exchange]] = []
    begun: Counter[str] = Counter()
    while (prompt := dialogue.prompt) is not None:
        if len(dialogue.turns) >= _MOST:
            return f"there are more than {_MOST:,} questions about it"
        beginning = getattr(prompt.syntax, "beginning", "")
        answer = truth(prompt, gold, begun[beginning])
        begun[beginning] += 1
        dialogue.answer(answer)
        if dialogue.turns[-1].question.role == "check":
            continue  # only what was found is checked, so all that could be learnt is to say yes
        if prompt.earlier is None:
            conversations.append([])
        conversations[-1].append(Exchange(prompt, answer))
    found = dialogue.result.instances
    # What was given need not be found, too.
    lost = [one for one in _without(gold, found) if one not in given]
    more = _without(found, gold)
    if lost:
        return f"the answers say nothing of {lost[0]!r:.120}"
    if more:
        return f"the answers read as {more[0]!r:.120}, too"
    return _Played(tuple(map(tuple, conversations)), tuple(found))


def _without(those: Sequence[object], these: Sequence[object]) -> list[object]:
    left = list(these)
    lacking: list[object] = []
    for one in those:
        if one in left:
            left.remove(one)
        else:
            lacking.append(one)
    return lacking


def _is_event(instance: object, schema: Schema) -> bool:
    spec = schema.of(type(instance))
    return spec is not None and spec.role is Role.EVENT


def _as_shown(instance: Any, schema: Schema) -> Any:
    """The instance without what fields say that the schema does not show."""
    spec = schema.of(type(instance))
    if spec is None:
        return _each(instance, lambda one: _as_shown(one, schema))
    shown = {field.name for field in spec.init_fields}
    hides = any(field.init and field.name not in shown for field in fields(instance))
    kept = {name: getattr(instance, name) for name in shown if hasattr(instance, name)}
    new = {name: _as_shown(held, schema) for name, held in kept.items()}
    same = all(new[name] is held for name, held in kept.items())
    return instance if same and not hides else spec.cls(**new)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    match value:
        case list() | tuple() | set() | frozenset():
            changed = [change(one) for one in value]
            same = all(new is old for new, old in zip(changed, value, strict=True))
            return value if same else type(value)(changed)
        case dict():
            pairs = {key: change(one) for key, one in value.items()}
            return value if all(pairs[key] is one for key, one in value.items()) else pairs
    return value
