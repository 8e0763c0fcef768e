"""What providers, templates and chats put around an answer is taken off before it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from wrappings import SCHEMA, LivesIn, Person, Place, Price

from codeie.diagnostics import Code, Severity
from codeie.parsing import IncrementalParser, Outcome, ParseLimits, parse

ANN, BEN, OSLO = Person("Ann"), Person("Ben"), Place("Oslo")
HOME = LivesIn(ANN, OSLO)

# name: answer, instances
EXAMPLES: dict[str, tuple[str, list[object]]] = {
    "Harmony": (
        '<|channel|>analysis<|message|>Maybe [Person("Zed")]<|end|><|start|>assistant'
        '<|channel|>final<|message|>[Person("Ann")]<|return|>',
        [ANN],
    ),
    "Harmony stripped": ('analysisMaybe [Person("Zed")]?assistantfinal[Person("Ann")]', [ANN]),
    "Harmony, a tool": (
        "<|channel|>commentary to=functions.Person <|constrain|>json<|message|>"
        '{"name": "Ann"}<|call|>',
        [ANN],
    ),
    "Harmony, a tool, stripped": (
        'analysisI call it.assistantcommentary to=functions.Person json{"name": "Ann"}',
        [ANN],
    ),
    "Harmony, drafts of tools and final": (
        '<|channel|>commentary to=functions.Person<|message|>{"name": "Zed"}<|call|>'
        '<|start|>assistant<|channel|>final<|message|>[Person("Ann")]<|return|>',
        [ANN],
    ),
    "think": ('<think>[Person("Zed")]</think>[Person("Ann")]', [ANN]),
    "think with an attribute": ('<think time="3">Person("Zed")</think>[Person("Ann")]', [ANN]),
    "closed by the opening": ('<think>Person("Zed")<think>[Person("Ann")]', [ANN]),
    "closed with a backslash": ('<think>Person("Zed")<\\think>[Person("Ann")]', [ANN]),
    "nested thoughts": ('<think>a<think>Person("Zed")</think>b</think>[Person("Ann")]', [ANN]),
    "one closing for two": ('<think>a<think>Person("Zed")</think>[Person("Ann")]', [ANN]),
    "unclosed before a tag": ('<think>Person("Zed")\n<answer>[Person("Ann")]</answer>', [ANN]),
    "Gemma channel": ('<|channel>thought\nPerson("Zed")<channel|>[Person("Ann")]', [ANN]),
    "Command A": (
        '<|START_THINKING|>Person("Zed")<|END_THINKING|><|START_RESPONSE|>[Person("Ann")]'
        "<|END_RESPONSE|>",
        [ANN],
    ),
    "answer tag spoken of": (
        'I put it in <answer> tags. <answer>[Person("Ann")]</answer>',
        [ANN],
    ),
    "arguments": ('{"name": "Person", "arguments": {"name": "Ann"}}', [ANN]),
    "parameters": ('{"name": "Person", "parameters": {"name": "Ann"}}', [ANN]),
    "function in an object": (
        json.dumps(
            {"type": "function", "function": {"name": "Person", "arguments": '{"name": "Ann"}'}}
        ),
        [ANN],
    ),
    "function and a string": (
        '{"function": "Person", "arguments": "{\\"name\\": \\"Ann\\"}"}',
        [ANN],
    ),
    "nested instances": (
        '{"name": "LivesIn", "arguments": {"head": {"name": "Ann"}, "tail": {"name": "Oslo"}}}',
        [HOME],
    ),
    "strings for instances": (
        '{"name": "LivesIn", "arguments": {"head": "Ann", "tail": "Oslo"}}',
        [HOME],
    ),
    "typed instances": (
        '{"name": "LivesIn", "arguments": {"head": {"type": "Person", "name": "Ann"}, '
        '"tail": {"Place": "Oslo"}}}',
        [HOME],
    ),
    "several tool_call": (
        '<tool_call>{"name": "Person", "arguments": {"name": "Ann"}}</tool_call>\n'
        '<tool_call>{"name": "Place", "arguments": {"name": "Oslo"}}</tool_call>',
        [ANN, OSLO],
    ),
    "tool_call unclosed": ('<tool_call>{"name": "Person", "arguments": {"name": "Ann"}}', [ANN]),
    "function tag": ('<function=Person>{"name": "Ann"}</function>', [ANN]),
    "parallel use": (
        '{"tool_uses": [{"recipient_name": "functions.Person", "parameters": {"name": "Ann"}}]}',
        [ANN],
    ),
    "ReAct": ('Thought: one name.\nAction: Person\nAction Input: {"name": "Ann"}', [ANN]),
    "GLM": (
        "<tool_call>Person\n<arg_key>name</arg_key>\n<arg_value>Ann</arg_value>\n</tool_call>",
        [ANN],
    ),
    "a parameter that looks like a number": (
        "<function=Person><parameter=name>007</parameter></function>"
        "<function=Price><parameter=amount>1.50</parameter></function>",
        [Person("007"), Price(1.5)],
    ),
    "a code tool": (
        '{"name": "python", "arguments": {"code": "result = [Person(\\"Ann\\")]"}}',
        [ANN],
    ),
    "langextract": (
        '{"extractions": [{"extraction_class": "Person", "extraction_text": "Ann", '
        '"attributes": {}}, {"extraction_class": "Price", "extraction_text": "5 EUR", '
        '"attributes": {"amount": 5, "currency": "EUR"}}]}',
        [ANN, Price(5.0, "EUR")],
    ),
    "class and its attributes": ('{"Person": "Ann", "Person_attributes": {}}', [ANN]),
    "lists by class": ('{"Person": ["Ann", "Ben"], "Place": "Oslo"}', [ANN, BEN, OSLO]),
    "offsets": ('[{"type": "Person", "text": "Ann", "start": 0, "end": 3}]', [ANN]),
    "slash and pair escaped": (
        '{"name": "Person", "arguments": {"name": "A\\/B \\ud83d\\ude00"}}',
        [Person("A/B 😀")],
    ),
    "YAML": ("- class: Person\n  text: Ann\n- type: Place\n  name: Oslo\n", [ANN, OSLO]),
    "YAML by class": ("Person:\n  - Ann\n  - Ben\nPlace: Oslo\n", [ANN, BEN, OSLO]),
    "YAML, nested": (
        "```yaml\nextractions:\n  - extraction_class: LivesIn\n    extraction_text: lives\n"
        "    attributes:\n      head: Ann\n      tail: Oslo\n```",
        [HOME],
    ),
    "YAML, words that are none": ("- Person: No\n- Person: 1.50\n", [Person("No"), Person("1.50")]),
    "YAML in prose": ("Here they are:\n\n- Person: Ann\n- Place: Oslo\n\nDone.", [ANN, OSLO]),
    "bold keys": ("- **Person**: Ann\n- **Place:** Oslo\n", [ANN, OSLO]),
    "table": ("| Class | Text |\n|---|---|\n| Person | Ann |\n| Place | Oslo |\n", [ANN, OSLO]),
    "table, class last": ("Entity | Type\n--- | ---\n`Ann` | **Person**\n", [ANN]),
    "table of fields": (
        "| type | head | tail |\n|:--|--|--|\n| LivesIn | Ann | Oslo |\n",
        [HOME],
    ),
    "tables under headings": (
        "### Person\n\n| name |\n|---|\n| Ann |\n\n### Price\n\n| amount | currency |\n|--|--|\n"
        "| 5 | EUR |\n",
        [ANN, Price(5.0, "EUR")],
    ),
    "HTML entities": ("[Person(&quot;Ann&quot;)]", [ANN]),
    "HTML entities, the text's own": ("Person(&quot;AT&amp;amp;T&quot;)", [Person("AT&amp;T")]),
    "entities of the text": (
        '[Person("AT&amp;T &quot;x&quot;")]',
        [Person("AT&amp;T &quot;x&quot;")],
    ),
    "full width": ('［Person（"Ann"）］', [ANN]),
    "full width commas": ('[Person("Ann")，Place(name＝"Oslo")]', [ANN, OSLO]),
    "full width of the text": ('［Person（"A，（B）"）］', [Person("A，（B）")]),
    "Markdown's backslash": ('[Person("Ann\\_Lee")]', [Person("Ann_Lee")]),
    "Markdown's backslashes": ('\\[Person\\(name\\="Ann\\_Lee"\\)\\]', [Person("Ann_Lee")]),
    "LaTeX": (r'[Person("\\alpha\_1 \gamma")]', [Person(r"\alpha\_1 \gamma")]),
    "JSON string": ('"[Person(\\"Ann\\"),\\n Place(\\"Oslo\\")]"', [ANN, OSLO]),
    "JSON string without quotes": ('[Person(\\"Ann\\"),\\n Place(\\"Oslo\\")]', [ANN, OSLO]),
    "Python string": ('\'[Person("Ann"), Place("Oslo")]\'', [ANN, OSLO]),
    "string of plain quotes": ("\"[Person('Ann'), Place('Oslo')]\"", [ANN, OSLO]),
    "string of several lines": ('"""\n[Person("Ann"),\nPlace("Oslo")]\n"""', [ANN, OSLO]),
    "a second attempt": (
        'First attempt:\n[Person("Zed")]\n\nSecond attempt:\n[Person("Ann")]',
        [ANN],
    ),
    "an exception's answer": (
        'try:\n    result = [Person("Ann")]\nexcept Exception:\n    result = []',
        [ANN],
    ),
    "an instance in a string": (
        json.dumps({"name": "LivesIn", "arguments": {"head": '{"name": "Ann"}', "tail": "Oslo"}}),
        [HOME],
    ),
    "quotation": ('> [Person("Ann"),\n> Place("Oslo")]', [ANN, OSLO]),
    "diff": (
        '--- a\n+++ b\n@@ -1 +1,2 @@\n-result = [Person("Zed")]\n+result = [Person("Ann"),\n'
        '+    Place("Oslo")]\n',
        [ANN, OSLO],
    ),
    "session": (
        '>>> result = [\n...     Person("Ann"),\n... ]\n>>> result\n[Person(name="Ann")]',
        [ANN],
    ),
    "session that prints": ('>>> extract(text)\n[Person("Ann")]', [ANN]),
    "bold": ('1. **Person("Ann")**\n2. **`Place("Oslo")`**', [ANN, OSLO]),
    "CDATA": ('<r><code><![CDATA[[Person("Ann")]]]></code></r>', [ANN]),
    "result again": ('result = [Person("Zed")]\n\nresult = [Person("Ann")]', [ANN]),
    "fence for each class": (
        '```python\nresult = [Person("Ann")]\n```\n```python\nresult = [Place("Oslo")]\n```',
        [ANN, OSLO],
    ),
    "final answer": (
        'Reasoning: Person("Zed") is not named. Final answer: [Person("Ann")]',
        [ANN],
    ),
    "correction": (
        '[Person("Zed")]\n\nWait, that is wrong. Here is the corrected list:\n\n[Person("Ann")]',
        [ANN],
    ),
    "addition": ('[Person("Ann")]\n\nActually, I also found:\n\n[Person("Ben")]', [ANN, BEN]),
    "corrected in fences": (
        'Draft:\n```python\n[Person("Zed")]\n```\n**Final:**\n```python\n[Person("Ann")]\n```',
        [ANN],
    ),
    "words of a correction in a string": (
        '[Person("Zed"), Person("Final answer: [x]"), Person("Ann")]',
        [Person("Zed"), Person("Final answer: [x]"), ANN],
    ),
    "it goes on": (
        'result = [Person("Ann")]\nresult = [*result, Person("Ben")]',
        [ANN, BEN],
    ),
    "ChatML": ('<|im_start|>assistant\n[Person("Ann")]<|im_end|>', [ANN]),
    "envelope": (json.dumps({"choices": [{"message": {"content": '[Person("Ann")]'}}]}), [ANN]),
}
for key in ("class", "type", "label", "entity_type"):
    for said in ("text", "span", "name", "value"):
        EXAMPLES[f"{key} and {said}"] = (f'[{{"{key}": "Person", "{said}": "Ann"}}]', [ANN])


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_wrapped_answer_is_read(example: str) -> None:
    """Each wrapping gives what was meant, without an error."""
    answer, instances = EXAMPLES[example]
    result = parse(answer, SCHEMA)
    said = [str(one) for one in result.diagnostics]
    assert instances == result.instances, said
    if example != "it goes on":  # a star is read elsewhere, or reported
        assert [] == [one for one in result.diagnostics if one.severity is Severity.ERROR]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_wrapped_answer_is_read_in_pieces(example: str) -> None:
    """Pieces give what the whole gives, and nothing of a wrapping that does not count."""
    answer, instances = EXAMPLES[example]
    whole = parse(answer, SCHEMA)
    for size in (1, 3, 17):
        parser = IncrementalParser(SCHEMA)
        fed = []
        for start in range(0, len(answer), size):
            fed += parser.feed(answer[start : start + size])
        assert whole == parser.close(), size
        corrected = ("result again", "correction")  # known only when it was given out
        if example not in corrected and Person("Zed") not in instances:
            assert Person("Zed") not in [item.value for item in fed], size


def zeds(answer: str) -> tuple[list[object], str]:
    """What is read, and what the notes about wrappings say."""
    result = parse(answer, SCHEMA)
    notes = [one.message for one in result.diagnostics if one.code is Code.UNWRAPPED]
    return result.instances, " ".join(notes)


@pytest.mark.parametrize(
    "example", ["Harmony", "think", "final answer", "correction", "result again", "diff"]
)
def test_what_is_set_aside_is_named(example: str) -> None:
    """Drafts that do not count are told by name."""
    instances, said = zeds(EXAMPLES[example][0])
    assert Person("Zed") not in instances
    assert 'Person("Zed")' in said


@dataclass
class Node:
    """A class whose instances hold others under the same names."""

    kind: list[Node] = field(default_factory=list)
    match: list[Node] = field(default_factory=list)


@pytest.mark.parametrize("indent", ["", " ", "    ", "\t"])
def test_keywords_on_lines_of_their_own_are_no_assignments(indent: str) -> None:
    """The same field of two items, or of an item and one in it, is not a result assigned again."""
    inner = f"Node(\n{indent}kind=[Node()],\n{indent}match=[],\n)"
    answer = f"one = Node(\n{indent}kind=[{inner}],\n{indent}match=[{inner}],\n)\ntwo = {inner}"
    leaf = Node([Node()])
    result = parse(answer, [Node])
    assert result.instances == [Node([leaf], [leaf]), leaf]
    assert result.diagnostics == ()


def test_a_word_of_regret_inside_a_damaged_item_is_damage() -> None:
    """Only at the head of a line, or outside brackets, may words take back what came before."""
    answer = 'a = Place("Oslo")\nb = LivesIn(Person("Ann") oops , Place("Rome"))'
    result = parse(answer, [Person, Place, LivesIn])
    assert Place("Oslo") in result.instances
    assert Place("Rome") not in result.instances
    assert Code.UNWRAPPED not in [one.code for one in result.diagnostics]


@pytest.mark.parametrize(
    "answer",
    [
        'analysisPerhaps [Person("Zed")]',
        '<|channel|>analysis<|message|>Perhaps [Person("Zed")]',
        '<think>Perhaps [Person("Zed")]',
        '◁think▷[Person("Zed")]',
        '<|begin_of_thought|>[Person("Zed")]',
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_reasoning_without_an_end_is_never_an_answer(answer: str, size: int) -> None:
    """Nothing of it is given out, and the answer is unread, not empty."""
    parser = IncrementalParser(SCHEMA)
    for start in range(0, len(answer), size):
        assert [] == parser.feed(answer[start : start + size])
    result = parser.close()
    assert ([], Outcome.UNPARSED) == (result.instances, result.outcome)
    assert Code.UNTERMINATED in [one.code for one in result.diagnostics]


@pytest.mark.parametrize(
    "string",
    [
        *(
            "<think>",
            "</think>",
            "<answer>x</answer>",
            "<|channel|>final<|message|>",
            "assistantfinal",
        ),
        *("&amp;", "&quot;x&quot;", "&lt;b&gt;", "（A）", "［1］", "> x", "+ x", ">>> x", "**x**"),
        *('{"name": "Person", "arguments": {"name": "x"}}', "| a | b |", "- class: Person"),
        *("<tool_call>", "[TOOL_CALLS]", "<![CDATA[x]]>", "<code>x</code>", "Wait, no.", "\\\\_"),
        *("Final answer: [Person('x')]", "result = [1]", "[THINK]", "◁think▷", "Action: Person"),
        *("<function=Person>", "```", "<|im_start|>assistant", "[/INST]", "Correction: y"),
    ],
)
def test_the_texts_own_words_stay(string: str) -> None:
    """A string of plain code is what it is, whatever it looks like."""
    call = f"Person({json.dumps(string, ensure_ascii=False)})"
    for form in ("{}", "result = [{}]", "```python\n{}\n```", "Here:\n[{}]", "# x\n{}"):
        answer = form.format(f"{call}, {call}" if "[" in form else call)
        result = parse(answer, SCHEMA)
        expected = [Person(string)] * (2 if "[" in form else 1)
        said = [str(one) for one in result.diagnostics]
        assert expected == result.instances, (form, said)
        assert Code.UNWRAPPED not in [one.code for one in result.diagnostics], (form, said)


def test_a_cut_call_of_a_tool_is_reported() -> None:
    """Calls that are whole count; the one that the answer ends inside of is named as such."""
    answer = (
        '[{"name": "Person", "arguments": {"name": "Ann"}}, '
        '{"name": "LivesIn", "arguments": {"head": "Ann", "tail": "Os'
    )
    result = parse(answer, SCHEMA)
    assert [ANN] == result.instances
    assert [Code.UNTERMINATED] == [
        one.code for one in result.diagnostics if one.severity is Severity.ERROR
    ]


def test_an_unknown_class_in_a_wrapping_is_reported() -> None:
    """A tool or a table's row of a class that there is not is not silently left out."""
    for answer in (
        '[{"name": "Dragon", "arguments": {"name": "Smaug"}}, '
        '{"name": "Person", "arguments": {"name": "Ann"}}]',
        "| Class | Text |\n|---|---|\n| Dragon | Smaug |\n| Person | Ann |\n",
    ):
        result = parse(answer, SCHEMA)
        assert [ANN] == result.instances
        assert [Code.UNKNOWN_CLASS] == [
            one.code for one in result.diagnostics if one.severity is Severity.ERROR
        ]


