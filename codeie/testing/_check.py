"""Whether a prompt style of your own holds together, by one call."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from codeie.diagnostics import Severity
from codeie.errors import CodeIEError, PromptError
from codeie.introspection import Classes, Schema, introspect
from codeie.parsing import Outcome
from codeie.prompting import (
    Demonstration,
    Dialogue,
    Prompt,
    Request,
    Style,
    check_expressible,
    style_named,
)
from codeie.syntaxes import Syntax
from codeie.testing._samples import instances_of, made_schemas
from codeie.tokens import counter_for

__all__ = ["check_style"]

_TRIED = 10_000  # schemas, of which a style may have forms for few
_QUESTIONS = 50  # about one text of a few words
_TEXTS = (
    "Ada Lovelace met Charles Babbage in Oban.",
    'She said: "It\'s {{ done }}" {% if %}\n\nText: and left.\\',
    "東京 \u200b naïve\ttext = [",
)
_REFUSAL = "Sorry, I cannot help with that."
_ODD = ("", "\x00", "((((", "\"'", "@@|#:;,=>\\", "None\n" * 3, "[" * 200, "\ud800", _REFUSAL)


def check_style(
    style: Style | str,
    classes: Classes | None = None,
    *,
    roles: Collection[str] = (),
    examples: int = 25,
    seed: int = 0,
) -> None:
    """Check a prompt style on made-up schemas, instances and texts.

    What it checks:

    * its syntax reads what it writes, and an answer without instances as an empty one;
    * it reads any answer, and says of one that it cannot read that it could not;
    * its templates can be filled in, with any text, with demonstrations and without;
    * asked about a text, it comes to an end, and finds what the answers say and nothing else;
    * the prompt ends between two tokens, where the answers of its demonstrations begin;
    * none of its stop strings is in an answer, and one of them is where a further
      demonstration would begin.

    Args:
        style: The style, or the name of a registered one.
        classes: What to check it on; by default made-up schemas.
        roles: What the style is for, where it is not for everything that it expresses, such as
            ``["entity"]``: the made-up classes are of these.
        examples: How many schemas and lists of instances.
        seed: The same seed makes the same ones.

    Raises:
        PromptError: If something does not hold. The message has a line for each reason.

    Examples:
        >>> check_style("gollie", examples=3)
    """
    chosen = style_named(style)
    made = _schemas(chosen, roles, seed) if classes is None else [introspect(classes)] * examples
    chance = random.Random(f"instances/{seed}")  # noqa: S311 # examples, not secrets
    reasons: dict[str, None] = {}
    for number, schema in zip(range(examples), made, strict=False):
        found, shown = instances_of(schema, chance), instances_of(schema, chance)
        text = _TEXTS[number % len(_TEXTS)]
        try:
            reasons |= dict.fromkeys(_syntax(chosen.syntax, found, schema))
            reasons |= dict.fromkeys(_asked(chosen, schema, text, found, shown))
        except CodeIEError as error:
            reasons[f"{type(error).__name__}: {error}".split("\n", 1)[0]] = None
        except Exception as error:  # noqa: BLE001 # a style's own code may raise anything
            reasons[f"{type(error).__name__} where the style is asked: {error}"[:300]] = None
    if reasons:
        listed = "\n".join(f"- {reason}" for reason in list(reasons)[:20])
        raise PromptError(f"the style {chosen.name!r} does not hold together:\n{listed}")


def _schemas(style: Style, roles: Collection[str], seed: int) -> Iterator[Schema]:
    """Made-up schemas that a style has forms for."""
    for schema in islice(made_schemas(seed, roles or style.expresses), _TRIED):
        with contextlib.suppress(PromptError):
            check_expressible(style, schema)
            yield schema


def _syntax(syntax: Syntax, found: Sequence[object], schema: Schema) -> Iterator[str]:
    for instances in (found, []):
        answer = syntax.write(instances, schema)
        result = syntax.read(answer, schema)
        if result.instances != list(instances):
            yield (
                f"{syntax.name}: {list(instances)!r:.120} was written as {answer!r:.120} and read "
                f"as {result.instances!r:.120}"
            )
        elif not instances and result.outcome is not Outcome.EMPTY:
            yield f"{syntax.name}: {answer!r:.120} for no instances was not read as an empty answer"
        for one in result.diagnostics:
            if one.severity is not Severity.NOTE:
                yield f"{syntax.name}: reading {answer!r:.80} says: {one.message}"
    for answer in _ODD:
        result = syntax.read(answer, schema)
        if result.outcome is Outcome.UNPARSED and not result.diagnostics:
            yield f"{syntax.name}: {answer!r:.60} could not be read, and no diagnostic says why"
    if syntax.read(_REFUSAL, schema).outcome is not Outcome.UNPARSED:
        yield f"{syntax.name}: {_REFUSAL!r} was read as if it said that there is nothing"


def _asked(
    style: Style, schema: Schema, text: str, found: Sequence[object], shown: Sequence[object]
) -> Iterator[str]:
    # Of an event that is but its trigger nothing is left to ask.
    given = tuple(one for one in found if _has_roles(one)) if style.needs_given else ()
    if style.needs_given and not given:
        return
    examples = tuple(Demonstration(f"{text} ({number})", shown, given=shown) for number in range(2))
    for demonstrations in ((), examples):
        request = Request(schema, text, demonstrations, given)
        dialogue = Dialogue(style, request)
        if Dialogue(style, request).first != dialogue.first:
            yield "asked twice about the same, it asks two different things"
        if demonstrations:
            yield from _boundaries(dialogue.first)
        yield from _answered(dialogue, found)


def _has_roles(instance: object) -> bool:
    return len(introspect(type(instance)).classes[0].init_fields) > 1


def _answered(dialogue: Dialogue, found: Sequence[object]) -> Iterator[str]:
    """Play a model that knows the instances."""
    while (prompt := dialogue.prompt) is not None:
        if len(dialogue.turns) >= _QUESTIONS:
            yield f"after {_QUESTIONS} questions about one sentence it has more"
            return
        answer = _answer(prompt, found)
        for stop in prompt.stop:
            if stop in answer and stop not in prompt.text:
                yield f"the stop string {stop!r} is in the answer {answer!r:.120}, and would cut it"
        dialogue.answer(answer)
    instances = dialogue.result.instances
    (first, *further), style = dialogue.turns, dialogue.style
    whole = first.question.schema is None and first.question.syntax == style.syntax
    if whole and not further and instances != list(found):
        yield f"answered with {found!r:.120}, the result is {instances!r:.120}"
    elif invented := [one for one in instances if one not in found]:
        yield f"answered with {found!r:.120}, the result has {invented[0]!r:.120}"


def _answer(prompt: Prompt, found: Sequence[object]) -> str:
    known = [one for one in found if prompt.schema.requested(type(one))]
    for instances in (known, *([one] for one in known), []):
        try:
            return prompt.syntax.write(instances, prompt.schema)
        except PromptError:
            continue  # what the question does not ask for
    return ""


def _boundaries(prompt: Prompt) -> Iterator[str]:
    """Where the model takes over, as a text and as a turn of a conversation."""
    counter = counter_for("openai/gpt-5")
    for one in prompt.demonstrations:
        begin, said = prompt.completion[-200:], prompt.joint + one.answer
        if counter.count(begin) + counter.count(said) != counter.count(begin + said):
            yield f"a token spans the end of the prompt {begin[-20:]!r} and the answer {said[:20]!r}"
        if one.answer != one.answer.rstrip():
            yield f"the answer of a demonstration ends in white space: {one.answer[-20:]!r}"
    if len(prompt.demonstrations) > 1 and prompt.stop:
        first, second = prompt.demonstrations[:2]
        shown = f"{first.answer}\n\n{second.question}{second.opening}"
        if not any(stop in shown for stop in prompt.stop):
            yield f"no stop string of {prompt.stop!r} is where a further demonstration begins"
