"""Each format, in a small file of its exact shape: what is read is what is written there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codeie import datasets
from codeie.datasets import FORMATS, GoldArgument, GoldModifier, Record, read_ade
from codeie.datasets._formats import reader_of
from codeie.types import Span

FIXTURES = Path(__file__).parent / "fixtures"


def _read(form: str, file: str, **options: Any) -> list[Record]:
    return list(reader_of(form, options)(FIXTURES / file))


def _mentions(record: Record) -> list[tuple[str, str, int]]:
    """Label, text and start of each mention; -1 for one without a place."""
    return [(m.type, m.text, m.span.start if m.span else -1) for m in record.mentions]


def _relations(record: Record) -> list[tuple[str, str, str]]:
    text = {mention.id: mention.text for mention in record.mentions}
    return [(r.type, text[r.head], text[r.tail]) for r in record.relations]


def _oddities(record: Record) -> list[tuple[str, int]]:
    return [(warning.oddity.value, warning.line) for warning in record.warnings]


FILES: dict[str, str] = json.loads((FIXTURES / "index.json").read_text())


def test_every_format_has_a_fixture() -> None:
    """No reader goes untested."""
    assert set(FORMATS) == set(FILES)


@pytest.mark.parametrize("form", FILES)
def test_every_mention_is_where_it_says(form: str) -> None:
    """A mention's text is what the document has at its places, and ids are unique."""
    records = _read(form, FILES[form])
    assert records
    for record in records:
        assert len(record.mentions) == len({mention.id for mention in record.mentions})
        for mention in record.mentions:
            covered = [part.of(record.document.text) for part in mention.parts]
            assert not covered or mention.text == " ".join(covered)


@pytest.mark.parametrize("form", FILES)
def test_reading_is_lazy_and_repeatable(form: str) -> None:
    """A dataset gives one record at a time, and the same ones again."""
    dataset = datasets.read(form, FIXTURES / FILES[form])
    assert next(iter(dataset.records())) == next(iter(dataset.records()))
    assert [e.document for e in dataset] == list(dataset.documents)


def test_columns() -> None:
    """A line with a tab alone ends a sentence, one with an empty token does not."""
    first, second = _read("conll", "columns.tsv")
    assert "Ada Lovelace wrote to London Paris" == first.document.text
    assert [("PER", "Ada Lovelace", 0), ("LOC", "London", 22), ("LOC", "Paris", 29)] == _mentions(
        first
    )
    assert "@ mia says Rome" == second.document.text
    assert [("PER", "@", 0), ("PER", "mia", 2), ("LOC", "Rome", 11)] == _mentions(second)
    assert [("blank-token", 8), ("inside-without-begin", 12), ("handle-apart", 8)] == _oddities(
        second
    )
    found = "divided by a tab, token_column=0, tag_column=-1"
    assert first.document.id == "columns-1"
    assert first.document.metadata == {"line": 1, "columns": found}
    assert (Span(0, 3), Span(4, 12)) == (first.tokens or ())[:2]


def test_handles_are_merged_where_asked() -> None:
    """``@`` and the name after it become one mention."""
    _, second = _read("conll", "columns.tsv", merge_handles=True)
    assert [("PER", "@ mia", 0), ("LOC", "Rome", 11)] == _mentions(second)
    assert "handle-merged" in [oddity for oddity, _ in _oddities(second)]


def test_a_lone_at_sign_stays(tmp_path: Path) -> None:
    """An ``@`` with no name after it, or one of another type, is not merged."""
    path = tmp_path / "at.tsv"
    path.write_text("@\tB-PER\nmia\tB-LOC\n@\tB-PER\n")
    (record,) = FORMATS["conll"](path, merge_handles=True)
    assert ["@", "mia", "@"] == [mention.text for mention in record.mentions]
    assert () == record.warnings


