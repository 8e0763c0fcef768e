"""Training sets on disk: their lines, what is beside them, and what is left out of them."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from codeie.datasets import Dataset, read
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import CodeIEWarning, InputError, PromptError, ProviderUnavailable
from codeie.extraction import Extraction
from codeie.introspection import introspect
from codeie.parsing import Outcome
from codeie.prompting import Demonstration, Variation, style_named
from codeie.training import RECIPES, Form, LeakKind, Packing, Recipe, Source, write
from codeie.types import Document, Entity, Relation


@dataclass
class Ship(Entity):
    """A vessel, such as: "Lotta"."""

    name: str


@dataclass
class Port(Entity):
    """A place where a Ship lands."""

    name: str
    country: str = ""


@dataclass
class BoundFor(Relation):
    """A Ship sails to a Port."""

    head: Ship
    tail: Port


SCHEMA = [Ship, Port, BoundFor]
NAMES = ("Lotta", "Tern", "Gull", "Erna", "Wilma", "Ida")
PORTS = ("Oban", "Skagen", "Mallaig")


def texts(count: int = 6) -> list[Source]:
    """Texts that have a ship each, and every second one a port that it is bound for."""
    made: list[Source] = []
    for number in range(count):
        ship, port = Ship(NAMES[number % 6]), Port(PORTS[number % 3])
        if number % 2:
            made.append((f"On day {number} the {ship.name} slept on.", [ship]))
        else:
            text = f"In week {number} a {ship.name} made for {port.name}."
            made.append((text, [ship, port, BoundFor(ship, port)]))
    return made


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("recipe", ["plain", "gollie", "knowcoder", "instructuie"])
@pytest.mark.parametrize("form", list(Form))
def test_what_a_line_teaches_reads_as_the_gold(tmp_path: Path, recipe: str, form: Form) -> None:
    """From the file alone: the answer, and the names beside it, give the text's gold again."""
    made = write(tmp_path, texts(), SCHEMA, recipe=recipe, form=form, seed=5)
    style = style_named(
        RECIPES[recipe].styles[0], "completion" if form is Form.TEXT else "conversation"
    )
    rows, about = lines(tmp_path / "train.jsonl"), lines(tmp_path / "train.about.jsonl")
    assert len(rows) == len(about) == made.splits["train"].rows == 6
    for row, said, (_, gold) in zip(rows, about, texts(), strict=True):
        match form:
            case Form.TEXT:
                answer = row["completion"]
            case Form.CHAT:
                answer = row["completion"][0]["content"]
            case _:
                answer = row["messages"][-1]["content"]
        spec = introspect(SCHEMA)
        names = {own: shown for shown, own in said["labels"].items()}
        renamed = replace(
            spec,
            classes=tuple(replace(one, name=names.get(one.name, one.name)) for one in spec.classes),
        )
        read_back = style.syntax.read(answer, renamed).instances
        wanted = [one for one in gold if type(one).__name__ in said["classes"]]
        assert read_back == wanted
        assert said["found"] == len(wanted)


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    """To the byte; and another seed gives others."""
    recipe = replace(RECIPES["gollie"], copies=2)
    made = [
        write(tmp_path / str(number), texts(), SCHEMA, recipe=recipe, seed=seed).files
        for number, seed in enumerate((1, 1, 2))
    ]
    assert made[0] == made[1] != made[2]
    content = (tmp_path / "0" / "train.jsonl").read_bytes()
    assert made[0]["train.jsonl"] == hashlib.sha256(content).hexdigest()


def test_only_train_is_varied_and_does_not_see_what_is_held_out(tmp_path: Path) -> None:
    """Classes that need a held-out one are held out with it, and the card says so."""
    splits = {"train": texts(), "dev": [("The Una came from Riga.", [Ship("Una"), Port("Riga")])]}
    with pytest.warns(CodeIEWarning, match="no instance"):
        made = write(
            tmp_path, {**splits, "train": texts(2)[:0] + texts(6)}, [*SCHEMA, _Empty],
            recipe=Recipe(("gollie",), Variation(masking=1.0)), held_out=[Port],
        )  # fmt: skip
    assert made.held_out == ("Port", "BoundFor")
    train, dev = (lines(tmp_path / f"{name}.about.jsonl") for name in ("train", "dev"))
    assert all(set(row["classes"]) == {"Ship", "_Empty"} for row in train)
    assert dev[0]["classes"] == ["Ship", "Port", "BoundFor", "_Empty"]
    assert dev[0]["labels"] == {}
    assert "Port" not in (tmp_path / "train.jsonl").read_text(encoding="utf-8")
    assert "Held out of `train`: Port, BoundFor" in (tmp_path / "README.md").read_text("utf-8")
    assert made.leaks == []


