"""How much is in a dataset: what to compare with its published numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from codeie.datasets._record import Record
from codeie.display import Grid, Label, Part
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["DatasetCounts", "count"]


@dataclass(frozen=True, slots=True)
class DatasetCounts(Outlined):
    """Totals over records, by label.

    Args:
        records: Documents or sentences, whatever one record is.
        mentions: By label, triggers included.
        triggers: Of the mentions, those that are triggers, by label.
        relations: By label.
        events: By label.
        roles: Arguments by role, without details of arguments.
        clusters: By label; ``""`` where clusters have none.
        discontinuous: Mentions of more than one piece.
        unplaced: Mentions that have no place in the text.
        warnings: By name of the oddity.
    """

    records: int
    mentions: Counter[str]
    triggers: Counter[str]
    relations: Counter[str]
    events: Counter[str]
    roles: Counter[str]
    clusters: Counter[str]
    discontinuous: int
    unplaced: int
    warnings: Counter[str]

    def _outline(self) -> Iterable[Part]:
        yield (
            f"{counted(self.records, 'record')}; {counted(self.discontinuous, 'mention')} of more "
            f"than one piece, {self.unplaced:,} without a place in the text"
        )
        kinds = ("mentions", "triggers", "relations", "events", "roles", "clusters", "warnings")
        rows = [
            (kind, Label(label) if label else None, number)
            for kind in kinds
            for label, number in sorted(getattr(self, kind).items())
        ]
        if rows:
            yield Grid(("what", "label", "how many"), rows)


def count(records: Iterable[Record]) -> DatasetCounts:
    """Count what records hold."""
    mentions: Counter[str] = Counter()
    triggers: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    events: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    clusters: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    total = discontinuous = unplaced = 0
    for record in records:
        total += 1
        heads = {event.trigger for event in record.events}
        mentions.update(mention.type for mention in record.mentions)
        triggers.update(mention.type for mention in record.mentions if mention.id in heads)
        discontinuous += sum(len(mention.parts) > 1 for mention in record.mentions)
        unplaced += sum(not mention.parts for mention in record.mentions)
        relations.update(relation.type for relation in record.relations)
        events.update(event.type for event in record.events)
        roles.update(a.role for event in record.events for a in event.arguments)
        clusters.update(cluster.type for cluster in record.clusters)
        warnings.update(warning.oddity.value for warning in record.warnings)
    return DatasetCounts(
        total,
        mentions,
        triggers,
        relations,
        events,
        roles,
        clusters,
        discontinuous,
        unplaced,
        warnings,
    )