def test_docstart_without_a_blank_line() -> None:
    """HarveyNER's line is left out and starts no sentence; with a blank line it is no oddity."""
    first, second = _read("conll", "docstart.bio", separator=" ")
    assert ("Bayou rises", [("docstart", 1)]) == (first.document.text, _oddities(first))
    assert ("Help", [("docstart", 5)]) == (second.document.text, _oddities(second))
    (four,) = _read("conll", "four.bio")
    assert ([("LOC", "Oslo", 0)], []) == (_mentions(four), _oddities(four))


def test_the_tag_may_come_first() -> None:
    """Columns are where the options say, and lines may end in CR LF."""
    (record,) = _read("conll", "tagfirst.txt", token_column=1, tag_column=0)
    assert ("greta garbo laughs", [("Actor", "greta garbo", 0)]) == (
        record.document.text,
        _mentions(record),
    )


def test_dygie_documents() -> None:
    """Inclusive document offsets; nested mentions, relations and coreference."""
    (record,) = _read("dygie", "dygie.jsonl")
    assert "We fly kites . They use wind models ." == record.document.text
    assert [
        ("Material", "kites", 7),
        ("Generic", "They", 15),
        ("Method", "wind models", 24),
        ("Material", "wind", 24),
        ("", "We", 0),
    ] == _mentions(record)
    assert [("USED-FOR", "wind models", "They")] == _relations(record)
    assert [("T1", "T2"), ("T5",)] == [cluster.mentions for cluster in record.clusters]


def test_dygie_sentences() -> None:
    """Offsets are counted from the sentence on, and clusters stay with documents."""
    first, second = _read("dygie", "dygie.jsonl", unit="sentence")
    assert [("Material", "kites", 7)] == _mentions(first)
    assert ("kites-2", "They use wind models .") == (second.document.id, second.document.text)
    assert [("USED-FOR", "wind models", "They")] == _relations(second)
    assert () == second.clusters


@pytest.mark.parametrize(
    ("form", "file", "name"),
    [
        ("spert", "spert.json", "7"),
        ("tagged-json", "bilou.json", "bilou-1"),
        ("unified", "unified.json", "unified-1"),
    ],
)
def test_the_same_sentence_in_three_formats(form: str, file: str, name: str) -> None:
    """SpERT, BILOU and unified JSON say the same in their own ways."""
    (record,) = _read(form, file)
    assert (name, "Ada works for Acme Ltd") == (record.document.id, record.document.text)
    assert [("Peop", "Ada", 0), ("Org", "Acme Ltd", 14)] == _mentions(record)
    assert [("Work_For", "Ada", "Acme Ltd")] == _relations(record)


def test_multihead() -> None:
    """Relations run from last token to last token, several from one; no blank lines."""
    first, second = _read("multihead", "multihead.txt")
    assert [("Work_For", "Ada", "Acme Ltd"), ("Live_In", "Ada", "Oslo")] == _relations(first)
    assert [("inside-without-begin", 7)] == _oddities(first)
    assert ("13", "Hello") == (second.document.id, second.document.text)


def test_w2ner() -> None:
    """Mentions nest, and have gaps."""
    (record,) = _read("w2ner", "w2ner.json")
    assert [
        ("organ", (Span(0, 4), Span(15, 19))),
        ("organ", (Span(9, 19),)),
        ("cell_type", (Span(9, 25),)),
    ] == [(m.type, m.parts) for m in record.mentions]
    assert "left lung" == record.mentions[0].text


def test_pubtator() -> None:
    """Offsets run over title, a space, abstract; concepts are kept and related."""
    first, second = _read("pubtator", "pubtator.txt")
    assert "Gout in kings. Gout hurts. Kings took colchicine." == first.document.text
    assert [("D01",), ("D01", "D02"), ("C01",)] == [
        mention.attributes["concepts"] for mention in first.mentions
    ]
    assert [("CID", "C01", "D01")] == [(r.type, r.head, r.tail) for r in first.relations]
    assert {"C01": 1, "D01": 2} == {c.id: len(c.mentions) for c in first.clusters}
    assert ("12", "Nothing. ", ()) == (second.document.id, second.document.text, second.mentions)