@dataclass
class _Empty(Entity):
    """Nothing is ever one of these."""

    name: str


@dataclass
class Harbour(Entity):
    """Unlike a Port, it is dug."""

    name: str


def test_a_held_out_class_that_a_guideline_names_is_told(tmp_path: Path) -> None:
    """Its name is known too early, even where it is not asked for."""
    text = ("The Lotta is in Oban harbour.", [Ship("Lotta"), Harbour("Oban harbour")])
    made = write(tmp_path, [text], [Ship, Port, Harbour], recipe="gollie", held_out=[Port], seed=8)
    assert {(leak.kind, leak.other) for leak in made.leaks} == {(LeakKind.HELD_OUT_CLASS, "Port")}


def test_texts_of_two_splits_are_left_out_of_train(tmp_path: Path) -> None:
    """The same text, nearly the same text, and another piece of one document; each is told."""
    long = "The old Lotta left Oban at dawn and sailed north past the skerries in a rising gale"
    dev: list[Source] = [
        Extraction(Document(f"{long}.", "d1", {"paper": "p1"})),
        Extraction(Document("Nothing was seen all day.", "d2", {"paper": "p2"})),
    ]
    train: list[Source] = [
        Extraction(Document(f"{long.upper()}!", "t1")),
        Extraction(Document(f"{long}, they say.", "t2")),
        Extraction(Document("Quite another page.", "t3", {"paper": "p2"})),
        Extraction(Document("The Tern came in.", "t4", {"paper": "p3"})),
    ]
    with pytest.warns(CodeIEWarning):
        made = write(tmp_path / "a", {"train": train, "dev": dev}, Ship, group="paper")
    assert [(leak.kind.value, leak.id, leak.other) for leak in made.leaks] == [
        ("same text", "t1", "d1"),
        ("nearly the same text", "t2", "d1"),
        ("same document", "t3", "p2"),
    ]
    assert [row["id"] for row in lines(tmp_path / "a" / "train.about.jsonl")] == ["t4"]
    left_out = lines(tmp_path / "a" / "left-out.jsonl")
    assert [(row["id"], row["kind"]) for row in left_out] == [
        *(("t1", "leak"), ("t2", "leak"), ("t3", "leak"))
    ]
    with pytest.warns(CodeIEWarning, match="no instance of Ship"):
        kept = write(tmp_path / "b", {"train": train, "dev": dev}, Ship, leaks="report")
    assert kept.splits["train"].lessons == 4
    assert kept.leak_counts == {("train", "same text"): 1, ("train", "nearly the same text"): 1}


def test_answers_that_were_not_read_are_not_taught_as_empty(tmp_path: Path) -> None:
    """Silver data: a failure, an unreadable answer and a partial one are no texts without finds."""
    error = Diagnostic(Code.UNKNOWN_CLASS, "no class Boat", Severity.ERROR)
    silver: list[Source] = [
        Extraction(Document("One.", "1"), error=ProviderUnavailable("gone", provider="x")),
        Extraction(Document("Two.", "2"), outcome=Outcome.UNPARSED),
        Extraction(Document("Three.", "3"), diagnostics=(error,)),
        ("The Lotta.", [Ship("Lotta")]),
    ]
    with pytest.warns(CodeIEWarning, match="more is left out than written"):
        made = write(tmp_path, silver, Ship)
    assert made.splits["train"].left_out == {"no sound answer": 3}
    reasons = [row["reason"] for row in lines(tmp_path / "left-out.jsonl")]
    assert reasons[0].startswith("it has no answer: ")
    assert reasons[1].startswith("its answer could not be read")
    assert reasons[2] == "its answer was not read in full: no class Boat"


def test_empty_texts_and_frequent_classes_can_be_thinned_out(tmp_path: Path) -> None:
    """What is left out for the balance is counted, and is no reason to warn."""
    few = [(f"Fog on day {number}, and calm.", []) for number in range(40)]
    recipe = Recipe(("gollie",), empty=0.25, most=2)
    made = write(tmp_path, [*texts(6), *few], SCHEMA, recipe=recipe).splits["train"]
    assert made.instances["Ship"] == 3  # the third has a port besides, of which there were fewer
    assert 4 <= made.empty <= 16
    assert made.left_out == {"balance": 46 - made.lessons}


