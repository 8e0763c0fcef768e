"""A saved extraction in a real browser: arcs, light, filters, keyboard, print, accessibility."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from codeie import Document, Entity, Event, Extraction, Extractor, Relation
from codeie.testing import ScriptedClient

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Opened = Callable[..., Page]


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Firm(Entity):
    """A company."""

    name: str


@dataclass
class WorksFor(Relation):
    """The person works there."""

    head: Person
    tail: Firm


@dataclass
class Hiring(Event):
    """Somebody is hired."""

    trigger: str
    who: list[Person] = field(default_factory=list)
    by: Firm | None = None


TEXT = (
    "Ada Okafor was hired by Acme Labs of the North together with Bob Stone, who had worked for "
    "Initech until then, as far as the newspapers of the town have ever told anybody.\n"
    "עדה עבדה עבור אקמה."
)
ANSWER = """[
    Person("Ada Okafor"), Person("Bob Stone"),
    Firm("Acme Labs"), Firm("Acme Labs of the North"), Firm("Initech"),
    WorksFor(Person("Bob Stone"), Firm("Initech")),
    WorksFor(Person("Ada Okafor"), Firm("Initech")),
    Hiring("hired", [Person("Ada Okafor"), Person("Bob Stone")], Firm("Acme Labs")),
    Person("עדה"), Firm("אקמה"), WorksFor(Person("עדה"), Firm("אקמה")),
    Persn("Carl"),
]"""


def _extraction() -> Extraction[Any]:
    client = ScriptedClient([ANSWER])
    return Extractor([Person, Firm, WorksFor, Hiring], model=client)(Document(TEXT, "News"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page."""
    return _extraction().to_html(tmp_path_factory.mktemp("page") / "news.html")


# Of each arc the places of its boxes, and of the names that it should join.
_ARCS = """() => [...document.querySelectorAll('.codeie-arc')].map((arc) => {
  const box = (node) => { if (!node) return null; const r = node.getBoundingClientRect();
    return {left: r.left, right: r.right, top: r.top, bottom: r.bottom}; };
  const name = (which) => box([...document.querySelectorAll('bdi')].find(
    (each) => each.style.anchorName === arc.style.getPropertyValue(which)));
  const inside = box(arc.closest('.codeie-block'));
  return {first: box(arc.querySelector('.codeie-1')), second: box(arc.querySelector('.codeie-2')),
          head: box(arc.querySelector('.codeie-t')), s: name('--s'), e: name('--e'),
          t: name('--t'), inside, back: arc.matches('.codeie-back')};
})"""


@pytest.mark.parametrize("width", [1100, 700, 390])
@pytest.mark.parametrize("script", [True, False])
def test_arcs_join_what_they_should(opened: Opened, saved: Path, width: int, script: bool) -> None:
    """At every width, also without scripts, each arc stands on its two names, in one line or two."""
    page = opened(saved, width=width, script=script)
    # Without its own scripts the page still can be measured.
    arcs = page.evaluate(_ARCS)
    assert 6 == len(arcs)
    lines = 0
    for arc in arcs:
        first, second, s, e = arc["first"], arc["second"], arc["s"], arc["e"]
        assert abs(first["bottom"] - s["top"]) < 2
        assert (
            arc["t"]["left"]
            <= (arc["head"]["left"] + arc["head"]["right"]) / 2
            <= arc["t"]["right"]
        )
        assert abs(arc["head"]["bottom"] - arc["t"]["top"]) < 2
        if abs(s["top"] - e["top"]) < 6:
            left, right = sorted((s, e), key=lambda name: name["left"])
            assert left["left"] <= first["left"] <= left["right"]
            assert right["left"] <= first["right"] <= right["right"]
            assert second["right"] - second["left"] < 2
        else:
            lines += 1
            near, far = ("right", "left") if arc["back"] else ("left", "right")
            assert s["left"] <= first[near] <= s["right"]
            assert abs(first[far] - arc["inside"][far]) <= 10
            assert e["left"] <= second[far] <= e["right"]
            assert abs(second[near] - arc["inside"][near]) <= 10
            assert abs(second["bottom"] - e["top"]) < 2
    assert lines or width > 1000


def test_an_item_lights_its_mentions_its_row_and_its_line(opened: Opened, saved: Path) -> None:
    """From the text, from a row and from the code; what was lit goes out again."""
    page = opened(saved)
    page.locator("details").last.evaluate("node => node.open = true")
    lit = "[...document.querySelectorAll('.codeie-on')].map((node) => node.localName + ':' + node.dataset.i)"
    expected = {"span:5", "bdi:5", "tr:5", "span:3 4 5"}
    for where in ("bdi[data-i='5']", "tr[data-i='5']"):
        page.locator(where).hover()
        assert expected == set(page.evaluate(lit))
    page.locator(".codeie-line[data-i='6']").hover()
    assert {"span:6", "tr:6"} == set(page.evaluate(lit))
    page.mouse.move(0, 0)
    assert [] == page.evaluate(lit)


