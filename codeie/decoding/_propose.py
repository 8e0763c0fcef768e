"""Spans of a text that could be mentions, found without a model.

A model of 135 million parameters cannot write a list of mentions by itself, but it can tell
what a given string is. So spans are proposed from how the text is written: runs of words with
capitals and what they are made of, numbers, and, where the schema's own examples or the
demonstrations are written in lower case, short runs of lower-case words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeie.sentences import sentence_ends
from codeie.types import Span

__all__ = ["WORD", "Candidate", "Writing", "propose", "sentences", "writing_of"]

# Letters with stops between them ("U.S.", "N.Y."); an abbreviation that a sentence goes on
# behind ("Ga. ,"); a word with what holds its parts together.
WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z][a-z]{1,3}\.(?=\s*[,;)a-z])|[@#]?\w+(?:[’'\-./&]\w+)*(?:\.(?=[A-Z]\.|,))?",
    re.UNICODE,
)
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
_WHOLE = 4  # words of a name of which every part is proposed; of a longer one only its ends are
_SOME = 0.15  # of the mentions: with so many that end in lower case, all such words are looked at
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
        whole: Whether no word beside it is written like a name, so that it is no part of one.
    """

    span: Span
    string: str
    capital: bool
    initial: bool
    digits: bool
    words: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """How the mentions of a schema are written, learned from its examples and demonstrations.

    Args:
        lower: Whether mentions may be written in lower case.
        digits: Whether mentions may be numbers.
        joining: Lower-case words that stand inside mentions, besides those that stand inside
            names everywhere.
        ending: Lower-case words that mentions written with capitals end with ("election").
    """

    lower: bool = False
    digits: bool = False
    joining: frozenset[str] = frozenset()
    ending: frozenset[str] = frozenset()


def writing_of(mentions: Iterable[str]) -> Writing:
    """How mentions are written."""
    known = list(mentions)
    lower = 0
    joining: set[str] = set()
    ending: set[str] = set()
    for one in known:
        words = [match.group() for match in WORD.finditer(one)]
        lower += bool(words) and words[-1].islower() and _content(words[-1])
        if not any(map(_names, words)):
            continue
        joining.update(word for word in words[1:-1] if word in _CLOSED)
        if words[-1].islower() and _content(words[-1]):
            ending.update(word for word in words if word.islower() and _content(word))
    return Writing(
        lower=lower > _SOME * len(known),
        digits=any(one[:1].isdigit() for one in known),
        joining=frozenset(joining) - _JOINING,
        ending=frozenset(ending),
    )


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
            whole=not _goes_on(text, words, first, last),
        )
        if len(found) >= _MOST:
            break
    return sorted(found.values(), key=lambda candidate: candidate.span)


def _runs(text: str, words: list[re.Match[str]], writing: Writing) -> Iterator[tuple[int, int]]:
    # What is likeliest comes first: there is room for 40.
    names = list(_names_in(text, words, writing))
    for start, end in names:
        yield from _pieces(words, start, end)
    for index, word in enumerate(words):
        if writing.digits and word.group()[:1].isdigit():
            yield index, index
    if writing.lower:
        yield from _lower_runs(text, words)
    for start, end in names:
        yield from _parts(words, start, end)


def _names_in(text: str, words: list[re.Match[str]], writing: Writing) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(words):
        if not _names(words[index].group()):
            index += 1
            continue
        end = _run_end(text, words, index, writing)
        yield index, end
        index = end + 1


def _run_end(text: str, words: list[re.Match[str]], start: int, writing: Writing) -> int:
    end = start
    index = start + 1
    while index < len(words) and index - start < _LONGEST:
        gap = text[words[index - 1].end() : words[index].start()]
        if gap.strip(" \t\n.&-") or gap.strip() not in ("", ".", "&", "-"):
            break
        if "." in gap and len(words[index - 1].group()) > 3:
            break
        word = words[index].group()
        if (
            _names(word)
            or word in writing.ending
            or (word.isdigit() and end == index - 1 and len(word) < 4)
        ):
            end = index
        elif word not in _JOINING and word not in writing.joining:
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
    if start and words[start - 1].group().isdigit() and len(words[start - 1].group()) == 4:
        yield start - 1, end  # "1954 Australian federal election"
    if start < end and _names(words[start + 1].group()):
        yield start + 1, end  # "President Warren Harding": titles are not part of names
    # "Irène and Marie": two names, or one ("Procter and Gamble"); let the model decide.
    pieces = _between_joints(words, start, end)
    for first in range(len(pieces)):
        for last in range(first, min(first + 3, len(pieces))):
            yield pieces[first][0], pieces[last][1]


def _between_joints(words: list[re.Match[str]], start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    begin = start
    for index in range(start, end + 1):
        if words[index].group() in _CLOSED or words[index].group() in _JOINING:
            if index > begin:
                pieces.append((begin, index - 1))
            begin = index + 1
    if begin <= end:
        pieces.append((begin, end))
    return pieces


def _parts(words: list[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of names without joints: all of a short one, else its ends."""
    for first, last in _between_joints(words, start, end):
        count = last - first + 1
        for length in range(count - 1, 0, -1):
            for begin in range(first, last - length + 2):
                if count <= _WHOLE or begin == first or begin + length - 1 == last:
                    yield begin, begin + length - 1


def _goes_on(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    before = (
        first > 0
        and not text[words[first - 1].end() : words[first].start()].strip()
        and _names(words[first - 1].group())
        and words[first - 1].group().lower() not in _CLOSED
    )
    after = (
        last + 1 < len(words)
        and not text[words[last].end() : words[last + 1].start()].strip()
        and _names(words[last + 1].group())
    )
    return before or after


def _lower_runs(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    for start, first in enumerate(words):
        if not _content(first.group()) and not _hyphen(text, words, start + 1):
            continue
        yield start, start
        for end in range(start + 1, min(start + 4, len(words))):
            hyphen = _hyphen(text, words, end)
            gap = text[words[end - 1].end() : words[end].start()]
            if not hyphen and (gap.strip(" \n") or not _content(words[end].group())):
                break
            yield start, end


def _hyphen(text: str, words: list[re.Match[str]], index: int) -> bool:
    """Whether a hyphen with spaces holds a word to the one before, as in "T - cell"."""
    return (
        0 < index < len(words)
        and text[words[index - 1].end() : words[index].start()].strip() == "-"
    )


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
