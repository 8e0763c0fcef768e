"""How many documents a second codeie, the bare SDK, instructor and langextract get through.

One server on this machine answers all of them in the form that each asks for, with six
extractions. Each library runs in a process of its own, and they take turns, so that what else
the machine does befalls all alike: compare the ratios within one run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results" / "clients.md"
KEY = "none"

ITEMS = [
    ("Person", "Ada Lovelace"),
    ("Person", "Charles Babbage"),
    ("Organization", "Royal Society"),
    ("Location", "London"),
    ("Event", "the exhibition of 1843"),
    ("Product", "Analytical Engine"),
]
TEXT = (
    "In a letter of the summer before the exhibition of 1843 Ada Lovelace told Charles Babbage, "
    "who had shown parts of his Analytical Engine to the Royal Society, that the notes were done "
    "and that she would bring them to London herself, should nobody be found who could be "
    "trusted with them on the road. This is letter number {}."
)
CODE = "[\n" + "".join(f'    {name}("{string}"),\n' for name, string in ITEMS) + "]"
ANSWERS = {
    "code": CODE,
    "instructor": json.dumps({"items": [{"type": name, "text": text} for name, text in ITEMS]}),
    "langextract": json.dumps({"extractions": [{name: text} for name, text in ITEMS]}),
}


# The server


async def _handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            # The path says which form is asked for, and after how many milliseconds.
            _, form, wait, _ = head.split(b" ", 2)[1].split(b"/", 3)
            length = head.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length))
            if int(wait):
                await asyncio.sleep(int(wait) / 1000)
            writer.write(_WRITTEN[form])
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _written(answer: str) -> bytes:
    body = json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "loopback",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": answer, "refusal": None},
                    "finish_reason": "stop",
                    "logprobs": None,
                }
            ],
            "usage": {"prompt_tokens": 800, "completion_tokens": 60, "total_tokens": 860},
        }
    ).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


_WRITTEN = {form.encode(): _written(answer) for form, answer in ANSWERS.items()}


async def serve() -> None:
    """Answer until the process ends; the port is the first line of its output."""
    server = await asyncio.start_server(_handle, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# The libraries: each is made for an address and gets through so many texts, so many at once.


Through = Callable[[list[str], int], int]


def _classes() -> list[type]:
    from dataclasses import make_dataclass

    from codeie import Entity

    guideline = (
        "{} as the text names it, with its whole name where it has one. Not pronouns, not "
        "descriptions that name nobody, and not what is only compared with one."
    )
    made = []
    for name in dict.fromkeys(name for name, _ in ITEMS):
        cls = make_dataclass(name, [("name", str)], bases=(Entity,))
        cls.__doc__ = guideline.format(name)
        made.append(cls)
    return made


def _extractor(address: str) -> Any:
    from codeie import Extractor
    from codeie.clients import OpenAIClient

    classes = _classes()
    named = {cls.__name__: cls for cls in classes}
    shown = [named[name](string) for name, string in ITEMS]
    client = OpenAIClient("loopback", base_url=f"{address}/v1", api_key=KEY)
    texts = [TEXT.format(f"{number} of the demonstrations") for number in range(2)]
    return Extractor(classes, model=client, demonstrations=[(text, shown) for text in texts])


def _codeie(**options: Any) -> Callable[[str], Through]:
    def make(address: str) -> Through:
        extractor = _extractor(address.format("code"))
        files = count()

        def through(texts: list[str], concurrency: int) -> int:
            with tempfile.TemporaryDirectory() as folder:
                kept = {"run": f"{folder}/{next(files)}.db"} if options.get("kept") else {}
                return sum(
                    len(one.items) == len(ITEMS) and all(item.spans for item in one.items)
                    for one in extractor.extract_many(texts, concurrency=concurrency, **kept)
                )

        return through

    return make


def _at_once(ask: Callable[[str], Awaitable[bool]], texts: list[str], concurrency: int) -> Any:
    """Ask about all texts in an event loop, so many at once."""
    left = iter(texts)

    async def worker() -> int:
        return sum([await ask(text) for text in left])

    async def all_of_them() -> int:
        return sum(await asyncio.gather(*(worker() for _ in range(concurrency))))

    return all_of_them()


def _bare(client: str) -> Callable[[str], Through]:
    def make(address: str) -> Through:
        import openai

        # What is sent is as long as codeie's, and made beforehand.
        sent = [
            {"role": turn.role, "content": turn.content}
            for turn in _extractor(address.format("code")).prompt("").messages
        ]
        runner = asyncio.Runner()
        made = getattr(openai, client)

        async def new() -> Any:
            return openai.AsyncOpenAI(
                base_url=address.format("code") + "/v1", api_key=KEY, http_client=made(), timeout=60
            )

        sdk = runner.run(new())

        async def ask(text: str) -> bool:
            last = {"role": "user", "content": text}
            answer = await sdk.chat.completions.create(model="loopback", messages=[*sent, last])
            return answer.choices[0].message.content == CODE

        return lambda texts, concurrency: runner.run(_at_once(ask, texts, concurrency))

    return make


def _instructor(address: str) -> Through:
    from typing import Literal

    import instructor
    import openai
    import pydantic

    item = pydantic.create_model(
        "Item", type=(Literal[tuple(dict.fromkeys(n for n, _ in ITEMS))], ...), text=(str, ...)
    )
    items = pydantic.create_model("Items", items=(list[item], ...))  # type: ignore[valid-type]
    sent = [
        {"role": turn.role, "content": turn.content}
        for turn in _extractor(address.format("code")).prompt("").messages
    ]
    runner = asyncio.Runner()

    async def new() -> Any:
        sdk = openai.AsyncOpenAI(base_url=address.format("instructor") + "/v1", api_key=KEY)
        return instructor.from_openai(sdk, mode=instructor.Mode.JSON)

    client = runner.run(new())

    async def ask(text: str) -> bool:
        answer = await client.chat.completions.create(
            model="loopback",
            messages=[*sent, {"role": "user", "content": text}],
            response_model=items,
        )
        return len(answer.items) == len(ITEMS)

    return lambda texts, concurrency: runner.run(_at_once(ask, texts, concurrency))


def _langextract(address: str) -> Through:
    import langextract
    from langextract.providers.openai import OpenAILanguageModel

    logging.getLogger("absl").setLevel(logging.ERROR)
    examples = [
        langextract.data.ExampleData(
            text=TEXT.format(f"{number} of the demonstrations"),
            extractions=[
                langextract.data.Extraction(extraction_class=name, extraction_text=string)
                for name, string in ITEMS
            ],
        )
        for number in range(2)
    ]

    def through(texts: list[str], concurrency: int) -> int:
        model = OpenAILanguageModel(
            model_id="loopback",
            api_key=KEY,
            base_url=address.format("langextract") + "/v1",
            max_workers=concurrency,
        )
        results = langextract.extract(
            text_or_documents=[
                langextract.data.Document(text=text, document_id=str(number))
                for number, text in enumerate(texts)
            ],
            prompt_description="Extract the entities. " + "Use the text's own words. " * 40,
            examples=examples,
            model=model,
            batch_length=concurrency,
            max_workers=concurrency,
            show_progress=False,
        )
        return sum(len(one.extractions or ()) == len(ITEMS) for one in results)

    return through


LIBRARIES: dict[str, Callable[[str], Through]] = {
    "openai SDK, bare": _bare("DefaultAsyncHttpxClient"),
    "openai SDK, bare, aiohttp": _bare("DefaultAioHttpClient"),
    "codeie": _codeie(),
    "codeie, run file": _codeie(kept=True),
    "instructor": _instructor,
    "langextract": _langextract,
}
BASE = "openai SDK, bare"


# Taking turns


@dataclass(frozen=True)
class Taken:
    """One turn of a library.

    Args:
        rate: Documents a second.
        cpu: Milliseconds of CPU a document, of the library's process alone.
        memory: The most that its process held so far, in MB.
    """

    rate: float
    cpu: float
    memory: float


def work(name: str, address: str) -> None:
    """Take turns as told on stdin, one a line, until there are no more lines."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        documents, concurrency, wait, seed = json.loads(line)
        through = LIBRARIES[name](address.replace("/WAIT", f"/{wait}"))
        through([TEXT.format(f"w{seed}-{n}") for n in range(concurrency)], concurrency)
        texts = [TEXT.format(f"{seed}-{n}") for n in range(documents)]
        start, cpu = time.perf_counter(), time.process_time()
        right = through(texts, concurrency)
        taken, cpu = time.perf_counter() - start, time.process_time() - cpu
        if right != documents:
            raise SystemExit(f"{name} got {right} of {documents} right")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([documents / taken, cpu / documents * 1000, most]), flush=True)


