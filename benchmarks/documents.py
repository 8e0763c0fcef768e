"""How fast documents are read with their places, beside the parsers that read them without.

Run: python benchmarks/documents.py

Made-up documents of the same words: a PDF of many pages (reportlab), a page, a Word file, a mail.
The bare parser gives the plain text and nothing else: PDFium each page's text, Lexbor the text of
the body, python-docx the text of each paragraph and cell, the standard library the mail's body.
Beside it, where there is one, a bare parser that tells where the text stands: pypdfium2 with the
box of each character, and the standard library's HTML parser with line and column of each text.
Each is timed by the CPU time of this process, the least of some rounds. The memory is what a fresh
process takes at most (on Linux) while it reads a PDF of 1,000 pages, beyond its imports.
"""

from __future__ import annotations

import argparse
import datetime as dt
import email
import email.policy
import html.parser
import importlib.metadata
import io
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import docx
import pypdfium2
from reportlab.pdfgen.canvas import Canvas
from selectolax.lexbor import LexborHTMLParser

from codeie.documents import read

Parser: TypeAlias = Callable[[bytes], object]
RESULTS = Path(__file__).parent / "results" / "documents.md"
ROUNDS = 5
LINES = 45  # of a page
TARGET = 1.5
WORDS = [
    "the",
    "harbour",
    "watch",
    "lighthouse",
    "keeper",
    "signal",
    "barometer",
    "falling",
    "captain",
    "ordered",
    "navigation",
    "afternoon",
    "Skagen",
    "Tern",
    "Lotta",
    "anchored",
    "provisions",
    "overboard",
    "lantern",
    "schooner",
    "midnight",
]
IN_A_PROCESS = """
import sys
from pathlib import Path
import pypdfium2
from codeie.documents import read
import codeie.documents.readers.pdf

def most():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
before = most()
if sys.argv[2] == "codeie":
    length = len(read(sys.argv[1]).text)
else:
    pdf = pypdfium2.PdfDocument(open(sys.argv[1], "rb").read())
    length = len("".join([page.get_textpage().get_text_range() for page in pdf]))
print(length, most() - before)
"""


def line(rng: random.Random) -> str:
    """Words of a line."""
    return " ".join(rng.choices(WORDS, k=12))


def a_pdf(pages: int) -> bytes:
    """A PDF with running heads and page numbers."""
    rng = random.Random(1)  # noqa: S311
    target = io.BytesIO()
    canvas = Canvas(target)
    for number in range(pages):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(60, 810, "The log of the Tern")
        canvas.drawString(290, 30, str(number + 1))
        for at in range(LINES):
            canvas.drawString(60, 780 - 16 * at, line(rng))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def a_page(paragraphs: int) -> bytes:
    """A page with headings, paragraphs, links and a table."""
    rng = random.Random(2)  # noqa: S311
    parts = ["<!doctype html><title>The log</title><nav><a href=/>Home</a></nav>"]
    for number in range(paragraphs):
        if not number % 10:
            parts.append(f"<h2>Day {number}</h2>")
            rows = "".join(f"<tr><td>{word}<td>{word}" for word in rng.choices(WORDS, k=5))
            parts.append(f"<table>{rows}</table>")
        parts.append(f"<p>{line(rng)}\n<a href=/x>{line(rng)}</a> &amp; {line(rng)}.</p>")
    return "".join(parts).encode()


def a_docx(paragraphs: int) -> bytes:
    """A Word file with headings, paragraphs of two runs, and tables."""
    rng = random.Random(3)  # noqa: S311
    file = docx.Document()
    for number in range(paragraphs):
        if not number % 20:
            file.add_heading(f"Day {number}", 1)
        if not number % 50:
            table = file.add_table(4, 3)
            for cell in range(12):
                table.cell(cell // 3, cell % 3).text = rng.choice(WORDS)
        file.add_paragraph(line(rng)).add_run(line(rng)).bold = True
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def a_mail(lines: int) -> bytes:
    """A mail with a quotation."""
    rng = random.Random(4)  # noqa: S311
    body = "\n".join(("> " if at % 3 == 0 else "") + line(rng) for at in range(lines))
    return f"From: a@example.org\nSubject: log\nContent-Type: text/plain\n\n{body}".encode()


def bare_pdf(data: bytes) -> str:
    """Each page's text by PDFium."""
    pdf = pypdfium2.PdfDocument(data)
    return "".join([page.get_textpage().get_text_range() for page in pdf])


def placed_pdf(data: bytes) -> list[object]:
    """Each page's text by PDFium, and the box of each character."""
    found: list[object] = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(at, loose=True) for at in range(text.count_chars())]
        found.append((text.get_text_range(), boxes))
    return found


