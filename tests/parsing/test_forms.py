"""Every form that real models write their answers in."""

from __future__ import annotations

import datetime as dt

import pytest
from people import ACME, ADA, BO, SCHEMA, Kind, Organization, Person, WorksFor

from codeie.diagnostics import Code, Severity
from codeie.parsing import IncrementalParser, Outcome, ParsedItem, parse

BOTH = 'Person("Ada"), Person("Bo")'
JOB = WorksFor(ADA, ACME)

# name: output, instances, codes of the diagnostics that are more than notes
FORMS: dict[str, tuple[str, list[object], list[Code]]] = {
    "list assigned": (f"result = [{BOTH}]", [ADA, BO], []),
    "other target": (f"entities_found = [{BOTH}]", [ADA, BO], []),
    "annotated": (f"result: list[Person] = [{BOTH}]", [ADA, BO], []),
    "bare list": (f"[{BOTH}]", [ADA, BO], []),
    "tuple": (f"result = ({BOTH})", [ADA, BO], []),
    "set": (f"result = {{{BOTH}}}", [ADA, BO], []),
    "calls a line each": ('Person("Ada")\nPerson("Bo")', [ADA, BO], []),
    "single call": ('Person(name="Ada")', [ADA], []),
    "single call assigned": ('result = Person(name="Ada")', [ADA], []),
    "positional": ('[Organization("Acme", Kind.SCHOOL)]', [Organization("Acme", Kind.SCHOOL)], []),
    "nested calls": ('[WorksFor(head=Person("Ada"), tail=Organization("Acme"))]', [JOB], []),
    "several lists": ('people = [Person("Ada")]\nothers = [Person("Bo")]', [ADA, BO], []),
    "multi-line": ('[\n  Person(\n    name="Ada",\n  ),\n  Person("Bo"),\n]', [ADA, BO], []),
    "inside a list": (f"{BOTH}]", [ADA, BO], []),
    "names": (
        'ada = Person("Ada")\nacme = Organization("Acme")\njob = WorksFor(head=ada, tail=acme)',
        [ADA, ACME, JOB],
        [],
    ),
    "names in a list": ('ada = Person("Ada")\nresult = [ada]', [ADA], []),
    "name defined later": ('[WorksFor(head=ada, tail="Acme")]', [], [Code.UNDEFINED_NAME]),
    "wrapper": (
        'extract = Extract([WorksFor(Person("Ada"), Organization("Acme"))])',
        [JOB],
        [],
    ),
    "wrapper with keyword": (f"Extract(items=[{BOTH}])", [ADA, BO], []),
    "lower-case classes": (
        '[WorksFor(person("Ada"), organization("Acme"))]',
        [JOB],
        [Code.RESOLVED_NAME] * 2,
    ),
    "append": (
        'entity_list = []\nentity_list.append({"text": "Ada", "type": "Person"})',
        [ADA],
        [],
    ),
    "append label": ('e.append({"text": "Ada", "type": "person"})', [ADA], [Code.RESOLVED_NAME]),
    "append call": ('result.append(Person("Ada"))', [ADA], []),
    "extend": (f"result.extend([{BOTH}])", [ADA, BO], []),
    "augmented": (f"result += [{BOTH}]", [ADA, BO], []),
    "relation keys": (
        'r.append({"rel_type": "WorksFor", "ent1_type": "Person", "ent1_text": "Ada", '
        '"ent2_type": "Organization", "ent2_text": "Acme"})',
        [JOB],
        [],
    ),
    "list of dicts": ('result = [{"type": "Person", "name": "Ada"}]', [ADA], []),
    "dict by fields": ('result = [{"name": "Ada", "roles": ["x"]}]', [Person("Ada", ["x"])], []),
    "wrapper string": ('[Person(Name("Ada"))]', [ADA], []),
    "string for an entity": ('[WorksFor("Ada", "Acme")]', [JOB], []),
    "none": ("None", [], []),
    "none assigned": ("result = None", [], []),
    "empty list": ("[]", [], []),
    "empty list assigned": ("result = []", [], []),
    "no words": ("", [], []),
    "white space": (" \n\t\n", [], []),
    "fence": (f"```python\nresult = [{BOTH}]\n```", [ADA, BO], []),
    "fence without tag": (f"```\n[{BOTH}]\n```", [ADA, BO], []),
    "fence unclosed": (f"```py\n[{BOTH}]", [ADA, BO], []),
    "fence with tildes": (f"~~~python\n[{BOTH}]\n~~~", [ADA, BO], []),
    "two fences": ('```\n[Person("Ada")]\n```\nand\n```\n[Person("Bo")]\n```', [ADA, BO], []),
    "prose around": (f"Sure! Here it is:\n[{BOTH}]\nHope it helps.", [ADA, BO], []),
    "prose in the line": ('The result is [Person("Ada")].', [ADA], []),
    "prose after colon": ('Result: Person("Ada")', [ADA], []),
    "bullets": ('- Person("Ada")\n- Person("Bo")', [ADA, BO], []),
    "numbers": ('1. Person("Ada")\n2. Person("Bo")', [ADA, BO], []),
    "backticks": ('- `Person("Ada")`\n- `Person("Bo")`', [ADA, BO], []),
    "prompt signs": ('>>> Person("Ada")\n>>> Person("Bo")', [ADA, BO], []),
    "sentence": ('I found Person("Ada") there.', [ADA], [Code.REPAIRED]),
    "thinking": (f'<think>maybe [Person("No")]</think>\n[{BOTH}]', [ADA, BO], []),
    "thinking unopened": (f'[Person("No")]\n</think>[{BOTH}]', [ADA, BO], [Code.REPAIRED]),
    "end marker": (f'[{BOTH}]</s>[Person("No")]', [ADA, BO], []),
    "chat end marker": (f'[{BOTH}]<|im_end|>\n[Person("No")]', [ADA, BO], []),
    "echo": (
        'class Person(Entity):\n    """A "human", e.g. Person("No")."""\n\n    name: str  # x\n\n'
        f'text = "Ada met Bo."\nresult = [{BOTH}]',
        [ADA, BO],
        [],
    ),
    "echo with demonstration": (
        'class Person:\n    name: str\n\ntext = "X"\nresult = [Person("No")]\n\n'
        f'text = "Y"\nresult = [{BOTH}]',
        [ADA, BO],
        [Code.REPAIRED],
    ),
    "next text": (
        f'result = [{BOTH}]\n\ntext = "More"\nresult = [Person("No")]',
        [ADA, BO],
        [Code.REPAIRED],
    ),
    "print": (f"print([{BOTH}])", [ADA, BO], []),
    "return": (f"return [{BOTH}]", [ADA, BO], []),
    "function": (f'def extract(text: str):\n    """Reads."""\n    return [{BOTH}]', [ADA, BO], []),
    "trailing comma": (f"[{BOTH},]", [ADA, BO], []),
    "missing comma": ('[Person("Ada") Person("Bo")]', [ADA, BO], []),
    "missing comma, lines": ('[\n  Person("Ada")\n  Person("Bo")\n]', [ADA, BO], []),
    "comma too many": ('[Person("Ada"),, Person("Bo")]', [ADA, BO], []),
    "tabs": ('[\n\tPerson("Ada"),\n\tPerson("Bo")\n]', [ADA, BO], []),
    "crlf": ('result = [\r\n  Person("Ada"),\r\n  Person("Bo")\r\n]\r\n', [ADA, BO], []),
    "byte-order mark": (f"\ufeff[{BOTH}]", [ADA, BO], []),
    "smart quotes": ("[Person(name=“Ada”), Person(‘Bo’)]", [ADA, BO], [Code.REPAIRED] * 2),
    "single quotes": ("[Person('Ada')]", [ADA], []),
    "triple quotes": ("[Person(\"\"\"Ada\"\"\"), Person('''Bo''')]", [ADA, BO], []),
    "prefixes": ('[Person(r"A\\d"), Person(u"Bo")]', [Person("A\\d"), BO], []),
    "bytes": ('[Person(b"Ada")]', [], [Code.WRONG_TYPE]),
    "concatenation": ('[Person(name="A" "da")]', [ADA], []),
    "escapes": (r'[Person("\x41d\u0061\n\"\'")]', [Person("Ada\n\"'")], []),
    "apostrophe": ("[Person('it's')]", [Person("it's")], [Code.REPAIRED]),
    "quotes in quotes": (
        '[Person(name="the "big" one"), Person("Bo")]',
        [Person('the "big" one'), BO],
        [Code.REPAIRED],
    ),
    "raw line break": ('[Person("A\nda lives")]', [Person("A\nda lives")], [Code.REPAIRED]),
    "non-ASCII": ('[Person("Zoë 日本 👩")]', [Person("Zoë 日本 👩")], []),
    "f-string": ('[Person(f"Ada"), Person(f"{x}")]', [ADA], [Code.DISALLOWED]),
    "enum by value": ('[Organization("A", "school")]', [Organization("A", Kind.SCHOOL)], []),
    "date call": (
        '[WorksFor("Ada", "Acme", datetime.date(2020, 1, 2))]',
        [WorksFor(ADA, ACME, dt.date(2020, 1, 2))],
        [],
    ),
    "cut in a string": ('[Person("Ada"), Person("B', [ADA], [Code.UNTERMINATED]),
    "cut in a keyword": ('[Person("Ada"), Person(na', [ADA], [Code.UNTERMINATED]),
    "cut in a list": ('[Person("Ada"), Person("Bo", ["x', [ADA], [Code.UNTERMINATED]),
    "json": ('[{"type": "Person", "name": "Ada"}]', [ADA], []),
    "json by class": ('{"Person": ["Ada", {"name": "Bo"}]}', [ADA, BO], []),
    "json wrapped": ('{"entities": [{"type": "Person", "name": "Ada", "roles": null}]}', [ADA], []),
    "attribute": ('[Person("Ada").name, Person("Bo")]', [BO], [Code.NOT_A_LITERAL]),
    "operator": ('[Person("Ada") + Person("Bo")]', [], [Code.NOT_A_LITERAL]),
    "comprehension": ('[Person("Ada") for _ in x]', [], [Code.NOT_A_LITERAL]),
    "computed field": ('[Person("A" + input()), Person("Bo")]', [BO], [Code.NOT_A_LITERAL]),
    "unknown function": ('[Person(input()), Person("Bo")]', [BO], [Code.WRONG_TYPE]),
    "lambda": ('[Person(lambda: 1), Person("Bo")]', [BO], [Code.DISALLOWED]),
    "star-argument": ('[Person(*x), Person("Bo")]', [BO], [Code.DISALLOWED]),
    "unknown class": ('[City("X"), Person("Bo")]', [BO], [Code.UNKNOWN_CLASS]),
}


