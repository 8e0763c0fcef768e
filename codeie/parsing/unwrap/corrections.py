"""Answers that the model itself replaces: drafts, corrections, the same result once more.

"Reasoning: … Final answer: …", "Wait, that is wrong. …", ``result = […]`` twice. The last answer
counts. Two parts of one result, such as a fence for each class, both do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from codeie.parsing.text.letters import compiled
from codeie.parsing.text.markers import TEXT_NAMES
from codeie.parsing.unwrap.literals import Literals
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Taken, kept

__all__ = ["read_corrections"]

_BEFORE = r"(?:^|(?<=[\n.!?:;*>#)\]`-]))[ \t]{0,9}(?:[*_#>]{1,6}[ \t]{0,3})?"
_FINAL = (
    r"(?:(?:so|thus|therefore|hence|now)[, ]{1,2})?(?:here(?:'s| is| are) )?(?:(?:my|the|our|a) )?"
    r"(?:final|corrected|correct|revised|updated|improved|fixed|actual|amended|proper)"
    r"(?: (?:and|or|final|correct|corrected|complete|python|code|extraction|revised)){0,3}"
    r"(?: (?:answer|result|output|list|extraction|version|code|response|solution|one)s?)"
    r"(?: (?:is|are|should be|would be|follows))?"
    r"|final(?: answer)?[ \t]{0,3}(?:[*_]{1,3})?:|corrected[ \t]{0,3}(?:[*_]{1,3})?:"
    r"|(?:second|third|last) (?:attempt|try|version|draft)"
    r"|endgültige antwort|réponse finale|respuesta final|resposta final|risposta finale"
    r"|最终答案|最終答案|最終回答|最终结果"
)
_REGRET = (
    r"(?:oh |oops|hm+,? |no,? )?(?:wait\b|hold on\b|actually,|correction\b|scratch that|oops\b"
    r"|sorry,|apologies|my mistake|my apologies|my bad\b|on second thought|let me (?:correct|fix|"
    r"revise|redo|try again|rewrite|reconsider|restate|start over)|i (?:made|see) (?:a|an|my) "
    r"(?:mistake|error)|that (?:is|was|'s) (?:wrong|incorrect|not right|not correct|a mistake)"
    r"|that's (?:wrong|incorrect|not right|not correct|a mistake)|i need to (?:correct|fix|revise)"
    r"|i (?:will|'ll|should) (?:correct|fix|revise)|to correct (?:this|that|myself)|edit:|fixed:"
    r"|revised:|updated:|the (?:above|previous|first) (?:answer |list |result |one )?(?:is|was) "
    r"(?:wrong|incorrect)|instead, )"
)
_CHANGE = re.compile(rf"{_BEFORE}(?:(?P<final>{_FINAL})|(?P<regret>{_REGRET}))", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:^|\n)[ \t*_#>]{0,9}(?:reasoning|thoughts?|thinking|analysis|draft|explanation|(?:first|initial) (?:try|"
    r"attempt|draft|answer|version)|rationale|notes?|scratchpad|let's think)\b[ \t*_]{0,5}[:\n]",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?:^|\n)[ \t*_#>]{0,9}|(?<=[.!?] ))(?:answer|result|output|extraction|response)s?[ \t*_]{0,5}:",
    re.IGNORECASE,
)
_MORE = compiled(
    r"\b(?:also|more|another|additional(?:ly)?|missed|missing|forgot|as well|in addition|add(?:ed)?|"
    r"plus|other|others|rest|remaining|continu\w+|second part|part 2)\b",
    re.IGNORECASE,
)
_ECHO = compiled(
    rf"(?:^|\n)[ \t>]{{0,9}}(?:(?:{'|'.join(sorted(TEXT_NAMES))})[ \t]{{0,9}}=(?!=)|Text:|class \w+|def \w+)"
)
_ASSIGNED = compiled(
    r"\n[ \t]{0,12}+(?P<name>[^\W\d]\w{0,99}+)[ \t]{0,9}+(?::[^=\n()#]{1,80})?=[ \t]{0,9}(?=[\[({])"
)
_ASSIGNED_FIRST = re.compile(_ASSIGNED.pattern.replace(r"\n", r"\A", 1))
_PROSE_FIRST = compiled(
    r"(?!\s*+(?:[\[({\"'`#]|[^\W\d]\w{0,99}+(?:\.[^\W\d]\w{0,99}+){0,4}+[ \t]{0,9}+(?::[^=\n]{1,80})?[(=]))"
)
_PROSE = compiled(
    r"\n(?![ \t\r\n]|[\])}\"'`]|[^\W\d]\w{0,99}+(?:\.[^\W\d]\w{0,99}+){0,4}+[ \t]{0,9}+[(=]|$)"
)
_BEHIND = re.compile(r"[\])][.;:!]?[ \t]{1,9}(?!for\b|if\b)[^\W\d]")
"""A line that does not begin as code does, or words behind a bracket; in code there are few.

