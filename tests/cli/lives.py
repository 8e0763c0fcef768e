"""Runs commands of codeie in processes that may be killed: a program of its own, for the tests.

    python lives.py

Reads the arguments of a command as JSON from each line of stdin, says the number of the process that
is to run it, waits for a line, lets it run, and says as JSON how it ended and what it printed. All
processes are forks of one, so that codeie is imported once.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile

import anthropic
import openai

from codeie.cli import main
from codeie.cli._chosen import Chosen
from codeie.cli._schema import STARTER


def said(value: object) -> None:
    """A line for whoever began this."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def live(arguments: list[str], began: int, written: int) -> None:
    """One life: the command, once somebody says so."""
    os.read(began, 1)
    os.dup2(written, 1)
    sys.argv = ["codeie", *arguments]
    main()


# What each life would have to import and make for itself.
anthropic.AsyncAnthropic(api_key="none")
openai.AsyncOpenAI(api_key="none")
Chosen.checked(
    schema=STARTER, model="openai/stub", style="auto", layout="auto", chunk=None, strategy=None
).extractor()

for line in sys.stdin:
    begun, begin = os.pipe()
    with tempfile.TemporaryFile() as output:
        process = os.fork()
        if not process:
            os.close(begin)
            try:
                live(json.loads(line), begun, output.fileno())
            finally:
                sys.stdout.flush()
                os._exit(0)
        os.close(begun)
        said(process)
        sys.stdin.readline()
        os.close(begin)
        _, status = os.waitpid(process, 0)
        output.seek(0)
        said([os.WIFSIGNALED(status), output.read().decode()])
