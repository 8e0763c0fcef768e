"""Rounds of labelling, choosing, correcting and learning, kept in a folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Document, Entity, Extraction, Extractor, InputError, Relation, Vote
from codeie.annotation import Annotation, Form, Stopping, Taken, Why
from codeie.datasets import GoldMention, Record, write_brat
from codeie.documents import Unread
from codeie.errors import ProviderUnavailable
from codeie.prompting import Demonstration, Prompt, Shown
from codeie.selection import Fixed
from codeie.testing import ScriptedClient


@dataclass(frozen=True)
class Person(Entity):
    """A human being with a name."""

    name: str


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str
    masts: int = 0


@dataclass(frozen=True)
class Sails(Relation):
    """The person sails the ship."""

    head: Person
    tail: Ship


# Tools do not hold how many masts a ship has, which export says; it comes back all the same.
pytestmark = pytest.mark.filterwarnings("ignore:.* cannot hold all of it:codeie.CodeIEWarning")

SCHEMA = [Person, Ship, Sails]
NAMES = [("Ada", "Tern"), ("Bo", "Gull"), ("Cy", "Swan"), ("Dan", "Heron"), ("Eve", "Lotta")]
TEXTS = [f"{who} sails the {ship}." for who, ship in NAMES]
GOLD = {
    text: [Person(who), Ship(ship, 2), Sails(Person(who), Ship(ship))]
    for text, (who, ship) in zip(TEXTS, NAMES, strict=True)
}
DOCUMENTS = [Document(text, f"log/{n}", {"page": n}) for n, text in enumerate(TEXTS)]


class Model:
    """Says what is right, but of the second text every other time that Bo is a ship."""

    def __init__(self) -> None:
        self.calls = 0
        self.down: set[str] = set()
        self.times = Counter[str]()
        self.shown: list[tuple[Shown, ...]] = []

    def __call__(self, prompt: Prompt) -> str:
        self.calls += 1
        self.times[prompt.text] += 1
        self.shown.append(prompt.demonstrations)
        if prompt.text in self.down:
            raise ProviderUnavailable("down", provider="scripted")
        said: list[object] = list(GOLD[prompt.text])
        if prompt.text == TEXTS[1] and self.times[prompt.text] % 2:
            said = [Ship("Bo", 2), Ship("Gull", 2)]
        return f"[{', '.join(map(repr, said))}]"


@pytest.fixture
def model() -> Model:
    """What answers."""
    return Model()


@pytest.fixture
def annotation(tmp_path: Path) -> Annotation:
    """An annotation with five documents."""
    made = Annotation(tmp_path / "notes", SCHEMA)
    made.add(DOCUMENTS)
    return made


def extractor(model: Model, demonstrations: Any = ()) -> Extractor[Any]:
    """Three votes."""
    return Extractor(
        SCHEMA,
        model=ScriptedClient(model),
        style="code4uie",
        strategy=Vote(3),
        demonstrations=demonstrations,
    )


def begun(annotation: Annotation, model: Model, k: int = 2, **options: Any) -> list[Document]:
    """A round whose documents wait for a person."""
    annotation.label(extractor(model))
    annotation.choose(k, **{"by": "uncertainty", "check": 1, **options})
    return annotation.waiting


def corrected_tasks(path: Path, change: Any = lambda _result: None) -> Path:
    """What an annotator makes of tasks: as they are, but for a change of each task's result."""
    tasks = json.loads(path.read_text())
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        change(result)
        task["annotations"] = [{"result": result}]
    back = path.with_name("export.json")
    back.write_text(json.dumps(tasks))
    return back


def relabelled(words: dict[str, str]) -> Any:
    """A change that gives the mentions of some words another label."""

    def change(result: list[dict[str, Any]]) -> None:
        for each in result:
            if each["type"] == "labels" and each["value"]["text"] in words:
                each["value"]["labels"] = [words[each["value"]["text"]]]

    return change


