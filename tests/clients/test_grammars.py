"""Grammars sent through the real SDKs, refused, ignored, and kept to by a real engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from clients.stub_server import Received, Reply, StubServer, chat, error, message, responses

from codeie import Entity, Extraction, Extractor
from codeie.clients import AnthropicClient, LocalClient, OpenAIClient, Settings
from codeie.clients._openai_chat import ChatDialect
from codeie.clients._quirks import QUIRKS
from codeie.diagnostics import Code
from codeie.errors import InputError
from codeie.grammars import Bounds, accepts

Make = Callable[..., Any]

TEXT = "Ada Lovelace met Bo."


@dataclass
class Person(Entity):
    name: str


ANSWER = 'add("Ada Lovelace", Person)'
JSON = '[{"class": "Person", "name": "Bo"}]'


def extracted(client: Any, constrain: Any = "document", **options: Any) -> Extraction[Person]:
    """What is extracted from the text, held to a grammar."""
    return Extractor([Person], model=client, constrain=constrain, **options)(TEXT)


def said(extraction: Extraction[Person]) -> list[str]:
    """What the extraction says of how the answer was held."""
    return [d.message for d in extraction.diagnostics if d.code is Code.UNCONSTRAINED]


def as_openai(client: OpenAIClient) -> OpenAIClient:
    """The client as it would be at OpenAI's own address."""
    client._dialect = replace(client._dialect, own=True)
    return client


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ("grammar", lambda body: body["grammar"]),
        ("structured_outputs", lambda body: body["structured_outputs"]["grammar"]),
    ],
)
def test_compatible_servers_are_sent_gbnf(
    stub: StubServer, openai: Make, how: str, field: Callable[[Any], str]
) -> None:
    """In the field of llama.cpp's server or of vLLM's, with the words of the text."""
    stub.will(chat(ANSWER))
    extraction = extracted(openai(grammar=how))
    assert extraction.instances == [Person("Ada Lovelace")]
    assert said(extraction) == []
    sent = field(stub.received[0].body)
    assert sent.startswith("root ::= item")
    assert '"Lovelace"' in sent


def test_vllm_is_sent_an_expression_where_it_takes_no_grammar(
    stub: StubServer, openai: Make
) -> None:
    """Once its engine has refused grammars; no expression says words of a text, which is told."""
    refusal = error("structured_outputs.grammar is not supported by the backend outlines")
    stub.will(Reply(refusal, 400), chat(ANSWER), chat(ANSWER))
    client = openai("outlines", grammar="structured_outputs")
    first, second = (extracted(client) for _ in range(2))
    assert first.instances == second.instances == [Person("Ada Lovelace")]
    assert [one for one in said(second) if "characters of the text" in one] == said(second)
    assert [list(one.body["structured_outputs"]) for one in stub.received] == [
        ["grammar"],
        ["regex"],
        ["regex"],
    ]
    assert re.fullmatch(stub.received[2].body["structured_outputs"]["regex"], ANSWER)


def test_completions_of_compatible_servers_are_sent_gbnf(stub: StubServer, openai: Make) -> None:
    """A text to go on with may begin with the space before it."""
    stub.will(Reply({"model": "m", "choices": [{"text": " []", "finish_reason": "stop"}]}))
    extraction = extracted(openai(grammar="grammar"), layout="completion", style="code4uie")
    assert (extraction.instances, said(extraction)) == ([], [])
    assert stub.received[0].body["grammar"].startswith('root ::= " "? ("[]" |')


def test_openai_is_sent_a_tool_with_a_grammar(stub: StubServer, openai: Make) -> None:
    """Whose input is the answer; Lark cannot say words of a text, so it is their characters."""
    call = {"id": "t", "type": "custom", "custom": {"name": "answer", "input": ANSWER}}
    body = chat(None, "tool_calls").body
    body["choices"][0]["message"]["tool_calls"] = [call]
    stub.will(Reply(body))
    extraction = extracted(as_openai(openai()))
    assert extraction.instances == [Person("Ada Lovelace")]
    assert [one for one in said(extraction) if "characters of the text" in one] == said(extraction)
    sent = stub.received[0].body
    assert sent["tools"][0]["custom"]["format"]["grammar"]["syntax"] == "lark"
    assert sent["tool_choice"] == {"type": "custom", "custom": {"name": "answer"}}


def test_responses_is_sent_a_tool_with_a_grammar(stub: StubServer, openai: Make) -> None:
    """The same in the other API, whose tools are flat."""
    body = responses().body
    body["output"].append({"type": "custom_tool_call", "name": "answer", "input": ANSWER})
    stub.will(Reply(body))
    extraction = extracted(as_openai(openai(api="responses")), "schema")
    assert extraction.instances == [Person("Ada Lovelace")]
    assert said(extraction) == []
    assert stub.received[0].body["tools"][0]["format"]["type"] == "grammar"