@pytest.mark.parametrize("form", FORMS)
def test_form_is_read(form: str) -> None:
    """Each form gives the instances that were meant, and says only what was doubtful."""
    output, instances, codes = FORMS[form]
    result = parse(output, SCHEMA)
    said = [str(one) for one in result.diagnostics]
    assert instances == result.instances, said
    assert codes == [o.code for o in result.diagnostics if o.severity is not Severity.NOTE], said


@pytest.mark.parametrize("form", FORMS)
def test_form_is_read_in_pieces(form: str) -> None:
    """Each form gives the same result in pieces of any size."""
    output = FORMS[form][0]
    whole = parse(output, SCHEMA)
    for size in (1, 2, 3, 7):
        parser = IncrementalParser(SCHEMA)
        fed: list[ParsedItem] = []
        for start in range(0, len(output), size):
            fed += parser.feed(output[start : start + size])
        result = parser.close()
        assert whole == result, size
        assert set(map(id, result.items)) >= {id(one) for one in fed if one in result.items}, size


@pytest.mark.parametrize("form", ["none", "none assigned", "empty list", "no words", "white space"])
def test_nothing_is_an_empty_result(form: str) -> None:
    """An answer that says "nothing" is empty, without any diagnostic."""
    result = parse(FORMS[form][0], SCHEMA)
    assert (Outcome.EMPTY, ()) == (result.outcome, result.diagnostics)


