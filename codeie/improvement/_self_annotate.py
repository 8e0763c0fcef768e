"""Demonstrations that a model makes itself, from texts without labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codeie.clients import Usage
from codeie.decoding import can_decide
from codeie.display import Grid, Part, shortened
from codeie.documents import Unread
from codeie.errors import BudgetSpent, CodeIEError, CreditSpent, InputError
from codeie.extraction import (
    Ensemble,
    Extraction,
    Extractor,
    Limits,
    Strategy,
    Verify,
    Vote,
    held_in,
)
from codeie.improvement._judge import Judged, Verdict, judge
from codeie.improvement._spent import spent
from codeie.prompting import Demonstration
from codeie.types import Document
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["SelfAnnotated", "most_calls", "self_annotate"]


@dataclass(frozen=True, slots=True)
class SelfAnnotated(Outlined):
    """What came of the documents that a model annotated itself.

    Args:
        judged: Each document with its verdict, in order.
        calls: How many questions were asked now.
        usage: What they cost.
        kept_usage: What the answers from a run's file had cost when they were asked for.
        ended: Why not all documents were gone through; else ``None``.
    """

    judged: tuple[Judged, ...]
    calls: int = 0
    usage: Usage = Usage()
    kept_usage: Usage = Usage()
    ended: CodeIEError | None = None

    @property
    def demonstrations(self) -> list[Demonstration]:
        """What is reliable, for ``Extractor(demonstrations=…)`` and `codeie.selection`."""
        return [one.demonstration for one in self.judged if one.demonstration is not None]

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many documents came to what, those verdicts that occur."""
        counts = Counter(one.verdict for one in self.judged)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}

    def _outline(self) -> Iterable[Part]:
        verdicts = ", ".join(f"{count:,} {name.value}" for name, count in self.verdicts.items())
        yield f"{counted(len(self.judged), 'document')}" + (f": {verdicts}" if verdicts else "")
        rows = [
            (
                one.document.id or f"document {number}",
                one.verdict.value,
                None if one.reliability is None else f"{one.reliability:.2f}",
                len(one.demonstration.instances) if one.demonstration is not None else None,
                len(one.left_out),
                shortened(str(one.error) if one.error is not None else one.document.text, 120),
            )
            for number, one in enumerate(self.judged, 1)
        ]
        headers = ("document", "verdict", "reliability", "shown", "left out", "text")
        if rows:
            yield Grid(headers, rows)
        yield spent(self.calls, self.usage)
        if self.ended is not None:
            yield f"Ended early: {self.ended}"


def self_annotate(
    documents: Iterable[str | Document | Unread],
    extractor: Extractor[Any],
    *,
    reliability: float = 0.8,
    confidence: float = 0.8,
    empty: bool = True,
    concurrency: int = 16,
    run: str | Path | None = None,
    limits: Limits = Limits(),
    progress: Callable[[Extraction[Any]], object] = lambda _extraction: None,
) -> SelfAnnotated:
    """Demonstrations from texts without labels: what a model says of them, where it is sure.

    Each text is asked about by the extractor's strategy. With ``Vote(5)`` an item's confidence
    is the share of five answers that have it, and a document's reliability the share of all
    that they say which most of them say; what is below the thresholds is not shown. With ``Verify(Vote(5))`` what the model denies
    when it is asked again counts as wrong, and with ``Vote(5, of=Verify())`` the share is of
    answers that were verified.

    It costs `most_calls` at most. A document that fails is passed over. If a budget or the
    account's credit ends the run, the result has what was answered until then, and why in
    ``ended``.

    Paper: Xie et al. 2024, Self-Improving for Zero-Shot Named Entity Recognition with Large
    Language Models.

    Args:
        documents: The texts, or `Document` values.
        extractor: Who annotates, with a strategy that tells what is sure.
        reliability: The least reliability of a document that is kept, in [0, 1].
        confidence: The least confidence of an item that is shown, in [0, 1].
        empty: Whether a document is kept in which the answers agree that there is nothing.
        concurrency: How many calls may be under way at once.
        run: A file that keeps the answers, so that nothing is asked twice.
        limits: How many calls and tokens a minute, and the budget that ends the run.
        progress: Called with each extraction as it comes.

    Raises:
        InputError: If the extractor has no such strategy, or a threshold is not in [0, 1];
            else as `Extractor.extract_many` does.
        ClientError: If the key is missing or wrong, or the model is not there.

    Examples:
        >>> from codeie.schemas.starter import Person, Place
        >>> from codeie.testing import ScriptedClient
        >>> model = ScriptedClient(['[Person("Ada")]', '[Person("Ada"), Place("Rome")]'])
        >>> extractor = Extractor([Person, Place], model=model, style="code4uie", strategy=Vote(2))
        >>> found = self_annotate(["Ada saw Rome."], extractor, reliability=0.6)
        >>> found.judged[0].reliability
        0.6666666666666666
        >>> found.demonstrations[0].instances
        (Person(name='Ada'),)
    """
    for name, value in (("reliability", reliability), ("confidence", confidence)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise InputError(f"{name} must be a number from 0 to 1, got {value!r:.80}")
    confirmed = _checked(extractor)
    judged: list[Judged] = []
    texts: set[str] = set()
    calls, spent, kept, ended = 0, Usage(), Usage(), None
    results = extractor.extract_many(documents, concurrency=concurrency, run=run, limits=limits)
    with closing(results):
        try:
            for extraction in results:
                one = judge(
                    extraction,
                    reliability=reliability,
                    confidence=confidence,
                    empty=empty,
                    confirmed=confirmed,
                )
                if one.demonstration is not None and one.document.text in texts:
                    one = replace(one, verdict=Verdict.REPEATED, demonstration=None)
                elif one.demonstration is not None:
                    texts.add(one.document.text)
                judged.append(one)
                calls += sum(not step.kept for step in extraction.steps)
                spent += extraction.usage
                kept += extraction.kept_usage
                progress(extraction)
        except (BudgetSpent, CreditSpent) as error:
            ended = error
    return SelfAnnotated(tuple(judged), calls, spent, kept, ended)


def most_calls(extractor: Extractor[Any], documents: Sequence[str | Document]) -> int | None:
    """How many calls all documents take at most; ``None`` if the strategy does not tell."""
    each = [extractor.calls_at_most(one) for one in documents]
    return None if None in each else sum(number or 0 for number in each)


def _checked(extractor: Extractor[Any]) -> bool:
    """Whether items without a confidence are confirmed ones.

    Raises:
        InputError: If nothing would tell what is sure, whatever was asked.
    """
    strategy = extractor.strategy
    if isinstance(strategy, Verify):
        return True
    decides = extractor.client.capabilities.scores_candidates and can_decide(extractor.schema)
    parts = list(held_in(strategy))
    telling = any(isinstance(each, Vote | Ensemble) for each in parts)
    own = any(not isinstance(each, Strategy) for each in parts)
    if not (decides or telling or own):
        raise InputError(
            f"{'asking once' if strategy is None else repr(strategy)} does not tell what is "
            "sure; give the extractor strategy=Vote(5), Verify() or Verify(Vote(5))"
        )
    return False