def test_the_most_uncertain_is_looked_at_and_its_correction_is_shown_the_next_time(
    annotation: Annotation, model: Model
) -> None:
    """What the votes differ on is chosen, and once corrected it is a demonstration, alone."""
    waiting = begun(annotation, model)
    assert [one.why for one in annotation.chosen] == [Why.TO_CHECK, Why.TO_LEARN]
    assert waiting[1].text == TEXTS[1]
    back = corrected_tasks(annotation.export(), relabelled({"Bo": "Person"}))
    taken = annotation.take(back)
    assert taken == Taken((waiting[0].id or "", "log/1"), 1, (), ())
    assert annotation.waiting == []
    assert annotation.demonstrations == [Demonstration(TEXTS[1], (Person("Bo"), Ship("Gull", 2)))]
    before = model.calls
    annotation.label(lambda shown: extractor(model, Fixed(shown)))
    assert annotation.round == 2
    # Four documents are left, and one that is there to check by.
    assert model.calls - before == 3 * 4
    shown = {one.answer for each in model.shown[before:] for one in each if not one.made}
    assert len(shown) == 1
    assert 'Person("Bo")' in shown.pop()


@pytest.mark.parametrize("form", Form)
def test_what_comes_back_unchanged_is_what_went_out(
    annotation: Annotation, model: Model, form: Form
) -> None:
    """By each form an untouched document comes back with all it said, numbers and metadata too."""
    begun(annotation, model, k=5, check=5)
    path = annotation.export(form)
    taken = annotation.take(corrected_tasks(path) if form is Form.LABEL_STUDIO else path)
    assert (len(taken.corrected), taken.changed, taken.refused) == (5, 0, ())
    back = {one.extraction.document.id: one.extraction for one in annotation.corrected}
    for found in annotation.labelled():
        assert set(back[found.document.id].instances) == set(found.instances)
        assert back[found.document.id].document == found.document


def test_an_interrupted_labelling_asks_nothing_twice(annotation: Annotation, model: Model) -> None:
    """What was answered before an interruption is kept, and no half round counts as one."""
    seen: list[Extraction[Any]] = []

    def leave(extraction: Extraction[Any]) -> None:
        seen.append(extraction)
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotation.label(extractor(model), concurrency=1, progress=leave)
    assert annotation.round == 0
    assert list((annotation.folder / "round-1").iterdir()) == []
    asked = model.calls
    assert Annotation(annotation.folder, SCHEMA).label(extractor(model)) == 1
    assert model.calls == 15
    assert asked >= 9


def test_a_round_goes_on_only_when_something_was_corrected(
    annotation: Annotation, model: Model
) -> None:
    """Labelling again before corrections is refused, and choosing again chooses the same."""
    first = begun(annotation, model)
    again = Annotation(annotation.folder, SCHEMA)
    again.choose(5, by="random", seed=9)
    assert again.waiting == first
    with pytest.raises(InputError, match="none of the 2 documents of round 1 was corrected yet"):
        again.label(extractor(model))
    again.take(corrected_tasks(again.export()))
    assert again.label(extractor(model)) == 2
    assert (again.label(extractor(model)), again.chosen) == (2, [])


def test_failed_documents_are_labelled_anew(annotation: Annotation, model: Model) -> None:
    """A document that failed is told and chosen first, and the same round can be repeated for it."""
    model.down = {TEXTS[4]}
    annotation.label(extractor(model))
    assert annotation.report().failed == 1
    model.down = set()
    before = model.calls
    assert annotation.label(extractor(model), anew=True) == 1
    assert (annotation.report().failed, model.calls - before) == (0, 3)


def test_what_does_not_fit_the_schema_is_told_item_by_item(
    annotation: Annotation, model: Model
) -> None:
    """A document with a label that no class has is left out with a reason, or in part taken."""
    begun(annotation, model, k=5, check=5)
    change = relabelled({"Ada": "Captain", "Tern": "Boat", "Eve": "Captain"})
    back = corrected_tasks(annotation.export(), change)
    taken = annotation.take(back)
    assert sorted(taken.corrected) == ["log/1", "log/2", "log/3"]
    nameless = "no class for mentions of type"
    assert sorted((one.document, one.why) for one in taken.refused) == [
        ("log/0", f"{nameless} 'Boat'"),
        ("log/0", f"{nameless} 'Captain'"),
        ("log/4", f"{nameless} 'Captain'"),
    ]
    partly = annotation.take(back, partial=True)
    assert sorted(partly.corrected) == [f"log/{n}" for n in range(5)]
    assert partly.refused == taken.refused


