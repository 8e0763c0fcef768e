"""Further instructions, proposed by a model from errors, and kept where a test says that they help."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from codeie.clients import Client, Settings, Usage, resolve
from codeie.datasets import Example
from codeie.display import Grid, Part
from codeie.errors import BudgetSpent, CodeIEError, CreditSpent, EvaluationError, InputError
from codeie.evaluation import (
    Comparison,
    Policy,
    Scores,
    compare,
    find_errors,
    metrics_for,
    score,
)
from codeie.extraction import Extraction, Extractor, Limits, ask, attempt, hold, is_hopeless
from codeie.improvement._self_annotate import most_calls
from codeie.improvement._spent import spent
from codeie.improvement._told_errors import told_errors
from codeie.introspection import Schema
from codeie.prompting import Style, instructed, proposal_prompt, style_named
from codeie.syntaxes.numbered import numbered
from codeie.viewable import Outlined
from codeie.wording import counted

__all__ = ["ImprovedInstructions", "Trial", "improve_instructions", "most_instruction_calls"]

_FEWEST: Final = 4

_LONGEST: Final = 300
"""Code points of an instruction; a longer one is a treatise, and is passed over."""


@dataclass(frozen=True, slots=True)
class Trial(Outlined):
    """An instruction that was tried.

    Args:
        instruction: What was proposed.
        round: In which round, from 1.
        comparison: How much better the answers with it are than those without, on documents
            whose errors were not shown.
        kept: Whether it was taken.
    """

    instruction: str
    round: int
    comparison: Comparison
    kept: bool


@dataclass(frozen=True, slots=True)
class ImprovedInstructions(Outlined):
    """What came of improving instructions.

    Args:
        style: The style with what was kept; the style as it was if nothing was.
        instructions: What was kept, in order.
        trials: All that was tried.
        metric: What was compared.
        before: F1 without further instructions, on the documents of the test.
        after: F1 with those that were kept, on the same.
        calls: How many questions were asked now.
        usage: What they cost.
        ended: Why it was not gone through to the end; else ``None``.
    """

    style: Style
    instructions: tuple[str, ...]
    trials: tuple[Trial, ...]
    metric: str
    before: float
    after: float
    calls: int = 0
    usage: Usage = Usage()
    ended: CodeIEError | None = None

    def _outline(self) -> Iterable[Part]:
        kept = counted(len(self.instructions), "instruction")
        gain = f": F1 ({self.metric}) {self.before:.4f} → {self.after:.4f}" if self.trials else ""
        yield f"{kept} kept of {len(self.trials):,} tried{gain}"
        rows = [
            (
                one.round,
                "kept" if one.kept else "not kept",
                one.instruction,
                f"{one.comparison.difference:+.4f}",
                f"{one.comparison.p_value:.4f}",
            )
            for one in self.trials
        ]
        if rows:
            yield Grid(("round", "", "instruction", "F1 differs by", "p"), rows)
        yield spent(self.calls, self.usage)
        if self.ended is not None:
            yield f"Ended early: {self.ended}"


def improve_instructions(
    examples: Iterable[Example],
    make: Callable[[Style], Extractor[Any]],
    *,
    style: str | Style,
    model: str | Client,
    rounds: int = 2,
    proposals: int = 3,
    metric: str | None = None,
    policy: Policy = Policy(),
    level: float = 0.05,
    settings: Settings = Settings(),
    seed: int = 1,
    concurrency: int = 16,
    run: str | Path | None = None,
    limits: Limits = Limits(),
) -> ImprovedInstructions:
    """Improve a style's instructions from labelled documents, as far as a test says so.

    The documents are drawn into two halves. A model is shown the errors of the first half by
    their kinds and proposes instructions; each is tried on the second half, whose errors nobody
    saw. Of those with which the answers are better by a paired randomisation test, the best is
    kept, and the next round goes on from there. As several are tried, each must be as sure as
    ``level`` divided by all trials there may be (Bonferroni). With few documents nothing is sure
    enough, and nothing is kept.

    It costs `most_instruction_calls` at most. A document that one of two systems did not answer
    is not compared. If a budget or the account's credit ends it, or the model that proposes
    fails, the result has what was decided until then, and why in ``ended``.

    Papers: Hu et al. 2024, Improving Large Language Models for Clinical Named Entity
    Recognition via Prompt Engineering (instructions from an analysis of errors); Zhou et al.
    2023, Large Language Models Are Human-Level Prompt Engineers (proposals by a model, kept by
    their scores).

    Args:
        examples: Labelled documents, at least four; a dataset's development part, or
            `codeie.datasets.read`.
        make: Makes the extractor of a style: ``lambda style: Extractor(classes, style=style)``.
        style: The style to begin with, or its name.
        model: Who proposes.
        rounds: How often errors are shown.
        proposals: How many instructions are asked for in each round.
        metric: What is compared; by default what fits the classes.
        policy: By which rules.
        level: How likely it may be that anything is kept that does not help, in (0, 1).
        settings: How to sample the proposals.
        seed: Of the draw of the halves.
        concurrency: How many calls may be under way at once.
        run: A file that keeps the answers, so that nothing is asked twice.
        limits: How many calls and tokens a minute, and the budget; for each extraction from
            half of the documents.

    Raises:
        EvaluationError: If there are fewer than four documents, or the metric is unknown.
        InputError: If a number cannot be meant.
        ClientError: If the key is missing or wrong, or the model is not there.
    """
    for name, value in (("rounds", rounds), ("proposals", proposals)):
        if type(value) is not int or not 1 <= value <= 100:
            raise InputError(f"{name} must be a whole number from 1 to 100, got {value!r:.80}")
    if not 0 < level < 1:
        raise InputError(f"level must be between 0 and 1, got {level!r:.80}")
    shown, tested = _halves(examples, seed)
    chosen = style_named(style)
    schema = make(chosen).schema
    chosen_metric = metric or metrics_for(schema)[0]
    trying = _Trying(make, schema, chosen_metric, policy, concurrency, run, limits)
    proposer = resolve(model)
    kept: list[str] = []
    trials: list[Trial] = []
    ended: CodeIEError | None = None
    before = after = 0.0
    try:
        best = trying.answers(chosen, tested)
        before = after = trying.f1(tested, best)
        for number in range(1, rounds + 1):
            current = instructed(chosen, *kept)
            lines = trying.errors(shown, trying.answers(current, shown))
            if not lines:
                break
            tried = {trial.instruction for trial in trials}
            prompt = proposal_prompt(lines, schema, told=kept, count=proposals)
            step = hold(attempt(ask(prompt, "propose")), proposer, settings, run)
            if isinstance(step, CodeIEError):
                if is_hopeless(step):
                    raise step
                ended = step
                break
            trying.count(step.kept, step.completion.usage)
            winner: tuple[float, str, list[Extraction[Any]]] | None = None
            compared: list[tuple[str, Comparison]] = []
            for proposal in _proposed(step.completion.text, proposals, tried):
                answers = trying.answers(instructed(chosen, *kept, proposal), tested)
                found = trying.compared(tested, answers, best)
                compared.append((proposal, found))
                sure = found.difference > 0 and found.p_value <= level / (rounds * proposals)
                if sure and (winner is None or found.difference > winner[0]):
                    winner = (found.difference, proposal, answers)
            taken = winner[1] if winner is not None else None
            trials += [Trial(each, number, found, each == taken) for each, found in compared]
            if winner is None:
                break  # the same errors would be shown again
            kept.append(winner[1])
            best = winner[2]
            after = trying.f1(tested, best)
    except (BudgetSpent, CreditSpent) as error:
        ended = error
    return ImprovedInstructions(
        instructed(chosen, *kept),
        tuple(kept),
        tuple(trials),
        trying.metric,
        before,
        after,
        trying.calls,
        trying.usage,
        ended,
    )


def most_instruction_calls(
    examples: Iterable[Example],
    extractor: Extractor[Any],
    *,
    rounds: int = 2,
    proposals: int = 3,
    seed: int = 1,
) -> int | None:
    """How many calls `improve_instructions` takes at most; ``None`` if the style does not tell.

    Args:
        examples: The labelled documents.
        extractor: Of the style to begin with; further instructions take no further calls.
        rounds: As for `improve_instructions`, and so are the others.
        proposals: How many instructions are tried in each round.
        seed: Of the draw of the halves.

    Raises:
        EvaluationError: If there are fewer than four documents.
    """
    shown, tested = (
        most_calls(extractor, [one.document for one in half]) for half in _halves(examples, seed)
    )
    if shown is None or tested is None:
        return None
    return tested + rounds * (shown + 1 + proposals * tested)


@dataclass(slots=True)
class _Trying:
    """Asks, scores, and keeps account of what that costs."""

    make: Callable[[Style], Extractor[Any]]
    schema: Schema[Any]
    metric: str
    policy: Policy
    concurrency: int
    run: str | Path | None
    limits: Limits
    calls: int = 0
    usage: Usage = field(default_factory=Usage)

    def answers(self, style: Style, examples: Sequence[Example]) -> list[Extraction[Any]]:
        """What is found in the documents with a style."""
        found: list[Extraction[Any]] = []
        for extraction in self.make(style).extract_many(
            [one.document for one in examples],
            concurrency=self.concurrency,
            run=self.run,
            limits=self.limits,
        ):
            found.append(extraction)
            for step in extraction.steps:
                self.count(step.kept, step.completion.usage)
        return found

    def count(self, was_kept: bool, usage: Usage) -> None:
        """Take an answer into account."""
        if not was_kept:
            self.calls += 1
            self.usage += usage

    def f1(self, examples: Sequence[Example], answers: Sequence[Extraction[Any]]) -> float:
        """How well the answers score."""
        return self._scores(examples, answers).f1

    def compared(
        self,
        examples: Sequence[Example],
        answers: Sequence[Extraction[Any]],
        best: Sequence[Extraction[Any]],
    ) -> Comparison:
        """How much better answers are than the best so far, where both are there."""
        there = [
            each
            for each in zip(examples, answers, best, strict=True)
            if each[1].error is None and each[2].error is None
        ]
        known, new, old = zip(*there, strict=True) if there else ((), (), ())
        return compare(self._scores(known, new), self._scores(known, old))

    def errors(self, examples: Sequence[Example], answers: Sequence[Extraction[Any]]) -> list[str]:
        """The errors of the answers in words."""
        there = [each for each in zip(examples, answers, strict=True) if each[1].error is None]
        found = find_errors(
            [one.gold for one, _ in there],
            [answer for _, answer in there],
            self.schema,
            metric=self.metric,
            policy=self.policy,
        )
        return told_errors(found, [one.document.text for one, _ in there])

    def _scores(self, examples: Sequence[Example], answers: Sequence[Extraction[Any]]) -> Scores:
        gold = [one.gold for one in examples]
        return score(gold, answers, self.schema, metric=self.metric, policy=self.policy)


def _halves(examples: Iterable[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Those whose errors are shown, and those that are tested on."""
    every = list(examples)
    if len(every) < _FEWEST:
        raise EvaluationError(
            f"instructions are improved on {_FEWEST} labelled documents or more, got {len(every)}"
        )
    random.Random(seed).shuffle(every)  # noqa: S311 - a draw, not a secret
    return every[: len(every) // 2], every[len(every) // 2 :]


def _proposed(answer: str, count: int, tried: Collection[str]) -> list[str]:
    """The instructions that a model proposes, each once, and none that was tried before."""
    lines = (" ".join(line.split()) for _, line in sorted(numbered(answer, count).items()))
    return [
        line for line in dict.fromkeys(lines) if 0 < len(line) <= _LONGEST and line not in tried
    ]
