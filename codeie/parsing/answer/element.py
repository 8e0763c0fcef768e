"""One item, whole or damaged: read, repaired, salvaged or reported."""

from __future__ import annotations

from dataclasses import dataclass

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.comprehension import read_comprehension
from codeie.parsing.answer.items import accept, begin, instance_of, take
from codeie.parsing.answer.state import Read
from codeie.parsing.damage.ahead import LOOK
from codeie.parsing.damage.boundary import Boundary, Extent
from codeie.parsing.damage.heads import BrokenHead
from codeie.parsing.expression.code import Unreadable, evaluated
from codeie.parsing.expression.values import BadValue
from codeie.parsing.instances.results import Entry
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.text.brackets import Damage, Scan, scan, scan_all
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = ["read_broken", "read_element", "read_leftover"]

_LARGEST = 8_192  # a repair is tried on items of up to this many code points

_WHY = {
    Damage.NONE: (Code.SYNTAX_ERROR, "the item is not Python"),
    Damage.STRING: (Code.SYNTAX_ERROR, "a quote is missing or in the wrong place"),
    Damage.BRACKET: (Code.SYNTAX_ERROR, "a bracket is missing or of the wrong kind"),
    Damage.CHARACTER: (Code.SYNTAX_ERROR, "a character is not Python"),
    Damage.END: (Code.UNTERMINATED, "the answer ends inside the item"),
    Damage.DEEP: (Code.TOO_DEEP, "brackets or operators are nested beyond the limits"),
    Damage.LARGE: (Code.TOO_LARGE, "the item is longer than the limits allow"),
}


def read_element(read: Read, start: int) -> Step:
    """Read the call or dict at ``start``, and give the index after it."""
    source = read.source
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is Damage.NONE:
        code = source.text[start : found.end]
        try:
            value = evaluated(code, read.evaluator, formatted=found.formatted)
        except Unreadable:
            pass
        else:
            mark, errors = read.report.mark(), read.report.counts[Severity.ERROR]
            read.last.entry = take(read, value, start, found.end)
            read.here.separated = False
            end = found.end
            if read.inside and read.report.counts[Severity.ERROR] > errors:
                end = yield from read_comprehension(read, start, end, mark)
            read.last.end = source.base + end
            return end
    read.said.something = True
    if found.damage is Damage.LARGE:
        return (yield from _pass_over(read, start, found.end, found.damage))
    return (yield from _damaged(read, start, found, _boundary(read, start)))


def _boundary(read: Read, start: int) -> Boundary:
    around = "".join(level.closer for level in read.levels)
    known, naming = read.context.constructors, read.context.naming
    return Boundary(read.source, known, naming, start, read.stop_at(start), around)


def read_broken(read: Read, start: int, head: BrokenHead) -> Step:
    """Read the item at ``start``, a class's name without its opening parenthesis."""
    read.said.something = True
    boundary = _boundary(read, start)
    boundary.begin_broken(head)
    return (yield from _damaged(read, start, Scan(head.inside, Damage.BRACKET), boundary))


def read_leftover(read: Read, start: int) -> Step:
    """Pass over the arguments that follow an item which was closed too early."""
    boundary = _boundary(read, start)
    boundary.begin_leftover()
    extent = yield from boundary.run()
    resume = extent.resume
    if extent.lost:
        resume = yield from _pass_over(read, start, resume, Damage.LARGE)
    read.say(
        Code.SYNTAX_ERROR,
        "these are arguments outside an item, whose closing bracket may be too early; they are "
        "left out",
        min(start, read.last.end - read.source.base),
        extent.end,
    )
    read.last.entry = None
    read.here.separated = True
    return max(resume, start + 1)


def _damaged(read: Read, start: int, found: Scan, boundary: Boundary) -> Step:
    extent = yield from boundary.run()
    if extent.lost:
        return (yield from _pass_over(read, start, extent.resume, found.damage))
    read.wasted += max(0, found.end - extent.resume)
    read.last.entry = None
    read.here.separated = True
    if (repair := _repaired(read, start, extent)) is not None:
        read.last.entry = repair.entry
        read.here.separated = False
    elif not (read.salvage and extent.cut and _salvaged(read, start, extent)):
        code, why = _WHY[found.damage]
        if extent.cut:
            code, why = _WHY[Damage.END]
        _left_out(read, start, extent, code, why)
    read.here.target = ""
    return max(extent.resume, start + 1)


@dataclass(slots=True)
class _Repair:
    """A repair that worked; ``entry`` is ``None`` if its instance is no result."""

    entry: Entry | None


def _left_out(read: Read, start: int, extent: Extent, code: Code, why: str) -> None:
    at = begin(read, start, max(extent.end, start + 1))
    read.context.say(code, f"{why}; it is left out", at)
    for inner_start, inner_end in extent.nested:
        read.say(
            Code.NESTED_IN_BROKEN,
            "this is whole but part of a broken item, so it is no item of its own",
            inner_start,
            inner_end,
            Severity.NOTE,
        )


def _repaired(read: Read, start: int, extent: Extent) -> _Repair | None:
    """The item with its edits, if that is the one reading and nothing is wrong with it."""
    repair = extent.repair
    if not repair.sure:
        return None
    code = repair.applied(read.source.text[start : extent.end], start)
    return _tried(read, code, start, extent.end, f"the item was damaged: {repair.what}")


def _salvaged(read: Read, start: int, extent: Extent) -> bool:
    """The complete fields of a cut item, if they are enough for an instance."""
    if extent.fields_end < 0 or read.source.text[start] == "{":
        return False
    code = f"{read.source.text[start : extent.fields_end]})"
    what = "the answer ends inside the item; its complete fields were kept"
    return _tried(read, code, start, extent.fields_end, what) is not None


def _tried(read: Read, code: str, start: int, end: int, what: str) -> _Repair | None:
    """Read repaired code; whatever is wrong with it takes the repair back."""
    if len(code) > _LARGEST:
        return None
    found = scan_all(code, read.limits)
    if found.damage is not Damage.NONE or found.end != len(code):
        return None
    try:
        value = evaluated(code, read.evaluator, formatted=found.formatted)
    except Unreadable:
        return None
    if isinstance(value, BadValue):
        return None
    ordinal, mark = read.ordinal, read.report.mark()
    at = begin(read, start, end)
    read.context.say(Code.REPAIRED, what, at, Severity.WARNING)
    instance = instance_of(read, value, at)
    trial = read.report.taken_back(mark)
    if instance is FAILED or trial.cost.errors:
        read.ordinal = ordinal
        return None
    read.report.say_again(trial)
    return _Repair(accept(read, instance, start, end, at))


_NEXT = compiled(rf"\n[ \t]{{0,99}}(?:(?P<call>{WORD})[ \t]{{0,8}}(?:\(|=)|[\])}}`]|</|<\|)")


def _pass_over(read: Read, start: int, position: int, damage: Damage) -> Step:
    """Leave out an item that is too large or too deep, up to a line that begins anew."""
    source = read.source
    while True:
        yield from source.ahead(position, LOOK)
        match = _NEXT.search(source.text, position)
        if match is None:
            position = max(position, len(source.text) - 250)
            if not (yield from source.more()):
                end = len(source.text)
                break
        elif match["call"] and read.context.naming.exact(match["call"]) is None:
            position = match.end()
        else:
            end = match.start()
            break
    code, why = _WHY[damage if damage is Damage.DEEP else Damage.LARGE]
    read.say(code, f"{why}; it is left out", start, end)
    read.last.entry = None
    read.here.separated = True
    read.here.target = ""
    return end