@contextmanager
def _process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, __file__, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def turn(process: subprocess.Popen[str], *told: int) -> Taken:
    """Tell a library's process to take its turn."""
    put, got = process.stdin, process.stdout
    if put is None or got is None:
        raise ValueError("a process without pipes")
    put.write(json.dumps(told) + "\n")
    put.flush()
    return Taken(*json.loads(got.readline()))


def measure(given: argparse.Namespace) -> dict[tuple[str, int, int], list[Taken]]:
    """All turns of all libraries, by library, how many at once, and the server's wait."""
    from contextlib import ExitStack

    taken: dict[tuple[str, int, int], list[Taken]] = {}
    with ExitStack() as open_processes:
        server = open_processes.enter_context(_process("--serve"))
        port = int(next(iter(server.stdout or ())))
        address = f"http://127.0.0.1:{port}/{{}}/WAIT"
        processes = {
            name: open_processes.enter_context(_process("--work", name, "--address", address))
            for name in given.libraries
        }
        for round_ in range(given.rounds):
            for wait in given.waits:
                for concurrency in given.concurrency:
                    for name, process in processes.items():
                        told = (given.documents, concurrency, wait, round_)
                        got = turn(process, *told)
                        taken.setdefault((name, concurrency, wait), []).append(got)
                        print(f"{name:28}{concurrency:4} at once, {wait:3} ms: {got}", flush=True)
    return taken


