"""Where a damaged item ends, and where the next one begins.

One pass from the item's start, with bounded looking ahead. It follows brackets and strings as
they were probably meant, and stops where something begins that can only be a new item. Beside
that it notes what would make the item whole, a `Repair`, which it never looks at.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, field

from codeie.introspection import ClassSpec, Kind, Naming, TypeSpec
from codeie.parsing.damage.ahead import (
    LOOK,
    closing_run,
    ends_list,
    follows_word,
    goes_on,
    is_apostrophe,
    is_swapped,
)
from codeie.parsing.damage.heads import BrokenHead, breaks, broken_head
from codeie.parsing.damage.repair import Repair
from codeie.parsing.damage.strings import (
    REACH,
    MendedString,
    follows_string,
    mend_string,
    mend_unopened,
)
from codeie.parsing.instances.classes import Constructors
from codeie.parsing.text import markers, tokens
from codeie.parsing.text.buffer import Buffer
from codeie.parsing.text.letters import compiled

__all__ = ["Boundary", "Extent"]


@dataclass(slots=True)
class _Frame:
    """An open bracket."""

    closer: str
    start: int
    spec: ClassSpec | None
    slot: int = 0
    keywords: bool = False
    value: int = -1  # where the value of the current keyword begins
    name: str = ""


@dataclass(slots=True)
class Extent:
    """What the pass found.

    Args:
        end: Index after the item, as far as it goes.
        resume: Index at which reading goes on.
        repair: The changes that would make the item whole.
        cut: Whether the answer ends inside the item.
        lost: Whether the pass gave up: the item is too long, or nests too deep.
        fields_end: Index after the last complete argument of the item; -1 if there is none.
        nested: Complete calls of known classes inside it, as start and end.
    """

    end: int
    resume: int
    repair: Repair
    cut: bool
    lost: bool
    fields_end: int
    nested: list[tuple[int, int]]


_DEEPEST = 64
"""Open brackets beyond which a damaged item is not followed; each closing looks at all."""

_CALL = compiled(rf"({tokens.WORD})[ \t]{{0,8}}\(")
_KEYWORD = compiled(rf"({tokens.WORD})\s{{0,9}}(=(?!=)|:(?=\s*[\"'\[\d]))")
_WORD = compiled(r"[^\W\d]\w*|\d[\w.]*|\.\d\w*")
_PREFIX = re.compile(r"""[rRuUbBfF]{1,2}(?=["'])""")
_APART = compiled(r"(?!\w)")
_OPERATORS = frozenset("=:.-+*/%@&|^~<>!")
_STOP = compiled(r"`{3}|~{3}|(?:class|def)[ \t]|@\w|from[ \t]+\w+[ \t]+import")
_KEYWORDS = frozenset(
    ["for", "if", "in", "is", "and", "or", "not", "else", "lambda", "await", "yield", "async"]
)


@dataclass(slots=True)
class Boundary:
    """The pass over one item.

    Args:
        source: The answer.
        known: The classes.
        naming: What their names mean.
        start: Index of the item.
        stop: Index at which the item is too large.
        around: The closers of the lists around it, outermost first.
    """

    source: Buffer
    known: Constructors
    naming: Naming
    start: int
    stop: int
    around: str
    frames: list[_Frame] = field(default_factory=list)
    repair: Repair = field(default_factory=Repair)
    nested: list[tuple[int, int]] = field(default_factory=list)
    position: int = 0
    last: int = 0  # index after the last token that is no comma
    previous: str = ""  # its kind: "value", "comma", "open", "operator"
    fields_end: int = -1
    breaks: re.Pattern[str] = field(init=False)
    indent: int = -1

    def __post_init__(self) -> None:
        self.position = self.last = self.start
        text = self.source.text
        line = text.rfind("\n", 0, self.start) + 1
        before = text[line : self.start]
        if not before.strip() and (line > 0 or self.source.base == 0):
            self.indent = len(before)
        self.breaks = breaks(self.known)

    def begin_broken(self, head: BrokenHead) -> None:
        """Begin behind a class's name that lacks its parenthesis."""
        self._broken(self.start, head)

    def begin_leftover(self) -> None:
        """Begin inside a call that was closed too early: there is no reading of the rest."""
        self.frames.append(_Frame(")", self.start, None, keywords=True))
        self.repair.doubtful = True
        self.previous = "open"

    def run(self) -> Generator[None, None, Extent]:
        """Go to the item's end."""
        source = self.source
        while True:
            before = self.position
            yield from source.ahead(tokens.after_blank(source.text, before), LOOK)
            text = source.text
            index = tokens.after_blank(text, before)
            if index >= len(text):
                return self._extent(len(text), len(text), cut=True)
            if index >= self.stop or len(self.frames) > _DEEPEST:
                return self._extent(index, index, lost=True)
            line = text.rfind("\n", before, index)
            if line >= 0 and self.frames and self._stops(index, index - line - 1):
                return self._extent(index, index, cut=True)
            if markers.END_MARKER.match(text, index):
                return self._extent(index, index, cut=True)
            called = _CALL.match(text, index)
            if called and self.frames and self._begins(called, index, line):
                return self._closed_before(index)
            if text[index] == "#" and (self.previous == "value" or not mend_unopened(text, index)):
                self.position = yield from source.line_end(index)
                continue
            done = yield from self._token(index, called)
            if done is not None:
                return done

    def _stops(self, index: int, column: int) -> bool:
        """Whether a line begins with what is no part of an item: a fence, "class", "b = "."""
        text = self.source.text
        if _STOP.match(text, index):
            return True
        assigned = markers.ASSIGNED.match(text, index) if column == 0 else None
        return assigned is not None and not self._goes_on_with(assigned)

    def _goes_on_with(self, assigned: re.Match[str]) -> bool:
        """Whether what looks like an assignment is an argument of the item.

        Text in the middle of a keyword leaves the keyword's end at the head of a line, as in
        ``Person(na``, a line of prose, ``me="Ada")``.
        """
        text, start, name = self.source.text, assigned.start(), assigned["names"]
        for spec in [frame.spec for frame in self.frames if frame.spec is not None]:
            if spec.field(name) is not None:
                return True
            for begun in (one.name[: -len(name)] for one in spec.fields if one.name.endswith(name)):
                before = text.rfind(begun, max(self.start, start - LOOK), start)
                if before >= 0 and _APART.match(text, before + len(begun)):
                    return True
        line = text.find("\n", start, start + LOOK)
        line = min(len(text), start + LOOK) if line < 0 else line
        return text[start:line].rstrip().endswith(",") or bool(closing_run(text, start))

    def _begins(self, called: re.Match[str], index: int, line: int) -> bool:
        """Whether a call can only be a new item.

        In ``Person("Ada", Person("Bo")`` the second is one if a person has no field for persons,
        or if it begins a line where the first does.
        """
        spec = self.naming.meant(called[1])
        if spec is None or self.previous in ("open", "operator"):
            return False
        if self.indent >= 0 and line >= 0 and index - line - 1 <= self.indent:
            return True
        frame = self.frames[0]
        if len(self.frames) > 1 or frame.closer != ")":
            return False
        if frame.spec is None and not frame.keywords:
            return False
        slots = frame.spec.positional_fields if frame.spec is not None else ()
        slot = frame.slot if self.previous == "comma" else frame.slot + 1
        takes = not frame.keywords and slot < len(slots) and _takes(slots[slot].type, spec)
        return not takes and not self._inside(index)

    def _inside(self, index: int) -> bool:
        """Whether the brackets that follow close more than the list around the item.

        Where ``Firm("Acme"))]`` follows, the firm is an argument of what is open.
        """
        run = closing_run(self.source.text, index)
        return bool(run) and not self.around.endswith(run[::-1])

    def _closed_before(self, index: int) -> Extent:
        self.repair.missing(self.last, self._closers[::-1])
        return self._extent(self.last, index)

    @property
    def _closers(self) -> str:
        """What would close the brackets that are open, the innermost last."""
        return "".join(frame.closer for frame in self.frames)

    def _extent(
        self,
        end: int,
        resume: int,
        *,
        cut: bool = False,
        doubtful: bool = False,
        lost: bool = False,
    ) -> Extent:
        self.repair.doubtful = self.repair.doubtful or doubtful or cut or lost
        return Extent(end, resume, self.repair, cut, lost, self.fields_end, self.nested)

    def _advance(self, end: int, kind: str) -> None:
        self.position = self.last = end
        self.previous = kind

    def _token(
        self, index: int, called: re.Match[str] | None
    ) -> Generator[None, None, Extent | None]:
        text = self.source.text
        character = text[index]
        if character in "([{":
            self._open(index, None)
        elif character in ")]}":
            return self._close(index)
        elif character in ",;":
            self._comma(index)
        elif called is not None:
            self._missing_comma()
            name = called[1]
            self._open(called.end() - 1, self.naming.meant(name), index)
        elif character == "'" and self.previous == "value" and is_apostrophe(text, index):
            self.repair.doubtful = True
            self.position = index + 1
        elif character in "\"'“”„‟«‘‚" or _PREFIX.match(text, index):
            yield from self._string(index)
        elif self.previous != "value" and (head := broken_head(text, index, self.known)):
            self._broken(index, head)
        elif match := _WORD.match(text, index):
            self._word(index, match)
        elif self.previous != "value" and (unopened := mend_unopened(text, index)):
            self._take_string(unopened)
        elif character in _OPERATORS:
            self.position = index + 1
            self.previous = "operator"
            if character not in "=:-.":
                self.repair.doubtful = True
        else:
            self.repair.doubtful = True
            self.position = index + 1
        return None

    def _broken(self, index: int, head: BrokenHead) -> None:
        if head.bracket >= 0:
            self.repair.taken(head.bracket, "(", self.source.text[head.bracket])
        else:
            self.repair.missing(head.inside, "(")
        self.frames.append(_Frame(")", index, head.spec))
        self.position = self.last = head.inside
        self.previous = "open"

    def _take_string(self, mended: MendedString) -> None:
        self.repair.edits += mended.edits
        self.repair.doubtful = self.repair.doubtful or mended.doubtful
        self._advance(mended.end, "value")

    def _open(self, index: int, spec: ClassSpec | None, start: int = -1) -> None:
        closer = tokens.MATCHING[self.source.text[index]]
        if self.previous == "value" and start < 0:
            self.repair.doubtful = True  # a call or subscript of a value
        self.frames.append(_Frame(closer, index if start < 0 else start, spec))
        self.position = index + 1
        self.previous = "open"

    def _comma(self, index: int) -> None:
        character = self.source.text[index]
        if self.previous in ("comma", "open"):
            self.repair.dropped(index, 1, "a comma too many")
        elif character == ";":
            self.repair.taken(index, ",", "a semicolon")
        if self.frames and self.previous != "comma":
            self.frames[-1].slot += 1
            if len(self.frames) == 1:
                self.fields_end = self.last
        self.position = index + 1
        self.previous = "comma"

    def _missing_comma(self) -> None:
        if self.previous == "value":
            self.repair.missing(self.last, ",")
            if self.frames:
                self.frames[-1].slot += 1

    def _close(self, index: int) -> Extent | None:
        text = self.source.text
        closer = text[index]
        if not self.frames:
            return self._extent(index, index, doubtful=True)
        if self.frames[-1].closer != closer:
            closers = self._closers
            known = closer in closers
            if known and goes_on(text, index, closers, self.around):
                self._stray(index)
                return None
            if ends_list(text, index, closers, self.around):
                return self._closed_before(index)
            if known:
                missing = closers[closers.rindex(closer) + 1 :]
                self.repair.missing(self.last, missing[::-1])
                del self.frames[len(self.frames) - len(missing) :]
            elif len(closers) == 1 and is_swapped(text, index):
                self.repair.taken(index, closers, closer)
            else:
                self._stray(index)
                return None
        frame = self.frames.pop()
        self._advance(index + 1, "value")
        if not self.frames:
            return self._extent(index + 1, index + 1)
        if frame.spec is not None:
            self.nested = [one for one in self.nested if one[0] < frame.start]
            self.nested.append((frame.start, index + 1))
        return None

    def _stray(self, index: int) -> None:
        """A bracket that closes nothing, unless the one that opens a list is missing."""
        frame = self.frames[-1]
        closer = self.source.text[index]
        known = frame.spec.field(frame.name) if frame.spec and frame.name else None
        if known is not None and known.type.is_collection and closer == "]" and frame.value >= 0:
            self.repair.missing(frame.value, "[")
        else:
            self.repair.dropped(index, 1, f"a stray {closer}")
        self.position = index + 1

    def _string(self, index: int) -> Generator[None, None, None]:
        source = self.source
        text = source.text
        if match := tokens.STRING_TOKEN.match(text, index, self.stop):
            yield from source.ahead(match.end(), LOOK)
            text = source.text
            if follows_string(text, match.end()):
                self._advance(match.end(), "value")
                return
        prefix = _PREFIX.match(text, index)
        quote = prefix.end() if prefix else index
        yield from source.ahead(quote, REACH + LOOK)
        mended = mend_string(source.text, quote, self.breaks, self._outside)
        if prefix and mended.edits and "r" in prefix.group().lower():
            self.repair.doubtful = True
        self._take_string(mended)

    def _outside(self, field: str | None) -> str:
        """The brackets to close before a field can be given, or before the next item."""
        closers = self._closers[::-1]
        if field is None:
            return closers
        for count, frame in enumerate(reversed(self.frames)):
            if frame.spec is not None and frame.spec.field(field) is not None:
                return closers[:count]
        return ""

    def _word(self, index: int, match: re.Match[str]) -> None:
        text = self.source.text
        keyword = _KEYWORD.match(text, index)
        if keyword is not None:
            self._ungroup()
        frame = self.frames[-1] if self.frames else None
        if keyword is not None and frame is not None:
            if frame.closer != ")" and keyword[2] == "=":
                self._close_lists()
                frame = self.frames[-1]
            if frame.closer == ")":
                if self.previous == "value":
                    self._missing_comma()
                elif self.previous == "operator":
                    self.repair.doubtful = True
                if keyword[2] == ":":
                    self.repair.taken(keyword.start(2), "=", "a colon")
                frame.keywords = True
                frame.name = keyword[1]
                frame.value = tokens.after_blank(text, keyword.end())
                self.position = keyword.end()
                self.previous = "operator"
                return
        word = match.group()
        if self.previous == "value":
            if word in _KEYWORDS or not word.isalpha():
                self.repair.doubtful = True
            else:
                self.repair.dropped(index, len(word), "a stray word")
            self.position = match.end()
            return
        if not follows_word(text, match.end()):
            unopened = mend_unopened(text, index)
            if unopened is not None:
                self._take_string(unopened)
                return
        self._advance(match.end(), "value")

    def _ungroup(self) -> None:
        """A keyword in a bracket right behind a call's is in one too many: ``Raid((place=``."""
        if len(self.frames) < 2 or self.frames[-2].spec is None:
            return
        group, call = self.frames[-1], self.frames[-2]
        before = self.source.text[group.start - 1 : group.start + 1]
        if group.spec is None and before == "((" and call.slot == 0 and not call.keywords:
            self.repair.dropped(group.start, 1, "a ( too many")
            call.slot = group.slot
            self.frames.pop()

    def _close_lists(self) -> None:
        """A keyword inside a list: the list ended before it, as in ``[Person("Ada"), place=``."""
        if ")" not in self._closers:
            self.repair.doubtful = True
            return
        missing = ""
        while self.frames[-1].closer != ")":
            missing += self.frames.pop().closer
        self.repair.missing(self.last, missing)
        self.frames[-1].slot += 1


def _takes(spec: TypeSpec, given: ClassSpec) -> bool:
    """Whether a field of the type may hold an instance of the class."""
    if spec.kind is Kind.ANY:
        return True
    return any(issubclass(given.cls, cls) for cls in spec.classes())
