"""Models in this process: what is asked of the engine, what comes back, and what goes wrong."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clients.conftest import MakePrompt
from clients.gguf_files import gguf

from codeie.clients import (
    LocalClient,
    Settings,
    StopReason,
    Usage,
    _extras,
    _local,
    complete,
    run_sync,
)
from codeie.errors import MissingExtra, ModelFileError, PromptTooLong, RequestRejected
from codeie.prompting import Layout

Take = Callable[[dict[str, Any]], bool]


class _Server:
    """Stands for the engine: remembers what it was asked, answers from a list.

    Where it is asked for pieces it gives three characters at once, until it is told to stop.
    """

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.pieces = 0

    def handle_completions(
        self, request: dict[str, Any], take: Take | None = None
    ) -> dict[str, Any]:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, _Refusal):
            raise ValueError(answer["message"])
        if take is not None:
            for chunk in _chunks(answer):
                self.pieces += 1
                if take(chunk):
                    break
        return answer

    handle_chat_completions = handle_completions


def _chunks(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer in the pieces in which llama.cpp sends one."""
    if "error" in answer:
        yield answer
        return
    (choice,) = answer["choices"]
    spoken = "message" in choice
    text = choice["message"]["content"] if spoken else choice["text"]
    if spoken:
        yield {"choices": [{"delta": {"role": "assistant", "content": None}}]}
    for number, start in enumerate(range(0, len(text), 3), 1):
        piece = text[start : start + 3]
        said = {"delta": {"content": piece}} if spoken else {"text": piece}
        timings = {"prompt_n": 10, "cache_n": 20, "predicted_n": number}
        yield {"choices": [{**said, "finish_reason": None}], "timings": timings}
    last = {"finish_reason": choice["finish_reason"]}
    yield {"choices": [{**last, **({"delta": {}} if spoken else {"text": ""})}]}
    yield {"choices": [], "usage": answer["usage"], "timings": answer["timings"]}


class _Refusal(dict[str, Any]):
    """An answer that is not given: llama.cpp raises what a chat template raises."""

    def __init__(self, message: str) -> None:
        super().__init__(message=message)


def _said(text: str, reason: str = "stop", **more: Any) -> dict[str, Any]:
    return {
        "choices": [{"text": text, "finish_reason": reason, **more}],
        "usage": {"prompt_tokens": 30, "completion_tokens": 4},
        "timings": {"cache_n": 20},
    }


def _replied(text: str) -> dict[str, Any]:
    answer = _said("", message={"content": text})
    del answer["choices"][0]["text"]
    return answer


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that begins as a model does, and no engines loaded yet."""
    pytest.importorskip("xllamacpp", reason="needs the extra codeie[local]")
    monkeypatch.setattr(_local, "_ENGINES", {})
    path = tmp_path / "tiny.gguf"
    path.write_bytes(b"GGUF")
    return path


def _loads(server: _Server, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    loaded: list[Any] = []

    def load(params: Any) -> _Server:
        loaded.append(params)
        return server

    monkeypatch.setattr("xllamacpp.Server", load)
    return loaded


@pytest.mark.parametrize("layout", ["completion", "conversation"])
@pytest.mark.parametrize("prefill", ["", "result = ["])
def test_stop_strings_are_kept_here_for_log_probabilities(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_prompt: MakePrompt,
    layout: Layout,
    prefill: str,
) -> None:
    """With stop strings, llama.cpp tells only some tokens: it gets none, and the answer is cut."""
    answer = "[1]\n\nAnd so on"
    server = _Server(_said(answer) if layout == "completion" else _replied(answer))
    _loads(server, monkeypatch)
    prompt = make_prompt(stop=("\n\n",), layout=layout, prefill=prefill)
    completion = complete(LocalClient(str(file)), prompt, Settings(logprobs=True))
    assert (completion.text, completion.stop_reason) == ("[1]", StopReason.STOP)
    assert "stop" not in server.asked[0]


def test_a_text_is_continued(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """The prompt goes as one text with its prefill and stops; greedy and bounded by default."""
    server = _Server(_said('Person("Ada")]'))
    _loads(server, monkeypatch)
    client = LocalClient(str(file))
    prompt = make_prompt(prefill="result = [", stop=("\n\n",), layout="completion")
    completion = complete(client, prompt)
    assert 'Person("Ada")]' == completion.text
    assert StopReason.END is completion.stop_reason
    assert Usage(30, 4, 20) == completion.usage
    assert completion.prefilled
    assert f"local:{file}" == completion.model == client.name
    (request,) = server.asked
    assert prompt.completion == request["prompt"]
    assert (["\n\n"], 0, 512) == (request["stop"], request["temperature"], request["max_tokens"])


@pytest.mark.parametrize("repeated", ["", "result = ["])
def test_a_conversation_goes_through_the_models_template(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt, repeated: str
) -> None:
    """The turns are sent, a prefill as the assistant's last; whether it comes back is seen."""
    server = _Server(_replied(f"{repeated}Person('Ada')]"))
    _loads(server, monkeypatch)
    prompt = make_prompt(prefill="result = [")
    completion = complete(LocalClient(str(file)), prompt)
    assert "Person('Ada')]" == completion.text
    assert completion.prefilled is bool(repeated)
    turns = [(turn.role, turn.content) for turn in prompt.conversation]
    sent = [(turn["role"], turn["content"]) for turn in server.asked[0]["messages"]]
    assert [*turns, ("assistant", "result = [")] == sent


