"""What a user knows beside the texts, shown with the question about each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, TypeAlias

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction._exchange import Exchange, Technique, Way
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.strategy import Bound, Strategy, whole_number
from codeie.prompting import context, instructed, style_named
from codeie.types import Document

__all__ = ["Context", "Source"]

Source: TypeAlias = Mapping[str, str | Iterable[str]] | Callable[[Document], Iterable[str]]
"""Where context comes from: a glossary (a term and what it means), a gazetteer (a kind and the names
of that kind), or a function from a document to sentences, the most useful first."""

_WORD = re.compile(r"\w+")
_LONGEST = 500  # characters of a sentence that is shown
_MOST_READ = 10_000  # sentences of a function that never ends


@dataclass(frozen=True, slots=True)
class _Term:
    """Something that is known.

    Args:
        number: Its place in the source.
        string: What to look for.
        line: What is shown where it stands.
    """

    number: int
    string: str
    line: str

    def stands_in(self, text: str) -> bool:
        """Whether a text has it as whole words, in any case and with any white space."""
        words = r"\s+".join(re.escape(word) for word in self.string.split())
        return re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True, repr=False)
class Context(Strategy):
    """Shows what is known of a text's names and terms beside the question about the text.

    From a glossary come the terms that stand in the text, as whole words and in any case, with what
    they mean; from a gazetteer the names that do, with their kind; from a function what it gives for
    the document, such as sentences that were retrieved elsewhere. It stands among the instructions
    as something to decide by: strings are taken from the text alone, and one that only the context
    holds is ungrounded like any other. What of it is not shown is told.

    It costs no call, and the tokens of what is shown. As that differs from text to text, prompt caches
    begin anew with each.

    Papers: PGIM, Li et al. 2023, Prompting ChatGPT in MNER: Enhanced Multimodal Named Entity
    Recognition with Auxiliary Refined Knowledge, for knowledge beside a text; Amalvy et al. 2023,
    Learning to Rank Context for Named Entity Recognition Using a Synthetic Dataset, for sentences
    from elsewhere in a long document.

    Args:
        source: Where it comes from; see `Source`. A function is called where questions are made, once
            for each question of the technique below; it should be quick.
        sentences: How many are shown at most.
        of: A technique for the question about the text.

    Raises:
        InputError: If the source is none, or ``sentences`` is not from 1 to 1,000; while a text is
            asked about, if a function gives no sentences, or fails.
    """

    source: Source
    sentences: int = 8
    of: Technique | None = None
    _terms: Mapping[str, list[_Term]] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        whole_number("sentences, what is shown at most,", self.sentences, 1)
        if isinstance(self.source, Mapping):
            object.__setattr__(self, "_terms", _by_first_word(self.source))
        elif not callable(self.source):
            raise InputError(
                "context comes from a mapping, a term and what it means or a kind and its names, or "
                f"from a function, got {self.source!r:.80}"
            )

    def ask(self, task: Task, way: Way, bare: Way) -> Exchange[Extraction[Any]]:  # noqa: ARG002
        """The way, with what is known."""
        found = list(self._known(task.document))
        shown, left = found[: self.sentences], len(found) - self.sentences
        if not shown:
            return (yield from way(task))
        style = instructed(style_named(task.style, task.layout), context(*shown))
        extraction = yield from way(replace(task, style=style))
        if left <= 0:
            return extraction
        note = Diagnostic(
            Code.SHORTENED,
            f"Of {len(found):,} sentences of context {left:,} were left out: sentences="
            f"{self.sentences}.",
            Severity.NOTE,
        )
        return replace(extraction, diagnostics=(*extraction.diagnostics, note))

    def count(self, task: Task, calls: Bound, bare: Bound) -> int | None:  # noqa: ARG002
        """As many as the way."""
        return calls(task)

    def _standing(self, text: str) -> Iterator[str]:
        """What is shown of the terms that a text has, in the order of the source."""
        words = {"", *_WORD.findall(text.casefold())}
        maybe = [term for word in words & self._terms.keys() for term in self._terms[word]]
        for term in sorted(maybe, key=lambda each: each.number):
            if term.stands_in(text):
                yield term.line

    def _known(self, document: Document) -> Iterator[str]:
        """The sentences for a document, each once."""
        if isinstance(self.source, Mapping):
            said: Iterable[str] = self._standing(document.text)
        else:
            said = _called(self.source, document)
        lines = (" ".join(line.split())[:_LONGEST] for line in said)
        return iter(dict.fromkeys(line for line in lines if line))


def _by_first_word(source: Mapping[str, str | Iterable[str]]) -> dict[str, list[_Term]]:
    """All terms by their first word, so that of many only those are looked for that may stand there."""
    found: dict[str, list[_Term]] = {}
    for number, (string, line) in enumerate(_terms(source)):
        first = _WORD.search(string.casefold())
        found.setdefault(first[0] if first else "", []).append(_Term(number, string, line))
    return found


def _called(source: Callable[[Document], Iterable[str]], document: Document) -> list[str]:
    try:
        given = source(document)
        held = [given] if isinstance(given, str) else list(islice(given, _MOST_READ))
    except Exception as error:
        raise InputError(
            f"the function that gives context failed: {type(error).__name__}: {error}"
        ) from error
    wrong = next((each for each in held if not isinstance(each, str)), None)
    if wrong is not None:
        raise InputError(
            f"the function that gives context gave {wrong!r:.80}, which is no sentence"
        )
    return held


def _terms(source: Mapping[str, str | Iterable[str]]) -> Iterator[tuple[str, str]]:
    """What to look for in a text, and what is shown where it stands."""
    for term, said in source.items():
        if not isinstance(term, str) or not term.strip():
            raise InputError(f"a term or kind of the context is text, got {term!r:.80}")
        if isinstance(said, str):
            yield term, f"{term}: {said}"
            continue
        if not isinstance(said, Iterable):
            raise InputError(f"of {term!r:.80} the context says {said!r:.80}, which is no text")
        for name in said:
            if not isinstance(name, str) or not name.strip():
                raise InputError(f"a name of the kind {term!r:.80} is text, got {name!r:.80}")
            yield name, f"{name} is known as: {term}"