def test_unreadable_is_not_nothing() -> None:
    """An answer without code is unparsed, and says so."""
    result = parse("I am sorry, I cannot help with that.", SCHEMA)
    assert (Outcome.UNPARSED, [Code.NO_CODE]) == (
        result.outcome,
        [one.code for one in result.diagnostics],
    )


def test_import_lines_name_classes() -> None:
    """A stage-one answer gives the classes it names, and reports names that are none."""
    result = parse("from Entity import Person, Organisation, Dragon", SCHEMA)
    assert (Person, Organization) == result.classes
    assert [Code.RESOLVED_NAME, Code.UNKNOWN_CLASS] == [one.code for one in result.diagnostics]
    assert () == parse("from dataclasses import dataclass\nPerson('Ada')", SCHEMA).diagnostics


@pytest.mark.parametrize(
    ("prefill", "output"),
    [
        ("result = [", f"{BOTH}]"),
        ("result = [\n", f"    {BOTH}\n]"),
        ("result = [Person(", '"Ada"), Person("Bo")]'),
        ('result = [Person("', 'Ada"), Person("Bo")]'),
        ("result = ", f"[{BOTH}]"),
        ("result = [", f"```python\nresult = [{BOTH}]\n```"),
        ("result = [", f"result = [{BOTH}]"),
    ],
)
def test_answer_goes_on_from_its_prefill(prefill: str, output: str) -> None:
    """A prefill is read as if the model had written it; positions are those of the answer."""
    result = parse(output, SCHEMA, prefill=prefill)
    assert [ADA, BO] == result.instances
    last = result.items[-1].position
    assert 'Person("Bo")' == output[last.offset : last.end]
    assert [] == [one for one in result.diagnostics if one.severity is Severity.ERROR]


def test_comments_are_kept_as_rationale() -> None:
    """Comments beside the code are not lost."""
    output = '# Ada is named\n[Person("Ada"),  # first\n Person("Bo")]'
    assert ("Ada is named", "first") == parse(output, SCHEMA).rationale


def test_labels_name_classes() -> None:
    """A map of labels gives classes other names."""
    output = 'e.append({"text": "Ada", "type": "PER"})\n[PER("Bo")]'
    assert [ADA, BO] == parse(output, SCHEMA, labels={"PER": Person}).instances
