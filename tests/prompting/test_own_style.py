"""Styles of users' own: made from parts that are checked, registered, used, and checked as a whole."""

from __future__ import annotations

import copy
import itertools
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

import codeie.prompting._registry as registry
from codeie import Extractor, PromptError, Question, Style, Syntax, Template, register_style
from codeie.errors import InputError, UnknownStyle
from codeie.introspection import Schema
from codeie.parsing import ParseLimits, ParseResult
from codeie.prompting import Asking, Request, once, render, shown, style_named, styles
from codeie.prompting._template import Value
from codeie.syntaxes import Json, Lines
from codeie.testing import ScriptedClient, check_style
from codeie.types import Entity

TEMPLATE = Template(
    "{% block instructions %}Find {{ names }}.{% endblock %}"
    "{% block question %}Text: {{ text }}{% endblock %}"
    "{% block opening %}Found:\n{% endblock %}"
)


def values(request: Request) -> Mapping[str, Value]:
    """What the template is filled with."""
    return {
        "names": ", ".join(spec.name for spec in request.schema.classes),
        "text": repr(request.text),
        "demonstrations": shown(request, Lines(), repr),
    }


STYLE = Style(
    "plain-lines",
    "Lines, and no more.",
    once(values, Lines()),
    Lines(),
    TEMPLATE,
    language="text",
    stop=("\nText:",),
)


@dataclass
class Ship(Entity):
    name: str


@pytest.fixture
def registered() -> Iterator[Style]:
    """The style under its name, for as long as the test runs."""
    register_style(STYLE)
    yield STYLE
    del registry._STYLES[STYLE.name]


@pytest.mark.parametrize("style", [pytest.param(s, id=s.name) for s in styles()])
def test_codeies_own_styles_hold_together(style: Style) -> None:
    """What users are offered to check theirs with says nothing of these."""
    only_mentions = style.name in ("promptner", "gpt-ner")
    check_style(style, roles=["entity"] if only_mentions else (), examples=8, seed=3)


def test_a_style_of_your_own_is_used_as_it_is() -> None:
    """By the extractor and by render, without a name in any registry."""
    check_style(STYLE)
    client = ScriptedClient(["Ship: Lotta"])
    extractor = Extractor([Ship], model=client, style=STYLE)
    extraction = extractor("The Lotta left.")
    assert extraction.instances == [Ship("Lotta")]
    assert extraction.steps[0].prompt.style == "plain-lines"
    assert "style='plain-lines'" in repr(extractor)
    assert "Find Ship." in str(render([Ship], "x", style=STYLE))


def test_a_registered_style_is_known_by_its_name(registered: Style) -> None:
    """To everything that takes a name; another one of that name is refused."""
    assert style_named("plain-lines") is registered
    assert styles()[-1] is registered
    assert "Find Ship." in str(render([Ship], "x", style="plain-lines"))
    register_style(STYLE)
    with pytest.raises(PromptError, match="there is a prompt style 'plain-lines' already"):
        register_style(replace(STYLE, summary="another"))
    with pytest.raises(PromptError, match="'gollie' already"):
        register_style(replace(STYLE, name="gollie"))
    with pytest.raises(InputError, match=r"expected a codeie\.Style to register, got str"):
        register_style("gollie")  # type: ignore[arg-type] # on purpose


def test_a_style_that_is_not_registered_has_no_name() -> None:
    """Tests do not leave theirs behind."""
    with pytest.raises(UnknownStyle):
        style_named("plain-lines")


def test_styles_and_what_uses_them_can_be_copied() -> None:
    """Codeie's own by name, others by their parts."""
    assert pickle.loads(pickle.dumps(style_named("gollie"))) is style_named("gollie")  # noqa: S301
    assert pickle.loads(pickle.dumps(STYLE)) == STYLE  # noqa: S301
    assert copy.deepcopy(STYLE) == STYLE


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": " "}, "needs a name"),
        ({"syntax": Lines}, "must be a value with name, stop, write and read"),
        ({"syntax": "lines"}, "must be a value with name, stop, write and read"),
        ({"ask": None}, "needs a function that asks, got None"),
        ({"stop": "\nText:"}, "stop strings of the style 'plain-lines' must be a tuple"),
        ({"template": "golly"}, "codeie has none named 'golly.v1.jinja'"),
        ({"template": ""}, "codeie has none named 'plain-lines.v1.jinja'"),
        ({"template": "gollie", "version": "v99"}, "codeie has none named 'gollie.v99.jinja'"),
    ],
)
def test_a_part_that_cannot_be_used_is_an_error_at_once(
    change: dict[str, Any], complaint: str
) -> None:
    """When the style is made, and not when it first meets a text."""
    with pytest.raises(PromptError, match=complaint):
        replace(STYLE, **change)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("{% block question %}", "no Jinja: line 1"),
        ("{% block question %}{{ 1 + }}{% endblock %}", "no Jinja: line 1"),
        ("Text: {{ text }}", "needs a block question"),
        ("{% block question %}{% endblock %}{% block texts %}{% endblock %}", "no block 'texts'"),
    ],
)
def test_a_template_that_makes_no_prompt_is_an_error_at_once(source: str, complaint: str) -> None:
    """It says which line, or which block."""
    with pytest.raises(PromptError, match=complaint):
        Template(source)


