"""The level outside all brackets: assignments, calls, blocks to pass over, prose."""

from __future__ import annotations

import re
from collections.abc import Generator

from codeie.diagnostics import Code, Severity
from codeie.introspection import folded
from codeie.parsing.answer.definitions import skip_definition, skip_imports, skip_string
from codeie.parsing.answer.item import read_broken, read_element, read_leftover
from codeie.parsing.answer.prose import read_prose, read_tag
from codeie.parsing.answer.state import Container, Read
from codeie.parsing.answer.tail import check_tail
from codeie.parsing.damage.heads import broken_head
from codeie.parsing.text import markers
from codeie.parsing.text.brackets import blank, head, line_end, looked_at, run_end

__all__ = ["open_container", "read_statement"]

Step = Generator[None, None, int]
_ADDERS = (".append", ".extend", ".add", ".update", ".insert", ".union")
_FENCED = "`~"


def read_statement(read: Read, position: int) -> Step:
    """Read one thing outside all brackets, and give the index after it."""
    source = read.source
    start = yield from blank(source, position)
    if "\n" in source.text[position:start]:
        read.line_start = True
        read.after_comma = False
    if start >= len(source.text):
        read.finished = True
        return start
    if read.just_read is not None or read.just_bound:
        if read.line_start:
            read.just_read, read.just_bound = None, ""
        else:
            after = yield from check_tail(read, start)
            if after > start:
                return after
    yield from looked_at(source, start)
    character = source.text[start]
    if character == "#":
        return (yield from read_comment(read, start))
    if character in ",;":
        read.separated = True
        read.after_comma = character == ","
        return start + 1
    if character in ")]}":
        return (yield from _stray_closer(read, start))
    if character in _FENCED and (fence := markers.FENCE.match(source.text, start)):
        return (yield from read_fence(read, fence.end()))
    if character == "`":
        return start + 1
    if character == "<" or source.text.startswith("[/INST]", start):
        return (yield from read_tag(read, start))
    if not (read.line_start or read.target or read.separated):
        return (yield from read_prose(read, start))
    if character in "[({":
        return (yield from open_container(read, start))
    if character in "\"'" or source.text[start : start + 2].lower() in ('r"', "r'", 'u"', "b'"):
        return (yield from skip_string(read, start))
    if character == "@":
        read.line_start = True
        return (yield from line_end(source, start))
    if character == "_" or character.isalpha():
        return (yield from _word(read, start))
    yield from source.ahead(start, 8)
    if read.line_start and (bullet := markers.BULLET.match(source.text, start)):
        return bullet.end()
    return (yield from read_prose(read, start))


def read_comment(read: Read, start: int) -> Step:
    """Keep a comment as rationale."""
    end = yield from line_end(read.source, start)
    comment = read.source.text[start:end].lstrip("#").strip()
    if comment:
        read.rationale.append(comment)
        read.wrote_something = True
    return end


def read_fence(read: Read, end: int) -> Step:
    """Pass over a Markdown fence and its language."""
    source = read.source
    while (yield from source.ahead(end, 1)) and source.text[end] == source.text[end - 1]:
        end += 1
    while len(source.text) < end + markers.LONGEST and "\n" not in source.text[end:]:
        if not (yield from source.more()):
            break
    info = markers.LANGUAGES.match(source.text, end)
    read.line_start = read.separated = True
    read.target = ""
    return info.end() if info else end


def _stray_closer(read: Read, start: int) -> Step:
    if not read.from_start:
        read.say(
            Code.REPAIRED,
            f"the bracket {read.source.text[start]} closes nothing and was passed over",
            start,
            start + 1,
            Severity.NOTE,
        )
    read.line_start = read.separated = True
    return (yield from run_end(read.source, start + 1, _CLOSERS))


_CLOSERS = re.compile(r"[)\]}]*+")


def _word(read: Read, start: int) -> Step:
    source = read.source
    yield from _head(read, start)
    text = source.text
    nothing = markers.NOTHING.match(text, start)
    if nothing and (read.target or _ends_line(text, nothing.end())):
        read.said_nothing = True
        read.target = ""
        read.line_start = False
        return nothing.end()
    match = markers.NAME.match(text, start)
    if match is None:
        return (yield from read_prose(read, start))
    name = "".join(match.group().split())
    after = match.end()
    if not read.target:
        if name in ("class", "def", "async") and text[after : after + 1] in " \t":
            return (yield from skip_definition(read, start, name))
        if name in ("from", "import") and text[after : after + 1] in " \t":
            return (yield from skip_imports(read, start))
    if name in ("return", "yield") and text[after : after + 1] in " \t":
        read.target = "return"
        return after
    if (read.line_start or read.target or read.separated) and (
        head := broken_head(text, start, read.context.constructors)
    ) is not None:
        return (yield from read_broken(read, start, head))
    assigned = markers.ASSIGNED.match(text, start)
    if (
        assigned is not None
        and not (read.line_start or read.target)
        and read.after_comma
        and assigned["names"] in read.context.constructors.field_names
    ):
        return (yield from read_leftover(read, start))
    if assigned is not None and read.context.naming.exact(assigned["names"]) is None:
        names = assigned["names"]
        if names in markers.TEXT_NAMES:
            return _text(read, start, assigned.end())
        read.target = names
        read.from_start = False
        read.wrote_something = True
        return assigned.end()
    called = re.compile(r"[ \t]{0,8}\(").match(text, after)
    if called is not None:
        return (yield from _called(read, start, name, called.end()))
    if read.target and not read.line_start:
        return _alias(read, name, start, after)
    return (yield from read_prose(read, start))


