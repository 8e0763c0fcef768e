"""Live displays: drawn in place, as often as is of use, and an interrupt keeps what was found."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from rich.console import Console

from codeie import Document, Entity, Extraction, Extractor, InputError, Outcome, Prompt, live
from codeie.display import Viewable, plain
from codeie.errors import ProviderUnavailable
from codeie.exploring import LiveExtraction, LiveExtractions
from codeie.exploring._screen import Notebook, Nowhere, Paced, Terminal, screen_here
from codeie.testing import ScriptedClient

HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\ud800 Tern, Gull, Auk"


@dataclass
class Ship(Entity):
    """A vessel."""

    name: str


@dataclass
class Bird(Entity):
    """An animal."""

    name: str


ANSWER = '[Ship("Tern"), Bird("Gull"), Ship("Auk")]'


def extractor_of(*answers: str | Callable[[Prompt], Any]) -> Extractor[Any]:
    """An extractor that is given its answers."""
    client = ScriptedClient(answers[0] if callable(answers[0]) else list(answers))
    return Extractor([Bird, Ship], model=client)


class Seen:
    """A screen that remembers what was on it."""

    def __init__(self) -> None:
        self.shown: list[Viewable] = []
        self.ended: list[Viewable] = []

    def show(self, seen: Viewable) -> None:
        self.shown.append(seen)

    def end(self, seen: Viewable) -> None:
        self.ended.append(seen)


def test_a_stream_is_seen_from_its_beginning_to_its_end() -> None:
    """First that there is nothing yet, at last the extraction, which is what is returned."""
    screen = Seen()
    shown = LiveExtraction(extractor_of(ANSWER).stream(Document(HOSTILE)), screen)
    extraction = shown.finish()
    assert [Ship("Tern"), Bird("Gull"), Ship("Auk")] == extraction.instances
    assert extraction is shown.extraction
    assert [extraction] == screen.ended
    assert "0 items so far" == screen.shown[0]._repr_mimebundle_()["text/plain"]


def test_each_picture_has_what_was_found_in_the_colours_of_the_end() -> None:
    """By the schema's order, whatever came first; nothing of a text acts."""
    screen = Seen()
    shown = LiveExtraction(extractor_of(ANSWER).stream(HOSTILE), screen)
    for _ in shown:
        picture = shown._so_far()
        break
    chip = "border-left:3px solid #e69f00;border-radius:.2em"  # the second colour
    html = picture._repr_html_()
    assert re.search("[123] items? so far", html)
    assert chip in html
    assert "<script>alert" not in html
    text = plain(picture)
    assert "Tern" in text
    assert not {"\x1b", "\u202e", "\ud800"} & set(html + text)


def test_leaving_keeps_what_was_found() -> None:
    """After a break, or an error in the loop, the extraction has the items and says so."""
    screen = Seen()
    shown = LiveExtraction(extractor_of(ANSWER).stream(HOSTILE), screen)

    def loop() -> None:
        for item in shown:
            if item.value == Bird("Gull"):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loop()
    assert Bird("Gull") in shown.extraction.instances
    assert "interrupted" == shown.extraction.diagnostics[-1].code
    assert Outcome.ITEMS is shown.extraction.outcome
    assert [shown.extraction] == screen.ended
    assert ("Bird", "Ship") == shown.extraction.labels
    for seen in (shown.extraction._repr_html_(), plain(shown)):
        assert "the answer was not read to its end" in seen.partition("Entities")[0]


def test_an_interrupt_while_waiting_gives_what_was_found() -> None:
    """`finish` returns it, so that the variable of the cell is set."""

    def interrupted(prompt: Prompt) -> str:
        raise KeyboardInterrupt

    screen = Seen()
    extraction = LiveExtraction(extractor_of(interrupted).stream("Tern"), screen).finish()
    assert Outcome.FAILED is extraction.outcome
    assert "the answer was not waited for" == str(extraction.error)
    assert 1 == len(screen.ended)


def test_an_error_of_the_model_is_raised_after_what_came_is_shown() -> None:
    """It is the user's to know; what came stays."""

    def down(prompt: Prompt) -> str:
        raise ProviderUnavailable("down")

    screen = Seen()
    shown = LiveExtraction(extractor_of(down).stream("Tern"), screen)
    with pytest.raises(ProviderUnavailable, match="down"):
        shown.finish()
    assert Outcome.FAILED is shown.extraction.outcome
    assert 1 == len(screen.ended)


def test_what_is_live_is_gone_through_once() -> None:
    """And says how far it is."""
    shown = LiveExtraction(extractor_of(ANSWER).stream("Tern"), Seen())
    assert "<0 items so far>" == repr(shown)
    shown.finish()
    assert "<3 items>" == repr(shown)
    assert "Tern" in plain(shown)
    with pytest.raises(InputError, match="gone through once"):
        shown.finish()


