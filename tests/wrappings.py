"""Answers in the wrappings of providers, templates and chats, made from instances.

``ANSWERS`` writes instances in another form than code, ``AROUND`` puts something around a
text that is read. Both are used by the tests and by ``benchmarks/wrappings.py``.
"""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from codeie.introspection import introspect


@dataclass
class Person:
    name: str


@dataclass
class Place:
    name: str


@dataclass
class LivesIn:
    head: Person
    tail: Place


@dataclass
class Price:
    amount: float
    currency: str = ""


SCHEMA = introspect([Person, Place, LivesIn, Price])
Instances = Sequence[Any]


def code(instances: Instances) -> str:
    """A list of calls on one line, in double quotes."""
    return f"[{', '.join(map(call, instances))}]"


def lines(instances: Instances) -> str:
    """A list of calls, one on each line, assigned to a name."""
    return "result = [\n" + "".join(f"    {call(one)},\n" for one in instances) + "]"


def call(value: Any) -> str:
    """One instance as a call with keywords."""
    if dataclasses.is_dataclass(value):
        given = [f"{key}={call(held)}" for key, held in vars(value).items()]
        return f"{type(value).__name__}({', '.join(given)})"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def fields(value: Any) -> dict[str, Any]:
    """The fields of an instance, those in it as dicts."""
    return {
        key: fields(held) if dataclasses.is_dataclass(held) else held
        for key, held in vars(value).items()
    }


def name(value: Any) -> str:
    """The class of an instance."""
    return type(value).__name__


def text(value: Any) -> str:
    """The one string that stands for an instance."""
    return str(next(iter(fields(value).values()), ""))


def flat(value: Any) -> dict[str, Any]:
    """The fields of an instance, those in it as their strings."""
    return {
        key: text(held) if dataclasses.is_dataclass(held) else held
        for key, held in vars(value).items()
    }


def dumped(value: object) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def openai(instances: Instances) -> list[dict[str, Any]]:
    """OpenAI's calls of tools."""
    return [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": name(one), "arguments": dumped(fields(one))},
        }
        for number, one in enumerate(instances)
    ]


def named(instances: Instances, key: str, given: str) -> list[dict[str, Any]]:
    """Calls under other keys."""
    return [{key: name(one), given: fields(one)} for one in instances]


def nested_calls(value: Any) -> dict[str, Any]:
    """A call of a tool whose instances are calls themselves."""
    given = {
        key: nested_calls(held) if dataclasses.is_dataclass(held) else held
        for key, held in vars(value).items()
    }
    return {"name": name(value), "arguments": given}


def parameters(value: Any) -> str:
    """The parameters of a call as Qwen writes them."""
    return "".join(
        f"<parameter={key}>\n{dumped(held) if isinstance(held, dict) else held}\n</parameter>\n"
        for key, held in fields(value).items()
    )


def invoked(value: Any) -> str:
    """A call as Claude writes it in text."""
    given = "".join(
        f'<parameter name="{key}">{dumped(held) if isinstance(held, dict) else held}</parameter>'
        for key, held in fields(value).items()
    )
    return f'<invoke name="{name(value)}">{given}</invoke>'


def attributes(instances: Instances) -> list[dict[str, Any]]:
    """Extractions of langextract."""
    return [
        {
            "extraction_class": name(one),
            "extraction_text": text(one),
            "attributes": {} if isinstance(one, Person | Place) else flat(one),
        }
        for one in instances
    ]


def yaml(rows: Sequence[dict[str, Any]]) -> str:
    """Records as a list of YAML."""
    written = []
    for row in rows:
        items = [f"{key}: {dumped(held)}" for key, held in row.items()]
        written.append("- " + "\n  ".join(items) + "\n")
    return "".join(written)


def table(instances: Instances) -> str:
    """Instances as the rows of a Markdown table."""
    columns = ["name", "head", "tail", "amount", "currency"]
    rows = [["Class", *columns], ["---"] * 6]
    for one in instances:
        held = flat(one)
        rows.append([name(one), *(str(held.get(column, "")) for column in columns)])
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in rows
    )


def by_class(instances: Instances) -> dict[str, list[Any]]:
    """Instances in lists under the names of their classes."""
    grouped: dict[str, list[Any]] = {}
    for one in instances:
        held = text(one) if isinstance(one, Person | Place) else fields(one)
        grouped.setdefault(name(one), []).append(held)
    return grouped


