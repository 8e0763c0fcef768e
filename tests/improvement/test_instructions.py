"""Instructions from errors: proposed by a model, tried on other documents, kept if a test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Completion, Entity, Extractor, InputError, Usage, ground, introspect
from codeie.datasets import Example, Record
from codeie.errors import (
    AuthenticationFailed,
    BudgetSpent,
    CreditSpent,
    EvaluationError,
    ProviderUnavailable,
)
from codeie.evaluation import find_errors
from codeie.extraction import Limits
from codeie.improvement import ImprovedInstructions, improve_instructions, most_instruction_calls
from codeie.improvement._told_errors import told_errors
from codeie.prompting import Prompt, Style
from codeie.testing import ScriptedClient
from codeie.types import Document


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass(frozen=True)
class Port(Entity):
    """A place where ships land."""

    name: str


SCHEMA = introspect([Ship, Port])
SHIPS, PORTS = ("Tern", "Lotta", "Gull", "Swan"), ("Oban", "Skagen", "Bergen")
HELPFUL, USELESS = "A town is a port, not a ship.", "Think well."


def example(text: str, gold: list[Any]) -> Example:
    """A labelled document."""
    document = Document(text, text)
    return Example(document, ground(gold, text, schema=SCHEMA).items, Record(document))


EXAMPLES = [
    example(f"The {ship} left {port} on day {day}.", [Ship(ship), Port(port)])
    for day, (ship, port) in enumerate([(ship, port) for ship in SHIPS for port in PORTS] * 2)
]


def sailor(prompt: Prompt) -> Completion:
    """Takes towns for ships unless it is told not to, and gets nothing right if told to think."""
    words = prompt.text.split()
    ship, port = words[1], words[3]
    told = str(prompt)
    kind = "Port" if HELPFUL in told else "Ship"
    answer = f'[Ship("{ship}"), {kind}("{port}")]'
    return Completion("[]" if "Say less." in told else answer, usage=Usage(90, 10))


def improved(
    *proposed: Any, model: Callable[[Prompt], Any] = sailor, **options: Any
) -> tuple[ImprovedInstructions, ScriptedClient]:
    """What comes of it with these proposals, and the client that made them."""
    client, proposer = ScriptedClient(model), ScriptedClient(proposed)

    def make(style: Style) -> Extractor[Any]:
        return Extractor([Ship, Port], model=client, style=style)

    found = improve_instructions(
        EXAMPLES, make, style="code4uie", model=proposer, **({"proposals": 2} | options)
    )
    return found, proposer


def test_what_helps_is_kept_and_what_does_not_is_not() -> None:
    """Of 12 documents that were not shown, one ship of two is right before, and all after it."""
    found, proposer = improved(f"1. {USELESS}\n2. {HELPFUL}")
    assert (found.instructions, found.metric) == ((HELPFUL,), "entities")
    assert (found.before, found.after) == (0.5, 1.0)
    assert [(one.instruction, one.round, one.kept) for one in found.trials] == [
        (USELESS, 1, False),
        (HELPFUL, 1, True),
    ]
    assert [one.comparison.difference for one in found.trials] == [0.0, 0.5]
    assert found.trials[1].comparison.p_value <= 0.05 / 4 < found.trials[0].comparison.p_value
    # 12 to test on, 12 shown, a proposal, two trials; and 12 in which no error is left to show.
    assert (found.calls, found.ended) == (12 + 12 + 1 + 24 + 12, None)
    extractor = Extractor([Ship, Port], model=ScriptedClient([]), style=found.style)
    assert HELPFUL in str(extractor.prompt("The Heron left Nuuk."))
    question = proposer.prompts[0]
    assert "Write up to 2 further instructions" in question.instructions
    assert "- Port: A place where ships land." in question.classes
    lines = question.question.splitlines()
    assert lines[0] == "Errors:"
    assert len(lines) == 1 + 4  # of one kind so many are told
    assert lines[1].startswith("- Ship '")
    assert "was said; right is Port '" in lines[1]


def test_what_was_kept_is_told_in_the_next_round() -> None:
    """And what was tried is not tried again; the test is against the best so far."""

    def stubborn(prompt: Prompt) -> str:
        ship, port = prompt.text.split()[1], prompt.text.split()[3]
        told = str(prompt)
        kind = "Port" if HELPFUL in told else "Ship"
        return f'[Ship("{ship}"), {kind}("{port}")]' if "Ships too." in told else "[]"

    found, proposer = improved(
        "1. Ships too.", f"1. Ships too.\n2. {HELPFUL}", model=stubborn, rounds=2
    )
    assert found.instructions == ("Ships too.", HELPFUL)
    assert [one.round for one in found.trials] == [1, 2]
    assert (found.before, found.after) == (0.0, 1.0)
    assert "Instructions that were given besides:\n- Ships too.\nErrors:" in str(
        proposer.prompts[1]
    )
    assert "- Port 'Bergen' was overlooked. Text: The Gull left Bergen on day 20." in str(
        proposer.prompts[0]
    )


@pytest.mark.parametrize(
    "proposed", ["", "I would not change anything.", f"1. {'very ' * 70}careful.", "1. Say less."]
)
def test_nothing_is_kept_that_does_not_help(proposed: str) -> None:
    """No proposal, a treatise, or one with which the answers are worse: the style is as it was."""
    found, _ = improved(proposed)
    assert (found.instructions, found.style.name) == ((), "code4uie")
    assert found.before == found.after == 0.5


def test_few_documents_are_sure_of_nothing() -> None:
    """The difference is there, and chance makes it as often as not."""
    few = EXAMPLES[:4]
    client, proposer = ScriptedClient(sailor), ScriptedClient([f"1. {HELPFUL}"])
    found = improve_instructions(
        few,
        lambda style: Extractor([Ship, Port], model=client, style=style),
        style="code4uie",
        model=proposer,
    )
    (trial,) = found.trials
    assert (trial.comparison.difference, trial.kept) == (0.5, False)
    assert trial.comparison.p_value > 0.4
    with pytest.raises(EvaluationError, match="4 labelled documents or more, got 3"):
        improve_instructions(
            few[:3], lambda _: pytest.fail("nobody is asked"), style="json", model=proposer
        )


def test_without_errors_nobody_is_asked_for_proposals() -> None:
    """There is nothing to learn from."""
    found, proposer = improved(model=lambda prompt: sailor_right(prompt))
    assert (found.before, found.trials, len(proposer.prompts)) == (1.0, (), 0)


def sailor_right(prompt: Prompt) -> str:
    """Makes no errors."""
    words = prompt.text.split()
    return f'[Ship("{words[1]}"), Port("{words[3]}")]'


def test_the_most_calls_are_said_beforehand_and_a_repeated_run_asks_nothing(
    tmp_path: Path,
) -> None:
    """12 to test on; in each of 2 rounds 12 shown, a proposal, and 2 trials on 12."""
    extractor = Extractor([Ship, Port], model=ScriptedClient([]), style="code4uie")
    assert most_instruction_calls(EXAMPLES, extractor, proposals=2) == 12 + 2 * (12 + 1 + 24)
    first, _ = improved(f"1. {USELESS}\n2. {HELPFUL}", run=tmp_path / "run.db")
    again, proposer = improved(run=tmp_path / "run.db")
    assert (again.calls, len(proposer.prompts)) == (0, 0)
    assert (again.instructions, again.trials) == (first.instructions, first.trials)


def test_failures_end_nothing_that_was_decided() -> None:
    """A document that fails is not compared; a proposer that fails, or a budget, ends it told."""

    def shaky(prompt: Prompt) -> Any:
        failing = HELPFUL in str(prompt) and "Lotta" in prompt.text
        return ProviderUnavailable("down") if failing else sailor(prompt)

    found, _ = improved(f"1. {HELPFUL}", model=shaky)
    assert found.instructions == (HELPFUL,)
    down = ProviderUnavailable("down")
    found, _ = improved(down)
    assert (found.ended, found.before, found.trials) == (down, 0.5, ())
    empty = CreditSpent("no credit")
    found, _ = improved(empty)
    assert found.ended is empty
    found, _ = improved(f"1. {HELPFUL}", limits=Limits(max_tokens=500))
    assert isinstance(found.ended, BudgetSpent)
    with pytest.raises(AuthenticationFailed):
        improved(AuthenticationFailed("no"))


@pytest.mark.parametrize(
    "options", [{"rounds": 0}, {"proposals": 0}, {"proposals": True}, {"level": 0}, {"level": 1.0}]
)
def test_numbers_that_cannot_be_meant_are_errors(options: dict[str, Any]) -> None:
    """Before anybody is asked."""
    with pytest.raises(InputError, match=f"{next(iter(options))} must be"):
        improved(**options)


def test_each_kind_of_error_is_told_in_a_line() -> None:
    """With what was said and what is right, and what stands around it."""
    text = f"{'It blew hard. ' * 20}The old Tern left Oban; the Gull stayed.{' It rained.' * 20}"
    gold = [Ship("Tern"), Port("Oban"), Ship("Gull")]
    said = [Ship("old Tern"), Ship("Oban"), Port("Titanic"), Port("It")]
    found = find_errors(
        [ground(gold, text, schema=SCHEMA).items], [ground(said, text, schema=SCHEMA).items], SCHEMA
    )
    lines = told_errors(found, [text])
    assert [line.split(" Text: ")[0] for line in lines] == [
        "- Ship 'Oban' was said; right is Port 'Oban'.",
        "- Ship 'old Tern' was said; right is Ship 'Tern'.",
        "- Port 'Titanic' was said, and is not in the text.",
        "- Port 'It' was said, and is none.",
        "- Ship 'Gull' was overlooked.",
    ]
    assert all(len(line) < 400 for line in lines)
    assert "Text: … " in lines[0]
    assert lines[0].endswith(" …")
