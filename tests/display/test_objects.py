"""Every object that users meet shows itself: as HTML, in terminals, escaped."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from rich.console import Console

from codeie import (
    Demonstration,
    Document,
    Entity,
    Event,
    Extractor,
    Relation,
    Vote,
    ground,
    introspect,
    parse,
)
from codeie.clients import Completion, Settings, StopReason, Usage
from codeie.datasets import count, read
from codeie.diagnostics import Code, Diagnostic, Diagnostics
from codeie.display import Viewable, plain
from codeie.evaluation import calibration, compare, faithfulness, find_errors, score
from codeie.extraction import BatchStatus, Extractions
from codeie.improvement import self_annotate
from codeie.prompting import Dialogue
from codeie.selection import Selection, pool_of
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human <b>being</b>."""

    name: str  # such as: "Ada", "<i>Bob</i>"


@dataclass
class Firm(Entity):
    name: str


@dataclass
class Supplier(Firm):
    """A firm that delivers."""


@dataclass
class WorksFor(Relation):
    """Somebody works somewhere."""

    head: Person
    tail: Firm | None = None


SCHEMA = introspect([Person, WorksFor, Supplier])
TEXT = "Ada <i>works</i> for Acme."


_ROW = {"text": "Ada left.", "entities": [{"start": 0, "end": 3, "label": "PER"}]}
_DATASET = read([_ROW])


def _asked(dialogue: Dialogue) -> Dialogue:
    dialogue.answer('[Person("<b>")]')
    return dialogue


def _objects() -> dict[str, Viewable]:
    gold = [ground([Person("Ada"), Firm("Acme")], TEXT)]
    predicted = [ground([Person("Ada"), Person("Acme"), Person("<i>")], TEXT)]
    scores = score(gold, predicted, SCHEMA, metric="entities")
    errors = find_errors(gold, predicted, SCHEMA, texts=[TEXT])
    extraction = Extractor(SCHEMA, model=ScriptedClient(['[Person("<i>")]']))(TEXT)
    assert extraction.prompt is not None
    lost = Diagnostic(Code.LOOP, "Stopped <b>.")
    return {
        "schema": SCHEMA,
        "demonstration": Demonstration(
            TEXT, (Person("Ada"), Person("Eve")), (Firm("<b>"),), ("Because <b>.",), made=True
        ),
        "nothing": Demonstration("<b>", ()),
        "prompt": extraction.prompt,
        "completion": Completion("<b>", StopReason.LOOP, Usage(1200, 3), "m<b>", diagnostics=(lost,)),
        "parsed": parse('[Person("<b>"), Persn("Bob"),\nGhost("<b>")]', SCHEMA),
        "unparsed": parse("<b>", SCHEMA),
        "grounding": predicted[0],
        "grounded": predicted[0][2],
        "extraction": extraction,
        "extractions": Extractions([extraction, extraction]),
        "scores": scores,
        "errors": errors,
        "confusion": errors.confusion,
        "comparison": compare(scores, scores),
        "diagnostic": parse('[Ghost("<b>.")]', SCHEMA).diagnostics[0],
        "diagnostics": parse('[Person("<b>.", 1), Persn("A")]', SCHEMA).diagnostics,
        "no diagnostics": Diagnostics(),
        "items": extraction.items,
        "no items": extraction.dropped,
        "step": extraction.steps[0],
        "calibration": calibration([predicted[0]], predicted, SCHEMA),
        "faithfulness": faithfulness(predicted),
        "parsed item": parse('[Person("<b>")]', SCHEMA).items[0],
        "dialogue": _asked(Extractor(SCHEMA, model=ScriptedClient([]), style="gollie").dialogue(TEXT)),
        "extractor": Extractor(SCHEMA, model=ScriptedClient([]), strategy=Vote(3)),
        "document": Document(TEXT, "<b>.", {"from": "<b>."}),
        "dataset": _DATASET,
        "example": next(iter(_DATASET)),
        "record": next(_DATASET.records()),
        "counts": count(_DATASET.records()),
        "selection": Selection((Demonstration(TEXT, (Person("Ada"),)),)),
        "pool": pool_of([(TEXT, [Person("Ada"), Firm("Acme")])], 1),
        "annotated": self_annotate([TEXT], Extractor(SCHEMA, model=ScriptedClient(["[]"] * 2), strategy=Vote(2))),
        "settings": Settings(temperature=0.5),
        "batches": BatchStatus("<b>.db", (("one", "<b>."),)),
    }  # fmt: skip


OBJECTS = _objects()


