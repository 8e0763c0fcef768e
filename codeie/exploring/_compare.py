"""Styles and models on the same texts, one beside the other; no gold is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeie.clients import Client
from codeie.display import Viewable
from codeie.errors import CodeIEError, InputError
from codeie.evaluation import Beside, Make, Verdict, beside, combinations
from codeie.extraction import Extraction, Extractions
from codeie.introspection import Classes
from codeie.parsing import Outcome
from codeie.progress import progress_bar
from codeie.prompting import Style
from codeie.tokens import counter_for
from codeie.types import Document
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Compared", "ComparedRow", "compare"]


@dataclass(frozen=True, slots=True)
class ComparedRow(Outlined):
    """One of several systems.

    Args:
        name: What it is called: by what it differs from the others.
        calls: How many questions were asked.
        tokens_read: In all prompts.
        tokens_written: In all answers.
        counted: Whether tokens were counted here, as the model did not tell.
        items: How many instances were found.
        diagnostics: How much there was to say about the answers.
        unparsed: How many answers could not be read; that is not that nothing is there.
        failed: How many documents have no answer.
        verdicts: How often it agrees with the system that all are compared with, and how often it
            differs in which way; ``None`` for that one itself, and where there is nothing to compare.
    """

    name: str
    calls: int
    tokens_read: int
    tokens_written: int
    counted: bool
    items: int
    diagnostics: int
    unparsed: int
    failed: int
    verdicts: Mapping[Verdict, int] | None = None


@dataclass(frozen=True, slots=True)
class Compared(Viewable):
    """Several systems on the same texts; shows itself as one table that opens.

    Args:
        against: The system that the others are compared with.
        extractions: What each found, by its name, text for text.
        failures: Why there is nothing of the others, by their names.
        left: The systems that were not come to, as it was interrupted.
    """

    against: str
    extractions: Mapping[str, Extractions]
    failures: Mapping[str, CodeIEError]
    left: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[ComparedRow, ...]:
        """A row for each system that was asked, in the order of the choices."""
        return tuple(self._row(name, found) for name, found in self.extractions.items())

    def beside(self, name: str, document: int = 0) -> Beside:
        """What a system found in a text, beside what the one found that all are compared with.

        Args:
            name: The system.
            document: Which text, from 0.

        Raises:
            InputError: If there is no such system or text.
        """
        for known in (self.against, name):
            if known not in self.extractions:
                there = ", ".join(self.extractions) or "none"
                raise InputError(f"there is nothing of a system {known!r}; there are {there}")
        sides = [self.extractions[each] for each in (self.against, name)]
        if not 0 <= document < len(sides[0]):
            raise InputError(f"there is no text {document}; there are {len(sides[0])}, from 0")
        return beside(sides[0][document], sides[1][document])

    def differing(self, name: str) -> Iterator[tuple[int, Beside]]:
        """The texts, by their place from 0, about which a system says something else."""
        for number in range(len(self.extractions[name])):
            both = self.beside(name, number)
            if both.differing:
                yield number, both

    def _row(self, name: str, found: Extractions) -> ComparedRow:
        verdicts: Counter[Verdict] | None = None
        if name != self.against and self.against in self.extractions:
            verdicts = Counter()
            for number in range(len(found)):
                both = self.beside(name, number)
                verdicts.update(one.verdict for one in (*both.mentions, *both.connections))
        return _row(name, found, verdicts)

    def __rich__(self) -> RenderableType:
        from codeie.exploring._compared_show import compared_text

        return compared_text(self)

    def _repr_html_(self) -> str:
        from codeie.exploring._compared_show import compared_html

        return compared_html(self)


def compare(
    texts: str | Document | Iterable[str | Document],
    classes: Classes,
    *,
    styles: Iterable[str | Style] = ("auto",),
    models: Iterable[str | Client] = ("local",),
    against: str | None = None,
    concurrency: int = 8,
    **options: Any,
) -> Compared:
    """Ask about the same texts in several styles, of several models, and see what each makes of them.

    One row each: tokens, instances, and how it differs from the first (or ``against``), place by
    place. What goes wrong with one of them is told beside the table, and the others go on. An
    interrupt keeps those that are done. Which is *right* only gold tells:
    `codeie.evaluation.evaluate_each`.

    Args:
        texts: One text, or some; each system is asked about all of them.
        classes: What to extract.
        styles: Names of prompt styles, or styles of your own.
        models: Names of models, or clients.
        against: The name of the one to compare with; by default the first.
        concurrency: How many calls may be under way at once.
        **options: Of `codeie.evaluation.combinations` (``layouts``, ``shots``, ``strategies``), and
            of every `Extractor`.

    Raises:
        InputError: If there is no text, or no system ``against``.
        UnknownStyle: If there is no such style.
        UnknownModel: If no client takes a model's name.

    Examples:
        >>> from dataclasses import dataclass
        >>> from codeie import Entity, compare
        >>> from codeie.testing import ScriptedClient
        >>> @dataclass
        ... class Ship(Entity):
        ...     name: str
        >>> def answer(prompt):
        ...     return '[Ship("Tern")]' if prompt.style == "gollie" else '[Ship("Tern"), Ship("Auk")]'
        >>> client = ScriptedClient(answer)
        >>> found = compare("Tern and Auk", [Ship], styles=["gollie", "code4uie"], models=[client])
        >>> [(row.name, row.items) for row in found.rows]
        [('gollie', 1), ('code4uie', 2)]
        >>> [one.label for one in found.beside("code4uie").differing]
        ['invented: Ship']
    """
    documents = [texts] if isinstance(texts, str | Document) else list(texts)
    if not documents:
        raise InputError("there is nothing to compare: give at least one text")
    systems = combinations(classes, styles=styles, models=models, **options)
    if against is not None and against not in systems:
        raise InputError(
            f"there is no system {against!r} to compare with; there are {', '.join(systems)}"
        )
    found: dict[str, Extractions] = {}
    failures: dict[str, CodeIEError] = {}
    try:
        for name, make in _seen(systems):
            try:
                each = make().extract_many(documents, concurrency=concurrency)
                found[name] = Extractions(each)
            except CodeIEError as error:
                failures[name] = error
    except KeyboardInterrupt:
        pass  # what is done is kept, and what is not is named
    left = tuple(name for name in systems if name not in found and name not in failures)
    return Compared(against or next(iter(found), ""), found, failures, left)


def _seen(systems: Mapping[str, Make]) -> Iterator[tuple[str, Make]]:
    """The systems, with a bar where somebody looks."""
    with progress_bar(len(systems), "system", leave=False) as bar:
        for system in systems.items():
            bar.set_postfix_str(system[0])
            yield system
            bar.update()


def _row(
    name: str, found: Sequence[Extraction[Any]], verdicts: Mapping[Verdict, int] | None
) -> ComparedRow:
    steps = [step for each in found for step in each.steps]
    read = sum(step.completion.usage.input_tokens for step in steps)
    written = sum(step.completion.usage.output_tokens for step in steps)
    counted = not (read or written)
    if counted:
        counter = counter_for(steps[0].completion.model) if steps else None
        read = sum(step.prompt.tokens(counter)["total"] for step in steps)
        written = sum(counter.count(step.completion.text) for step in steps) if counter else 0
    return ComparedRow(
        name=name,
        calls=len(steps),
        tokens_read=read,
        tokens_written=written,
        counted=counted,
        items=sum(len(each.items) for each in found),
        diagnostics=sum(len(each.diagnostics) for each in found),
        unparsed=sum(each.outcome is Outcome.UNPARSED for each in found),
        failed=sum(each.outcome is Outcome.FAILED for each in found),
        verdicts=verdicts,
    )
