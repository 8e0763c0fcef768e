"""The text word by word with a tag after each, as GNER writes it.

``Ada(B-Person) Lovelace(I-Person) joined(O) Acme(B-Company) .(O)``: all words are said, those that
are in no mention too, so a model decides about each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.grounding import ground
from codeie.introspection import Schema
from codeie.parsing import Call, says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.pieces import Reading
from codeie.syntaxes.retold import Retold, exact_place, retold, say_changes, words_of

__all__ = ["Tagged"]

_TAG = compiled(r"\((?:(?P<place>[BI])-(?P<name>\w{1,200})|O)\)", re.IGNORECASE)
_CUT = compiled(r"\((?:[BI](?:-\w*)?|O)?\Z", re.IGNORECASE)
_SAID = re.compile(r"\S+")
_OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Tagged(Retold):
    """Each word of the text with its tag: ``B-`` or ``I-`` and a class, or ``O``.

    It expresses mentions that do not overlap and begin and end with a word.

    Args:
        text: The text.
    """

    text: str

    name: ClassVar[str] = "tagged"

    def marked(self, instances: Sequence[object], schema: Schema) -> tuple[str, list[str]]:
        """See `Retold.marked`; only mentions have tags, and no word has two."""
        words = words_of(self.text)
        begins = {word.start(): number for number, word in enumerate(words)}
        ends = {word.end(): number for number, word in enumerate(words, 1)}
        tags = [_OUTSIDE] * len(words)
        left_out: list[str] = []
        for item in ground(instances, self.text, schema=schema, repeats="keep", fuzzy=False):
            spec = schema.of(type(item.value))
            span = exact_place(item, 0, self.text) if item.mentions else None
            why = ""
            if spec is None or not is_string(spec):
                why = "it is no mention"
            elif span is None:
                why = "the text does not have it word for word"
            elif span.start not in begins or span.end not in ends:
                why = "it begins or ends inside of a word"
            else:
                first, last = begins[span.start], ends[span.end]
                if set(tags[first:last]) == {_OUTSIDE}:
                    tags[first:last] = [f"I-{spec.name}"] * (last - first)
                    tags[first] = f"B-{spec.name}"
                    continue
                why = "it overlaps another mention"
            left_out.append(f"{item.value!r:.80} cannot be tagged: {why}")
        return " ".join(
            f"{word[0]}({tag})" for word, tag in zip(words, tags, strict=True)
        ), left_out

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; the words that differ from the text's are told."""
        tagging = _Tagging(reading)
        for tag in _TAG.finditer(reading.answer):
            tagging.tag(tag)
        tagging.end()
        if not tagging.tagged:
            if says_nothing(reading.answer, silence=True):
                reading.said_nothing = True
            else:
                reading.say(Code.NO_CODE, "the answer holds no word with a tag: word(O)")
            return
        plain = " ".join(tagging.words)
        retelling = retold(plain, self.text)
        for each in tagging.mentions:
            span = retelling.place(each.first, each.last)
            string = plain[each.first : each.last] if span is None else span.of(self.text)
            stretch = (each.begin, each.end)
            reading.calls.append(Call(each.name, [(None, string)], *stretch))
            spec = reading.naming.meant(each.name)
            if span is not None and spec is not None and is_string(spec):
                reading.places[stretch] = {spec.init_fields[0].name: span}
        say_changes(reading, retelling, marked=bool(tagging.mentions))


@dataclass(slots=True)
class _Mention:
    """Words in a row with the tags of one mention.

    Args:
        name: The class as written.
        begin: Where its first word is in the answer.
        end: Where its last tag ends there.
        first: Where it begins in the words without tags, joined by spaces.
        last: Where it ends there.
    """

    name: str
    begin: int
    end: int
    first: int
    last: int


class _Tagging:
    """The words and mentions of an answer, tag by tag."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words: list[str] = []
        self.mentions: list[_Mention] = []
        self.tagged = False
        self._length = 0  # of the words joined by spaces
        self._position = 0
        self._goes_on = False
        self._untagged: list[int] = []

    def tag(self, tag: re.Match[str]) -> None:
        """A tag, and the words since the last one, of which it is the last one's."""
        self.tagged = True
        words = list(_SAID.finditer(self.reading.answer, self._position, tag.start()))
        self._position = tag.end()
        for word in words[:-1]:
            self._add(word[0])
            self._untagged.append(word.start())
            self._goes_on = False
        first = self._add(words[-1][0]) if words else self._length
        begin = words[-1].start() if words else tag.start()
        name = tag["name"]
        if not name or not words:
            self._goes_on = False
            return
        same = self._goes_on and self.mentions[-1].name == name
        if tag["place"] in "Ii" and same:
            self.mentions[-1].end, self.mentions[-1].last = tag.end(), self._length
            return
        if tag["place"] in "Ii":
            message = f"{tag[0]} goes on with no mention before it; it is taken to begin one"
            self.reading.say(Code.REPAIRED, message, begin, tag.end(), Severity.WARNING)
        self.mentions.append(_Mention(name, begin, tag.end(), first, self._length))
        self._goes_on = True

    def end(self) -> None:
        """What follows the last tag, and what is wrong with the tags."""
        rest = self.reading.answer[self._position :]
        cut = _CUT.search(rest)
        if cut is not None and self.tagged:
            message = "the answer ends inside of a tag; its word is taken to be in no mention"
            self.reading.say(Code.UNTERMINATED, message, self._position + cut.start())
            rest = rest[: cut.start()]
        for word in _SAID.finditer(rest):
            self._add(word[0])
            if cut is None:
                self._untagged.append(self._position + word.start())
        if self._untagged and self.tagged:
            count = len(self._untagged)
            words = "1 word has" if count == 1 else f"{count:,} words have"
            message = f"{words} no tag and counts as in no mention"
            self.reading.say(Code.REPAIRED, message, self._untagged[0], severity=Severity.WARNING)

    def _add(self, word: str) -> int:
        """Add a word; where it begins."""
        first = self._length + bool(self.words)
        self.words.append(word)
        self._length = first + len(word)
        return first
