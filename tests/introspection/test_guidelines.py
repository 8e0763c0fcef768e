"""Candidates are told from guidelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import hostile_text

from codeie.introspection._guidelines import read_docstring, read_notes
from codeie.types import Guideline


@pytest.mark.parametrize(
    ("note", "text", "candidates"),
    [
        ("as written", "as written", ()),
        ('as written, such as "Ada Lovelace"', "as written", ("Ada Lovelace",)),
        ('Such as: "Ann", "Bob".', "", ("Ann", "Bob")),
        ("A town. Such as: Oban, Fort William", "A town.", ("Oban", "Fort William")),
        ('A town (e.g. "Oban" or "Oslo").', "A town.", ("Oban", "Oslo")),
        ("A town (e.g.: Oban, Oslo, etc.) by the sea", "A town by the sea", ("Oban", "Oslo")),
        ("A town [such as 'Oban'] by the sea", "A town by the sea", ("Oban",)),
        ("A town, for example: Oban, or Oslo.", "A town.", ("Oban", "Oslo")),
        ('A town. Examples: "Oban", "Oslo" etc.', "A town.", ("Oban", "Oslo")),
        ("A town – for instance `Oban`; not a village", "A town; not a village", ("Oban",)),
        ("a title such as “Dr.” and ‘Sir’", "a title", ("Dr.", "Sir")),
        ('Not "St. Kilda", e.g. "Kilda"', 'Not "St. Kilda"', ("Kilda",)),
        ('such as "a\\"b"', "", ('a\\"b',)),
        ("Such as: Oban. Such as: Oslo.", "", ("Oban", "Oslo")),
        ("Such as: J. R. Hartley, Dr. Who.", "", ("J. R. Hartley", "Dr. Who")),
        # Prose stays prose.
        ("vehicles such as cars", "vehicles such as cars", ()),
        ('words such as "and" that join', 'words such as "and" that join', ()),
        ("e.g. a town", "e.g. a town", ()),
        ("such as:", "such as:", ()),
        ("Such as: ...", "Such as: ...", ()),
        ("an example of prose", "an example of prose", ()),
    ],
)
def test_candidates_are_taken_out_of_notes(
    note: str, text: str, candidates: tuple[str, ...]
) -> None:
    """A list that ends its sentence becomes candidates; within a sentence it stays text."""
    reading = read_notes([note])
    assert (text, candidates) == (reading.text, reading.candidates)


def test_notes_are_joined_once_each() -> None:
    """A note that repeats another is left out; the join reads as sentences."""
    notes = ["A name.", "as  written", "", Guideline("as written", ("Ada",)), 'such as "Ada", "B"']
    reading = read_notes(notes)
    assert "A name. as written" == reading.text
    assert ("Ada", "B") == reading.candidates
    assert "a; b: c" == read_notes(["a", "b:", "c"]).text


def test_docstrings_keep_their_lines() -> None:
    """A docstring is dedented, and loses only its candidates."""
    reading = read_docstring(
        'A town.\n\n        Not a village.\n        Such as: "Oban",\n        "Oslo".\n'
    )
    assert "A town.\n\nNot a village." == reading.text
    assert ("Oban", "Oslo") == reading.candidates
    reading = read_docstring("A town.\nSuch as: Oban, Fort\nWilliam.\n\nNot a village.")
    assert "A town.\n\nNot a village." == reading.text
    assert ("Oban", "Fort William") == reading.candidates
    reading = read_docstring("Examples:\n- Oban\n- Oslo")
    assert ("Examples:\n- Oban\n- Oslo", ()) == (reading.text, reading.candidates)


@given(st.lists(st.one_of(hostile_text(), st.just('such as: "x"'), st.just("e.g.: a, b"))))
def test_reading_is_stable(notes: list[str]) -> None:
    """Any text is read without error, onto one line, and reading it again changes nothing."""
    reading = read_notes(notes)
    assert len(reading.text.splitlines()) <= 1
    again = read_notes([reading.text])
    assert reading.text == again.text
    assert () == again.candidates


@given(
    st.lists(
        st.from_regex(r"[A-Z][a-z]{1,5}( [A-Z][a-z]{1,5})?", fullmatch=True),
        min_size=1,
        unique=True,
    )
)
def test_written_candidates_are_found(names: list[str]) -> None:
    """What is listed, quoted or not, is what is found."""
    plain = read_notes(["A place. Such as: " + ", ".join(names)])
    quoted = read_notes(["A place, such as " + " or ".join(f'"{name}"' for name in names) + "."])
    assert (("A place.", tuple(names)),) * 2 == (
        (plain.text, plain.candidates),
        (quoted.text, quoted.candidates),
    )
