"""Extractions in the forms of other tools, and back."""

from __future__ import annotations

import importlib.util
import json
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import (
    Document,
    Entity,
    Event,
    Extraction,
    Grounded,
    InputError,
    MatchKind,
    Mention,
    Outcome,
    Relation,
    Span,
    ground,
)
from codeie.datasets import read_brat, read_conll
from codeie.errors import CodeIEWarning, MissingExtra
from codeie.exchange import (
    demonstrations,
    from_label_studio,
    from_prodigy,
    from_record,
    label_studio_config,
    to_arrow,
    to_brat,
    to_conll,
    to_graphml,
    to_json_ld,
    to_label_studio,
    to_networkx,
    to_pandas,
    to_polars,
    to_prodigy,
    to_record,
    to_spacy,
)


@dataclass
class Person(Entity):
    name: str


@dataclass
class Firm(Entity):
    name: str
    kind: str | None = None


@dataclass
class WorksFor(Relation):
    head: Person
    tail: Firm


@dataclass
class Hiring(Event):
    trigger: str
    who: list[Person] = field(default_factory=list)
    by: Firm | None = None


@dataclass
class Price:
    sum: int
    said: dict[str, list[str]]


SCHEMA = [Person, Firm, WorksFor, Hiring]
TEXT = "😀 Ada Okafor was hired by Acme Labs; Bob left 𝒳 Initech,\nsaid Eve <b>."
PEOPLE = [Person("Ada Okafor"), Person("Bob"), Person("Eve")]
FIRMS = [Firm("Acme Labs"), Firm("Initech")]


def _extraction(*instances: object, text: str = TEXT) -> Extraction[Any]:
    items = tuple(ground(list(instances), text))
    return Extraction(
        Document(text, "news"), items, outcome=Outcome.ITEMS if items else Outcome.EMPTY
    )


@st.composite
def extractions(draw: st.DrawFn) -> Extraction[Any]:
    """Entities, relations and events between them, in the order in which gold comes back."""
    relations = st.builds(WorksFor, st.sampled_from(PEOPLE), st.sampled_from(FIRMS))
    found = draw(st.lists(relations, max_size=4, unique_by=repr))
    hiring = st.builds(
        Hiring,
        st.sampled_from(["hired", "left"]),
        st.lists(st.sampled_from(PEOPLE), max_size=2, unique_by=repr),
        st.none() | st.sampled_from(FIRMS),
    )
    events = draw(st.lists(hiring, max_size=2, unique_by=lambda event: event.trigger))
    return _extraction(*PEOPLE, *FIRMS, *found, *events)


def _said(extraction: Extraction[Any]) -> set[tuple[str, str]]:
    return {
        (repr(item.value), repr(sorted((path, span) for path, span in item.spans.items())))
        for item in extraction.items
    }


def _through_label_studio(extraction: Extraction[Any]) -> Extraction[Any]:
    (task,) = json.loads(json.dumps(to_label_studio([extraction])))
    task["annotations"] = task.pop("predictions")
    (found,) = from_label_studio([task], SCHEMA)
    return found


def _through_prodigy(extraction: Extraction[Any]) -> Extraction[Any]:
    (task,) = json.loads(json.dumps(to_prodigy([extraction])))
    (found,) = from_prodigy([{**task, "answer": "accept"}], SCHEMA)
    return found


@pytest.mark.parametrize(
    "way",
    [
        lambda extraction: from_record(to_record(extraction), SCHEMA),
        _through_label_studio,
        _through_prodigy,
    ],
)
@settings(max_examples=25)
@given(extraction=extractions())
def test_entities_relations_and_events_come_back(
    way: Callable[[Extraction[Any]], Extraction[Any]], extraction: Extraction[Any]
) -> None:
    """The same instances at the same places, also behind letters beyond the first plane."""
    found = way(extraction)
    assert _said(extraction) == _said(found)
    assert (TEXT, "news", Outcome.ITEMS) == (found.document.text, found.document.id, found.outcome)