@pytest.mark.parametrize("provider", ["openai", "responses", "anthropic"])
def test_structured_outputs_hold_json(
    stub: StubServer, openai: Make, anthropic: Make, provider: str
) -> None:
    """An object with the list, as providers want one at the top; only the list is the answer."""
    whole = f'{{"items": {JSON}}}'
    stub.will({"openai": chat, "responses": responses, "anthropic": message}[provider](whole))
    api = "chat" if provider == "openai" else "responses"
    client = anthropic() if provider == "anthropic" else as_openai(openai(api=api))
    extraction = extracted(client, "schema", style="json")
    assert extraction.instances == [Person("Bo")]
    assert extraction.steps[0].completion.text == JSON
    assert extraction.diagnostics == ()
    sent = json.dumps(stub.received[0].body)
    assert '"required": ["class", "name"], "additionalProperties": false' in sent


def test_a_refusal_is_remembered_and_told(stub: StubServer, anthropic: Make) -> None:
    """A model that takes no schema is asked without, says so, and is not sent one again."""
    refusal = Reply(error("output_config: this model does not support structured outputs"), 400)
    stub.will(refusal, message(JSON), message(JSON))
    client = anthropic("old")
    first, second = (extracted(client, "schema", style="json") for _ in range(2))
    assert first.instances == second.instances == [Person("Bo")]
    assert said(first) == said(second) != []
    assert ["output_config" in one.body for one in stub.received] == [True, False, False]


@pytest.mark.parametrize(
    ("kind", "fields", "refusal"),
    [
        ("tool", ("tools",), "Invalid Value: 'tools[0].type'. Custom tools are not supported."),
        ("tool", ("tools",), "Invalid schema for tool 'answer': the Lark grammar failed to parse"),
        ("flat tool", ("tools",), "Unsupported tool type: custom is not supported with this model"),
        (
            "schema",
            ("response_format", "tools"),
            "Unsupported parameter: 'response_format', 'tools'",
        ),
        ("schema", ("response_format", "tools"), "Invalid schema for 'answer'"),
        (
            "flat schema",
            ("text", "tools"),
            "'text.format' json_schema is not supported with this model",
        ),
        ("Anthropic", ("output_config",), "output_config.format: Extra inputs are not permitted"),
        ("Anthropic", ("output_config",), "The compiled grammar is too large"),
        ("llama.cpp", ("grammar",), "Failed to parse grammar"),
        ("vLLM", ("structured_outputs",), "Grammar error: invalid EBNF"),
        ("vLLM", ("structured_outputs",), "structured_outputs is not supported by this engine"),
    ],
)
def test_each_kind_of_refusal_is_remembered(
    stub: StubServer,
    openai: Make,
    anthropic: Make,
    kind: str,
    fields: tuple[str, ...],
    refusal: str,
) -> None:
    """Narrower to wider until it is not sent at all; every answer says so, and none is lost."""
    flat = kind.startswith("flat")
    client: Any
    if kind == "Anthropic":
        client = anthropic("refuses")
    elif kind in ("llama.cpp", "vLLM"):
        client = openai(grammar="grammar" if kind == "llama.cpp" else "structured_outputs")
    else:
        client = as_openai(openai(api="responses" if flat else "chat"))
    asks = "schema" in kind or kind == "Anthropic"
    said_by = message if kind == "Anthropic" else responses if flat else chat

    def answer(received: Received) -> Reply:
        if any(field in received.body for field in fields):
            return Reply(error(refusal), 400)
        return said_by(JSON if asks else ANSWER)

    stub.answers(answer)
    options = {"constrain": "schema", "style": "json"} if asks else {}
    first, second = (extracted(client, **options) for _ in range(2))
    assert first.instances == second.instances == [Person("Bo" if asks else "Ada Lovelace")]
    assert said(first) == said(second) != []
    sent = [any(field in one.body for field in fields) for one in stub.received]
    assert sent == [True] * (len(sent) - 2) + [False, False]
    assert len(sent) <= 7  # three grammars, in two notations where the server has them


