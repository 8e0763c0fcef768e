"""What annotation tools show of an extraction, and the rest, which comes back with it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from codeie.datasets import to_instances
from codeie.exchange._record import own_labels, record_of
from codeie.exchange._told import Lost
from codeie.extraction import Extraction
from codeie.grounding import Grounded
from codeie.introspection import Classes
from codeie.viewable import Outlined

__all__ = ["Sent"]


@dataclass(frozen=True, slots=True)
class Sent(Outlined):
    """An extraction as a tool shows it, and what the tool does not show.

    A tool shows mentions, relations and events by their places (see `to_record`). What else an
    item says, such as a number beside a name, or how sure it is, does not come back from there.

    Args:
        shown: Its items as the tool shows them, each with all that it said before. An entity
            that only stood in a relation is one of its own here, as in the tool.
        whole: Those items by class and places.
    """

    shown: Extraction[Any]
    whole: dict[Hashable, Grounded[Any]]

    @classmethod
    def of(cls, extraction: Extraction[Any], schema: Classes) -> Sent:
        """What is shown of an extraction of some classes."""
        labels = own_labels(schema)
        whole: dict[Hashable, Grounded[Any]] = {}
        for item in extraction.items:
            alone = Extraction(extraction.document, (item,))
            made = to_instances(record_of(alone, Lost("a record")), labels).gold
            same = [each for each in made if type(each.value) is type(item.value)]
            if same:
                whole.setdefault(_places(same[-1]), item)
        record = record_of(extraction, Lost("a record"))
        sent = cls(replace(extraction, items=to_instances(record, labels).gold), whole)
        return replace(sent, shown=sent.completed(sent.shown))

    def completed(self, corrected: Extraction[Any]) -> Extraction[Any]:
        """What came back, with all that was known of the items that were left as they were."""
        items = tuple(self.whole.get(_places(item), item) for item in corrected.items)
        return replace(corrected, items=items)


def _places(item: Grounded[Any]) -> Hashable:
    parts = tuple((one.path, one.span, one.parts) for one in item.mentions)
    return type(item.value), parts