def test_brat() -> None:
    """Events refer forward, mentions have gaps, and all kinds of lines are kept."""
    (record,) = _read("brat", "brat")
    assert ["Left lungs", "right lungs", "hurt", "it worse", "Drug A"] == [
        mention.text for mention in record.mentions
    ]
    worse, hurt = record.events
    assert ("T4", (GoldArgument("Theme", "E2"), GoldArgument("Cause", "T5"))) == (
        worse.trigger,
        worse.arguments,
    )
    assert (GoldArgument("Theme", "T1"), GoldArgument("Theme", "T2")) == hurt.arguments
    assert (GoldModifier("Severity", "High"),) == hurt.modifiers
    assert (GoldModifier("Speculation"),) == worse.modifiers
    assert {"Known": True, "reference": "MeSH:D1"} == record.mentions[4].attributes
    assert [("part_of", "Left lungs", "right lungs")] == _relations(record)
    assert [("Equiv", ("T1", "T2"))] == [(c.type, c.mentions) for c in record.clusters]
    assert [("annotation-ignored", 14)] == _oddities(record)


def test_bionlp() -> None:
    """Given mentions and gold events lie in two files."""
    (record,) = _read("brat", "bionlp")
    assert ["GATA1", "KLF1", "induces"] == [mention.text for mention in record.mentions]
    assert ["Positive_regulation"] == [event.type for event in record.events]


def test_docred() -> None:
    """Relations hold between clusters; the tokens count, not the name."""
    first, second = _read("docred", "docred.json")
    assert "Mo made kites . He left Peru in 55.5 % ." == first.document.text
    assert [("V0", "PER"), ("V1", "LOC"), ("V2", "NUM")] == [(c.id, c.type) for c in first.clusters]
    assert [("P27", "V0", "V1", (1,)), ("P19", "V0", "V1", ())] == [
        (r.type, r.head, r.tail, r.attributes["evidence"]) for r in first.relations
    ]
    assert ["name-differs", "mixed-types"] == [oddity for oddity, _ in _oddities(first)]
    assert "55.5 %" == first.mentions[3].text
    assert ("Unlabelled", ()) == (second.document.id, second.relations)


def test_semeval() -> None:
    """Direction is in head and tail; marks and quotes are not in the text."""
    origin, other, cause = _read("semeval", "semeval.txt")
    assert ("The rain came from a cloud.", "easy") == (
        origin.document.text,
        origin.document.metadata["comment"],
    )
    assert [("Entity-Origin", "rain", "cloud")] == _relations(origin)
    assert [("Other", "roof", "barn")] == _relations(other)
    assert [("Cause-Effect", "rain", "Floods")] == _relations(cause)
    assert "Cause-Effect(e2,e1)" == cause.relations[0].attributes["label"]


def test_ade() -> None:
    """Strings are found again in the sentence, the offsets deciding where."""
    rash, fits = _read("ade", "ade.rel")
    assert [
        ("Adverse-Effect", "Rash", 0),
        ("Drug", "mox", 11),
        ("Adverse-Effect", "rash", 20),
        ("Drug", "pil", 31),
    ] == _mentions(rash)
    assert ([("repeated-record", 3)], 3) == (_oddities(rash), len(rash.relations))
    assert [("ambiguous-place", 4)] == _oddities(fits)
    dose, _ = _read("ade", "ade.rel", kind="DOSE")
    assert "Dose" == dose.relations[0].type


