"""Techniques: exchanges that wrap the asking about a document, and the loop that holds them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from codeie import (
    Completion,
    Demonstration,
    Entity,
    Extraction,
    Extractor,
    Grounded,
    Prompt,
    Schema,
    Settings,
    introspect,
)
from codeie.clients import Capabilities
from codeie.errors import ClientError, CodeIEError, InputError, ProviderUnavailable, RateLimited
from codeie.extraction import (
    Call,
    Exchange,
    Task,
    Together,
    Way,
    again,
    ask,
    attempt,
    each_call,
    together,
)
from codeie.extraction.asking.store import answer_key
from codeie.extraction.techniques import written
from codeie.parsing import Outcome
from codeie.testing import ScriptedClient
from codeie.types import Document


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass(frozen=True)
class Vote:
    """Asks several times and keeps what most answers have, with the agreement as confidence."""

    count: int

    def __call__(self, way: Way) -> Way:
        """The same way, taken several times."""

        def asked(task: Task) -> Exchange[Extraction[Any]]:
            votes = yield from together(
                attempt(again(way(task), number)) for number in range(self.count)
            )
            cast = [vote for vote in votes if isinstance(vote, Extraction)]
            if not cast:
                raise next(vote for vote in votes if isinstance(vote, CodeIEError))
            found = {key(item): item for vote in cast for item in vote.items}
            times = Counter(each for vote in cast for each in {key(item) for item in vote.items})
            kept = [each for each in found if times[each] * 2 > len(cast)]
            items = tuple(replace(found[each], confidence=times[each] / len(cast)) for each in kept)
            steps = tuple(step for vote in cast for step in vote.steps)
            return replace(cast[0], items=items, steps=steps)

        return asked


def key(item: Grounded[Any]) -> tuple[object, ...]:
    """What two votes have to agree on."""
    return (repr(item.value), item.span)


FIRST, SECOND = "The Tern left Skagen. " * 12, "The Lotta came back. " * 12
LOG = f"{FIRST}\n\n{SECOND}"


class Moody(ScriptedClient):
    """Names a ship of the text, and every third time one more."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self.texts: Counter[str] = Counter()

    def answer(self, prompt: Prompt) -> str:
        """The next answer about that text."""
        self.texts[prompt.text] += 1
        ship = "Tern" if "Tern" in prompt.text else "Lotta"
        more = ', Ship("Skagen")' if self.texts[prompt.text] % 3 == 0 else ""
        return f'[Ship("{ship}"){more}]'


def test_voting_is_one_technique_that_chunks_and_runs_keep(tmp_path: Path) -> None:
    """A technique of its own works with chunks, and a run's file keeps each of its answers."""
    first = Moody()
    extractor = Extractor([Ship], model=first, chunk=300, strategy=[Vote(3)])
    (one,) = extractor.extract_many([LOG], run=tmp_path / "run.db")
    assert [Ship("Tern"), Ship("Lotta")] == one.instances
    assert [1.0, 1.0] == [item.confidence for item in one.items]
    assert ["Tern", "Lotta"] == [item.span.of(LOG) for item in one.items if item.span]
    assert [3, 3] == list(first.texts.values())
    assert 6 == len(one.steps) == len(first.prompts)

    silent = ScriptedClient([])
    repeated = Extractor([Ship], model=silent, chunk=300, strategy=[Vote(3)])
    (other,) = repeated.extract_many([LOG], run=tmp_path / "run.db")
    assert one.items == other.items
    assert [step.completion for step in one.steps] == [step.completion for step in other.steps]
    assert ([True] * 6, []) == ([step.kept for step in other.steps], silent.prompts)


def test_votes_of_votes_are_answers_of_their_own(tmp_path: Path) -> None:
    """Techniques in each other share no answer on disk, however deep they stand."""
    client = ScriptedClient(lambda _prompt: '[Ship("Tern")]')
    voting = Extractor([Ship], model=client, strategy=[Vote(2), Vote(3)])
    (one,) = voting.extract_many([FIRST], run=tmp_path / "run.db")
    assert 6 == len(client.prompts) == len(one.steps)
    asked_once = Extractor([Ship], model=client)
    list(asked_once.extract_many([FIRST], run=tmp_path / "run.db"))
    assert 7 == len(client.prompts)


