"""A run that is killed again and again, or whose disk is full: a program of its own, for the tests.

    python crashing.py kill SEED RUN      20 kills by SIGKILL, then a run to its end
    python crashing.py full SEED RUN      files may grow no more after a while, then a run to its end

Prints as JSON how often each document was asked about, what was given in which life, and what was
found in the end. All lives are forks of one process, so that codeie is imported once.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import select
import signal
import struct
import sys
from dataclasses import dataclass
from typing import Any

from codeie import Completion, Document, Entity, Extractor, Prompt, Settings, Usage
from codeie.errors import InputError
from codeie.testing import ScriptedClient

DOCUMENTS = 120
AT_ONCE = 8
KILLS = 20


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


class Telling(ScriptedClient):
    """Says through a pipe that a document is asked about, and answers the first ones."""

    def __init__(self, pipe: int) -> None:
        super().__init__([], name="telling")
        self.pipe = pipe
        self.left = DOCUMENTS * 2

    async def complete(
        self,
        prompt: Prompt,
        settings: Settings = Settings(),  # noqa: ARG002 - it samples nothing
    ) -> Completion:
        """Answer with the ship that the text names, after others had their turn."""
        number = int(prompt.text.split()[1][4:])
        os.write(self.pipe, struct.pack("<cH", b"a", number))
        self.left -= 1
        if self.left < 0:  # whoever is to be killed must not come to the end before
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        return Completion(f'[Ship("Ship{number}")]', usage=Usage(10, 5))


CLIENT = Telling(-1)
EXTRACTOR = Extractor([Ship], model=CLIENT, style="code4uie")


def live(pipe: int, path: str, answers: int, limit: int | None) -> None:
    """One life of the run; what it gives goes into the pipe, and so does how it ends."""
    CLIENT.pipe, CLIENT.left = pipe, answers
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write fails then, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    documents = [Document(f"The Ship{n} sailed.", id=f"log{n}") for n in range(DOCUMENTS)]
    try:
        for extraction in EXTRACTOR.run(documents, path, concurrency=AT_ONCE):
            if extraction.error is None:
                number = int(str(extraction.document.id)[3:])
                os.write(pipe, struct.pack("<cH", b"g", number))
    except InputError as error:
        os.write(pipe, b"e\0\0" + str(error).encode() + b"\n")


def born(path: str, answers: int = DOCUMENTS * 2, limit: int | None = None) -> tuple[int, int]:
    """A process that goes through the run, and the end of its pipe."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    try:
        live(writing, path, answers, limit)
    finally:
        os._exit(0)


def heard(reading: int, process: int, least: int, seconds: float) -> dict[str, Any]:
    """What a life says, until it is killed after so many words and a moment, or ends."""
    said = b""
    alive = least < DOCUMENTS * 2
    while piece := os.read(reading, 4096):
        said += piece
        if alive and len(said) > 3 * least:
            select.select([], [], [], seconds)
            os.kill(process, signal.SIGKILL)
            alive = False
    os.close(reading)
    _, status = os.waitpid(process, 0)
    words, _, error = said.partition(b"e\0\0")
    events = [struct.unpack("<cH", words[at : at + 3]) for at in range(0, len(words), 3)]
    return {
        "asked": [number for kind, number in events if kind == b"a"],
        "given": [number for kind, number in events if kind == b"g"],
        "error": error.decode().strip(),
        "killed": os.WIFSIGNALED(status),
    }


def main() -> None:
    """All lives, one after the other."""
    kind, seed, path = sys.argv[1:]
    chance = random.Random(int(seed))  # noqa: S311 - when to kill is no secret
    lives: list[dict[str, Any]] = []
    CLIENT.pipe = os.open(os.devnull, os.O_WRONLY)
    asyncio.run(EXTRACTOR.aextract("The Ship0 sailed."))  # what is made once is made before
    if kind == "kill":
        done = 0  # by the life before: what it gave, all later ones give again first
        for _ in range(KILLS):
            answers = chance.randrange(DOCUMENTS // KILLS)
            process, reading = born(path, answers)
            words = chance.choice((0, done)) + chance.randrange(answers + AT_ONCE)
            lives.append(heard(reading, process, words, chance.random() / 100))
            done = len(lives[-1]["given"])
    else:
        process, reading = born(path, limit=chance.randrange(90_000, 130_000))
        lives.append(heard(reading, process, DOCUMENTS * 2, 0))
    process, reading = born(path)
    lives.append(heard(reading, process, DOCUMENTS * 2, 0))
    sys.stdout.write(json.dumps(lives) + "\n")


if __name__ == "__main__":
    main()
