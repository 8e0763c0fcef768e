"""Schemas and triples where nobody has said what is to be extracted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Capabilities, Completion, Document, InputError, Prompt, Usage, induce
from codeie.cli._schema import load_classes
from codeie.errors import AuthenticationFailed, EvaluationError, ProviderUnavailable
from codeie.extraction import Extraction, Extractor
from codeie.induction import (
    OpenScores,
    OpenSpan,
    OpenTriple,
    canonical,
    canonicalised,
    fit_of,
    score_triples,
)
from codeie.testing import ScriptedClient

TEXTS = ["The Tern left Oban.", "Ada sailed the Gull to Skagen.", "Bo bought the Lotta."]


def by_first_letter(texts: list[str]) -> list[list[float]]:
    """Vectors that are one for texts of one first letter."""
    return [
        [float(text[:1] == letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts
    ]


SHIP = '''\
class Ship(Entity):
    """A vessel with a name."""

    name: str  # such as: "Tern", "Titanic"
'''
SHIPS = '''\
class Ships(Entity):
    """A boat."""

    name: str  # such as: "Lotta"
    port: str | None = None
'''
SAILS = """\
class Person(Entity):
    name: str

class Sails(Relation):
    head: Person
    tail: Ships
"""


def induced(*answers: Any, **options: Any) -> Any:
    """What comes of these answers about the texts."""
    given: dict[str, Any] = {"rounds": len(answers), "embed": by_first_letter} | options
    return induce(TEXTS, "who sailed what", model=ScriptedClient(answers), **given)


def test_classes_of_rounds_become_one_schema() -> None:
    """Two names of one thing are one class, with the examples that stand in the texts, and its name in others."""
    found = induced(SHIP, SHIPS + SAILS, SHIP)
    assert [each.draft.name for each in found.proposals] == ["Ship", "Person", "Sails"]
    ship = found.proposals[0]
    assert (ship.rounds, ship.names) == (3, ("Ship", "Ships"))
    assert ship.draft.guideline == "A vessel with a name."
    # Of three proposals one has a port, and no text has a Titanic.
    assert [(one.name, one.examples) for one in ship.draft.fields] == [("name", ("Tern", "Lotta"))]
    assert [field.type for field in found.proposals[2].draft.fields] == ["Person", "Ship"]
    assert [cls.__name__ for cls in found.classes] == ["Ship", "Person", "Sails"]


def test_the_model_is_shown_texts_task_and_what_there_is() -> None:
    """Each round shows its texts and the task; from the second on, the classes that there are."""
    model = ScriptedClient([SHIP, SHIP])
    induce(TEXTS, "who sailed what", model=model, rounds=2, sample=2, embed=by_first_letter)
    first, second = (prompt.question for prompt in model.prompts)
    assert "Task: who sailed what" in first
    assert sum(text in first for text in TEXTS) == 2
    assert "already" not in first
    assert "- Ship: A vessel with a name." in second


def test_what_is_left_out_says_why() -> None:
    """Classes of too few rounds, and beyond the most, are told with their reason."""
    found = induced(SHIP, SHIP + SAILS, support=2)
    assert [each.draft.name for each in found.proposals] == ["Ship"]
    assert {(each.draft.name, why) for each, why in found.left_out} == {
        ("Person", "proposed in 1 of 2 rounds"),
        ("Sails", "proposed in 1 of 2 rounds"),
    }
    fewer = induced(SHIP + SAILS, most=2)
    assert [why for _, why in fewer.left_out] == ["beyond the 2 classes wanted"]


def test_a_round_without_an_answer_is_told_and_the_others_count() -> None:
    """A failure, and an answer without classes, cost a round; a wrong key and no answer at all end it."""
    found = induced(ProviderUnavailable("down", provider="x"), "Sorry.", SHIP)
    assert (len(found.failures), [each.draft.name for each in found.proposals]) == (1, ["Ship"])
    assert [one.code for one in found.diagnostics] == ["no-code-found"]
    with pytest.raises(ProviderUnavailable):
        induced(ProviderUnavailable("down", provider="x"))
    with pytest.raises(AuthenticationFailed):
        induced(SHIP, AuthenticationFailed("no", provider="x"), SHIP)


def test_a_schema_is_written_for_a_person_to_edit(tmp_path: Path) -> None:
    """The file loads as the schema of a command, and is never overwritten."""
    found = induced(SHIP, SHIPS + SAILS)
    path = found.write(tmp_path / "ships.py")
    classes = load_classes(str(path))
    assert [cls.__name__ for cls in classes] == ["Ship", "Person", "Sails"]
    text = path.read_text().replace("A vessel", "A sailing vessel")
    path.write_text(text)
    assert load_classes(f"{path}:Ship")[0].__doc__ == "A sailing vessel with a name."
    with pytest.raises(InputError, match="is there already"):
        found.write(path)
    with pytest.raises(InputError, match="no class was proposed"):
        induced("Nothing.").write(tmp_path / "none.py")
    with pytest.raises(InputError, match="cannot be written"):
        found.write(tmp_path / "no" / "such.py")


class Everything(ScriptedClient):
    """Proposes, extracts with what it proposed, and names everything when asked openly."""

    def __init__(self) -> None:
        super().__init__(self.said)

    def said(self, prompt: Prompt) -> Completion:
        """The answer to each kind of question."""
        if prompt.style == "induce":
            text = SHIP + "class Vessel(Entity):\n    name: str\nclass Cat(Entity):\n    name: str"
        elif any(spec.name == "OpenSpan" for spec in prompt.schema.classes):
            names = [("Gull", "ship"), ("Ada", "person")]
            calls = [f"OpenSpan({a!r}, {b!r})" for a, b in names if a in prompt.text]
            text = f"[{', '.join(calls)}]"
        else:
            text = '[Ship("Gull"), Vessel("Gull")]' if "Gull" in prompt.text else "[]"
        return Completion(text, usage=Usage(10, 5))


def test_a_schema_is_tried_on_further_texts() -> None:
    """Coverage is of openly found spans; classes without items and of the same places are told."""
    found = induce(
        TEXTS[:1],
        "ships",
        model=Everything(),
        rounds=1,
        further=TEXTS[1:],
        embed=by_first_letter,
    )
    assert found.fit is not None
    assert (found.fit.documents, found.fit.unread, found.fit.covered) == (2, 0, 0.5)
    assert found.fit.counts == {"Ship": 1, "Vessel": 1, "Cat": 0}
    assert found.fit.empty == ("Cat",)
    assert found.fit.overlaps == {("Ship", "Vessel"): 1.0}
    assert found.fit.missing == (("person", 1),)


def test_unread_texts_do_not_count_as_empty() -> None:
    """What could not be read is counted apart; without an open question texts with items count."""
    model = ScriptedClient(['[OpenSpan("Tern", "ship")]', "I cannot.", "[]"])
    extractor = Extractor([OpenSpan], model=model, style="code4uie")
    fit = fit_of(extractor.extract_many(TEXTS, concurrency=1), [OpenSpan])
    assert (fit.documents, fit.unread, fit.covered) == (2, 1, 0.5)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"texts": []}, "there are no texts"),
        ({"texts": [" "]}, "there are no texts"),
        ({"task": " "}, "say in a sentence"),
        ({"rounds": 0}, "rounds must be a whole number"),
        ({"rounds": 1, "support": 2}, "support=2 of rounds=1 leaves no class"),
        ({"threshold": 0}, "threshold must be above 0"),
        (
            {"model": ScriptedClient([], capabilities=Capabilities(scores_candidates=True))},
            "decides about spans and writes no classes",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_asked(
    options: dict[str, Any], why: str
) -> None:
    """Wrong arguments are errors in one line, before the model is asked."""
    model = ScriptedClient([])
    given = {"texts": TEXTS, "task": "ships", "model": model} | options
    with pytest.raises(InputError, match=why):
        induce(given.pop("texts"), **given)
    assert model.prompts == []


def test_free_labels_become_canonical() -> None:
    """Labels of one meaning are one in spans and in triples, and other items stay as they are."""
    answer = (
        '[OpenSpan("Tern", "ship"), OpenSpan("Oban", "Ships"), '
        'OpenTriple("Tern", "left", "Oban"), OpenTriple("Tern", "leaves", "Oban")]'
    )
    extractor: Extractor[Any] = Extractor(
        [OpenSpan, OpenTriple], model=ScriptedClient([answer]), style="code4uie"
    )
    (found,) = canonicalised([extractor(Document(TEXTS[0]))], embed=by_first_letter)
    assert {one.label for one in found.instances if isinstance(one, OpenSpan)} == {"ship"}
    assert {one.relation for one in found.instances if isinstance(one, OpenTriple)} == {"left"}
    assert found.items[0].spans
    assert canonicalised([Extraction(Document("x"))]) == [Extraction(Document("x"))]


@settings(max_examples=40)
@given(st.lists(st.text("abAB s", min_size=1, max_size=4), max_size=12), st.floats(0.1, 1))
def test_canonical_labels_are_labels_and_stay_themselves(
    labels: list[str], threshold: float
) -> None:
    """Each label leads to one of them in one step, and the order of equals alone may matter."""
    found = canonical(labels, threshold=threshold, embed=by_first_letter)
    assert set(found) == set(labels)
    assert all(found[found[label]] == found[label] for label in labels)


def triple(*parts: str) -> OpenTriple:
    """A triple of three texts."""
    return OpenTriple(*parts)


BORN = triple("Ada Lovelace", "was born in", "London")


@pytest.mark.parametrize(
    ("predicted", "precision", "recall"),
    [
        ([BORN], 1.0, 1.0),
        # Four of its five words are gold, and four of the gold's six are in it.
        ([triple("Ada", "was born", "London today")], 4 / 5, 4 / 6),
        # No word of the relation in common: nothing matches.
        ([triple("Ada Lovelace", "saw", "London")], 0.0, 0.0),
        # Words count in their own part only.
        ([triple("London", "was born in", "Ada Lovelace")], 3 / 6, 3 / 6),
        # The second copy is matched with nothing.
        ([BORN, BORN], 0.5, 1.0),
        ([], 0.0, 0.0),
    ],
)
def test_triples_are_matched_by_words(
    predicted: list[OpenTriple], precision: float, recall: float
) -> None:
    """Scores are those that are counted by hand."""
    scores = score_triples([[BORN]], [predicted])
    assert (scores.precision, scores.recall) == pytest.approx((precision, recall))


def test_one_prediction_may_answer_for_several_gold_triples() -> None:
    """Recall counts it for both, precision once; the best pair is matched first."""
    two = [triple("Ada", "was born in", "London"), triple("Ada", "was born on", "Sunday")]
    one = [triple("Ada", "was born in on", "London Sunday")]
    scores = score_triples([two], [one])
    assert (scores.precision, scores.recall) == pytest.approx((5 / 7, 1.0))
    assert scores.f1 == pytest.approx(2 * 5 / 7 / (5 / 7 + 1))
    assert OpenScores(0.0, 0.0, 0, 0).f1 == 0.0
    with pytest.raises(EvaluationError, match="gold is of 1 documents, and predictions of 2"):
        score_triples([two], [one, one])