def test_brat_files_come_back(tmp_path: Path) -> None:
    """What is written as standoff is read again as the same."""
    extraction = _extraction(
        *PEOPLE, *FIRMS, WorksFor(PEOPLE[0], FIRMS[0]), Hiring("hired", PEOPLE[:1])
    )
    to_brat(extraction, tmp_path)
    (record,) = read_brat(tmp_path)
    assert _said(extraction) == _said(from_record(record, SCHEMA))


def test_what_a_record_cannot_hold_is_one_warning() -> None:
    """Each kind of loss is counted."""
    extraction = _extraction(
        Firm("Initech", "old"), Person("Nobody"), WorksFor(Person("Nobody"), FIRMS[0])
    )
    with pytest.warns(CodeIEWarning) as told:
        record = to_record(extraction)
    (one,) = told
    assert str(one.message) == (
        "a record cannot hold all of it: further fields of entities and records: 1; "
        "instances that are not in the text: 2; relations without two ends in the text: 1"
    )
    assert __file__ == one.filename
    assert ["Initech", "Acme Labs"] == [mention.text for mention in record.mentions]


def test_corrections_become_demonstrations() -> None:
    """What an annotator made of a task is gold: the last annotation that was not cancelled."""
    (task,) = to_label_studio([_extraction(Person("Bob"))])
    (guess,) = task["predictions"]
    wrong = {"result": [], "was_cancelled": True}
    region = {**guess["result"][0], "value": {**guess["result"][0]["value"], "labels": ["Firm"]}}
    tasks = [
        {**task, "annotations": [guess, {"result": [region]}, wrong]},
        {**task, "annotations": []},
    ]
    (found,) = from_label_studio(tasks, SCHEMA)
    assert [Firm("Bob")] == found.instances
    (shown,) = demonstrations([found])
    assert (TEXT, (Firm("Bob"),)) == (shown.text, tuple(shown.instances))


@pytest.mark.parametrize(
    "change",
    [
        lambda task: task["data"].pop("text"),
        lambda task: task["data"].update(text=3),
        lambda task: task["annotations"][0]["result"][0]["value"].update(end=999),
        lambda task: task["annotations"][0]["result"][0]["value"].update(start=1),
        lambda task: task["annotations"][0]["result"][0]["value"].update(labels=[]),
        lambda task: task["annotations"][0]["result"].append(
            {"type": "relation", "from_id": "x", "to_id": "T1", "labels": ["WorksFor"]}
        ),
        lambda task: task.update(annotations=[3]),
    ],
)
def test_a_task_that_is_none_is_named(change: Callable[[Any], object]) -> None:
    """A foreign task with missing parts or shifted offsets is one clear error."""
    (task,) = to_label_studio([_extraction(Person("Bob"))])
    task["annotations"] = task.pop("predictions")
    change(task)
    with pytest.raises(InputError, match="task 1 is not one of Label Studio's"):
        from_label_studio([task], SCHEMA)


def test_prodigy_takes_what_was_accepted_and_names_what_is_no_task() -> None:
    """Rejected tasks are left out; one with a place outside its text is an error."""
    (task,) = to_prodigy([_extraction(Person("Bob"))])
    assert [] == from_prodigy([{**task, "answer": "reject"}], SCHEMA)
    task["spans"][0]["end"] = 999
    with pytest.raises(InputError, match="task 1 is not one of Prodigy's"):
        from_prodigy([task], SCHEMA)
    with pytest.raises(InputError, match="task 1 is not one of Prodigy's"):
        from_prodigy([{}], SCHEMA)


def test_the_interface_of_label_studio_has_the_classes_escaped() -> None:
    """Entities and events are labels in their own colours, relations and roles are relations."""
    root = ET.fromstring(label_studio_config(SCHEMA))  # noqa: S314 - our own
    assert ["Person", "Firm", "Hiring"] == [each.get("value") for each in root.iter("Label")]
    assert ["WorksFor", "who", "by"] == [each.get("value") for each in root.iter("Relation")]
    assert "#56b4e9" == next(root.iter("Label")).get("background")


