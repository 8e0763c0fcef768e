"""How soon a large extraction is shown: making its page, and opening it in a real browser.

    python benchmarks/showing.py

A text of 109,000 characters with 2,000 mentions. The browser is Chromium, driven by playwright
(`pip install -e '.[browser]'`). Seconds of its main thread's processor are counted by the
browser itself, so that other programs do not count; seconds by the clock depend on them.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from codeie import Entity, Extractor
from codeie.testing import ScriptedClient

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

RESULT = Path(__file__).parent / "results" / "showing.md"
LINES = 1000
TIMES = 3
_LAST = "() => [...document.querySelectorAll('.codeie-text bdi')].at(-1).checkVisibility({contentVisibilityAuto: true})"


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Firm(Entity):
    """A company."""

    name: str


def main() -> None:
    sentence = "Ada Okafor works for Acme in the north of the town, as she did.\n"
    text = (sentence + "and the years went by without anybody saying\n") * LINES
    items = ", ".join(['Person("Ada Okafor"), Firm("Acme")'] * LINES)
    answer = f"[{items}]"
    extraction = Extractor([Person, Firm], model=ScriptedClient([answer]))(text)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        page = extraction.to_html(Path(folder) / "large.html")
        made = time.process_time() - begun
        size = page.stat().st_size
        rows = opened(page)
    lines = [
        f"# Showing {len(text):,} characters with {len(extraction.items):,} mentions\n",
        f"{date.today().isoformat()}, Python {platform.python_version()}, codeie {version('codeie')}, "
        f"playwright {version('playwright')}; load of the machine {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} cores. Made by `python benchmarks/showing.py`; the middle of {TIMES} times.\n",
        "| | processor, s | by the clock, s |",
        "| --- | ---: | ---: |",
        f"| making the page ({size / 1e6:.1f} MB), in Python | {made:.2f} | |",
    ]
    for name in rows[0]:
        used, waited = (sorted(row[name][side] for row in rows)[TIMES // 2] for side in (0, 1))
        said = f"{used:.2f}" if used else ""
        lines.append(f"| {name} | {said} | {waited:.2f} |")
    report = "\n".join(lines) + "\n"
    RESULT.write_text(report, encoding="utf-8")
    print(report)


def opened(page: Path) -> list[dict[str, tuple[float, float]]]:
    """What each step takes in a fresh tab, by the processor and by the clock."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        return [_steps(browser.new_page(), page) for _ in range(TIMES)]


def _steps(tab: Page, page: Path) -> dict[str, tuple[float, float]]:
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    clock = time.perf_counter()
    tab.goto(page.as_uri())
    tab.locator(".codeie-text bdi").first.hover()
    usable, waited = _used(session), time.perf_counter() - clock
    paint = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    clock = time.perf_counter()
    tab.locator(".codeie-text").evaluate("node => node.scrollTop = node.scrollHeight")
    tab.wait_for_function(_LAST)
    scrolled = time.perf_counter() - clock
    return {
        "first paint, by the page's own clock": (0.0, paint / 1000),
        "loaded, with all that is alive in it, by its own clock": (0.0, loaded / 1000),
        "until a mention that is pointed at is lit, with what the driver takes": (usable, waited),
        "from the top to the last mention": (_used(session) - usable, scrolled),
    }


def _used(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


if __name__ == "__main__":
    main()
