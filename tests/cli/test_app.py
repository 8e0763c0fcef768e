"""The command line as a whole: help, prompts, models, and how it ends."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codeie.cli import app, main
from codeie.cli._outputs import prepare_stdout
from codeie.clients import ModelForm


def _codeie(
    *arguments: str, stdin: bytes = b"", **extra: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "codeie", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **extra},
    )


def test_help_names_commands_and_exit_codes() -> None:
    """Without arguments the help is shown; it says what the exit codes mean."""
    bare, asked = CliRunner().invoke(app, []), CliRunner().invoke(app, ["--help"])
    assert (0, bare.stdout) == (bare.exit_code, asked.stdout)
    for command in ("extract", "prompt", "models"):
        assert f"\n  {command} " in bare.stdout
    for code in ("0 every", "1 some", "2 wrong", "3 the", "130 ", "141 ", "70 "):
        assert code in " ".join(bare.stdout.split())


def test_the_version_is_that_of_the_package() -> None:
    """--version prints it and nothing else."""
    from importlib.metadata import version

    assert f"codeie {version('codeie')}\n" == CliRunner().invoke(app, ["--version"]).stdout


def test_help_imports_nothing_heavy() -> None:
    """--help needs neither a provider's SDK nor libcst, rich, tqdm or the extractor."""
    script = (
        "import sys\nfrom codeie.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'openai', 'anthropic', 'xllamacpp', 'libcst', 'rich', 'tqdm', 'tiktoken',"
        " 'codeie.extraction', 'codeie.prompting', 'codeie.display'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert b"[]\n" == done.stderr


def test_python_dash_m_runs_it() -> None:
    """`python -m codeie` is the same command."""
    done = _codeie("prompt", "-", "--json", stdin=b"so Ada")
    assert (0, b"") == (done.returncode, done.stderr)
    assert "-" == json.loads(done.stdout)["id"]


def test_errors_are_one_line_without_traceback() -> None:
    """In a process of its own, an error is one line on stderr and an exit code."""
    done = _codeie("extract", "nowhere.txt")
    assert (2, b"") == (done.returncode, done.stdout)
    assert b"codeie: there is no file nowhere.txt\n" == done.stderr.replace(b"\r\n", b"\n")


def test_an_unknown_command_is_one_line() -> None:
    """A misspelt command is a usage error."""
    result = CliRunner().invoke(app, ["extrct"])
    assert 2 == result.exit_code
    assert 1 == len(result.stderr.splitlines())
    assert "extract" in result.stderr


def test_output_can_be_written_to_an_ascii_terminal() -> None:
    """What the terminal cannot show is spelled out; data is UTF-8 all the same."""
    plain = _codeie("prompt", "-", stdin="Łódź".encode(), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (0, b"") == (plain.returncode, plain.stderr)
    assert b"\\u0141" in plain.stdout
    data = _codeie(
        "prompt", "-", "--json", stdin="Łódź".encode(), PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert "Łódź" in json.loads(data.stdout)["completion"]


@pytest.mark.skipif(os.name != "posix", reason="pipes close differently elsewhere")
def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    """When whoever reads the output stops, so does the command, without a word."""
    many = tmp_path / "many.jsonl"
    many.write_text('{"text": "so Ada"}\n' * 5000)
    process = subprocess.Popen(
        [sys.executable, "-m", "codeie", "prompt", "--json", str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert b"" == process.stderr.read()
    process.stderr.close()
    assert 141 == process.wait()


@pytest.mark.skipif(os.name != "posix", reason="signals are sent differently elsewhere")
def test_ctrl_c_ends_with_one_line() -> None:
    """An interrupt is one line and code 130."""
    process = subprocess.Popen(
        [sys.executable, "-m", "codeie", "prompt", "--json", "--format", "jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell starts what runs in its background with interrupts ignored, and so its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"text": "so Ada"}\n')
    process.stdin.flush()
    process.stdout.readline()  # by now it waits for the next line
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate()
    assert (130, b"codeie: interrupted\n") == (process.returncode, complaint)


def test_a_fault_of_codeie_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception is one line that asks for a report, and a traceback on request."""

    def fail(*, as_json: bool) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("codeie.cli._models.run_models", fail)
    result = CliRunner().invoke(app, ["models"])
    assert (70, "") == (result.exit_code, result.stdout)
    (line,) = result.stderr.splitlines()
    assert line.startswith("codeie: internal error: ZeroDivisionError: oh no; ")
    monkeypatch.setenv("CODEIE_TRACEBACK", "1")
    assert isinstance(CliRunner().invoke(app, ["models"]).exception, ZeroDivisionError)


def test_called_as_a_function_it_returns_the_code() -> None:
    """Without standalone mode the exit code is returned, as typer does."""
    result = CliRunner().invoke(app, ["extract", "nowhere.txt"], standalone_mode=False)
    assert (2, 0) == (result.return_value, result.exit_code)


def test_the_prompt_is_shown_with_its_tokens(tmp_path: Path) -> None:
    """Every message is there as it would be sent, and then what each part costs."""
    file = tmp_path / "a.txt"
    file.write_text("so Ada")
    result = CliRunner().invoke(app, ["prompt", str(file), "--model", "openai/gpt-5.2"])
    assert (0, "") == (result.exit_code, result.stderr)
    assert "class Person(Entity):" in result.stdout
    assert "so Ada" in result.stdout
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["Tokens,", "by", "o200k_base"] in rows
    named = {row[0]: row[-1] for row in rows[rows.index(["part", "tokens"]) + 2 :] if row}
    assert {"instructions", "classes", "question", "total"} <= set(named)
    assert all(count.replace(",", "").isdigit() for count in named.values())


def test_the_prompt_as_json_is_what_would_be_sent(tmp_path: Path) -> None:
    """The JSON form has messages, prefill, stop strings, and the tokens of each part."""
    file = tmp_path / "d.jsonl"
    file.write_text('{"text": "so Ada", "id": "x"}\n{"text": "so Bo"}\n')
    result = CliRunner().invoke(app, ["prompt", str(file), "--json", "-m", "anthropic/claude-x"])
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert {
        "id",
        "style",
        "version",
        "layout",
        "messages",
        "prefill",
        "stop",
        "made_example",
        "tokens",
        "counter",
        "exact",
    } == set(first)
    assert ("x", f"{file}:2") == (first["id"], second["id"])
    assert "so Bo" in second["messages"][-1]["content"]
    assert (False, "estimate (o200k_base)") == (first["exact"], first["counter"])
    assert first["tokens"]["total"] > first["tokens"]["question"] > 0


def test_a_prompt_with_a_prefill_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the answer is made to begin with is shown and counted by itself."""
    from dataclasses import replace

    import codeie.prompting

    render = codeie.prompting.render
    monkeypatch.setattr(
        codeie.prompting,
        "render",
        lambda *given, **named: replace(render(*given, **named), prefill="result = ["),
    )
    lines = (
        CliRunner()
        .invoke(app, ["prompt", "-", "--layout", "conversation"], input="so Ada")
        .stdout.splitlines()
    )
    assert "result = [" == lines[lines.index("── assistant begins with ──") + 1]


def test_the_entry_point_reads_the_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`main` is what the installed command calls."""
    monkeypatch.setattr(sys, "argv", ["anything", "extract", "nowhere.txt"])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert ("", "codeie: there is no file nowhere.txt\n") == capsys.readouterr()


def test_a_pipe_that_closes_under_way_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a broken pipe what is still written goes nowhere, so that Python can end."""

    def fail(*, as_json: bool) -> None:
        print("after")  # noqa: T201 - into the pipe
        raise BrokenPipeError

    monkeypatch.setattr("codeie.cli._models.run_models", fail)
    with (tmp_path / "pipe").open("w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert 141 == app(["models"], standalone_mode=False)
    assert "" == (tmp_path / "pipe").read_text()


def test_output_may_go_to_something_that_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stdout has been replaced by an object in memory, it is used as it is."""
    memory = io.StringIO()
    monkeypatch.setattr(sys, "stdout", memory)
    prepare_stdout(for_people=True)
    assert memory is sys.stdout


def test_a_prompt_for_a_bad_file_is_one_line(tmp_path: Path) -> None:
    """A file that cannot be read ends the command; there is nothing to show."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xff")
    result = CliRunner().invoke(app, ["prompt", str(file)])
    assert (2, "") == (result.exit_code, result.stdout)
    assert "is not utf-8: byte 0xff at offset 0" in result.stderr


_FORMS = (
    ModelForm(
        "local",
        ("local", "local:/path.gguf"),
        True,
        "pip install x",
        holds="schema, words of the text",
        sure="log-probabilities",
    ),
    ModelForm("openai", ("openai/NAME",), True, "pip install y", "OPENAI_API_KEY", False),
    ModelForm("anthropic", ("anthropic/NAME",), False, "pip install z", "ANTHROPIC_API_KEY", True),
)


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder of the test's own, and the forms of names that there are."""
    monkeypatch.setattr("codeie.clients.available", lambda: _FORMS)
    monkeypatch.setattr("codeie.clients._weights.find", lambda: None)
    monkeypatch.setenv("CODEIE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_models_says_what_is_missing(weights: Path) -> None:
    """Each form of name is ready or says what it lacks; the weights' place is given."""
    result = CliRunner().invoke(app, ["models"], env={"COLUMNS": "300"})
    assert (0, "") == (result.exit_code, result.stderr)
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert [
        "model ready missing can be held to confidence by",
        "local yes decides by likelihood",
        "local:/path.gguf yes schema, words of the text log-probabilities",
        "openai/NAME no no key: set OPENAI_API_KEY",
        "anthropic/NAME no not installed: pip install z",
        f"weights, fetched at first use: {weights}",
    ] == [row for row in rows if row and not row.startswith("─")]


def test_models_as_json(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The JSON form has one object a name, with the weights' file where it is."""
    monkeypatch.setattr("codeie.clients._weights.find", lambda: weights / "model.gguf")
    result = CliRunner().invoke(app, ["models", "--json"])
    local, file, openai, anthropic = map(json.loads, result.stdout.splitlines())
    assert {
        "model": "local",
        "provider": "local",
        "ready": True,
        "missing": None,
        "holds": None,
        "confidence": "decides by likelihood",
        "weights": str(weights / "model.gguf"),
        "weights_fetched": True,
    } == local
    assert ("local:/path.gguf", True, None) == (file["model"], file["ready"], file["weights"])
    assert (False, "no key: set OPENAI_API_KEY") == (openai["ready"], openai["missing"])
    assert (False, "not installed: pip install z") == (anthropic["ready"], anthropic["missing"])


def test_models_shows_where_the_weights_are(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once they are there, the table names the file."""
    monkeypatch.setattr("codeie.clients._weights.find", lambda: weights / "model.gguf")
    result = CliRunner().invoke(app, ["models"], env={"COLUMNS": "300"})
    assert f"weights: {weights / 'model.gguf'}" == result.stdout.splitlines()[-1]
