"""Items while the answer is written: the same as afterwards, and nothing is left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from clients.stub_server import StubServer, chat_chunks, chunks
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Completion, Entity, Extraction, Extractor, Prompt, Relation, Settings
from codeie.clients import Capabilities, OpenAIClient, StopReason, run_sync
from codeie.diagnostics import Code
from codeie.errors import ClientError, GroundingError, InputError
from codeie.extraction import Stream, Vote
from codeie.grounding import Grounded
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    name: str


@dataclass
class Place(Entity):
    name: str


@dataclass
class LivesIn(Relation):
    head: Person
    tail: Place


CLASSES = [Person, Place, LivesIn]
TEXT = "Ada met Bo in Oslo. Ada left Oslo; Bo Berg lives in Bergen, and ada stayed."
ANSWER = '[Person("Ada"), Person("Bo"), Place("Oslo"), Person("Ada"), Place("Oslo")]'


def asked(answer: Any, piece: int = 1, **options: Any) -> Extractor[Any]:
    """An extractor whose model gives that answer, in pieces of that length, each time."""
    client = ScriptedClient(lambda _: answer, piece=piece)
    return Extractor(CLASSES, model=client, **({"style": "code4uie"} | options))


def gone_through(stream: Stream[Any]) -> list[Grounded[Any]]:
    """All items, from code in an event loop."""

    async def main() -> list[Grounded[Any]]:
        return [item async for item in stream]

    return asyncio.run(main())


@pytest.mark.parametrize("through", [list, gone_through])
def test_items_come_while_the_answer_is_written(
    through: Callable[[Stream[Any]], list[Grounded[Any]]],
) -> None:
    """With their places, in order; and then there is the extraction."""
    stream = asked(ANSWER).stream(TEXT)
    items = through(stream)
    assert [(item.value, item.span.start) for item in items if item.span] == [
        (Person("Ada"), 0),
        (Person("Bo"), 8),
        (Place("Oslo"), 14),
        (Person("Ada"), 20),
        (Place("Oslo"), 29),
    ]
    assert stream.extraction == asked(ANSWER).extract(TEXT)
    whole = stream.extraction.items
    assert [(one.value, one.spans) for one in items] == [(one.value, one.spans) for one in whole]
    assert stream.withdrawn == ()


class Gated:
    """A client that writes on only when it is told to."""

    name = "gated/model"
    capabilities = Capabilities()

    def __init__(self) -> None:
        self.pieces: asyncio.Queue[str] = asyncio.Queue()
        self.ended = ""

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Nobody asks for a whole answer here."""
        raise NotImplementedError

    async def stream(
        self,
        prompt: Prompt,  # noqa: ARG002
        settings: Settings = Settings(),  # noqa: ARG002
        *,
        hear: Any,
    ) -> Completion:
        """Write what it is told, up to an empty piece."""
        text = ""
        try:
            while piece := await self.pieces.get():
                text += piece
                reason = hear(piece)
                if reason is not None:
                    return Completion(text, reason)
        except asyncio.CancelledError:
            self.ended = "left"
            raise
        return Completion(text)


def test_an_item_is_there_with_its_last_letter() -> None:
    """Before the model has written any more of the answer."""

    async def main() -> None:
        client = Gated()
        items = aiter(Extractor(CLASSES, model=client).stream(TEXT))
        client.pieces.put_nowait('add("Ada", Person)\nadd("Bo", Per')
        assert (await anext(items)).value == Person("Ada")
        waiting = asyncio.ensure_future(anext(items))
        await asyncio.sleep(0)
        client.pieces.put_nowait("son")
        await asyncio.sleep(0)
        assert not waiting.done()
        client.pieces.put_nowait(")")
        assert (await waiting).value == Person("Bo")
        client.pieces.put_nowait("")
        assert [item async for item in items] == []

    asyncio.run(main())


