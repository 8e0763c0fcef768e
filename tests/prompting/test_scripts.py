"""Schemas in other languages: names of classes and fields in any script, and texts that mix them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import make_dataclass

import pytest

from codeie import Entity, Extractor, Relation, Span
from codeie.introspection import introspect
from codeie.parsing import parse
from codeie.parsing.text.letters import compiled
from codeie.prompting import Style, styles
from codeie.testing import ScriptedClient

NAMES = {
    "German": ("Häfen", "größe"),
    "Russian": ("Корабль", "имя"),
    "Greek": ("Πλοίο", "όνομα"),
    "Hebrew with points": ("אֳנִיָּה", "שֵׁם"),
    "Arabic": ("سفينة", "اسم"),
    "Arabic with vowels": ("سَفِينَة", "اِسْم"),
    "Hindi": ("जहाज", "नाम"),
    "Hindi conjuncts": ("कप्तान", "पहला_नाम"),
    "Bengali": ("জাহাজ", "নাম"),
    "Tamil": ("கப்பல்", "பெயர்"),
    "Thai": ("เรือ", "ชื่อ"),
    "Burmese": ("သင်္ဘော", "အမည်"),
    "Amharic": ("መርከብ", "ስም"),
    "Tibetan": ("གྲུ", "མིང"),
    "Chinese": ("船", "名称"),
    "Japanese": ("フェリー", "名前"),
    "Korean": ("배", "이름"),
    "Vietnamese": ("Tàu", "tên"),
}
TEXT = "The Tern (तारा) kam in Göteborg an; 大和 и «Мир» في المرفأ."
STRINGS = ("Tern", "तारा", "Göteborg", "大和", "Мир", "المرفأ")


def entity(name: str, field: str, **doc: str) -> type:
    """A class of mentions."""
    return make_dataclass(name, [(field, str)], bases=(Entity,), namespace={"__doc__": "…", **doc})


def writes(style: Style, kinds: Sequence[type]) -> bool:
    """Whether a style has a form for some classes."""
    spec = introspect(kinds)
    return {one.role for one in spec.classes} <= set(style.expresses)


@pytest.mark.parametrize("language", NAMES)
def test_every_style_reads_the_names_that_it_writes(language: str) -> None:
    """And what it reads is found where it stands, in a text of several languages."""
    made = entity(*NAMES[language])
    schema = introspect([made])
    found = [made(string) for string in STRINGS]
    for style in styles():
        if not writes(style, [made]):
            continue
        answer = style.syntax.write(found, schema)
        reading = style.syntax.read(answer, schema)
        assert reading.instances == found, (style.name, answer)
        assert not [one for one in reading.diagnostics if one.code != "duplicate-item"]
    client = ScriptedClient([repr_of(made, found)])
    extraction = Extractor([made], model=client, style="code4uie")(TEXT)
    assert [item.span for item in extraction.items] == [
        Span(TEXT.index(string), TEXT.index(string) + len(string)) for string in STRINGS
    ]


def repr_of(made: type, found: Sequence[object]) -> str:
    """A list of calls."""
    (field,) = made.__annotations__
    return "[" + ", ".join(f"{made.__name__}({getattr(one, field)!r})" for one in found) + "]"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
@pytest.mark.parametrize("language", ["German", "Vietnamese", "Korean", "Hindi", "Japanese"])
def test_a_name_is_known_however_its_marks_are_written(language: str, form: str) -> None:
    """Models write letters and their marks apart, too; that is told."""
    name, field = NAMES[language]
    made = entity(name, field)
    for style in ("code4uie", "mention-first", "json", "gollie", "sel", "instructuie"):
        syntax = next(one for one in styles() if one.name == style).syntax
        answer = syntax.write([made("Tern")], introspect([made]))
        for word in (name, field):
            # The forms differ by what they take apart only.
            answer = answer.replace(word, unicodedata.normalize(form, word))  # type: ignore[arg-type]
        reading = syntax.read(answer, introspect([made]))
        assert reading.instances == [made("Tern")], (style, answer)


DAMAGED = [
    "```python\nresult = [\n    {0}(name='Tern'),\n]\n```",
    "Here is the result: [{0}('Tern')]. I hope this helps!",
    "[{0}('Tern'), {0}('Lot",
    "[{0}('Tern') {0}('Lotta')]",
    "[{0}('Tern), {0}('Lotta')]",
    "x = {0}('Tern')\ny = {0}(name='Lotta')",
    "- {0}('Tern')\n- {0}('Lotta')",
    "[{0}'Tern'), {0}['Lotta']]",
    "[{0}(nme='Tern'), {0}s('Lotta'), Unknown('x')]",
    "class {0}(Entity):\n    name: str\n\n[{0}('Tern')]",
    "from schema import {0}\n[{0}('Tern')]",
    "**{0}('Tern')**, _{0}('Lotta')_",
    '{{"{0}": [{{"name": "Tern"}}]}}',
    "{0}: Tern\n{0}: Lotta",
    "if 1: [{0}('Tern')]",
    "# {0}('Tern')\n[{0}('Lotta')]",
    '[{0}("Tern"), {0}(name="Lotta"',
    "<think>{0}('no')</think>[{0}('Tern')]",
]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_damage_is_repaired_as_with_names_in_latin_letters(damaged: str) -> None:
    """The same comes out of an answer, and the same is said of it."""
    plain = make_dataclass("Schip", [("name", str)], bases=(Entity,))
    expected = parse(damaged.format("Schip"), [plain])
    for name in ("कप्तान", "กัปตัน", "Πλοίο", "அணித்தி"):
        made = make_dataclass(name, [("name", str)], bases=(Entity,))
        found = parse(damaged.format(name), [made])
        assert [vars(one) for one in found.instances] == [vars(one) for one in expected.instances]
        assert [one.code for one in found.diagnostics] == [one.code for one in expected.diagnostics]


def test_relations_between_classes_of_two_languages() -> None:
    """Code-switching in the schema itself."""
    ship, port = entity("जहाज", "नाम"), entity("Häfen", "größe")
    made = make_dataclass("เทียบท่า", [("head", ship), ("tail", port)], bases=(Relation,))
    found = [made(ship("Tern"), port("Göteborg"))]
    schema = introspect([ship, port, made])
    for style in styles():
        if not writes(style, [ship, port, made]) or style.name == "promptner":
            continue
        assert style.syntax.read(style.syntax.write(found, schema), schema).instances == found


def test_marks_are_those_that_unicode_has() -> None:
    """Each combining mark of the basic plane but selectors, and no sign or space."""
    word = compiled(r"\w")
    for number in range(0xFE00):
        character = chr(number)
        category = unicodedata.category(character)
        if category in ("Mn", "Mc"):
            assert word.fullmatch(character)
        elif category[0] in "PSZC" and category not in ("Cn", "Pc"):
            assert not word.fullmatch(character), hex(number)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"[^\W\d]\w*", "नाम_1", "नाम_1"),
        (r"[\w.]+", "नाम.नाम", "नाम.नाम"),
        (r"[^\w]+", "।नाम", "।"),
        (r"\\w+", "\\ww", "\\ww"),
        (r"[]\w]+", "]ना", "]ना"),
        (r"[\[\w]+", "[ना", "[ना"),
        (r"[a[]\w", "[ना", "[न"),
    ],
)
def test_patterns_keep_their_meaning(pattern: str, text: str, found: str) -> None:
    """Only what a word is changes, within sets of characters and outside."""
    match = compiled(pattern).match(text)
    assert match is not None
    assert match[0] == found
