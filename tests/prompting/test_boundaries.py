"""Where the model takes over: its answer must begin with the tokens that the examples show.

If the last characters of a prompt and the first of an answer are one token in the examples, the
model is asked for a token that it was not shown, and writes something else.
"""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from prompting.test_snapshots import ANSWERS, TEXT, cases

from codeie.prompting import Demonstration, Dialogue, Prompt, dialogue_for
from codeie.tokens import _CL100K, _O200K, _encoding

Tokenizer = Callable[[str], Sequence[int]]


def _vocabulary(vocabulary: Any) -> Tokenizer:
    encoding = _encoding(vocabulary)
    assert encoding is not None
    return encoding.encode_ordinary


@pytest.fixture(scope="module")
def embedded() -> Iterator[Tokenizer]:
    """The embedded model's own tokenizer, as llama.cpp's server gives it."""
    from codeie.clients._weights import find

    xllamacpp = pytest.importorskip("xllamacpp")
    found = find()
    if found is None:
        pytest.skip("the embedded model was not fetched yet")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(found)
    parameters.n_ctx = 256
    parameters.verbosity = -1
    parameters.warmup = False
    for cpu in (parameters.cpuparams, parameters.cpuparams_batch):
        cpu.n_threads = 1  # one on each core would wait for those that other tests keep busy
    server: Any = xllamacpp.Server(parameters)
    address = f"{server.listening_address}/tokenize"

    def tokens(text: str) -> list[int]:
        body = json.dumps({"content": text}).encode()
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - on this machine
            found: list[int] = json.loads(answer.read())["tokens"]
        return found

    yield tokens
    del server


def _dialogue(style: str, task: Any, given: Any, shown: Any, layout: Any) -> Dialogue:
    _, classes, found = task
    demonstrations = [
        Demonstration("Isla Munro sailed the Lotta to Mull with slate.", found, given=shown),
        Demonstration("The quay was empty.", []),
    ]
    return dialogue_for(
        classes, TEXT, style=style, demonstrations=demonstrations, given=given, layout=layout
    )


def _questions(case: Any, layout: Any) -> Iterator[Prompt]:
    """All questions of a style about a task."""
    _, style, task, given, shown = case
    dialogue = _dialogue(style, task, given, shown, layout)
    yield dialogue.first
    for answer in ANSWERS.get(style, []):
        prompt = dialogue.answer(answer)
        if prompt is not None:
            yield prompt


def _answers(prompt: Prompt) -> list[str]:
    """The answers that the examples show; for questions without examples, a word."""
    shown = [one.answer for one in prompt.demonstrations]
    return shown or ["yes", "A", "Isla Munro sails it."]


def _check_text(case: Any, *vocabularies: Tokenizer) -> None:
    for prompt in _questions(case, "completion"):
        # A tokenizer splits at line ends before anything else, so the last lines are enough.
        begin = prompt.completion[-200:]
        for answer, tokens in itertools.product(_answers(prompt), vocabularies):
            said = prompt.joint + answer
            assert [*tokens(begin), *tokens(said)] == [*tokens(begin + said)], (begin, said)


def _check_turns(case: Any, *vocabularies: Tokenizer) -> None:
    for prompt in _questions(case, "conversation"):
        for answer, tokens in itertools.product(_answers(prompt), vocabularies):
            assert answer == answer.rstrip()
            # What most chat templates end in; in others it is a token of its own.
            end = "assistant\n"
            assert [*tokens(end), *tokens(answer)] == [*tokens(end + answer)], answer


INDENTED = (
    "codeie-class",
    "code4struct",
    "code4struct-untyped",
    "code4struct-no-parent",
    "code4struct-asserts",
    "code4uie-arguments",
)
CASES = [pytest.param(case, id=case[0]) for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_a_text_ends_between_two_tokens(case: Any) -> None:
    """The tokens of prompt and answer together are those of the prompt, then of the answer."""
    _check_text(case, _vocabulary(_O200K), _vocabulary(_CL100K))


@pytest.mark.parametrize("case", CASES)
def test_a_turn_begins_with_a_token(case: Any) -> None:
    """After the line end that a chat template ends in, too."""
    _check_turns(case, _vocabulary(_O200K), _vocabulary(_CL100K))


@pytest.mark.local_model
def test_the_same_for_the_embedded_models_tokenizer(embedded: Tokenizer) -> None:
    """A third vocabulary, which splits texts by other rules; but for indented answers.

    Like GPT-2's, it takes a line end and all but the last of the spaces or tabs after it as one
    token. Opened calls and the body of a class go on in such a line, and their prompts cannot
    end before the line end: in other vocabularies that is one token with what stands before it.
    """
    for case in cases():
        if case[1] not in INDENTED:
            _check_text(case, embedded)
            _check_turns(case, embedded)
