"""Whole runs: a dataset, a scripted model, a folder of results; and the commands for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from codeie import Document, Event, Extractor, datasets, ground
from codeie.cli import app
from codeie.clients import Completion, Settings
from codeie.display import plain
from codeie.errors import AuthenticationFailed, EvaluationError, ProviderUnavailable
from codeie.evaluation import (
    Counts,
    Policy,
    SavedRun,
    Scores,
    document_with,
    draw_demonstrations,
    evaluate,
    metrics_for,
    read_run,
    sample,
    write_run,
)
from codeie.introspection import introspect
from codeie.prompting import Prompt, Variation
from codeie.testing import ScriptedClient

CONLL = """\
Ada B-person
met O
Bo B-person

Cy B-person
left O
Rome B-place

nobody O
came O

Dee B-person
"""


def _capitals(prompt: Prompt) -> str:
    """A model that takes every capitalised word for a person, and cannot answer about nobody."""
    if "nobody" in prompt.text:
        return "I am sorry, I cannot do that ("
    names = [word for word in prompt.text.split() if word[0].isupper()]
    return "[" + ", ".join(f"Person({name!r})" for name in names) + "]"


@pytest.fixture
def client() -> ScriptedClient:
    """The model."""
    return ScriptedClient(_capitals, name="scripted/capitals")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Four sentences: three people and a place in the first two, nothing, a person."""
    path = tmp_path / "gold.conll"
    path.write_text(CONLL)
    return path


@pytest.fixture
def dataset(gold: Path) -> datasets.Dataset:
    """The same, read."""
    return datasets.read("conll", gold, separator=" ")


def _run(
    dataset: datasets.Dataset, client: ScriptedClient, out: Path, limit: int | None = None
) -> SavedRun:
    extractor = Extractor(dataset.schema, model=client)
    return evaluate(dataset, extractor, out, limit=limit)


