"""codeie beside what else one would install for the job, on the same weights behind one server.

    pip install -e '.[bench]'
    CODEIE_DATA=/path/to/datasets python benchmarks/peers.py /path/to/model.gguf

llama.cpp's own server serves the file on a loopback port; each library asks it as its own
documentation says, through OpenAI's API, at temperature 0 and with the same demonstrations:

- **codeie**, with its default style;
- **instructor** with tools and with JSON (pydantic models, demonstrations as turns);
- **langextract** (its examples and prompt validation, its own chunks and prompt);
- **JSON mode**: a JSON schema in the system message, ``response_format={"type":
  "json_object"}``, demonstrations as turns.

Between library and server a small proxy counts the tokens that the server says it read and
wrote, retries of a library included. F1 is micro, over strings with their class (each counted
once a document) and over places with their class; where a library gives no places, its strings
are put at their occurrences in order. "Invented" are strings that are not in the text,
"unreadable" answers that the library could not turn into objects, an exception included.

The answers of a library to one dataset and seed are written to a file when they are complete,
so a stopped run goes on where it was. The model may also be the address of a server that is
running (``http://127.0.0.1:8080#name``), which with ``--concurrency`` is asked about so many
documents at once; tokens and seconds are what they took together by their number.
"""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import platform
import sys
import threading
import time
import urllib.parse
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any, Literal

from codeie import Demonstration, Extractor, Schema, Settings, introspect
from codeie.clients import OpenAIClient
from codeie.datasets import load
from codeie.evaluation import draw_demonstrations, sample
from codeie.introspection import Role

RESULTS = Path(__file__).parent / "results" / "peers.md"
MAX_TOKENS = 400
DATASETS = ("conll04", "wnut17", "crossner_politics", "bc5cdr", "conll04+relations")
KEY = "none"  # a loopback server asks for none; the SDKs want one


