"""Which spans of a sentence could be mentions at all.

A model of 135 million parameters cannot write a list of mentions by itself, but it can tell
what a given string is. So spans are proposed from how the text is written: runs of words with
capitals, numbers, quoted titles, and, where the schema's own examples are written in lower
case, short runs of lower-case words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeie.sentences import sentence_ends
from codeie.types import Span

__all__ = ["WORD", "Candidate", "Writing", "propose", "sentences"]

WORD = re.compile(r"[@#]?\w+(?:[’'\-./&]\w+)*(?:\.(?=[A-Z]\.|,))?", re.UNICODE)
# Words that may stand inside a name ("Academy of Sciences", "Ludwig van Beethoven").
_JOINING = frozenset(
    """of the de la le du des del della di da do dos van von der den het ter af av og und et y e
    and al el bin ibn ben""".split()  # noqa: SIM905 - a list of words reads best as one
)
# Words that begin no name when a sentence begins with them, and end no mention.
_CLOSED = frozenset(
    """a an the and or but nor so yet if then than that this these those there here i you he she it
    we they me him her us them my your his its our their who whom whose which what when where why
    how is am are was were be been being do does did done have has had having will would shall
    should can could may might must not no of in on at by for with from to into onto over under
    after before during between among about against through without within upon as because while
    although also only just very more most much many some any each every all both such own same
    other another one two three four five six seven eight nine ten later again still even too out
    up down off however meanwhile since until never always often""".split()  # noqa: SIM905
)
_LONGEST = 8  # words; longer names are rare and cost a call each
_MOST = 40  # candidates of one sentence: bounds the work on a text of capitals only
_SENTENCE = 600  # code points: the model's context bounds what one prompt may hold


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that could be a mention, and how it is written.

    Args:
        span: Where it is in the text, in code points.
        string: What it says.
        capital: Whether its first letter is a capital.
        initial: Whether it begins its sentence, where a capital says nothing.
        digits: Whether it holds a digit.
        words: How many words it has.
    """

    span: Span
    string: str
    capital: bool
    initial: bool
    digits: bool
    words: int


@dataclass(frozen=True, slots=True)
class Writing:
    """How the mentions of a schema are written, learned from its own examples.

    Args:
        lower: Whether mentions may be written in lower case.
        digits: Whether mentions may be numbers.
    """

    lower: bool = False
    digits: bool = False


def sentences(text: str) -> Iterator[Span]:
    """Cut a text into sentences of bounded length; blank stretches are left out.

    A stretch that has no sentence's end is cut at white space.
    """
    start = 0
    for end in [*sentence_ends(text), len(text)]:
        yield from _bounded(text, start, end)
        start = end


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = end
        if end - start > _SENTENCE:
            space = text.rfind(" ", start + 1, start + _SENTENCE)
            stop = space if space > start else start + _SENTENCE
        piece = text[start:stop]
        if piece.strip():
            yield Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        start = stop


def propose(text: str, sentence: Span, writing: Writing = Writing()) -> list[Candidate]:
    """The spans of one sentence that could be mentions, in order, at most 40.

    Args:
        text: The whole text.
        sentence: The sentence's place in it.
        writing: How the schema's mentions are written.
    """
    words = list(WORD.finditer(text, sentence.start, sentence.end))
    found: dict[tuple[int, int], Candidate] = {}
    for first, last in _runs(text, words, writing):
        start, end = words[first].start(), words[last].end()
        start, end = _trimmed(text, start, end)
        if start >= end or (start, end) in found:
            continue
        string = text[start:end]
        found[start, end] = Candidate(
            span=Span(start, end),
            string=string,
            capital=any(map(str.isupper, string)) or _unicameral(string),
            initial=first == 0,
            digits=any(map(str.isdigit, string)),
            words=last - first + 1,
        )
        if len(found) >= _MOST:
            break
    return sorted(found.values(), key=lambda candidate: candidate.span)


def _runs(text: str, words: list[re.Match[str]], writing: Writing) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(words):
        if not _names(words[index].group()):
            index += 1
            continue
        end = _run_end(text, words, index)
        yield from _pieces(words, index, end)
        index = end + 1
    for index, word in enumerate(words):
        if writing.digits and word.group()[:1].isdigit():
            yield index, index
    if writing.lower:
        yield from _lower_runs(text, words)


def _run_end(text: str, words: list[re.Match[str]], start: int) -> int:
    end = start
    index = start + 1
    while index < len(words) and index - start < _LONGEST:
        gap = text[words[index - 1].end() : words[index].start()]
        if gap.strip(" \t\n.&"):
            break
        if "." in gap and len(words[index - 1].group()) > 3:
            break
        if _names(words[index].group()) or (
            words[index].group().isdigit() and end == index - 1 and len(words[index].group()) < 4
        ):
            end = index
        elif words[index].group() not in _JOINING:
            break
        index += 1
    return end


def _pieces(words: list[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    # A function word that begins the sentence is not part of the name that follows it.
    if start == 0:
        while start <= end and words[start].group().lower() in _CLOSED:
            start += 1
        if start > end:
            return
    yield start, end
    if start < end and _names(words[start + 1].group()):
        yield start + 1, end  # "President Warren Harding": titles are not part of names
    joints = [index for index in range(start + 1, end) if not _names(words[index].group())]
    if joints:
        # "Irène and Marie": two names, or one ("Procter and Gamble"); let the model decide.
        begin = start
        for joint in joints:
            if joint > begin:
                yield begin, joint - 1
            begin = joint + 1
        yield begin, end


def _lower_runs(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for start, first in enumerate(words):
        if not _content(first.group()):
            continue
        yield start, start
        for end in range(start + 1, min(start + 3, len(words))):
            gap = text[words[end - 1].end() : words[end].start()]
            if gap.strip(" \n") or not _content(words[end].group()):
                break
            yield start, end


def _content(word: str) -> bool:
    return len(word) > 2 and word.lower() not in _CLOSED and not word.isdigit()


def _names(word: str) -> bool:
    first = word.lstrip("@#")[:1]
    return word[:1] in "@#" or first.isupper() or first.istitle() or _unicameral(word)


def _unicameral(word: str) -> bool:
    # A script without capitals (Chinese, Arabic, Hindi …) cannot tell names by them.
    return any(map(str.isalpha, word)) and word.lower() == word.upper()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    # A possessive belongs to no name.
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end
