"""What a model knows of a text's names, as context for the question about the text."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import Entity, Extractor
from codeie.diagnostics import Code
from codeie.errors import ClientError, InputError
from codeie.extraction import Knowledge
from codeie.testing import ScriptedClient

TEXT = "The Tern left Skagen."


@dataclass
class Ship(Entity):
    name: str


def extractor(client: ScriptedClient, strategy: object, **options: object) -> Extractor[Ship]:
    """An extractor of ships."""
    return Extractor([Ship], model=client, style="code4uie", strategy=strategy, **options)  # type: ignore[arg-type]


def test_what_is_known_stands_with_the_instructions() -> None:
    """Some sentences of the first answer, on lines of their own; both calls are steps."""
    client = ScriptedClient(
        ["- Skagen is a\ttown.\n\nNone\nTern is a bird.\nA third", "[Ship('Tern')]"]
    )
    asking = extractor(client, "knowledge(2)")
    found = asking(TEXT)
    assert (found.instances, asking.calls_at_most(TEXT)) == ([Ship("Tern")], 2)
    assert [step.role for step in found.steps] == ["knowledge", "extract"]
    said = client.prompts[1].instructions
    assert said.endswith("only from the text:\n- Skagen is a town.\n- Tern is a bird.")


def test_without_knowledge_the_text_is_asked_about_all_the_same() -> None:
    """Where the model knows nothing, and where the first call failed."""
    client = ScriptedClient(["None", "[Ship('Tern')]"])
    assert extractor(client, Knowledge())(TEXT).instances == [Ship("Tern")]
    assert "known besides" not in client.prompts[1].instructions
    failing = ScriptedClient([ClientError("no answer"), "[Ship('Tern')]"])
    found = extractor(failing, Knowledge())(TEXT)
    assert found.instances == [Ship("Tern")]
    assert [one.code for one in found.diagnostics] == [Code.CALL_FAILED]


def test_no_sentences_are_none() -> None:
    """An error in one line."""
    with pytest.raises(InputError, match="sentences"):
        Knowledge(0)
