"""Every value can be copied, pickled and sent to another process."""

from __future__ import annotations

import collections.abc
import copy
import dataclasses
import enum
import importlib
import inspect
import multiprocessing
import pickle
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import openai
import pytest
from parsing.people import ACME, ADA, SCHEMA, Person, WorksFor
from pictures import png

from codeie import (
    Cascade,
    Chunks,
    CodeIEError,
    Context,
    Continue,
    Decompose,
    Demonstration,
    Document,
    Ensemble,
    Entail,
    Extraction,
    Extractor,
    NotInText,
    Passes,
    Reask,
    Schema,
    Span,
    TwoStage,
    Verify,
    Vote,
    datasets,
    introspect,
    render,
)
from codeie.clients import AnthropicClient, Client, OpenAIClient
from codeie.datasets import GoldArgument
from codeie.documents.readers.pdf_boxes import PageBoxes
from codeie.extraction import Failure, Knowledge, Together
from codeie.images import Image
from codeie.introspection import FieldSpec, Kind, Role, TypeSpec
from codeie.places import Glyphs
from codeie.prompting import Earlier, Style, Template, style_named, styles
from codeie.schemas import conll04, phee
from codeie.syntaxes import Calls, Reading, Syntax
from codeie.testing import ScriptedClient

PARTS = ("", ".types", ".introspection", ".prompting", ".parsing", ".grounding", ".clients")
PARTS += (
    ".syntaxes",
    ".extraction",
    ".evaluation",
    ".datasets",
    ".display",
    ".diagnostics",
    ".errors",
)


def _public() -> Iterator[type]:
    """Every class that codeie names in public, each once."""
    modules = [importlib.import_module(f"codeie{part}") for part in PARTS]
    found = (getattr(module, name) for module in modules for name in module.__all__)
    yield from dict.fromkeys(each for each in found if isinstance(each, type))


# Together is made of dialogues under way, and a Reading is no value yet.
UNDER_WAY = (Together, Reading)
VALUES = [cls for cls in _public() if dataclasses.is_dataclass(cls) and cls not in UNDER_WAY]
ENUMS = [cls for cls in _public() if issubclass(cls, enum.Enum)]
ERRORS = [cls for cls in _public() if issubclass(cls, CodeIEError)]


# What annotations do not tell: values that a class checks, and fields of any type.
_GIVEN: dict[object, Any] = {
    Any: "any",
    object: ("any", 1),
    type: Person,
    Schema: SCHEMA,
    Style: style_named("code4uie"),
    Span: Span(2, 5),
    Image: Image(png(), "A ship", "tern.png", 3),
    TypeSpec: TypeSpec(Kind.LITERAL, values=("a", 1)),  # may hold others of its kind, as may:
    GoldArgument: GoldArgument("Theme", "T1"),
    CodeIEError | None: None,  # errors are equal to themselves only; see below
    Callable[[], object] | None: None,
    Client | None: None,
    Earlier | None: None,  # holds a prompt in turn
    Glyphs | None: PageBoxes(b"%PDF"),
    Syntax: Calls(),
    Template | str: Template("{% block question %}{{ text }}{% endblock %}"),
    Vote: Vote(3, temperature=0.5, of=Passes(2)),
    Passes: Passes(3, of=Vote(2)),
    Ensemble: Ensemble(["json", style_named("gollie")], merge="union"),
    Context: Context({"Tern": "a ship"}),
    Entail: Entail(Vote(3), others=False, limit=5),
    Verify: Verify(Vote(3), model="openai/gpt-5.2", reasons=True),
    Reask: Reask(2, ungrounded=False),
    Continue: Continue(2),
    TwoStage: TwoStage("triggers", "code4struct"),
    Decompose: Decompose(groups=[[Person], ["WorksFor"]]),
    Cascade: Cascade("openai/gpt-5.2", of=Vote(3)),
    Knowledge: Knowledge(4, of=Vote(3)),
    Chunks: Chunks(400),
    Template: Template("{% block question %}{{ text }}{% endblock %}"),
}