# Tokens.


def _inside(text: str) -> Extraction[Any]:
    """Somebody marked the half of a word, as gold may."""
    start = text.index("Ada")
    mention = Mention("name", "Ada", Span(start, start + 3), MatchKind.EXACT)
    return Extraction(Document(text), (Grounded(Person("Ada"), (mention,)),))


def test_columns_hold_what_fits_and_tell_the_rest(tmp_path: Path) -> None:
    """Mentions come back from the columns; overlaps, relations and events are told."""
    path = tmp_path / "a.conll"
    extraction = _extraction(*PEOPLE, *FIRMS, Firm("Acme"), WorksFor(PEOPLE[0], FIRMS[0]))
    with pytest.warns(CodeIEWarning, match="mentions that overlap longer ones: 1; relations: 1"):
        assert 5 == to_conll([extraction], path)
    found = [(m.type, m.text) for record in read_conll(path) for m in record.mentions]
    assert [
        ("Person", "Ada Okafor"), ("Firm", "Acme Labs"), ("Person", "Bob"), ("Firm", "Initech"),
        ("Person", "Eve"),
    ] == found  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "tag", "said"),
    [
        ("widen", "B-Person", "widened: 1"),
        ("narrow", "O", "left out: 1"),
        ("leave", "O", "left out: 1"),
    ],
)
def test_places_inside_a_token(tmp_path: Path, inside: Any, tag: str, said: str) -> None:
    """The option says what becomes of them, and the warning that it did."""
    path = tmp_path / "a.conll"
    with pytest.warns(CodeIEWarning, match=f"places inside a token, {said}"):
        to_conll([_inside("so Adalbert")], path, inside=inside)
    assert f"so\tO\nAdalbert\t{tag}\n\n" == path.read_text(encoding="utf-8")


def test_an_unknown_option_is_an_error(tmp_path: Path) -> None:
    """There are three ways to treat places inside tokens."""
    with pytest.raises(InputError, match="choose 'widen', 'narrow' or 'leave'"):
        to_conll([], tmp_path / "a", inside="grow")  # type: ignore[arg-type]


# Graphs.


def test_graphs_have_mentions_and_what_joins_them(tmp_path: Path) -> None:
    """GraphML and JSON-LD say the same; what XML cannot write is spelled out."""
    text = "Ada \x00 Okafor works for <b> Acme."
    extraction = _extraction(
        Person("Ada"),
        Firm("Acme"),
        WorksFor(Person("Ada"), Firm("Acme")),
        Person("\x00"),
        text=text,
    )
    found = to_json_ld(extraction, vocabulary="urn:x:")
    assert {"@vocab": "urn:x:"} == found["@context"]
    assert {
        "@id": "#m0", "@type": "Person", "text": "Ada", "start": 0, "end": 3,
        "WorksFor": [{"@id": "#m1"}],
    } == found["@graph"][0]  # fmt: skip
    root = ET.parse(to_graphml(extraction, tmp_path / "a.graphml")).getroot()  # noqa: S314 - our own
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert ["m0", "m1", "m2"] == [node.get("id") for node in root.iter(f"{space}node")]
    (edge,) = root.iter(f"{space}edge")
    assert ("m0", "m1") == (edge.get("source"), edge.get("target"))
    assert "⟨U+0000⟩" in [data.text for data in root.iter(f"{space}data")]


def test_a_graph_of_networkx() -> None:
    """Nodes and edges carry the same."""
    pytest.importorskip("networkx", reason="needs networkx")
    graph = to_networkx(_extraction(PEOPLE[0], FIRMS[0], WorksFor(PEOPLE[0], FIRMS[0])))
    assert "Ada Okafor" == graph.nodes["m0"]["text"]
    assert [("m0", "m1", {"class": "WorksFor", "label": "WorksFor"})] == list(
        graph.edges(data=True)
    )


