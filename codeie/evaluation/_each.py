"""Several extractors on one dataset: each is evaluated by itself, then they are ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, get_args

from codeie.clients import Client, LayoutChoice, resolve
from codeie.datasets import Dataset
from codeie.errors import CodeIEError, EvaluationError, InputError, UnknownModel
from codeie.evaluation._conditions import Given, Labelled, as_shown, draw_demonstrations
from codeie.evaluation._metrics import metric_of
from codeie.evaluation._policy import Policy
from codeie.evaluation._run import ANSWERS_FILE, evaluate, sampled
from codeie.evaluation._saved import SavedRun, folder_name
from codeie.evaluation._standings import Standings, rank
from codeie.extraction import Extraction, Extractor, Technique, as_technique
from codeie.introspection import Classes, introspect
from codeie.prompting import Demonstration, Style, style_named
from codeie.selection import Selector, parsed_name, selector_named

__all__ = ["Make", "combinations", "evaluate_each"]

V = TypeVar("V")

Make: TypeAlias = Callable[[], Extractor[Any]]
"""Makes an extractor when its turn comes, so that one that cannot be made fails by itself."""


def evaluate_each(
    dataset: Dataset,
    extractors: Mapping[str, Extractor[Any] | Make],
    out: str | Path,
    *,
    against: str | None = None,
    limit: int | None = None,
    seed: int = 1,
    metrics: Sequence[str] = (),
    policy: Policy | None = None,
    given: Given = "nothing",
    concurrency: int = 16,
    run: str | Path | None = None,
    progress: Callable[[str, Extraction[Any]], object] = lambda _name, _extraction: None,
) -> Standings:
    """Evaluate several extractors on the same documents, and rank them.

    One after the other, each into a folder of its own, as `evaluate` writes it. What goes wrong
    with one of them (a style that refuses the classes, a model that is not there or answers no
    document) is in `Standings.failures`, and the others go on. All share one file of answers:
    when an interrupted comparison is begun again, or one more extractor joins it, nothing is
    asked twice.

    Args:
        dataset: The documents and their gold.
        extractors: By the names to show; or functions that make them, see `combinations`.
        out: The folder; made if need be.
        against: The name of the one to compare with; by default the best.
        limit: How many documents, drawn by chance; all by default.
        seed: Of that draw.
        metrics: What to score; the first is what they are ranked by.
        policy: By which rules.
        given: What of the gold the documents tell; see `evaluate`.
        concurrency: How many calls may be under way at once.
        run: The file that keeps the answers, if not ``answers.sqlite`` in the folder.
        progress: Called with the name and each extraction as it comes.

    Raises:
        EvaluationError: If there are no extractors or no documents, or ``limit``, a metric or
            ``against`` is wrong.
        DatasetError: If the dataset cannot be read.
    """
    if not extractors:
        raise EvaluationError("there is nothing to compare: give at least one extractor")
    if against is not None and against not in extractors:
        raise EvaluationError(
            f"there is no system {against!r} to compare with; there are {', '.join(extractors)}"
        )
    # What is wrong for all of them is found before anybody is asked.
    sampled(dataset, limit, seed)
    for metric in metrics:
        metric_of(metric)
    folder = Path(out)
    runs: dict[str, SavedRun] = {}
    failures: dict[str, CodeIEError] = {}
    for (name, made), within in zip(extractors.items(), _folders(extractors), strict=True):
        unanswered: list[CodeIEError] = []

        def seen(extraction: Extraction[Any], name: str = name, errors: Any = unanswered) -> None:
            if extraction.error is not None:
                errors.append(extraction.error)
            progress(name, extraction)

        try:
            saved = evaluate(
                dataset,
                made if isinstance(made, Extractor) else made(),
                folder / within,
                limit=limit,
                seed=seed,
                metrics=metrics,
                policy=policy,
                given=given,
                concurrency=concurrency,
                run=run or folder / ANSWERS_FILE,
                progress=seen,
            )
        except CodeIEError as error:
            failures[name] = error
            continue
        if len(unanswered) == len(saved.documents):
            # A score of nothing would be taken for a score of zero.
            failures[name] = unanswered[0]
        else:
            runs[name] = saved
    return rank(runs, failures, metric=metrics[0] if metrics else None, against=against)


def combinations(
    classes: Classes,
    *,
    models: Iterable[str | Client] = ("local",),
    styles: Iterable[str | Style] = ("auto",),
    layouts: Iterable[LayoutChoice] = ("auto",),
    shots: Iterable[int | str] = (0,),
    pool: Iterable[Labelled] = (),
    seed: int = 1,
    given: Given = "nothing",
    strategies: Iterable[Technique | Sequence[Technique | str] | str | None] = (None,),
    **options: Any,
) -> dict[str, Make]:
    """Extractors of every style with every layout, model, number of demonstrations and strategy.

    They are named by what they differ in, and made when their turn comes. What is named twice
    is there once.

    Args:
        classes: What to extract.
        models: Their names, or clients.
        styles: Their names, or styles of your own.
        layouts: How prompts are sent.
        shots: How many demonstrations are drawn by chance and shown; or the name of a selector
            that chooses them for each document, such as ``"bm25:8"``; see `codeie.selection`.
        pool: Where those are drawn or chosen from, examples of a dataset or demonstrations;
            never what is scored.
        seed: Of that draw.
        given: What of the gold the demonstrations tell; see `evaluate`.
        strategies: How each text is asked about more than once; ``None`` for once.
        **options: Of every `Extractor`.

    Returns:
        From each name to what makes the extractor.

    Raises:
        UnknownStyle: If there is no such style.
        UnknownModel: If no client takes a model's name.
        InputError: If there is no such layout, selector or strategy, or ``shots`` has a
            negative number.

    Examples:
        >>> from codeie.schemas import starter
        >>> list(combinations(starter.SCHEMA, styles=["json", "mention-first"], shots=[0, 5]))
        ['json, 0 shots', 'json, 5 shots', 'mention-first, 0 shots', 'mention-first, 5 shots']
    """
    schema = introspect(classes)
    each_style, each_layout = _once(styles), _once(layouts)
    each_model, each_count = [*map(_client, _once(models))], _once(shots)
    each_strategy = _once(map(as_technique, strategies))
    for style in each_style:
        style_named(style)
    for layout in each_layout:
        if layout not in get_args(LayoutChoice):
            known = ", ".join(get_args(LayoutChoice))
            raise InputError(f"there is no layout {layout!r}; use one of {known}")
    for count in each_count:
        if isinstance(count, str):
            parsed_name(count)
        elif count < 0:
            raise InputError("shots must be 0 or more")
    examples = list(pool) if any(each_count) else []

    def shown(count: int | str) -> Sequence[Demonstration] | Selector:
        if isinstance(count, int):
            return draw_demonstrations(examples, schema, count, seed=seed, given=given)
        return selector_named(count, as_shown(examples, schema, given=given), seed=seed)

    def maker(
        style: str | Style,
        layout: LayoutChoice,
        model: str | Client,
        count: int | str,
        strategy: Technique | None,
    ) -> Make:
        def make() -> Extractor[Any]:
            return Extractor(
                schema,
                model=model,
                style=style,
                layout=layout,
                demonstrations=shown(count),
                strategy=strategy,
                **options,
            )

        return make

    axes = (each_style, each_layout, each_model, each_count, each_strategy)
    differ = [len(axis) > 1 for axis in axes]
    found: dict[str, Make] = {}
    for style, layout, (called, model), count, strategy in product(
        each_style, each_layout, each_model, each_count, each_strategy
    ):
        named = (
            str(style),
            layout,
            called,
            _counted(count),
            "asked once" if strategy is None else repr(strategy),
        )
        differing = ", ".join(word for word, several in zip(named, differ, strict=True) if several)
        found[_new(differing or str(style), found)] = maker(style, layout, model, count, strategy)
    return found


def _counted(count: int | str) -> str:
    return count if isinstance(count, str) else f"{count} shot{'' if count == 1 else 's'}"


def _once(values: Iterable[V]) -> list[V]:
    """Each value where it comes first; clients and styles need not be hashable."""
    found: list[V] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _client(model: str | Client) -> tuple[str, str | Client]:
    """A model's name and its client, so that its combinations share one.

    One that cannot be had is left to fail in its turn, unless its name is wrong.
    """
    if not isinstance(model, str):
        return model.name, model
    try:
        return model, resolve(model)
    except UnknownModel:
        raise
    except CodeIEError:
        return model, model


def _folders(names: Iterable[str]) -> list[str]:
    taken = [ANSWERS_FILE]
    for name in names:
        taken.append(_new(folder_name(name), taken))
    return taken[1:]


def _new(name: str, taken: Iterable[str]) -> str:
    # Some file systems take two names for one that differ in case only.
    known = {each.casefold() for each in taken}
    number, found = 1, name
    while found.casefold() in known:
        number += 1
        found = f"{name} {number}"
    return found