@dataclass(frozen=True)
class Found:
    """What one library said of one text, in plain values.

    Args:
        mentions: Class, string, start and end; -1 where the library gives no place.
        relations: Class, head and tail.
        unreadable: Whether its answer became no objects.
    """

    mentions: tuple[tuple[str, str, int, int], ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    unreadable: bool = False


@dataclass(frozen=True)
class Answer:
    """`Found`, with what it cost."""

    found: Found
    seconds: float
    tokens_in: float
    tokens_out: float


@dataclass(frozen=True)
class Task:
    """One dataset, one seed: what is asked for, and what is shown."""

    schema: Schema
    demonstrations: tuple[Demonstration, ...]

    def of_role(self, role: Role) -> list[tuple[str, str]]:
        """Names and guidelines of the classes with that role."""
        return [
            (spec.name, " ".join((spec.guideline or "").split()))
            for spec in self.schema.known
            if spec.role is role
        ]


Ask = Callable[[str], Found]


def plain(instances: Sequence[object], schema: Schema) -> Found:
    """Instances of a schema's classes as `Found`, without places."""
    mentions, relations = [], []
    for one in instances:
        spec = schema.of(type(one))
        if spec is not None and spec.role is Role.ENTITY:
            mentions.append((spec.name, _string(one, schema), -1, -1))
        elif spec is not None and spec.role is Role.RELATION:
            head, tail = (getattr(one, field.name) for field in spec.fields[:2])
            relations.append((spec.name, _string(head, schema), _string(tail, schema)))
    return Found(tuple(mentions), tuple(relations))


def _string(entity: object, schema: Schema) -> str:
    spec = schema.of(type(entity))
    return str(getattr(entity, spec.fields[0].name)) if spec is not None else str(entity)


# codeie


def codeie(task: Task, address: str) -> Ask:
    """The default of `Extractor`."""
    extractor: Extractor[Any] = Extractor(
        task.schema,
        model=OpenAIClient("local", base_url=address, api_key=KEY),
        demonstrations=task.demonstrations,
        settings=Settings(temperature=0.0, max_tokens=MAX_TOKENS),
    )

    def ask(text: str) -> Found:
        extraction = extractor(text)
        found = plain(extraction.instances, task.schema)
        places = iter(
            item.span
            for item in extraction.items
            if (spec := task.schema.of(type(item.value))) and spec.role is Role.ENTITY
        )
        mentions = []
        for name, string, _, _ in found.mentions:
            span = next(places)
            mentions.append((name, string, span.start, span.end) if span else (name, string, -1, 0))
        return Found(tuple(mentions), found.relations, extraction.outcome.value == "unparsed")

    return ask


# instructor


def _instructions(task: Task) -> str:
    """What a user would write of the classes where a library takes free instructions."""
    lines = ["Extract what the text states, in its exact words and in the order of the text."]
    entities, relations = task.of_role(Role.ENTITY), task.of_role(Role.RELATION)
    lines += ["Types of entities:", *(f"- {name}: {about}" for name, about in entities)]
    if relations:
        lines += ["Types of relations:", *(f"- {name}: {about}" for name, about in relations)]
    return "\n".join(lines)


def _object(found: Found) -> dict[str, Any]:
    """An answer as the JSON that the models of `_models` describe."""
    return {
        "entities": [{"text": text, "type": name} for name, text, _, _ in found.mentions],
        **(
            {"relations": [{"head": h, "type": name, "tail": t} for name, h, t in found.relations]}
            if found.relations
            else {}
        ),
    }


def _models(task: Task) -> Any:
    """Pydantic models as instructor's documentation makes them for entities and relations."""
    from pydantic import Field, create_model

    def one_of(names: list[tuple[str, str]]) -> Any:
        return Literal[tuple(name for name, _ in names)]  # type: ignore[misc]

    entity = create_model(
        "Entity",
        text=(str, Field(description="the exact words of the text")),
        type=(one_of(task.of_role(Role.ENTITY)), ...),
    )
    fields: dict[str, Any] = {"entities": (list[entity], ...)}  # type: ignore[valid-type]
    if relations := task.of_role(Role.RELATION):
        relation = create_model(
            "Relation", head=(str, ...), type=(one_of(relations), ...), tail=(str, ...)
        )
        fields["relations"] = (list[relation], Field(default_factory=list))  # type: ignore[valid-type]
    return create_model("Extraction", **fields)


def instructor(mode: str) -> Callable[[Task, str], Ask]:
    """The library in one of its modes."""

    def make(task: Task, address: str) -> Ask:
        import instructor as library
        import openai

        client = library.from_openai(
            openai.OpenAI(base_url=address, api_key=KEY), mode=library.Mode[mode]
        )
        model = _models(task)
        turns: list[Any] = [{"role": "system", "content": _instructions(task)}]
        for number, shown in enumerate(task.demonstrations):
            answer = json.dumps(_object(plain(shown.instances, task.schema)), ensure_ascii=False)
            turns.append({"role": "user", "content": shown.text})
            turns += _shown(mode, number, answer)

        def ask(text: str) -> Found:
            try:
                got = client.chat.completions.create(
                    model="local",
                    response_model=model,
                    messages=[*turns, {"role": "user", "content": text}],
                    temperature=0.0,
                    max_tokens=MAX_TOKENS,
                )
            except Exception:  # noqa: BLE001 - whatever the library raises, there is no answer
                return Found(unreadable=True)
            return Found(
                tuple((str(one.type), one.text, -1, -1) for one in got.entities),
                tuple((str(r.type), r.head, r.tail) for r in getattr(got, "relations", ())),
            )

        return ask

    return make


def _shown(mode: str, number: int, answer: str) -> list[dict[str, Any]]:
    """A demonstration's answer as the mode's own kind of turn."""
    if mode != "TOOLS":
        return [{"role": "assistant", "content": answer}]
    call = {
        "id": f"call{number:05}",
        "type": "function",
        "function": {"name": "Extraction", "arguments": answer},
    }
    return [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": call["id"], "content": "ok"},
    ]


# langextract


def langextract(task: Task, address: str) -> Ask:
    """The library with its OpenAI provider; relations as attributes of the head."""
    import langextract as library
    from langextract.providers.openai import OpenAILanguageModel

    logging.getLogger("absl").setLevel(logging.ERROR)
    examples = []
    for shown in task.demonstrations:
        found = plain(shown.instances, task.schema)
        if not found.mentions:
            continue  # its check of the examples raises on one in which there is nothing
        extractions = [
            library.data.Extraction(extraction_class=name, extraction_text=text)
            for name, text, _, _ in found.mentions
        ]
        extractions += [
            library.data.Extraction(
                extraction_class=name, extraction_text=head, attributes={"tail": tail}
            )
            for name, head, tail in found.relations
        ]
        examples.append(library.data.ExampleData(text=shown.text, extractions=extractions))
    model = OpenAILanguageModel(
        model_id="local", api_key=KEY, base_url=address, temperature=0.0, max_workers=1
    )
    relations = {name for name, _ in task.of_role(Role.RELATION)}
    entities = {name for name, _ in task.of_role(Role.ENTITY)}

    def ask(text: str) -> Found:
        try:
            document = library.extract(
                text_or_documents=text,
                prompt_description=_instructions(task),
                examples=examples,
                model=model,
                show_progress=False,
                language_model_params={"max_output_tokens": MAX_TOKENS},
            )
        except Exception:  # noqa: BLE001 - whatever the library raises, there is no answer
            return Found(unreadable=True)
        mentions, linked = [], []
        for one in document.extractions or ():
            if one.extraction_class in relations:
                tail = (one.attributes or {}).get("tail", "")
                linked.append((one.extraction_class, one.extraction_text, str(tail)))
            elif one.extraction_class in entities:
                place = one.char_interval
                start, end = (place.start_pos, place.end_pos) if place else (-1, 0)
                mentions.append((one.extraction_class, one.extraction_text, start, end))
        return Found(tuple(mentions), tuple(linked))

    return ask


# JSON mode


def json_mode(task: Task, address: str) -> Ask:
    """The openai SDK alone: a schema in the system message, and JSON mode."""
    import openai

    client = openai.OpenAI(base_url=address, api_key=KEY)
    schema = json.dumps(_models(task).model_json_schema())
    system = f"{_instructions(task)}\nAnswer in JSON that follows this schema:\n{schema}"
    turns: list[Any] = [{"role": "system", "content": system}]
    for shown in task.demonstrations:
        answer = json.dumps(_object(plain(shown.instances, task.schema)), ensure_ascii=False)
        turns += [
            {"role": "user", "content": shown.text},
            {"role": "assistant", "content": answer},
        ]

    def ask(text: str) -> Found:
        answer = client.chat.completions.create(
            model="local",
            messages=[*turns, {"role": "user", "content": text}],
            temperature=0.0,
            max_tokens=MAX_TOKENS,
            response_format={"type": "json_object"},
        )
        try:
            got = json.loads(answer.choices[0].message.content or "")
            return Found(
                tuple((str(e["type"]), str(e["text"]), -1, -1) for e in got["entities"]),
                tuple(
                    (str(r["type"]), str(r["head"]), str(r["tail"]))
                    for r in got.get("relations", ())
                ),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return Found(unreadable=True)

    return ask


PEERS: dict[str, Callable[[Task, str], Ask]] = {
    "codeie": codeie,
    "instructor, tools": instructor("TOOLS"),
    "instructor, JSON": instructor("JSON"),
    "langextract": langextract,
    "JSON mode": json_mode,
}


# Serving and counting


class _Counter(ThreadingHTTPServer):
    """Hands requests on to the server, and adds up the tokens that its answers name."""

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urllib.parse.urlsplit(target)
        self.read = self.written = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: _Counter
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        target = self.server.target
        connection = http.client.HTTPConnection(target.hostname or "", target.port)
        connection.request("POST", self.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        usage = json.loads(answer or b"{}").get("usage") or {}
        with self.server.lock:
            self.server.read += int(usage.get("prompt_tokens", 0))
            self.server.written += int(usage.get("completion_tokens", 0))
        self.send_response(response.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(model: str, threads: int) -> Iterator[_Counter]:
    """The model behind llama.cpp's server, behind the counter."""
    counter = _Counter(model if model.startswith("http") else _server(model, threads))
    thread = threading.Thread(target=counter.serve_forever, daemon=True)
    thread.start()
    yield counter
    counter.shutdown()


def _server(path: str, threads: int) -> str:
    """Start a server that lives as long as this process, and give its address."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = path
    wanted.n_ctx = 8192
    wanted.n_parallel = 1
    wanted.n_gpu_layers = 0
    wanted.verbosity = -1
    wanted.use_jinja = True
    for cpu in (wanted.cpuparams, wanted.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0
    _SERVERS.append(xllamacpp.Server(wanted))
    return str(_SERVERS[-1].listening_address)


_SERVERS: list[Any] = []


# Scoring


def _placed(text: str, found: Found) -> set[tuple[str, int, int]]:
    """Mentions with their places; strings without one take their next occurrence."""
    after: dict[str, int] = {}
    places = set()
    for name, string, start, end in found.mentions:
        if start < 0 and end < 0 and string:
            start = text.find(string, after.get(string, 0))
            end = start + len(string)
            after[string] = max(end, 0)
        if start >= 0:
            places.add((name, start, end))
    return places


@dataclass
class Tally:
    """Counts over documents."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, predicted: set[Any], gold: set[Any]) -> None:
        """Count one document."""
        self.matched += len(predicted & gold)
        self.predicted += len(predicted)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """Micro F1."""
        return 2 * self.matched / max(1, self.predicted + self.gold)


def main() -> None:
    """Ask, count and print."""
    given = _arguments()
    warnings.simplefilter("ignore")
    kept = Path(given.answers)
    done = _kept(kept)
    for model in given.models:
        with served(model, given.threads) as counter:
            for dataset, name in product(given.datasets, given.peers):
                for seed in given.seeds:
                    _measure(given, model, dataset, name, seed, counter, done, kept)
                print(_row(given, model, dataset, name, done), flush=True)
    if given.keep:
        RESULTS.write_text(_page(given, done), encoding="utf-8")


Key = tuple[str, str, str, int, int]


def _examples(given: argparse.Namespace, dataset: str, seed: int) -> tuple[Task, list[Any]]:
    name, _, more = dataset.partition("+")
    asked = load(name, split=given.split)
    roles = {Role.ENTITY, Role.RELATION} if more else {Role.ENTITY}
    whole = introspect(asked.schema)
    schema = introspect([spec.cls for spec in whole.classes if spec.role in roles])
    drawn = draw_demonstrations(load(name, split="train"), schema, given.shots, seed=seed)
    return Task(schema, tuple(drawn)), sample(asked, given.documents, seed)


def _measure(
    given: argparse.Namespace,
    model: str,
    dataset: str,
    name: str,
    seed: int,
    counter: _Counter,
    done: dict[Key, Answer],
    kept: Path,
) -> None:
    task, examples = _examples(given, dataset, seed)
    keys: list[Key] = [(_title(model), dataset, name, seed, n) for n in range(len(examples))]
    if all(key in done for key in keys):
        return
    ask = PEERS[name](task, counter.address)
    read, written, start = counter.read, counter.written, time.perf_counter()
    texts = [example.document.text for example in examples]
    with ThreadPoolExecutor(given.concurrency) as pool:
        # The first alone, so that the others find in the server's cache what is common to all.
        found = [ask(texts[0]), *pool.map(ask, texts[1:])]
    costs = (
        (time.perf_counter() - start) / len(found),
        (counter.read - read) / len(found),
        (counter.written - written) / len(found),
    )
    done.update({key: Answer(one, *costs) for key, one in zip(keys, found, strict=True)})
    with kept.open("a", encoding="utf-8") as file:
        for key in keys:
            file.write(json.dumps([*key, asdict(done[key])], ensure_ascii=False) + "\n")


def _title(model: str) -> str:
    """The file, or the name that stands behind an address."""
    return model.rpartition("#")[2].rpartition("/")[2]


def _kept(path: Path) -> dict[Key, Answer]:
    done: dict[Key, Answer] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        *key, value = json.loads(line)
        found = Found(
            tuple((m[0], m[1], m[2], m[3]) for m in value["found"]["mentions"]),
            tuple((r[0], r[1], r[2]) for r in value["found"]["relations"]),
            value["found"]["unreadable"],
        )
        done[tuple(key)] = Answer(  # type: ignore[index]
            found, value["seconds"], value["tokens_in"], value["tokens_out"]
        )
    return done


def _row(
    given: argparse.Namespace, model: str, dataset: str, name: str, done: dict[Key, Answer]
) -> str:
    strings, places, relations = Tally(), Tally(), Tally()
    answers: list[Answer] = []
    invented = 0
    for seed in given.seeds:
        task, examples = _examples(given, dataset, seed)
        for number, example in enumerate(examples):
            answer = done[(_title(model), dataset, name, seed, number)]
            answers.append(answer)
            text = example.document.text
            asked = [one for one in example.gold if task.schema.requested(type(one.value))]
            gold = plain([one.value for one in asked], task.schema)
            found = answer.found
            strings.add({m[:2] for m in found.mentions}, {m[:2] for m in gold.mentions})
            relations.add(set(found.relations), set(gold.relations))
            places.add(
                _placed(text, found),
                {
                    (spec.name, one.span.start, one.span.end)
                    for one in asked
                    if (spec := task.schema.of(type(one.value)))
                    and spec.role is Role.ENTITY
                    and one.span is not None
                },
            )
            invented += sum(string not in text for string in {m[1] for m in found.mentions})
    count = max(1, len(answers))
    linked = f"{relations.f1:.3f}" if "+" in dataset else "–"
    return (
        f"| {dataset} | {name} | {strings.f1:.3f} | {places.f1:.3f} | {linked} "
        f"| {invented} | {sum(a.found.unreadable for a in answers)} "
        f"| {sum(a.tokens_in for a in answers) / count:.0f} "
        f"| {sum(a.tokens_out for a in answers) / count:.0f} "
        f"| {sum(a.seconds for a in answers) / count:.1f} |"
    )


def _page(given: argparse.Namespace, done: dict[Key, Answer]) -> str:
    libraries = ("codeie", "openai", "instructor", "langextract", "xllamacpp")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    head = (
        "| dataset | library | F1, strings | F1, places | F1, relations | invented | unreadable "
        "| tokens in | tokens out | seconds |\n|" + "---|" * 10
    )
    tables = [
        f"## {_title(model)}\n\n{head}\n"
        + "\n".join(_row(given, model, d, n, done) for d, n in product(given.datasets, given.peers))
        for model in given.models
    ]
    command = (
        f"python benchmarks/peers.py {' '.join(map(_title, given.models))} --documents "
        f"{given.documents} --seeds {' '.join(map(str, given.seeds))} --datasets {' '.join(given.datasets)} "
        f"--concurrency {given.concurrency} --keep"
    )
    return (
        f"# codeie and its peers on the same weights\n\n{date.today().isoformat()}, Python "
        f"{platform.python_version()}, {platform.machine()}, {given.threads} thread(s). "
        f"{versions}.\n\n{given.split} part, {given.documents} "
        f"documents and {given.shots} demonstrations for each of the seeds "
        f"{', '.join(map(str, given.seeds))}; temperature 0, at most {MAX_TOKENS} tokens an "
        f"answer; {given.concurrency} document(s) at once. Tokens and seconds are per document."
        f"{given.note and ' '}{given.note}\n\nMade by `{command}`. instructor's tools are asked for by "
        "name, which llama.cpp's server does not take (it calls it a wrong type); a model that then "
        "answers in words is unreadable to it. langextract is shown the demonstrations in which "
        "there is something; it raises on others.\n\n" + "\n\n".join(tables) + "\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("models", nargs="+", help="GGUF files of taught models, or addresses")
    parser.add_argument("--datasets", nargs="+", default=list(DATASETS))
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--documents", type=int, default=20, help="for each seed")
    parser.add_argument("--shots", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--concurrency", type=int, default=1, help="documents at once")
    parser.add_argument("--answers", default="peers.jsonl", help="where answers are kept")
    parser.add_argument("--note", default="", help="a sentence about the machine, for the page")
    parser.add_argument("--keep", action="store_true", help="write results/peers.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
