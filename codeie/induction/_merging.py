"""Classes that were proposed more than once, brought to one each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codeie.induction._clusters import canonical
from codeie.introspection import ClassDraft, FieldDraft
from codeie.selection import Embed
from codeie.viewable import Outlined

__all__ = ["Proposal", "merged"]

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Proposal(Outlined):
    """A class, and how it came about.

    Args:
        draft: The class.
        rounds: In how many rounds it was proposed.
        names: Under which names.
        seen: How often its examples stand in the texts that were read.
    """

    draft: ClassDraft
    rounds: int
    names: tuple[str, ...]
    seen: int = 0


def merged(
    rounds: Sequence[Sequence[ClassDraft]],
    texts: Sequence[str],
    *,
    threshold: float,
    embed: Embed | None,
) -> list[Proposal]:
    """The classes of several rounds, those that mean the same as one, the most often proposed first.

    Things and relations are never one. A class has the name that most rounds gave it, the
    guideline that goes with that name, the fields that at least half of its proposals have, and the
    examples that stand in the texts.
    """
    found: list[Proposal] = []
    for marker in ("Entity", "Relation", "Event", ""):
        drafts = [
            (number, draft)
            for number, each in enumerate(rounds)
            for draft in each
            if draft.marker == marker
        ]
        named = canonical((one.name for _, one in drafts), threshold=threshold, embed=embed)
        for name in dict.fromkeys(named.values()):
            mine = [(number, one) for number, one in drafts if named[one.name] == name]
            found.append(_one(name, [one for _, one in mine], texts, len({n for n, _ in mine})))
    names = {one_name: each.draft.name for each in found for one_name in each.names}
    renamed = [_with_types(each, names) for each in found]
    return sorted(renamed, key=lambda each: (-each.rounds, -each.seen))


def _one(name: str, drafts: Sequence[ClassDraft], texts: Sequence[str], rounds: int) -> Proposal:
    own = [draft for draft in drafts if draft.name == name]
    guideline = max((draft.guideline for draft in own), key=len)
    counts = Counter(field.name for draft in drafts for field in draft.fields)
    fields: dict[str, FieldDraft] = {}
    for draft in (*own, *drafts):
        for field in draft.fields:
            kept = counts[field.name] * 2 >= len(drafts) or field.name in ("name", "head", "tail")
            if kept:
                known = fields.setdefault(field.name, replace(field, examples=()))
                together = (*known.examples, *_standing(field.examples, texts))
                fields[field.name] = replace(known, examples=_few(together))
    # There is always one: every draft has a field, and the first is in half of two.
    first = own[0].fields[0]
    fields = fields or {first.name: first}
    examples = _few([e for draft in drafts for e in _standing(draft.examples, texts)])
    every = {*examples, *(e for field in fields.values() for e in field.examples)}
    seen = sum(text.count(example) for text in texts for example in every)
    shown = examples if not any(field.examples for field in fields.values()) else ()
    draft = ClassDraft(name, own[0].marker, guideline, tuple(fields.values()), shown)
    return Proposal(draft, rounds, tuple(dict.fromkeys(draft.name for draft in drafts)), seen)


def _with_types(proposal: Proposal, names: dict[str, str]) -> Proposal:
    """Fields of a class that goes by another name now."""
    fields = tuple(
        replace(one, type=names.get(one.type, one.type)) for one in proposal.draft.fields
    )
    return replace(proposal, draft=replace(proposal.draft, fields=fields))


def _standing(examples: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [each for each in examples if each and any(each in text for text in texts)]


def _few(examples: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(examples))[:_EXAMPLES]
