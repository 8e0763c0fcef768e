"""Reading what a style writes gives the same instances."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import instances, schemas

from codeie.parsing import Outcome, parse
from codeie.prompting import Style, Variation, render_instances, styles, vary

CODE = [style for style in styles() if style.language == "python"]


def _name(style: Style) -> str:
    return style.name


@pytest.mark.parametrize("style", CODE, ids=_name)
@settings(max_examples=25)
@given(data=st.data())
def test_an_answer_reads_back_as_what_it_was_written_from(
    style: Style, data: st.DataObject
) -> None:
    """For any schema and instances, nothing is lost, changed or complained about."""
    schema = data.draw(schemas())
    found = data.draw(instances(schema))
    answer = render_instances(found, schema, style=style.name)
    result = parse(answer, schema)
    assert (result.instances, answer) == (found, answer)
    assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY)
    assert [str(one) for one in result.diagnostics if one.severity != "note"] == []


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(0, 9))
def test_masked_labels_read_back_as_the_users_classes(data: st.DataObject, seed: int) -> None:
    """The schema that the prompt shows also reads its answers."""
    schema = vary(data.draw(schemas()), Variation(seed, masking=0.5, shuffle=True))
    found = data.draw(instances(schema))
    style = data.draw(st.sampled_from(CODE)).name
    assert parse(render_instances(found, schema, style=style), schema).instances == found
