"""Texts are asked for, checked, and asked for again with what was wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from codeie.clients import Client, Completion, Settings, StopReason, Usage, resolve
from codeie.errors import CodeIEError, InputError
from codeie.extraction import Extractor, again, ask, attempt, hold, is_hopeless
from codeie.generation._mentions import Structure, whole
from codeie.generation._texts import Fault, Kind, Text
from codeie.introspection import Classes, Schema, introspect
from codeie.parsing import Outcome
from codeie.prompting import (
    Prompt,
    negative_prompt,
    paraphrase_prompt,
    quoted,
    structure_prompt,
    text_prompt,
)
from codeie.training import Fingerprint, Labelled, Seen, Source, as_labelled

__all__ = ["Writer"]

_LONGEST = 5_000
"""Code points of a text; what goes on for longer is none of the short ones that are asked for."""
_FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_LABEL = re.compile(r"\A(?:Text|Original|Paraphrase)\s*:\s*", re.IGNORECASE)
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»"}


@dataclass(slots=True)
class Writer:
    """Lets a model write texts for structures, and checks each.

    A text is used if it holds all strings letter by letter, if it is no copy of a seed or of
    another one, and if the extractor, asked back, finds in it just what it should state. What
    is wrong is named to the model, which writes another, as often as ``attempts`` allows. What
    fails is given, too, with its fault. All are given one at a time, as they come; with ``run``
    answers are kept in a file, so that an interrupted round is taken up by the same call.

    Papers: Josifoski et al. 2023, Exploiting Asymmetry for Synthetic Training Data Generation
    (SynthIE: texts for structures); Ma et al. 2024, STAR: Boosting Low-Resource Information
    Extraction by Structure-to-Text Data Generation with Large Language Models (errors are named
    and texts revised); Heng et al. 2024, ProgGen: Generating Named Entity Recognition Datasets
    Step-by-step with Self-Reflexive Large Language Models; Wang et al. 2023, AugURE (pairs that
    say the same).

    Args:
        schema: The classes.
        model: Who writes, or its name.
        extractor: Who is asked back, for the same classes; ``None`` asks nobody, and then nothing
            tells what a text states besides.
        seeds: Texts that are not to be copied, such as those of the gold.
        attempts: How many texts are written for each at most.
        calls: How many questions are asked at most, over all texts; ``None`` for no bound.
        alike: How alike two texts are that count as copies, from 0 to 1.
        settings: How to sample.
        run: A file that keeps the answers, so that nothing is asked twice.

    Raises:
        InputError: If a number cannot be meant, or the extractor finds other classes.
        UnknownModel: If there is no such model.
    """

    schema: Classes
    model: str | Client
    extractor: Extractor[Any] | None = None
    seeds: Iterable[str] = ()
    attempts: int = 3
    calls: int | None = None
    alike: float = 0.7
    settings: Settings = Settings()
    run: str | Path | None = None
    _schema: Schema = field(init=False, repr=False)
    _client: Client = field(init=False, repr=False)
    _seen: Seen = field(init=False, repr=False)
    _asked: int = field(init=False, default=0, repr=False)

    def __post_init__(self) -> None:
        if self.attempts < 1 or (self.calls is not None and self.calls < 1):
            raise InputError("attempts and calls must be at least 1")
        if not 0 < self.alike <= 1:
            raise InputError(f"alike={self.alike!r}: how alike two texts are is in (0, 1]")
        self._schema = introspect(self.schema)
        if self.extractor is not None:
            found = {spec.cls for spec in self.extractor.schema.classes}
            if found != {spec.cls for spec in self._schema.classes}:
                raise InputError("the extractor that is asked back must find the same classes")
        self._client = resolve(self.model)
        self._seen = Seen(self.alike)
        for number, seed in enumerate(self.seeds, 1):
            self._seen.add(Fingerprint.of(seed), f"seed {number}")

    def write(self, structures: Iterable[Sequence[Any]], about: str = "") -> Iterator[Text]:
        """A text for each structure.

        Args:
            structures: What the texts shall state.
            about: What kind of texts they shall be, such as ``"a note in a harbour's log"``.
        """
        for structure in structures:
            stated = whole(structure, self._schema)

            def question(before: str, errors: Sequence[str], stated: Structure = stated) -> Prompt:
                return text_prompt(stated, self._schema, about=about, before=before, errors=errors)

            yield self._text(Kind.WRITTEN, stated, question)

    def paraphrase(self, examples: Iterable[Source]) -> Iterator[Text]:
        """The same as labelled texts say, in other words; `Text.of` is the text that it is of.

        Args:
            examples: Texts with what is in them.
        """
        for number, source in enumerate(examples, 1):
            one = as_labelled(source, number)
            if one.unfit:
                yield Text(
                    Kind.PARAPHRASE, "", one.instances, one.text, 0, Fault.UNREAD, (one.unfit,)
                )
                continue
            stated = tuple(x for x in one.instances if self._schema.requested(type(x)))
            strings = self._strings(stated)

            def question(
                before: str,
                errors: Sequence[str],
                one: Labelled = one,
                strings: Sequence[str] = strings,
            ) -> Prompt:
                return paraphrase_prompt(
                    one.text, strings, self._schema, before=before, errors=errors
                )

            yield self._text(Kind.PARAPHRASE, stated, question, one.text)

    def negatives(self, like: Iterable[str]) -> Iterator[Text]:
        """For each text one of its kind in which nothing of the classes is.

        Args:
            like: Texts of the kind.
        """
        for seed in like:

            def question(before: str, errors: Sequence[str], seed: str = seed) -> Prompt:
                return negative_prompt(seed, self._schema, before=before, errors=errors)

            yield self._text(Kind.NEGATIVE, (), question, seed)

    def propose(self, count: int, *, shown: int = 5) -> Iterator[Structure]:
        """Structures that the model itself proposes; fewer than asked for, if it repeats itself.

        What cannot be read as instances of the classes is passed over, and what was proposed
        before is not given again. After ``attempts`` proposals in a row without anything new, it
        ends.

        Args:
            count: How many are wanted.
            shown: How many of the last ones the model is shown, to be different from.
        """
        found: list[Structure] = []
        idle = 0
        while len(found) < count and idle < self.attempts and not self._spent():
            prompt = structure_prompt(self._schema, shown=found[-shown:])
            answer, _, _ = self._ask(prompt, "propose", idle)
            idle += 1
            if isinstance(answer, Completion):
                read = prompt.read(answer.text).instances
                structure = whole(read, self._schema)
                if structure and not any(repr(structure) == repr(each) for each in found):
                    found.append(structure)
                    idle = 0
                    yield structure

    def _text(
        self,
        kind: Kind,
        stated: Structure,
        question: Callable[[str, Sequence[str]], Prompt],
        of: str = "",
    ) -> Text:
        made = Text(kind, "", stated, of, 0, Fault.FAILED, ("no more questions may be asked",))
        original = Fingerprint.of(of) if of else None
        while made.attempts < self.attempts and not self._spent():
            errors = made.reasons if made.text else ()
            try:
                prompt = question(made.text, errors)
            except CodeIEError as error:
                return replace(made, reasons=(str(error),))
            answer, calls, usage = self._ask(prompt, kind.value, made.attempts)
            made = replace(
                made,
                attempts=made.attempts + 1,
                calls=made.calls + calls,
                usage=made.usage + usage,
            )
            if isinstance(answer, CodeIEError):
                made = replace(made, fault=Fault.FAILED, reasons=(str(answer),))
                continue
            text = _cleaned(answer.text)
            fault, reasons = self._fault(text, answer, stated, original)
            made = replace(made, text=text, fault=fault, reasons=reasons)
            if fault is None:
                made = self._asked_back(made)
            if made.fault is None:
                self._seen.add(Fingerprint.of(text), text[:60])
                return made
        return made

    def _fault(
        self, text: str, answer: Completion, stated: Structure, original: Fingerprint | None
    ) -> tuple[Fault | None, tuple[str, ...]]:
        if not text:
            return Fault.EMPTY, ("nothing was written",)
        if answer.stop_reason in (StopReason.LENGTH, StopReason.LOOP):
            return Fault.CUT, ("it was cut off, or says the same over and over: write less",)
        if len(text) > _LONGEST:
            return Fault.LONG, (f"it has {len(text):,} characters, and {_LONGEST:,} are the most",)
        missing = [each for each in self._strings(stated) if each not in text]
        if missing:
            return Fault.NOT_IN_TEXT, tuple(f"the text does not hold {each!r}" for each in missing)
        print_ = Fingerprint.of(text)
        copied = self._seen.like(print_)
        if original is not None and copied is None:
            near = Seen(self.alike)
            near.add(original, "the original")
            copied = near.like(print_)
        if copied is not None:
            return Fault.COPY, (f"it is nearly the same as {copied.id}: write it quite otherwise",)
        return None, ()

    def _asked_back(self, made: Text) -> Text:
        if self.extractor is None:
            return made
        (found,) = self.extractor.extract_many([made.text], run=self.run)
        asked = sum(not step.kept for step in found.steps)
        self._asked += asked
        made = replace(made, calls=made.calls + asked, usage=made.usage + found.usage)
        if found.error is not None and is_hopeless(found.error):
            raise found.error
        if found.error is not None or found.outcome is Outcome.UNPARSED:
            why = str(found.error or "the answer about it could not be read")
            return replace(made, fault=Fault.UNREAD, reasons=(why,))
        lost = [one for one in made.instances if one not in found.instances]
        more = [one for one in found.instances if one not in made.instances]
        if lost:
            said = tuple(f"a reader does not find {one!r:.200} in it" for one in lost)
            return replace(made, fault=Fault.MISSING, reasons=said)
        if more:
            said = tuple(f"a reader finds {one!r:.200} in it, too" for one in more)
            return replace(made, fault=Fault.MORE, reasons=said)
        return made

    def _ask(
        self, prompt: Prompt, role: str, number: int
    ) -> tuple[Completion | CodeIEError, int, Usage]:
        """The answer, how many calls it took now, and what it cost.

        A further attempt at the same question gets an answer of its own, by its number.
        """
        exchange = again(ask(prompt, role), number) if number else ask(prompt, role)
        step = hold(attempt(exchange), self._client, self.settings, self.run)
        if isinstance(step, CodeIEError) and is_hopeless(step):
            raise step
        if not isinstance(step, CodeIEError) and step.kept:
            return step.completion, 0, Usage()
        self._asked += 1
        if isinstance(step, CodeIEError):
            return step, 1, Usage()
        return step.completion, 1, step.completion.usage

    def _spent(self) -> bool:
        return self.calls is not None and self._asked >= self.calls

    def _strings(self, stated: Structure) -> list[str]:
        return list(dict.fromkeys(one.string for one in quoted(stated, self._schema) if one.string))


def _cleaned(answer: str) -> str:
    """The text in an answer: without a fence, a heading, or quotes around all of it."""
    text = answer.strip()
    fenced = _FENCE.match(text)
    text = _LABEL.sub("", fenced[1].strip() if fenced is not None else text).strip()
    closer = _QUOTES.get(text[:1])
    inner = text[1:-1]
    whole_quote = closer is not None and len(text) > 1 and text.endswith(closer)
    return inner.strip() if whole_quote and text[0] not in inner else text