@settings(max_examples=15)
@given(extraction=extractions())
def test_graphml_is_read_as_the_graph_of_networkx(
    extraction: Extraction[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its own reader finds the same nodes and edges, with the same attributes of the same types."""
    nx = pytest.importorskip("networkx", reason="needs networkx")
    path = to_graphml(extraction, tmp_path_factory.mktemp("graph") / "a.graphml")
    written, graph = nx.read_graphml(path, force_multigraph=True), to_networkx(extraction)
    assert dict(graph.nodes(data=True)) == dict(written.nodes(data=True))
    assert sorted(map(str, graph.edges(data=True))) == sorted(map(str, written.edges(data=True)))


def _write_graphml(extraction: Extraction[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        to_graphml(extraction, Path(folder) / "a")


@pytest.mark.parametrize("to", [to_networkx, _write_graphml, to_json_ld, to_spacy])
def test_what_has_no_place_is_told_by_forms_of_places(to: Callable[[Any], Any]) -> None:
    """Strings that the text does not hold, and what is no string, are counted in one warning."""
    for package, needing in (("networkx", to_networkx), ("spacy", to_spacy)):
        if to is needing:
            pytest.importorskip(package, reason=f"needs {package}")
    extraction = _extraction(Firm("Initech", "old"), Person("Nobody"), Price(3, {"in": ["Bob"]}))
    with pytest.warns(CodeIEWarning, match="in the text: 2; values that are no quotations: 1$"):
        to(extraction)


def test_a_doc_of_spacy() -> None:
    """Spans and what joins them, by spaCy's own tokens; what does not fit is told."""
    pytest.importorskip("spacy", reason="needs spaCy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        doc = to_spacy(_extraction(PEOPLE[0], FIRMS[0], WorksFor(PEOPLE[0], FIRMS[0])))
    assert [("Ada Okafor", "Person"), ("Acme Labs", "Firm")] == [
        (span.text, span.label_) for span in doc.spans["codeie"]
    ]
    assert [(0, "WorksFor", 1)] == doc.user_data["codeie"]
    with pytest.warns(CodeIEWarning, match="left out: 1"):
        assert [] == list(to_spacy(_inside("so Adalbert"), inside="leave").spans["codeie"])
    with pytest.warns(CodeIEWarning, match="widened: 1"):
        doc = to_spacy(_inside("so Adalbert"))
    assert ["Adalbert"] == [span.text for span in doc.spans["codeie"]]


@pytest.mark.parametrize(("package", "to"), [("networkx", to_networkx), ("spacy", to_spacy)])
def test_what_is_not_installed_is_named(
    package: str, to: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what to install."""
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtra, match=f"pip install {package}"):
        to(_extraction())


# Tables.


def test_tables_have_a_row_for_each_item() -> None:
    """With paths for names, and places beside strings."""
    extraction = _extraction(PEOPLE[0], WorksFor(PEOPLE[0], FIRMS[0]))
    if importlib.util.find_spec("pyarrow"):
        rows = to_arrow([extraction]).to_pylist()
        assert ["Ada Okafor", None] == [row["name"] for row in rows]
        assert ("Acme Labs", 26, 35) == tuple(
            rows[1][name] for name in ("tail.name", "tail.name.start", "tail.name.end")
        )
    found = importlib.util.find_spec("datasets")
    if importlib.util.find_spec("pyarrow") and found and found.origin:  # and not our tests' folder
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import datasets
        table = to_arrow([extraction])
        assert table.to_pylist() == datasets.Dataset(table).to_list()
    if importlib.util.find_spec("pandas"):
        assert ["Person", "WorksFor"] == list(to_pandas([extraction])["class"])
    if importlib.util.find_spec("polars"):
        assert ["news", "news"] == to_polars([extraction])["document"].to_list()
