"""What a schema shows under other names reads back as instances of the users' classes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import instances, schemas

from codeie.parsing import parse
from codeie.prompting import Variation, render_instances, styles, vary

CODE = [style for style in styles() if style.language == "python"]


@settings(max_examples=25)
@given(data=st.data(), seed=st.integers(0, 9))
def test_masked_labels_read_back_as_the_users_classes(data: st.DataObject, seed: int) -> None:
    """The schema that the prompt shows also reads its answers."""
    schema = vary(data.draw(schemas()), Variation(seed, masking=0.5, shuffle=True))
    found = data.draw(instances(schema))
    style = data.draw(st.sampled_from(CODE)).name
    assert parse(render_instances(found, schema, style=style), schema).instances == found
