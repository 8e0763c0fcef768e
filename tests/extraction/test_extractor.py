"""The whole way: prompt, complete, parse, ground."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import (
    Code,
    Completion,
    Demonstration,
    Document,
    Entity,
    Extraction,
    Extractor,
    MatchKind,
    Outcome,
    Prompt,
    Relation,
    SchemaError,
    Settings,
    Span,
    StopReason,
    UnknownModel,
    UnknownStyle,
    Usage,
)
from codeie.clients import Capabilities, complete
from codeie.errors import (
    ClientError,
    GroundingError,
    InputError,
    PromptTooLong,
    ProviderUnavailable,
    RateLimited,
)
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being called by name."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organization(Entity):
    """A company or institution by name."""

    name: str


@dataclass
class WorksFor(Relation):
    """The person is employed by the organization."""

    head: Person
    tail: Organization
    years: list[int] = field(default_factory=list)


SCHEMA = [Person, Organization, WorksFor]
TEXT = "Ada Lovelace joined Acme. Later Acme let Ada Lovelace go."
ANSWER = """[
    Person("Ada Lovelace"),
    Organization("Acme"),
    WorksFor(head=Person("Ada Lovelace"), tail=Organization("Acme"), years=[1842]),
]"""


def scripted(*answers: str | Completion | Exception, **options: object) -> Extractor[object]:
    """An extractor whose model gives these answers."""
    return Extractor(SCHEMA, model=ScriptedClient(answers), **options)  # type: ignore[arg-type]


def test_an_answer_becomes_instances_with_their_places() -> None:
    """The instances are the user's own, and every string has its span."""
    extraction = scripted(ANSWER)(TEXT)
    ada, acme = Person("Ada Lovelace"), Organization("Acme")
    assert [ada, acme, WorksFor(ada, acme, [1842])] == extraction.instances
    assert {"name": Span(0, 12)} == extraction.items[0].spans
    assert {"head.name": Span(0, 12), "tail.name": Span(20, 24)} == extraction.items[2].spans
    assert Outcome.ITEMS is extraction.outcome
    assert MatchKind.EXACT is extraction.items[0].match
    assert TEXT == extraction.document.text


def test_the_prompt_is_what_is_sent() -> None:
    """`prompt` shows, without asking, what the model then gets; demonstrations included."""
    client = ScriptedClient(["[]"])
    shown = Demonstration("Bo left Ajax.", [Person("Bo"), Organization("Ajax")])
    extractor = Extractor(SCHEMA, model=client, demonstrations=[shown], settings=Settings(seed=7))
    expected = extractor.prompt(TEXT)
    assert [] == client.prompts
    extraction = extractor(TEXT)
    assert [expected] == client.prompts == [extraction.prompt]
    assert [Settings(seed=7)] == client.settings
    assert "Bo left Ajax." in str(expected)
    assert "A human being called by name." in str(expected)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"temperature": 0}, r"got dict; write Settings\(temperature=0\)$"),
        ({"seed": 1, "timeout": 2.5}, r"got dict; write Settings\(seed=1, timeout=2.5\)$"),
        ({"top_p": 1}, r"got dict; write Settings\(…\), which takes temperature, max_tokens, "),
        ({}, r"got dict; write Settings\(…\)"),
        (0.5, r"got float; write Settings\(…\)"),
    ],
)
def test_settings_that_are_none_are_an_error(given: Any, problem: str) -> None:
    """What is no `Settings` is found out before a model is asked, with what to write."""
    with pytest.raises(InputError, match=problem):
        scripted(settings=given)
    prompt = scripted().prompt(TEXT)
    with pytest.raises(InputError, match=problem):
        complete(ScriptedClient([]), prompt, given)


def test_the_record_of_an_error_says_what_to_do() -> None:
    """The JSON record tells an error that may pass from one that will not."""
    limited = RateLimited(
        "openai: slow down", provider="openai", status_code=429, retryable=True, hint="Wait."
    )
    records = [
        one.to_dict()["error"] for one in scripted(limited, "[]").extract_many(["Ada.", "Bo."])
    ]
    assert records == [
        {
            "type": "RateLimited",
            "message": "openai: slow down",
            "status": 429,
            "retryable": True,
            "hint": "Wait.",
        },
        None,
    ]
    (other,) = scripted(PromptTooLong("too long")).extract_many(["Ada."])
    assert other.to_dict()["error"] == {
        "type": "PromptTooLong",
        "message": "too long",
        "status": None,
        "retryable": False,
        "hint": "",
    }


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u2003"])
def test_a_text_without_words_asks_nobody(text: str) -> None:
    """An empty text gives an empty result, a note, and no call."""
    client = ScriptedClient([])
    extraction = Extractor(SCHEMA, model=client)(text)
    assert ([], Outcome.EMPTY) == (extraction.instances, extraction.outcome)
    assert [Code.EMPTY_TEXT] == [d.code for d in extraction.diagnostics]
    assert ([], Usage()) == (client.prompts, extraction.usage)
    assert extraction.prompt is None