# Each keeps the order of the instances, but for those that group them by class.
ANSWERS: dict[str, Callable[[Instances], str]] = {
    "OpenAI tool_calls": lambda some: dumped({"tool_calls": openai(some)}),
    "OpenAI message": lambda some: dumped(
        {
            "choices": [
                {"message": {"role": "assistant", "content": None, "tool_calls": openai(some)}}
            ]
        }
    ),
    "OpenAI list": lambda some: dumped(openai(some)),
    "name and arguments": lambda some: dumped(named(some, "name", "arguments")),
    "name and parameters": lambda some: dumped(named(some, "name", "parameters")),
    "function and arguments": lambda some: dumped(
        [{"function": name(one), "arguments": dumped(fields(one))} for one in some]
    ),
    "JSON lines of calls": lambda some: "\n".join(map(dumped, named(some, "name", "arguments"))),
    "nested calls": lambda some: dumped([nested_calls(one) for one in some]),
    "calls in a fence": lambda some: (
        f"```json\n{json.dumps(named(some, 'name', 'arguments'), indent=2)}\n```"
    ),
    "Anthropic": lambda some: dumped(
        [{"type": "tool_use", "id": "x", "name": name(one), "input": fields(one)} for one in some]
    ),
    "Gemini": lambda some: dumped(
        {"parts": [{"functionCall": {"name": name(one), "args": fields(one)}} for one in some]}
    ),
    "Bedrock": lambda some: dumped(
        [{"toolUse": {"toolUseId": "1", "name": name(one), "input": fields(one)}} for one in some]
    ),
    "Cohere": lambda some: (
        "Action: ```json\n"
        + dumped([{"tool_name": name(one), "parameters": fields(one)} for one in some])
        + "\n```"
    ),
    "Hermes": lambda some: "".join(
        f"<tool_call>\n{dumped(one)}\n</tool_call>\n" for one in named(some, "name", "arguments")
    ),
    "Llama function": lambda some: "".join(
        f"<function={name(one)}>{dumped(fields(one))}</function>\n" for one in some
    ),
    "Qwen parameters": lambda some: "".join(
        f"<tool_call>\n<function={name(one)}>\n{parameters(one)}</function>\n</tool_call>\n"
        for one in some
    ),
    "Claude invoke": lambda some: (
        "<function_calls>\n" + "\n".join(map(invoked, some)) + "\n</function_calls>"
    ),
    "Mistral": lambda some: "[TOOL_CALLS]" + dumped(named(some, "name", "arguments")),
    "Mistral with ARGS": lambda some: "".join(
        f"[TOOL_CALLS]{name(one)}[ARGS]{dumped(fields(one))}" for one in some
    ),
    "Llama python_tag": lambda some: (
        "<|python_tag|>" + "; ".join(map(dumped, named(some, "name", "parameters")))
    ),
    "DeepSeek": lambda some: (
        "<｜tool▁calls▁begin｜>"
        + "\n".join(
            f"<｜tool▁call▁begin｜>function<｜tool▁sep｜>{name(one)}\n```json\n{dumped(fields(one))}\n```"
            "<｜tool▁call▁end｜>"
            for one in some
        )
        + "<｜tool▁calls▁end｜>"
    ),
    "DeepSeek 3.1": lambda some: "".join(
        f"<｜tool▁call▁begin｜>{name(one)}<｜tool▁sep｜>{dumped(fields(one))}<｜tool▁call▁end｜>"
        for one in some
    ),
    "Kimi": lambda some: (
        "<|tool_calls_section_begin|>"
        + "".join(
            f"<|tool_call_begin|>functions.{name(one)}:{number}<|tool_call_argument_begin|>"
            f"{dumped(fields(one))}<|tool_call_end|>"
            for number, one in enumerate(some)
        )
        + "<|tool_calls_section_end|>"
    ),
    "Harmony commentary": lambda some: "<|start|>assistant".join(
        f"<|channel|>commentary to=functions.{name(one)} <|constrain|>json<|message|>"
        f"{dumped(fields(one))}<|call|>"
        for one in some
    ),
    "a function around": lambda some: dumped(
        {
            "name": "extract",
            "arguments": {"items": [{"type": name(one), **flat(one)} for one in some]},
        }
    ),
    "langextract": lambda some: dumped({"extractions": attributes(some)}),
    "langextract YAML": lambda some: yaml(attributes(some)),
    "attributes of a class": lambda some: dumped(
        [
            {name(one): text(one), f"{name(one)}_attributes": {}}
            if isinstance(one, Person | Place)
            else {name(one): "the words", f"{name(one)}_attributes": flat(one)}
            for one in some
        ]
    ),
    "lists by class": lambda some: dumped(by_class(some)),
    "class and fields": lambda some: dumped(
        [{"class": name(one), **flat(one), "start": 1, "end": 5} for one in some]
    ),
    "YAML records": lambda some: yaml([{"type": name(one), **flat(one)} for one in some]),
    "table": table,
    "escaped by HTML": lambda some: html.escape(lines(some)),
    "escaped by HTML twice": lambda some: html.escape(html.escape(code(some))),
    "numeric entities": lambda some: "".join(
        one if one.isalnum() or one == " " else f"&#{ord(one)};" for one in code(some)
    ),
    "JSON string": lambda some: dumped(lines(some)),
    "JSON string without quotes": lambda some: dumped(lines(some))[1:-1],
    "answer field": lambda some: dumped({"reasoning": "short", "answer": code(some)}),
    "chat completion": lambda some: dumped(
        {"choices": [{"index": 0, "message": {"role": "assistant", "content": lines(some)}}]}
    ),
    "content blocks": lambda some: dumped({"content": [{"type": "text", "text": lines(some)}]}),
    "numbered": lambda some: "".join(f"{n}. {call(one)}\n" for n, one in enumerate(some, 1)),
    "bold bullets": lambda some: "".join(f"- **{call(one)}**\n" for one in some),
    "code bullets": lambda some: "".join(f"* **`{call(one)}`**\n" for one in some),
}