@pytest.mark.parametrize(
    ("lines", "relations", "oddities"),
    [
        # The same relation twice: the sentence begins at 100 in its abstract.
        (["rash|100|104|mox|111|114", "rash|120|124|mox|131|134"], [(0, 11), (20, 31)], []),
        # "pil" stands once, and says where the sentence begins.
        (["rash|120|124|pil|144|147"], [(20, 44)], []),
        (["rash|120|124|mox|111|114", "rash|100|104|pil|144|147"], [(20, 11), (0, 44)], []),
        # Offsets that are a little off still name the nearer place.
        (["rash|101|104|mox|133|134", "rash|120|124|pil|144|147"], [(0, 31), (20, 44)], []),
        # It may begin at 100 or at 120: nothing decides.
        (["rash|120|124|mox|131|134"], [(0, 11)], ["ambiguous-place"] * 2),
        # What is there twice is there twice.
        (["rash|100|104|pil|144|147"] * 2, [(0, 44), (0, 44)], ["repeated-record"]),
    ],
)
def test_ade_places(
    tmp_path: Path, lines: list[str], relations: list[tuple[int, int]], oddities: list[str]
) -> None:
    """All offsets of a sentence together say where it begins, and so which place each means."""
    text = "rash after mox then rash after mox, but not pil."
    file = tmp_path / "a.rel"
    file.write_text("".join(f"7|{text}|{line}\n" for line in lines))
    (record,) = read_ade(file)
    starts = {mention.id: mention.parts[0].start for mention in record.mentions}
    found = [(starts[each.head], starts[each.tail]) for each in record.relations]
    assert found == relations
    assert [warning.oddity.value for warning in record.warnings] == oddities


def test_ade_negatives() -> None:
    """A sentence with nothing to find is a record like any other."""
    (record,) = _read("ade-negatives", "ade_negatives.txt")
    assert ("79-1", "All was well.", ()) == (
        record.document.id,
        record.document.text,
        record.mentions,
    )


def test_casie() -> None:
    """Wrong offsets are put right nearby; what is not there keeps no place."""
    (record,) = _read("casie", "casie")
    assert [
        ("Databreach", "stole", 8),
        ("Person", "Thieves", 0),
        ("Data", "files", 14),
        ("Money", "gold", -1),
        ("Databreach", "theft", 25),
    ] == _mentions(record)
    assert ["offset-shifted", "not-in-text"] == [oddity for oddity, _ in _oddities(record)]
    first, second = record.events
    assert ["Attacker", "Compromised-Data", "Damage-Amount"] == [a.role for a in first.arguments]
    assert ({"type": "Attack", "realis": "Actual"}, {"type": "Attack"}) == (
        first.attributes,
        second.attributes,
    )
    assert [("hopper", ("E1", "E2"))] == [(c.type, c.mentions) for c in record.clusters]


def test_phee() -> None:
    """Outer lists are arguments, inner ones pieces; sub-arguments go to what covers them."""
    (record,) = _read("phee", "phee.jsonl")
    (event,) = record.events
    text = {mention.id: mention.text for mention in record.mentions}

    def shown(arguments: tuple[GoldArgument, ...]) -> list[Any]:
        return [(a.role, text[a.target], shown(a.details)) for a in arguments]

    assert [
        ("Subject", "A girl of six", [("Age", "six", []), ("Gender", "girl", [])]),
        (
            "Treatment",
            "mox drops by mouth",
            [
                ("Drug", "mox", []),
                ("Drug", "pil", []),
                ("Route", "by mouth", []),
                ("Combination", "and", [("Drug", "mox", []), ("Drug", "pil", [])]),
            ],
        ),
        ("Treatment", "pil drops", []),
        ("Effect", "rash", []),
        ("Effect", "hives", []),
    ] == shown(event.arguments)
    assert [
        ("Negated", "", None),
        ("Speculated", "", "perhaps"),
        ("Severity", "High", "severe"),
    ] == [(m.name, m.value, text.get(m.cue or "")) for m in event.modifiers]
    assert () == record.warnings