def test_a_question_needs_a_syntax() -> None:
    """A name of one is a mistake that is found where the question is made."""
    with pytest.raises(PromptError, match="the syntax of a question must be a value"):
        Question({}, "lines")  # type: ignore[arg-type] # on purpose


_NUMBERS = itertools.count()


class Part(Lines):
    """Lines with one method in another way."""

    stop = ()
    name = "part"


class Forgetful(Part):
    def write(self, instances: Sequence[object], schema: Schema) -> str:
        return super().write(instances[1:], schema)


class Polite(Part):
    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        known = answer if "Sorry" not in answer else "None"
        return super().read(known, schema, prefill=prefill, limits=limits)


class Brittle(Part):
    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        return super().read(
            answer[: 9 // len(answer) + 10**9], schema, prefill=prefill, limits=limits
        )


class Spaced(Part):
    def write(self, instances: Sequence[object], schema: Schema) -> str:
        return "\n" + super().write(instances, schema)


class Ended(Part):
    stop = (": ",)


def _endless(request: Request) -> Asking:
    while True:
        yield Question(values(request), Lines(), counts=False)


def _inventing(request: Request) -> Asking:
    reading = yield Question(values(request), Lines())
    again = yield Question(values(request), Lines())
    more = [replace(item, value=Ship("made up")) for item in reading.items[:1]]
    return replace(again, items=tuple(more))


def _unstable(request: Request) -> Asking:
    return (yield Question({**values(request), "names": str(next(_NUMBERS))}, Lines()))


def _lacking(request: Request) -> Asking:
    return (yield Question({"text": request.text}, Lines()))


def _with(syntax: Syntax) -> dict[str, Any]:
    def with_it(request: Request) -> Mapping[str, Value]:
        return {**values(request), "demonstrations": shown(request, syntax, repr)}

    return {"syntax": syntax, "ask": once(with_it, syntax)}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_with(Forgetful()), "was written as 'None' and read as []"),
        (_with(Polite()), "was read as if it said that there is nothing"),
        (_with(Brittle()), "ZeroDivisionError where the style is asked"),
        (_with(Ended()), "the stop string ': ' is in the answer 'Ship: "),
        ({"ask": _endless}, "after 50 questions about one sentence it has more"),
        ({"ask": _inventing}, "the result has Ship(name='made up')"),
        ({"ask": _unstable}, "asked twice about the same, it asks two different things"),
        ({"ask": _lacking}, "the template's block 'instructions' cannot be filled in: 'names'"),
        ({"stop": ("\nDocument:",)}, "is where a further demonstration begins"),
        (_with(Spaced()), "a token spans the end of the prompt"),
    ],
)
def test_what_does_not_hold_is_said_in_a_line(change: dict[str, Any], reason: str) -> None:
    """Each kind of fault has its reason, and there is no other."""
    with pytest.raises(PromptError) as caught:
        check_style(replace(STYLE, **change), [Ship])
    first, *reasons = str(caught.value).splitlines()
    assert first == "the style 'plain-lines' does not hold together:"
    assert any(reason in one for one in reasons), reasons
    assert all(one.startswith("- ") for one in reasons)


def test_a_style_is_checked_on_classes_of_yours() -> None:
    """The same check, and a schema that the style is not for is a reason, too."""
    check_style(STYLE, [Ship])
    check_style(replace(STYLE, name="json-lines", **_with(Json())), [Ship])
    with pytest.raises(PromptError, match="nothing to ask about these classes"):
        check_style("gpt-ner", roles=["event"])