@pytest.mark.parametrize("leave", ["close", "break", "raise", "cancel"])
def test_who_leaves_ends_the_answer(leave: str) -> None:
    """The call is cancelled, no task is left, and there is no extraction.

    What was written is there, as a step with an estimate of what it cost.
    """

    async def first(stream: Stream[Any], begun: asyncio.Event) -> None:
        async with stream:
            async for _ in stream:
                begun.set()
                if leave == "break":
                    break
                if leave == "raise":
                    raise LookupError("enough")
                if leave == "close":
                    return

    async def main() -> None:
        client = Gated()
        stream = Extractor(CLASSES, model=client).stream(TEXT)
        client.pieces.put_nowait('add("Ada", Person)\n')
        begun = asyncio.Event()
        task = asyncio.ensure_future(first(stream, begun))
        await begun.wait()
        if leave == "cancel":
            await asyncio.sleep(0)
            task.cancel()
        with suppress(LookupError, asyncio.CancelledError):
            await task
        assert client.ended == "left"
        (step,) = stream.so_far.steps
        assert (step.completion.text, step.role) == ('add("Ada", Person)\n', "extract")
        assert StopReason.ENOUGH is step.completion.stop_reason
        cost = stream.so_far.usage
        assert cost.estimated
        assert (cost.input_tokens, cost.output_tokens) == (step.prompt.tokens()["total"], 6)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        with pytest.raises(InputError, match="come to its end"):
            _ = stream.extraction

    asyncio.run(main())


@pytest.mark.parametrize("managed", [False, True])
def test_a_script_that_leaves_closes_the_connection(managed: bool) -> None:
    """In a loop that is left, or as a context manager; the server sees it."""
    with closing(StubServer()) as stub:
        _left_early(stub, managed)


def _left_early(stub: StubServer, managed: bool) -> None:
    lines = ['add("Ada", Person)\n', 'add("Bo", Person)\n']
    stub.will(chunks(*chat_chunks(lines), fault="stall"))
    client = OpenAIClient("stub", base_url=f"{stub.url}/v1", max_retries=0)
    stream = Extractor(CLASSES, model=client).stream(TEXT)
    if managed:
        with stream:
            assert next(iter(stream)).value == Person("Ada")
    else:
        for item in stream:
            assert item.value == Person("Ada")
            break
    assert stub.left.wait(5)
    run_sync(client.aclose())


def test_of_several_questions_those_that_were_answered_stay() -> None:
    """An interrupt at the second leaves the first as it was answered, and says what the second cost."""

    def interrupted(prompt: Prompt) -> str:
        if len(client.prompts) > 1:
            raise KeyboardInterrupt
        return ANSWER

    client = ScriptedClient(interrupted)
    stream = Extractor(CLASSES, model=client, strategy=Vote(2)).stream(TEXT)
    with pytest.raises(KeyboardInterrupt):
        list(stream)
    first, second = stream.so_far.steps
    assert ANSWER == first.completion.text
    assert ("", 0, True) == (
        second.completion.text,
        second.completion.usage.output_tokens,
        second.completion.usage.estimated,
    )


def test_nobody_is_asked_before_the_first_item_is_wanted() -> None:
    """A stream that is never gone through costs nothing."""
    client = ScriptedClient([])
    with Extractor(CLASSES, model=client).stream(TEXT):
        pass
    assert client.prompts == []


def test_a_stream_is_gone_through_once() -> None:
    """A second time would ask a second time unseen."""
    stream = asked(ANSWER).stream(TEXT)
    list(stream)
    with pytest.raises(InputError, match="asks again"):
        iter(stream)


@pytest.mark.parametrize("piece", [1, 7, 1000])
@pytest.mark.parametrize("most", [1, 3, 5])
def test_a_number_of_items_may_be_enough(piece: int, most: int) -> None:
    """The model is stopped behind the last one, however its pieces come."""
    stream = asked(ANSWER, piece).stream(TEXT, max_items=most)
    items = list(stream)
    assert len(items) == most
    extraction = stream.extraction
    assert extraction.instances == [item.value for item in items]
    assert extraction.completion is not None
    assert extraction.completion.stop_reason is StopReason.ENOUGH
    assert ANSWER.startswith(extraction.completion.text)
    assert extraction.completion.text.count('")') == most
    assert extraction.diagnostics[0].code is Code.STOPPED


