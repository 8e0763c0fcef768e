"""Mails and mailboxes: fields, bodies, and what is quoted."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Span, read_documents
from codeie.documents import Limits, Unread, read
from codeie.errors import InputError
from codeie.places import BlockKind

BODY = """The Tern left.

On Monday the keeper wrote:
> Did the Tern leave?
> > Who asks?

She did.

-----Original Message-----
From: keeper
Old words.
"""


def mail(body: str = BODY, **fields: str) -> EmailMessage:
    """A mail with fields."""
    message = EmailMessage()
    for name, value in {
        "From": "Æ Ø <a@example.org>",
        "Subject": "Schiff für Łódź",
        **fields,
    }.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_mail_has_its_fields_and_its_body() -> None:
    """Fields are decoded, stand first and lead back to their names; quoted parts are told."""
    document = read(mail(Message_ID="<1@x>").as_bytes(), format="eml")
    assert document.text == (
        f"From: Æ Ø <a@example.org>\nSubject: Schiff für Łódź\n\n{BODY.strip()}"
    )
    assert {
        "from": "Æ Ø <a@example.org>",
        "subject": "Schiff für Łódź",
        "message-id": "<1@x>",
    } == document.metadata
    at = document.text.index("Łódź")
    (place,) = document.places(Span(at, at + 4))
    assert ("header", "Subject", 11, 15) == (place.kind, place.path, place.start, place.end)
    at = document.text.index("Tern")
    (place,) = document.places(Span(at, at + 4))
    assert ("part", "1", 4, 8) == (place.kind, place.path, place.start, place.end)
    assert document.layout is not None
    assert [
        "On Monday the keeper wrote:\n> Did the Tern leave?\n> > Who asks?\n",
        "-----Original Message-----\nFrom: keeper\nOld words.",
    ] == [
        document.text[one.start : one.end]
        for one in document.layout.blocks
        if one.kind is BlockKind.QUOTED
    ]


def test_the_plain_part_is_read_and_attachments_are_told() -> None:
    """Of alternatives the plain one; a part of another kind is a diagnostic."""
    message = mail("plain words")
    message.add_alternative("<p>page words", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="log.pdf")
    document = read(message.as_bytes(), format="eml")
    assert document.text.endswith("\n\nplain words")
    assert "page words" not in document.text
    (told,) = document.diagnostics
    assert ("left-out", "the attachment 'log.pdf' of the file is left out.") == (
        told.code,
        told.message,
    )


def test_a_page_in_a_mail_is_read_as_a_page() -> None:
    """Its places have the part's number and the element's path; what it cites is told."""
    pytest.importorskip("selectolax")
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<h1>Log</h1><p>now<blockquote type=cite>old", subtype="html")
    document = read(message.as_bytes(), format="eml")
    assert document.text == "Subject: x\n\n# Log\n\nnow\n\nold"
    at = document.text.index("now")
    (place,) = document.places(Span(at, at + 3))
    assert ("element", "1 html > body > p:nth-of-type(1)") == (place.kind, place.path)
    assert document.layout is not None
    (quoted,) = (one for one in document.layout.blocks if one.kind is BlockKind.QUOTED)
    assert document.text[quoted.start : quoted.end] == "old"


def test_a_mailbox_has_a_document_for_each_mail(tmp_path: Path) -> None:
    """They go by its name and their number; a line 'From' in a body is the body's."""
    path = tmp_path / "a.mbox"
    with path.open("wb") as box:
        for number in range(3):
            box.write(b"From keeper Mon Jan  1 00:00:00 2024\n")
            box.write(mail(f"Day {number}.\n\n>From here on fog.\n").as_bytes() + b"\n")
    documents = list(read_documents(path))
    assert [f"{path}:{number}" for number in (1, 2, 3)] == [one.id for one in documents]
    assert ["Day 0.\n\nFrom here on fog."] == [
        one.text.split("\n\n", 1)[1] for one in documents[:1] if isinstance(one, Document)
    ]
    with pytest.raises(InputError, match="more than one document"):
        read(path)
    (unread,) = read_documents(_written(tmp_path / "b.mbox", b"Subject: x\n\nno"))
    assert isinstance(unread, Unread)
    assert "is no mailbox" in str(unread.error)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@given(st.binary(max_size=300), st.integers(0, 10**6))
def test_whatever_a_mail_holds_is_read_or_told(data: bytes, seed: int) -> None:
    """Broken ones raise nothing but an error of one line, and places stay within their parts."""
    whole = bytearray(mail().as_bytes())
    random = Random(seed)  # noqa: S311
    for _ in range(random.randrange(20)):
        whole[random.randrange(len(whole))] = random.randrange(256)
    for one in (b"Subject: =?utf-8?q?" + data, bytes(whole)):
        try:
            document = read(one, format="eml", errors="replace")
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most are read
            continue
        assert document.layout is not None
        assert all(0 <= piece.place.start < piece.place.end for piece in document.layout.pieces)


def test_a_field_without_end_is_cut_and_told() -> None:
    """What is kept of it is its beginning."""
    document = read(b"Subject: " + b"Tern " * 10_000 + b"\n\nx", format="eml")
    assert len(document.text) < 21_000
    assert ["what is beyond 20,000 characters of the field Subject of the file is left out."] == [
        one.message for one in document.diagnostics
    ]


def test_parts_that_lie_too_deep_are_an_error() -> None:
    """However deep they are, and without a crash."""
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(300))
    with pytest.raises(InputError, match=r"too deep|RecursionError"):
        read(f"Subject: x\n{head}\ntext".encode(), format="eml", limits=Limits(depth=100))
    with pytest.raises(InputError, match="is no mail: it has no header fields"):
        read(b"no mail", format="eml")