Two patterns: a search for what begins with one known sign is quick.
"""
_BRACKET = re.compile(r"[\[({\])}]")
_WORD = compiled(r"[^\W\d]\w*")
_AFRESH = re.compile(r"[^,(\[{\s]\s{0,9}\n[ \t]{0,9}\Z")
_OTHERWISE = re.compile(r"\n[ \t]{0,40}(?:except|else|elif|finally)\b")
_HINTS = (
    *("final", "correct", "revised", "updated", "wait", "hold on", "actually", "scratch", "oops"),
    *("sorry", "apolog", "mistake", "my bad", "second thought", "let me", "wrong", "instead"),
    *("edit:", "fixed", "improved", "reasoning", "draft", "thought", "analysis", "first try"),
    *(
        "explanation",
        "attempt",
        "second ",
        "third ",
        "last ",
        "initial",
        "antwort",
        "finale",
        "答",
        "最终",
        "amended",
        "proper",
    ),
    *("rationale", "note", "scratchpad", "thinking"),
)


def read_corrections(text: str, names: Names) -> Taken | None:
    """Keep the last answer, if the model says that it replaces what came before.

    Args:
        text: The answer.
        names: The classes.
    """
    return _said(text, names) or _again(text, names)


def _said(text: str, names: Names) -> Taken | None:
    if not (_PROSE_FIRST.match(text) or _PROSE.search(text) or _BEHIND.search(text)):
        return None
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return None
    if (before := names.call.search(text)) is None:
        return None
    literals = Literals(text)
    changes = _outermost(text, literals.outside(_CHANGE.finditer(text)), literals)
    signs = [one for one in changes if one.start() >= before.end()]
    headed = _HEADED.search(text)
    if headed is not None and headed.start() <= before.start():
        signs += literals.outside(
            one for one in _ANSWER.finditer(text, headed.end()) if one.start() >= before.end()
        )
    for sign in sorted(signs, key=lambda one: one.start(), reverse=True)[:_TRIED]:
        after = _result(text, sign.end(), names, literals)
        if after < 0:
            continue
        if "final" not in (sign.groupdict().get("final") or "").lower() and _MORE.search(
            text, sign.start(), after
        ):
            continue
        if _ECHO.search(text, 0, after) or _uses(text, sign.start(), literals):
            continue
        what = "the model says that another answer counts; what came before was set aside"
        return Taken([kept(text, sign.start(), len(text))], what, sign.start(), sign.end())
    return None


_TRIED = 20


def _result(text: str, start: int, names: Names, literals: Literals) -> int:
    """Where a result begins after a sign: a list, a fence, a call on a line of its own; or -1."""
    form = compiled(
        rf"```|~~~|(?<![\w.])\[\s{{0,40}}(?:{names.words}\s?\(|\])|(?:^|\n|: ?)[ \t]{{0,9}}(?:[-*•\d.)]{{1,4}}[ \t])?"
        rf"(?:\w{{1,40}}[ \t]?=[ \t]?)?\[?[ \t\n]{{0,40}}(?:{names.words}\(|\{{[\"']|\])"
    )
    found = next(literals.outside(form.finditer(text, start)), None)
    return found.start() if found is not None else -1


def _uses(text: str, start: int, literals: Literals) -> bool:
    """Whether the answer after a place uses names that are assigned before it."""
    assigned = {
        one["name"]
        for one in re.finditer(
            r"^[ \t]{0,12}(?P<name>[^\W\d]\w{0,99})[ \t]{0,9}=", text[:start], re.M
        )
    }
    if not assigned:
        return False
    later = (
        one for one in literals.outside(_WORD.finditer(text, start)) if one.group() in assigned
    )
    return any(
        not re.match(r"[ \t]{0,9}(?::[^=\n]{1,80})?=(?!=)", text[one.end() : one.end() + 100])
        for one in later
    )


def _again(text: str, names: Names) -> Taken | None:
    """The same name assigned once more, outside everything else, to a list of the same classes."""
    if "=" not in text:
        return None
    found = [*_ASSIGNED_FIRST.finditer(text, 0, 200), *_ASSIGNED.finditer(text)]
    if len(found) < 2 or len({one["name"] for one in found}) == len(found):
        return None
    literals = Literals(text)
    statements: dict[str, list[tuple[int, int]]] = {}
    for one in _outermost(text, literals.outside(iter(found)), literals, group="name"):
        statements.setdefault(one["name"], []).append((one.start("name"), -1))
    starts = sorted(place[0] for places in statements.values() for place in places)
    drop: list[tuple[int, int]] = []
    for name, places in statements.items():
        if len(places) < 2:
            continue
        spans = [(start, _end(text, start, literals)) for start, _ in places]
        drop += _replaced(text, name, spans, names, literals)
    if not drop or _ECHO.search(text, starts[0]):
        return None
    drop.sort()
    pieces = []
    position = 0
    for start, end in drop:
        pieces.append(kept(text, position, start))
        position = max(position, end)
    pieces.append(kept(text, position, len(text)))
    what = "the same name is assigned again; the last one counts"
    return Taken(pieces, what, drop[0][0], drop[-1][1])


def _outermost(
    text: str,
    found: Iterable[re.Match[str]],
    literals: Literals,
    group: str | int = 0,
) -> Iterator[re.Match[str]]:
    """Those of some matches, in order, that stand in no bracket, or on a line begun afresh.

    A keyword on a line of its own is no assignment, and a word in the middle of an item is
    damage; but a list that was never closed does not hold the line after its last item.
    """
    brackets = literals.outside(_BRACKET.finditer(text))
    bracket = next(brackets, None)
    depth = 0
    for one in found:
        start = one.start(group)
        while bracket is not None and bracket.start() < start:
            depth = depth + 1 if bracket.group() in "[({" else max(0, depth - 1)
            bracket = next(brackets, None)
        if depth == 0 or _AFRESH.search(text, max(0, start - 20), start):
            yield one


def _end(text: str, start: int, literals: Literals) -> int:
    """Where the statement at a place ends: its brackets are closed; else at the text's end."""
    depth = 0
    for bracket in literals.outside(_BRACKET.finditer(text, start)):
        depth += 1 if bracket.group() in "[({" else -1
        if depth == 0:
            return bracket.end()
    return len(text)


def _replaced(
    text: str, name: str, spans: Sequence[tuple[int, int]], names: Names, literals: Literals
) -> list[tuple[int, int]]:
    """The earlier ones of some statements, but for those of other classes than the last."""
    last = spans[-1]
    itself = compiled(rf"(?<![\w.]){re.escape(name)}(?!\w)(?!\s*=)")
    for start, end in spans[1:]:
        inside = itself.finditer(text, start + len(name), end)
        if next(literals.outside(inside), None) is not None:
            return []  # it goes on from what was there
    own = _classes(text, last, names)
    if not own and _OTHERWISE.search(text, spans[-2][1], last[0]):
        return []  # what holds if the other fails says nothing of this text
    return [
        span
        for span in spans[:-1]
        if (there := _classes(text, span, names)) and (not own or there & own)
    ]


def _classes(text: str, span: tuple[int, int], names: Names) -> set[str]:
    return {one.group().rpartition(".")[2] for one in names.call.finditer(text, *span)}