def test_a_failed_vote_is_no_failed_document() -> None:
    """What is attempted may fail alone; what is not fails its document."""
    answers = ['[Ship("Tern")]', ProviderUnavailable("down"), '[Ship("Tern")]']
    voting = Extractor([Ship], model=ScriptedClient(answers), strategy=[Vote(3)])
    extraction = voting(FIRST)
    assert ([Ship("Tern")], [1.0]) == (
        extraction.instances,
        [item.confidence for item in extraction.items],
    )
    broken = Extractor([Ship], model=ScriptedClient([RateLimited("no")] * 3), strategy=[Vote(3)])
    with pytest.raises(RateLimited, match="no"):
        broken(FIRST)


def nearest(examples: Sequence[Demonstration]) -> Any:
    """A technique that shows the example which has most words of the text."""

    def technique(way: Way) -> Way:
        def asked(task: Task) -> Exchange[Extraction[Any]]:
            words = set(task.document.text.split())
            best = max(examples, key=lambda one: len(words & set(one.text.split())))
            return (yield from way(replace(task, demonstrations=(best,))))

        return asked

    return technique


def test_retrieval_is_one_technique() -> None:
    """What is shown may be chosen for each chunk of each document."""
    shown = [
        Demonstration("The Elbe came back.", [Ship("Elbe")]),
        Demonstration("The Ada left Skagen.", [Ship("Ada")]),
    ]
    client = ScriptedClient(lambda _prompt: "[]")
    Extractor([Ship], model=client, chunk=300, strategy=[nearest(shown)])(LOG)
    assert [("Ada" in str(prompt), "Elbe" in str(prompt)) for prompt in client.prompts] == [
        (True, False),
        (False, True),
    ]


def verified(by: ScriptedClient) -> Any:
    """A technique that has another model confirm each item."""

    def technique(way: Way) -> Way:
        def asked(task: Task) -> Exchange[Extraction[Any]]:
            found = yield from way(task)
            questions = [
                found.steps[0].prompt.asking(f"Is {item.value.name} a ship?")
                for item in found.items
            ]
            steps = yield from together(
                ask(question, "verify", client=by, settings=Settings(max_tokens=1))
                for question in questions
            )
            items = [
                item
                for item, step in zip(found.items, steps, strict=True)
                if step.completion.text == "yes"
            ]
            return replace(found, items=tuple(items), steps=(*found.steps, *steps))

        return asked

    return technique


def test_verifying_is_one_technique_and_may_ask_another_model() -> None:
    """A technique asks questions of its own, of whom and how it likes; steps say what for."""
    judge = ScriptedClient(["yes", "no"])
    author = ScriptedClient(['[Ship("Tern"), Ship("Skagen")]'])
    extraction = Extractor([Ship], model=author, strategy=[verified(judge)])(FIRST)
    assert [Ship("Tern")] == extraction.instances
    assert ["extract", "verify", "verify"] == [step.role for step in extraction.steps]
    assert [Settings(max_tokens=1)] * 2 == judge.settings


def test_exchanges_do_nothing_themselves() -> None:
    """A way to extract can be held by hand: it yields calls and receives steps."""
    task = Task(Document(FIRST), introspect([Ship]))
    extractor = Extractor([Ship], model=ScriptedClient(['[Ship("Tern")]']), example=False)
    exchange = written(task)
    call = exchange.send(None)
    assert isinstance(call, Call)
    assert extractor.prompt(FIRST) == call.prompt
    expected = extractor(FIRST)
    with pytest.raises(StopIteration) as end:
        exchange.send(expected.steps[0])
    assert expected == end.value.value


