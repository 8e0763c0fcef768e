"""What is the same for many documents is rendered once, and never where it is not the same."""

from __future__ import annotations

import gc
import weakref
from dataclasses import dataclass
from typing import Any

import pytest

from codeie._remembered import remembered
from codeie.prompting import Demonstration, dialogue_for
from codeie.prompting._style import Question, Request, Style
from codeie.prompting._template import Template
from codeie.syntaxes import Calls


@dataclass
class Person:
    """A human being."""

    name: str


CALLS: list[str] = []


class Counted(str):
    """A string that says when it is put into a prompt."""

    __slots__ = ()

    def __str__(self) -> str:
        CALLS.append(str.__str__(self))
        return str.__str__(self)


TEMPLATE = Template(
    "{% block instructions %}Do {{ what }}.{% if late %} {{ late }}{% endif %}{% endblock %}"
    "{% block classes %}{{ self.question() }}{% endblock %}"
    "{% block question %}{{ text }}{% endblock %}"
)


def test_a_block_is_rendered_once_for_the_same_values() -> None:
    """Values that the block does not mention change nothing; those that it mentions do."""
    CALLS.clear()
    what = Counted("it")
    for number in range(5):
        values: dict[str, Any] = {"what": what, "late": "", "text": f"text {number}"}
        assert "Do it." == TEMPLATE.stable("instructions", values)
    assert 1 == len(CALLS)
    assert "Do it. now" == TEMPLATE.stable("instructions", {"what": "it", "late": "now"})
    assert "Do that." == TEMPLATE.stable("instructions", {"what": "that", "late": ""})


@pytest.mark.parametrize("name", ["instructions", "classes", "question", "opening"])
@pytest.mark.parametrize(
    "values",
    [
        {"what": "a", "late": "b", "text": "c"},
        {"what": 1, "late": [], "text": "c"},
        {"what": True, "late": ["x"], "text": "d"},
        {"what": {"a"}, "late": {"k": "v"}, "text": "e"},
        {"what": {"a", "b"} & {"b"}, "late": {"k": "w"}, "text": "f"},
    ],
)
def test_what_is_remembered_is_what_is_rendered(name: str, values: dict[str, Any]) -> None:
    """Whatever is filled in, also by blocks that put in others, nothing else comes back."""
    for _ in range(2):
        assert TEMPLATE.block(name, values) == TEMPLATE.stable(name, values)


def test_the_same_objects_are_asked_about_once() -> None:
    """Equal objects are not the same: only the very same give what was remembered."""
    seen: list[object] = []

    @remembered
    def size(items: list[int], more: tuple[int, ...]) -> int:
        seen.append((items, more))
        return len(items) + len(more)

    one, other, more = [1], [1], (2, 3)
    assert [3, 3, 3] == [size(one, more), size(one, more), size(other, more)]
    assert [(one, more), (other, more)] == seen


def test_only_what_was_used_last_is_kept() -> None:
    """A program that makes schemas without end does not fill the memory with them."""

    class Thing:
        pass

    @remembered
    def kind(thing: object) -> str:
        return type(thing).__name__

    first, second = Thing(), Thing()
    gone, kept = weakref.ref(first), weakref.ref(second)
    kind(first), kind(second)
    for _ in range(255):
        kind(second)
        kind(Thing())
    del first, second
    gc.collect()
    assert gone() is None
    assert kept() is not None


def test_a_style_whose_stable_pieces_hold_the_text_shows_each_text() -> None:
    """Nothing of one document shows in the prompt of another, wherever a template puts it."""
    template = Template(
        "{% block instructions %}About {{ text }}{% endblock %}"
        "{% block question %}{{ text }}{% endblock %}{% block opening %}{{ text }}:{% endblock %}"
    )

    def ask(request: Request) -> Any:
        yield Question({"text": request.text, "demonstrations": []}, Calls())

    style = Style("odd", "Odd.", ask, Calls(), template=template)
    for text in ("Ada", "Bo", "Ada"):
        prompt = dialogue_for([Person], text, style=style).first
        assert (f"About {text}", text, f"{text}:") == (
            prompt.instructions,
            prompt.question,
            prompt.opening,
        )


def test_other_demonstrations_are_other_prompts() -> None:
    """Each demonstration shows its own text and answer, in whatever company."""
    shown = [Demonstration(f"Here is {name}.", [Person(name)]) for name in ("Ada", "Bo", "Cy")]
    for chosen in (shown, shown[1:], shown[::-1]):
        prompt = dialogue_for([Person], "Di.", demonstrations=chosen).first
        assert [str(one.instances[0].name) for one in chosen] == [  # type: ignore[attr-defined]
            one.answer.split('"')[1] for one in prompt.demonstrations
        ]
