"""Whether the text under the boxes of a span is the span's, over PDFs of many makers.

Run: python benchmarks/boxes.py [FILE.pdf ...]

Pages of this repository's documentation are set by reportlab, fpdf2, matplotlib, WeasyPrint, Typst
and Chromium, those that are installed, in one and two columns, justified and not; further files may
be named. Of each, 300 stretches of up to 80 code points are taken at random. One is right if the
characters that PDFium draws within its boxes, those whose middle is in one, are its own in its
order, but for white space and the hyphens of broken words. A marked copy of each is read again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import importlib.util
import io
import random
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from markdown_it import MarkdownIt

from codeie.documents import read
from codeie.documents.marking import Mark, mark_pdf, original
from codeie.errors import InputError
from codeie.types import Document, Span

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "boxes.md"
SPANS = 300
LONGEST = 80
PAGES = ("documents", "styles", "parsing", "runs", "grounding")
STYLE = (
    "body{font-family:sans-serif;font-size:10pt} table{border-collapse:collapse} td{padding:2pt}"
)
STYLES = {
    "one column": "",
    "justified, hyphenated": "body{text-align:justify;hyphens:auto;font-family:serif}",
    "two columns": "body{columns:2;text-align:justify;hyphens:auto} pre{white-space:pre-wrap}",
    "landscape": "@page{size:A4 landscape}",
}
FOREIGN = (
    "Η Ρέα έφυγε από το λιμάνι. Пётр видел маяк и ждал утра. Řehoř Žák spí. Nguyễn Huệ đi chợ. "
    "L’amie d’Éva rit ; «Œuvre». Ærø og Ålborg ligger langt væk. "
)


def text_of(page: str) -> str:
    """The source of a page of the documentation, without code."""
    return (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8").replace("```", "")


def html_of(page: str, style: str) -> str:
    """A page as HTML."""
    body = (
        MarkdownIt("commonmark")
        .enable("table")
        .render((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))
    )
    return f"<!doctype html><html lang=en><meta charset=utf-8><style>{STYLE}{style}</style>{body}"


def paragraphs(page: str) -> list[str]:
    """Its paragraphs in letters that the standard fonts of PDF have."""
    plain = text_of(page).encode("latin-1", "ignore").decode("latin-1")
    return [" ".join(part.split()) for part in plain.split("\n\n") if part.strip()]


def by_reportlab() -> Iterator[tuple[str, bytes]]:
    """Platypus: one column, two columns, a table."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    normal = getSampleStyleSheet()["Normal"].clone("own", alignment=4)
    for what, frames in (
        ("one column", [Frame(60, 60, 470, 720)]),
        ("two columns", [Frame(50, 60, 235, 720), Frame(310, 60, 235, 720)]),
    ):
        target = io.BytesIO()
        book = BaseDocTemplate(target)
        book.addPageTemplates(PageTemplate(frames=frames))
        book.build([Paragraph(escape(one), normal) for one in paragraphs("styles")[:60]])
        yield what, target.getvalue()
    target = io.BytesIO()
    words = " ".join(paragraphs("runs")).split()
    rows = [words[at : at + 5] for at in range(0, 250, 5)]
    book = BaseDocTemplate(target)
    book.addPageTemplates(PageTemplate(frames=[Frame(60, 60, 470, 720)]))
    book.build([Table(rows)])
    yield "a table", target.getvalue()


def by_fpdf2() -> Iterator[tuple[str, bytes]]:
    """Justified and not, and at another size."""
    from fpdf import FPDF

    for what, align, size in (("left", "L", 11), ("justified", "J", 11), ("small", "J", 6)):
        book = FPDF()
        book.add_page()
        book.set_font("Times", size=size)
        for one in paragraphs("grounding"):
            book.multi_cell(0, size / 2, one, align=align, new_x="LMARGIN", new_y="NEXT")
            book.ln(2)
        yield what, bytes(book.output())