def test_a_change_reaches_all_calls_of_an_exchange() -> None:
    """Calls within exchanges within an exchange are changed, and errors come where they belong."""
    prompt = Extractor([Ship], model=ScriptedClient([])).prompt(FIRST)

    def inner() -> Exchange[str]:
        try:
            yield from ask(prompt)
        except RateLimited as error:
            return str(error)
        return "answered"

    def outer() -> Exchange[list[str]]:
        return (yield from together([inner()]))

    exchange = each_call(outer(), lambda call: replace(call, role="changed"))
    asked = exchange.send(None)
    assert isinstance(asked, Together)
    (within,) = asked.exchanges
    assert "changed" == within.send(None).role
    with pytest.raises(StopIteration) as end:
        within.throw(RateLimited("later"))
    assert "later" == end.value.value
    with pytest.raises(StopIteration) as end:
        exchange.send(["later"])
    assert ["later"] == end.value.value


def test_an_answer_is_called_as_it_was(tmp_path: Path) -> None:
    """Files of earlier runs still answer: the name of an answer is the one it had then."""
    prompt = Prompt(
        "text = 'Zoë'",
        Schema(()),
        "Zoë",
        style="code4uie",
        version="v1",
        instructions="Be brief.",
        prefill=" [",
        stop=("\ntext =",),
    )
    able = Capabilities(options='{"top_k":5}', decoder="likelihood.v3")
    client = ScriptedClient([], name="openai/m", capabilities=able)
    # As it was made since prompts have layouts.
    assert (
        answer_key(prompt, Settings(0.5, 100, 7), client)
        == "1b25e433db6beb7be84d1116ed8ba15382d6c9fe245ec203aa9bb2549ec3e575"
    )


class Gate(ScriptedClient):
    """Answers about the first chunk once the second one has failed."""

    def __init__(self) -> None:
        super().__init__(lambda _prompt: '[Ship("Tern")]')
        self.failed = asyncio.Event()
        self.answered: list[str] = []

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Fail, or wait for that and answer."""
        if "Lotta" in prompt.text:
            self.failed.set()
            raise RateLimited("later")
        await self.failed.wait()
        await asyncio.sleep(0)
        self.answered.append(prompt.text)
        return await super().complete(prompt, settings)


def test_what_is_paid_for_is_kept_when_another_part_fails(tmp_path: Path) -> None:
    """A call under way is finished and kept where there is a file, and else ended at once."""

    async def outcomes(run: Path | None) -> tuple[list[Outcome], int]:
        client = Gate()
        extractor = Extractor([Ship], model=client, chunk=300)
        many = extractor.aextract_many([LOG], run=run)
        return [one.outcome async for one in many], len(client.answered)

    assert ([Outcome.FAILED], 1) == asyncio.run(outcomes(tmp_path / "run.db"))
    again_asked = ScriptedClient(['[Ship("Lotta")]'])
    extractor = Extractor([Ship], model=again_asked, chunk=300)
    (one,) = extractor.extract_many([LOG], run=tmp_path / "run.db")
    assert [Ship("Tern"), Ship("Lotta")] == one.instances
    assert ([Outcome.FAILED], 0) == asyncio.run(outcomes(None))


def test_after_a_failure_nothing_more_is_asked() -> None:
    """Parts that wait for their turn are not asked about once another part has failed."""
    client = ScriptedClient([ClientError("no")])
    extractor = Extractor([Ship], model=client, chunk=300)
    (one,) = extractor.extract_many([LOG * 5], concurrency=1)
    assert ("no", 1) == (str(one.error), len(client.prompts))


def test_an_exchange_that_yields_something_else_is_told() -> None:
    """A prompt where a call belongs is an error that says what may be yielded."""

    def careless(_way: Way) -> Any:
        def asked(task: Task) -> Any:
            yield task.dialogue().first

        return asked

    extractor = Extractor([Ship], model=ScriptedClient([]), strategy=[careless])
    with pytest.raises(TypeError, match="an exchange yields Call or Together, not Prompt"):
        extractor(FIRST)


@pytest.mark.parametrize("strategy", [3, [3], Ship, ["vote(3)", 3]])
def test_what_is_no_strategy_is_refused(strategy: Any) -> None:
    """What cannot wrap anything is found before any text is."""
    with pytest.raises(InputError, match=r"strategy takes a strategy such as Vote\(5\)"):
        Extractor([Ship], model=ScriptedClient([]), strategy=strategy)