def test_wikievents() -> None:
    """Text and places come of the tokens; arguments may be sentences away."""
    (record,) = _read("wikievents", "wikievents.jsonl")
    assert "Mo sold Bo a kite . Bo smiled ." == record.document.text
    assert [("Knows", "Mo", "Bo")] == _relations(record)
    assert (GoldArgument("Giver", "d1-T1"), GoldArgument("Recipient", "d1-T2")) == record.events[
        0
    ].arguments
    assert ["name-differs"] == [oddity for oddity, _ in _oddities(record)]
    assert 20 == (record.mentions[1].span or Span(0, 1)).start


def test_rams() -> None:
    """Ends are inclusive, roles lose their prefix, one span may fill several."""
    (record,) = _read("rams", "rams.jsonl")
    (event,) = record.events
    text = {mention.id: mention.text for mention in record.mentions}
    assert [("victim", "Mo"), ("place", "New Ely"), ("killer", "Mo")] == [
        (a.role, text[a.target]) for a in event.arguments
    ]
    assert ("life.die.n/a", "died", 3) == (
        event.type,
        text[event.trigger or ""],
        len(record.mentions),
    )


def test_own_json_lines() -> None:
    """Ids may be left out, and a mention may have no place."""
    (record,) = _read("jsonl", "own.jsonl")
    assert [("person", "Ada", 0), ("organization", "Acme", 11), ("year", "1840", -1)] == _mentions(
        record
    )
    assert [("works-for", "Ada", "Acme")] == _relations(record)
    assert (None, "lost") == (record.events[0].trigger, record.events[0].modifiers[0].cue)
    assert ("own-1", {"source": "a letter"}) == (record.document.id, record.document.metadata)


def test_blank_lines_and_missing_ends_do_not_matter(tmp_path: Path) -> None:
    """Blocks may be far apart, and lines of nothing are no pairs and no sentences."""
    found = {}
    for form, name in [
        ("ade", "ade.rel"),
        ("ade-negatives", "ade_negatives.txt"),
        ("semeval", "semeval.txt"),
        ("pubtator", "pubtator.txt"),
        ("multihead", "multihead.txt"),
    ]:
        path = tmp_path / name
        text = (FIXTURES / name).read_bytes().decode().rstrip()
        path.write_bytes(f"\n\n{text}\n\n\n".encode())
        found[form] = len(list(FORMATS[form](path)))
        assert len(_read(form, name)) == found[form]
    assert {"ade": 2, "ade-negatives": 1, "semeval": 3, "pubtator": 2, "multihead": 2} == found


def test_the_conversions_note_what_breaks_their_scheme(tmp_path: Path) -> None:
    """Tags in JSON, a mention listed twice, and parts that a file leaves out."""
    path = tmp_path / "tags.json"
    path.write_text('[{"tokens": ["a"], "tags": ["I-X"], "relations": []}]')
    (tagged,) = FORMATS["tagged-json"](path)
    assert ["inside-without-begin"] == [warning.oddity.value for warning in tagged.warnings]
    path.write_text('{"sentences": [["a"]], "ner": [[[0, 0, "X"], [0, 0, "Y"]]]}')
    (doubled,) = FORMATS["dygie"](path)
    assert (["repeated-record"], 2) == (
        [warning.oddity.value for warning in doubled.warnings],
        len(doubled.mentions),
    )
    path.write_text('{"sentences": [["a"]]}')
    (bare,) = FORMATS["dygie"](path)
    assert ("tags-1", ()) == (bare.document.id, bare.mentions)


def test_blank_mentions_keep_no_place(tmp_path: Path) -> None:
    """A tag on an empty token is a mention without a place."""
    path = tmp_path / "blank.tsv"
    path.write_text("a\tO\n\tB-X\n")
    (record,) = FORMATS["conll"](path)
    assert [("X", "", -1)] == _mentions(record)
    assert ["blank-token", "not-in-text"] == [oddity for oddity, _ in _oddities(record)]
    assert record.mentions[0] == record.mention("T1")
    assert record.mention("T2") is None
