"""Runs that are watched: hooks, the bar, the log and spans."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from codeie import Completion, Document, Entity, Extractor, Outcome, Prompt, Settings, Usage
from codeie.errors import BudgetSpent
from codeie.extraction import DocumentEnded, Limits, RunBegan, RunEnded, RunEvent
from codeie.progress import progress_bar
from codeie.testing import ScriptedClient

SECRET = "Tern, the secret ship"


@dataclass
class Ship(Entity):
    """A ship called by name."""

    name: str


def answer(prompt: Prompt) -> Completion:
    """A model that finds one ship, or fails with a message that holds the text."""
    if "broken" in prompt.text:
        raise ValueError(prompt.text)
    return Completion('[Ship("Tern")]', usage=Usage(900, 100))


def extractor(name: str = "openai/gpt-5-mini") -> Extractor[Ship]:
    """An extractor of ships."""
    settings = Settings(temperature=0.5, max_tokens=50)
    return Extractor([Ship], model=ScriptedClient(answer, name=name), settings=settings)


DOCUMENTS = [Document(SECRET, "a"), f"{SECRET} is broken", SECRET + "s"]


def test_hooks_are_told_of_everything(tmp_path: Path) -> None:
    """The beginning, each document and the end, in order, as frozen records without texts."""
    path = tmp_path / "r.db"
    events: list[RunEvent] = []
    extractor().run(DOCUMENTS, path, hooks=[events.append], concurrency=1).finish()
    began, *documents, ended = events
    assert RunBegan(str(path), 3) == began
    assert [
        DocumentEnded("a", 1, Outcome.ITEMS, 1, 0, 1, 0, Usage(900, 100), None),
        DocumentEnded(None, 2, Outcome.FAILED, 0, 0, 0, 0, Usage(), "ClientError"),
        DocumentEnded(None, 3, Outcome.ITEMS, 1, 0, 1, 0, Usage(900, 100), None),
    ] == documents
    assert isinstance(ended, RunEnded)
    assert (str(path), 3, 1, None) == (ended.path, ended.documents, ended.failed, ended.error)
    assert SECRET not in repr(events)


def test_hooks_are_told_of_an_end_before_the_end(tmp_path: Path) -> None:
    """Also when the consumer leaves, a budget is spent, or a hook itself raises."""
    ends: list[str | None] = []

    def note(event: RunEvent) -> None:
        if isinstance(event, RunEnded):
            ends.append(event.error)

    def refuse(event: RunEvent) -> None:
        if isinstance(event, DocumentEnded):
            raise KeyError("mine")

    for _ in extractor().run(DOCUMENTS, tmp_path / "a.db", hooks=[note]):
        break
    limits = Limits(max_tokens=900)
    with pytest.raises(BudgetSpent):
        extractor().run(DOCUMENTS, tmp_path / "b.db", hooks=[note], limits=limits).finish()
    with pytest.raises(KeyError, match="mine"):
        extractor().run(DOCUMENTS, tmp_path / "c.db", hooks=[note, refuse]).finish()

    async def main() -> None:
        await extractor().run(DOCUMENTS, tmp_path / "d.db", hooks=[note]).afinish()

    asyncio.run(main())
    assert ["GeneratorExit", "BudgetSpent", "KeyError", None] == ends


@pytest.mark.parametrize("name", ["openai/gpt-5-mini", "scripted/x"])
def test_the_bar_shows_what_was_found_and_paid(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents, items, failures, tokens and the cost, or that it is not known; none if refused."""
    pytest.importorskip("genai_prices")
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    extractor(name).run(DOCUMENTS, tmp_path / "r.db", progress=True).finish()
    bar = shown.getvalue()
    assert "3/3" in bar
    cost = "not known" if name == "scripted/x" else "$0.00"
    assert f"items=2, failed=1, tokens=2,000, cost={cost}" in bar
    shown.truncate(0)
    extractor(name).run(DOCUMENTS, tmp_path / "r.db", progress=False).finish()
    extractor(name).run(DOCUMENTS, tmp_path / "r.db").finish()  # nobody watches
    assert "doc" not in shown.getvalue()


@pytest.mark.parametrize("kernel", [True, False])
def test_a_notebook_shows_the_bar(kernel: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one without widgets, whose stream is no terminal; IPython in no terminal does not."""
    shell = SimpleNamespace(kernel=object()) if kernel else SimpleNamespace()
    python = SimpleNamespace(get_ipython=lambda: shell)
    monkeypatch.setitem(sys.modules, "IPython", python)  # type: ignore[arg-type]
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    with progress_bar(3, "doc") as bar:
        bar.update(3)
    assert kernel is ("3/3" in shown.getvalue())


def test_the_log_holds_no_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """At INFO it says that a run begins and how it ended; no level holds a text or a name."""
    with caplog.at_level(logging.DEBUG, logger="codeie"):
        extractor().run(DOCUMENTS, tmp_path / "r.db").finish()
    told = [one.getMessage() for one in caplog.records if one.name.startswith("codeie")]
    assert f"run {tmp_path / 'r.db'} begins, over 3 documents" in told
    assert any("3 documents, of which 1 failed" in one for one in told)
    assert SECRET not in "".join(told)


class Spans:
    """What OpenTelemetry would be given."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, dict[str, Any]]] = []

    def get_tracer(self, name: str) -> Spans:
        """The tracer of a library."""
        assert "codeie" == name
        return self

    @contextmanager
    def start_as_current_span(self, name: str, **options: Any) -> Any:
        """A span, whose attributes are noted."""
        attributes = dict(options["attributes"])
        self.spans.append((name, attributes))
        yield SimpleNamespace(
            set_attribute=attributes.__setitem__,
            set_status=lambda _status: None,
        )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("openai/org/model", ("openai", "org/model", None, None)),
        ("openai@127.0.0.1:80/m", ("openai", "m", "127.0.0.1", 80)),
        ("openai@host/m", ("openai", "m", "host", None)),
        ("openai@[::1]:80/m", ("openai", "m", "[::1]", 80)),
        ("openai@[::1]/m", ("openai", "m", "[::1]", None)),
        ("local", ("codeie", "local", None, None)),
    ],
)
def test_a_span_names_provider_server_and_model(
    name: str, told: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each under its own key of the conventions, whatever strokes are in a name."""
    trace = pytest.importorskip("opentelemetry.trace")
    spans = Spans()
    monkeypatch.setattr(trace, "get_tracer", spans.get_tracer)
    extractor(name).extract("Tern")
    ((said, attributes),) = spans.spans
    keys = ("gen_ai.provider.name", "gen_ai.request.model", "server.address", "server.port")
    assert told == tuple(map(attributes.get, keys))
    assert f"chat {told[1]}" == said


def test_calls_are_spans_where_opentelemetry_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the conventions for generative AI, and without what was asked or answered."""
    trace = pytest.importorskip("opentelemetry.trace")
    spans = Spans()
    monkeypatch.setattr(trace, "get_tracer", spans.get_tracer)
    list(extractor().extract_many(DOCUMENTS[:2], concurrency=1))
    asked = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-5-mini",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 50,
    }
    answered = {
        "gen_ai.response.model": "gpt-5-mini",
        "gen_ai.response.finish_reasons": ["end"],
        "gen_ai.usage.input_tokens": 900,
        "gen_ai.usage.output_tokens": 100,
    }
    assert [
        ("chat gpt-5-mini", asked | answered),
        ("chat gpt-5-mini", asked | {"error.type": "ClientError"}),
    ] == spans.spans
    assert SECRET not in repr(spans.spans)
