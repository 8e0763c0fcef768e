"""Batches as OpenAI and Anthropic have them, on a stub server: taken, worked on, ended."""

from __future__ import annotations

import email
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from clients.stub_server import Received, Reply, chat, error, message, responses

_TIME = "2026-01-01T00:00:00Z"


@dataclass
class Batch:
    """One batch.

    Args:
        id: Its name.
        requests: What it asks, by name.
        metadata: What it was given.
        ended: How it ended; ``""`` while it is worked on.
        lines: Its results.
        errors: Those that OpenAI keeps in a file of their own.
    """

    id: str
    requests: dict[str, Any]
    metadata: dict[str, str] = field(default_factory=dict)
    ended: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)


Fate = Literal["answered", "expired", "overloaded", "invalid", "lost"]


class BatchProvider:
    """Takes batches through either API, and answers them when it is told to.

    Args:
        answer: What the model answers to a request's body.

    Attributes:
        batches: All that were taken, in order.
        paid: How often each text was answered.
        lose: Called with each batch that is taken; whether its answer is lost on the way.
    """

    def __init__(self, answer: Callable[[Any], str]) -> None:
        self.batches: list[Batch] = []
        self.paid: Counter[str] = Counter()
        self.lose: Callable[[Batch], bool] = lambda _: False
        self._answer = answer
        self._files: dict[str, bytes] = {}
        self._numbers = count(1)

    def end(self, fate: Callable[[Any], Fate] = lambda _: "answered") -> None:
        """End all batches that are worked on; results are in another order than requests."""
        for batch in self.batches:
            if batch.ended:
                continue
            fates = {name: fate(body) for name, body in batch.requests.items()}
            batch.ended = "expired" if "expired" in fates.values() else "completed"
            for name, body in reversed(batch.requests.items()):
                if fates[name] == "answered":
                    self.paid[json.dumps(body.get("messages") or body.get("input"))] += 1
                if fates[name] != "lost":
                    self._result(batch, name, body, fates[name])

    def _result(self, batch: Batch, name: str, body: Any, fate: Fate) -> None:
        raise NotImplementedError

    def __call__(self, asked: Received) -> Reply:
        """The reply to a request."""
        raise NotImplementedError

    def _taken(self, batch: Batch, shown: Any) -> Reply:
        self.batches.append(batch)
        return Reply(shown, fault="reset" if self.lose(batch) else "")

    def _named(self, asked: Received) -> Batch:
        return next(each for each in self.batches if each.id in asked.path)


class OpenAIProvider(BatchProvider):
    """With a file of requests, files of results, and metadata."""

    def _result(self, batch: Batch, name: str, body: Any, fate: Fate) -> None:
        line: dict[str, Any] = {
            "id": f"r-{name}",
            "custom_id": name,
            "response": None,
            "error": None,
        }
        if fate == "expired":
            batch.errors.append(line | {"error": {"code": "batch_expired", "message": "Too late."}})
            return
        said: Any = error("No such thing.", "invalid_value")
        status = {"answered": 200, "overloaded": 503, "invalid": 400}[fate]
        usage = {"input_tokens": 90, "output_tokens": 8, "total_tokens": 98}
        if fate == "answered" and "input" in body:
            said = responses(self._answer(body), **usage).body
        elif fate == "answered":
            said = chat(self._answer(body), prompt_tokens=90, completion_tokens=8).body
        elif fate == "invalid" and "temperature" in body:
            said = error("Unsupported parameter: 'temperature' is not supported.")
        where = batch.lines if fate == "answered" else batch.errors
        where.append(line | {"response": {"status_code": status, "body": said}})

    def __call__(self, asked: Received) -> Reply:
        """The reply to a request."""
        if asked.path == "/v1/files":
            name = f"file-{next(self._numbers)}"
            self._files[name] = _uploaded(asked)
            return Reply({"id": name, "object": "file", "purpose": "batch", "status": "processed"})
        if asked.path.startswith("/v1/files/"):
            return Reply(self._files[asked.path.split("/")[3]])
        if asked.path == "/v1/batches" and asked.method == "POST":
            lines = self._files[asked.body["input_file_id"]].decode().splitlines()
            requests = [json.loads(line) for line in lines]
            assert {each["url"] for each in requests} == {asked.body["endpoint"]}
            named = {each["custom_id"]: each["body"] for each in requests}
            assert len(named) == len(requests)
            batch = Batch(f"batch_{next(self._numbers)}", named, asked.body["metadata"])
            return self._taken(batch, self._shown(batch))
        if asked.path.startswith("/v1/batches?"):
            shown = [self._shown(each) for each in reversed(self.batches)]
            return Reply({"object": "list", "data": shown, "has_more": False})
        return Reply(self._shown(self._named(asked)))

    def _shown(self, batch: Batch) -> Any:
        files = {}
        for kind, lines in (("output", batch.lines), ("error", batch.errors)):
            if lines:
                files[f"{kind}_file_id"] = name = f"file-{kind}-{batch.id}"
                self._files[name] = "\n".join(map(json.dumps, lines)).encode()
        return {
            "id": batch.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "status": batch.ended or "in_progress",
            "metadata": batch.metadata,
            **files,
        }


class AnthropicProvider(BatchProvider):
    """With requests and results in one piece, and no metadata."""

    def _result(self, batch: Batch, name: str, body: Any, fate: Fate) -> None:
        result: dict[str, Any] = {"type": "expired"}
        if fate == "answered":
            whole = message(self._answer(body), input_tokens=90, output_tokens=8).body
            result = {"type": "succeeded", "message": whole}
        elif fate in ("overloaded", "invalid"):
            said = error("No such thing.", kind=f"{fate}_error")
            if fate == "invalid":
                said = error("temperature is not supported.")
            result = {"type": "errored", "error": said}
        batch.lines.append({"custom_id": name, "result": result})

    def __call__(self, asked: Received) -> Reply:
        """The reply to a request."""
        path = asked.path.removeprefix("/v1/messages/batches")
        if asked.method == "POST":
            named = {each["custom_id"]: each["params"] for each in asked.body["requests"]}
            assert len(named) == len(asked.body["requests"])
            assert all(len(name) <= 64 for name in named)
            batch = Batch(f"msgbatch_{next(self._numbers)}", named)
            return self._taken(batch, self._shown(batch, asked))
        if path.endswith("/results"):
            lines = self._named(asked).lines
            written = "".join(f"{json.dumps(line)}\n" for line in lines).encode()
            return Reply(written, headers={"Content-Type": "application/x-jsonl"})
        if not path or path.startswith("?"):
            shown = [self._shown(each, asked) for each in reversed(self.batches)]
            return Reply({"data": shown, "has_more": False, "first_id": None, "last_id": None})
        return Reply(self._shown(self._named(asked), asked))

    def _shown(self, batch: Batch, asked: Received) -> Any:
        place = f"http://{asked.headers['host']}/v1/messages/batches/{batch.id}/results"
        counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
        counts["succeeded" if batch.ended else "processing"] = len(batch.requests)
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": "ended" if batch.ended else "in_progress",
            "request_counts": counts,
            "created_at": _TIME,
            "expires_at": _TIME,
            "results_url": place if batch.ended else None,
        }


def _uploaded(asked: Received) -> bytes:
    """The file in a form that was sent."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    form = email.message_from_bytes(head + asked.body)
    parts = form.get_payload()
    assert isinstance(parts, list)
    for part in parts:
        if isinstance(part, email.message.Message) and part.get_filename():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            return content
    raise AssertionError("no file in the form")
