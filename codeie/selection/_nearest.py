"""Selectors that take what is nearest to the text, by words or by vectors of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, InitVar, dataclass, field
from pathlib import Path
from typing import Any, Self

from codeie.introspection import Schema, introspect
from codeie.selection._index import Index, best_first
from codeie.selection._index_file import read_index, write_index
from codeie.selection._pool import Examples
from codeie.selection._query import Query, Scored
from codeie.selection._selector import OverExamples
from codeie.selection._vector_index import Embed
from codeie.selection._views import View, anonymised, in_context, pairs_in_context, whole
from codeie.selection._wordllama import WordLlama

__all__ = ["BM25", "Anonymised", "ByEmbedding", "ByEntity", "ByRelation", "Nearest"]


@dataclass(frozen=True, slots=True, repr=False)
class Nearest(OverExamples):
    """What the selectors of this module have in common: an index, made once or read from a file.

    Args:
        saved: A file that `save` wrote, from which the index is read.
    """

    _: KW_ONLY
    saved: InitVar[str | Path | None] = None
    index: Index = field(init=False, compare=False)

    def __post_init__(self, examples: Examples, saved: str | Path | None) -> None:
        self._hold(examples)
        held = sorted(self.pool.held, key=lambda cls: (cls.__module__, cls.__qualname__))
        # The labels are those of the classes that are there, whatever is asked for later.
        schema: Schema[Any] = introspect(held) if held else Schema(())
        view = self._view
        texts = [view(one.text, one.instances, schema) for one in self.pool.examples]
        index = (
            Index.built(texts, self._embed)
            if saved is None
            else read_index(Path(saved), texts, self._embed)
        )
        object.__setattr__(self, "index", index)

    @classmethod
    def load(cls, path: str | Path, examples: Examples, k: int | None = 8, **options: Any) -> Self:
        """The selector over the same examples, with the index that `save` wrote.

        Args:
            path: The file; it is not trusted.
            examples: The examples that it was made of, in the same order.
            k: As for the selector.
            **options: As for the selector.

        Raises:
            InputError: If it cannot be read, is damaged, or is of other examples.
        """
        return cls(examples, k, saved=path, **options)

    def save(self, path: str | Path) -> None:
        """Write the index into a file, without the examples.

        Args:
            path: The file, usually named ``.npz``; one that is there is replaced.

        Raises:
            InputError: If it cannot be written.
        """
        write_index(self.index, Path(path))

    @property
    def _view(self) -> View:
        return whole

    @property
    def _embed(self) -> Embed | None:
        return None

    def ranked(self, query: Query) -> Iterator[Scored]:
        """All examples, the nearest first."""
        found = [each for each in query.found if query.schema.of(type(each)) is not None]
        scores = self.index.compared(self._view(query.text, found, query.schema))
        return (Scored(place, float(scores[place])) for place in best_first(scores))


@dataclass(frozen=True, slots=True, repr=False)
class BM25(Nearest):
    """The examples that share most words with the text, rare words above all.

    Robertson and Zaragoza 2009, by the library bm25s (Lù 2024) in Lucene's variant.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
        saved: A file that `save` wrote, from which the index is read.

    Raises:
        MissingExtra: If bm25s is not installed.
    """


@dataclass(frozen=True, slots=True, repr=False)
class ByEmbedding(Nearest):
    """The examples whose vectors have the largest cosine with the text's.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        embed: Turns a list of texts into vectors, a row each; called for all examples once, by
            the thousand, and then for each text, in the thread that asks.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
        saved: A file that `save` wrote, from which the index is read.

    Raises:
        InputError: If ``embed`` gives something else.
        MissingExtra: If numpy, or for the default function wordllama, is not installed.
    """

    embed: Embed = WordLlama()

    @property
    def _embed(self) -> Embed | None:
        return self.embed


@dataclass(frozen=True, slots=True, repr=False)
class _OfMentions(Nearest):
    """A selector that compares by what instances are in the text.

    Args:
        embed: Turns texts into vectors; ``None`` compares them by their words, with BM25.
        first: Whether the model is asked first what is in the text; see `first_pass`.
    """

    embed: Embed | None = None
    first: bool = True

    @property
    def first_pass(self) -> bool:
        """Whether it wants to know what a first answer of the model finds in the text."""
        return self.first

    @property
    def _further(self) -> str:
        return ("" if self.embed is None else ",embed") + ("" if self.first else ",first=no")

    @property
    def _embed(self) -> Embed | None:
        return self.embed


@dataclass(frozen=True, slots=True, repr=False)
class Anonymised(_OfMentions):
    """The examples whose sentences are nearest once every mention is replaced by its class.

    So that what is said counts, and not of whom (Code4UIE, Guo et al. 2023). Of the examples
    the mentions are known; those of the text are what the document says is given, else what the
    model answers when it is asked once with what is nearest as it stands. Without a first pass
    the text is compared as it stands.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        embed: Turns texts into vectors, as in the paper; ``None`` compares by words.
        first: Whether a first pass is made, for one more question about each text.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
        saved: A file that `save` wrote, from which the index is read.
    """

    @property
    def _view(self) -> View:
        return anonymised


@dataclass(frozen=True, slots=True, repr=False)
class ByEntity(_OfMentions):
    """The examples with the mentions nearest to those of the text, with the words around them.

    Retrieval on the level of entities (GPT-NER, Wang et al. 2023). An example is as near as the
    sum, over the mentions of the text, of its mention that is nearest to each. What mentions the
    text has is known as with `Anonymised`; where there are none, the text itself is compared.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        embed: Turns mentions with the words around them into vectors; ``None`` compares by words.
        first: Whether a first pass is made, for one more question about each text.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
        saved: A file that `save` wrote, from which the index is read.
    """

    @property
    def _view(self) -> View:
        return in_context


@dataclass(frozen=True, slots=True, repr=False)
class ByRelation(_OfMentions):
    """The examples with the pairs nearest to those of the text, with what stands between.

    The task-aware form of retrieval for relations (GPT-RE, Wan et al. 2023): a pair is compared
    with its classes and its context written out. Which pairs the text has is known as with
    `Anonymised`: those of the relations in it, else each mention with the next one.

    Args:
        examples: As for every selector.
        k: The most demonstrations.
        embed: Turns pairs with their context into vectors; ``None`` compares by words.
        first: Whether a first pass is made, for one more question about each text.
        tokens: As for every selector.
        negatives: As for every selector.
        order: As for every selector.
        saved: A file that `save` wrote, from which the index is read.
    """

    @property
    def _view(self) -> View:
        return pairs_in_context
