"""What an extraction knows of the file that its document comes from."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeie import Chunks, Entity, Extractor
from codeie.documents import read
from codeie.errors import InputError
from codeie.extraction import Extraction
from codeie.places import PlaceKind
from codeie.testing import ScriptedClient


@dataclass
class Ship(Entity):
    name: str


TEXT = "# Log\n\nThe Tern left.\n\n" + "Nothing was seen.\n" * 30 + "\nThe Lotta came.\n"


def found(answers: list[str], **choices: object) -> Extraction[Ship]:
    """What a model with these answers finds in a Markdown file."""
    extractor = Extractor([Ship], model=ScriptedClient(answers), **choices)  # type: ignore[arg-type]
    return extractor(read(TEXT.encode(), format="markdown"))


def test_items_have_their_places_in_the_file() -> None:
    """Also those of a text that was asked about in chunks; what is not in it has none."""
    extraction = found(['[Ship("Tern")]', '[Ship("Lotta"), Ship("Gull")]'], chunk=Chunks(400))
    tern, lotta, gull = (extraction.places(item) for item in extraction.items)
    assert {"name": ["Tern"]} == {path: [_of(one) for one in held] for path, held in tern.items()}
    assert ["Lotta"] == [_of(one) for one in lotta["name"]]
    assert {} == gull


def _of(place: object) -> str:
    source = place.source  # type: ignore[attr-defined]
    return TEXT[source[0] : source[1]]


def test_records_have_places_if_the_document_has() -> None:
    """With each mention, as JSON types; a text without a file has no such key."""
    (item,) = found(['[Ship("Tern")]']).to_dict()["items"]
    assert [{"kind": "text", "path": "", "start": 11, "end": 15, "source": [11, 15]}] == item[
        "mentions"
    ][0]["places"]
    bare = Extractor([Ship], model=ScriptedClient(['[Ship("Tern")]']))(TEXT).to_dict()
    assert "places" not in bare["items"][0]["mentions"][0]


def test_what_a_reader_told_is_told_once(tmp_path: Path) -> None:
    """Before all else, however many chunks and answers there are."""
    path = tmp_path / "a.md"
    path.write_bytes(TEXT.encode() + "Ø og Å, Æ og ø; sådan er det på søen.\n".encode("cp1252") * 9)
    document = read(path)
    client = ScriptedClient(lambda _prompt: "[]")
    extraction = Extractor([Ship], model=client, chunk=400, strategy="vote(2)")(document)
    assert ["guessed-encoding"] == [one.code for one in extraction.diagnostics]
    assert extraction.document.layout is not None
    assert extraction.document.layout.pieces[0].place.kind is PlaceKind.TEXT


def test_a_kept_extraction_has_its_places(tmp_path: Path) -> None:
    """Each string that was found has the same places, and the file can be marked as before."""
    path = tmp_path / "log.md"
    path.write_bytes(TEXT.encode())
    client = ScriptedClient(['[Ship("The Tern"), Ship("Tern"), Ship("Lotta"), Ship("Gull")]'])
    extraction = Extractor([Ship], model=client)(read(path))
    again = Extraction.from_dict(json.loads(extraction.to_json(whole=True)), [Ship])
    assert [again.places(item) for item in again.items] == [
        extraction.places(item) for item in extraction.items
    ]
    before, after = extraction.document.layout, again.document.layout
    assert before is not None
    assert after is not None
    assert (after.file, after.digest, after.format) == (before.file, before.digest, "markdown")
    assert again.to_dict(whole=True)["layout"] == extraction.to_dict(whole=True)["layout"]
    bare = Extractor([Ship], model=ScriptedClient(["[]"]))("The Tern").to_dict(whole=True)
    assert bare["layout"] is None


def test_a_kept_extraction_of_a_pdf_has_its_boxes(tmp_path: Path) -> None:
    """One for each line, also of strings within others; and marks are where they were."""
    pytest.importorskip("pypdfium2")
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(str(tmp_path / "log.pdf"))
    for bottom, line in ((700, "The Tern left the port of Ska-"), (686, "gen in the morning.")):
        canvas.drawString(60, bottom, line)
    canvas.save()
    client = ScriptedClient(['[Ship("port of Skagen"), Ship("Skagen"), Ship("of")]'])
    extraction = Extractor([Ship], model=client)(read(tmp_path / "log.pdf"))
    again = Extraction.from_dict(json.loads(extraction.to_json(whole=True)), [Ship])
    for item in extraction.items:
        (one,), (other,) = extraction.places(item)["name"], again.places(item)["name"]
        assert (one.path, one.start, one.end) == (other.path, other.start, other.end)
        assert len(one.boxes) == len(other.boxes)
        for left, right in zip(one.boxes, other.boxes, strict=True):
            assert dataclasses.astuple(left) == pytest.approx(dataclasses.astuple(right), abs=0.02)
    again.to_pdf(tmp_path / "marked.pdf")
    assert read(tmp_path / "marked.pdf").text == extraction.document.text


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ([], "layout: not an object"),
        ({"pieces": {}}, "layout: pieces: not a list"),
        ({"pieces": [[0, 9, {"kind": "page"}]]}, "is no piece of a text of 8"),
        ({"pieces": [[0, 4, {"kind": "moon"}]]}, "'moon' is not a valid PlaceKind"),
        ({"pieces": [[0, 4, {"kind": "page", "path": "x"}]]}, "'x' is no number of a page"),
        ({"pieces": [[0, 4, {"kind": "text", "path": "", "start": 4, "end": 1}]]}, "is no range"),
        (
            {
                "pieces": [
                    [0, 4, {"kind": "text", "path": "", "start": 0, "end": 4, "boxes": [[1]]}]
                ]
            },
            r"\[1\] is no box",
        ),
        ({"pieces": [], "format": 7}, "7 is no string"),
    ],
)
def test_a_layout_that_is_none_is_an_error(layout: object, said: str) -> None:
    """That says where; records may come from anywhere."""
    record = Extractor([Ship], model=ScriptedClient(["[]"]))("The Tern").to_dict(whole=True)
    with pytest.raises(InputError, match=said):
        Extraction.from_dict(record | {"layout": layout}, [Ship])
