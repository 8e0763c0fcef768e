"""What stands together in one output: its style sheet, its filters and its script.

The style sheet and the script are the package's own files, the same in every output; nothing
from a text is ever in them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from codeie.display._marked import Pen, chip_html
from codeie.display._visible import escaped

__all__ = ["page_end", "page_section", "page_start", "sheeted_html", "together_html", "view_html"]


@cache
def _own(name: str) -> str:
    return (files("codeie.display") / name).read_text(encoding="utf-8")


def view_html(parts: Iterable[str], pen: Pen, counts: Mapping[str, int]) -> str:
    """Parts as one output, in which classes can be filtered and items light each other up.

    Args:
        parts: HTML from the functions of this package.
        pen: How labels are drawn in them.
        counts: How many items of each class there are; those are what can be filtered.
    """
    rules = "".join(_hiding(pen.classes[name]) for name in counts)
    return (
        '<div class="codeie-view" style="color:inherit">'
        f"<style>{_own('view.css')}{rules}</style>"
        f"{_filters(pen, counts)}{''.join(parts)}<script>{_own('view.js')}</script></div>"
    )


def sheeted_html(html: str) -> str:
    """HTML without marks, with the style sheet: code in it has colours for light and for dark."""
    sheet = f"<style>{_own('view.css')}</style>"
    return f'<div class="codeie-view" style="color:inherit">{sheet}{html}</div>'


def _filters(pen: Pen, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" checked class="codeie-f{pen.classes[name]}" '
        f'style="display:none">{chip_html(name, pen.palette[name])} '
        f'<small style="opacity:.8">{count:,}</small></label> '
        for name, count in counts.items()
    )
    return f'<div class="codeie-filters" role="group" aria-label="Classes shown">{boxes}</div>'


def _hiding(number: int) -> str:
    off = f".codeie-view:has(.codeie-f{number}:not(:checked))"
    key = f".codeie-k{number}"
    return (
        f"{off} span{key}{{background-color:transparent!important;border-color:transparent!important}}"
        f"{off} :is(bdi,tr,.codeie-arc){key}{{display:none!important}}"
    )


def together_html(views: Iterable[str]) -> str:
    """Several outputs as one, with the style sheet and the script once."""
    parts = "".join(map(_bare, views))
    return f"<style>{_own('view.css')}</style><div>{parts}</div><script>{_own('view.js')}</script>"


def _bare(html: str) -> str:
    # No text can hold either: both have letters that are escaped in what comes from outside.
    return html.replace(f"<script>{_own('view.js')}</script>", "").replace(_own("view.css"), "")


def page_start(title: str) -> str:
    """The beginning of a page that loads nothing and runs no script but codeie's own.

    `page_section`s follow, and `page_end`.
    """
    digest = b64encode(sha256(_own("view.js").encode()).digest()).decode()
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'unsafe-inline'; script-src 'sha256-{digest}'\">\n"
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escaped(title)}</title>\n<style>{_own('view.css')}</style>\n</head>\n"
        '<body style="font:16px/1.5 system-ui,sans-serif;max-width:70em;margin:1.5em auto;'
        'padding:0 1em;background:Canvas;color:CanvasText">\n'
        f'<h1 style="font-size:1.15em">{escaped(title)}</h1>\n<main>\n'
    )


def page_section(html: str) -> str:
    """A part of a page, from `view_html`; sheet and script are the page's."""
    return f'<section style="margin:0 0 3em">{_bare(html)}</section>\n'


def page_end() -> str:
    """The end of a page."""
    return f"</main>\n<script>{_own('view.js')}</script>\n</body>\n</html>\n"