def test_two_readings_of_a_bare_value_are_none() -> None:
    """A comma in a bare value under a class's name may mean one or several: it is reported."""
    result = parse("- Person: Ann, Ben\n- Place: Oslo\n", SCHEMA)
    assert [OSLO] == result.instances
    assert [Code.SYNTAX_ERROR] == [
        one.code for one in result.diagnostics if one.severity is Severity.ERROR
    ]


def test_places_point_into_the_answer() -> None:
    """An item's place is that of its object, and an error's that of the value, in the answer."""
    answer = '<think>hm</think>\n[{"name": "Price", "arguments": {"amount": "many"}}]'
    (error,) = [one for one in parse(answer, SCHEMA).diagnostics if one.severity is Severity.ERROR]
    assert error.position is not None
    assert '"amount": "many"' == answer[error.position.offset : error.position.end]
    assert 2 == error.position.line
    (item,) = parse(answer.replace('"many"', "5"), SCHEMA).items
    assert Price(5.0) == item.value
    assert (
        '{"name": "Price", "arguments": {"amount": 5}}'
        == answer.replace('"many"', "5")[item.position.offset : item.position.end]
    )


MANY = 3_000
HOSTILE = {
    "think": "<think>" * MANY,
    "think closed": "<think></think>" * MANY,
    "closings": "</think>" * MANY,
    "channels": "<|channel|>analysis<|message|>" * (MANY // 10),
    "finals": "assistantfinal" * MANY,
    "answers": "<answer>" * MANY,
    "elements": "<code>" * MANY,
    "CDATA": "<![CDATA[" * MANY,
    "objects": '{"name": "Person", "arguments": ' * (MANY // 10),
    "lists": '[{"name":' * MANY,
    "brackets": "[" * (10 * MANY),
    "closed brackets": "[" * MANY + "]" * MANY,
    "strings in strings": '{"a": "' + "\\" * MANY + '"}',
    "tool_call": "<tool_call>" * MANY,
    "functions": "<function=Person>" * MANY,
    "parameters": "<function=Person>" + "<parameter=name>" * MANY,
    "open parameters": "<parameter=name" * MANY + "<function=Person>",
    "tool markers": "[TOOL_CALLS]" * MANY,
    "entities": "&amp;" * (2 * MANY) + "quot;",
    "amps": "Person(&" + "amp;" * (2 * MANY) + "quot;Ann",
    "full width": "Person（" * MANY,
    "backslashes": "Person(\\" * MANY,
    "escapes": '"' + "\\\\" * MANY,
    "quotations": "> " * MANY,
    "quoted lines": "> Person(\n" * MANY,
    "prompts": ">>> Person(\n" * MANY,
    "diff": "+Person(\n-" * MANY,
    "cells": "|" * MANY + "\n" + "|-" * MANY + "\n" + "|Person" * MANY,
    "rows": "| Class | Text |\n|---|---|\n" + "| Person | Ann |\n" * (MANY // 20),
    "rules": "|-" * MANY,
    "YAML": "- Person: Ann\n" * (MANY // 20),
    "YAML dashes": "- " * MANY + "Person",
    "YAML deep": "\n".join(" " * depth + "Person:" for depth in range(1500)),
    "YAML keys": "Person : " * MANY,
    "emphasis": "**Person(" * MANY,
    "stars": "*" * (10 * MANY),
    "finals said": "Final answer: Person(" * (MANY // 5),
    "waits": "Wait, [Person('a')]\n" * (MANY // 20),
    "again": "result = [Person('a')]\n" * (MANY // 50),
    "names again": "".join(f"x{n} = [Person('a')]\n" for n in range(MANY // 50)) * 2,
    "heads": "<|im_start|>assistant\n" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_wrappings_end(name: str) -> None:
    """Whatever claims to be wrapped in what, reading ends, says so, and invents nothing."""
    result = parse(HOSTILE[name], SCHEMA, limits=ParseLimits(max_items=20))
    assert {type(one) for one in result.instances} <= {Person, Place, LivesIn, Price}
    assert result.diagnostics or not result.instances


def test_more_wrappings_than_the_limit_are_reported() -> None:
    """Wrappings around one another are taken off up to a number, and then there is an error."""
    answer = "[Person(&" + "amp;" * 40 + "quot;Ann&" + "amp;" * 40 + "quot;)]"
    result = parse(answer, SCHEMA)
    assert [] == result.instances
    assert Code.TOO_DEEP in [one.code for one in result.diagnostics]
