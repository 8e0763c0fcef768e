"""What a model that knows the gold answers to a question of a style."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.errors import PromptError
from codeie.introspection import Schema
from codeie.parsing import Call, build
from codeie.prompting import Prompt
from codeie.syntaxes import Choice, ClassNames, Filled, Lines, Opened, Prose, YesNo

__all__ = ["truth"]


def truth(prompt: Prompt, gold: Sequence[object], answered: int) -> str:
    """The answer to a question, by the gold of its text.

    Args:
        prompt: The question.
        gold: All that is in the text.
        answered: How many questions were answered before that begin with the same call; of events
            with one trigger each is asked about in its turn.

    Raises:
        PromptError: If the form of the answer cannot say it, or the gold does not tell it.
    """
    syntax, schema = prompt.syntax, prompt.schema
    known = [one for one in gold if schema.requested(type(one))]
    match syntax:
        case Prose():
            raise PromptError("the question wants a sentence, and gold has none")
        case Choice():
            return syntax.write(_held(syntax.options, gold, schema), schema)
        case YesNo():
            return syntax.write(_held((syntax.meaning,), gold, schema), schema)
        case Opened() | Filled() if syntax.beginning:
            return _rest(syntax, known, schema, answered)
        case ClassNames():
            # The classes of a first question are perhaps not those of the instances.
            return syntax.write(gold, schema)
        case Lines() if syntax.about is not None:
            about = syntax.about.cls
            return syntax.write([one for one in known if type(one) is about], schema)
    return syntax.write(known, schema)


def _held(calls: Sequence[Call], gold: Sequence[object], schema: Schema) -> list[object]:
    """What of some calls is in the gold; a letter or a yes can say one of them."""
    meant = [one for call in calls for one in build("", [call], schema).instances]
    held = [one for one in meant if one in gold]
    if len(held) > 1:
        raise PromptError(f"more than one option holds, and only one can be chosen: {held!r:.120}")
    return held


def _rest(syntax: Opened | Filled, known: Sequence[object], schema: Schema, answered: int) -> str:
    begun: list[str] = []
    for one in known:
        whole = syntax.write([one], schema)
        if whole.startswith(syntax.beginning):
            begun.append(
                whole[len(syntax.beginning) :].removeprefix(
                    " " if isinstance(syntax, Filled) else ""
                )
            )
    if answered >= len(begun):
        raise PromptError(f"no event of the gold begins with {syntax.beginning!r:.80}")
    return begun[answered]
