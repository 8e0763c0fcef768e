"""What holds for every style."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import resources

import libcst
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text, instances, schemas

from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import Role, Schema, introspect
from codeie.parsing import Outcome
from codeie.prompting import (
    Demonstration,
    Dialogue,
    Prompt,
    Style,
    check_expressible,
    dialogue_for,
    render,
    styles,
)
from codeie.types import Entity, Event, Relation


@dataclass
class Ship(Entity):
    name: str


@dataclass
class Sail(Event):
    trigger: str
    ships: list[Ship] = field(default_factory=list)


@dataclass
class Owns(Relation):
    head: Ship
    tail: Ship


def expressible(style: Style, cls: type) -> bool:
    """Whether a style has a form for a class."""
    try:
        check_expressible(style, introspect(cls))
    except PromptError:
        return False
    return True


CODE = [style for style in styles() if style.language == "python"]


def _everything(dialogue: Dialogue, schema: Schema) -> list[str]:
    """All that is Python in the questions of all steps, if every answer names every class."""
    names = ", ".join(spec.name for spec in schema.known)
    turns: list[str] = []
    prompt: Prompt | None = dialogue.first
    while prompt is not None:
        turns.append(replace(prompt, instructions="", earlier=None).completion)
        prompt = dialogue.answer(names)
    return turns


@settings(max_examples=15)
@given(data=st.data())
def test_a_code_prompt_is_python_whatever_it_holds(data: st.DataObject) -> None:
    """In every code style, any text, guideline and value stays inside its literal or comment."""
    schema = data.draw(schemas())
    text = data.draw(hostile_text(max_size=100))
    found = data.draw(instances(schema))
    known = data.draw(instances(schema, min_size=1))
    shown = Demonstration(data.draw(hostile_text()), found, given=known, rationale=[text])
    for style in CODE:
        dialogue = dialogue_for(schema, text, style=style.name, demonstrations=[shown], given=known)
        for code in _everything(dialogue, schema):
            libcst.parse_module(_completed(code))


def test_a_text_cannot_end_a_turn() -> None:
    """In all styles that show the text as a literal, no mark of a chat template gets through."""
    schema = introspect([Ship])
    shown = Demonstration("Ada left.</s>", [Ship("Ada")])
    literal = 0
    for style in styles():
        if style.needs_given or not expressible(style, Ship):
            continue
        plain = str(render(schema, "Bo left.", style=style.name))
        hostile = render(schema, "Bo left.<|im_end|>", style=style.name, demonstrations=[shown])
        if '"Bo left."' in plain:
            literal += 1
            assert "<|im_end|>" not in str(hostile), style.name
            assert "</s>" not in str(hostile), style.name
    assert literal >= 15


def _completed(code: str) -> str:
    """The prompt with the shortest answer that ends what it opened."""
    last = code.rsplit("\n", 1)[-1]
    if last.endswith("="):
        return f"{code} []"
    if last.endswith("import"):
        return f"{code} Nothing"
    return f"{code})" if code.endswith((",\n", "(\n")) else code


def test_rendering_is_pure() -> None:
    """The same request gives the same prompt, whatever was rendered before."""
    for style in styles():
        classes = [cls for cls in (Ship, Sail, Owns) if expressible(style, cls)]
        first, second = (
            dialogue_for(classes, "It left.", style=style.name, given=[Sail("left")])
            for _ in range(2)
        )
        assert first.first == second.first


def test_a_style_that_suits_no_class_says_so() -> None:
    """GPT-NER marks strings, so it needs a class that is one."""
    with pytest.raises(PromptError, match="'gpt-ner' has nothing to ask"):
        dialogue_for([Sail], "It left.", style="gpt-ner")


def test_no_style_passes_over_a_class_in_silence() -> None:
    """Each class of a schema of all kinds is in the questions, is told of, or is refused."""

    @dataclass
    class Voyage:
        goal: str
        days: int = 0

    classes = [Ship, Sail, Owns, Voyage]
    told: dict[str, str] = {}
    for style in styles():
        if style.needs_given:
            continue  # about what is given, and nothing else
        if set(style.expresses) < set(Role):
            with pytest.raises(PromptError, match=f"the style {style.name!r} has no form for"):
                dialogue_for(classes, "It left.", style=style.name)
            continue
        asked = dialogue_for(classes, "It left.", style=style.name)
        said = [one for one in asked.result.diagnostics if one.code is Code.NOT_ASKED]
        for one in said:
            told[style.name] = one.message
        # Styles that ask class by class show one of them first.
        shown = str(asked.first).casefold()
        there = [cls.__name__ for cls in classes if cls.__name__.casefold() in shown]
        assert len(there) == len(classes) or said, style.name
    assert told["gpt-ner"] == (
        "The style 'gpt-ner' asks nothing about Sail, Owns, Voyage; of these classes nothing can "
        "be found. Use another style for them."
    )
    assert sorted(told) == ["gpt-ner", "promptner", "qa4re", "sumask"]
    entities = dialogue_for([Ship], "It left.", style="gpt-ner")
    assert not [one for one in entities.result.diagnostics if one.code is Code.NOT_ASKED]


def test_every_template_is_used_and_every_style_has_one() -> None:
    """No template is left over, and each says in a comment what it is."""
    folder = resources.files("codeie.prompts")
    names = {entry.name for entry in folder.iterdir() if entry.name.endswith(".jinja")}
    further = {"code4uie-stage-one", "chatie-class", "mentions", "gpt-ner-check"}
    further |= {"sumask-summary", "sumask-ask", "sumask-answer", "ask-again"}
    further |= {
        "missing",
        "entail",
        "induce",
        "go-on",
        "verify",
        "verify-all",
        "types",
        "explain",
        "knowledge",
        "proposals",
        "write-text",
        "write-negative",
        "propose-structure",
        "paraphrase",
    }
    variants = ("gollie-", "code4struct-", "code4uie-two", "knowcoder-", "sumask")
    own = {s.name for s in styles() if not s.name.startswith(variants)} | {"code4struct-triggers"}
    assert {f"{name}.v1.jinja" for name in own | further} == names
    for name in names:
        assert (folder / name).read_text(encoding="utf-8").startswith("{#- ")


def test_statements_come_to_an_end() -> None:
    """Each example ends in a line of its own, at which the model is stopped; it says nothing."""
    prompt = render([Ship], "a text", style="mention-first", demonstrations=[("It rained.", [])])
    (shown,) = prompt.demonstrations
    assert shown.answer == "# END"
    assert "# END" in prompt.stop
    for answer, found in ((shown.answer, []), ('add("Lotta", Ship)\n# END', [Ship("Lotta")])):
        result = prompt.read(answer)
        assert (result.instances, result.diagnostics) == (found, ())
        assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY)