def test_a_stream_is_seen_in_an_event_loop() -> None:
    """With ``async for``, as cells of notebooks allow."""
    screen = Seen()
    shown = LiveExtraction(extractor_of(ANSWER).stream("Tern"), screen)

    async def main() -> list[Any]:
        return [item.value async for item in shown]

    assert 3 == len(asyncio.run(main()))
    assert [shown.extraction] == screen.ended


def test_many_documents_are_seen_and_kept() -> None:
    """A bar, the latest documents, and at the end the list that opens."""
    screen = Seen()
    texts = [HOSTILE, "Tern", "Gull"]
    many = extractor_of(ANSWER, ANSWER, "[]").extract_many(texts, concurrency=1)
    shown = LiveExtractions(many, 3, screen)
    first, *_ = shown
    assert first is shown.extractions[0]
    assert "3 documents, 6 items" in plain(screen.ended[0])
    picture = shown._so_far()
    assert "3 of 3 documents, 6 items, 0 failed so far" in plain(picture)
    assert '<progress value="3" max="3"' in picture._repr_html_()
    assert "<3 documents>" == repr(shown)
    assert {"text/plain", "text/html"} == picture._repr_mimebundle_().keys()


def test_an_interrupt_keeps_the_documents_that_are_done() -> None:
    """And ends what is under way."""
    ended = []

    def extractions() -> Iterator[Extraction[Any]]:
        try:
            yield Extraction(Document("a"))
            raise KeyboardInterrupt
        finally:
            ended.append(True)

    shown = LiveExtractions(extractions(), screen=Seen())
    assert 1 == len(shown.finish())
    assert [True] == ended
    assert "1 document, 0 items, 0 failed so far" in plain(shown._so_far())
    shown = LiveExtractions([Extraction(Document("a"))], screen=Seen())
    assert '<progress value="0" max="1"' in shown._so_far()._repr_html_()
    assert 1 == len(shown.finish())


def test_pictures_are_drawn_as_often_as_is_of_use() -> None:
    """Not before a fifth of a second is over, or four times what drawing takes."""
    now = [0.0]
    screen = Seen()
    made: list[float] = []

    def make() -> Viewable:
        made.append(now[0])
        now[0] += cost
        return Extraction(Document(""))

    paced, cost = Paced(screen, lambda: now[0]), 0.01
    for step in range(100):
        now[0] = max(now[0], step / 100)
        paced.show(make)
    assert 5 == len(made)
    cost = 1.0
    now[0] = 2.0
    for step in range(20):
        now[0] = max(now[0], 2 + step / 2)
        paced.show(make)
    assert [2.0, 7.0] == made[5:]


def test_a_notebook_has_one_output_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first picture makes it, the others replace what is in it."""
    pytest.importorskip("IPython", reason="needs codeie[notebook]")
    happened: list[tuple[str, str]] = []

    class Handle:
        def update(self, bundle: dict[str, str], *, raw: bool) -> None:
            assert raw
            happened.append(("update", bundle["text/plain"]))

    def display(bundle: dict[str, str], raw: bool, display_id: bool) -> Handle:
        happened.append(("display", bundle["text/plain"]))
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    shown = LiveExtraction(extractor_of(ANSWER).stream("Tern"), Notebook())
    shown._ipython_display_()
    assert ("display", "0 items so far") == happened[0]
    assert {"update"} == {kind for kind, _ in happened[1:]}
    assert "Tern" in happened[-1][1]
    monkeypatch.setattr(
        "IPython.display.display", lambda seen: happened.append(("again", plain(seen)))
    )
    shown._ipython_display_()
    assert ("again", plain(shown.extraction)) == happened[-1]


def test_a_terminal_keeps_the_end_only() -> None:
    """What changed is wiped off; escapes of a text reach no terminal."""
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, width=80)
    LiveExtraction(extractor_of(ANSWER).stream(HOSTILE), Terminal(console)).finish()
    before, _, after = written.getvalue().rpartition("0 items so far")
    assert "[Tern]" not in before
    assert "U+202E" in after
    assert "\x1b[31m⟨" not in after
    assert "\u202e" not in written.getvalue()


def test_where_nobody_looks_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file gets no pictures; a terminal does."""
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert isinstance(screen_here(), Nowhere)
    shown = live(extractor_of(ANSWER).stream("Tern"))
    assert isinstance(shown, LiveExtraction)
    assert 3 == len(shown.finish().items)
    assert isinstance(live(extractor_of("[]").extract_many(["a"])), LiveExtractions)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert isinstance(screen_here(), Terminal)