def example(hint: object) -> Any:
    """A value of a type, made from the annotations of its fields."""
    if isinstance(hint, TypeVar):  # of a user's instances
        return ADA
    if hint in _GIVEN:
        return _GIVEN[hint]
    origin, arguments = typing.get_origin(hint) or hint, typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return example(arguments[0])
    assert isinstance(origin, type), hint
    if origin is collections.abc.Callable:
        return len  # found by its name in another process, as a function of the user's is
    if issubclass(origin, collections.abc.Mapping):
        return Counter({example(arguments[0]): 2}) if origin is Counter else _mapping(*arguments)
    if origin is type:
        return example(arguments[0]) if arguments[0] in _GIVEN else arguments[0]
    if issubclass(origin, enum.Enum):
        return list(origin)[-1] if list(origin) else origin
    if dataclasses.is_dataclass(origin):
        return origin(**_arguments(origin))
    if issubclass(origin, collections.abc.Collection) and not issubclass(origin, str):
        kind = frozenset if origin is frozenset else tuple
        return kind(example(each) for each in arguments if each is not Ellipsis)
    return origin(1)


def _mapping(key: object, value: object) -> Mapping[Any, Any]:
    # Errors are equal to themselves only, so a mapping of them has none.
    return {} if value is CodeIEError else {example(key): example(value)}


def _arguments(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls, None, {"TokenCounter": object})
    return {each.name: example(hints[each.name]) for each in dataclasses.fields(cls) if each.init}


COPIES: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    lambda value: pickle.loads(pickle.dumps(value)),  # noqa: S301 - our own bytes
]
copies = pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
def test_every_value_survives(cls: type) -> None:
    """A copy of any public value, whatever its fields hold, is equal to it."""
    value = example(cls)
    for copied in COPIES:
        again = copied(value)
        assert type(again) is cls
        assert again == value or cls is Failure  # whose error is equal to itself only
        assert repr(again) == repr(value)


@copies
def test_constants_stay_themselves(copied: Callable[[Any], Any]) -> None:
    """Members of enums are the same objects afterwards."""
    members = [each for cls in ENUMS for each in cls]
    assert members
    assert [each for each in members if copied(each) is not each] == []


@copies
def test_not_in_text_stays_itself(copied: Callable[[Any], Any]) -> None:
    """The mark `NotInText` is told by identity, so there is only one."""
    assert copied(NotInText) is NotInText


@copies
@pytest.mark.parametrize("cls", ERRORS, ids=lambda cls: cls.__name__)
def test_every_error_survives(cls: type[CodeIEError], copied: Callable[[Any], Any]) -> None:
    """A copy of an error has its class, message, details, and the notes below a traceback."""
    details = {
        name: "detail" if name != "retryable" else True
        for name in ("class_name", "provider", "retryable", "hint", "context", "code", "path")
        if name in inspect.signature(cls.__init__).parameters
    }
    error = cls("It went wrong.", **details)
    again = copied(error)
    assert type(again) is cls
    assert (str(again), vars(again)) == (str(error), vars(error))


@dataclasses.dataclass
class Ship:
    name: str
    crew: list[str] = dataclasses.field(default_factory=lambda: ["Bo"])
    port: object = dataclasses.field(default=dataclasses.MISSING, kw_only=True)
    flag: object = object()
    home: dataclasses.InitVar[str] = "Oslo"


@copies
@pytest.mark.parametrize("classes", [Ship, SCHEMA, list(conll04.LABELS.values())], ids=lambda _: "")
def test_a_schema_shows_the_same(classes: Any, copied: Callable[[Any], Any]) -> None:
    """Required fields stay required and defaults stay the class's own, lambdas among them."""
    schema = introspect(classes)
    again = copied(schema)
    assert again == schema
    assert render(again, "text").messages == render(schema, "text").messages
    for spec, other in zip(schema.known, again.known, strict=True):
        assert again.of(spec.cls) is other
        assert again.named(spec.name) is other
        for field, same in zip(spec.fields, other.fields, strict=True):
            assert same.required == field.required
            assert same.default is field.default
            assert same.default_factory is field.default_factory


@copies
def test_a_field_without_a_class_keeps_its_default(copied: Callable[[Any], Any]) -> None:
    """The mark for "no default" is told by identity, also in a field on its own."""
    assert copied(FieldSpec("name", TypeSpec(Kind.STR))).required
    assert copied(FieldSpec("name", TypeSpec(Kind.STR), default=None)).default is None


