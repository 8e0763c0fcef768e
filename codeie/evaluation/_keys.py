"""From a policy to what makes two values the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from codeie.evaluation._policy import Policy
from codeie.evaluation._units import ArgumentUnit, EventUnit, MentionUnit, RelationUnit

__all__ = ["Keys"]

_PUNCTUATION = re.compile(r"[^\w\s]")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"\S+\s*\Z")


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes keys under a policy: values with equal keys match.

    Args:
        policy: The switches.
        text: The document's text, where the policy needs it.
    """

    policy: Policy
    text: str = ""

    def place(self, mention: MentionUnit) -> Hashable:
        """What a mention is, without its type: its offsets or its string."""
        if self.policy.by == "string":
            return self.string(mention)
        parts = mention.parts
        if not parts:
            # Not in the text, so it is at no place, and equal to nothing that is at one.
            return ("nowhere", self.string(mention))
        if self.policy.head_match:
            last = parts[-1]
            head = _LAST_WORD.search(mention.string)
            length = len(head.group().rstrip()) if head else len(last)
            return (max(last.start, last.end - length), last.end)
        return tuple((part.start, part.end) for part in parts)

    def string(self, mention: MentionUnit, *, entity: bool = False) -> str:
        """The string of a mention, stripped, and folded where case does not count."""
        string = " ".join(mention.string.split())
        case = self.policy.case
        if case == "ignore" or (entity and case == "ignore-in-entities"):
            string = string.casefold()
        if self.policy.loose_strings:
            string = _loosened(string)
        return string.rsplit(" ", 1)[-1] if self.policy.head_match else string

    def entity(self, mention: MentionUnit) -> Hashable:
        """Place and type of an entity that stands for itself."""
        if self.policy.by == "string":
            return (mention.type, self.string(mention, entity=True))
        return self.mention(mention)

    def mention(self, mention: MentionUnit) -> Hashable:
        """Place and type."""
        return (mention.type, self.place(mention))

    def relation(self, relation: RelationUnit, *, typed: bool) -> Hashable:
        """Relation type and both arguments; their entity types too where ``typed``."""
        ends = [
            self.mention(end) if typed else self.place(end)
            for end in (relation.head, relation.tail)
        ]
        if relation.type in self.policy.symmetric:
            ends.sort(key=repr)
        return (relation.type, *ends)

    def trigger(self, event: EventUnit, *, typed: bool) -> Hashable:
        """The trigger's place; the event's type too where ``typed``."""
        place = self.place(event.trigger) if event.trigger is not None else None
        return (event.type, place) if typed else place

    def argument(self, argument: ArgumentUnit, *, typed: bool) -> Hashable:
        """Event type and place; the role too where ``typed``; the trigger if conditional."""
        key: tuple[Hashable, ...] = (argument.event, self.place(argument.mention))
        if typed:
            key = (*key, argument.role)
        if self.policy.conditional:
            trigger = argument.trigger
            key = (*key, self.place(trigger) if trigger is not None else None)
        return key

    def in_text(self, mention: MentionUnit) -> bool:
        """Whether the text holds the mention, as the policy compares strings."""
        if mention.parts:
            return True
        return self.occurrences(mention) > 0

    def occurrences(self, mention: MentionUnit) -> int:
        """How often the mention's string stands in the text."""
        string, text = mention.string.strip(), self.text
        if not string:
            return 0
        if self.policy.case != "keep":
            string, text = string.casefold(), text.casefold()
        return text.count(string)

    def surplus(self, keys: Iterable[Hashable], mentions: Iterable[MentionUnit]) -> set[int]:
        """Indices of values predicted more often than their string occurs in the text."""
        seen: Counter[Hashable] = Counter()
        over = set()
        for index, (key, mention) in enumerate(zip(keys, mentions, strict=True)):
            seen[key] += 1
            if seen[key] > max(1, self.occurrences(mention)):
                over.add(index)
        return over


def _loosened(string: str) -> str:
    # A string of nothing else stays as it is: it must not equal every other such string.
    kept = " ".join(_ARTICLE.sub(" ", _PUNCTUATION.sub("", string)).split())
    return kept or string