def by_matplotlib() -> Iterator[tuple[str, bytes]]:
    """A figure with text, by glyphs of its own fonts."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    for kind in (3, 42):
        mpl.rcParams["pdf.fonttype"] = kind
        figure = Figure(figsize=(8, 11))
        for at, one in enumerate(paragraphs("parsing")[:40]):
            figure.text(0.05, 0.95 - 0.022 * at, one[:90].replace("$", ""), fontsize=8)
        figure.text(0.05, 0.03, FOREIGN[:80], fontsize=8)
        target = io.BytesIO()
        figure.savefig(target, format="pdf")
        yield f"fonts of type {kind}", target.getvalue()


def by_weasyprint() -> Iterator[tuple[str, bytes]]:
    """A page in all styles."""
    from weasyprint import HTML

    for page, (what, style) in zip(PAGES, STYLES.items(), strict=False):
        yield what, HTML(string=html_of(page, style)).write_pdf() or b""


def by_typst() -> Iterator[tuple[str, bytes]]:
    """Justified in one and two columns, other scripts, and a table."""
    import typst

    prose = "\n\n".join(paragraphs("documents"))
    for sign in "\\#*_`$@<>[]~":
        prose = prose.replace(sign, " ")
    cells = ", ".join(f"[{word}]" for word in prose.split()[:200])
    for what, source in (
        ("justified", f"#set par(justify: true)\n= Documents\n{prose}"),
        ("two columns", f"#set page(columns: 2)\n#set par(justify: true)\n= Log\n{prose}"),
        ("other scripts", FOREIGN * 40),
        ("a table", f"#table(columns: 4, {cells})"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.typ"
            path.write_text(source, encoding="utf-8")
            yield what, typst.compile(str(path))


def by_chromium() -> Iterator[tuple[str, bytes]]:
    """Pages as they are printed, in all styles."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return
    styles = [*STYLES.items(), ("right-to-left is left out: " + "one column", "")][:5]
    for page, (what, style) in zip(PAGES, styles, strict=False):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "a.html", Path(folder) / "a.pdf"
            source.write_text(html_of(page, style), encoding="utf-8")
            command = [browser, "--headless", "--no-sandbox", "--disable-gpu"]
            command += [
                f"--user-data-dir={folder}/data",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            yield what.rpartition(": ")[2], target.read_bytes()


MAKERS: dict[str, tuple[str, Callable[[], Iterator[tuple[str, bytes]]]]] = {
    "reportlab": ("reportlab", by_reportlab),
    "fpdf2": ("fpdf", by_fpdf2),
    "matplotlib": ("matplotlib", by_matplotlib),
    "weasyprint": ("weasyprint", by_weasyprint),
    "typst": ("typst", by_typst),
    "chromium": ("", by_chromium),
}


def drawn(data: bytes) -> list[list[tuple[float, float, int, str]]]:
    """The characters of each page by the height of their middles: height, place, number, letter."""
    pages = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        found = []
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            said = text.get_text_range(at, 1)
            found.append(((bottom + top) / 2, (left + right) / 2, at, said))
        pages.append(sorted(found))
    return pages


def squeezed(text: str) -> str:
    """Without white space, and hyphens, which break words."""
    return "".join(text.translate({ord(sign): None for sign in "-\u00ad\u2010\ufffe\x02"}).split())


def is_right(
    document: Document, span: Span, pages: list[list[tuple[float, float, int, str]]]
) -> bool:
    """Whether what is drawn in a span's boxes is what it says."""
    said = ""
    for place in document.places(span):
        page = pages[(place.page or 1) - 1]
        for box in place.boxes:
            within = (
                (number, letter)
                for height, at, number, letter in page[
                    bisect_left(page, (box.bottom,)) : bisect_left(page, (box.top,))
                ]
                if box.left <= at <= box.right
            )
            said += "".join(letter for _, letter in sorted(within))
    own = "".join(
        document.text[max(piece.start, span.start) : min(piece.end, span.end)]
        for piece in (document.layout.pieces_in(span.start, span.end) if document.layout else ())
    )
    return squeezed(said) == squeezed(own)


def measured(name: str, data: bytes) -> str:
    """A row of the table."""
    try:
        document = read(data, format="pdf")
    except InputError as error:
        return f"| {name} | – | – | {error} | – |"
    pages = drawn(data)
    rng = random.Random(7)  # noqa: S311
    text = document.text
    spans = []
    while len(spans) < SPANS:
        start = rng.randrange(len(text))
        spans.append(Span(start, min(len(text), start + rng.randint(1, LONGEST))))
    right = sum(is_right(document, span, pages) for span in spans)
    marks = [Mark(span, "a", "note", (255, 220, 0)) for span in spans[:40]]
    copy = mark_pdf(original(document, "pdf", data), marks)
    same = read(copy, format="pdf").text == text
    return (
        f"| {name} | {len(pages)} | {len(text):,} | {right / SPANS:.1%} "
        f"| {'the same' if same else 'another'} |"
    )


def main() -> None:
    """Measure, and write the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, help="further PDFs")
    files = arguments.parse_args().files
    rows, versions = [], []
    for maker, (module, pages) in MAKERS.items():
        if module and importlib.util.find_spec(module) is None:
            print(f"{maker} is not installed", file=sys.stderr)
            continue
        if module:
            versions.append(f"{maker} {importlib.metadata.version(maker)}")
        for what, data in pages():
            rows.append(measured(f"{maker}, {what}", data))
            print(rows[-1], flush=True)
    for path in files:
        rows.append(measured(path.name, path.read_bytes()))
        print(rows[-1], flush=True)
    lines = [
        "# The text under the boxes",
        "",
        *(__doc__ or "").strip().splitlines()[4:],
        "",
        f"{dt.date.today()}, pypdfium2 {importlib.metadata.version('pypdfium2')}, {', '.join(versions)}.",
        "",
        "| PDF | pages | characters | right | text of the marked copy |",
        "| --- | --- | --- | --- | --- |",
        *rows,
        "",
    ]
    RESULTS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