def test_a_template_without_a_systems_turn(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """What the system says goes to the user's first turn, at once from the second call on."""
    server = _Server(_Refusal("System role not supported"), _replied("[]"), _replied("[]"))
    _loads(server, monkeypatch)
    client = LocalClient(str(file))
    assert "[]" == complete(client, make_prompt()).text
    assert "[]" == complete(client, make_prompt()).text
    first, *others = [[turn["role"] for turn in asked["messages"]] for asked in server.asked]
    assert ["system", "user", "assistant", "user"] == first
    assert [["user", "assistant", "user"]] * 2 == others
    assert server.asked[1]["messages"][0]["content"].startswith("You extract.")


def test_a_template_that_refuses_the_turns(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """The error says what the template says, and how to do without it."""
    refusal = _Refusal("Rendering failed:\n-----\nError: Jinja Exception: only one turn, please")
    _loads(_Server(refusal), monkeypatch)
    with pytest.raises(RequestRejected, match="turns: Jinja Exception: only one turn") as caught:
        complete(LocalClient(str(file)), make_prompt())
    assert "layout='completion'" in caught.value.hint


@pytest.mark.parametrize(
    ("chat", "template", "layouts"),
    [
        (None, True, ("conversation", "completion")),
        (None, False, ("completion",)),
        (True, False, ("conversation", "completion")),
        (False, True, ("completion",)),
    ],
)
def test_whether_a_file_holds_conversations(
    file: Path, chat: bool | None, template: bool, layouts: tuple[str, ...]
) -> None:
    """Its chat template says so, unless the user does; the file is not loaded for it."""
    if template:
        file.write_bytes(gguf({"tokenizer.chat_template": "{{ messages }}"}))
    assert layouts == LocalClient(str(file), chat=chat).capabilities.layouts


@pytest.mark.parametrize("layout", ["conversation", "completion"])
def test_an_answer_that_loops_is_ended(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt, layout: str
) -> None:
    """It comes in pieces, and no more are asked for once it says the same over and over."""
    item = 'add("Ada Lovelace", Person)\n'
    answer = (_replied if layout == "conversation" else _said)(item * 100)
    server = _Server(answer)
    _loads(server, monkeypatch)
    completion = complete(LocalClient(str(file)), make_prompt(layout=layout))
    assert completion.stop_reason is StopReason.LOOP
    assert completion.text.startswith(item * 5)
    assert len(completion.text) < len(item) * 8
    assert (30, 20) == (completion.usage.input_tokens, completion.usage.cached_tokens)
    assert completion.usage.output_tokens == -(-len(completion.text) // 3)
    assert server.pieces < 100


def test_settings_are_sent(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """Temperature, seed and the token limit reach the engine; its limit is told apart."""
    server = _Server(_said("[", reason="length"), _said("[", reason="else"))
    _loads(server, monkeypatch)
    client = LocalClient(str(file))
    settings = Settings(temperature=0.5, seed=7, max_tokens=1)
    assert (
        StopReason.LENGTH
        is complete(client, make_prompt(layout="completion"), settings).stop_reason
    )
    assert (
        StopReason.OTHER is complete(client, make_prompt(layout="completion"), settings).stop_reason
    )
    request = server.asked[0]
    assert (0.5, 7, 1) == (request["temperature"], request["seed"], request["max_tokens"])


def test_one_engine_serves_all_clients_of_a_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """A file is loaded once, at the first call, however many clients and threads ask."""
    server = _Server(*[_said("[]")] * 8)
    loaded = _loads(server, monkeypatch)
    clients = [LocalClient(str(file)) for _ in range(8)]
    assert [] == loaded
    threads = [
        threading.Thread(target=complete, args=(client, make_prompt(layout="completion")))
        for client in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == len(loaded)
    assert 8 == len(server.asked)


def test_likelihoods_of_the_next_token(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of tokens that read alike the likeliest counts; unreadable and impossible ones do not."""
    listed = [
        {"token": " a", "logprob": -0.5},
        {"token": " a", "logprob": -1.5},
        {"token": "", "logprob": -2.0},
        {"token": " b", "logprob": float("-inf")},
    ]
    server = _Server(_said(" a", logprobs={"content": [{"top_logprobs": listed}]}))
    _loads(server, monkeypatch)
    assert {" a": -0.5} == LocalClient(str(file)).next_token("Oslo is", 4, slot=1)
    assert (1, 4) == (server.asked[0]["id_slot"], server.asked[0]["n_probs"])


def test_texts_that_are_not_utf8_are_sent_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lone surrogate becomes a question mark; after an empty text nothing is likely."""
    server = _Server(_said("", logprobs=None))
    _loads(server, monkeypatch)
    assert {} == LocalClient(str(file)).next_token("Wren\ud800")
    assert "Wren?" == server.asked[0]["prompt"]


def test_a_prompt_beyond_the_context(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """A prompt that does not fit says so, with the context's size."""
    too_long = {"error": {"type": "exceed_context_size_error", "message": "too long"}}
    _loads(_Server(too_long), monkeypatch)
    with pytest.raises(PromptTooLong, match="context of 4096 tokens"):
        complete(LocalClient(str(file)), make_prompt())


def test_a_refusal_of_the_engine(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """Whatever else the engine refuses is passed on with its words."""
    _loads(_Server({"error": {"code": 400, "message": "no such thing"}}), monkeypatch)
    with pytest.raises(RequestRejected, match="no such thing"):
        complete(LocalClient(str(file)), make_prompt())


def test_a_missing_file(tmp_path: Path, make_prompt: MakePrompt) -> None:
    """A path without a file is named."""
    pytest.importorskip("xllamacpp", reason="needs the extra codeie[local]")
    with pytest.raises(ModelFileError, match=r"there is no model file .*none\.gguf"):
        complete(LocalClient(str(tmp_path / "none.gguf")), make_prompt())


def test_a_file_of_another_kind(file: Path, make_prompt: MakePrompt) -> None:
    """A file that is no GGUF file never reaches the engine."""
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelFileError, match="is not a GGUF file"):
        complete(LocalClient(str(file)), make_prompt())


def test_a_damaged_file(file: Path, make_prompt: MakePrompt) -> None:
    """A file that only begins like a model is refused by the engine, and that is an error."""
    file.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelFileError, match="cannot be loaded as a GGUF model"):
        complete(LocalClient(str(file)), make_prompt())


def test_without_the_engine_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without xllamacpp the error holds the command that installs it."""
    monkeypatch.setattr(_extras, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r'pip install "codeie\[local\]"'):
        LocalClient()


def test_who_scores(file: Path) -> None:
    """The embedded model decides about spans; a file of the user's writes, unless told else."""
    assert LocalClient().capabilities.scores_candidates
    assert not LocalClient(str(file)).capabilities.scores_candidates
    assert LocalClient(str(file), scores=True).capabilities.scores_candidates
    assert ("completion", "conversation") == LocalClient().capabilities.layouts
    assert "LocalClient(None)" == repr(LocalClient())
    assert "local" == LocalClient().name


@pytest.mark.local_model
@pytest.mark.parametrize("layout", ["conversation", "completion"])
def test_the_embedded_model_answers(
    embedded_model: Path, make_prompt: MakePrompt, layout: str
) -> None:
    """The real model goes on from a prompt, within the limit, the same each time."""
    client = LocalClient()
    settings = Settings(max_tokens=5)
    prompt = make_prompt(layout=layout)
    first = complete(client, prompt, settings)
    assert first.text == complete(client, prompt, settings).text
    assert first.usage.output_tokens <= 5
    assert first.usage.input_tokens > 5


@pytest.mark.local_model
@pytest.mark.parametrize("layout", ["conversation", "completion"])
def test_the_embedded_model_is_heard_while_it_writes(
    embedded_model: Path, make_prompt: MakePrompt, layout: str
) -> None:
    """The real model's pieces are several and, joined, its answer: the one that it gives as a whole."""
    client, settings, prompt = LocalClient(), Settings(max_tokens=8), make_prompt(layout=layout)
    pieces: list[str] = []
    told = run_sync(client.stream(prompt, settings, hear=pieces.append))
    whole = complete(client, prompt, settings)
    assert (whole.text, whole.usage.output_tokens) == ("".join(pieces), told.usage.output_tokens)
    assert (whole.text, whole.stop_reason) == (told.text, told.stop_reason)
    assert len(pieces) > 1


@pytest.mark.local_model
def test_the_embedded_model_stops_when_it_is_enough(
    embedded_model: Path, make_prompt: MakePrompt
) -> None:
    """After the first piece, whoever asks next has the model; so has one after a call that is cancelled."""
    client, prompt = LocalClient(), make_prompt(layout="completion")
    pieces: list[str] = []

    def once(piece: str) -> StopReason:
        pieces.append(piece)
        return StopReason.ENOUGH

    told = run_sync(client.stream(prompt, Settings(max_tokens=200), hear=once))
    assert (pieces[0], StopReason.ENOUGH, 1) == (told.text, told.stop_reason, len(pieces))
    assert told.usage.output_tokens < 5

    async def left() -> str:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def heard(_piece: str) -> None:
            loop.call_soon_threadsafe(begun.set)

        task = asyncio.ensure_future(client.stream(prompt, Settings(max_tokens=200), hear=heard))
        await begun.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        return (await client.complete(prompt, Settings(max_tokens=3))).text

    assert complete(client, prompt, Settings(max_tokens=3)).text == run_sync(left())


@pytest.mark.local_model
def test_the_embedded_model_knows_what_comes_next(embedded_model: Path) -> None:
    """The real model's likelihoods are likelihoods, and of a plain kind sensible."""
    likely = LocalClient().next_token("Monday, Tuesday, Wednesday,", 20)
    assert " Thursday" in likely
    assert all(value <= 0 for value in likely.values())


@pytest.mark.local_model
def test_a_text_beyond_the_real_context(embedded_model: Path) -> None:
    """The real engine's refusal of a long text is the error that says so."""
    with pytest.raises(PromptTooLong, match="context of 64 tokens"):
        LocalClient(context=64).next_token("word " * 5000)


@pytest.mark.local_model
def test_the_engine_is_silent_to_the_end(embedded_model: Path) -> None:
    """Loading, asking and ending write nothing to stdout or stderr, and end well."""
    script = "from codeie.clients import LocalClient\nLocalClient().next_token('Hello')\n"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=300, check=False
    )
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