def test_negative_classes_are_drawn_as_often_as_they_occur(tmp_path: Path) -> None:
    """UniNER: what is frequent in gold is asked about more often where it is not there."""

    @dataclass
    class Crew(Entity):
        name: str

    often: list[Source] = [(f"Hour {n}: the {n}-Tern.", [Ship(f"{n}-Tern")]) for n in range(50)]
    others: list[Source] = [(f"A bell rang {n} times at {n}.", []) for n in range(50)]
    recipe = replace(RECIPES["uniner"], variation=Variation(shuffle=True, negatives=1))
    with pytest.warns(CodeIEWarning, match="no instance of Crew"):
        made = write(tmp_path, [*often, *others], [Ship, Crew], recipe=recipe, form="chat")
    rows = lines(tmp_path / "train.about.jsonl")[-50:]
    asked = [name for row in rows for name in row["classes"]]
    assert asked.count("Ship") > 40 > 10 > asked.count("Crew")
    assert made.splits["train"].empty == 50


def test_a_first_phase_shows_definitions_and_instances(tmp_path: Path) -> None:
    """KnowCoder: each class by itself, what is above it first, with a bounded sample of texts."""

    @dataclass
    class Ferry(Ship):
        """A Ship with a timetable."""

    recipe = replace(RECIPES["knowcoder"], understanding=2)
    more: list[Source] = [(f"Ferry no. {n} runs.", [Ferry(f"no. {n}")]) for n in range(9)]
    made = write(tmp_path, [*texts(), *more], [*SCHEMA, Ferry], recipe=recipe)
    read_first = [row["text"] for row in lines(tmp_path / "understanding.jsonl")]
    assert made.understanding == len(read_first) == 4 + 4 * 2
    ferry = next(text for text in read_first if "class Ferry" in text)
    assert ferry.index("class Ship") < ferry.index("class Ferry")
    shown = [text for text in read_first if text.startswith("from schema import Ferry\n")]
    assert len(shown) == 2
    assert all("Ferry(" in text and "Ship(" not in text for text in shown)


def test_turns_that_are_not_learnt_from_say_so(tmp_path: Path) -> None:
    """Each form says in its own words which turns count: here all of the assistant's do."""
    one = [("The Lotta came to Oban harbour.", [Ship("Lotta"), Harbour("Oban harbour")])]
    write(tmp_path / "o", one, [Ship, Harbour], recipe="uniner")
    write(tmp_path / "a", one, [Ship, Harbour], recipe="uniner", form="axolotl")
    (turns, *_) = (row["messages"] for row in lines(tmp_path / "o" / "train.jsonl"))
    assert [turn["role"] for turn in turns] == ["system", *["user", "assistant"] * 2]
    assert all(set(turn) == {"role", "content"} for turn in turns)
    (turns, *_) = (row["messages"] for row in lines(tmp_path / "a" / "train.jsonl"))
    assert [turn["training"] for turn in turns] == [False, False, True, False, True]