def _extractor(**options: Any) -> Extractor[Any]:
    answers = ['[Person("Ada"), Org("Bo', '[WorksFor(Person("Ada"), Organization("Acme"))]']
    shown = Demonstration("Bo.", [Person("Bo")])
    client = ScriptedClient(answers)
    return Extractor(SCHEMA, model=client, demonstrations=[shown], **options)


@pytest.mark.parametrize("style", styles(), ids=lambda style: style.name)
def test_prompts_of_every_style_survive(style: Style) -> None:
    """What a style asks, and the form of the answers that it reads, are values too."""
    classes: list[type] = [conll04.Person, conll04.Organization, conll04.WorksFor]
    given: list[object] = [conll04.Person("Ada"), conll04.Organization("Acme")]
    if Role.RELATION not in style.expresses:
        events = Role.ENTITY not in style.expresses
        classes = [phee.AdverseEvent] if events else classes[:2]
        given = [phee.AdverseEvent("left")]
    elif Role.ENTITY not in style.expresses:
        classes = classes[2:]
    prompt = render(classes, "Ada left Acme.", style=style.name, given=given)
    for copied in COPIES:
        assert copied(style) is style
        assert copied(prompt) == prompt
        assert copied(prompt).syntax.name == prompt.syntax.name


@copies
def test_an_extraction_survives(copied: Callable[[Any], Any]) -> None:
    """All that came of a document, prompts and diagnostics included, is in the copy."""
    extraction = _extractor()(Document("Ada left Acme.", "7", {"year": 1843}))
    again: Extraction[Any] = copied(extraction)
    assert again == extraction
    assert again.instances == [ADA]
    assert again.to_json() == extraction.to_json()
    assert str(again.prompt) == str(extraction.prompt)


@copies
def test_an_extractor_goes_on_in_its_copy(copied: Callable[[Any], Any]) -> None:
    """A copy of an extractor extracts; a scripted one goes on where the script was."""
    extractor = _extractor(chunk=400)
    extractor("Ada left Acme.")
    again = copied(extractor)
    assert repr(again) == repr(extractor)
    assert again.prompt("Bo.") == extractor.prompt("Bo.")
    assert again("Ada left Acme.").instances == [WorksFor(ADA, ACME)]


@pytest.mark.parametrize("copied", COPIES[1:], ids=["deepcopy", "pickle"])
@pytest.mark.parametrize("make", [OpenAIClient, AnthropicClient])
def test_clients_of_providers_are_made_anew(
    make: Callable[..., Any], copied: Callable[[Any], Any]
) -> None:
    """Connections stay behind: a copied client opens its own at its first call."""
    client = make("model", base_url="http://localhost:9/v1", api_key="secret-key")
    again = copied(client)
    assert (again.name, again.capabilities, repr(again)) == (
        client.name,
        client.capabilities,
        repr(client),
    )
    assert again._connection._clients is not client._connection._clients


def test_a_ready_sdk_client_is_shared_and_not_pickled() -> None:
    """A copy uses the same ready client; what holds connections cannot leave the process."""
    sdk_client = openai.AsyncOpenAI(api_key="secret-key", base_url="http://localhost:9/v1")
    client = OpenAIClient("model", sdk_client=sdk_client)
    assert copy.deepcopy(client)._connection._clients._given is sdk_client
    assert copy.copy(client)._connection._clients._given is sdk_client
    with pytest.raises(TypeError, match="ready sdk_client cannot be pickled"):
        pickle.dumps(client)


@copies
def test_a_dataset_is_read_in_its_copy(copied: Callable[[Any], Any], tmp_path: Path) -> None:
    """A dataset that is known by its file is read wherever it is sent."""
    file = tmp_path / "a.tsv"
    file.write_text("Ada\tB-person\nleft\tO\n")
    dataset = datasets.read("conll", file, labels={"person": Person})
    assert [example.instances for example in copied(dataset)] == [[ADA]]


def test_extractors_and_extractions_cross_processes() -> None:
    """An extractor is sent to a pool of processes, and its extractions come back."""
    extractor = Extractor([conll04.Person], model=ScriptedClient(['[Person("Ada")]']))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        extraction = pool.submit(extractor.extract, "Ada left.").result()
    assert extraction == extractor("Ada left.")
    assert extraction.instances == [conll04.Person("Ada")]
