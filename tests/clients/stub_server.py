"""A server on this machine that answers like OpenAI's and Anthropic's, or fails as told.

It is spoken to by the real SDKs, over real sockets. It knows what a provider's answers look
like; how a hosted provider behaves it does not know.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: Any
    method: str = "POST"


@dataclass(frozen=True)
class Reply:
    """An answer to give, or a way to fail."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: Literal["", "reset", "hang", "cut", "stall"] = ""
    """Close the connection hard; never answer; stop in the middle of the answer; or say no more
    after it, with the connection open until the other side leaves."""
    after: int = 0
    """Answer only once this many requests have come in."""

    pieces: tuple[bytes, ...] = ()
    """Written one by one, as what comes in a stream, in place of a body."""

    def written(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode()


class StubServer:
    """Gives its replies in order, and keeps what it was asked.

    Args:
        answer: Makes the replies instead, for what has a state, such as batches.
    """

    def __init__(self, answer: Callable[[Received], Reply] | None = None) -> None:
        self._make = answer
        self.received: list[Received] = []
        self.left = threading.Event()
        """Set when somebody leaves while an answer is under way."""
        self._replies: list[Reply] = []
        self._changed = threading.Condition()
        self._closing = False
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                stub._answer(self)

            def do_GET(self) -> None:
                stub._answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"http://{self.host}"

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def will(self, *replies: Reply) -> StubServer:
        """Put replies at the end of the queue."""
        self._replies.extend(replies)
        return self

    def answers(self, make: Callable[[Received], Reply]) -> None:
        """Make the replies by what is asked, once none is left in the queue."""
        self._make = make

    def close(self) -> None:
        """Let go of whoever waits, and stop."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        content = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        headers = {name.casefold(): value for name, value in handler.headers.items()}
        with self._changed:
            in_json = headers.get("content-type", "").startswith("application/json")
            body = json.loads(content) if in_json else content
            received = Received(handler.path, headers, body, handler.command)
            self.received.append(received)
            reply = Reply(error("no reply is left"), 418)
            if self._replies:
                reply = self._replies.pop(0)
            elif self._make is not None:
                reply = self._make(received)
            self._changed.notify_all()
            self._changed.wait_for(
                lambda: (
                    self._closing or (len(self.received) >= reply.after and reply.fault != "hang")
                )
            )
        if reply.fault in ("reset", "hang"):
            # Without lingering, closing sends a reset, as a crashed server's machine does.
            linger = struct.pack("ii", 1, 0)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            handler.close_connection = True
            return
        written = reply.written()
        if reply.pieces:
            self._stream(handler, reply)
            return
        handler.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | reply.headers).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(written)))
        handler.end_headers()
        if reply.fault == "cut":
            written = written[: len(written) // 2]
            handler.close_connection = True
        handler.wfile.write(written)

    def _stream(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        for name, value in ({"Content-Type": "text/event-stream"} | reply.headers).items():
            handler.send_header(name, value)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        last = len(reply.pieces) // 2 if reply.fault == "cut" else len(reply.pieces)
        try:
            for piece in reply.pieces[:last]:
                handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            if reply.fault == "stall":
                self._wait_until_left(handler.connection)
            if reply.fault in ("cut", "stall"):
                handler.close_connection = True
            else:
                handler.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            self.left.set()
            handler.close_connection = True

    def _wait_until_left(self, connection: socket.socket) -> None:
        while not self._closing:
            readable, _, _ = select.select([connection], [], [], 0.01)
            if readable:  # nothing is sent any more, so it is the end
                self.left.set()
                return


def error(message: str, code: str | None = None, kind: str = "invalid_request_error") -> Any:
    """The body of an error, with what either provider puts into it."""
    return {"type": "error", "error": {"type": kind, "message": message, "code": code}}


def chat(text: str | None, finish: str = "stop", refusal: str | None = None, **usage: Any) -> Reply:
    """An answer of Chat Completions."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "finish_reason": finish, "message": message}
    body = {"id": "c1", "object": "chat.completion", "created": 1, "model": "stub-1"}
    return Reply(body | {"choices": [choice]} | ({"usage": usage} if usage else {}))


def responses(
    text: str | None = None, refusal: str | None = None, incomplete: str = "", **usage: Any
) -> Reply:
    """An answer of the Responses API."""
    pieces: list[Any] = []
    if text is not None:
        pieces.append({"type": "output_text", "text": text, "annotations": []})
    if refusal is not None:
        pieces.append({"type": "refusal", "refusal": refusal})
    said = {"type": "message", "id": "m1", "role": "assistant", "status": "completed"}
    body = {"id": "r1", "object": "response", "created_at": 1, "model": "stub-1"}
    body |= {
        "output": [{"type": "reasoning", "id": "x", "summary": []}, said | {"content": pieces}]
    }
    body |= {"status": "completed", "usage": usage or None}
    if incomplete:
        body |= {"status": "incomplete", "incomplete_details": {"reason": incomplete}}
    return Reply(body)


def message(text: str, stop: str = "end_turn", **usage: Any) -> Reply:
    """An answer of the Messages API."""
    body = {"id": "m1", "type": "message", "role": "assistant", "model": "stub-1"}
    body |= {"content": [{"type": "text", "text": text}], "stop_reason": stop, "usage": usage}
    return Reply(body)


def events(*bodies: dict[str, Any], fault: Any = "") -> Reply:
    """A stream of named events, as the Messages and the Responses API have it."""
    lines = [f"event: {body['type']}\ndata: {json.dumps(body)}\n\n" for body in bodies]
    return Reply(pieces=tuple(line.encode() for line in lines), fault=fault)


def chunks(*bodies: dict[str, Any], done: bool = True, fault: Any = "") -> Reply:
    """A stream of Chat Completions or Completions, with its end mark or without."""
    lines = [f"data: {json.dumps(body)}\n\n" for body in bodies]
    end = ["data: [DONE]\n\n"] if done else []
    return Reply(pieces=tuple(line.encode() for line in lines + end), fault=fault)


def chat_chunks(
    texts: Iterable[str], finish: str | None = "stop", **usage: Any
) -> list[dict[str, Any]]:
    """The chunks of a whole answer of Chat Completions, its usage in one of its own."""
    return _chunks([{"delta": {"content": text}} for text in texts], {"delta": {}}, finish, usage)


def text_chunks(
    texts: Iterable[str], finish: str | None = "stop", **usage: Any
) -> list[dict[str, Any]]:
    """The chunks of a whole answer of Completions."""
    return _chunks([{"text": text} for text in texts], {"text": ""}, finish, usage)


def _chunks(
    said: list[dict[str, Any]], end: dict[str, Any], finish: str | None, usage: dict[str, Any]
) -> list[dict[str, Any]]:
    body = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "stub-1"}
    choices = [one | {"index": 0, "finish_reason": None} for one in said]
    choices.append(end | {"index": 0, "finish_reason": finish})
    return [
        *(body | {"choices": [choice]} for choice in choices),
        *([body | {"choices": [], "usage": usage}] if usage else []),
    ]


