"""Where annotators put their mentions, and which of them belong to one relation or event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from codeie import datasets
from codeie.datasets import Record

__all__ = ["DATASETS", "TRAINING", "Gold", "Structure", "read"]

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Structure:
    """A relation or an event: where its fillers are, a trigger first, and the dataset's type."""

    kind: str  # "relation" or "event"
    places: tuple[Place, ...]
    type: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Gold:
    """A text, the places of its mentions in document order, and what they take part in."""

    text: str
    places: tuple[Place, ...]
    structures: tuple[Structure, ...] = ()


def read(name: str, split: str) -> Iterator[Gold]:
    """The texts of a dataset that have mentions; mentions with gaps are left out."""
    for example in datasets.load(name, split=split):
        gold = gold_of(example.record)
        if gold.places:
            yield gold


def gold_of(record: Record) -> Gold:
    places = {
        mention.id: (mention.parts[0].start, mention.parts[0].end)
        for mention in record.mentions
        if len(mention.parts) == 1
    }
    ordered = sorted(set(places.values()), key=lambda place: (place[0], -place[1]))
    structures = dict.fromkeys([*_relations(record, places), *_events(record, places)])
    return Gold(record.document.text, tuple(ordered), tuple(structures))


def _relations(record: Record, places: Mapping[str, Place]) -> Iterator[Structure]:
    for relation in record.relations:
        if relation.head in places and relation.tail in places:
            both = (places[relation.head], places[relation.tail])
            yield Structure("relation", both, relation.type)


def _events(record: Record, places: Mapping[str, Place]) -> Iterator[Structure]:
    triggers = {event.id: event.trigger for event in record.events}
    for event in record.events:
        targets = [event.trigger, *(argument.target for argument in event.arguments)]
        marked = [triggers.get(target or "", target) for target in targets]
        if event.trigger in places:
            there = tuple(places[each] for each in marked if each in places)
            yield Structure("event", there, event.type)


DATASETS = {
    "crossner_ai": "dev",
    "crossner_literature": "dev",
    "crossner_music": "dev",
    "crossner_politics": "dev",
    "crossner_science": "dev",
    "wnut17": "dev",
    "broad_twitter": "dev",
    "bc5cdr": "dev",
    "few_nerd": "dev",
    "harveyner": "dev",
    "tweebank": "dev",
    "mit_movie": "train",
    "mit_restaurant": "train",
    "ncbi_disease": "dev",
    "ncbi_disease_pubtator": "dev",
    "genia_ner": "dev",
    "scierc": "dev",
    "conll04": "dev",
    "ade": "dev",
    "redocred": "dev",
    "semeval2010": "train",
    "casie": "all",
    "phee": "dev",
    "wikievents": "dev",
    "rams": "dev",
    "genia11": "dev",
    "genia13": "dev",
}
"""The development parts, or the training part where there is no other, or all."""

TRAINING = {
    "scierc": "train",
    "conll04": "train",
    "ade": "train",
    "semeval2010": "train",
    "casie": "all",
    "phee": "train",
    "genia11": "train",
    "genia13": "train",
}
"""What the weights of `codeie.grounding` are chosen on."""