def test_fewer_items_than_are_enough() -> None:
    """Then the bound changes nothing."""
    stream = asked(ANSWER).stream(TEXT, max_items=99)
    assert len(list(stream)) == 5
    assert stream.extraction == asked(ANSWER).extract(TEXT)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"max_items": 0}, "at least 1"),
        ({"max_items": 2, "strategy": Vote(3)}, "needs whole ones"),
    ],
)
def test_bounds_that_cannot_be_kept(options: dict[str, Any], message: str) -> None:
    """Are refused before anybody is asked."""
    strategy = options.pop("strategy", None)
    with pytest.raises(InputError, match=message):
        asked(ANSWER, strategy=strategy).stream(TEXT, **options)
    with pytest.raises(InputError, match="extract_many"):
        asked(ANSWER).stream([TEXT])  # type: ignore[arg-type]


def test_a_loop_is_cut_and_said() -> None:
    """What was said before it is kept."""
    extractor = asked('[Person("Ada"), ' + 'Person("Bo"), ' * 300)
    stream = extractor.stream(TEXT)
    assert [item.value for item in stream] == [Person("Ada"), Person("Bo"), Person("Bo")]
    assert stream.extraction.completion is not None
    assert len(stream.extraction.completion.text) < 250
    assert stream.extraction.diagnostics[0].code is Code.LOOP


def test_copies_that_are_no_row_are_a_loop_as_well() -> None:
    """An answer that only repeats what the text has no further place for brings nothing new."""
    names = ["Ada", "Bo", "Oslo", "Bergen"]
    said = [f'Person("{names[number * number % 7 % 4]}")' for number in range(300)]
    stream = asked(f"[{', '.join(said)}]").stream(TEXT)
    assert len(list(stream)) < 9
    assert stream.extraction.completion is not None
    assert stream.extraction.completion.stop_reason is StopReason.LOOP
    assert len(stream.extraction.completion.text) < 900
    assert stream.extraction.diagnostics[0].code is Code.LOOP


def test_an_answer_beyond_all_measure_is_cut_and_said() -> None:
    """Where the user sets no limit, the text's length does."""
    words = ", ".join(f'Person("number {number}{"x" * 200}")' for number in range(60))
    stream = asked(f"[{words}]", 50).stream(TEXT)
    list(stream)
    codes = [one.code for one in stream.extraction.diagnostics]
    assert codes[0] is Code.TRUNCATED
    free = asked(f"[{words}]", 50, settings=Settings(max_tokens=9000)).stream(TEXT)
    assert len(list(free)) == 60


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ({"style": "json"}, '[{"class": "Person", "name": "Ada"}]'),
        ({"style": "chatie"}, "Person"),
        ({"strategy": Vote(3)}, ANSWER),
        ({"ungrounded": "reask"}, '[Person("Ada"), Person("Zoe")]'),
        ({"ungrounded": "drop"}, '[Person("Zoe"), Person("Ada"), Place("Zoe")]'),
        ({"overlaps": "longest"}, '[Person("Bo"), Person("Bo Berg"), Place("Berg")]'),
        ({"repeats": "keep"}, '[Person("Bo Berg"), Person("Bo Berg"), Person("Zoe")]'),
        ({"occurrences": "all"}, ANSWER),
        ({"occurrences": "first"}, ANSWER),
    ],
)
def test_with_all_that_may_be_chosen(options: dict[str, Any], answer: str) -> None:
    """Each item of the extraction is given once, and the extraction is as without a stream."""
    stream = asked(answer, **options).stream(TEXT)
    items = list(stream)
    whole = asked(answer, **options).extract(TEXT)
    assert stream.extraction == whole
    kept = [item.value for item in items]
    for item in stream.withdrawn:
        kept.remove(item.value)
    assert sorted(map(repr, kept)) == sorted(map(repr, whole.instances))