def response_events(texts: Iterable[str], whole: Reply) -> list[dict[str, Any]]:
    """The events of a whole answer of the Responses API.

    Args:
        texts: Its pieces.
        whole: The same as it comes when it comes as a whole; see `responses`.
    """
    deltas = [
        {"type": "response.output_text.delta", "item_id": "m1", "output_index": 0}
        | {"content_index": 0, "delta": text, "logprobs": [], "sequence_number": number}
        for number, text in enumerate(texts)
    ]
    end = {"type": f"response.{whole.body['status']}", "response": whole.body}
    return [*deltas, end | {"sequence_number": len(deltas)}]


def streamed(texts: Iterable[str], stop: str = "end_turn", **usage: Any) -> list[dict[str, Any]]:
    """The events of a whole answer, with its usage spread over them as Anthropic does."""
    written = usage.pop("output_tokens", 0)
    start = {"id": "m1", "type": "message", "role": "assistant", "model": "stub-1", "content": []}
    begin = start | {"stop_reason": None, "usage": usage | {"output_tokens": 1}}
    deltas = [
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}
        for text in texts
    ]
    return [
        {"type": "message_start", "message": begin},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
        *deltas,
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": stop, "stop_sequence": None},
            "usage": {"output_tokens": written, "input_tokens": None},
        },
        {"type": "message_stop"},
    ]
