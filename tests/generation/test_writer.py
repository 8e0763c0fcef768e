"""Texts for structures: each is checked, what is wrong is named, and what fails is kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie.clients import Completion, StopReason
from codeie.errors import AuthenticationFailed, InputError, RequestRejected
from codeie.extraction import Extractor
from codeie.generation import Fault, Kind, Text, Writer, summary
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient
from codeie.types import Entity, Relation


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Port(Entity):
    """A place where ships land."""

    name: str


@dataclass
class BoundFor(Relation):
    """A Ship sails to a Port."""

    head: Ship
    tail: Port


SHIPS, PORTS = ("Lotta", "Tern", "Gull"), ("Oban", "Skagen", "Riga")
LOTTA, OBAN = Ship("Lotta"), Port("Oban")


def reader(prompt: Prompt) -> str:
    """Finds the names it knows, and where a ship makes for a port, that."""
    ships = [name for name in SHIPS if name in prompt.text]
    ports = [name for name in PORTS if name in prompt.text]
    found = [f"Ship({name!r})" for name in ships] + [f"Port({name!r})" for name in ports]
    if ships and ports and " for " in prompt.text:
        found.append(f"BoundFor({ships[0]!r}, {ports[0]!r})")
    return f"[{', '.join(found)}]"


def writer(*answers: Any, **options: Any) -> tuple[Writer, ScriptedClient]:
    """A writer with a scripted model, whose texts a scripted reader is asked about."""
    client = ScriptedClient(answers)
    classes = [Ship, Port, BoundFor]
    back = Extractor(classes, model=ScriptedClient(reader), style="code4uie")
    return Writer(classes, client, **{"extractor": back, **options}), client


def one(texts: Any) -> Text:
    """The one text that there is."""
    (found,) = texts
    assert isinstance(found, Text)
    return found


def test_a_text_that_states_its_structure_is_kept() -> None:
    """With the mentions that the relation is about; fences and quotes around it come off."""
    making, client = writer('```\nText: "Before dawn the Lotta made for Oban."\n```')
    text = one(making.write([[BoundFor(LOTTA, OBAN)]], about="a log"))
    assert text.kept
    assert text.text == "Before dawn the Lotta made for Oban."
    assert text.instances == (LOTTA, OBAN, BoundFor(LOTTA, OBAN))
    assert (text.kind, text.attempts, text.calls) == (Kind.WRITTEN, 1, 2)
    assert text.demonstration.text == text.text
    (prompt,) = client.prompts
    assert 'BoundFor(head=Ship(name="Lotta"), tail=Port(name="Oban"))' in prompt.question
    assert "What kind of text: a log" in prompt.question


@pytest.mark.parametrize(
    ("wrong", "fault", "said"),
    [
        ("A ship made for Oban.", Fault.NOT_IN_TEXT, "the text does not hold 'Lotta'"),
        ("The Lotta lay in Oban.", Fault.MISSING, "a reader does not find BoundFor("),
        ("The Lotta and Tern for Oban.", Fault.MORE, "a reader finds Ship(name='Tern') in it, too"),
        ("", Fault.EMPTY, "nothing was written"),
        ("The Lotta for Oban. " * 300, Fault.LONG, "characters, and 5,000 are the most"),
        (
            Completion("The Lotta for Oban, for Oban, for", StopReason.LOOP),
            Fault.CUT,
            "the same over and over",
        ),
        ("the LOTTA sailed for Oban!", Fault.NOT_IN_TEXT, "does not hold 'Lotta'"),
        ("On Monday the Lotta sailed away for Oban", Fault.COPY, "the same as seed 1"),
    ],
)
def test_what_is_wrong_is_named_to_the_model(
    wrong: str | Completion, fault: Fault, said: str
) -> None:
    """And the next text is taken if it is right; without further attempts the fault stays."""
    seeds = ["On Monday the Lotta sailed away for Oban."]
    right = "Quite late the Lotta left for Oban."
    making, client = writer(wrong, right, seeds=seeds)
    text = one(making.write([[BoundFor(LOTTA, OBAN)]]))
    assert text.kept
    assert (text.text, text.attempts) == (right, 2)
    if fault is not Fault.EMPTY:
        assert said in client.prompts[1].question
        assert "This was written before: " in client.prompts[1].question
    making, _ = writer(wrong, seeds=seeds, attempts=1)
    text = one(making.write([[BoundFor(LOTTA, OBAN)]]))
    assert text.fault is fault
    assert said in text.reasons[0]
    assert not text.kept


def test_a_text_that_was_taken_is_not_taken_again() -> None:
    """Duplicates of one another are as useless as copies of seeds."""
    making, _ = writer(*["The Lotta left for Oban at noon."] * 3, attempts=2)
    texts = list(making.write([[BoundFor(LOTTA, OBAN)]] * 2))
    assert [text.fault for text in texts] == [None, Fault.COPY]
    assert texts[1].attempts == 2


def test_a_generator_that_loops_comes_to_an_end() -> None:
    """As many attempts as allowed, and then the structure is kept with its reason."""
    making, client = writer(*["Fog."] * 9, attempts=3)
    texts = list(making.write([[LOTTA], [OBAN]]))
    assert [(text.fault, text.attempts) for text in texts] == [(Fault.NOT_IN_TEXT, 3)] * 2
    assert texts[0].instances == (LOTTA,)
    assert len(client.prompts) == 6


def test_a_budget_ends_asking_and_tells_of_what_was_not_asked() -> None:
    """Structures beyond it are given, too, as failed."""
    making, client = writer(*["The Lotta came by."] * 9, calls=3)
    texts = list(making.write([[LOTTA], [LOTTA], [LOTTA]]))
    assert len(client.prompts) == 2
    assert [text.fault for text in texts] == [None, Fault.COPY, Fault.FAILED]
    assert texts[2].reasons == ("no more questions may be asked",)


def test_a_failed_call_spoils_one_text_only() -> None:
    """But where there is no right to ask at all, that is raised."""
    refused = RequestRejected("too long", provider="x", status_code=400)
    making, _ = writer(refused, refused, "The Tern rested.", attempts=2)
    texts = list(making.write([[LOTTA], [Ship("Tern")]]))
    assert [text.fault for text in texts] == [Fault.FAILED, None]
    assert texts[0].reasons == (str(refused),)
    making, _ = writer(AuthenticationFailed("no key", provider="x"))
    with pytest.raises(AuthenticationFailed):
        list(making.write([[LOTTA]]))


def test_an_answer_about_a_text_that_cannot_be_read_says_nothing_of_it() -> None:
    """The text may be right, so that is a fault of its own."""
    back = Extractor([Ship, Port, BoundFor], model=ScriptedClient(lambda _: "Sorry."), style="json")
    making, _ = writer("The Lotta came.", extractor=back, attempts=1)
    text = one(making.write([[LOTTA]]))
    assert text.fault is Fault.UNREAD


def test_without_a_reader_strings_and_copies_are_checked_still() -> None:
    """Nothing then tells what else a text states."""
    making, _ = writer("The Lotta and the Tern.", extractor=None)
    assert one(making.write([[LOTTA]])).calls == 1


def test_paraphrases_say_the_same_and_are_no_copies() -> None:
    """Pairs: the text, and the one that it is of."""
    original = "The Lotta sailed for Oban at noon on Monday."
    gold = [LOTTA, OBAN, BoundFor(LOTTA, OBAN)]
    nearly = "the Lotta sailed for Oban at noon on Monday"
    making, client = writer(nearly, "At twelve, Lotta, on her way for Oban, cast off.")
    text = one(making.paraphrase([(original, gold)]))
    assert (text.kind, text.of, text.attempts) == (Kind.PARAPHRASE, original, 2)
    assert text.instances == tuple(gold)
    assert "nearly the same as the original" in client.prompts[1].question
    assert 'Keep: "Lotta", "Oban"' in client.prompts[0].question


def test_negative_texts_have_nothing_to_find() -> None:
    """What a reader finds in one is told, and another is written."""
    making, _ = writer("The crew of the Gull slept.", "All of the crew slept.")
    text = one(making.negatives(["The Lotta sailed for Oban."]))
    assert (text.kind, text.instances, text.attempts) == (Kind.NEGATIVE, (), 2)
    assert text.text == "All of the crew slept."


def test_a_model_proposes_structures_until_it_repeats_itself() -> None:
    """What it cannot say as instances is passed over; what it said before is not given again."""
    lotta = '[{"class": "Ship", "name": "Lotta"}]'
    bound = '[{"class": "BoundFor", "head": "Tern", "tail": "Riga"}]'
    making, client = writer(lotta, "no idea", lotta, bound, lotta, bound, lotta, attempts=3)
    found = list(making.propose(5))
    tern, riga = Ship("Tern"), Port("Riga")
    assert found == [(LOTTA,), (tern, riga, BoundFor(tern, riga))]
    assert "invent something else" in client.prompts[1].question
    assert len(client.prompts) == 7


def test_an_interrupted_round_is_taken_up_where_it_was(tmp_path: Path) -> None:
    """What was answered is in the file, and is not asked for again."""
    run = tmp_path / "answers.sqlite"
    structures = [[LOTTA], [OBAN]]
    making, _ = writer("Some ship came.", "The Lotta came.", run=run)
    assert next(making.write(structures)).attempts == 2
    making, client = writer("Oban was quiet.", run=run)
    texts = list(making.write(structures))
    assert [text.text for text in texts] == ["The Lotta came.", "Oban was quiet."]
    assert [text.calls for text in texts] == [0, 2]
    assert texts[0].attempts == 2
    assert len(client.prompts) == 1


def test_a_summary_tells_faults_balance_and_diversity() -> None:
    """Templates show: all pairs of words are the same ones, and each text is like another."""
    same = [Text(Kind.WRITTEN, f"The {name} left for {port} today.", (Ship(name), Port(port)))
            for name, port in zip(SHIPS, PORTS, strict=True)]  # fmt: skip
    other = Text(Kind.NEGATIVE, "Nobody came, so we ate.", (), "x", attempts=3)
    failed = Text(Kind.WRITTEN, "", (LOTTA,), fault=Fault.MORE, attempts=2, calls=4)
    found = summary([*same, other, failed])
    assert (found.kept, found.faults, found.empty) == (4, {Fault.MORE: 1}, 1)
    assert found.classes == {"Ship": 3, "Port": 3}
    assert found.balance == 1.0
    assert found.attempts == 8 / 4
    assert found.calls == 4
    # Five pairs in each of the three, of which "left for" is in all; four in the other.
    assert found.distinct == (5 + 4 + 4 + 4) / (3 * 5 + 4)
    assert summary([same[0]] * 2).likeness == 0.5
    assert (summary([]).distinct, summary([]).balance) == (0.0, 0.0)


@pytest.mark.parametrize("options", [{"attempts": 0}, {"calls": 0}, {"alike": 0}])
def test_numbers_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    """And so is a reader of other classes."""
    with pytest.raises(InputError):
        writer(**options)
    back = Extractor([Ship], model=ScriptedClient([]))
    with pytest.raises(InputError, match="must find the same classes"):
        writer(extractor=back)
