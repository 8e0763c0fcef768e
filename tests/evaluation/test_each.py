"""Several extractors on one dataset: ranked, compared, shown; what fails takes nobody along."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from codeie import Extractor, datasets
from codeie.cli import app
from codeie.display import plain
from codeie.errors import (
    AuthenticationFailed,
    CodeIEError,
    EvaluationError,
    InputError,
    MissingExtra,
    ProviderUnavailable,
    SchemaError,
    UnknownModel,
    UnknownStyle,
)
from codeie.evaluation import (
    Counts,
    Policy,
    SavedRun,
    Scores,
    Standings,
    combinations,
    evaluate_each,
    rank,
    read_run,
)
from codeie.prompting import Prompt
from codeie.schemas.starter import SCHEMA
from codeie.testing import ScriptedClient

GOLD = """\
Ada\tB-person
met\tO
Bo\tB-person

Cy\tB-person
left\tO

Dee\tB-person
came\tO
"""
TRAIN = "Eve\tB-person\nlives\tO\nin\tO\nlonely\tO\nvalleys\tO\n"


def _people(prompt: Prompt) -> str:
    """A model that is right in one style; in another it adds a person who is not there."""
    names = [word for word in prompt.text.split() if word[0].isupper()]
    if prompt.style == "gollie":
        names.append("Zed")
    return "[" + ", ".join(f"Person({name!r})" for name in names) + "]"


@pytest.fixture
def client() -> ScriptedClient:
    """The model."""
    return ScriptedClient(_people, name="scripted/people")


@pytest.fixture
def gold(tmp_path: Path) -> str:
    """Three sentences with four people."""
    path = tmp_path / "gold.conll"
    path.write_text(GOLD)
    return str(path)


@pytest.fixture
def dataset(gold: str) -> datasets.Dataset:
    """The same, read."""
    return datasets.read("conll", gold)


def _two(dataset: datasets.Dataset, client: ScriptedClient, out: Path) -> Standings:
    styles = combinations(dataset.schema, models=[client], styles=["gollie", "code4uie"])
    return evaluate_each(dataset, styles, out)


def test_systems_are_ranked_with_paired_differences_and_costs(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """The best first; of 7 predicted 4 are right in the other: F1 8/11, three strings invented."""
    standings = _two(dataset, client, tmp_path / "out")
    best, other = standings.rows
    assert ("entities", "code4uie") == (standings.metric, standings.against)
    assert ("code4uie", 1.0, None) == (best.name, best.scores.f1, best.comparison)
    assert ("gollie", 8 / 11) == (other.name, other.scores.f1)
    assert other.comparison is not None
    assert 8 / 11 - 1 == other.comparison.difference
    # One person in a sentence and one invented gives 2/3, two of them 4/5.
    assert other.comparison.interval.low == pytest.approx(2 / 3 - 1)
    assert other.comparison.interval.high == pytest.approx(4 / 5 - 1)
    assert (0, 3) == (best.invented, other.invented)
    assert (1.0, 1.0) == (best.calls, other.calls)
    assert best.seconds is not None
    assert best.seconds >= 0


def test_each_system_is_a_saved_run(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Every folder is as `evaluate` writes it, and can be ranked later."""
    standings = _two(dataset, client, tmp_path / "out")
    for name, run in standings.runs.items():
        assert run == read_run(tmp_path / "out" / name)
        assert (tmp_path / "out" / name / "report.html").exists()
    later = rank({name: read_run(tmp_path / "out" / name) for name in ("gollie", "code4uie")})
    assert later == standings


