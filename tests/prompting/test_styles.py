"""What holds for every style."""

from __future__ import annotations

import libcst
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import hostile_text, instances, schemas

from codeie.introspection import Schema
from codeie.prompting import Demonstration, Plan, Style, plan_for, styles

CODE = [style for style in styles() if style.language == "python"]


def _name(style: Style) -> str:
    return style.name


def _everything(plan: Plan, schema: Schema) -> list[str]:
    """The user's turns of all steps, if every answer names every class."""
    names = ", ".join(spec.name for spec in schema.known)
    answers: tuple[str, ...] = ()
    prompt = plan.first()
    turns: list[str] = []
    while True:
        turns.append(prompt.messages[-1].content)
        answers += (names,)
        following = plan.next(answers)
        if following is None:
            return turns
        prompt = following


@pytest.mark.parametrize("style", CODE, ids=_name)
@settings(max_examples=15)
@given(data=st.data())
def test_a_code_prompt_is_python_whatever_it_holds(style: Style, data: st.DataObject) -> None:
    """Text, guidelines and values of any characters stay inside their literals and comments."""
    schema = data.draw(schemas())
    text = data.draw(hostile_text(max_size=100))
    found = data.draw(instances(schema))
    known = data.draw(instances(schema).filter(bool))
    shown = Demonstration(data.draw(hostile_text()), found, given=known, rationale=[text])
    plan = plan_for(schema, text, style=style.name, demonstrations=[shown], given=known)
    for code in _everything(plan, schema):
        libcst.parse_module(_completed(code))


def _completed(code: str) -> str:
    """The prompt with the shortest answer that ends what it opened."""
    last = code.rsplit("\n", 1)[-1]
    if last.endswith("="):
        return f"{code} []"
    if last.endswith("import"):
        return f"{code} Nothing"
    return f"{code}\n)" if last.endswith((",", "(")) else code


@settings(max_examples=30)
@given(st.data())
def test_rendering_is_pure(data: st.DataObject) -> None:
    """The same request gives the same prompt, whatever was rendered before."""
    schema = data.draw(schemas())
    style = data.draw(st.sampled_from(styles()))
    known = data.draw(instances(schema).filter(bool))
    first = plan_for(schema, "A text.", style=style.name, given=known).first()
    assert first == plan_for(schema, "A text.", style=style.name, given=known).first()
