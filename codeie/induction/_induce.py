"""A schema for texts of which nobody has said what is to be extracted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from codeie.clients import Client, Settings, Usage, resolve
from codeie.diagnostics import Diagnostic
from codeie.errors import ClientError, InputError
from codeie.extraction import Extractor, ask, attempt, hold, is_hopeless
from codeie.induction._clusters import checked_threshold
from codeie.induction._fit import Fit, fit_of
from codeie.induction._merging import Proposal, merged
from codeie.induction._opened import OpenSpan
from codeie.introspection import ClassDraft, classes_of_drafts, code_of_drafts, read_drafts
from codeie.prompting import schema_prompt
from codeie.selection import Embed
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Induced", "induce"]

_SHOWN: Final = 1_500
"""Code points of a text that are shown: a schema is made from many texts, not from long ones."""


@dataclass(frozen=True, slots=True)
class Induced(Outlined):
    """A schema, and how it came about.

    Args:
        task: What for.
        proposals: The classes that were kept, the most often proposed first.
        left_out: Those that were not, each with the reason.
        diagnostics: What could not be read of the answers, round by round.
        failures: The rounds without an answer, with the reason.
        usage: What the answers cost.
        fit: How well the schema fits further texts, if there were any.
    """

    task: str
    proposals: tuple[Proposal, ...]
    left_out: tuple[tuple[Proposal, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    failures: tuple[ClientError, ...] = ()
    usage: Usage = Usage()
    fit: Fit | None = None

    @property
    def classes(self) -> list[type]:
        """The classes, made; for an `Extractor`."""
        return classes_of_drafts(each.draft for each in self.proposals)

    @property
    def code(self) -> str:
        """The schema as a module, for a person to edit."""
        return code_of_drafts([each.draft for each in self.proposals], f"Proposed for: {self.task}")

    def write(self, path: str | Path) -> Path:
        """Write the schema as a file; ``--schema PATH`` of every command takes it.

        Args:
            path: The file. One that is there already is not overwritten: somebody may have edited it.

        Raises:
            InputError: If it is there already, cannot be written, or there is no class.
        """
        if not self.proposals:
            raise InputError("no class was proposed, so there is no schema to write")
        try:
            with Path(path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.code)
        except FileExistsError:
            raise InputError(f"{path} is there already, and would be overwritten") from None
        except OSError as error:
            raise InputError(f"{path} cannot be written: {error.strerror}") from error
        return Path(path)


def induce(
    texts: Iterable[str | Document],
    task: str,
    *,
    model: str | Client = "local",
    rounds: int = 3,
    sample: int = 8,
    most: int = 20,
    support: int = 1,
    threshold: float = 0.75,
    further: Sequence[str | Document] = (),
    settings: Settings = Settings(),
    run: str | Path | None = None,
    embed: Embed | None = None,
    seed: int = 0,
) -> Induced:
    """Propose classes for texts without labels: a schema that a person edits.

    In each round a model reads some of the texts, drawn by chance, and writes the classes that the
    task needs as code, with docstrings, fields and examples; it is told which there are already. The
    code is read class by class and never run. Classes of all rounds that mean the same become one;
    examples that no text holds are left out. With ``further`` texts the schema is tried on them, and an
    open question beside it says what it misses.

    Paper: Zhou et al. 2024, UniversalNER: Targeted Distillation from Large Language Models for Open
    Named Entity Recognition, where a model names entity types freely; here they become classes.

    Args:
        texts: What to make it from; of a long one its first 1,500 characters are shown.
        task: What for, in a sentence: ``"who owned which ships, and when"``.
        model: Who proposes; it must write answers.
        rounds: How many samples are read.
        sample: How many texts of a round.
        most: The most classes that are kept.
        support: In how many rounds a class must have been proposed.
        threshold: The least cosine of names of classes that are one; see `canonical`.
        further: Texts to try the schema on; none of those that it is made from.
        settings: How to sample.
        run: A file that keeps the answers, so that nothing is asked twice.
        embed: Turns names into vectors; `codeie.selection.WordLlama` by default.
        seed: Of the draw.

    Raises:
        InputError: If there are no texts, a number cannot be meant, or the model only decides about
            spans.
        ClientError: If no round was answered.
        MissingExtra: If the extra ``retrieval`` is not installed and no ``embed`` is given.

    Examples:
        >>> from codeie.testing import ScriptedClient
        >>> model = ScriptedClient(["class Ship(Entity):  name: str"])
        >>> found = induce(["The Tern left."], "which ships sailed", model=model, rounds=1)
        >>> [str(one) for one in found.diagnostics]
        ['the class Ship has no field, and is left out [missing-field]']
    """
    held = [text.text if isinstance(text, Document) else text for text in texts]
    held = [text for text in held if text.strip()]
    client = resolve(model)
    _check(held, task, client, rounds, sample, most, support)
    checked_threshold(threshold)
    draws = random.Random(seed)  # noqa: S311 - a sample, not a secret
    proposed: list[tuple[ClassDraft, ...]] = []
    said: list[Diagnostic] = []
    failures: list[ClientError] = []
    read: dict[str, None] = {}
    usage = Usage()
    for _ in range(rounds):
        shown = draws.sample(held, min(sample, len(held)))
        known = dict.fromkeys(_line(one) for each in proposed for one in each)
        prompt = schema_prompt([text[:_SHOWN] for text in shown], task, list(known))
        step = hold(attempt(ask(prompt, "induce")), client, settings, run)
        if isinstance(step, ClientError):
            if is_hopeless(step):
                raise step
            failures.append(step)
            continue
        if isinstance(step, Exception):
            raise step
        usage += step.completion.usage
        drafts, diagnostics = read_drafts(step.completion.text)
        proposed.append(drafts)
        said += diagnostics
        read |= dict.fromkeys(shown)
    if not proposed:
        raise failures[0]
    found = merged(proposed, list(read), threshold=threshold, embed=embed)
    kept = [each for each in found if each.rounds >= support]
    rare = [
        (each, f"proposed in {each.rounds} of {rounds} rounds")
        for each in found
        if each not in kept
    ]
    beyond = [(each, f"beyond the {most} classes wanted") for each in kept[most:]]
    induced = Induced(
        task, tuple(kept[:most]), (*rare, *beyond), tuple(said), tuple(failures), usage
    )
    if not further or not induced.proposals:
        return induced
    return replace(induced, fit=_tried(induced.classes, further, client, settings, run))


def _tried(
    classes: list[type],
    texts: Sequence[str | Document],
    client: Client,
    settings: Settings,
    run: str | Path | None,
) -> Fit:
    """What the schema, and an open question, find in further texts."""
    chosen: Any = {"model": client, "settings": settings}
    found: list[Any] = list(Extractor(classes, **chosen).extract_many(texts, run=run))
    opened = Extractor([OpenSpan], **chosen).extract_many(texts, run=run)
    return fit_of(found, classes, opened)


def _line(draft: ClassDraft) -> str:
    return f"{draft.name}: {draft.guideline}" if draft.guideline else draft.name


def _check(
    texts: Sequence[str],
    task: str,
    client: Client,
    rounds: int,
    sample: int,
    most: int,
    support: int,
) -> None:
    if not texts:
        raise InputError("there are no texts to make a schema from")
    if not isinstance(task, str) or not task.strip():
        raise InputError("say in a sentence what the schema is for: task='who owned which ships'")
    named = (("rounds", rounds), ("sample", sample), ("most", most), ("support", support))
    for name, value in named:
        if type(value) is not int or not 1 <= value <= 1000:
            raise InputError(f"{name} must be a whole number from 1 to 1,000, got {value!r:.80}")
    if support > rounds:
        raise InputError(f"support={support} of rounds={rounds} leaves no class")
    if client.capabilities.scores_candidates:
        raise InputError(
            f"{client.name} decides about spans and writes no classes; name a model that does"
        )