def test_corrections_that_no_longer_fit_stay_and_are_told(
    annotation: Annotation, model: Model
) -> None:
    """When a class is gone from the schema its items are told, and come back with it."""
    begun(annotation, model, k=2, check=0)
    annotation.take(corrected_tasks(annotation.export()))
    fewer = Annotation(annotation.folder, [Person])
    assert len(fewer.misfits) == 4
    assert {one.document for one in fewer.misfits} == {one.document.id for one in annotation.chosen}
    assert "no class 'Ship'" in fewer.misfits[0].why
    assert fewer.corrected == []
    with pytest.raises(InputError, match="label the round anew"):
        fewer.report()
    people = ScriptedClient(lambda _prompt: "[]")
    fewer.label(Extractor([Person], model=people, style="code4uie", strategy=Vote(2)), anew=True)
    assert fewer.report().round == 1
    assert len(Annotation(annotation.folder, SCHEMA).corrected) == 2


def hostile_tasks() -> Iterator[object]:
    """Tasks that are none, and tasks about other documents."""
    yield 7
    yield {"data": {"id": "log/0"}, "annotations": [{"result": []}]}
    yield {"data": {"id": "log/0", "text": "Another text."}, "annotations": [{"result": []}]}
    yield {"data": {"id": "log/9", "text": "Never seen."}, "annotations": [{"result": []}]}
    yield {
        "data": {"id": "log/0", "text": TEXTS[0]},
        "annotations": [
            {
                "result": [
                    {
                        "id": "a",
                        "type": "labels",
                        "value": {"start": 5, "end": 99, "labels": ["Person"]},
                    }
                ]
            }
        ],
    }


@pytest.mark.parametrize("task", list(hostile_tasks()))
def test_a_broken_task_costs_itself_alone(
    annotation: Annotation, model: Model, task: object, tmp_path: Path
) -> None:
    """What is no task, or not about a document that was sent, is refused; the others are taken."""
    begun(annotation, model)
    good = {"data": {"id": "log/3", "text": TEXTS[3]}, "annotations": [{"result": []}]}
    unseen = {"data": {"id": "log/2", "text": TEXTS[2]}, "annotations": []}
    back = tmp_path / "back.json"
    back.write_text(json.dumps([task, good, unseen]))
    taken = annotation.take(back)
    assert (taken.corrected, taken.waiting, len(taken.refused)) == (("log/3",), ("log/2",), 1)
    kept = (annotation.folder / "refused.jsonl").read_text()
    assert json.loads(kept)["why"] == taken.refused[0].why
    assert (annotation.folder / "returned" / "0001-back.json").read_text() == back.read_text()


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("back.json", "{}", "is no list of tasks"),
        ("back.json", "[", "is no JSON"),
        ("back.jsonl", "[1]", "line 1: not an object"),
        ("back.csv", "", "is neither"),
        ("gone.json", None, "there is no file or folder"),
    ],
)
def test_a_file_that_is_none_of_the_forms_takes_nothing(
    annotation: Annotation, tmp_path: Path, name: str, text: str | None, why: str
) -> None:
    """What cannot be read as a whole is an error, and what was corrected before stays."""
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=why):
        annotation.take(tmp_path / name)
    assert not (annotation.folder / "corrected.jsonl").exists()


def test_records_come_back_item_by_item(annotation: Annotation, model: Model) -> None:
    """Of a whole record, items of no class and of no place are told, each by its number."""
    begun(annotation, model, k=5, check=0)
    path = annotation.export("jsonl")
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows = [row for row in rows if row["id"] == "log/2"]
    rows[0]["items"][0]["class"] = "Captain"
    rows[0]["items"][1]["mentions"][0]["span"] = [3, 99]
    rows.append({"id": "log/0", "text": TEXTS[0]})
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    taken = annotation.take(path)
    assert taken.corrected == ()
    assert [(one.document, one.why[:34]) for one in taken.refused] == [
        ("log/2", "item 1: the schema has no class 'C"),
        ("log/2", "item 2: mentions[0].span: [3, 99] "),
        ("log/0", "it is no whole record: an object w"),
    ]


