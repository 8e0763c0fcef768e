"""What an extraction knows of the file that its document comes from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codeie import Chunks, Entity, Extractor
from codeie.documents import read
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
