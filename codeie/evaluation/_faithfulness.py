"""How much of what was predicted is in the texts at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from codeie.display import Grid, Part
from codeie.evaluation._align import Predicted
from codeie.extraction import Extraction
from codeie.grounding import MatchKind
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["Faithfulness", "faithfulness"]


@dataclass(frozen=True, slots=True)
class Faithfulness(Outlined):
    """How predicted strings were found.

    Args:
        by_match: How many were found in which way, all ways listed.
    """

    by_match: Mapping[MatchKind, int] = field(default_factory=dict)

    @property
    def strings(self) -> int:
        """How many strings were predicted."""
        return sum(self.by_match.values())

    @property
    def found(self) -> float:
        """The share that is in the text in some way, in [0, 1]; 1.0 if nothing was predicted."""
        made_up = self.by_match.get(MatchKind.UNGROUNDED, 0)
        return 1 - made_up / self.strings if self.strings else 1.0

    @property
    def verbatim(self) -> float:
        """The share that is in the text letter by letter, in [0, 1]."""
        exact = self.by_match.get(MatchKind.EXACT, 0)
        return exact / self.strings if self.strings else 1.0

    def _outline(self) -> Iterable[Part]:
        yield (
            f"{self.found:.1%} of {counted(self.strings, 'string')} in the text, "
            f"{self.verbatim:.1%} letter by letter"
        )
        rows = [
            (kind.value, count, f"{count / self.strings:.1%}")
            for kind, count in self.by_match.items()
            if count
        ]
        if rows:
            yield Grid(("found", "strings", "share"), rows)


def faithfulness(predicted: Predicted) -> Faithfulness:
    """Count how the strings of predictions were found in their texts.

    Args:
        predicted: For each document an `Extraction` or grounded instances.
    """
    counts: Counter[MatchKind] = Counter()
    for answer in predicted:
        items = answer.items if isinstance(answer, Extraction) else answer
        counts.update(mention.match for item in items for mention in item.mentions)
    return Faithfulness({kind: counts[kind] for kind in MatchKind})
