"""Files that somebody else made: pages, mails, PDFs and Office files that packages ship."""

from __future__ import annotations

import html
import sysconfig
from email import message_from_bytes
from importlib.util import find_spec
from pathlib import Path

import pytest

from codeie.documents import read
from codeie.errors import InputError

LIBRARY = Path(sysconfig.get_path("stdlib"))


def shipped(package: str, pattern: str) -> list[Path]:
    """The files of a package, if it is installed."""
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    return [path for folder in folders or () for path in sorted(Path(folder).rglob(pattern))]


PAGES = [
    *(LIBRARY / name for name in ("idlelib/help.html", "test/test_difflib_expect.html")),
    *shipped("coverage", "*.html"),
    *shipped("matplotlib", "*.html"),
    *shipped("importlinter", "*.html"),
]
MAILS = sorted((LIBRARY / "test/test_email/data").glob("msg_*.txt"))
PDFS = shipped("matplotlib", "*.pdf")


@pytest.mark.parametrize("path", [one for one in PAGES if one.exists()], ids=lambda path: path.name)
def test_pages_lead_back_to_their_source(path: Path) -> None:
    """Nearly all of what is read has its place in the source, and there it says the same."""
    pytest.importorskip("selectolax")
    source = path.read_text(encoding="utf-8")
    document = read(path)
    assert document.layout is not None
    placed = 0
    for piece in document.layout.pieces:
        if piece.place.source is None:
            continue
        text = document.text[piece.start : piece.end]
        assert html.unescape(source[slice(*piece.place.source)]).split() == text.split()
        placed += piece.end - piece.start
    written = sum(piece.end - piece.start for piece in document.layout.pieces)
    assert placed >= 0.95 * written


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_mails_are_read_or_told(path: Path) -> None:
    """Also those that are broken in all ways that people have met; no part is lost in silence."""
    try:
        document = read(path.read_bytes(), format="eml", errors="replace")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - some are none
        return
    bare = message_from_bytes(path.read_bytes()).get_payload()
    assert document.text.strip() or document.diagnostics or not str(bare).strip()


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_pictures_say_that_they_have_no_text(path: Path) -> None:
    """A PDF that is a drawing is an error with what to do."""
    pytest.importorskip("pypdfium2")
    with pytest.raises(InputError, match="this PDF has no text; use OCR first"):
        read(path)


def test_empty_office_files_are_empty_documents() -> None:
    """The templates that the packages begin with."""
    for package, pattern in (("docx", "default.docx"), ("pptx", "default.pptx")):
        for path in shipped(package, pattern):
            assert "" == read(path).text.strip()
