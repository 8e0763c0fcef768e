"""Reading what a style writes gives the same instances."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import instances, schemas

from codeie.parsing import Outcome, parse
from codeie.prompting import Variation, render_instances, styles, vary

CODE = [style for style in styles() if style.language == "python"]


@settings(max_examples=30)
@given(data=st.data())
def test_an_answer_reads_back_as_what_it_was_written_from(data: st.DataObject) -> None:
    """In every code style, for any schema, nothing is lost, changed or complained about."""
    schema = data.draw(schemas())
    found = data.draw(instances(schema))
    for style in CODE:  # one schema for all of them: making schemas takes most of the time
        answer = render_instances(found, schema, style=style.name)
        result = parse(answer, schema)
        assert (result.instances, answer) == (found, answer), style.name
        assert result.outcome is (Outcome.ITEMS if found else Outcome.EMPTY), style.name
        complaints = [str(one) for one in result.diagnostics if one.severity != "note"]
        assert complaints == [], style.name


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(0, 9))
def test_masked_labels_read_back_as_the_users_classes(data: st.DataObject, seed: int) -> None:
    """The schema that the prompt shows also reads its answers."""
    schema = vary(data.draw(schemas()), Variation(seed, masking=0.5, shuffle=True))
    found = data.draw(instances(schema))
    style = data.draw(st.sampled_from(CODE)).name
    assert parse(render_instances(found, schema, style=style), schema).instances == found