def test_nothing_found_and_not_understood_differ() -> None:
    """An empty list says "nothing"; an answer that cannot be read says so."""
    assert Outcome.EMPTY is scripted("[]")(TEXT).outcome
    unread = scripted("I would rather not.")(TEXT)
    assert Outcome.UNPARSED is unread.outcome
    assert unread.diagnostics


@pytest.mark.parametrize(
    ("reason", "code"),
    [(StopReason.LENGTH, Code.TRUNCATED), (StopReason.REFUSED, Code.REFUSED)],
)
def test_why_a_model_stopped_is_told(reason: StopReason, code: Code) -> None:
    """A model that was cut off or declined leaves a diagnostic, and what it said is kept."""
    extraction = scripted(Completion('[Person("Ada Lovelace"),', stop_reason=reason))(TEXT)
    assert code in [d.code for d in extraction.diagnostics]
    assert [Person("Ada Lovelace")] == extraction.instances


def test_confidences_stay_with_their_items() -> None:
    """Confidences of the client reach the items they belong to, or nobody."""
    said = '[Person("Ada Lovelace"), Organization("Acme")]'
    sure = scripted(Completion(said, confidences=(0.9, 0.4)))(TEXT)
    assert [0.9, 0.4] == [item.confidence for item in sure.items]
    unsure = scripted(Completion(said, confidences=(0.9,)))(TEXT)
    assert [None, None] == [item.confidence for item in unsure.items]


def test_what_is_not_in_the_text_follows_the_policy() -> None:
    """An invented string is kept and marked, dropped and reported, or raised."""
    said = '[Person("Ada Lovelace"), Person("Grace Hopper")]'
    kept = scripted(said)(TEXT)
    assert 2 == len(kept.items)
    assert MatchKind.UNGROUNDED is kept.items[1].match
    dropped = scripted(said, ungrounded="drop")(TEXT)
    assert [Person("Ada Lovelace")] == dropped.instances
    assert ((), [Person("Grace Hopper")]) == (kept.dropped, [i.value for i in dropped.dropped])
    for extraction in (kept, dropped):
        assert Code.UNGROUNDED in [d.code for d in extraction.diagnostics]
    with pytest.raises(GroundingError, match="Grace Hopper"):
        scripted(said, ungrounded="raise")(TEXT)


def test_a_failing_call_raises_for_one_text_and_is_data_in_a_run() -> None:
    """One text: the error. Many texts: the run goes on, and the failure has its document."""
    broken = ProviderUnavailable("down", provider="x", retryable=True)
    with pytest.raises(ProviderUnavailable, match="down"):
        scripted(broken)(TEXT)
    results = list(scripted(broken, ANSWER).extract_many(["one", TEXT], concurrency=1))
    assert [broken, None] == [extraction.error for extraction in results]
    assert [Outcome.FAILED, Outcome.ITEMS] == [extraction.outcome for extraction in results]
    assert ["one", TEXT] == [extraction.document.text for extraction in results]


def test_extracting_works_inside_a_running_loop() -> None:
    """The sync call works where a loop runs already, as in a notebook; so does awaiting."""

    async def cell() -> tuple[Extraction[object], Extraction[object]]:
        extractor = scripted(ANSWER, ANSWER)
        return extractor(TEXT), await extractor.aextract(TEXT)

    one, other = asyncio.run(cell())
    assert 3 == len(one.instances) == len(other.instances)


def echo(prompt: Prompt) -> str:
    """A model that names the whole text as a person."""
    return f"[Person({prompt.text!r})]"


@given(st.lists(st.integers(0, 99), max_size=12), st.integers(1, 5))
def test_many_texts_come_back_in_order(numbers: list[int], concurrency: int) -> None:
    """Results are in the order of the documents, however many run at once, sync or async."""
    texts = [f"Person {number}" for number in numbers]
    extractor = Extractor(SCHEMA, model=ScriptedClient(echo))
    expected = [[Person(text)] for text in texts]
    sync = [e.instances for e in extractor.extract_many(texts, concurrency=concurrency)]
    assert expected == sync

    async def gathered() -> list[list[object]]:
        many = extractor.aextract_many(texts, concurrency=concurrency)
        return [extraction.instances async for extraction in many]

    assert expected == asyncio.run(gathered())