AROUND: dict[str, Callable[[str], str]] = {
    "Harmony": lambda inner: (
        '<|channel|>analysis<|message|>Perhaps [Person("Zed")].<|end|>'
        f"<|start|>assistant<|channel|>final<|message|>{inner}<|return|>"
    ),
    "Harmony stripped": lambda inner: f'analysisPerhaps [Person("Zed")].assistantfinal{inner}',
    "think": lambda inner: f'<think>\nPerhaps [Person("Zed")].\n</think>\n\n{inner}',
    "think in capitals": lambda inner: f'<THINKING>Perhaps Person("Zed").</THINKING>{inner}',
    "Magistral": lambda inner: f'[THINK]Perhaps Person("Zed").[/THINK]{inner}',
    "OpenThinker": lambda inner: (
        '<|begin_of_thought|>\nPerson("Zed")\n<|end_of_thought|>\n\n'
        f"<|begin_of_solution|>\n{inner}\n<|end_of_solution|>"
    ),
    "Kimi thinking": lambda inner: f'◁think▷[Person("Zed")]◁/think▷{inner}',
    "Seed": lambda inner: f'<seed:think>[Person("Zed")]</seed:think>{inner}',
    "badly closed": lambda inner: f'<think>[Person("Zed")]</thinking>\n{inner}',
    "two thoughts": lambda inner: f"<think>a</think>\n<reflection>b</reflection>\n{inner}",
    "answer tags": lambda inner: f'I try Person("Zed") first.\n<answer>\n{inner}\n</answer>',
    "answer unclosed": lambda inner: f"<final>\n{inner}",
    "quotation": lambda inner: "\n".join(f"> {line}" for line in inner.split("\n")),
    "diff": lambda inner: "\n".join(f"+{line}" for line in inner.split("\n")),
    "element": lambda inner: f"<document>\n{inner}\n</document>",
    "CDATA": lambda inner: f"<code><![CDATA[{inner}]]></code>",
    "ChatML": lambda inner: f"<|im_start|>assistant\n{inner}<|im_end|>",
    "Llama heads": lambda inner: (
        f"<|start_header_id|>assistant<|end_header_id|>\n\n{inner}<|eot_id|>"
    ),
    "fence": lambda inner: f"Here it is:\n\n```python\n{inner}\n```",
}