def test_a_policy_that_raises_does_so_at_the_end() -> None:
    """As without a stream; what is not in the text is not given before it."""
    items = iter(asked('[Person("Zoe"), Person("Ada")]', ungrounded="raise").stream(TEXT))
    assert next(items).value == Person("Ada")
    with pytest.raises(GroundingError):
        next(items)


def test_chunks_are_heard_at_once_with_places_in_the_whole() -> None:
    """Items of each chunk come as they are written."""
    text = "".join(
        f"Ada {number} met Bo {number} in the town of Oslo {number}.\n" for number in range(30)
    )

    def answer(prompt: Prompt) -> str:
        names = [line.split(" met")[0] for line in prompt.text.strip().split("\n")]
        return "[" + ", ".join(f'Person("{name}")' for name in names) + "]"

    def extractor() -> Extractor[Any]:
        client = ScriptedClient(answer, piece=30)
        return Extractor(CLASSES, model=client, style="code4uie", chunk=400)

    stream = extractor().stream(text)
    items = list(stream)
    assert len(items) == 30
    for item in items:
        assert item.span is not None
        assert item.span.of(text) == item.value.name
    assert stream.extraction == extractor().extract(text)
    assert stream.withdrawn == ()


def test_a_client_without_streams_gives_all_at_the_end() -> None:
    """It is asked for the whole answer; a bound on items holds all the same."""

    class Whole:
        name = "whole/model"
        capabilities = Capabilities()

        async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:  # noqa: ARG002
            return Completion(ANSWER)

    extractor = Extractor(CLASSES, model=Whole(), style="code4uie")
    assert [item.value for item in extractor.stream(TEXT)] == extractor.extract(TEXT).instances
    assert len(list(extractor.stream(TEXT, max_items=2))) == 2


def test_what_fails_is_raised_after_what_was_given() -> None:
    """The items that came before it were given."""

    class Failing(Gated):
        async def stream(
            self,
            prompt: Prompt,  # noqa: ARG002
            settings: Settings = Settings(),  # noqa: ARG002
            *,
            hear: Any,
        ) -> Completion:
            hear('add("Ada", Person)\n')
            raise OSError("gone")

    items = iter(Extractor(CLASSES, model=Failing()).stream(TEXT))
    assert next(items).value == Person("Ada")
    with pytest.raises(ClientError, match="gated/model failed: OSError: gone"):
        next(items)


_WORDS = ("Ada", "Bo", "Oslo", "Bo Berg", "Bergen", "ada", "Zoe", "berg")
_CALLS = st.one_of(
    st.builds(
        "{}({!r})".format,
        st.sampled_from(("Person", "Place", "Persn", "Ship")),
        st.sampled_from(_WORDS),
    ),
    st.builds(
        "LivesIn(Person({!r}), Place({!r}))".format,
        st.sampled_from(_WORDS),
        st.sampled_from(_WORDS),
    ),
    st.sampled_from(
        ('Person("Ada"', "Person(name=None)", "Person()", "# no", "None", '"Ada"', "Person('Bo'))")
    ),
)
_HEADS = st.sampled_from(
    ("[", "result = [", "Here it is:\n```python\n[", "", "<think>Hm, [</think>[")
)
_TAILS = st.sampled_from(
    ("]", "", "\n]\n```\nDone.", "]\nWait, that is wrong:\n[Person('Bo')]", ",")
)


@given(_HEADS, st.lists(_CALLS, max_size=9), _TAILS, st.integers(0, 400), st.integers(1, 40))
@settings(max_examples=40)
def test_a_stream_comes_to_what_a_whole_answer_comes_to(
    head: str, calls: list[str], tail: str, cut: int, piece: int
) -> None:
    """Over answers that are sound, damaged, wrapped and cut: one extraction, each item once."""
    answer = (head + ", ".join(calls) + tail)[: cut or None]
    stream = asked(answer, piece).stream(TEXT)
    items = list(stream)
    whole: Extraction[Any] = asked(answer, piece).extract(TEXT)
    assert stream.extraction == whole
    left = [item.value for item in items]
    for withdrawn in stream.withdrawn:
        left.remove(withdrawn.value)
    assert sorted(map(repr, left)) == sorted(map(repr, whole.instances))