def test_documents_are_read_as_needed_and_in_the_callers_thread() -> None:
    """No more documents are taken than may be under way, and none from another thread."""
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(1000):
            assert threading.current_thread() is caller
            taken.append(number)
            yield Document(f"Person {number}", id=str(number))

    caller = threading.current_thread()
    extractor = Extractor(SCHEMA, model=ScriptedClient(echo))
    many = extractor.extract_many(documents(), concurrency=4)
    first = next(many)
    assert "0" == first.document.id
    assert 4 == len(taken)
    many.close()  # type: ignore[attr-defined]
    assert 4 == len(taken)


def test_a_run_asks_nothing_twice(tmp_path: Path) -> None:
    """Answers kept on disk are used again: an interrupted or repeated run calls no more."""
    run = tmp_path / "runs" / "news.db"
    texts = ["Person 1", "Person 2", "Person 1"]
    first = ScriptedClient(echo)
    done = [e.instances for e in Extractor(SCHEMA, model=first).extract_many(texts[:1], run=run)]
    again = ScriptedClient(echo)
    whole = Extractor(SCHEMA, model=again).extract_many(texts, run=run, concurrency=1)
    assert [*done, [Person("Person 2")], [Person("Person 1")]] == [e.instances for e in whole]
    assert ["Person 2"] == [prompt.text for prompt in again.prompts]


def test_another_question_is_another_answer(tmp_path: Path) -> None:
    """A change of settings, classes or model is not answered from what was kept."""
    run = tmp_path / "run.db"
    extractors = [
        Extractor(SCHEMA, model=ScriptedClient(echo)),
        Extractor(SCHEMA, model=ScriptedClient(echo), settings=Settings(seed=1)),
        Extractor([Person], model=ScriptedClient(echo)),
        Extractor(SCHEMA, model=ScriptedClient(echo, name="other")),
    ]
    for extractor in extractors:
        list(extractor.extract_many(["Person 1"], run=run))
        assert 1 == len(extractor.client.prompts)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"model": "opnai/gpt-5"}, UnknownModel, "openai"),
        ({"style": "code4ui", "model": ScriptedClient([])}, UnknownStyle, "code4uie"),
    ],
)
def test_what_is_wrong_is_found_before_any_text(
    arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    """A wrong model or style is an error when the extractor is made, naming the nearest."""
    with pytest.raises(error, match=message):
        Extractor(SCHEMA, **arguments)  # type: ignore[arg-type]


def test_a_class_that_is_no_dataclass_is_refused_at_once() -> None:
    """A wrong schema is an error when the extractor is made."""

    class Bare:
        """Not a dataclass."""

    with pytest.raises(SchemaError, match="Bare"):
        Extractor([Bare], model=ScriptedClient([]))


def test_only_texts_are_extracted_from() -> None:
    """Bytes and None are refused with the name of what was given."""
    with pytest.raises(InputError, match="got bytes"):
        scripted()(b"Ada")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="concurrency must be at least 1, got 0"):
        scripted().extract_many([], concurrency=0)


def test_an_extractor_says_what_it_is() -> None:
    """Its repr names classes, model and style."""
    expected = (
        "Extractor([Person, Organization, WorksFor], model='scripted', style='mention-first')"
    )
    assert expected == repr(scripted())


def test_an_exhausted_script_is_the_clients_error() -> None:
    """An error of the client passes through as it is."""
    with pytest.raises(ClientError, match="exhausted"):
        scripted()(TEXT)


def test_a_style_of_several_questions_is_asked_through() -> None:
    """Each answer leads to the next question, and all of them make one result."""
    from codeie.prompting import dialogue_for

    client = ScriptedClient(lambda prompt: "Person" if not asked(prompt) else "Ada Lovelace")

    def asked(prompt: Prompt) -> bool:
        return prompt != dialogue_for([Person], TEXT, style="chatie").first

    extraction = Extractor([Person], model=client, style="chatie", example=False)(TEXT)
    assert 2 == len(extraction.steps) == len(client.prompts)
    assert client.prompts == [step.prompt for step in extraction.steps]
    assert ["choose", "extract"] == [step.role for step in extraction.steps]
    assert Outcome.ITEMS is extraction.outcome
    assert [Person("Ada Lovelace")] == extraction.instances


def test_a_list_where_lines_were_asked_for_is_read_as_one() -> None:
    """A model that answers a question about one class with a list names each of its strings."""
    answers = ["Person", '["Ada Lovelace", "Acme, Jr."]']
    extraction = Extractor([Person], model=ScriptedClient(answers), style="chatie")(TEXT)
    assert [Person("Ada Lovelace"), Person("Acme, Jr.")] == extraction.instances