_HEAD = re.compile(r"[^\n(\[{\"'=:]*+(?:[\n(\[{\"']|=.|:[^\n=]{0,150}+(?:\n|=.))", re.DOTALL)


def _head(read: Read, start: int) -> Generator[None, None, None]:
    """Wait until the head of a line is there: up to a bracket, a quote or the line's end."""
    source = read.source
    while len(source.text) < start + markers.LONGEST:
        if _HEAD.match(source.text, start):
            return
        if not (yield from source.more()):
            return


def _ends_line(text: str, position: int) -> bool:
    # Not more than is waited for, so that the end of what is there is the answer's end.
    return re.compile(r"[ \t`.]{0,99}+(?:[\r\n<]|$)").match(text, position) is not None


def _alias(read: Read, name: str, start: int, end: int) -> int:
    known = read.context.names.get(name)
    if known is not None:
        read.context.names[read.target] = known
    else:
        read.undefined(name, start, end)
    read.target = ""
    return end


def _text(read: Read, start: int, value: int) -> int:
    """The prompt's text again: an echo before the result, the next document after it."""
    if read.entries or read.result_started:
        if not read.echoing:
            read.finished = True
            read.say(
                Code.REPAIRED,
                "the answer goes on with another text; what follows is not read",
                start,
                value,
                Severity.WARNING,
            )
            return len(read.source.text)
        withdraw(read, "it belongs to an earlier text of the repeated prompt")
    read.target = "text"
    return value


def withdraw(read: Read, reason: str) -> None:
    """Take back all items read so far."""
    for entry in read.entries:
        if not entry.withdrawn:
            entry.withdrawn = True
            where = entry.item.position
            read.report.add(
                Code.REPAIRED, f"the item is left out: {reason}", where, Severity.WARNING
            )


def _called(read: Read, start: int, name: str, inside: int) -> Step:
    source = read.source
    read.wrote_something = True
    if read.context.naming.exact(name) is not None:
        return (yield from _item(read, start))
    if name in markers.TRANSPARENT or name.endswith(_ADDERS):
        return _open(read, inside - 1, ")", wrapper=True)
    after = yield from blank(source, inside)
    yield from head(source, after, markers.LONGEST)
    rest = source.text[after : after + markers.LONGEST]
    if re.match(r"(?:[^\W\d]\w*\s*=\s*)?\[", rest):
        if read.context.naming.meant(name) is None:
            return _open(read, inside - 1, ")", wrapper=True)
        return (yield from _item(read, start))
    like_code = source.text[inside - 2] not in " \t" and _ARGUMENTS.match(rest)
    if read.target or like_code:
        return (yield from _item(read, start))
    return (yield from read_prose(read, start))


def _item(read: Read, start: int) -> Step:
    if not read.line_start and not read.separated and not read.target:
        return (yield from read_prose(read, start))
    read.line_start = False
    read.result_started = True
    return (yield from read_element(read, start))


def _open(read: Read, start: int, closer: str, *, wrapper: bool = False) -> int:
    read.containers.append(
        Container(closer, read.source.base + start, read.target, wrapper=wrapper)
    )
    read.target = ""
    read.separated = True
    read.line_start = False
    read.from_start = False
    return start + 1


_ARGUMENTS = re.compile(r"""\)|["'\d{]|[^\W\d]\w*\s*[=(]""")
_CODE_IN_LIST = re.compile(r"""[\[({\])}"'#]|[^\W\d]\w*\s*[(,\]]|$""")


def open_container(read: Read, start: int) -> Step:
    """Enter a list, tuple, set, JSON object, or read a dict."""
    source = read.source
    after = yield from blank(source, start + 1)
    yield from head(source, after, markers.LONGEST)
    text = source.text
    opener = text[start]
    rest = text[after : after + markers.LONGEST]
    if not read.target and not _CODE_IN_LIST.match(rest):
        return (yield from read_prose(read, start))
    read.wrote_something = True
    read.result_started = True
    if opener == "{":
        return (yield from open_braces(read, start, after))
    if rest.startswith("]"):
        read.said_nothing = True
    return _open(read, start, {"[": "]", "(": ")"}[opener])


_KEYED = re.compile(r"""(["'])([^"'\n\\]{1,100})\1\s{0,40}:\s{0,40}([\[{])""")


def open_braces(read: Read, start: int, after: int) -> Step:
    """A dict is an item; an object of lists and a set are containers."""
    text = read.source.text
    rest = text[after : after + markers.LONGEST]
    if rest[:1] in ("'", '"'):
        _note_json(read, start)
    keyed = _KEYED.match(rest)
    if rest.startswith("}"):
        read.said_nothing = True
        return _open(read, start, "}")
    if keyed is not None and not _is_field_key(read, keyed[2]):
        opened = _open(read, start, "}")
        read.containers[-1].keyed = True
        return opened
    if re.match(r"[^\W\d]\w*\s*\(", rest):
        return _open(read, start, "}")
    return (yield from read_element(read, start))


def _note_json(read: Read, start: int) -> None:
    root = read.containers[0] if read.containers else None
    in_code = read.target or (root is not None and (root.target or root.wrapper))
    if not in_code and not read.json_noted:
        read.json_noted = True
        read.say(Code.JSON, "JSON was read as if it were code", start, start + 1, Severity.NOTE)


def _is_field_key(read: Read, key: str) -> bool:
    return key in read.context.constructors.field_names or folded(key) in (
        "arguments",
        "args",
        "parameters",
        "fields",
    )
