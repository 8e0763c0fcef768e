"""Whatever a text or an answer holds, each view shows it safely, and soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Document, Entity, Extraction, Extractor, Grounded, MatchKind, Mention, Span
from codeie.diagnostics import Code, Diagnostic, Diagnostics
from codeie.display import Viewable, plain
from codeie.evaluation import beside, find_errors
from codeie.exploring import Compared
from codeie.exploring._live import _Documents, _Found
from codeie.extraction import Extractions
from codeie.testing import ScriptedClient

ACTING = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
    "</style></pre></details>\x1b[2J\x1b]0;title\x07\u202egnp\u2066\u200b\ud800\udfff\x00 end"
)


@dataclass
class Name(Entity):
    """Anything."""

    name: str


@dataclass
class Other(Entity):
    """Anything else."""

    name: str


def _item(text: str, start: int, end: int, cls: type[Any] = Name) -> Grounded[Any]:
    string = text[start:end]
    mention = Mention("name", string, Span(start, end), MatchKind.EXACT)
    said = Diagnostic(
        Code.ALTERED, f"found as {string[:200]}", excerpt=string[:200], path=string[:20]
    )
    return Grounded(cls(string), (mention,), (said,))


def _acting() -> tuple[str, list[Grounded[Any]]]:
    """What acts in HTML and in terminals, as text, as names, in diagnostics."""
    return ACTING, [_item(ACTING, 0, 25), _item(ACTING, 20, len(ACTING), Other)]


def _long() -> tuple[str, list[Grounded[Any]]]:
    """A megabyte without a space, with a mark at each end and one of all of it."""
    text = "x" * 999_000 + "<b>" * 333
    spans = ((0, 9), (len(text) - 9, len(text)), (0, len(text)))
    return text, [_item(text, *span) for span in spans]


def _overlapping() -> tuple[str, list[Grounded[Any]]]:
    """Hundreds of marks that overlap each other in every way; thousands are as safe, and slower."""
    text = "<i>ab" * 40
    return text, [_item(text, at % 97, at % 97 + 1 + at % 91) for at in range(200)]


def _views(text: str, items: list[Grounded[Any]]) -> dict[str, Viewable]:
    whole = Extraction(
        Document(text, text[:2000]),
        tuple(items),
        tuple(one for item in items for one in item.diagnostics),
    )
    fewer = Extraction(Document(text), tuple(items[1:]))
    return {
        "found": _Found(text, tuple(items), ["Name", "Other"]),
        "documents": _Documents([whole, fewer], None),
        "compared": Compared(
            "one", {"one": Extractions([whole]), text[:99]: Extractions([fewer])}, {}, (text[:99],)
        ),
        "beside": beside(whole, fewer),
        "errors": find_errors([items], [items[1:]], [Name, Other], texts=[text]),
        "diagnostics": Diagnostics(whole.diagnostics),
        "diagnostic": whole.diagnostics[0],
        "items": whole.items,
    }


@pytest.mark.parametrize("made", [_acting, _long, _overlapping])
def test_views_are_safe_and_bounded(made: Callable[[], tuple[str, list[Grounded[Any]]]]) -> None:
    """No tag, no escape, nothing that turns the reading order round; no more than a page can hold."""
    for view in _views(*made()).values():
        bundle = view._repr_mimebundle_()
        html, text = bundle["text/html"], bundle["text/plain"]
        own = html.replace('<script>"use strict";', "")
        for tag in ("<script", "<img", "<svg", "<b>x", "<i>ab"):
            assert tag not in own
        # One sheet and one script, for nothing of a text has ended them.
        assert html.count("</script>") == html.count("<script>") <= 1
        assert html.count("</style>") == html.count("<style>")
        for shown in (html, text):
            assert not set("\x00\x07\x1b\u200b\u202e\u2066\ud800\udfff") & set(shown)
        assert len(html) < 12_000_000
        assert len(text) < 60_000


def test_a_run_and_a_cell_are_as_safe(tmp_path: Path) -> None:
    """What a model answered lies in the run's file, and is shown from there."""
    answer = '[Name("<script>alert(1)</script>"), Ghost("<img src=x>")]'
    extractor = Extractor([Name], model=ScriptedClient([answer]))
    run = extractor.run([Document(ACTING, ACTING)], tmp_path / "r.db", progress=False)
    run.finish()
    for view in (run, run.results, *run.results):
        assert "<script" not in view._repr_html_()
        assert "<img" not in view._repr_html_()
        assert "\x1b" not in plain(view)
