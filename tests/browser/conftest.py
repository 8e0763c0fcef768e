"""A headless Chromium; where there is none, the tests of this folder are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs codeie[browser]")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a saved page; at the end nothing was said on its console and nothing was loaded."""
    contexts = []
    said: list[str] = []

    def opener(path: Path, *, width: int = 1000, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url))
        page.goto(path.as_uri())
        assert [path.as_uri()] == said
        return page

    yield opener
    assert len(contexts) == len(said)
    for context in contexts:
        context.close()


@pytest.fixture
def serious() -> Callable[..., list[str]]:
    """What axe-core finds in a page that is serious for those who use assistive software."""
    axe = pytest.importorskip("axe_playwright_python", reason="needs codeie[browser]")
    source = Path(axe.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

    def find(page: Page, within: str = "html") -> list[str]:
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(source)
        found = page.evaluate(
            "(within) => axe.run(within).then((result) => result.violations)", within
        )
        return [
            f"{each['id']}: {' '.join(node['html'].split())[:160]}: {node['failureSummary']}"
            for each in found
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]

    return find
