"""Models in this process: what is asked of the engine, what comes back, and what goes wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from clients.conftest import MakePrompt

from codeie.clients import LocalClient, Settings, StopReason, Usage, _extras, _local, complete
from codeie.errors import MissingExtra, ModelFileError, PromptTooLong, RequestRejected


class _Server:
    """Stands for the engine: remembers what it was asked, answers from a list."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def handle_completions(self, request: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(request)
        return self.answers.pop(0)

    handle_chat_completions = handle_completions


def _said(text: str, reason: str = "stop", **more: Any) -> dict[str, Any]:
    return {
        "choices": [{"text": text, "finish_reason": reason, **more}],
        "usage": {"prompt_tokens": 30, "completion_tokens": 4},
        "timings": {"cache_n": 20},
    }


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


def test_the_prompt_is_continued(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """The prompt goes as one text with its prefill and stops; greedy and bounded by default."""
    server = _Server(_said('Person("Ada")]'))
    _loads(server, monkeypatch)
    client = LocalClient(str(file))
    prompt = make_prompt(prefill=" [", stop=("\n\n",))
    completion = complete(client, prompt)
    assert 'Person("Ada")]' == completion.text
    assert StopReason.END is completion.stop_reason
    assert Usage(30, 4, 20) == completion.usage
    assert completion.prefilled
    assert f"local:{file}" == completion.model == client.name
    (request,) = server.asked
    assert prompt.flat == request["prompt"]
    assert (["\n\n"], 0, 512) == (request["stop"], request["temperature"], request["max_tokens"])


def test_a_chat_goes_through_the_models_template(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """With ``chat=True`` the turns are sent, and a prefill is left out and said to be."""
    answer = _said("", message={"content": "[]"})
    del answer["choices"][0]["text"]
    server = _Server(answer)
    _loads(server, monkeypatch)
    client = LocalClient(str(file), chat=True)
    completion = complete(client, make_prompt(prefill=" ["))
    assert "[]" == completion.text
    assert not completion.prefilled
    assert not client.capabilities.prefill
    assert "user" == server.asked[0]["messages"][-1]["role"]


def test_settings_are_sent(
    file: Path, monkeypatch: pytest.MonkeyPatch, make_prompt: MakePrompt
) -> None:
    """Temperature, seed and the token limit reach the engine; its limit is told apart."""
    server = _Server(_said("[", reason="length"), _said("[", reason="else"))
    _loads(server, monkeypatch)
    client = LocalClient(str(file))
    settings = Settings(temperature=0.5, seed=7, max_tokens=1)
    assert StopReason.LENGTH is complete(client, make_prompt(), settings).stop_reason
    assert StopReason.OTHER is complete(client, make_prompt(), settings).stop_reason
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
        threading.Thread(target=complete, args=(client, make_prompt())) for client in clients
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
    assert "LocalClient(None)" == repr(LocalClient())
    assert "local" == LocalClient().name


@pytest.mark.local_model
def test_the_embedded_model_answers(embedded_model: Path, make_prompt: MakePrompt) -> None:
    """The real model goes on from a prompt, within the limit, the same each time."""
    client = LocalClient()
    settings = Settings(max_tokens=5)
    first = complete(client, make_prompt(), settings)
    assert first.text == complete(client, make_prompt(), settings).text
    assert first.usage.output_tokens <= 5
    assert first.usage.input_tokens > 5


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
