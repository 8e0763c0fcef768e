"""Selectors in an extractor: asked for each text, told in what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selection.ships import COOK, LOG, LOTTA, NOTHING, SCHEMA, TERN, Crew, Port, Ship

from codeie import (
    CodeIEWarning,
    Document,
    Entity,
    Extractor,
    InputError,
    PromptTooLong,
    SchemaError,
)
from codeie.extraction import Exchange, Way, again, together
from codeie.selection import BM25, Anonymised, ByRelation, Covering, PerType
from codeie.testing import ScriptedClient

FOG = "The fog lay over Skagen and nothing moved. " * 6
COOKING = "Everybody likes what Ivar cooks on board. " * 6


def ships(answer: str = "[]") -> ScriptedClient:
    """A client that always answers the same."""
    return ScriptedClient(lambda _prompt: answer)


def extractor(demonstrations: Any, client: ScriptedClient, **options: Any) -> Extractor[Any]:
    """An extractor in a style whose answers are short."""
    return Extractor(SCHEMA, model=client, style="json", demonstrations=demonstrations, **options)


def texts(prompt: Any) -> list[str]:
    """Which of the log's texts a prompt shows, in order."""
    asked = str(prompt)
    found = [one.text for one in LOG if one.text in asked]
    return sorted(found, key=asked.index)


def test_each_text_gets_demonstrations_of_its_own() -> None:
    """What is nearest to a text is shown with it, nearest last, as other demonstrations are."""
    client = ships()
    made = extractor(BM25(LOG, 2), client)
    first, second = made.extract_many(["The Gull left Skagen at dawn.", "Ivar cooks for us."])
    assert [LOTTA.text, TERN.text] == texts(first.prompt)
    assert COOK.text == texts(second.prompt)[-1]
    assert made.prompt("The Gull left Skagen at dawn.") == first.prompt
    assert first.prompt is not None
    assert 2 == len(first.prompt.demonstrations)
    assert first.prompt.tokens()["demonstrations"] > 0


def test_each_chunk_gets_demonstrations_of_its_own() -> None:
    """A long text is chosen for piece by piece."""
    client = ships()
    extractor(BM25(LOG, 1), client, chunk=300)(f"{FOG}\n\n{COOKING}")
    assert [[NOTHING.text], [COOK.text]] == [texts(prompt) for prompt in client.prompts]


def test_a_document_among_the_examples_is_not_shown_itself() -> None:
    """The text's own example is passed over, and that is told."""
    extraction = extractor(BM25(LOG, 1), ships())(TERN.text)
    assert TERN.text not in texts(extraction.prompt)[:-1]
    assert "near-demonstration" in [one.code for one in extraction.diagnostics]


def test_a_limit_leaves_out_what_was_chosen() -> None:
    """Demonstrations of a selector make room as others do."""
    whole = extractor(BM25(LOG, 4), ships()).prompt("The Gull left Skagen.")
    limit = whole.tokens()["total"] - 10
    less = extractor(BM25(LOG, 4), ships(), limit=limit).prompt("The Gull left Skagen.")
    assert ["prompt-shortened"] == [one.code for one in less.diagnostics]
    assert 0 < len(less.demonstrations) < len(whole.demonstrations)
    with pytest.raises(PromptTooLong):
        extractor(BM25(LOG, 4), ships(), limit=5)


def test_a_budget_counts_answers_as_the_style_writes_them() -> None:
    """A budget has room for fewer demonstrations where answers are longer."""
    text = "The Gull left Skagen."
    many = extractor(BM25(LOG, None, tokens=68), ships())
    few = Extractor(
        SCHEMA, model=ships(), style="codeie", demonstrations=BM25(LOG, None, tokens=68)
    )
    assert len(few.prompt(text).demonstrations) < len(many.prompt(text).demonstrations)


def test_without_any_that_fits_the_example_of_the_classes_stays() -> None:
    """Where nothing can be chosen, a prompt is made as without demonstrations, and that is told."""
    extraction = extractor(BM25(LOG, None, tokens=1), ships())("The Gull left.")
    assert extraction.prompt == extractor((), ships()).prompt("The Gull left.")
    assert ["bm25:1tokens: no demonstration is shown; none fits into 1 tokens."] == [
        one.message for one in extraction.diagnostics if one.code == "few-demonstrations"
    ]