def test_a_grammar_that_is_too_large_gives_way_to_a_wider_one(
    stub: StubServer, openai: Make
) -> None:
    """Words, then characters, then the form alone, then none; each fall is told."""
    refusals = [Reply(error("the compiled grammar is too large"), 400)] * 3
    stub.will(*refusals[:1], chat(ANSWER), *refusals, chat(ANSWER))
    small = extracted(openai("a", grammar="grammar"))
    assert "to characters of the text" in said(small)[0]
    none = extracted(openai("b", grammar="grammar"))
    assert "not held to one" in said(none)[0]
    assert small.instances == none.instances == [Person("Ada Lovelace")]
    lengths = [len(one.body.get("grammar", "")) for one in stub.received]
    assert lengths[0] > lengths[1] > 0 == lengths[-1]


def test_a_larger_grammar_than_one_refused_is_not_sent(stub: StubServer, openai: Make) -> None:
    """What was too large once is not tried at twice the size, and may be at half of it."""
    client = openai("c", grammar="grammar")
    QUIRKS.learn(*client._connection.place, "grammar as gbnf words 1")
    stub.will(chat(ANSWER))
    assert "to characters of the text" in said(extracted(client))[0]


def test_a_server_that_ignores_the_grammar_is_found_out(stub: StubServer, openai: Make) -> None:
    """Its answer is not of the grammar: read all the same, and told."""
    stub.will(chat(f"Sure, here it is:\n```python\n{ANSWER}\n```"))
    extraction = extracted(openai(grammar="grammar"))
    assert extraction.instances == [Person("Ada Lovelace")]
    assert "seems to take none" in said(extraction)[0]


@pytest.mark.parametrize("constrain", ["auto", "never"])
def test_nothing_is_sent_unless_it_is_wanted(
    stub: StubServer, openai: Make, constrain: str
) -> None:
    """Until it is measured to be better, a grammar is the user's choice."""
    stub.will(chat(ANSWER))
    extraction = extracted(openai(grammar="grammar"), constrain)
    assert (said(extraction), "grammar" in stub.received[0].body) == ([], False)


def test_what_cannot_be_held_is_told(stub: StubServer, openai: Make) -> None:
    """A client that takes no grammar, and a form of answers that has none."""
    stub.will(chat(ANSWER), chat("person: Bo"))
    assert "takes no grammar" in said(extracted(openai()))[0]
    assert "have no grammar" in said(extracted(openai(grammar="grammar"), style="instructuie"))[0]


def test_wrong_words_are_refused() -> None:
    """At once, with the right ones; and OpenAI needs no field named."""
    with pytest.raises(InputError, match="'schema', 'document'"):
        Extractor([Person], model=OpenAIClient("x", api_key="x"), constrain="always")  # type: ignore[arg-type] # the mistake
    with pytest.raises(InputError, match="compatible servers"):
        OpenAIClient("gpt-5.2", api_key="x", grammar="grammar")
    assert ChatDialect(own=True).body(None) == {}
    assert AnthropicClient("x", api_key="x").capabilities.grammar == ("json_schema",)


@pytest.mark.local_model
@pytest.mark.parametrize("text", ["Say \"C:\\new\\Ada\" \x07 and 'Bo'.", "七夕 😀 Łódź é\u0301"])
def test_what_is_hard_to_write_is_kept_to(embedded_model: object, text: str) -> None:
    """Quotes, backslashes and control characters, and characters that tokens split."""
    client = LocalClient(str(embedded_model), context=1024)
    settings = Settings(max_tokens=48, temperature=1.5, seed=3)
    bounds = Bounds("words", items=2, longest=20)
    extractor = Extractor([Person], model=client, constrain=bounds, settings=settings)
    extraction = extractor(text)
    assert said(extraction) == []
    assert len(extraction.items) <= 2
    assert all(item.value.name in text for item in extraction.items)


@pytest.mark.local_model
@pytest.mark.parametrize("notations", [("llguidance",), ("gbnf",)])
@pytest.mark.parametrize("style", ["mention-first", "json"])
def test_the_engine_keeps_to_the_grammar(
    embedded_model: object,
    monkeypatch: pytest.MonkeyPatch,
    notations: tuple[str, ...],
    style: str,
) -> None:
    """llama.cpp takes both notations, in both layouts; what it writes is of the grammar."""
    monkeypatch.setattr("codeie.clients._local._GRAMMARS", notations)
    client = LocalClient(str(embedded_model), context=1024)
    for layout in ("completion", "conversation"):
        extractor = Extractor(
            [Person],
            model=client,
            style=style,
            layout=layout,
            constrain="document",
            settings=Settings(max_tokens=40),
        )
        extraction = extractor(TEXT)
        assert said(extraction) == []
        assert all(item.value.name in TEXT for item in extraction.items)
        step = extraction.steps[0]
        ended = step.completion.stop_reason != "length"
        assert accepts(step.prompt.grammars[0], step.completion.text) or not ended
