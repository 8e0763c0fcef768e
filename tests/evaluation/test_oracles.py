"""Agreement with scorers that others wrote, on random data."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Entity, Grounded, MatchKind, Mention, Span
from codeie.evaluation import Counts, Policy, score

TYPES = ("Person", "Place", "Organization")


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Place(Entity):
    """Somewhere."""

    name: str


@dataclass
class Organization(Entity):
    """A group with a name."""

    name: str


CLASSES = {"Person": Person, "Place": Place, "Organization": Organization}


@st.composite
def tagged_sentences(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """Gold and predicted BIO tags for the same few sentences."""
    gold, predicted = [], []
    for _ in range(draw(st.integers(1, 6))):
        length = draw(st.integers(1, 12))
        gold.append(_bio(draw, length))
        predicted.append(_bio(draw, length))
    return gold, predicted


def _bio(draw: st.DrawFn, length: int) -> list[str]:
    tags: list[str] = []
    while len(tags) < length:
        if draw(st.booleans()):
            kind = draw(st.sampled_from(TYPES))
            size = min(draw(st.integers(1, 3)), length - len(tags))
            tags += [f"B-{kind}"] + [f"I-{kind}"] * (size - 1)
        else:
            tags.append("O")
    return tags


def _grounded(tags: list[str]) -> list[Grounded[object]]:
    # Token i of a sentence stands for the code point i.
    items: list[Grounded[object]] = []
    start = None
    for index, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            value = CLASSES[tags[start][2:]]("x" * (index - start))
            mention = Mention("name", value.name, Span(start, index), MatchKind.EXACT)
            items.append(Grounded(value, (mention,)))
            start = None
        if tag.startswith("B-"):
            start = index
    return items


@given(tagged_sentences())
def test_strict_entities_agree_with_seqeval(
    sentences: tuple[list[list[str]], list[list[str]]],
) -> None:
    """Micro and per-type F1 of strict entities are those of seqeval."""
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    gold, predicted = sentences
    scores = score(map(_grounded, gold), map(_grounded, predicted), list(CLASSES.values()))
    if not scores.micro.predicted + scores.micro.gold:
        assert scores.f1 == 0.0  # where there are no entities at all, seqeval raises
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # seqeval warns of empty classes; both give 0 there
        report = classification_report(
            gold, predicted, output_dict=True, zero_division=0, mode="strict", scheme=IOB2
        )
    micro = report.get("micro avg", {"precision": 0, "recall": 0, "f1-score": 0})
    assert pytest.approx(micro["f1-score"]) == scores.f1
    assert pytest.approx(micro["precision"]) == scores.precision
    assert pytest.approx(micro["recall"]) == scores.recall
    for kind, counts in scores.by_type.items():
        assert pytest.approx(report[kind]["f1-score"]) == counts.f1


@given(tagged_sentences())
def test_strict_and_boundary_entities_agree_with_nervaluate(
    sentences: tuple[list[list[str]], list[list[str]]],
) -> None:
    """Correct predictions of "strict" and "exact" are those that nervaluate counts."""
    from nervaluate import Evaluator

    gold, predicted = sentences
    results = Evaluator(gold, predicted, tags=list(TYPES), loader="list").evaluate()["overall"]
    for metric, theirs in (("entities", "strict"), ("entities-boundary", "exact")):
        scores = score(
            map(_grounded, gold), map(_grounded, predicted), list(CLASSES.values()), metric=metric
        )
        expected = Counts(results[theirs].correct, results[theirs].actual, results[theirs].possible)
        assert expected == scores.micro


@given(tagged_sentences())
def test_looser_metrics_never_find_less(
    sentences: tuple[list[list[str]], list[list[str]]],
) -> None:
    """What matches strictly also matches by boundary, by type and partially."""
    gold, predicted = sentences

    def matched(metric: str) -> float:
        classes = list(CLASSES.values())
        pairs = map(_grounded, gold), map(_grounded, predicted)
        return score(*pairs, classes, metric=metric).micro.matched

    strict = matched("entities")
    assert strict <= matched("entities-boundary") <= matched("entities-partial")
    assert strict <= matched("entities-type")


@given(tagged_sentences())
def test_gold_against_itself_is_perfect(
    sentences: tuple[list[list[str]], list[list[str]]],
) -> None:
    """Predicting the gold scores 1 wherever there is any, under every way of counting."""
    gold, _ = sentences
    for policy in (Policy(), Policy(by="string"), Policy(by="string", counting="set")):
        documents = [_grounded(tags) for tags in gold]
        scores = score(documents, documents, list(CLASSES.values()), policy=policy)
        assert scores.micro.gold == scores.micro.predicted == scores.micro.matched