def test_a_repeated_comparison_asks_nothing_and_says_the_same(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Answers, tokens and the time they took are those of the first time."""
    first = _two(dataset, client, tmp_path)
    assert 6 == len(client.prompts)
    assert first == _two(dataset, client, tmp_path)
    assert 6 == len(client.prompts)


def test_an_interrupted_comparison_goes_on(dataset: datasets.Dataset, tmp_path: Path) -> None:
    """After Ctrl-C in the second system, only what was not answered is asked."""
    calls: list[Prompt] = []

    def interrupted(prompt: Prompt) -> str:
        calls.append(prompt)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return _people(prompt)

    client = ScriptedClient(interrupted)
    styles = combinations(dataset.schema, models=[client], styles=["gollie", "code4uie"])
    with pytest.raises(KeyboardInterrupt):
        evaluate_each(dataset, styles, tmp_path, concurrency=1)
    standings = evaluate_each(dataset, styles, tmp_path, concurrency=1)
    assert 7 == len(calls)  # six questions, of which the interrupted one was asked again
    assert ["code4uie", "gollie"] == [row.name for row in standings.rows]


def test_systems_share_their_answers(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """The layout that is taken by default and the same by name ask once; no time is made up."""
    made = combinations(
        dataset.schema,
        models=[client],
        layouts=["auto", ScriptedClient([]).capabilities.layouts[0]],
    )
    standings = evaluate_each(dataset, made, tmp_path / "out", run=tmp_path / "kept.sqlite")
    assert 3 == len(client.prompts)
    assert (tmp_path / "kept.sqlite").exists()
    first, second = standings.rows
    assert first.scores == second.scores
    assert second.comparison is not None
    assert (0.0, 1.0) == (second.comparison.difference, second.comparison.p_value)
    assert (None, first.input_tokens) == (second.seconds, second.input_tokens)


def test_what_fails_takes_nobody_along(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Classes refused, a wrong key, a model that is down: each is named, the others ranked."""

    def raises(error: Exception) -> Callable[[Prompt], str]:
        def fail(_prompt: Prompt) -> str:
            raise error

        return fail

    def refused() -> Extractor[Any]:
        raise SchemaError("this style wants relations")

    schema = dataset.schema
    systems: dict[str, Any] = {
        "refused": refused,
        "needs events": lambda: Extractor(schema, model=client, style="code4struct"),
        "locked": Extractor(schema, model=ScriptedClient(raises(AuthenticationFailed("no")))),
        "down": Extractor(schema, model=ScriptedClient(raises(ProviderUnavailable("later")))),
        "well": Extractor(schema, model=client),
    }
    standings = evaluate_each(dataset, systems, tmp_path, against="down")
    assert ["well"] == [row.name for row in standings.rows]
    assert {
        "refused": SchemaError,
        "needs events": EvaluationError,
        "locked": AuthenticationFailed,
        "down": ProviderUnavailable,
    } == {name: type(error) for name, error in standings.failures.items()}
    assert None is standings.rows[0].comparison
    assert "down: ProviderUnavailable: later" in plain(standings, width=400)


def test_a_document_that_fails_is_counted_and_no_failure_of_the_system(
    dataset: datasets.Dataset, tmp_path: Path
) -> None:
    """One of three documents without an answer stands beside the score."""

    def stumble(prompt: Prompt) -> str:
        if "Cy" in prompt.text:
            raise ProviderUnavailable("later")
        return _people(prompt)

    extractor = Extractor(dataset.schema, model=ScriptedClient(stumble))
    standings = evaluate_each(dataset, {"a": extractor}, tmp_path)
    assert (1, 0.0) == (standings.rows[0].scores.failed, len(standings.failures))
    assert Counts(3, 3, 4) == standings.rows[0].scores.micro


def test_what_is_wrong_for_all_is_found_before_anybody_is_asked(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """No systems, no documents, an unknown metric, a limit of none, nobody to compare with."""
    systems = {"a": Extractor(dataset.schema, model=client)}
    (tmp_path / "empty.conll").write_text("")
    empty = datasets.read("conll", tmp_path / "empty.conll", labels=dataset.labels)
    for wrong, words in (
        (lambda: evaluate_each(dataset, {}, tmp_path), "at least one extractor"),
        (lambda: evaluate_each(empty, systems, tmp_path), "has no documents"),
        (lambda: evaluate_each(dataset, systems, tmp_path, metrics=["f2"]), "no metric 'f2'"),
        (lambda: evaluate_each(dataset, systems, tmp_path, limit=0), "limit must be"),
        (lambda: evaluate_each(dataset, systems, tmp_path, against="b"), "no system 'b'"),
    ):
        with pytest.raises(EvaluationError, match=words):
            wrong()
    assert not client.prompts


def test_a_folder_that_cannot_be_made_is_a_clear_failure(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "out").write_text("")
    standings = evaluate_each(
        dataset, {"a": Extractor(dataset.schema, model=client)}, tmp_path / "out"
    )
    assert isinstance(standings.failures["a"], InputError)
    assert "cannot be made a folder" in str(standings.failures["a"])


def test_names_become_folders_that_differ(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Names that differ in signs or case only, or mean another place, stay apart and inside."""
    extractor = Extractor(dataset.schema, model=client)
    names = ["a b", "a_b", "A_B", "..", "../x", "answers.sqlite"]
    standings = evaluate_each(dataset, dict.fromkeys(names, extractor), tmp_path / "out")
    assert not standings.failures
    made = {file.parent.relative_to(tmp_path).parts for file in tmp_path.rglob("scores.json")}
    assert 6 == len(made)
    assert {("out", 2)} == {(parts[0], len(parts)) for parts in made}


def test_combinations_are_named_by_what_differs(client: ScriptedClient) -> None:
    """An axis with one value is not in the names; what is there twice is there once."""
    other = ScriptedClient([], name="other")
    twin = ScriptedClient([], name="other")
    made = combinations(SCHEMA, models=[client, other], styles=["gollie", "gollie"])
    assert ["scripted/people", "other"] == list(made)
    assert ["auto"] == list(combinations(SCHEMA, models=[client]))
    assert ["other", "other 2"] == list(combinations(SCHEMA, models=[other, twin, other]))
    layouts = combinations(SCHEMA, models=[client], layouts=["conversation", "completion"])
    assert [("conversation", "conversation"), ("completion", "completion")] == [
        (name, make().layout) for name, make in layouts.items()
    ]


def test_misspelt_names_are_found_at_once(client: ScriptedClient) -> None:
    """A style, model or layout that there is none of is no failure of an hour later."""
    for wrong, error in (
        ({"styles": ["jsson"]}, UnknownStyle),
        ({"models": ["openia/x"]}, UnknownModel),
        ({"layouts": ["chat"]}, InputError),
        ({"shots": [-1]}, InputError),
    ):
        with pytest.raises(error):
            combinations(SCHEMA, **{"models": [client], **wrong})


def test_a_model_that_cannot_be_had_fails_in_its_turn(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path, monkeypatch: Any
) -> None:
    """A package that is not installed is a failure of one model, not of the comparison."""

    def missing(model: Any) -> Any:
        if model == "openai/x":
            raise MissingExtra("pip install it")
        return model

    monkeypatch.setattr("codeie.evaluation._each.resolve", missing)
    monkeypatch.setattr("codeie.extraction._extractor.resolve", missing)
    made = combinations(dataset.schema, models=["openai/x", client])
    standings = evaluate_each(dataset, made, tmp_path)
    assert isinstance(standings.failures["openai/x"], MissingExtra)
    assert ["scripted/people"] == [row.name for row in standings.rows]


def test_demonstrations_that_are_not_there_fail_by_themselves(
    dataset: datasets.Dataset, client: ScriptedClient, tmp_path: Path
) -> None:
    """Of one training text one can be shown, and two cannot."""
    (tmp_path / "train.conll").write_text(TRAIN)
    pool = datasets.read("conll", tmp_path / "train.conll")
    made = combinations(dataset.schema, models=[client], shots=[0, 1, 2], pool=pool)
    standings = evaluate_each(dataset, made, tmp_path / "out")
    assert {"0 shots", "1 shot"} == {row.name for row in standings.rows}
    assert "2 demonstrations were asked for" in str(standings.failures["2 shots"])
    assert 1 == standings.runs["1 shot"].about["demonstrations"]


# Ranking and showing runs.


def _run(matched: int, documents: int = 8, **about: object) -> SavedRun:
    counts = tuple(Counts(matched, 4, 4) for _ in range(documents))
    scores = {name: Scores(name, Policy(), counts) for name in ("relations", "entities")}
    return SavedRun(about, tuple(map(str, range(documents))), scores)


def test_runs_of_other_documents_or_metrics_are_not_ranked() -> None:
    """One clear error each; the names of papers are taken for ours."""
    runs = {"a": _run(1), "b": _run(2)}
    assert "entities" == rank(runs).by("strict").metric
    assert ("relations", "entities") == rank(runs).metrics
    assert "a" == rank(runs).by("relations", against="a").against
    for wrong, words in (
        (lambda: rank({**runs, "c": _run(1, documents=3)}), "not of the same documents"),
        (lambda: rank(runs, metric="slots"), "have relations, entities"),
        (lambda: rank(runs, against="c"), "there are a, b"),
        (lambda: rank({"a": SavedRun({}, (), {})}), "no metric in common"),
    ):
        with pytest.raises(EvaluationError, match=words):
            wrong()


HOSTILE = "a|b\\| <script>\n\x1b[31m"


def test_standings_show_themselves_and_nothing_in_them_acts() -> None:
    """Names and errors are text in Markdown, HTML and the terminal; rows stay rows."""
    failures: dict[str, CodeIEError] = {"lost": ProviderUnavailable("<script>| no\nway")}
    standings = rank(
        {HOSTILE: _run(1), "good": _run(4, calls=16, input_tokens=80, output_tokens=8)}, failures
    )
    lines = standings.to_markdown().splitlines()
    assert lines[0].startswith("| system | F1 | difference | p | invented |")
    cells = {line.count("|") - line.count("\\|") for line in lines[:5]}
    assert {11} == cells
    assert lines[2].startswith("| good | 1.000 [1.000, 1.000] |")
    assert "| 10/1 | 2.0 |" in lines[2]
    assert lines[3].startswith(
        "| a\\|b\\\\\\| &lt;script&gt; ⟨U+001B⟩[31m | 0.250 [0.250, 0.250] |"
    )
    assert "| -0.750 [-0.750, -0.750] |" in lines[3]
    assert lines[4].startswith("| lost |")
    assert lines[-1] == "lost: ProviderUnavailable: &lt;script&gt;| no way"
    bundle = standings._repr_mimebundle_()
    assert {"text/plain", "text/html", "text/markdown"} == set(bundle)
    assert "<script>" not in bundle["text/html"]
    assert "\x1b" not in bundle["text/plain"]
    assert {"text/html"} == set(standings._repr_mimebundle_(include={"text/html"}))


def test_standings_as_json_have_the_same_keys_for_all() -> None:
    """What failed says why; what a run does not say is null."""
    standings = rank({"a": _run(1), "b": _run(4)}, {"c": ProviderUnavailable("later")})
    content = json.loads(standings.to_json())
    assert ("relations", "b") == (content["metric"], content["against"])
    best, other, lost = content["systems"]
    assert set(best) == set(other) == set(lost)
    assert (1.0, None, 8, None) == tuple(best[k] for k in ("f1", "p", "documents", "seconds"))
    assert (-0.75, [-0.75, -0.75]) == (other["difference"], other["difference_interval"])
    assert (None, "ProviderUnavailable") == (lost["f1"], lost["error"]["type"])


def test_standings_of_nothing_say_so() -> None:
    """Where all failed there is a table of failures, not an exception."""
    standings = rank({}, {"a": ProviderUnavailable("later")})
    assert "Nothing could be evaluated." in standings.to_markdown()
    assert () == standings.rows


# The command.

Run = Callable[..., Result]


@pytest.fixture
def run(client: ScriptedClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gold: str) -> Run:
    """Run `codeie evaluate` on the gold, in a folder of its own, with the scripted model."""

    def resolve(model: Any) -> ScriptedClient:
        if model == "down":
            return ScriptedClient([ProviderUnavailable("later")] * 99, name="down")
        return client

    monkeypatch.setattr("codeie.evaluation._each.resolve", resolve)
    monkeypatch.chdir(tmp_path)
    own = ["evaluate", "--format", "conll", "--path", gold]
    return lambda *arguments: CliRunner().invoke(app, [*own, *arguments])


def _said(result: Result) -> list[str]:
    """What stderr says, but for how the gold was read."""
    return [line for line in result.stderr.splitlines() if ": read as conll" not in line]


def test_the_command_compares_styles_in_one_table(run: Run) -> None:
    """Best first, with the difference; the runs are below one folder."""
    result = run("--style", "gollie,code4uie")
    assert (0, []) == (result.exit_code, _said(result))
    lines = [line.split() for line in result.stdout.splitlines()]
    (best,) = [line for line in lines if line and line[0] == "code4uie"]
    (other,) = [line for line in lines if line and line[0] == "gollie"]
    assert lines.index(best) < lines.index(other)
    assert ["code4uie", "1.000"] == best[:2]
    assert ["gollie", "0.727", "[0.667,", "0.800]", "-0.273"] == other[:5]
    folder = Path("runs/gold--compared-local")
    assert {"gollie", "code4uie", "answers.sqlite"} == {each.name for each in folder.iterdir()}
    assert f"written: {folder}/*/predictions.jsonl" in result.stdout
    board = CliRunner().invoke(app, ["leaderboard", "runs"]).stdout
    assert board.index("code4uie") < board.index("gollie")
    pair = CliRunner().invoke(
        app, ["compare", str(folder / "code4uie"), str(folder / "gollie"), "--json"]
    )
    found = json.loads(pair.stdout)
    assert pytest.approx([0.2, 1 / 3]) == found["interval"]


def test_the_command_writes_markdown_and_json(run: Run) -> None:
    """Stdout has the result and nothing else; several options may be several."""
    styles = ("--style", "gollie", "--style", "code4uie")
    table = run(*styles, "--markdown", "--against", "gollie").stdout
    assert table.startswith("| system | F1 |")
    assert "difference to gollie" in table
    records = run(*styles, "--layout", "conversation,completion", "--json").stdout.splitlines()
    assert {
        "gollie, conversation",
        "gollie, completion",
        "code4uie, conversation",
        "code4uie, completion",
    } == {json.loads(record)["system"] for record in records}
    (alone,) = run("--style", "gollie", "--json").stdout.splitlines()
    assert ("entities", 8 / 11) == tuple(json.loads(alone)[key] for key in ("metric", "f1"))


def test_the_command_goes_on_past_a_failure(run: Run) -> None:
    """A model that is down is named on stderr; the others are in the table; the code is 1."""
    result = run("--model", "down,local")
    assert (1, ["codeie: 1 of 2 came to nothing: down"]) == (result.exit_code, _said(result))
    assert "down: ProviderUnavailable: later" in result.stdout
    result = run("--model", "down", "--style", "json,gollie", "--json")
    assert (3, "") == (result.exit_code, result.stdout)
    assert [
        "codeie: json: later",
        "codeie: gollie: later",
    ] == _said(result)


def test_the_command_says_what_it_cannot_take(run: Run, client: ScriptedClient) -> None:
    """One line and the code for bad input, before anybody is asked."""
    for arguments, words in (
        (("--style", "json,,gollie"), "names nothing between its commas"),
        (("--style", "jsson,gollie"), "no prompt style 'jsson'"),
        (("--layout", "chat,auto"), "no layout 'chat'"),
        (("--shots", "five"), "no number of demonstrations"),
        (("--shots", "-1"), "no number of demonstrations"),
        (("--json", "--markdown"), "either --json or --markdown"),
        (("--style", "json,gollie", "--against", "x"), "there are json, gollie"),
    ):
        result = run(*arguments)
        assert (2, "") == (result.exit_code, result.stdout), result.output
        (line,) = _said(result)
        assert words in line
    assert not client.prompts


def test_what_is_named_twice_is_asked_once(run: Run, client: ScriptedClient) -> None:
    """And it is said; a path keeps its commas."""
    result = run("--style", "json,json", "--model", "local:/a,b.gguf")
    assert (0, ["codeie: --style names json twice; it is taken once"]) == (
        result.exit_code,
        _said(result),
    )
    assert 3 == len(client.prompts)
