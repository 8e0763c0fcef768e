"""Files that break their format, or mean harm: an error with file, line and reason."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie.datasets import FORMATS, Limits, read
from codeie.errors import CodeIEError, DatasetError, InputError

FIXTURES = Path(__file__).parent / "fixtures"
FILES: dict[str, str] = json.loads((FIXTURES / "index.json").read_text())


def _fails(form: str, path: Path, **options: Any) -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        list(FORMATS[form](path, **options))
    return caught.value


def _source(form: str) -> Path:
    """The fixture's file that holds the annotations."""
    inner = {"brat": "brat/case.ann", "casie": "casie/7.json"}
    return FIXTURES / inner.get(form, FILES[form])


def _damaged(form: str, data: bytes, folder: Path) -> Path:
    if form == "brat":
        (folder / "case.txt").write_bytes((FIXTURES / "brat/case.txt").read_bytes())
        (folder / "case.ann").write_bytes(data)
        return folder / "case.txt"
    path = folder / "damaged.json"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("form", FILES)
@settings(max_examples=50)
@given(data=st.data())
def test_damage_is_an_error_or_read_but_never_a_crash(
    form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut, doubled or overwritten bytes give a DatasetError, or records with places that hold."""
    source = _source(form).read_bytes()
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    new = data.draw(st.one_of(st.binary(max_size=8), st.sampled_from([b"", b"\t", b"\n", b"-1"])))
    path = _damaged(form, source[:start] + new + source[end:], tmp_path_factory.mktemp("damage"))
    with contextlib.suppress(CodeIEError):
        for example in read(form, path):
            for item in example.gold:
                for mention in item.mentions:
                    length = len(example.document.text)
                    assert mention.span is None or mention.span.end <= length


@pytest.mark.parametrize("form", FILES)
def test_binary_is_refused(form: str, tmp_path: Path) -> None:
    """A NUL byte is no text, and neither is what is not UTF-8."""
    path = _damaged(form, b"PK\x03\x04\0\0", tmp_path)
    assert "binary" in str(_fails(form, path))
    path = _damaged(form, b"\xff\xfe\n", tmp_path)
    assert "not UTF-8" in str(_fails(form, path))


@pytest.mark.parametrize("form", FILES)
def test_huge_lines_and_files_are_refused(form: str, tmp_path: Path) -> None:
    """What is read at once is bounded."""
    path = _damaged(form, b"x" * 5000, tmp_path)
    small = Limits(line_bytes=1000, file_bytes=1000)
    assert "1000 bytes" in str(_fails(form, path, limits=small))


@pytest.mark.parametrize("form", FILES)
def test_a_missing_file_is_an_error(form: str, tmp_path: Path) -> None:
    """It names the file, and is no OSError."""
    path = tmp_path / "none.txt"
    assert str(path) in str(_fails(form, path))


@pytest.mark.parametrize("form", ["dygie", "spert", "casie", "jsonl"])
def test_deep_json_and_huge_numbers_are_refused(form: str, tmp_path: Path) -> None:
    """Neither the stack nor the time is used up."""
    path = _damaged(form, b"[" * 100_000, tmp_path)
    assert "nested too deeply" in str(_fails(form, path))
    path = _damaged(form, b"1" * 10_000, tmp_path)
    assert "not JSON" in str(_fails(form, path))


def test_a_byte_order_mark_is_no_token(tmp_path: Path) -> None:
    """Some editors write one; the first token is what follows it."""
    path = tmp_path / "bom.tsv"
    path.write_bytes(b"\xef\xbb\xbfAda\tB-PER\n")
    (record,) = FORMATS["conll"](path)
    assert "Ada" == record.document.text


SENTENCE: dict[str, Any] = {"tokens": ["Ada", "ran"], "entities": [], "relations": []}


def _json(value: object, **changes: object) -> str:
    return json.dumps([{**value, **changes}] if isinstance(value, dict) else value)


WIKI = json.loads((FIXTURES / "wikievents.jsonl").read_text())
RAMS = json.loads((FIXTURES / "rams.jsonl").read_text())
DYGIE = json.loads((FIXTURES / "dygie.jsonl").read_text())
PHEE = json.loads((FIXTURES / "phee.jsonl").read_text())
EVENT = PHEE["annotations"][0]["events"][0]


def _phee(**changes: object) -> str:
    event = {**EVENT, **changes}
    return json.dumps({**PHEE, "annotations": [{"events": [event]}]})


BROKEN = [
    ("conll", "Ada\tB-PER\nran\n", 2, "expected a token and a tag divided by tabs, got 'ran'"),
    ("conll", "Ada\tB-PER\nran\tX-PER\n", 2, "'X-PER' is no tag of the scheme bio"),
    ("multihead", "0\tAda\tO\t['N']\t[0]\n", 1, "a token before the first '#doc' line"),
    ("multihead", "#doc 1\n0\tAda\tO\t['N']\n", 2, "expected 5 columns divided by tabs, got 4"),
    ("multihead", "#doc 1\n1\tAda\tO\t['N']\t[0]\n", 2, "expected token number 0, got '1'"),
    ("multihead", "#doc 1\n0\tAda\tO\t[exit()]\t[0]\n", 2, "expected a list of relation names"),
    ("multihead", "#doc 1\n0\tAda\tO\t['N', 'N']\t[0]\n", 2, "2 relation names for 1 token"),
    ("multihead", "#doc 1\n0\tAda\tO\t['Kill']\t[0]\n", 2, "a relation at a token that ends no"),
    ("multihead", "#doc 1\n0\tAda\tQ\t['N']\t[0]\n", 2, "'Q' is no tag of the scheme bio"),
    ("pubtator", "11|a|Abstract.\n", 1, "expected 'ID|t|title', got '11|a|Abstract.'"),
    ("pubtator", "11|t|T.\n", 1, r"expected a line '11|a|abstract' after the title"),
    ("pubtator", "11|t|T.\n11|a|A.\n12\t0\t1\tT\tX\n", 3, "a line of '12' among those of '11'"),
    ("pubtator", "11|t|T.\n11|a|A.\n11\ta\t1\tT\tX\n", 3, "expected 'ID, start, end, text"),
    ("pubtator", "11|t|T.\n11|a|A.\n11\tCID\tC\tD\n", 3, "relates 'C', which no mention is of"),
    ("semeval", "1 no tab\nOther\n", 1, "expected a number, a tab and"),
    ("semeval", '1\t"<e1>a</e1> b"\nOther\n', 1, "expected <e1>…</e1> and then <e2>…</e2>"),
    ("semeval", '1\t"<e1>a</e1> <e2>b</e2>"\nCause(e1,e1)\n', 2, "no relation: 'Cause(e1,e1)'"),
    ("ade", "1|a b|a|1|2|b|3\n", 1, "expected 'ID|sentence|effect|start|end|drug|start|end'"),
    ("ade", "1|a b|c|1|2|b|3|4\n", 1, "'c' is not in the sentence"),
    ("ade-negatives", "1 POS a\n", 1, "expected 'ID NEG sentence'"),
    (
        "jsonl",
        '{"text": "a", "mentoins": []}',
        1,
        "unknown key 'mentoins'; the nearest are mentions",
    ),
    ("jsonl", '{"txt": "a"}', 1, "the value has an unknown key 'txt'; the nearest are text"),
    (
        "jsonl",
        '{"text": "a"}\n{"text": "ab", "mentions": [{"type": "X", "begin": 0, "end": 1}]}',
        2,
        ".mentions[0] has an unknown key 'begin'",
    ),
    (
        "jsonl",
        '{"text": "a", "relations": [{"label": "X", "head": "T1", "tail": "T1"}]}',
        1,
        ".relations[0] has an unknown key 'label'; there are attributes, head, tail, type",
    ),
    (
        "jsonl",
        '{"text": "a", "events": [{"type": "X", "argument": []}]}',
        1,
        ".events[0] has an unknown key 'argument'; the nearest are arguments",
    ),
    (
        "jsonl",
        '{"text": "a", "events": [{"type": "X", "arguments": [{"role": "R", "id": "T1"}]}]}',
        1,
        ".events[0].arguments[0] has an unknown key 'id'",
    ),
    (
        "jsonl",
        '{"text": "a", "events": [{"type": "X", "modifiers": [{"type": "R"}]}]}',
        1,
        ".events[0].modifiers[0] has an unknown key 'type'",
    ),
    (
        "jsonl",
        '{"text": "a", "clusters": [{"ids": []}]}',
        1,
        ".clusters[0] has an unknown key 'ids'",
    ),
    ("spert", "{}", 0, "the value should be an array, and is dict"),
    ("spert", "[3]", 0, "[0] should be an object, and is int"),
    ("spert", _json(SENTENCE, tokens=["a", 1]), 0, "[0].tokens[1] should be a string, and is int"),
    ("spert", _json({"tokens": []}), 0, "[0] has no 'entities'"),
    (
        "spert",
        _json(SENTENCE, entities=[{"start": 1, "end": 1, "type": "X"}]),
        0,
        "a mention of tokens 1 to 1, where 2 tokens are",
    ),
    (
        "spert",
        _json(SENTENCE, entities=[{"start": 0, "end": 3, "type": "X"}]),
        0,
        "[0].entities[0].end is 3, outside 0 to 2",
    ),
    (
        "spert",
        _json(SENTENCE, relations=[{"type": "R", "head": True, "tail": 0}]),
        0,
        "[0].relations[0].head should be a whole number, and is bool",
    ),
    ("tagged-json", _json(SENTENCE, tags=["O"]), 0, "[0].tags are 1, for 2 tokens"),
    ("tagged-json", _json(SENTENCE, tags=["O", "?"]), 0, "[0].tags cannot be read: '?' is no tag"),
    ("unified", _json(SENTENCE, relations=[[0, 1, 1, 2, "R"]]), 0, "relates tokens that are no"),
    ("unified", _json(SENTENCE, entities=[[0, 1]]), 0, "[0].entities[0] has 2 elements, not 3"),
    ("w2ner", '[{"sentence": ["a"], "ner": [{"index": [], "type": "X"}]}]', 0, "that rise"),
    ("docred", '[{"title": "t", "sents": [["a"]], "vertexSet": [[]]}]', 0, "without a mention"),
    ("dygie", json.dumps({**DYGIE, "ner": [[]]}), 1, ".ner is for 1 sentence, and there are 2"),
    ("dygie", json.dumps({**DYGIE, "ner": [[[9, 9, "X"]], []]}), 1, "not within the tokens"),
    (
        "dygie",
        json.dumps({**DYGIE, "relations": [[[0, 0, 1, 1, "R"]], []]}),
        1,
        ".relations[0][0] relates tokens that are no mention",
    ),
    ("phee", _phee(Trigger={"text": [], "start": []}), 1, "has no trigger"),
    ("phee", _phee(Effect={"text": [], "start": []}), 1, "is an argument without a text"),
    ("phee", _phee(Effect={"text": [["a"]], "start": []}), 1, "has 1 text and 0 starts"),
    ("phee", _phee(Effect={"text": [["a"]], "start": [[]]}), 1, "has 1 piece and 0 starts"),
    ("phee", _phee(Effect={"text": [["a"]], "start": [[999]]}), 1, "is not within a text of 82"),
    ("phee", _phee(Effect=[]), 1, "should be an object, and is list"),
    (
        "wikievents",
        json.dumps({**WIKI, "entity_mentions": WIKI["entity_mentions"][:1] * 2}),
        1,
        ".entity_mentions[1] has the id 'd1-T1' of another",
    ),
    (
        "wikievents",
        json.dumps({**WIKI, "entity_mentions": []}),
        1,
        "refers to the mention 'd1-T1', which is not there",
    ),
    (
        "wikievents",
        json.dumps({**WIKI, "entity_mentions": [], "event_mentions": []}),
        1,
        ".relation_mentions[0] refers to a mention that is not there",
    ),
    ("rams", json.dumps({**RAMS, "ent_spans": []}), 1, "links tokens that are no trigger"),
    (
        "rams",
        json.dumps({**RAMS, "gold_evt_links": [[[4, 4], [3, 3], ""]]}),
        1,
        ".gold_evt_links[0][2] is no role",
    ),
    ("jsonl", '{"text": "ab", "relations": [{"type": "R", "head": "T1", "tail": "T1"}]}', 1, "T1"),
    ("jsonl", '{"text": "ab", "mentions": [{"type": "X", "start": 1, "end": 1}]}', 1, "rise"),
    ("jsonl", '{"text": "ab", "metadata": []}', 1, ".metadata should be an object"),
]


@pytest.mark.parametrize(("form", "content", "line", "reason"), BROKEN)
def test_what_breaks_a_format_is_said(
    form: str, content: str, line: int, reason: str, tmp_path: Path
) -> None:
    """File, line and reason are in the error."""
    path = tmp_path / "file.txt"
    path.write_text(content, encoding="utf-8")
    error = _fails(form, path)
    assert reason in str(error)
    assert (str(path), line) == (error.path, error.line)


ANNOTATIONS = [
    ("T1 no tab", "expected an id and a tab, got 'T1 no tab'"),
    ("T1\tX 0 4", None),
    ("T1\tX here", "expected 'Type start end', got 'X here'"),
    ("T1\tX 0 99\tLeft", "offsets 0 99 are not within a text of 47"),
    ("T1\tX 4 4\tLeft", "offsets 4 4 are not within a text of 47"),
    ("T1\tX 0 4\tLeft\nT1\tX 0 4\tLeft", "the id 'T1' is used twice"),
    ("E1\tX:T9", "refers to 'T9', which is not there"),
    ("E1\tX", "expected 'Name:Id', got 'X'"),
    ("E1\t", "expected 'Type:Trigger'"),
    ("T1\tX 0 4\tLeft\nE1\tX:T1 Theme:E9", "refers to 'E9', which is not there"),
    ("A1\tNegation", "too few columns"),
    ("R1\tX Arg1:T1", "too few columns"),
    ("*\tEquiv T1 T2", "refers to 'T1', which is not there"),
]


@pytest.mark.parametrize(("content", "reason"), ANNOTATIONS)
def test_what_breaks_standoff_is_said(content: str, reason: str | None, tmp_path: Path) -> None:
    """An annotation that refers to nothing, or lies outside the text, stops the reading."""
    path = _damaged("brat", content.encode(), tmp_path)
    if reason is None:
        (record,) = FORMATS["brat"](path)
        assert ["not-in-text"] == [warning.oddity.value for warning in record.warnings]
    else:
        assert reason in str(_fails("brat", path))


def test_a_text_without_annotations_is_an_error(tmp_path: Path) -> None:
    """No annotation file is not the same as nothing annotated."""
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.a1").write_text("")
    assert "neither a.ann nor a.a2 is beside it" in str(_fails("brat", tmp_path))


def test_options_that_do_not_fit_are_errors() -> None:
    """Each says what there is."""
    columns = FIXTURES / "columns.tsv"
    with pytest.raises(InputError, match="cannot both be in column 1"):
        list(FORMATS["conll"](columns, token_column=1, tag_column=1))
    with pytest.raises(InputError, match="no unit 'page'; there are document, sentence"):
        list(FORMATS["dygie"](FIXTURES / "dygie.jsonl", unit="page"))
    with pytest.raises(InputError, match="no kind 'POS'; there are AE, DOSE"):
        list(FORMATS["ade"](FIXTURES / "ade.rel", kind="POS"))
    error = _fails("conll", columns, separator="|")
    assert "divided by '|'" in str(error)