def test_what_a_first_pass_finds_is_chosen_by() -> None:
    """The model is asked once with what is nearest as it stands, and then with what is nearest."""
    found = '[{"class": "Ship", "name": "Gull"}, {"class": "Port", "name": "Oban"}]'
    client = ScriptedClient([found, "[]"])
    extraction = extractor(Anonymised(LOG, 1), client)("Fog: the Gull, Oban.")
    assert ["first pass", "extract"] == [step.role for step in extraction.steps]
    assert [[NOTHING.text], [TERN.text]] == [texts(prompt) for prompt in client.prompts]
    assert [] == extraction.instances
    assert extraction.usage.input_tokens == sum(
        step.completion.usage.input_tokens for step in extraction.steps
    )
    before = extractor(Anonymised(LOG, 1), ships()).prompt("Fog: the Gull, Oban.")
    assert extraction.steps[0].prompt == before


def test_places_in_an_answer_count_from_the_first_one() -> None:
    """Diagnostics of the last answer stand where it stands in all answers joined."""
    wrong = '[{"class": "Whale", "name": "Moby"}]'
    (alone,) = extractor(BM25(LOG, 1), ships(wrong))("Moby left.").diagnostics
    twice = extractor(Anonymised(LOG, 1), ships(wrong))("Moby left.")
    (moved,) = twice.diagnostics
    assert alone.position is not None
    assert moved.position == alone.position.shifted(len(wrong) + 1, 1)


@pytest.mark.parametrize(
    "make", [lambda: Anonymised(LOG, 1, first=False), lambda: ByRelation(LOG, 1)]
)
def test_no_first_pass_is_made_where_it_is_not_needed(make: Any) -> None:
    """Without one, or where a document says what is in it, the model is asked once."""
    client = ships()
    selector = make()
    given = None if not selector.first_pass else [Ship("Gull"), Port("Oban")]
    extractor(selector, client)(Document("The Gull came back to Oban.", given=given))
    assert [[LOTTA.text]] == [texts(prompt) for prompt in client.prompts]


@dataclass(frozen=True)
class Twice:
    """A technique that asks twice."""

    def __call__(self, way: Way) -> Way:
        """The same way, taken twice."""

        def asked(task: Any) -> Exchange[Any]:
            _, second = yield from together(again(way(task), number) for number in range(2))
            return second

        return asked


def test_techniques_share_what_was_chosen(tmp_path: Path) -> None:
    """A first pass is made once for all that a technique asks, and a run keeps every answer."""
    client = ships()
    made = extractor(Anonymised(LOG, 1), client, strategy=Twice())
    (one,) = made.extract_many(["The Gull left."], run=tmp_path / "run.db")
    assert 3 == len(client.prompts)
    assert ["first pass", "extract"] == [step.role for step in one.steps]
    list(made.extract_many(["The Gull left."], run=tmp_path / "run.db"))
    assert 3 == len(client.prompts)


def test_nothing_is_chosen_for_an_empty_text() -> None:
    """Where nobody is asked, nothing is said of a choice."""
    extraction = extractor(Covering(BM25(LOG), 2), ships())(" ")
    assert ["empty-text"] == [one.code for one in extraction.diagnostics]


def test_examples_of_other_classes_are_found_at_once() -> None:
    """A schema that the examples are not of is an error or a warning, in one line."""

    @dataclass
    class Whale(Entity):
        """An animal."""

        name: str

    with pytest.raises(InputError, match="none of the 4 examples holds an instance of Whale; they"):
        Extractor([Whale], model=ships(), demonstrations=BM25(LOG))
    with pytest.warns(CodeIEWarning, match="^instances of Whale in the examples are not") as told:
        made = extractor(
            BM25([*LOG, ("Moby left Skagen.", [Whale("Moby"), Port("Skagen")])]), ships()
        )
    assert 1 == len(told)
    assert "Whale" not in str(made.prompt("Moby left Skagen at dawn."))


def test_what_is_no_instance_is_told() -> None:
    """An example that holds strings in place of instances is one line."""
    with pytest.raises(SchemaError, match="str") as found:
        BM25([("The Tern left.", ["Tern"])])
    assert "\n" not in str(found.value)


def test_a_class_that_was_defined_again_is_found_at_once() -> None:
    """Examples of the class as it was before are not taken for examples of nothing."""
    before = Ship

    @dataclass(frozen=True)
    class Again(Entity):
        """A vessel with a name."""

        name: str

    Again.__name__ = "Ship"
    with pytest.raises(InputError, match="example 1 holds a Ship that is another class than the"):
        Extractor([Again, Port, Crew], model=ships(), demonstrations=PerType([TERN]))
    assert before is Ship
