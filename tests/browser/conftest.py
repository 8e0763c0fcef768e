"""A headless Chromium; where there is none, the tests of this folder are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
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


# Playwright's loop is running from its start to its stop. In a thread of its own it is in nobody's
# way: the tests that a worker runs after one with a page start loops themselves.
_THREAD: pytest.StashKey[Executor] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """Set up the thread in which everything that touches a browser runs."""
    config.stash[_THREAD] = ThreadPoolExecutor(1, "browser")


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the thread."""
    config.stash[_THREAD].shutdown()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool:
    """Call a test of this folder in the browser's thread."""
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    pyfuncitem.config.stash[_THREAD].submit(pyfuncitem.obj, **arguments).result()
    return True


@pytest.fixture(scope="session")
def thread(pytestconfig: pytest.Config) -> Executor:
    """The thread in which the tests of this folder run."""
    return pytestconfig.stash[_THREAD]


@pytest.fixture(scope="session")
def browser(thread: Executor) -> Iterator[Browser]:
    """One browser for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs codeie[browser]")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on this machine")
    playwright = thread.submit(lambda: sync_api.sync_playwright().start()).result()
    started = thread.submit(
        playwright.chromium.launch, executable_path=chromium, args=_QUIET
    ).result()
    yield started
    thread.submit(started.close).result()
    thread.submit(playwright.stop).result()


@pytest.fixture
def opened(browser: Browser, thread: Executor) -> Iterator[Callable[..., Page]]:
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
        thread.submit(context.close).result()


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
