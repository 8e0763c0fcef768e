"""What Python itself would build from an answer is what parsing builds."""

from __future__ import annotations

import dataclasses
import math

import pytest
import strategies
from hypothesis import given, settings

from codeie.introspection import Kind, Schema
from codeie.parsing import IncrementalParser, Outcome, means_none, parse
from codeie.prompting import render_instances

STYLES = ("code4uie", "code4uie-init")


def says_nothing(value: object) -> bool:
    """Whether a string stands somewhere that a rule takes for None where that is allowed."""
    if isinstance(value, str):
        return means_none(value)
    if isinstance(value, dict):
        return any(map(says_nothing, [*value, *value.values()]))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(says_nothing, value))
    if not dataclasses.is_dataclass(value):
        return False
    return any(says_nothing(getattr(value, one.name, None)) for one in dataclasses.fields(value))


def has_optional(schema: Schema) -> bool:
    """Whether any field may be one of several types."""

    def optional(spec: object) -> bool:
        return spec.kind is Kind.UNION or any(map(optional, spec.args))  # type: ignore[attr-defined]

    return any(optional(field.type) for spec in schema.known for field in spec.fields)


@given(pair=strategies.schema_and_instances())
def test_rendered_instances_are_read_back(pair: tuple[Schema, list[object]]) -> None:
    """Instances of any schema, written as code, are read as equal instances."""
    schema, instances = pair
    if has_optional(schema) and any(map(says_nothing, instances)):
        return  # the documented exception: such strings mean None where None is allowed
    for style in STYLES:
        code = render_instances(instances, schema, style=style)
        result = parse(code, schema, text=code)
        assert instances == result.instances, [str(one) for one in result.diagnostics]
        assert (Outcome.ITEMS if instances else Outcome.EMPTY) == result.outcome


@given(pair=strategies.schema_and_instances())
@settings(max_examples=30)
def test_every_cut_keeps_what_is_complete(pair: tuple[Schema, list[object]]) -> None:
    """Whatever place an answer is cut at, the items complete before it are read."""
    schema, instances = pair
    code = render_instances(instances, schema)
    whole = parse(code, schema, text=code)
    step = max(1, len(code) // 40)
    for cut in range(0, len(code), step):
        complete = [i.value for i in whole.items if i.position.end <= cut]
        got = parse(code[:cut], schema, text=code).instances
        assert complete == got[: len(complete)]


@given(pair=strategies.schema_and_instances())
@settings(max_examples=30)
def test_pieces_give_what_the_whole_gives(pair: tuple[Schema, list[object]]) -> None:
    """Fed in single characters, a parser yields the same items, and the same result."""
    schema, instances = pair
    code = render_instances(instances, schema)
    parser = IncrementalParser(schema, text=code)
    fed = [(item, place + 1) for place, one in enumerate(code) for item in parser.feed(one)]
    result = parse(code, schema, text=code)
    assert result == parser.close()
    assert [item for item, _ in fed] == list(result.items)
    assert [item.position.end for item in result.items] == [place for _, place in fed]


@given(text=strategies.hostile_text(max_size=60))
def test_any_string_survives_each_way_of_quoting(text: str) -> None:
    """A string comes back as it was, from each kind of quotes."""
    from dataclasses import make_dataclass

    cls = make_dataclass("Person", [("name", str)])
    for code in (repr(text), ascii(text), triple(text)):
        assert [cls(text)] == parse(f"[Person({code})]", [cls], text=text).instances


def triple(text: str) -> str:
    """The string between triple quotes."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return f'"""{text}"""'


@pytest.mark.parametrize("code", ["1e999", "-1e999", "0x1F", "1_000.5", "-0.0", "+3", "1e-5"])
def test_numbers_are_read_as_python_reads_them(code: str) -> None:
    """Number literals give the number that Python gives."""
    from dataclasses import make_dataclass

    expected = {"1e999": math.inf, "-1e999": -math.inf, "0x1F": 31.0, "1_000.5": 1000.5}
    cls = make_dataclass("Size", [("value", float)])
    value = expected.get(code, float(code) if code != "0x1F" else 31.0)
    assert repr([cls(value)]) == repr(parse(f"Size({code})", [cls]).instances)