def test_usage_is_that_of_all_questions() -> None:
    """Tokens of a style that asks more than once are added up."""
    answers = [
        Completion("Person", usage=Usage(10, 1)),
        Completion("Ada Lovelace", usage=Usage(20, 2, 5)),
    ]
    extraction = Extractor([Person], model=ScriptedClient(answers), style="chatie")(TEXT)
    assert Usage(30, 3, 5) == extraction.usage


def test_mentions_at_two_places_are_no_duplicates() -> None:
    """Equal items are noted as duplicates only where the text does not say the thing twice."""
    twice = '[Organization("Acme"), Organization("Acme")]'
    assert [] == list(scripted(twice)(TEXT).diagnostics)
    once = scripted('[Person("Ada"), Person("Ada")]')("Ada slept.")
    assert Code.DUPLICATE_ITEM in [d.code for d in once.diagnostics]
    assert Code.TOO_MANY_MENTIONS in [d.code for d in once.diagnostics]


def test_a_model_that_loops_gives_what_the_text_has() -> None:
    """Copies beyond the text's places are dropped, of mentions and of relations."""
    loop = (
        '[Person("Ada"), ' + 'WorksFor(Person("Ada"), Organization("Acme")), Person("Ada"), ' * 30
    )
    extraction = scripted(loop + "]")("Ada joined Acme.")
    relation = WorksFor(Person("Ada"), Organization("Acme"))
    assert [Person("Ada"), relation] == extraction.instances
    assert 59 == len(extraction.dropped)
    kept = Extractor(SCHEMA, model=ScriptedClient([loop + "]"]), repeats="keep")
    assert 61 == len(kept("Ada joined Acme.").items)
    longest = Extractor(
        SCHEMA, model=ScriptedClient(['[Person("Ada Lee"), Person("Ada")]']), overlaps="longest"
    )
    assert [Person("Ada Lee")] == longest("Ada Lee left.").instances


def test_what_was_left_out_to_fit_is_told() -> None:
    """A prompt that was shortened to keep its limit says so in the extraction."""
    shown = [Demonstration("Bo left Ajax. " * 50, [Person("Bo")])]
    extractor = Extractor(SCHEMA, model=ScriptedClient(["[]"]), demonstrations=shown, limit=300)
    assert [Code.SHORTENED] == [d.code for d in extractor(TEXT).diagnostics]


def test_demonstrations_that_a_context_has_no_room_for_are_left_out() -> None:
    """Whole turns go until there is room; a text that fills the context is asked all the same."""
    texts = [f"Bo left Ajax {number}. " * 20 for number in range(8)]
    client = ScriptedClient(lambda _: "[]", capabilities=Capabilities(context=1400))
    extractor = Extractor(
        SCHEMA, model=client, demonstrations=[(one, [Person("Bo")]) for one in texts]
    )
    (told,) = extractor(TEXT).diagnostics
    assert Code.SHORTENED is told.code
    turns = client.prompts[0].messages
    kept = [one for one in texts if any(one in turn.content for turn in turns)]
    assert 0 < len(kept) < 8
    assert len(kept) == sum(turn.role == "assistant" for turn in turns)
    (told,) = extractor(TEXT * 300).diagnostics
    assert TEXT * 300 in client.prompts[1].messages[-1].content


INVENTED = '[Person("Ada Lovelace"), Person("Grace Hopper")]'


def test_a_model_that_invents_is_asked_once_more() -> None:
    """The second question shows the first answer and names what the text does not hold."""
    extractor = scripted(INVENTED, '[Person("Ada Lovelace")]', ungrounded="reask")
    extraction = extractor(TEXT)
    assert [Person("Ada Lovelace")] == extraction.instances
    assert Code.ASKED_AGAIN is extraction.diagnostics[0].code
    assert "'Grace Hopper'" in extraction.diagnostics[0].message
    first, second = extraction.steps
    assert (*first.prompt.messages,) == second.prompt.messages[:-2]
    assert INVENTED == second.prompt.messages[-2].content
    asked = second.prompt.messages[-1].content
    assert "- Person: the text does not hold 'Grace Hopper'\n" in asked
    assert [Person("Grace Hopper")] == [item.value for item in extraction.dropped]


def test_a_second_answer_that_cannot_be_read_changes_nothing() -> None:
    """If asking again brings nothing readable, the first answer stands, marked."""
    extraction = scripted(INVENTED, "Sorry, what?", ungrounded="reask")(TEXT)
    assert [Person("Ada Lovelace"), Person("Grace Hopper")] == extraction.instances
    codes = [d.code for d in extraction.diagnostics]
    assert Code.ASKED_AGAIN is codes[0]
    assert Code.UNGROUNDED in codes


def test_a_model_that_quotes_is_not_asked_again() -> None:
    """Without an invented string there is one question."""
    assert 1 == len(scripted(ANSWER, ungrounded="reask")(TEXT).steps)