def test_brat_names_files_by_number(annotation: Annotation, model: Model) -> None:
    """Whatever the documents are called, their files have names, and lead back to them."""
    begun(annotation, model, k=5, check=0)
    folder = annotation.export("brat")
    assert sorted(path.name for path in folder.glob("*.txt")) == [
        f"00000{n}.txt" for n in range(1, 6)
    ]
    assert "Sails\tArg1:<ANY>, Arg2:<ANY>" in (folder / "annotation.conf").read_text()
    for path in folder.glob("*.ann"):
        path.write_text("")
    (folder / "000003.ann").write_text("nonsense\n")
    write_brat(Record(Document("Other.", "000009"), (GoldMention("T1", "x", (), ""),)), folder)
    taken = annotation.take(folder)
    assert sorted(taken.corrected) == ["log/0", "log/1", "log/3", "log/4"]
    assert [one.document for one in taken.refused] == ["000003", "000009"]
    assert all(one.extraction.instances == [] for one in annotation.corrected)


def test_documents_are_added_once(tmp_path: Path) -> None:
    """The same documents are known; empty ones, unread ones and names of other texts are refused."""
    annotation = Annotation(tmp_path, SCHEMA)
    assert annotation.add(["A.", "B.", Document("C.", "text 3")]).new == 3
    assert [one.id for one in annotation.documents] == ["text 1", "text 2", "text 3"]
    given = ["A.", " ", Document("D.", "text 3"), Unread("x.pdf", InputError("damaged")), "E."]
    added = Annotation(tmp_path, SCHEMA).add(given)
    assert (added.new, added.known) == (1, 1)
    assert [(one.document, one.why[:12]) for one in added.refused] == [
        ("document 2", "its text is "),
        ("text 3", "another text"),
        ("x.pdf", "damaged"),
    ]
    assert Annotation(tmp_path, SCHEMA).documents[3] == Document("E.", "text 4")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    """A file, or a corpus that is none, is an error that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"):
        Annotation(tmp_path / "file", SCHEMA)
    (tmp_path / "corpus.jsonl").write_text('{"id": 7}\n')
    with pytest.raises(InputError, match="holds a line that is no document"):
        Annotation(tmp_path, SCHEMA)


def test_two_processes_do_not_change_one_folder(annotation: Annotation, model: Model) -> None:
    """While one labels, another is told to wait."""

    def meanwhile(_extraction: Extraction[Any]) -> None:
        Annotation(annotation.folder, SCHEMA).add(["New."])

    with pytest.raises(InputError, match="another process is changing"):
        annotation.label(extractor(model), progress=meanwhile)


def test_the_report_counts_what_was_checked(annotation: Annotation, model: Model) -> None:
    """Precision is of the checked documents as the model labels them, and the rule says why."""
    begun(annotation, model, k=5, check=4)
    annotation.take(corrected_tasks(annotation.export(), relabelled({"Bo": "Person"})))
    report = annotation.report(Stopping(precision=0.5, checked=3))
    assert (report.round, report.documents, report.corrected, report.waiting) == (1, 5, 5, ())
    assert report.precision.documents == 4
    assert report.stop.reached
    assert report.stop.why == "every document was corrected"
    right = sum(each.right for each in report.precision.strata)
    checked = sum(each.checked for each in report.precision.strata)
    assert report.precision.share.value == right / checked


def test_weights_are_one_for_what_a_person_made(annotation: Annotation, model: Model) -> None:
    """Corrected documents count wholly, the others by how right checked items like theirs are."""
    begun(annotation, model, k=3, check=2)
    annotation.take(corrected_tasks(annotation.export(), relabelled({"Bo": "Person"})))
    weighted = list(annotation.weighted())
    assert [one.by_hand for one in weighted] == [True] * 3 + [False] * 2
    assert [one.weight for one in weighted][:3] == [1.0] * 3
    assert all(0.5 < one.weight <= 1 for one in weighted[3:])