def test_the_keyboard_goes_through_rows_and_names(opened: Opened, saved: Path) -> None:
    """The arrows go on within a part, Enter keeps what is lit, Escape lets it go."""
    page = opened(saved)
    page.locator("tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    assert "2" == page.evaluate("document.activeElement.dataset.i")
    assert page.locator("bdi[data-i='2']").evaluate("node => node.matches('.codeie-on')")
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    assert 0 < page.locator(".codeie-on").count()
    page.locator("tbody tr").first.focus()
    page.keyboard.press("Escape")
    assert 0 == page.locator(".codeie-on").count()


@pytest.mark.parametrize("script", [True, False])
def test_classes_can_be_filtered_without_a_script(
    opened: Opened, saved: Path, script: bool
) -> None:
    """An unticked class loses its marks, its rows and all arcs that would end at them."""
    page = opened(saved, script=script)
    firms = page.locator("tr.codeie-k1")
    assert firms.first.is_visible()
    page.locator(".codeie-f1").click()
    assert not firms.first.is_visible()
    assert not page.locator("bdi.codeie-k1").first.is_visible()
    assert page.locator("bdi.codeie-k0").first.is_visible()
    # Of six arcs the three relations and "by" end at firms.
    assert 2 == sum(arc["first"]["right"] > arc["first"]["left"] for arc in page.evaluate(_ARCS))


def test_dark_pages_are_dark_and_words_stay_readable(opened: Opened, saved: Path) -> None:
    """The text takes the page's own colour."""
    page = opened(saved, dark=True)
    colour = page.locator(".codeie-block").evaluate("node => getComputedStyle(node).color")
    assert "rgb(255, 255, 255)" == colour


def test_two_outputs_on_one_page_do_not_mix(opened: Opened, tmp_path: Path) -> None:
    """The arcs of each hang on its own names, and light stays in one of them."""
    from codeie.display import page_end, page_section, page_start

    section = page_section(_extraction()._repr_html_())
    path = tmp_path / "two.html"
    path.write_text(f"{page_start('two')}{section}{section}{page_end()}", encoding="utf-8")
    page = opened(path)
    for arc in page.evaluate(
        _ARCS.replace(
            "document.querySelectorAll('bdi')",
            "arc.closest('.codeie-text').querySelectorAll('bdi')",
        )
    ):
        assert abs(arc["first"]["bottom"] - arc["s"]["top"]) < 2
    page.locator("tr[data-i='5']").first.hover()
    assert [True, False] == page.evaluate(
        "[...document.querySelectorAll('.codeie-view')].map((view) => !!view.querySelector('.codeie-on'))"
    )


def test_a_large_document_is_usable_at_once_and_drawn_as_it_is_scrolled_to(
    opened: Opened, tmp_path: Path
) -> None:
    """Of 100,000 characters with 2,000 marks all are in the page; far blocks wait to be drawn."""
    sentence = "Ada Okafor works for Acme in the north of the town, as she did.\n"
    lines = 1000
    text = (sentence + "and the years went by without anybody saying\n") * lines
    words = ['Person("Ada Okafor"), Firm("Acme")'] * lines
    answer = f"[{', '.join(words)}]"
    extraction = Extractor([Person, Firm], model=ScriptedClient([answer]))(text)
    assert 2 * lines == len(extraction.items)
    page = opened(extraction.to_html(tmp_path / "large.html"))
    assert 2 * lines == page.locator(".codeie-text bdi").count()
    far = page.locator(".codeie-block").last
    assert not far.locator("bdi").last.evaluate(
        "node => node.checkVisibility({contentVisibilityAuto: true})"
    )
    page.locator(".codeie-text").evaluate("node => node.scrollTop = node.scrollHeight")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.codeie-text bdi')].at(-1).checkVisibility({contentVisibilityAuto: true})"
    )


def test_no_script_from_a_text_runs(opened: Opened, tmp_path: Path) -> None:
    """Whatever is in texts and strings, nothing of it becomes an element or acts."""
    hostile = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    answer = f"[Person({hostile!r}), WorksFor(Person({hostile!r}), Firm('</style>'))]"
    text = f"{hostile} </style> \u202e \ud800 " + "x" * 30_000
    extraction = Extractor([Person, Firm, WorksFor], model=ScriptedClient([answer]))(text)
    page = opened(extraction.to_html(tmp_path / "hostile.html"))
    assert "Extraction" == page.title()
    assert 0 == page.locator("img").count()
    assert hostile in page.locator(".codeie-text").inner_text()


def test_printing_shows_everything(opened: Opened, saved: Path) -> None:
    """On paper nothing is folded away, cut off or left to a window of its own."""
    page = opened(saved)
    page.emulate_media(media="print")
    assert page.locator("pre.codeie-code").is_visible()
    assert not page.locator(".codeie-filters").is_visible()
    heights = page.locator(".codeie-scroll").first.evaluate(
        "node => [node.scrollHeight, node.clientHeight]"
    )
    assert heights[0] == heights[1]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault(
    opened: Opened, saved: Path, dark: bool, serious: Callable[..., list[str]]
) -> None:
    """The page has names, roles, contrast and order that assistive software needs."""
    assert [] == serious(opened(saved, dark=dark))


def test_an_output_is_alive_in_a_sandbox(opened: Opened, tmp_path: Path) -> None:
    """In a frame that may run scripts and nothing else, as notebooks of some editors have it."""
    output = html.escape(f"<!doctype html>{_extraction()._repr_html_()}")
    path = tmp_path / "sandbox.html"
    frame = f'<iframe sandbox="allow-scripts" width="900" height="700" srcdoc="{output}"></iframe>'
    path.write_text(f"<!doctype html>{frame}", encoding="utf-8")
    inside = opened(path).frame_locator("iframe")
    row = inside.locator("tr[data-i='5']").first
    row.hover()  # the frame scrolls there
    row.hover()
    assert inside.locator("bdi.codeie-on[data-i='5']").count()
    inside.locator(".codeie-f1").click()
    assert not inside.locator("tr.codeie-k1").first.is_visible()
