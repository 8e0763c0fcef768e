"""The scripted client."""

from __future__ import annotations

import asyncio
import threading

import pytest

from codeie.clients import Capabilities, Client, Completion, Settings, StopReason, resolve
from codeie.errors import ClientError, RateLimited
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient


def test_answers_come_in_order(prompt: Prompt) -> None:
    """Strings and completions are given one after the other, and the questions kept."""
    cut = Completion("result = [", StopReason.LENGTH)
    client = ScriptedClient(["result = []", cut])
    warm = Settings(temperature=1.0)
    assert client.complete_sync(prompt) == Completion("result = []")
    assert client.complete_sync(prompt, warm) is cut
    assert client.prompts == [prompt, prompt]
    assert client.settings == [Settings(), warm]


def test_answers_asynchronously(prompt: Prompt) -> None:
    """It is awaited like any client."""
    assert asyncio.run(ScriptedClient(["a"]).complete(prompt)).text == "a"


def test_exceptions_are_raised(prompt: Prompt) -> None:
    """An exception in the script is raised in its place, and the script goes on."""
    client = ScriptedClient([RateLimited("slow down"), "later"])
    with pytest.raises(RateLimited, match="slow down"):
        client.complete_sync(prompt)
    assert client.complete_sync(prompt).text == "later"


def test_function_sees_the_prompt(prompt: Prompt) -> None:
    """A function answers from the prompt, as often as asked."""
    client = ScriptedClient(lambda asked: asked.text.upper())
    assert [client.complete_sync(prompt).text for _ in range(2)] == ["ADA JOINED ACME."] * 2


def test_function_may_take_its_time(prompt: Prompt) -> None:
    """Calls of a function do not wait for each other."""
    both = threading.Barrier(2, timeout=20)

    def meet(_: Prompt) -> str:
        both.wait()
        return "met"

    client = ScriptedClient(meet)
    answers: list[str] = []
    callers = [
        threading.Thread(target=lambda: answers.append(asyncio.run(client.complete(prompt)).text))
        for _ in range(2)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert answers == ["met", "met"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [([], "it has 0 answers, and this is call 1"), (["a"], "it has 1 answer, and this is call 2")],
)
def test_exhausted_script(prompt: Prompt, answers: list[str], message: str) -> None:
    """A call too many says how many answers there were."""
    client = ScriptedClient(answers)
    for _ in answers:
        client.complete_sync(prompt)
    with pytest.raises(ClientError, match=message):
        client.complete_sync(prompt)


def test_a_string_is_one_answer(prompt: Prompt) -> None:
    """A bare string is not taken for a list of letters."""
    assert ScriptedClient("result = []").complete_sync(prompt).text == "result = []"


def test_each_answer_is_given_once(prompt: Prompt) -> None:
    """Threads share a script without losing or repeating an answer."""
    client = ScriptedClient(str(number) for number in range(200))
    given: list[str] = []

    def ask() -> None:
        given.extend(asyncio.run(client.complete(prompt)).text for _ in range(50))

    callers = [threading.Thread(target=ask) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sorted(map(int, given)) == list(range(200))


def test_is_a_client() -> None:
    """It fulfils the protocol, under the name and with the capabilities it is given."""
    client = ScriptedClient([], name="test/one", capabilities=Capabilities(prefill=True))
    assert isinstance(client, Client)
    assert resolve(client) is client
    assert client.name == "test/one"
    assert client.capabilities == Capabilities(prefill=True)
    assert repr(client) == "ScriptedClient(name='test/one', asked=0)"
