"""An annotation: rounds of labelling, choosing, correcting and learning, kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from codeie.annotation._choosing import Choice, Why, choose
from codeie.annotation._compared import Compared, compared
from codeie.annotation._corpus import Added
from codeie.annotation._folder import Corrected, Folder
from codeie.annotation._forms import (
    Form,
    Refused,
    Returned,
    export_to,
    form_of,
    returned,
    sent_in,
)
from codeie.annotation._kept import alone, write_rows
from codeie.annotation._precision import EDGES, Precision, precision_of, recall_of
from codeie.annotation._proportions import Proportion
from codeie.annotation._stopping import Stop, Stopping
from codeie.annotation._weighing import Weighted, weigh
from codeie.documents import Unread
from codeie.errors import InputError
from codeie.extraction import Extraction, Extractor, Limits
from codeie.introspection import Classes, introspect
from codeie.prompting import Demonstration
from codeie.selection import Embed
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Annotation", "Make", "Report", "Taken"]

Make: TypeAlias = Callable[[list[Demonstration]], Extractor[Any]]
"""Makes the extractor of a round from what was corrected before it."""


@dataclass(frozen=True, slots=True)
class Taken(Outlined):
    """What came of corrections that came back.

    Args:
        corrected: The names of the documents that were taken.
        changed: How many of them differ from what was labelled.
        waiting: The names of those that nobody has looked at yet.
        refused: What cannot be taken, item by item; it is kept in ``refused.jsonl``.
    """

    corrected: tuple[str, ...]
    changed: int
    waiting: tuple[str, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Report(Outlined):
    """Where an annotation stands.

    Args:
        round: The number of its round; 0 before the first.
        documents: How many there are.
        corrected: How many of them were corrected.
        waiting: The names of those that are chosen and not corrected yet.
        failed: How many the model did not answer, or not so that it could be read.
        precision: Of the labels that nobody has looked at.
        recall: Of the same.
        agreements: Of each round but the first, how far its labels agree with those of the
            round before.
        stop: Whether to stop, and why.
    """

    round: int
    documents: int
    corrected: int
    waiting: tuple[str, ...]
    failed: int
    precision: Precision
    recall: Proportion
    agreements: tuple[float, ...]
    stop: Stop


class Annotation:
    """Labels a corpus with a model, and has a person correct what is most worth it.

    A round is: `label` all documents that nobody corrected, `choose` some of them, `export` those
    to a tool, and `take` back what a person made of them. What was corrected is shown to the model
    in the next round; `report` says how right the rest is, and whether to stop; `weighted` is what
    to train on.

    All of it is kept in the folder, and each step is done whole or not at all: after an
    interruption, repeat the call. No answer is asked for twice, no correction is overwritten by a
    later step.

    Paper: Zhang et al. 2023, LLMaAA: Making Large Language Models as Active Annotators.

    Args:
        folder: Where it is kept; made if need be.
        schema: The classes. They may change between rounds: corrections that do not fit any
            longer are in `misfits`, and stay in the folder.

    Raises:
        InputError: If the folder holds something else.
        SchemaError: If a class cannot be used.
    """

    def __init__(self, folder: str | Path, schema: Classes) -> None:
        self.schema = introspect(schema)
        self.folder = Path(folder)
        self._kept = Folder(self.folder)

    @property
    def documents(self) -> list[Document]:
        """All documents, in order."""
        return list(self._kept.corpus)

    @property
    def round(self) -> int:
        """The number of the round that was begun last; 0 before the first."""
        return self._kept.round

    @property
    def corrected(self) -> list[Corrected]:
        """What people corrected and fits the schema, in order."""
        return [one for one, misfits in self._kept.revived(self.schema) if not misfits]

    @property
    def misfits(self) -> list[Refused]:
        """Corrections that were taken and no longer fit the schema, item by item."""
        return [
            Refused(one.extraction.document.id or "", why)
            for one, misfits in self._kept.revived(self.schema)
            for why in misfits
        ]

    @property
    def chosen(self) -> list[Choice]:
        """The documents of the round that a person should look at."""
        return list(self._kept.choices(self.round))

    @property
    def waiting(self) -> list[Document]:
        """Those of the chosen that were not corrected yet."""
        done = self._kept.corrections()
        return [one.document for one in self.chosen if one.document.id not in done]

    @property
    def demonstrations(self) -> list[Demonstration]:
        """What was corrected, to be shown; without the documents that are there to check by."""
        return [
            Demonstration(
                one.extraction.document.text,
                tuple(one.extraction.instances),
                images=tuple(one.extraction.document.images),
            )
            for one in self.corrected
            if one.why is Why.TO_LEARN
        ]

    def add(self, documents: Iterable[str | Document | Unread]) -> Added:
        """Add documents; those that are there already are not added twice.

        Raises:
            InputError: If another process is at the folder.
        """
        with alone(self.folder):
            return self._kept.corpus.add(documents)

    def label(
        self,
        extractor: Extractor[Any] | Make,
        *,
        anew: bool = False,
        concurrency: int = 16,
        limits: Limits = Limits(),
        progress: Callable[[Extraction[Any]], object] = lambda _extraction: None,
    ) -> int:
        """Label the documents that nobody corrected, and those to check by.

        A round begins when documents of the one before were corrected; until then, and after an
        interruption, the same round is gone on with, from the answers that are kept.

        Args:
            extractor: What labels: with a strategy that tells how sure it is, such as ``Vote(5)``,
                or ``confidence=True``. A function is given `demonstrations`, so that the model
                is shown what was corrected.
            anew: Whether to label the documents of this round again, with another extractor
                or because some failed; what was chosen in it stays.
            concurrency: How many calls may be under way at once.
            limits: How many calls and tokens a minute, and the budget that ends it.
            progress: Called with each extraction as it comes.

        Returns:
            The number of the round.

        Raises:
            InputError: If there are no documents, if none that was chosen has been corrected,
                or another process is at the folder.
            ClientError: If the key is missing or wrong, or the model is not there.
        """
        with alone(self.folder):
            return self._label(extractor, anew, concurrency, limits, progress)

    def _label(
        self,
        extractor: Extractor[Any] | Make,
        anew: bool,
        concurrency: int,
        limits: Limits,
        progress: Callable[[Extraction[Any]], object],
    ) -> int:
        number, chosen, done = self.round, self.chosen, self._kept.corrections()
        if not len(self._kept.corpus):
            raise InputError("there are no documents to label: add some")
        if number and not anew:
            if not chosen:
                return number
            if not any(one.document.id in done for one in chosen):
                raise InputError(
                    f"none of the {len(chosen):,} documents of round {number} was corrected yet; "
                    "take back their corrections first, or label this round anew"
                )
        if not (anew and number):
            number += 1
        made = extractor if isinstance(extractor, Extractor) else extractor(self.demonstrations)
        checking = {n for n, row in done.items() if row["why"] == Why.TO_CHECK}
        documents = [one for one in self._kept.corpus if one.id not in done or one.id in checking]
        found = made.extract_many(
            documents, concurrency=concurrency, run=self._kept.answers, limits=limits
        )

        def rows() -> Iterator[dict[str, Any]]:
            for extraction in found:
                progress(extraction)
                yield extraction.to_dict(whole=True)

        with closing(found):
            write_rows(self._kept.labelled(number), rows())
        return number

    def labelled(self) -> list[Extraction[Any]]:
        """What the model found in this round.

        Raises:
            InputError: If it does not fit the schema any longer: label the round anew.
        """
        try:
            return list(Extraction.from_jsonl(self._kept.labelled(self.round), self.schema))
        except InputError as error:
            raise InputError(
                f"the labels of round {self.round} do not fit the schema ({error}); if it was "
                "changed, label the round anew"
            ) from error

    def choose(
        self,
        k: int = 20,
        *,
        by: str | Iterable[str] = ("uncertainty", "diversity"),
        check: int | None = None,
        seed: int = 0,
        embed: Embed | None = None,
    ) -> list[Choice]:
        """Choose the documents of this round that a person should look at; see `codeie.annotation.choose`.

        Once chosen they stay so, until they are corrected and the next round begins.

        Args:
            k: How many.
            by: By what criteria.
            check: How many of them are drawn by chance, so that precision can be estimated;
                a quarter of ``k`` by default.
            seed: Of chance.
            embed: Turns texts into vectors, for diversity.

        Raises:
            InputError: If nothing was labelled yet, or as `codeie.annotation.choose` does.
        """
        number = self.round
        if not number:
            raise InputError("nothing is labelled yet: label first")
        with alone(self.folder):
            if not self._kept.chosen(number).is_file():
                done = self._kept.corrections()
                left = [one for one in self.labelled() if one.document.id not in done]
                found = choose(
                    left,
                    k,
                    by=by,
                    known=[
                        (
                            one.extraction.document,
                            [type(v).__name__ for v in one.extraction.instances],
                        )
                        for one in self.corrected
                    ],
                    check=k // 4 if check is None else check,
                    seed=seed + number,
                    embed=embed,
                )
                write_rows(
                    self._kept.chosen(number),
                    (
                        {"id": one.document.id, "why": one.why, "scores": dict(one.scores)}
                        for one in found
                    ),
                )
        return self.chosen

    def export(self, form: str = Form.LABEL_STUDIO) -> Path:
        """Write the chosen documents with their labels, for a person to correct.

        Args:
            form: ``"label-studio"``, ``"brat"`` or ``"jsonl"``.

        Returns:
            The file or folder, in the round's folder.

        Raises:
            InputError: If nothing is chosen yet, or there is no such form.
        """
        try:
            wanted = Form(form)
        except ValueError:
            raise InputError(f"there is no form {form!r:.40}; use {', '.join(Form)}") from None
        names = [one.document.id for one in self.chosen]
        if not names:
            raise InputError("nothing is chosen yet: label, then choose")
        by_name = {one.document.id: one for one in self.labelled()}
        extractions = [by_name[name] for name in names if name in by_name]
        folder = self._kept.of_round(self.round)
        return export_to(folder, extractions, self.schema, wanted, self._kept.corpus.file_name)

    def take(self, path: str | Path, *, partial: bool = False) -> Taken:
        """Take back what a person made of documents.

        From Label Studio's export (``.json``), whole records (``.jsonl``), or a folder of brat's;
        in brat's every document counts as looked at. Each document must have the text that
        it had. A document of which something does not fit the schema is left out, with a
        reason for each item, so that it can be taken once that is mended. What came back is
        kept as it was in ``returned/``.

        Args:
            path: The file or folder.
            partial: Whether to take what fits of a document of which something does not.

        Raises:
            InputError: If it cannot be read as a whole; nothing is taken then.
        """
        with alone(self.folder):
            return self._take(Path(path), partial)

    def _take(self, path: Path, partial: bool) -> Taken:
        form = form_of(path)
        labelled = {one.document.id: one for one in self.labelled()} if self.round else {}
        whys = {one.document.id: one.why for one in self.chosen}
        before = self._kept.corrections()
        taken, waiting, refused, changed = dict(before), [], [], 0
        names: list[str] = []
        for one in returned(path, form, self.schema):
            document = None if isinstance(one, Refused) else self._document(one, form)
            if isinstance(one, Refused):
                refused.append(one)
            elif document is None:
                refused.append(Refused(one.name, "there is no document of this name and text"))
            elif one.corrected is None:
                waiting.append(document.id or "")
            else:
                refused += [Refused(document.id or "", why) for why in one.misfits]
                if one.misfits and not partial:
                    continue
                right = replace(one.corrected, document=document)
                sent = labelled.get(document.id)
                if sent is not None:
                    seen = sent_in(form, sent, self.schema)
                    right = seen.completed(right)
                    changed += compared(seen.shown, right).is_changed
                names.append(document.id or "")
                earlier = before.get(document.id, {})
                taken[document.id] = {
                    "round": earlier.get("round", self.round),
                    "why": earlier.get("why", whys.get(document.id, Why.TO_LEARN)),
                    "form": form,
                    "record": right.to_dict(whole=True),
                }
        self._kept.keep(path)
        write_rows(self._kept.corrected, taken.values())
        write_rows(
            self._kept.refused, ({"document": one.document, "why": one.why} for one in refused)
        )
        return Taken(tuple(names), changed, tuple(waiting), tuple(refused))

    def report(
        self,
        stopping: Stopping = Stopping(),
        *,
        edges: Sequence[float] = EDGES,
        level: float = 0.95,
    ) -> Report:
        """How right the labels are that nobody has looked at, and whether to stop.

        Args:
            stopping: The rule.
            edges: Where the strata of confidence end; see `precision_of`.
            level: How often the intervals hold the true share.
        """
        labelled = self.labelled() if self.round else []
        done, corrected = self._kept.corrections(), self.corrected
        checked = self._checked(labelled, corrected)
        names = {one.extraction.document.id for one in corrected if one.why is Why.TO_CHECK}
        corpus = [
            one for one in labelled if one.document.id not in done or one.document.id in names
        ]
        precision = precision_of(checked, corpus, edges=edges, level=level)
        agreements = self._kept.agreements()
        return Report(
            self.round,
            len(self._kept.corpus),
            len(done),
            tuple(one.id or "" for one in self.waiting),
            sum(not one.outcome.is_read for one in labelled),
            precision,
            recall_of(checked, level=level),
            agreements,
            stopping.stop(
                precision=precision.share,
                checked=precision.documents,
                corrected=len(done),
                left=len(self._kept.corpus) - len(done),
                agreements=agreements,
            ),
        )

    def weighted(self) -> Iterator[Weighted]:
        """What to train on: corrected documents, and labelled ones with their weights; see `weigh`."""
        labelled = self.labelled() if self.round else []
        done, corrected = self._kept.corrections(), self.corrected
        left = (one for one in labelled if one.document.id not in done)
        checked = self._checked(labelled, corrected)
        return weigh((one.extraction for one in corrected), left, checked)

    def _checked(
        self, labelled: Iterable[Extraction[Any]], corrected: Iterable[Corrected]
    ) -> list[Compared]:
        by_name = {one.document.id: one for one in labelled}
        return [
            compared(sent_in(one.form, by_name[name], self.schema).shown, one.extraction)
            for one in corrected
            for name in [one.extraction.document.id]
            if one.why is Why.TO_CHECK and name in by_name
        ]

    def _document(self, one: Returned, form: Form) -> Document | None:
        named = self._kept.corpus.of_file_name if form is Form.BRAT else self._kept.corpus.named
        document = named(one.name)
        if document is None and form is not Form.BRAT:
            document = self._kept.corpus.of_text(one.text)
        return document if document is not None and document.text == one.text else None