def table(taken: dict[tuple[str, int, int], list[Taken]], names: Iterable[str]) -> str:
    """The medians, and how they compare with the bare SDK's in the same rounds."""
    settings = sorted({key[1:] for key in taken}, key=lambda key: key[::-1])
    head = "".join(f" {wait} ms, {at_once} at once |" for at_once, wait in settings)
    lines = [
        f"| |{head} CPU ms a document | MB |",
        "|---|" + "---|" * (len(settings) + 2),
    ]
    for name in names:
        cells = []
        for setting in settings:
            turns = taken[name, *setting]
            ratios = [
                one.rate / base.rate for one, base in zip(turns, taken[BASE, *setting], strict=True)
            ]
            rate = statistics.median(one.rate for one in turns)
            cells.append(f"{rate:,.0f} ({statistics.median(ratios):.2f} ×)")
        every = [one for key, turns in taken.items() if key[0] == name for one in turns]
        cells.append(f"{statistics.median(one.cpu for one in every):.2f}")
        cells.append(f"{max(one.memory for one in every):.0f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    given = _arguments()
    if given.serve:
        asyncio.run(serve())
    elif given.work:
        work(given.work, given.address)
    else:
        shown = table(measure(given), given.libraries)
        print(shown)
        if given.keep:
            RESULTS.write_text(_page(given, shown), encoding="utf-8")


def _page(given: argparse.Namespace, shown: str) -> str:
    libraries = ("codeie", "openai", "aiohttp", "instructor", "langextract")
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    words = [f"--rounds {given.rounds} --documents {given.documents}"]
    words += [f"--concurrency {' '.join(map(str, given.concurrency))}"]
    words += [f"--waits {' '.join(map(str, given.waits))} --keep"]
    waits = " or ".join(f"{wait} ms" for wait in given.waits)
    return (
        f"# Documents a second\n\n{date.today().isoformat()}, Python {platform.python_version()}, "
        f"{platform.machine()}, 2 cores; {given.machine}. {versions}.\n\n"
        f"A server on this machine answers after {waits} with six extractions; the prompt is the "
        f"same for all that take one. Medians of {given.rounds} rounds of {given.documents} "
        f"documents, all libraries in turn; in brackets the median of the ratios to the bare SDK "
        f"of the same round. Rendering, parsing and grounding are part of codeie's time, and so "
        f"is the file where it says so; the bare SDK's answers are not read. CPU is that of the "
        f"library's process.\n\nMade by `python benchmarks/clients.py {' '.join(words)}`.\n\n"
        f"{shown}\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--libraries", nargs="+", choices=LIBRARIES, default=list(LIBRARIES))
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[16, 64, 256])
    parser.add_argument("--waits", type=int, nargs="+", default=[0, 50], help="milliseconds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--machine", default="compare the ratios", help="what else it did")
    parser.add_argument("--keep", action="store_true", help="write results/clients.md")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--address", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
