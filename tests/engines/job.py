"""Extracts on an engine, in a program of its own as a user has it: run by the tests.

    python job.py ENGINE URL RUN FLAG

Prints the rows as JSON. The first worker that is asked about Ship20, and makes the file FLAG, is
killed by SIGKILL before it asks the server; with FLAG "-" nobody is.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from typing import Any

from codeie import Capabilities, Completion, Entity, Extractor, Prompt, Settings
from codeie.clients import OpenAIClient

SHIPS = 48


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


class Mortal:
    """OpenAI's client, in a worker that may be killed."""

    def __init__(self, url: str, flag: str) -> None:
        self._client = OpenAIClient("stub", base_url=url, max_retries=0)
        self._flag = flag

    @property
    def name(self) -> str:
        """Of the model."""
        return self._client.name

    @property
    def capabilities(self) -> Capabilities:
        """Of the model."""
        return self._client.capabilities

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Ask, or be killed."""
        if self._flag != "-" and "Ship20 " in prompt.text:
            try:
                os.close(os.open(self._flag, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return await self._client.complete(prompt, settings)


def texts() -> list[dict[str, str]]:
    """A text for each ship."""
    return [{"text": f"The Ship{n} sailed.", "name": f"log{n}"} for n in range(SHIPS)]


def on_daft(extractor: Extractor[Any], run: str) -> list[dict[str, Any]]:
    """In two processes."""
    import daft

    from codeie.engines.daft import extracted

    frame = daft.from_pylist(texts())
    struct = extracted(
        extractor, frame["text"], ids=frame["name"], run=run, concurrency=4, batch_size=8
    )
    return frame.with_column("extraction", struct).to_pylist()


def on_ray(extractor: Extractor[Any], run: str) -> list[dict[str, Any]]:
    """In two actors."""
    import ray

    from codeie.engines.ray import extracted

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    dataset = extracted(
        extractor, ray.data.from_items(texts()), ids="name", run=run, concurrency=4, batch_size=8
    )
    return dataset.take_all()


if __name__ == "__main__":
    engine, url, run, flag = sys.argv[1:]
    extractor = Extractor([Ship], model=Mortal(url, flag), style="code4uie")
    rows = (on_daft if engine == "daft" else on_ray)(extractor, run)
    sys.stdout.write(json.dumps(rows) + "\n")
