"""Compare a wheel with the folders it was built from: `python wheel_contents.py FILE.whl`."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Where each folder of the repository is installed.
FOLDERS = {"codeie": "codeie", "schemas": "codeie/schemas", "prompts": "codeie/prompts"}
_KEPT = {".css", ".jinja", ".js", ".json", ".md", ".py", ".typed"}


def expected() -> set[str]:
    """The files that a wheel must hold, by their names inside it."""
    return {
        f"{home}/{file.relative_to(ROOT / folder).as_posix()}"
        for folder, home in FOLDERS.items()
        for file in (ROOT / folder).rglob("*")
        if file.suffix in _KEPT and "__pycache__" not in file.parts
    }


def differences(wheel: Path) -> list[str]:
    """What is missing from the wheel, and what is in it that no folder has."""
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    return sorted(
        [f"missing: {name}" for name in expected() - held]
        + [f"not from the folders: {name}" for name in held - expected()]
    )


if __name__ == "__main__":
    found = differences(Path(sys.argv[1]))
    sys.stdout.write("\n".join(found) + "\n" if found else f"{len(expected())} files, all there\n")
    sys.exit(bool(found))