class Placed(html.parser.HTMLParser):
    """Text with its line and column."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.found.append((data, self.getpos()))


def placed_html(data: bytes) -> list[object]:
    """The text by the standard library's parser, which tells lines and columns."""
    parser = Placed()
    parser.feed(data.decode())
    return parser.found


def bare_html(data: bytes) -> str:
    """The text of the body by Lexbor."""
    body = LexborHTMLParser(data).body
    return body.text() if body is not None else ""


def bare_docx(data: bytes) -> str:
    """Each paragraph and cell by python-docx."""
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def bare_mail(data: bytes) -> str:
    """The body by the standard library."""
    body = email.message_from_bytes(data, policy=email.policy.default).get_body()
    return str(body.get_content()) if body is not None else ""


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The least CPU time of some rounds."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def memory(path: Path, how: str) -> tuple[int, float]:
    """Characters, and MB that reading a file takes beyond the imports."""
    ended = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, str(path), how],
        capture_output=True,
        text=True,
        check=True,
    )
    length, kilobytes = map(int, ended.stdout.split())
    return length, kilobytes / 1024


def main() -> None:
    """Measure, and write the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="small documents, nothing written")
    quick = arguments.parse_args().quick
    scale = 20 if quick else 1
    cases: tuple[tuple[str, str, bytes, Parser, Parser | None], ...] = (
        ("pdf", f"{100 // scale} pages", a_pdf(100 // scale), bare_pdf, placed_pdf),
        ("html", f"{2000 // scale:,} paragraphs", a_page(2000 // scale), bare_html, placed_html),
        ("docx", f"{1000 // scale:,} paragraphs", a_docx(1000 // scale), bare_docx, None),
        ("eml", f"{10_000 // scale:,} lines", a_mail(10_000 // scale), bare_mail, None),
    )
    rows = []
    rounds = 1 if quick else ROUNDS
    for kind, what, data, bare, placed in cases:
        own = seconds(partial(read, data, format=kind), rounds)
        other = seconds(partial(bare, data), rounds)
        beside = "| – | – |"
        if placed is not None:
            also = seconds(partial(placed, data), rounds)
            beside = f"| {also * 1000:,.1f} ms | {own / also:.1f} |"
        rows.append(
            f"| {kind} | {what} | {len(data) / 1000:,.0f} kB | {other * 1000:,.1f} ms "
            f"| {own * 1000:,.1f} ms | {own / other:.1f} {beside}"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.pdf"
        path.write_bytes(a_pdf(1000 // scale))
        size = path.stat().st_size / 2**20
        held = {how: memory(path, how) for how in ("codeie", "PDFium")}
    lines = [
        "# Reading documents",
        "",
        *(__doc__ or "").strip().splitlines()[4:],
        "",
        f"{dt.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        + ", ".join(
            f"{name} {importlib.metadata.version(name)}"
            for name in ("pypdfium2", "selectolax", "python-docx")
        )
        + ".",
        "",
        f"The target is {TARGET} times the bare parser.",
        "",
        "| format | document | size | bare parser | codeie | times | bare with positions | times |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
        f"A PDF of {1000 // scale:,} pages ({size:.1f} MB):",
        "",
        "| who | characters | memory at most |",
        "| --- | --- | --- |",
        *(f"| {who} | {length:,} | {most:,.0f} MB |" for who, (length, most) in held.items()),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    if not quick:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