@pytest.mark.parametrize("name", OBJECTS)
def test_front_ends_get_html_and_text(name: str) -> None:
    """The bundle has both kinds, or those that were asked for; nothing of a text acts in it."""
    shown = OBJECTS[name]
    bundle = shown._repr_mimebundle_()
    assert {"text/plain": plain(shown), "text/html": shown._repr_html_()} == bundle
    assert ["text/html"] == list(shown._repr_mimebundle_(include=["text/html"]))
    assert ["text/plain"] == list(shown._repr_mimebundle_(exclude=["text/html"]))
    for hostile in ("<b>being", "<b>.", ">m<b>", "<i>"):
        assert hostile not in bundle["text/html"]
    console = Console(width=80)
    with console.capture() as printed:
        console.print(shown)
    assert printed.get().strip()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("schema", ["Supplier (entity, a Firm)", "Firm (entity, only as a part of others)"]),
        ("schema", ["Firm has no docstring", "Firm | None, may be left out"]),
        ("demonstration", ["Made from the classes", "not in the text", "Known beforehand"]),
        ("nothing", ["Nothing is to be found in it."]),
        ("completion", ["ended by loop", "1,200 tokens read, 3 written"]),
        ("parsed", ["unknown-class"]),
        ("grounded", ["Person"]),
        ("extractions", ["2 documents, 2 items", "items"]),
        ("scores", ["entities", "By type", "Rules: "]),
        ("errors", ["Errors by type and kind (entities)", "wrong type"]),
        ("confusion", ["gold, predicted →", "none"]),
        ("comparison", ["F1 differs by +0.0000"]),
        ("calibration", ["Expected calibration error 0.0000 over 0 values", "3 more have none"]),
        ("faithfulness", ["100.0% of 3 strings in the text"]),
        ("parsed item", ["Person, line 1, column 2 of the answer"]),
        ("dialogue", ["1 question answered, in the style gollie", "There is no more to ask."]),
        ("extractor", ["3 calls at most", "strategy", "Vote(3)", "Supplier (entity, a Firm)"]),
        ("document", ["26 characters", "metadata"]),
        ("dataset", ["It begins with:", "Ada"]),
        ("example", ["Entities", "0–3"]),
        ("record", ["row-1, in the dataset"]),
        ("counts", ["1 record; 0 mentions of more than one piece"]),
        ("selection", ["1 demonstration, as they are shown"]),
        ("pool", ["example 0", "Firm, Person"]),
        ("annotated", ["1 document: 1 kept", "2 questions asked now"]),
        ("settings", ["temperature", "0.5"]),
        ("diagnostic", ["Ghost is not a class of the schema", "^^^^^", "line 1, column 2"]),
        ("diagnostics", ["2 diagnostics: 1 error, 1 warning", "too-many-arguments"]),
        ("no diagnostics", ["No diagnostics."]),
        ("items", ["Entities", "Person"]),
        ("no items", ["No items."]),
        ("step", ["The answer", "ended by end"]),
        ("batches", ["0 questions in batches"]),
    ],
)
def test_both_kinds_say_what_matters(name: str, words: list[str]) -> None:
    """What the HTML says in words is in the terminal too."""
    shown = OBJECTS[name]
    text = plain(shown, width=200)
    for each in words:
        assert each in shown._repr_html_()
        assert each in text


@pytest.mark.parametrize("name", ["diagnostics", "no diagnostics", "items", "no items"])
def test_tuples_are_printed_as_they_are_shown(name: str) -> None:
    """Also by IPython, which has a way of its own to print tuples."""
    pretty = pytest.importorskip("IPython.lib.pretty", reason="needs codeie[notebook]").pretty
    assert plain(OBJECTS[name]) == pretty(OBJECTS[name])


def test_a_schema_joins_its_classes_by_what_their_fields_hold() -> None:
    """An arc runs from a class to each class that a field of it holds, named by the field."""
    html = SCHEMA._repr_html_()
    assert "<b>head</b>" in html
    assert "<b>tail</b>" in html
    assert 2 == html.count('class="codeie-t"')


def test_an_answer_and_an_extraction_colour_a_class_alike() -> None:
    """Both go by the schema's order, whatever occurs."""
    answer = '[WorksFor(Person("Ada"), Firm("Acme")), Supplier("Acme")]'
    extraction = Extractor(SCHEMA, model=ScriptedClient([answer]))(TEXT)
    parsed = parse(answer, SCHEMA)
    chip = 'border-left:3px solid #009e73;border-radius:.2em;padding:.1em .35em;font-size:.72em;font-weight:600;line-height:1.2;white-space:nowrap;color:inherit">Supplier</bdi>'
    for shown in (parsed, extraction):
        assert chip in shown._repr_html_()


def test_a_value_that_does_not_say_how_is_an_error() -> None:
    """Whoever says that it shows itself must say how."""

    class Silent(Viewable):
        pass

    with pytest.raises(NotImplementedError, match="Silent does not say how it is printed"):
        Silent().__rich__()
    with pytest.raises(NotImplementedError, match="Silent does not say how it is shown"):
        Silent()._repr_html_()


@dataclass
class Trip(Event):
    """Somebody travels."""

    trigger: str
    who: list[Person] = field(default_factory=list)


def test_demonstrations_show_their_places() -> None:
    """The strings of a demonstration are looked for, and its arcs drawn."""
    shown = Demonstration("Ada left.", (Trip("left", [Person("Ada")]),))
    assert "<b>who</b>" in shown._repr_html_()
    assert "[Ada](Trip.who 1) [left](Trip 1)." in plain(shown)


def test_a_list_of_extractions_opens_and_brings_sheet_and_script_once() -> None:
    """Each document is a line that opens; slices are lists of the same kind; the rest is counted."""
    listed = OBJECTS["extractions"]
    assert isinstance(listed, Extractions)
    html = listed._repr_html_()
    assert (1, 1) == (html.count("<script>"), html.count(".codeie-half {"))
    assert 2 == html.count('codeie-view"')
    assert (1, 1) == (len(listed[:1]), len(listed[0].items))
    assert "<2 documents, 2 items>" == repr(listed)
    assert "50 more documents are not shown." in Extractions(list(listed) * 125)._repr_html_()
