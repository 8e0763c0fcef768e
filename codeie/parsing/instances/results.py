"""The instances of one answer that are results: what was asked for, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.diagnostics import Code, Position, Severity
from codeie.parsing._result import ParsedItem
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.where import At

__all__ = ["Entry", "Results"]


@dataclass(slots=True)
class Entry:
    """An item that was read, and whether it was taken back later."""

    item: ParsedItem
    withdrawn: bool = False


@dataclass(slots=True)
class Results:
    """Keeps what was asked for, within the limits, and says what it leaves out.

    Args:
        context: The item at hand.
        entries: What was kept, in order.
        full: Whether there was more than the limits allow.
    """

    context: Context
    entries: list[Entry] = field(default_factory=list)
    full: bool = False
    _seen: dict[int, list[object]] = field(default_factory=dict)

    def add(
        self, instance: object, said: str, position: Position, at: At, *, named: bool = False
    ) -> Entry | None:
        """Keep an instance if it is a result.

        Args:
            instance: What was built.
            said: Its code, or the words that say it; the same instance said in other words
                is no repetition.
            position: Its place.
            at: The item.
            named: Whether a name stands for it, so that it may be a part of others.
        """
        context = self.context
        if type(instance) not in context.constructors.requested:
            if not named:
                context.say(
                    Code.UNREQUESTED_CLASS,
                    f"{type(instance).__name__} was not asked for, only as a part of other "
                    "classes; it is left out",
                    at,
                    Severity.WARNING,
                )
            return None
        if len(self.entries) >= context.limits.max_items:
            message = f"more than {context.limits.max_items:,} items; the rest is left out"
            context.say(Code.TOO_LARGE, message, at)
            self.full = True
            return None
        context.remember(instance)
        words = hash(said)
        earlier = self._seen.get(words)
        if earlier is None:
            self._seen[words] = [instance]
        elif instance in earlier:
            context.say(
                Code.DUPLICATE_ITEM,
                "an equal item was read before; both are kept, as a text may say a thing twice",
                at,
                Severity.NOTE,
            )
        else:
            earlier.append(instance)
        entry = Entry(ParsedItem(instance, position))
        self.entries.append(entry)
        return entry

    @property
    def kept(self) -> list[ParsedItem]:
        """The items that were not taken back."""
        return [entry.item for entry in self.entries if not entry.withdrawn]

    def withdraw(self, reason: str) -> None:
        """Take back all items read so far."""
        message = f"the item is left out: {reason}"
        for entry in self.entries:
            if not entry.withdrawn:
                entry.withdrawn = True
                place = entry.item.position
                self.context.report.add(Code.REPAIRED, message, place, Severity.WARNING)