def test_a_run_scores_and_writes_everything_down(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Four people found, the place among them wrongly: 4 of 5 right; one answer unread."""
    run = _run(dataset, client, tmp_path / "out")
    scores = run.scores["entities"]
    assert (Counts(4, 5, 5), 1, 0) == (scores.micro, scores.unparsed, scores.failed)
    assert 1.0 == run.measures["strings in the text"]
    setting = {key: run.about[key] for key in ("model", "style", "occurrences", "temperature")}
    assert {
        "model": "scripted/capitals",
        "style": "mention-first",
        "occurrences": "in_order",
        "temperature": None,
    } == setting
    lines = (tmp_path / "out" / "predictions.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert ["items", "items", "unparsed", "items"] == [record["outcome"] for record in records]
    assert ["Person", "Place"] == [item["class"] for item in records[1]["gold"]]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 4 == page.count("<article")
    assert run == read_run(tmp_path / "out")
    assert run.errors is not None
    assert {"wrong type": 1} == {
        kind.value: count for kind, count in run.errors.by_kind().items() if count
    }
    assert "Each error" in run._repr_html_()
    assert "0.8000" in plain(run, width=200)
    read = read_run(tmp_path / "out")
    assert read.errors is None
    assert "Each error" not in read._repr_html_()


def test_a_repeated_run_asks_nothing_twice(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """The second run has the answers of the first; a smaller sample has them too."""
    first = _run(dataset, client, tmp_path)
    asked = len(client.prompts)
    assert 4 == asked
    assert first == _run(dataset, client, tmp_path)
    _run(dataset, client, tmp_path, limit=2)
    assert asked == len(client.prompts)


def test_a_sample_is_drawn_by_its_seed_and_kept_in_order(dataset: datasets.Dataset) -> None:
    """The same seed draws the same; all seeds together draw every document; order is kept."""
    ids = [example.document.id for example in dataset]
    drawn = [[example.document.id for example in sample(dataset, 2, seed)] for seed in range(20)]
    assert drawn[3] == [example.document.id for example in sample(dataset, 2, 3)]
    assert all(sorted(one, key=ids.index) == one and len(one) == 2 for one in drawn)
    assert set(ids) == {name for one in drawn for name in one}
    assert ids == [example.document.id for example in sample(dataset, 99, 1)]
    with pytest.raises(EvaluationError, match="limit must be at least 1"):
        sample(dataset, 0, 1)


def test_no_documents_is_an_error(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """A dataset without documents has no score, not a score of zero."""
    path = tmp_path / "empty.conll"
    path.write_text("")
    extractor = Extractor(dataset.schema, model=client)
    empty = datasets.read("conll", path, labels=dataset.labels)
    with pytest.raises(EvaluationError, match="has no documents"):
        evaluate(empty, extractor, tmp_path / "out")


def test_a_wrong_key_ends_a_run(dataset: datasets.Dataset, tmp_path: Path) -> None:
    """What no later document can do better at ends the run; what one of them may does not."""

    def refuse(_prompt: Prompt) -> Completion:
        raise AuthenticationFailed("no such key")

    def stumble(_prompt: Prompt) -> Completion:
        raise ProviderUnavailable("try later")

    with pytest.raises(AuthenticationFailed):
        _run(dataset, ScriptedClient(refuse), tmp_path / "a")
    run = _run(dataset, ScriptedClient(stumble), tmp_path / "b")
    assert 4 == run.scores["entities"].failed


SEMEVAL = """\
1\t"The <e1>baker</e1> cut it with a <e2>knife</e2>."
Instrument-Agency(e2,e1)
Comment:

2\t"The <e1>knife</e1> lay by the <e2>bread</e2>."
Other
Comment:
"""


def test_marked_pairs_get_their_official_score(tmp_path: Path) -> None:
    """SemEval: the first relation the other way round is wrong, "Other" is not averaged over."""
    (tmp_path / "TRAIN_FILE.TXT").write_text(SEMEVAL)
    dataset = datasets.load("semeval2010", tmp_path, split="train")
    answers = [
        '[InstrumentAgency(Nominal("baker"), Nominal("knife"))]',
        '[OtherRelation(Nominal("knife"), Nominal("bread"))]',
    ]
    run = _run(dataset, ScriptedClient(answers), tmp_path / "out")
    assert 0.0 == run.measures["classification macro F1"]
    # One of two relations, and all four nominals are part of relations only.
    assert Counts(1, 2, 2) == run.scores["relations"].micro


DOCRED = [
    {
        "title": "A town",
        "sents": [["Ada", "lives", "in", "Rome", "."], ["Rome", "is", "old", "."]],
        "vertexSet": [
            [{"name": "Ada", "sent_id": 0, "pos": [0, 1], "type": "PER"}],
            [
                {"name": "Rome", "sent_id": 0, "pos": [3, 4], "type": "LOC"},
                {"name": "Rome", "sent_id": 1, "pos": [0, 1], "type": "LOC"},
            ],
        ],
        "labels": [{"h": 0, "t": 1, "r": "P19", "evidence": [0]}],
    }
]


def test_docred_is_scored_by_entity_too(tmp_path: Path) -> None:
    """A relation with an entity's second mention is right as a fact."""
    (tmp_path / "dev.json").write_text(json.dumps(DOCRED))
    dataset = datasets.load("docred", tmp_path)
    answer = '[Location("Rome"), Location("Rome"), PlaceOfBirth(Person("Ada"), Location("Rome"))]'
    run = _run(dataset, ScriptedClient([answer]), tmp_path / "out")
    assert 1.0 == run.measures["facts F1"]


def test_confidences_are_held_against_accuracy(dataset: datasets.Dataset, tmp_path: Path) -> None:
    """Sure of one right and one wrong person: the expected error is a half."""
    sure = Completion('[Person("Cy"), Person("Rome")]', confidences=(1.0, 1.0))
    client = ScriptedClient(lambda prompt: sure if "Cy" in prompt.text else "[]")
    run = _run(dataset, client, tmp_path)
    assert 0.5 == run.measures["expected calibration error (entities)"]


def test_symmetric_relations_of_the_dataset_are_compared_both_ways(tmp_path: Path) -> None:
    """SciERC's comparisons have no direction, its other relations have one."""
    record = {
        "doc_key": "d",
        "sentences": [["trees", "beat", "rules", "for", "parsing"]],
        "ner": [[[0, 0, "Method"], [2, 2, "Method"], [4, 4, "Task"]]],
        "relations": [[[0, 0, 2, 2, "COMPARE"], [0, 0, 4, 4, "USED-FOR"]]],
    }
    (tmp_path / "dev.json").write_text(json.dumps(record) + "\n")
    answer = (
        '[Compare(Method("rules"), Method("trees")), UsedFor(Task("parsing"), Method("trees"))]'
    )
    client = ScriptedClient([Completion(answer, confidences=(1.0, 0.5))])
    run = _run(datasets.load("scierc", tmp_path), client, tmp_path / "out")
    scores = run.scores["relations-boundary"]
    assert Counts(1, 1, 1) == scores.by_type["Compare"]
    assert 0 == scores.by_type["UsedFor"].matched
    # Sure of the right one, half sure of the wrong one; no entity was predicted by itself.
    assert 0.25 == run.measures["expected calibration error (relations-boundary)"]
    assert "expected calibration error (entities)" not in run.measures


def test_metrics_fit_the_schema() -> None:
    """Events before relations before entities; records are scored by slot."""
    from codeie.schemas import phee, scierc

    assert ["relations", "relations-boundary", "entities"] == metrics_for(introspect(scierc.SCHEMA))
    assert "triggers" == metrics_for(introspect(phee.SCHEMA))[0]
    assert "argument-details" == metrics_for(introspect(phee.SCHEMA))[-1]
    assert ["slots"] == metrics_for(introspect([phee.Subject]))


def _saved(folder: Path, matched: int, documents: int = 8, **about: object) -> Path:
    folder.mkdir(parents=True)
    counts = tuple(Counts(matched, 4, 4) for _ in range(documents))
    scores = Scores("entities", Policy(symmetric=frozenset({"B", "A"})), counts, {"X": counts[0]})
    names = tuple(map(str, range(documents)))
    standard = {"dataset": "d", "split": "dev", "model": "m", "style": "s"}
    write_run(SavedRun({**standard, **about}, names, {"entities": scores}, {"x": 0.5}), folder)
    return folder


def test_saved_runs_are_read_back_whole(tmp_path: Path) -> None:
    """Policies with sets in them too."""
    run = read_run(_saved(tmp_path / "a", 3))
    assert frozenset({"A", "B"}) == run.scores["entities"].policy.symmetric
    assert Counts(24, 32, 32) == run.scores["entities"].micro
    assert {"x": 0.5} == run.measures


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        '{"format": 2}',
        '{"format": 1, "about": [], "documents": [], "scores": {}, "measures": {}}',
        '{"format": 1, "about": {}, "documents": [], "scores": {"x": {}}, "measures": {}}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_damaged_scores_are_refused(tmp_path: Path, content: str) -> None:
    """A file that is not ours, cut short or hostile is one clear error."""
    (tmp_path / "scores.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(EvaluationError, match="not a file of scores"):
        read_run(tmp_path)


def test_missing_and_huge_scores_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without scores, and a file too large to be one."""
    with pytest.raises(EvaluationError, match=r"holds no scores\.json"):
        read_run(tmp_path)
    monkeypatch.setattr("codeie.evaluation._saved._MOST_BYTES", 3)
    with pytest.raises(EvaluationError, match="larger than 3 bytes"):
        read_run(_saved(tmp_path / "a", 3))


CONDITIONED = {
    "doc_key": "d",
    "sentences": [["trees", "beat", "rules", "for", "parsing"]],
    "ner": [[[0, 0, "Method"], [2, 2, "Method"], [4, 4, "Task"]]],
    "relations": [[[0, 0, 4, 4, "USED-FOR"]]],
}


def test_given_entities_are_shown_and_not_scored(tmp_path: Path) -> None:
    """A style about given entities is told the gold ones, and only relations are scored."""
    (tmp_path / "dev.json").write_text(json.dumps(CONDITIONED) + "\n")
    client = ScriptedClient(['[UsedFor(Method("trees"), Task("parsing"))]'])
    dataset = datasets.load("scierc", tmp_path)
    extractor = Extractor(dataset.schema, model=client, style="gollie-entities")
    run = evaluate(dataset, extractor, tmp_path / "out", given="entities")
    assert ["relations", "relations-boundary"] == list(run.scores)
    assert Counts(1, 1, 1) == run.scores["relations"].micro
    assert '# "rules": Method' in str(client.prompts[0])
    assert "entities" == run.about["given"]


@dataclass
class Sinking(Event):
    """A ship goes down."""

    trigger: str
    ships: list[str] = field(default_factory=list)


@dataclass
class Launch(Event):
    """A ship goes to sea; always one."""

    trigger: str
    ship: str


def _example(text: str, *events: object) -> datasets.Example:
    gold = tuple(ground(events, text))
    return datasets.Example(Document(text), gold, {})


def test_given_triggers_say_nothing_of_the_arguments() -> None:
    """Events are given by their triggers alone; those that cannot be are an error."""
    example = _example("The Tern sank.", Sinking("sank", ["Tern"]))
    told = document_with(example, "triggers", introspect([Sinking]))
    assert (Sinking("sank"),) == told.given
    assert document_with(example, "nothing", introspect([Sinking])).given is None
    assert () == document_with(example, "triggers", introspect([Launch])).given
    with pytest.raises(EvaluationError, match="cannot be made of its trigger alone"):
        document_with(
            _example("The Tern was launched.", Launch("launched", "Tern")),
            "triggers",
            introspect([Launch]),
        )


def test_a_style_about_events_needs_to_be_given_them(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """It is one clear error before anything is asked, not one for each document."""
    extractor = Extractor([Sinking], model=client, style="code4struct")
    with pytest.raises(EvaluationError, match="given='triggers'"):
        evaluate(dataset, extractor, tmp_path)
    assert not client.prompts


def test_demonstrations_show_as_many_classes_as_they_can() -> None:
    """Of all draws one with both classes is taken; the same seed draws the same."""
    schema = introspect([Sinking, Launch])
    plain = [_example(f"The Tern sank again, time {n}.", Sinking("sank")) for n in range(30)]
    pool = [*plain, _example("The Gull was launched.", Launch("launched", "Gull"))]
    drawn = draw_demonstrations(pool, schema, 2, seed=5)
    assert {Sinking, Launch} == {type(each) for one in drawn for each in one.instances}
    assert drawn == draw_demonstrations(pool, schema, 2, seed=5)
    only = draw_demonstrations(pool, introspect([Launch]), 31, seed=5)
    assert [Launch("launched", "Gull")] == [each for one in only for each in one.instances]
    (told,) = draw_demonstrations(pool[:1], schema, 1, given="triggers")
    assert (Sinking("sank"),) == told.given
    assert [] == draw_demonstrations(pool, schema, 0)
    with pytest.raises(EvaluationError, match="32 demonstrations were asked for, and 31"):
        draw_demonstrations(pool, schema, 32)


# The commands.

Run = Callable[..., Result]


@pytest.fixture
def run(client: ScriptedClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder of its own, with the scripted model."""
    monkeypatch.setattr("codeie.evaluation._each.resolve", lambda _model: client)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def tabbed(tmp_path: Path) -> str:
    """The gold with tabs, as the reader has it by default."""
    path = tmp_path / "tabbed.conll"
    path.write_text(CONLL.replace(" ", "\t"))
    return str(path)


def test_evaluate_prints_a_table_and_names_its_files(run: Run, tabbed: str) -> None:
    """One's own gold by --format and --path; the folder is named for the run."""
    result = run("evaluate", "--format", "conll", "--path", tabbed, "--limit", "4")
    assert 0 == result.exit_code
    found = "divided by a tab, token_column=0, tag_column=-1"
    assert f"codeie: tabbed: read as conll, {found}\n" == result.stderr
    (line,) = [line for line in result.stdout.splitlines() if "entities" in line]
    assert ["entities", "0.8000", "0.8000", "0.8000"] == line.split()[:4]
    folder = Path("runs/tabbed--mention_first-scripted_capitals")
    assert {"answers.sqlite", "predictions.jsonl", "report.html", "scores.json"} <= {
        file.name for file in folder.iterdir()
    }
    assert str(folder) in result.stdout


def test_evaluate_shows_demonstrations(
    run: Run, client: ScriptedClient, tabbed: str, tmp_path: Path
) -> None:
    """--shots draws from another file; the folder's name and the scores say how many."""
    train = tmp_path / "train.conll"
    train.write_text("Eve\tB-person\nlives\tO\nin\tO\nPatagonia\tB-place\n")
    own = ("evaluate", "--format", "conll", "--path", tabbed, "--shots", "1")
    assert 0 == run(*own, "--shots-from", str(train)).exit_code
    assert "Eve lives in Patagonia" in str(client.prompts[0])
    saved = read_run("runs/tabbed--mention_first-scripted_capitals-1shot")
    assert 1 == saved.about["demonstrations"]
    refused = run(*own, "--shots-from", tabbed)
    assert (2, "") == (refused.exit_code, refused.stdout)
    assert "give answers away" in refused.stderr
    refused = run("evaluate", "--format", "conll", "--path", tabbed, "--given", "all")
    assert "use one of nothing, entities, triggers" in refused.stderr


def test_evaluate_scores_as_a_paper_does(run: Run, tabbed: str) -> None:
    """--paper sets the rules and --metric what is scored; both are written down."""
    options = ("--paper", "gollie", "--metric", "exact", "--out", "o")
    assert 0 == run("evaluate", "--format", "conll", "--path", tabbed, *options).exit_code
    scores = read_run("o").scores
    assert ["entities-boundary"] == list(scores)
    assert "string" == scores["entities-boundary"].policy.by


def test_evaluate_says_what_it_cannot_do(run: Run, tabbed: str) -> None:
    """No dataset, an unknown one, an unknown paper: one line and the code for bad input."""
    for arguments, words in (
        ((), "give --dataset, or --path of your own gold"),
        (("--dataset", "sciercs"), "scierc"),
        (("--format", "conll", "--path", tabbed, "--paper", "nobody"), "no scoring preset"),
    ):
        result = run("evaluate", *arguments)
        assert (2, "") == (result.exit_code, result.stdout), result.output
        (line,) = result.stderr.splitlines()
        assert words in line


def test_failed_documents_give_exit_code_one(
    run: Run, tabbed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scores are written all the same, with the failures beside them."""

    def stumble(_prompt: Prompt) -> Completion:
        raise ProviderUnavailable("try later")

    monkeypatch.setattr("codeie.evaluation._each.resolve", lambda _model: ScriptedClient(stumble))
    result = run("evaluate", "--format", "conll", "--path", tabbed, "--out", "o")
    assert 1 == result.exit_code
    assert "4 of 4 documents failed" in result.stderr
    assert 4 == read_run("o").scores["entities"].failed


def test_compare_tests_two_runs(run: Run, tmp_path: Path) -> None:
    """The difference of F1 with its sign, and how likely chance makes it."""
    _saved(tmp_path / "a", 4)
    _saved(tmp_path / "b", 1)
    result = run("compare", "a", "b", "--json")
    found = json.loads(result.stdout)
    assert ("entities", 1.0, 0.25, 0.75) == tuple(
        found[k] for k in ("metric", "a", "b", "difference")
    )
    assert found["p"] < 0.05
    table = run("compare", "b", "a", "--resamples", "20").stdout
    assert "-0.7500" in table


def test_compare_refuses_runs_that_differ_in_more_than_the_system(run: Run, tmp_path: Path) -> None:
    """Other documents, or no metric in common."""
    _saved(tmp_path / "a", 4)
    _saved(tmp_path / "b", 1, documents=3)
    result = run("compare", "a", "b")
    assert "not of the same documents" in result.stderr
    other = read_run("a")
    (tmp_path / "c").mkdir()
    write_run(SavedRun(other.about, other.documents, {}), tmp_path / "c")
    assert "no metric in common" in run("compare", "a", "c").stderr


def test_leaderboard_sorts_runs_within_datasets(run: Run, tmp_path: Path) -> None:
    """By dataset, then best first."""
    _saved(tmp_path / "runs" / "a", 1, model="worse")
    _saved(tmp_path / "runs" / "b", 4, model="better")
    _saved(tmp_path / "runs" / "deep" / "c", 2, dataset="a", model="other")
    lines = run("leaderboard", "runs", "--json").stdout.splitlines()
    assert ["other", "better", "worse"] == [json.loads(line)["model"] for line in lines]
    table = run("leaderboard", "runs", "--metric", "strict").stdout
    assert table.index("other") < table.index("better") < table.index("worse")


def test_leaderboard_draws_its_runs(run: Run, tmp_path: Path) -> None:
    """With --plot the scores are drawn into a file, which is named by its ending."""
    pytest.importorskip("matplotlib", reason="needs the extra codeie[plots]")
    _saved(tmp_path / "runs" / "a", 1)
    run("leaderboard", "runs", "--plot", "chart.svg")
    assert "<svg" in (tmp_path / "chart.svg").read_text()


def test_leaderboard_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    """No run below the folder, or none with the metric."""
    (tmp_path / "runs").mkdir()
    assert "there is no scores.json" in run("leaderboard", "runs").stderr
    _saved(tmp_path / "runs" / "a", 1)
    assert "has the metric 'slots'" in run("leaderboard", "runs", "--metric", "slots").stderr


def test_what_may_change_the_answers_is_written_down(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Two runs that differ in anything an extractor was told differ in what they say of it."""
    told: list[dict[str, Any]] = [
        {},
        {"settings": Settings(temperature=0.5)},
        {"settings": Settings(max_tokens=9)},
        {"settings": Settings(seed=3)},
        {"occurrences": "first"},
        {"ungrounded": "drop"},
        {"chunk": 300},
        {"limit": 5_000},
        {"variation": Variation(seed=1, shuffle=True)},
        {"style": "gollie"},
    ]
    runs = [
        evaluate(dataset, Extractor(dataset.schema, model=client, **each), tmp_path / str(number))
        for number, each in enumerate(told)
    ]
    assert [run.about for run in runs] == [
        read_run(tmp_path / str(number)).about for number in range(len(told))
    ]
    used = ("input_tokens", "output_tokens", "seconds")  # which may differ by chance
    settings = [
        tuple((key, value) for key, value in run.about.items() if key not in used) for run in runs
    ]
    assert len(told) == len(set(settings))