def test_lengths_are_bounded_and_packed(tmp_path: Path) -> None:
    """Long lines are left out with their length, and the card says how the rest packs."""
    long = ("word " * 500 + "the Lotta", [Ship("Lotta")])
    made = write(tmp_path, [*texts(), long], SCHEMA, longest=400, packed=1000, form="text")
    counts = made.splits["train"]
    assert counts.left_out == {"too long": 1}
    assert counts.lengths.longest <= 400
    assert counts.packing is not None
    assert counts.packing.sequences == -(-counts.lengths.total // 1000)
    assert "sequences of 1,000 tokens" in (tmp_path / "README.md").read_text("utf-8")


@pytest.mark.parametrize("sizes", [[6, 6, 4, 4], [10, 1], [3] * 7, [12, 5]])
def test_packing_puts_each_row_where_it_fits_best(sizes: list[int]) -> None:
    """No sequence is longer than it may be, and none is opened while one has room."""
    packing = Packing(10)
    for size in sizes:
        packing.add(size)
    assert packing.sequences == {(6, 6, 4, 4): 2, (10, 1): 2, (3,) * 7: 3, (12, 5): 2}[tuple(sizes)]
    assert packing.tokens == sum(min(size, 10) for size in sizes)


def test_the_card_states_licence_counts_seed_and_versions(tmp_path: Path) -> None:
    """Hostile text in it stays text, and a licence that nobody gave is said to be missing."""
    write(tmp_path / "a", texts(), SCHEMA, seed=9, licence='CC0 "x"\n| y', about="<b>Ships</b> `|`")
    card = (tmp_path / "a" / "README.md").read_text("utf-8")
    assert card.startswith('---\nlicense: "CC0 \\"x\\"\\n| y"\nconfigs:\n')
    assert "# &lt;b>Ships&lt;/b> '|'" in card
    assert "seed 9" in card
    assert "mention-first v" in card
    assert "| Ship | 6 | 6 |" in card
    write(tmp_path / "b", texts(), SCHEMA)
    assert "- Licence: not stated" in (tmp_path / "b" / "README.md").read_text("utf-8")


def test_an_interrupted_set_is_not_taken_for_whole(tmp_path: Path) -> None:
    """What was written stays under another name, and a new run is not hindered by it."""

    def failing() -> Iterator[Source]:
        yield from texts(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, failing(), SCHEMA)
    assert len(lines(tmp_path / "train.jsonl.part")) == 3
    assert not (tmp_path / "train.jsonl").exists()
    assert write(tmp_path, texts(), SCHEMA).splits["train"].lessons == 6
    assert not (tmp_path / "train.jsonl.part").exists()
    with pytest.raises(InputError, match=r"has train\.jsonl already"):
        write(tmp_path, texts(), SCHEMA)
    write(tmp_path, texts(2), SCHEMA, overwrite=True)
    assert len(lines(tmp_path / "train.jsonl")) == 2


def test_no_file_of_somebody_elses_is_replaced(tmp_path: Path) -> None:
    """A folder with a README of its own is refused; what an older set left out does not stay."""
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(InputError, match=r"has README\.md already"):
        write(tmp_path, texts(), SCHEMA)
    assert (tmp_path / "README.md").read_text() == "mine"
    wrong = ("The Tern.", [Ship("Una")])
    write(tmp_path, [*texts(), wrong], SCHEMA, recipe="knowcoder", overwrite=True)
    assert (tmp_path / "left-out.jsonl").exists()
    write(tmp_path, texts(), SCHEMA, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("README.md", "train.about.jsonl", "train.jsonl")
    ]


def test_texts_are_read_one_at_a_time(tmp_path: Path) -> None:
    """A stream of any length is written while it is read."""
    written: list[int] = []

    def stream() -> Iterator[Source]:
        for number in range(8):
            part = tmp_path / "train.jsonl.part"
            written.append(part.stat().st_size if part.exists() else 0)
            yield (f"{number} " * 2000 + f"the {number}-Lotta", [Ship(f"{number}-Lotta")])

    write(tmp_path, stream(), Ship)
    assert written[-1] > 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"recipe": "golly"}, "no recipe 'golly'; there are plain"),
        ({"form": "alpaca"}, "form='alpaca': choose openai"),
        ({"leaks": "ignore"}, "choose 'leave out' or 'report'"),
        ({"alike": 0}, "how alike two texts are"),
        ({"held_out": [int]}, "int is not among the classes"),
        ({"held_out": [Ship, Port]}, "leaves no class to teach"),
        ({"recipe": Recipe(("gner",))}, "has no form for Port"),
        ({"recipe": Recipe(("gpt-ner",))}, "asks nothing about Port, BoundFor"),
        ({"examples": {}}, "at least one split"),
        ({"examples": {"../x": []}}, "no name for a split"),
        ({"examples": ["text"]}, "got str"),
    ],
)
def test_choices_that_make_no_sense_are_refused(
    tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    """Before anything is written, and in words that say what would do."""
    given = {"examples": texts(), **options}
    with pytest.raises((InputError, PromptError), match=message):
        write(tmp_path, given.pop("examples"), SCHEMA, **given)


@pytest.mark.parametrize(
    "options", [{"styles": "gollie"}, {"copies": 0}, {"most": 0}, {"empty": 2.0}]
)
def test_recipes_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    """Each of their numbers has bounds."""
    with pytest.raises(InputError):
        Recipe(**options)


def test_demonstrations_and_examples_of_datasets_are_sources(tmp_path: Path) -> None:
    """What `codeie.improvement` kept, and what `codeie.datasets` reads."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        '{"id": "g", "text": "The Lotta.", "mentions": [{"type": "Ship", "start": 4, "end": 9}]}\n'
    )
    dataset: Dataset = read("jsonl", gold, labels={"Ship": Ship})
    kept = Demonstration("The Tern.", [Ship("Tern")])
    write(tmp_path / "set", itertools.chain(dataset, [kept]), Ship)
    assert [row["id"] for row in lines(tmp_path / "set" / "train.about.jsonl")] == ["g", "text-2"]


@dataclass
class Notes(Entity):
    """Whatever is written down."""

    name: str
    tags: dict[str, str] = field(default_factory=dict)


def test_texts_in_any_script_are_written_and_read_by_every_tool(tmp_path: Path) -> None:
    """Line separators and lone surrogates stay within a line of the file."""
    odd = "Das „Größe“\u2028war \ud800 in 東京."
    write(tmp_path, [(odd, [Notes("Größe")])], Notes, form="text")
    (line,) = (tmp_path / "train.jsonl").read_bytes().splitlines()
    assert "Größe" in json.loads(line)["completion"]
