"""Errors can be gone through: by kind, by class, each in its text; without a script."""

from __future__ import annotations

from dataclasses import dataclass

from codeie import Entity, ground
from codeie.display import Mark, Passage, plain, table_markdown
from codeie.evaluation import Errors, find_errors
from codeie.types import Span


@dataclass
class Person(Entity):
    """A human being."""

    name: str


@dataclass
class Firm(Entity):
    """A company."""

    name: str


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e\ud800 Ada met Zed."
FILLING = "words, " * 100
TEXTS = [f"Ada works for Acme Labs of Oslo. {FILLING}Bo too.", HOSTILE]


def _errors(*, texts: bool = True) -> Errors:
    gold = [
        ground([Person("Ada"), Firm("Acme Labs of Oslo"), Person("Bo")], TEXTS[0]),
        ground([Person("Zed")], TEXTS[1]),
    ]
    said = [
        ground([Firm("Ada"), Firm("Acme Labs"), Person("Carl")], TEXTS[0]),
        ground([Firm("<script>"), Firm("Zed")], TEXTS[1]),
    ]
    return find_errors(gold, said, [Person, Firm], texts=TEXTS if texts else None)


def test_each_error_stands_in_its_text_with_both_sides() -> None:
    """What lies around it is quoted, gold and predicted are marked and named."""
    html, text = _errors()._repr_html_(), plain(_errors(), width=300)
    for said in (
        "[[Ada](gold: Person)](predicted: Firm) works",
        "[[Acme Labs](predicted: Firm) of Oslo](gold: Firm)",
        "[Bo](gold: Person) too.",
        "predicted: Person: Carl, not in the text",
        "[<script>](predicted: Firm)alert(1)",
    ):
        assert said in text
    assert "<script>alert" not in html
    assert not {"\x1b", "\u202e", "\ud800"} & set(html + text)
    assert FILLING[:300] not in html
    assert 6 == html.count("<tr class=")


def test_kinds_and_classes_are_filters_that_need_no_script() -> None:
    """A box for each that there is, with its count; a row goes with its kind or its class."""
    html = _errors()._repr_html_()
    boxes = html.partition('class="codeie-filters"')[2].partition("</div>")[0]
    assert 7 == boxes.count("<input")
    for name, count in {"wrong type": 2, "wrong boundary": 1, "Person": 4, "Firm": 2}.items():
        before = boxes.partition(f">{name}</bdi>")[0]
        assert f"{count:,}</small>" in boxes.partition(f">{name}</bdi>")[2][:60]
        number = before.rpartition('class="codeie-f')[2].partition('"')[0]
        keys = [row.split('"')[1].split() for row in html.split("<tr class=")[1:]]
        rows = [key for key in keys if f"codeie-k{number}" in key]
        assert count == len(rows)


def test_classes_have_the_colours_of_the_schema() -> None:
    """As in extractions: the first class is blue, though another comes first in the alphabet."""
    html = _errors()._repr_html_()
    assert (
        "#56b4e9;border-radius:.2em;padding:.1em .35em" in html.partition(">Person</bdi>")[0][-300:]
    )


def test_errors_without_texts_and_none_are_shown_in_words() -> None:
    """Nothing is marked where the text is not known; only the table where there is no error."""
    assert "gold: Person: Ada · predicted: Firm: Ada" in plain(_errors(texts=False), width=300)
    right = [ground([Person("Ada")], "Ada")]
    nothing = find_errors(right, right, [Person, Firm])
    assert "Each error" not in nothing._repr_html_()
    both = _errors() + nothing
    assert (tuple(TEXTS), ("Person", "Firm")) == (both.texts, both.labels)


def test_thousands_of_errors_are_counted_and_some_shown() -> None:
    """Overlapping ones too; the page stays small."""
    text = "a " * 3000
    items = [Person("a") for _ in range(3000)]
    found = find_errors([ground(items, text)], [ground([], text)], [Person, Firm], texts=[text])
    html = found._repr_html_()
    assert "2,500 more errors are not shown." in html
    assert len(html) < 2_000_000


def test_a_passage_in_markdown_is_its_strings() -> None:
    """A table of Markdown has no marks."""
    passage = Passage("Ada met Bo.", (Mark(Span(0, 3), "a"), Mark(Span(8, 10), "b")))
    assert "| Ada … Bo |" in table_markdown(["where"], [[passage]])
