"""Fixtures and fuses that hold for every test."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default",
    deadline=None,  # timings belong in benchmarks/
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,  # the same examples on every machine; the thorough profile explores
)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=5000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

_KEYS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--live``, without which no test may talk to a real provider, and ``--notebooks``."""
    parser.addoption("--live", action="store_true", help="run tests that call real providers")
    parser.addoption("--notebooks", action="store_true", help="execute the notebooks")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what runs only when it is asked for, and leave datasets out of coverage.

    What only a dataset reaches would be uncovered on machines that have none, and traced,
    reading them takes two and a half times as long.
    """
    reasons = {
        "live": "talks to a real provider; run with --live",
        "notebook": "starts an interpreter of its own; run with --notebooks",
    }
    asked = {"live": config.getoption("--live"), "notebook": config.getoption("--notebooks")}
    for item in items:
        for mark, reason in reasons.items():
            if item.get_closest_marker(mark) and not asked[mark]:
                item.add_marker(pytest.mark.skip(reason=reason))
        if item.get_closest_marker("data"):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def _network_fuse(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine, and none sees the developer's keys."""
    if "live" in request.keywords:
        return
    for key in _KEYS:
        monkeypatch.delenv(key, raising=False)
    connect = socket.socket.connect

    def fused(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("127.0.0.1", "::1", "localhost", "local"):
            raise RuntimeError(f"a test tried to reach {host}; tests stay on this machine")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", fused)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real datasets; tests that ask for it are skipped where there is none."""
    folder = os.environ.get("CODEIE_DATA")
    if not folder:
        pytest.skip("needs real datasets: set CODEIE_DATA to their folder")
    return Path(folder)


@pytest.fixture(scope="session")
def embedded_model() -> Path:
    """The embedded model's file; tests that ask for it are skipped where it is not cached."""
    pytest.importorskip("xllamacpp", reason="needs the extra codeie[local]")
    from codeie.clients._weights import find

    path = find()
    if path is None:
        pytest.skip("the embedded model is not on this machine; the README's demo fetches it")
    return path
