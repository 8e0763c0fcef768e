"""Mails: their header fields and bodies, with what they quote of others told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from importlib.util import find_spec
from typing import Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.documents._content import AUTO, Content, decoded
from codeie.documents._unread import Unread
from codeie.documents._writing import Writing
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["read_eml", "read_mbox"]

_SHOWN: Final = ("From", "To", "Cc", "Date", "Subject")
_KEPT: Final = (*_SHOWN, "Bcc", "Reply-To", "Message-ID", "In-Reply-To", "References")
_LONGEST_FIELD: Final = 20_000
_BEGIN: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n")
_QUOTED_FROM: Final = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_QUOTED: Final = re.compile(r"(?:>[^\n]*(?:\n|\Z))+")
# The line that says of whom they are, and an empty one behind it.
_OF_WHOM: Final = re.compile(r"[^\n>][^\n]{0,200}:[ \t]*\n(?:[ \t]*\n)?")
_ORIGINAL: Final = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:Original Message|Forwarded message|Ursprüngliche Nachricht"
    r"|Message d'origine)[ \t]*-{2,}[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def read_eml(content: Content, encoding: str, errors: str) -> Iterator[Document]:
    """The one document of a mail."""
    yield _Mail(content, content.name, encoding, errors).document(content.data)


def read_mbox(content: Content, encoding: str, errors: str) -> Iterator[Document | Unread]:
    """The mails of a mailbox, which go by its name and their number."""
    begins = [match.span() for match in _BEGIN.finditer(content.data)]
    if not begins or begins[0][0] != 0:
        raise InputError(f"{content.name} is no mailbox: it does not begin with a line 'From …'")
    check = content.clock()
    ends = [*(start for start, _ in begins[1:]), len(content.data)]
    for number, ((_, start), end) in enumerate(zip(begins, ends, strict=True), start=1):
        check()
        name = f"{content.name}:{number}"
        data = _QUOTED_FROM.sub(b"", content.data[start:end])
        try:
            yield _Mail(content, name, encoding, errors).document(data)
        except (InputError, RecursionError) as error:
            told = (
                error if isinstance(error, InputError) else InputError(f"{name} is nested too deep")
            )
            yield Unread(name, told)


class _Mail:
    """Reads one mail.

    Args:
        content: The file that it is in.
        name: What to call it.
        encoding: As its user tells.
        errors: As for `decoded`.
    """

    def __init__(self, content: Content, name: str, encoding: str, errors: str) -> None:
        self._content = content
        self._name = name
        self._encoding = encoding
        self._errors = errors
        self._writing = Writing(content, "mail")
        self._told: list[Diagnostic] = []

    def document(self, data: bytes) -> Document:
        """The document of a mail."""
        try:
            message = message_from_bytes(data)
        except (MessageError, ValueError) as error:
            raise InputError(f"{self._name} is no mail: {error}") from error
        if not message.keys():
            raise InputError(f"{self._name} is no mail: it has no header fields")
        fields = {name: value for name in _KEPT if (value := _field(message, name))}
        for name in fields:
            if len(str(message[name])) > _LONGEST_FIELD:
                self._leave_out(f"what is beyond {_LONGEST_FIELD:,} characters of the field {name}")
        for name in _SHOWN:
            if name in fields:
                self._writing.say(f"{name}: ")
                place = Place(PlaceKind.HEADER, name, 0, len(fields[name]))
                self._writing.quote(fields[name], place)
                self._writing.apart(1)
        self._writing.apart()
        self._part(message, "1", 0)
        metadata: dict[str, object] = {name.lower(): value for name, value in fields.items()}
        return self._writing.document(self._name, metadata, self._told)

    def _part(self, part: Message, number: str, depth: int) -> None:
        if depth > self._content.limits.depth:
            raise InputError(f"{self._name}: parts lie too deep in each other")
        kind = part.get_content_type()
        name = part.get_filename()
        if part.get_content_disposition() == "attachment" or name:
            self._leave_out(f"the attachment {_plain(name or kind)!r:.120}")
        elif kind == "multipart/alternative":
            self._alternative(_parts(part), number, depth)
        elif part.is_multipart() and kind != "message/rfc822":
            for at, each in enumerate(_parts(part), start=1):
                self._part(each, f"{number}.{at}", depth + 1)
        elif kind == "text/plain":
            self._plain(part, number)
        elif kind == "text/html":
            self._page(part, number)
        else:
            self._leave_out(f"a part of type {kind:.80}")

    def _alternative(self, parts: list[Message], number: str, depth: int) -> None:
        kinds = [part.get_content_type() for part in parts]
        best = kinds.index("text/plain") if "text/plain" in kinds else len(parts) - 1
        if parts:
            self._part(parts[best], f"{number}.{best + 1}", depth + 1)

    def _plain(self, part: Message, number: str) -> None:
        text = self._text(part)
        text = (text.replace("\r\n", "\n") if "\r" in text else text).strip("\n")
        self._writing.apart()
        if not text:
            return
        self._writing.quote(text, Place(PlaceKind.PART, number, 0, len(text)))
        start = self._writing.length - len(text)
        original = _ORIGINAL.search(text) if "--" in text else None
        end = original.start() if original is not None else len(text)
        for first, last in _quotes(text, end):
            self._writing.add_block(BlockKind.QUOTED, start + first, start + last)
        if original is not None:
            self._writing.add_block(BlockKind.QUOTED, start + end, start + len(text))

    def _page(self, part: Message, number: str) -> None:
        if find_spec("selectolax") is None:
            self._leave_out("a part that is a page, which codeie[html] reads")
            return
        from codeie.documents.readers.html import read_html

        text = self._text(part)
        content = Content(
            self._name,
            text.encode("utf-8", "replace"),
            None,
            self._content.limits,
            self._content.markdown,
        )
        for document in read_html(content, "utf-8", "replace"):
            self._writing.apart()
            self._writing.copy(document, f"{number} ")
            self._told += document.diagnostics

    def _text(self, part: Message) -> str:
        data = part.get_payload(decode=True)
        content = Content(self._name, data if isinstance(data, bytes) else b"")
        file = decoded(content, self._encoding, self._errors, _charset(part))
        self._told += file.diagnostics
        return file.text

    def _leave_out(self, what: str) -> None:
        self._told.append(
            Diagnostic(Code.LEFT_OUT, f"{what} of {self._name} is left out.", Severity.WARNING)
        )


def _quotes(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Where lines are quoted, with the line that says of whom."""
    over = 0
    at = 0 if text.startswith(">") else _next_quote(text, 0, end)
    while at >= 0 and (match := _QUOTED.match(text, at, end)):
        yield _said_before(text, over, at), match.end()
        over = match.end()
        at = _next_quote(text, over - 1, end)


def _next_quote(text: str, start: int, end: int) -> int:
    return text.find("\n>", start, end) + 1 or -1


def _said_before(text: str, over: int, at: int) -> int:
    # Looking for it before every line of a long mail would take most of the time.
    line = at
    for _ in range(2):
        if line - 1 <= over or text[line - 2] not in ": \t\n":
            return at
        line = max(text.rfind("\n", over, line - 1) + 1, over)
        match = _OF_WHOM.fullmatch(text, line, at)
        if match is not None:
            return line
    return at


def _charset(part: Message) -> str:
    charset = part.get_content_charset() or ""
    return "" if charset.lower() == AUTO else charset


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return (
        [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    )


def _field(message: Message, name: str) -> str:
    value = message.get(name)
    return "" if value is None else _plain(str(value)[:_LONGEST_FIELD])


def _plain(value: str) -> str:
    """What a field says, on one line; as it is written if it cannot be decoded."""
    with suppress(LookupError, UnicodeError, ValueError, MessageError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.encode("utf-8", "replace").decode().split())
