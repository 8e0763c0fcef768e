"""The documentation as a site: ``python docs/make.py`` writes it to ``build/docs/site``.

Pages link to the tables in ``benchmarks/results``, and to other files of the repository. So that
such a link holds both in the repository and on the site, pages and tables are first put into one
folder. A link to what the site does not have becomes its words.

Every warning is an error, as is a page that would load something from another host.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
RESULTS = ROOT / "benchmarks" / "results"
BUILD = ROOT / "build" / "docs"

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s:#]+)(#[^)\s]*)?\)")
_MEASUREMENTS = '{ "Measurements" = [] }'
_LOADED = re.compile(
    r"<(?:script|img|iframe)\b[^>]*\bsrc=\"?(?:https?:)?//[^\"> ]+"
    r"|<link\b(?![^>]*rel=\"?canonical)[^>]*\bhref=\"?(?:https?:)?//[^\"> ]+"
)


def on_site(text: str, page: Path) -> str:
    """A page's Markdown with the links that leave ``docs`` made to lead somewhere on the site.

    Args:
        text: The page.
        page: Its path in the repository.
    """

    def link(found: re.Match[str]) -> str:
        words, target, fragment = found[1], found[2], found[3] or ""
        there = (page.parent / target).resolve()
        if there.is_relative_to(DOCS) or not there.exists():
            return found[0]  # on the site, or wrong; then the build says so
        if there.parent == RESULTS:
            beside = os.path.relpath(DOCS / "results" / there.name, page.parent)
            return f"[{words}]({beside}{fragment})"
        return words

    return _LINK.sub(link, text)


def measurements() -> str:
    """The part of the navigation that has the tables, each under its own heading."""
    entries = "".join(
        f'{{ "{table.read_text().split(chr(10), 1)[0].lstrip("# ")}" = "results/{table.name}" }}, '
        for table in sorted(RESULTS.glob("*.md"))
    )
    return _MEASUREMENTS.replace("[]", f"[{entries}]")


def gather() -> None:
    """Put everything that the site is made from into ``build/docs``."""
    shutil.rmtree(BUILD, ignore_errors=True)
    pages = BUILD / "pages"
    shutil.copytree(DOCS, pages, ignore=shutil.ignore_patterns("*.py", "*.toml", "__pycache__"))
    shutil.copytree(RESULTS, pages / "results", ignore=shutil.ignore_patterns("*.jsonl"))
    for page in DOCS.rglob("*.md"):
        (pages / page.relative_to(DOCS)).write_text(on_site(page.read_text(), page))
    (BUILD / "zensical.toml").write_text(
        (DOCS / "zensical.toml").read_text().replace(_MEASUREMENTS, measurements(), 1)
    )


def loaded_from_elsewhere(site: Path) -> list[str]:
    """What the site's pages would load from other hosts; links to them are not meant."""
    return [
        f"{page.relative_to(site)}: {tag}"
        for page in sorted(site.rglob("*.html"))
        for tag in _LOADED.findall(page.read_text())
    ]


def main() -> int:
    """Build it; the exit code says whether all is well."""
    gather()
    tool = Path(sys.executable).with_name("zensical")
    if not tool.exists():
        print("zensical is not installed: pip install -e '.[docs]'", file=sys.stderr)
        return 2
    built = subprocess.run([tool, "build", "--strict"], cwd=BUILD)
    if built.returncode:
        return built.returncode
    foreign = loaded_from_elsewhere(BUILD / "site")
    print(*foreign, sep="\n", file=sys.stderr)
    print(f"open {BUILD / 'site' / 'index.html'}")
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
