"""`codeie extract`: files in, results out, everything wrong on one line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tqdm import tqdm
from typer.testing import CliRunner, Result

import codeie.clients
from codeie.cli import app
from codeie.clients import Completion
from codeie.decoding import Confidence, Curve
from codeie.errors import (
    AuthenticationFailed,
    CodeIEError,
    MissingExtra,
    ProviderUnavailable,
    RequestRejected,
)
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]


def _names_of_people(prompt: Prompt) -> str:
    """A model that takes every capitalised word for a person's name."""
    names = [word.strip(".,") for word in prompt.text.split() if word[0].isupper()]
    return "[" + ", ".join(f"Person(name={name!r})" for name in names) + "]"


@pytest.fixture
def client() -> ScriptedClient:
    """The model that the command line asks."""
    return ScriptedClient(_names_of_people, name="scripted/people")


@pytest.fixture
def run(client: ScriptedClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in an empty folder, with a scripted model under every name."""
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: client)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    return run


def _write(name: str, content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    Path(name).write_bytes(data)
    return name


def _records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def _complaint(result: Result, code: int) -> str:
    """The one line on stderr of a command that failed with that code and printed nothing."""
    assert code == result.exit_code, result.output
    assert "" == result.stdout
    (line,) = result.stderr.splitlines()
    return line


# What comes out.


def test_a_text_file_gives_a_readable_table(run: Run) -> None:
    """The default is for people: the marked text, then what was found and where."""
    result = run("extract", _write("a.txt", "then Ada met Bo.\n"))
    assert (0, "") == (result.exit_code, result.stderr)
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["then", "[Ada](Person", "1)", "met", "[Bo](Person", "2)."] in lines
    assert ["1", "Person", "Ada", "5–8"] in lines
    assert ["2", "Person", "Bo", "13–15"] in lines


def test_jsonl_is_one_record_a_document(run: Run) -> None:
    """Each document gives one line under the documented keys, in order."""
    files = [_write("a.txt", "so Ada."), _write("b.txt", "nobody")]
    first, second = _records(run("extract", *files, "--jsonl"))
    keys = {"id", "outcome", "items", "diagnostics", "error", "model", "usage", "kept"}
    assert keys == set(first)
    assert ("a.txt", "items", "b.txt", "empty") == (
        first["id"],
        first["outcome"],
        second["id"],
        second["outcome"],
    )
    (item,) = first["items"]  # type: ignore[misc]
    assert {"name": "Ada"} == item["fields"]
    assert {"name": [3, 6]} == item["spans"]


def test_html_is_one_page(run: Run) -> None:
    """All documents are on one page, for light and dark screens, with no script but ours."""
    result = run("extract", _write("a.txt", "so Ada <script>"), "-o", "html")
    assert result.stdout.startswith("<!doctype html>\n")
    assert result.stdout.endswith("</body>\n</html>\n")
    assert '<meta name="color-scheme" content="light dark">' in result.stdout
    assert 1 == result.stdout.count("<script>")


def test_tables_of_several_documents_are_ruled_apart(run: Run) -> None:
    """Between two documents there is a line, and each has its name."""
    result = run("extract", _write("a.txt", "so Ada"), _write("b.txt", "so Bo"))
    assert 1 == sum(set(line) == {"─"} for line in result.stdout.splitlines())
    assert "Document a.txt" in result.stdout
    assert "Document b.txt" in result.stdout


def test_stdin_is_a_document(run: Run) -> None:
    """'-' reads one text from stdin."""
    (record,) = _records(run("extract", "-", "--jsonl", stdin="so Ada"))
    assert ("-", "items") == (record["id"], record["outcome"])


def test_json_lines_are_documents(run: Run) -> None:
    """Each line is a document, named by its id or by its place; blank lines are skipped."""
    lines = '{"text": "so Ada", "id": "x"}\n\n{"text": "so Bo"}\n{"text": "so Cy", "id": 7}'
    records = _records(run("extract", _write("d.jsonl", lines), "--jsonl"))
    assert ["x", "d.jsonl:3", "7"] == [record["id"] for record in records]


def test_json_lines_may_come_from_stdin_under_other_field_names(run: Run) -> None:
    """The format and the names of the fields can be said."""
    arguments = ("--format", "jsonl", "--text-field", "body", "--id-field", "key", "--jsonl")
    result = run("extract", "-", *arguments, stdin='{"body": "so Ada", "key": "k"}\n')
    assert ["k"] == [record["id"] for record in _records(result)]


def test_a_jsonl_file_can_be_read_as_a_text(run: Run) -> None:
    """--format text takes even a .jsonl file as one text."""
    result = run("extract", _write("d.jsonl", "so Ada"), "--format", "text", "--jsonl")
    assert ["d.jsonl"] == [record["id"] for record in _records(result)]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text_is_an_empty_result(run: Run, client: ScriptedClient, text: str) -> None:
    """Nothing to read is nothing found, not an error, and no model is asked."""
    result = run("extract", _write("a.txt", text), "--jsonl")
    (record,) = _records(result)
    assert (0, "empty", []) == (result.exit_code, record["outcome"], client.prompts)


def test_an_empty_jsonl_file_gives_no_records(run: Run) -> None:
    """No lines are no documents."""
    result = run("extract", _write("d.jsonl", ""), "--jsonl")
    assert (0, "", "") == (result.exit_code, result.stdout, result.stderr)


def test_quotes_braces_and_triple_quotes_come_through(run: Run, client: ScriptedClient) -> None:
    """The text reaches the model and the offsets as it is, whatever Python would make of it."""
    text = "'''\"\"\" {x} {{ }} \\' \\n so Ada '''"
    (record,) = _records(run("extract", _write("a.txt", text), "--jsonl"))
    assert text == client.prompts[0].text
    (item,) = record["items"]  # type: ignore[misc]
    assert {"name": [text.index("Ada"), text.index("Ada") + 3]} == item["spans"]


def test_a_megabyte_of_text_is_read(run: Run, client: ScriptedClient) -> None:
    """A text of 1 MB is one document like any other; the table shows the parts around marks."""
    result = run("extract", _write("a.txt", "some words " * 100_000 + "Ada"))
    assert 0 == result.exit_code
    assert 1_100_003 == len(client.prompts[0].text)
    assert "of 1,100,003 characters are shown" in " ".join(result.stdout.split())


def test_line_ends_and_byte_order_mark(run: Run, client: ScriptedClient) -> None:
    """Line ends stay as they are; the mark at the start of a file is no part of the text."""
    run("extract", _write("a.txt", b"\xef\xbb\xbfso\r\nAda"))
    assert "so\r\nAda" == client.prompts[0].text


def test_other_encodings_can_be_named(run: Run, client: ScriptedClient) -> None:
    """--encoding holds for all files."""
    run("extract", _write("a.txt", "Łódź".encode("cp1250")), "--encoding", "cp1250")
    assert "Łódź" == client.prompts[0].text


def test_bytes_of_no_encoding_can_be_replaced(run: Run, client: ScriptedClient) -> None:
    """With --errors replace a damaged file is read all the same."""
    run("extract", _write("a.txt", b"so \xff Ada"), "--errors", "replace")
    assert "so \ufffd Ada" == client.prompts[0].text


def test_half_a_surrogate_pair_is_written_escaped(run: Run) -> None:
    """A text that no encoding can write still gives a record that JSON can read."""
    result = run("extract", _write("d.jsonl", '{"text": "so A\\ud800"}'), "--jsonl")
    (record,) = _records(result)
    (item,) = record["items"]  # type: ignore[misc]
    assert {"name": "A\ud800"} == item["fields"]


def test_sampling_is_passed_on(run: Run, client: ScriptedClient) -> None:
    """Temperature, token limit and timeout reach the model; what is not given is not sent."""
    options = ("--temperature", "0", "--max-tokens", "50")
    run("extract", _write("a.txt", "so Ada"), *options)
    (settings,) = client.settings
    assert (0, 50, None) == (settings.temperature, settings.max_tokens, settings.timeout)


def test_long_texts_are_asked_about_in_pieces(run: Run, client: ScriptedClient) -> None:
    """With --chunk a text is as many questions as it needs, and one record."""
    name = _write("a.txt", "so Ada.\n" * 100)
    (record,) = _records(run("extract", name, "--jsonl", "--chunk", "300"))
    assert [264, 264, 272] == [len(prompt.text) for prompt in client.prompts]
    spans = [item["spans"]["name"] for item in record["items"]]  # type: ignore[attr-defined]
    assert [[8 * line + 3, 8 * line + 6] for line in range(100)] == spans


def test_answers_are_held_to_a_grammar(run: Run) -> None:
    """With --constrain, which says so where the model takes none; a slip is one line."""
    name = _write("a.txt", "so Ada")
    (record,) = _records(run("extract", name, "--jsonl", "--constrain", "document"))
    codes = [one["code"] for one in record["diagnostics"]]  # type: ignore[attr-defined]
    assert ["unconstrained-answer"] == codes
    assert 2 == run("extract", name, "--constrain", "always").exit_code


def test_confidences_are_asked_for_or_made_true(run: Run, client: ScriptedClient) -> None:
    """With --confidence; a file of a fitted one makes them true, and a slip is one line."""
    name = _write("a.txt", "so Ada")
    (record,) = _records(run("extract", name, "--jsonl", "--confidence", "raw"))
    codes = [one["code"] for one in record["diagnostics"]]  # type: ignore[attr-defined]
    assert (["no-confidence"], True) == (codes, client.settings[0].logprobs)
    fitted = _write("f.json", Confidence(Curve(((0.0, 0.0), (1.0, 0.5))), 0.25).to_json())
    assert 0 == run("extract", name, "--confidence", fitted).exit_code
    for wrong, says in [
        (["nowhere.json"], "--confidence is raw or a file; nowhere.json cannot be read: No such"),
        ([name], "--confidence a.txt: this is no confidence as to_json writes it: "),
        (["raw", fitted], "--confidence is raw or files, not both"),
    ]:
        slip = run("extract", name, *(word for one in wrong for word in ("--confidence", one)))
        assert (2, True) == (slip.exit_code, slip.stderr.startswith(f"codeie: {says}"))
        assert slip.stderr.count("\n") == 1


def test_a_strategy_is_named(run: Run, client: ScriptedClient) -> None:
    """With --strategy it asks more than once; a slip in it is one line, before anybody is asked."""
    name = _write("a.txt", "so Ada")
    (record,) = _records(run("extract", name, "--jsonl", "--strategy", "vote(3)"))
    assert [1.0] == [item["confidence"] for item in record["items"]]  # type: ignore[attr-defined]
    assert 3 == len(client.prompts)
    line = _complaint(run("extract", name, "--strategy", "vot(3)"), 2)
    assert "there is no strategy 'vot'; try vote" in line
    line = _complaint(run("extract", name, "--strategy", "vote(3)", "--temperature", "0"), 2)
    assert "voting needs a temperature above 0" in line
    assert 3 == len(client.prompts)


def test_answers_can_be_kept(run: Run, client: ScriptedClient) -> None:
    """With --run a repeated run asks nothing twice, gives the same and says what it costs."""
    name = _write("a.txt", "so Ada")
    (first,) = _records(run("extract", name, "--jsonl", "--run", "kept/answers.db"))
    (again,) = _records(run("extract", name, "--jsonl", "--run", "kept/answers.db"))
    assert (0, 1) == (first.pop("kept")["answers"], again.pop("kept")["answers"])  # type: ignore[index]
    assert first == again
    assert 1 == len(client.prompts)


def test_a_wrong_key_ends_a_run_after_what_is_paid_for(
    run: Run, client: ScriptedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered or kept is written; the rest is not asked; one line says why."""
    lines = "".join(json.dumps({"text": f"so {name}", "id": name}) + "\n" for name in "ABCDEF")
    options = ("--jsonl", "--concurrency", "1", "--run", "a.db")
    run("extract", _write("first.jsonl", lines[:60]), *options)
    assert 2 == len(client.prompts)

    def refuse(prompt: Prompt) -> str:
        if prompt.text == "so D":
            raise AuthenticationFailed("the key is wrong", hint="set OPENAI_API_KEY")
        return _names_of_people(prompt)

    refusing = ScriptedClient(refuse, name="scripted/people")
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: refusing)
    result = run("extract", _write("all.jsonl", lines), *options)
    records = _records(result)
    assert [("A", 1), ("B", 1), ("C", 0)] == [
        (one["id"], one["kept"]["answers"])  # type: ignore[index]
        for one in records
    ]
    assert "codeie: the key is wrong set OPENAI_API_KEY\n" == result.stderr
    assert (3, ["so C", "so D"]) == (result.exit_code, [p.text for p in refusing.prompts])
    page = run("extract", "all.jsonl", "-o", "html", *options[1:])
    assert (3, True) == (page.exit_code, page.stdout.endswith("</body>\n</html>\n"))


def test_an_exception_of_a_client_fails_its_document(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a client raises, the other documents are in the output and the error is a record."""

    def stumble(prompt: Prompt) -> str:
        if prompt.text == "so Bo":
            raise KeyError("choices")
        return _names_of_people(prompt)

    stumbling = ScriptedClient(stumble, name="mine/model")
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: stumbling)
    names = [_write(f"{name}.txt", f"so {name}") for name in ("Ada", "Bo", "Cy")]
    result = run("extract", *names, "--jsonl")
    records = _records(result)
    assert ["items", "failed", "items"] == [one["outcome"] for one in records]
    assert "mine/model failed: KeyError: 'choices'" == records[1]["error"]["message"]  # type: ignore[index]
    assert (1, 2) == (result.exit_code, len(result.stderr.splitlines()))


@pytest.mark.skipif(os.name != "posix", reason="there are no such files elsewhere")
def test_what_is_no_regular_file_is_read_once(run: Run) -> None:
    """Pipes and devices are read like files, and not opened before."""
    (record,) = _records(run("extract", "/dev/null", "--jsonl"))
    assert ("/dev/null", "empty") == (record["id"], record["outcome"])


def test_a_bar_shows_long_work_to_whoever_watches(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a bar counts the documents on stderr, and clears away for each result."""
    watched: list[dict[str, object]] = []

    class Bar(tqdm):
        def __init__(self, *given: object, **named: object) -> None:
            watched.append(named)
            super().__init__(*given, **named)

    monkeypatch.setattr("tqdm.auto.tqdm", Bar)
    monkeypatch.setattr("codeie.cli._extract.is_watched", lambda: True)
    names = [_write("a.txt", "so Ada"), _write("b.txt", "so Bo")]
    assert 2 == len(_records(run("extract", *names, "--jsonl")))
    run("extract", "a.txt", "--jsonl")
    run("extract", _write("d.jsonl", ""), "--jsonl")
    assert [(2, False), (1, True), (None, False)] == [
        (named["total"], named["disable"]) for named in watched
    ]


# The schema.


def test_classes_come_from_a_file_of_the_user(run: Run, client: ScriptedClient) -> None:
    """path/to/file.py:Name names classes; what the file prints goes to stderr."""
    Path("my").mkdir()
    _write("my/words.py", "SUFFIX = 'x'")
    _write(
        "my/schema.py",
        "from __future__ import annotations\nfrom dataclasses import dataclass\nimport words\n"
        "print('hello')\n@dataclass\nclass Person:\n    name: str\n    of: Person | None = None\n"
        "@dataclass\nclass Other:\n    name: str\n",
    )
    result = run("extract", _write("a.txt", "so Ada"), "-s", "my/schema.py:Person", "--jsonl")
    (record,) = _records(result)
    assert "items" == record["outcome"]
    assert "hello\n" == result.stderr
    assert ["Person"] == [spec.name for spec in client.prompts[0].schema.classes]


def test_without_names_all_classes_of_the_file_count(run: Run, client: ScriptedClient) -> None:
    """A file without SCHEMA gives the dataclasses written in it, not those it imports."""
    _write(
        "mine.py",
        "from dataclasses import dataclass\nfrom codeie.schemas.starter import Place\n"
        "@dataclass\nclass Person:\n    name: str\n@dataclass\nclass Other:\n    name: str\n",
    )
    run("extract", _write("a.txt", "so Ada"), "--schema", "mine.py")
    assert ["Person", "Other"] == [spec.name for spec in client.prompts[0].schema.classes]


def test_a_ready_made_schema_is_named_by_its_module(run: Run, client: ScriptedClient) -> None:
    """package.module takes the module's SCHEMA; names after the colon choose among it."""
    run("extract", _write("a.txt", "so Ada"))
    run("extract", "a.txt", "--schema", "codeie.schemas.starter:Place,Person")
    assert [["Person", "Organization", "Place"], ["Place", "Person"]] == [
        [spec.name for spec in prompt.schema.classes] for prompt in client.prompts
    ]


_SCHEMA = "from dataclasses import dataclass\n@dataclass\nclass Person:\n    name: str\nN = 3\n"


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("nowhere.to_be:A", "nowhere.to_be cannot be imported: ModuleNotFoundError: No module named 'nowhere'"),
        ("nowhere.py:A", "there is no file nowhere.py"),
        ("good.py:Persn", "good.py has no class Persn; did you mean Person?"),
        ("good.py:Zzz", "good.py has no class Zzz; it has: Person"),
        ("good.py:N", "N in good.py is not a class"),
        ("empty.py", "empty.py has no dataclasses; name what to extract as empty.py:Name,Name"),
        ("empty.py:A", "empty.py has no class A; it has: no dataclasses"),
        ("broken.py", "broken.py cannot be imported: SyntaxError: '(' was never closed (broken.py, line 1)"),
        ("leaves.py", "leaves.py cannot be imported: SystemExit: bye"),
        ("not a module", "'not a module' is neither a module (package.module:Name) nor a Python file (path/to/file.py:Name)"),
        (".:A", "'.' is neither a module (package.module:Name) nor a Python file (path/to/file.py:Name)"),
        ("", "'' is neither a module (package.module:Name) nor a Python file (path/to/file.py:Name)"),
    ],
)  # fmt: skip
def test_a_wrong_schema_is_one_line(run: Run, schema: str, said: str) -> None:
    """Whatever is wrong with the schema's module or names is said in one line."""
    _write("good.py", _SCHEMA)
    _write("empty.py", "")
    _write("broken.py", "x = (")
    _write("leaves.py", "raise SystemExit('bye')")
    result = run("extract", _write("a.txt", "so Ada"), "--schema", schema)
    assert f"codeie: --schema: {said}" == _complaint(result, 2)


def test_a_class_that_cannot_be_in_a_schema_is_one_line(run: Run) -> None:
    """A class that is no dataclass is refused with its name."""
    _write("plain.py", "class Person:\n    name: str\n")
    said = _complaint(run("extract", _write("a.txt", "x"), "-s", "plain.py:Person"), 2)
    assert "Person" in said
    assert "dataclass" in said


def test_ctrl_c_during_the_import_is_an_interrupt(run: Run) -> None:
    """An interrupt while the schema is imported is not taken for an error of the schema."""
    _write("slow.py", "raise KeyboardInterrupt")
    result = run("extract", _write("a.txt", "x"), "--schema", "slow.py")
    assert "codeie: interrupted" == _complaint(result, 130)


# Wrong input.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.txt"], "there is no file nowhere.txt"),
        (["folder"], "folder holds no files of documents (see docs/documents.md), but nothing"),
        (["-", "-"], "'-' (stdin) can be read only once"),
        (["good.txt", "--encoding", "utf-9"], "--encoding: there is no encoding 'utf-9'"),
        (["good.txt", "--encoding", "rot13"], "--encoding: there is no encoding 'rot13'"),
        (["good.txt", "--format", "jsonl", "--encoding", "utf-16"], "--encoding: JSON lines and CSV cannot be in utf-16; convert to UTF-8"),
        (["bad.txt"], "bad.txt is not utf-8: byte 0xff at offset 3 (invalid start byte); name its --encoding, or use --errors replace"),
        (["mark.txt"], "mark.txt is not utf-8: byte 0xff at offset 6 (invalid start byte); name its --encoding, or use --errors replace"),
        (["good.txt", "--style", "code4ui"], "there is no prompt style 'code4ui'"),
        (["--jsonl"], "Missing argument 'FILE...' (see codeie --help)"),
        (["good.txt", "--output", "xml"], "Invalid value for '--output' / '-o'"),
        (["good.txt", "--concurrency", "0"], "Invalid value for '--concurrency'"),
        (["good.txt", "--chunk", "50"], "chunk=50 is too few code points"),
        (["good.txt", "--jsonll"], "No such option: --jsonll"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_line(run: Run, arguments: list[str], said: str) -> None:
    """Wrong files and arguments end with code 2 and one line that says what is wrong."""
    Path("folder").mkdir()
    _write("good.txt", "so Ada")
    _write("bad.txt", b"abc\xff")
    _write("mark.txt", b"\xef\xbb\xbfabc\xff")
    if arguments[0] in ("bad.txt", "mark.txt"):
        arguments = [*arguments, "--output", "jsonl"]
        result = run("extract", *arguments)
        assert 2 == result.exit_code
        (record,) = _records(result)
        assert ("InputError", said) == (record["error"]["type"], record["error"]["message"])
        assert f"codeie: {said}\n" == result.stderr
    else:
        assert _complaint(run("extract", *arguments), 2).startswith(f"codeie: {said}")


def test_a_file_that_may_not_be_read_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be opened is found before any work, with the system's reason."""

    def refuse(self: Path, *arguments: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    name = _write("a.txt", "so Ada")
    monkeypatch.setattr(Path, "open", refuse)
    assert "codeie: a.txt cannot be read: Permission denied" == _complaint(run("extract", name), 2)


def test_a_file_that_vanishes_fails_in_its_place(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone by the time it is read fails; the run goes on."""
    names = [_write("a.txt", "so Ada"), _write("b.txt", "so Bo")]
    monkeypatch.setattr("codeie.cli._extract.check_files", lambda *_: Path("a.txt").unlink())
    result = run("extract", *names, "--jsonl")
    assert ["failed", "items"] == [record["outcome"] for record in _records(result)]
    assert 1 == result.exit_code
    assert [
        "codeie: a.txt cannot be read: No such file or directory",
        "codeie: 1 of 2 documents failed",
    ] == result.stderr.splitlines()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nope", "d.jsonl:2: not JSON: Expecting value at column 1"),
        (b'{"text": ' + b"9" * 5000 + b"}", "d.jsonl:2: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"),
        (b"[" * 100_000, "d.jsonl:2: the JSON is nested too deeply"),
        (b"[1]", "d.jsonl:2: expected a JSON object, got list"),
        (b'{"txt": "a"}', "d.jsonl:2: no field 'text' (see --text-field); did you mean 'txt'?"),
        (b'{"body": "a"}', "d.jsonl:2: no field 'text' (see --text-field); it has body"),
        (b"{}", "d.jsonl:2: no field 'text' (see --text-field); it has no fields"),
        (b'{"text": 5}', "d.jsonl:2: field 'text' holds int, not a string"),
        (b'{"text": "\xff"}', "d.jsonl:2 is not utf-8: byte 0xff at offset 26 (invalid start byte); name its --encoding, or use --errors replace"),
    ],
)  # fmt: skip
def test_a_bad_line_fails_alone(run: Run, line: bytes, said: str) -> None:
    """A line that is no document fails in its place; those around it are answered."""
    name = _write("d.jsonl", b'{"text": "Ada"}\n%s\n{"text": "Bo"}\n' % line)
    result = run("extract", name, "--jsonl")
    assert ["items", "failed", "items"] == [record["outcome"] for record in _records(result)]
    assert 1 == result.exit_code
    first, last = result.stderr.splitlines()
    assert f"codeie: {said}" == first
    assert "codeie: 1 of 3 documents failed" == last


def test_documents_beyond_the_limit_fail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or line that is too large fails by itself, without being read to its end."""
    monkeypatch.setattr("codeie.documents._files._MAX_BYTES", 20)
    _write("a.txt", "x" * 21)
    _write("d.jsonl", '{"text": "' + "x" * 50 + '"}\n{"text": "so Ada"}\n')
    result = run("extract", "a.txt", "d.jsonl", "--jsonl")
    assert ["failed", "failed", "items"] == [record["outcome"] for record in _records(result)]
    assert [
        "codeie: a.txt is larger than 20 bytes; split it into documents",
        "codeie: d.jsonl:1: the line is longer than 20 bytes",
        "codeie: 2 of 3 documents failed",
    ] == result.stderr.splitlines()


# What the model does.


def test_an_unknown_model_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model name of no known form is an error of the arguments, with the nearest name."""
    monkeypatch.undo()
    result = CliRunner().invoke(app, ["extract", "-", "--model", "gpt-5.2"], input="x")
    said = _complaint(result, 2)
    assert said.startswith("codeie: unknown model 'gpt-5.2' (did you mean 'openai/gpt-5.2'?);")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (AuthenticationFailed("the key is wrong", hint="Set it."), 3, "codeie: the key is wrong Set it."),
        (MissingExtra("the package is missing"), 3, "codeie: the package is missing"),
    ],
)  # fmt: skip
def test_a_model_that_cannot_be_used_ends_the_run(
    run: Run, client: ScriptedClient, error: CodeIEError, code: int, said: str
) -> None:
    """Where no later document could fare better, the run ends at once with code 3."""
    client.__init__([error] * 20)  # type: ignore[misc]
    names = [_write(f"{number}.txt", "so Ada") for number in range(20)]
    assert said == _complaint(run("extract", *names), code)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([ProviderUnavailable("down"), ProviderUnavailable("down")], 3),
        ([ProviderUnavailable("down"), "[]"], 1),
        ([RequestRejected("too long"), RequestRejected("too long")], 1),
        ([ProviderUnavailable("down"), RequestRejected("too long")], 1),
        (["[]", "I cannot do that, sorry."], 1),
    ],
)
def test_the_exit_code_tells_some_from_all(
    run: Run, client: ScriptedClient, answers: list[str | Exception], code: int
) -> None:
    """Code 1 if some documents failed, 3 if all did because the model was not to be had."""
    client.__init__(answers)  # type: ignore[misc]
    names = [_write("a.txt", "so Ada"), _write("b.txt", "so Bo")]
    result = run("extract", *names, "--jsonl", "--concurrency", "1")
    assert code == result.exit_code
    assert 2 == len(_records(result))
    failed = sum(not isinstance(answer, str) or answer != "[]" for answer in answers)
    assert failed + 1 == len(result.stderr.splitlines())
    assert f"codeie: {failed} of 2 documents failed" == result.stderr.splitlines()[-1]


def test_an_answer_that_cannot_be_read_is_not_an_empty_one(
    run: Run, client: ScriptedClient
) -> None:
    """The record, the line on stderr and the exit code all tell it from nothing found."""
    client.__init__(["Sorry, I cannot do that."])  # type: ignore[misc]
    result = run("extract", _write("a.txt", "so Ada"), "--jsonl")
    (record,) = _records(result)
    assert (1, "unparsed") == (result.exit_code, record["outcome"])
    assert (
        "codeie: a.txt: the model answered, but nothing in its answer could be read\n"
        == result.stderr
    )


def test_records_come_as_they_are_ready(run: Run, client: ScriptedClient) -> None:
    """Documents are read as they are needed, so an input without end needs no more memory."""
    seen: list[int] = []

    def answer(prompt: Prompt) -> Completion:
        seen.append(len(client.prompts))
        return Completion("[]")

    client.__init__(answer)  # type: ignore[misc]
    lines = '{"text": "so Ada"}\n' * 50
    result = run("extract", _write("d.jsonl", lines), "--jsonl", "--concurrency", "2")
    assert 50 == len(_records(result))
    assert all(asked - number <= 2 for number, asked in enumerate(seen))


# Demonstrations.

TRAIN = """\
{"text": "Ann left Skagen.", "mentions": [{"type": "Person", "start": 0, "end": 3}]}
{"text": "Bo cooks.", "mentions": [{"type": "Person", "start": 0, "end": 2}]}
{"text": "Fog in Skagen today."}
"""


def test_demonstrations_are_chosen_from_a_file(run: Run, client: ScriptedClient) -> None:
    """Labelled documents are demonstrations of the schema's classes, chosen as asked."""
    train, text = _write("train.jsonl", TRAIN), _write("a.txt", "Cy left Skagen for good.")
    for options, shown in (
        ((), ["Bo cooks.", "Fog in", "Ann left"]),
        (("--select", "bm25:1"), ["Ann left"]),
        (("--select", "fixed:2"), ["Ann left", "Bo cooks."]),
    ):
        result = run("extract", text, "--demonstrations", train, *options, "--jsonl")
        assert 0 == result.exit_code, result.output
        prompt = str(client.prompts[-1])
        found = [one for one in ("Ann left", "Bo cooks.", "Fog in") if one in prompt]
        assert shown == sorted(found, key=prompt.index)
        assert "codeie: train: read as jsonl" == result.stderr.strip()
    (record,) = _records(run("extract", text, "--demonstrations", train, "--jsonl"))
    assert ["few-demonstrations"] == [one["code"] for one in record["diagnostics"]]  # type: ignore[attr-defined]


def test_what_is_odd_in_demonstrations_is_one_line_each(run: Run) -> None:
    """Warnings of examples are said as errors are, without a place in the code."""
    train, text = _write("train.jsonl", TRAIN + TRAIN), _write("a.txt", "Cy left.")
    result = run("extract", text, "--demonstrations", train, "--select", "fixed:1", "--jsonl")
    assert 0 == result.exit_code
    assert [
        "codeie: train: read as jsonl",
        "codeie: 3 with the text of an earlier one of 6 examples are left out",
    ] == result.stderr.splitlines()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--select", "bm25:8"), "--select needs --demonstrations"),
        (("--select", "bm24", "--demonstrations", "x"), "'bm24'; did you mean 'bm25'?"),
        (("--select", "bm25:", "--demonstrations", "x"), "write bm25:8, bm25:1500tokens or"),
        (("--demonstrations", "train.jsonl"), "there is no such file"),
        (("--demonstrations", "train.xml"), "train.xml does not tell what format it is in"),
    ],
)
def test_a_choice_that_cannot_be_made_is_one_line(
    run: Run, client: ScriptedClient, options: tuple[str, ...], words: str
) -> None:
    """Before any model is asked."""
    assert words in _complaint(run("extract", _write("a.txt", "Cy."), *options), 2)
    assert not client.prompts


def test_whole_records_can_be_shown(run: Run) -> None:
    """What was written whole is shown again, as tables or as a page, and bad lines are named."""
    written = run("extract", _write("a.txt", "so Ada"), "-o", "whole")
    path = _write("found.jsonl", written.stdout)
    assert "[Ada](" in run("show", path).stdout
    assert run("show", path, "-o", "html").stdout.startswith("<!doctype html>\n")
    assert "line 1: not JSON" in _complaint(run("show", _write("bad.jsonl", "{")), 2)


def test_documents_as_people_have_them_are_read(run: Run, client: ScriptedClient) -> None:
    """A PDF, a page and a mailbox in one command: each item says where it stands in its file."""
    pytest.importorskip("pypdfium2")
    pytest.importorskip("selectolax")
    from pdfs import made

    Path("report.pdf").write_bytes(made([[(60, 700, 11, "Ada wrote it.")]]))
    _write("page.html", "<nav>Menu</nav><p>then <b>Cy</b> came")
    _write("mails.mbox", "From x\nSubject: hello\n\nnothing\n\nFrom x\nSubject: hi\n\n> Bo\n")
    result = run(
        *("extract", "report.pdf", "page.html", "mails.mbox", "--jsonl"),
        *("--without", "quoted", "--without", "boilerplate"),
    )
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["report.pdf", "page.html", "mails.mbox:1", "mails.mbox:2"] == [
        one["id"] for one in records
    ]
    places = {
        mention["string"]: [(place["kind"], place["path"]) for place in mention["places"]]
        for one in records
        for item in one["items"]
        for mention in item["mentions"]
    }
    assert places["Ada"] == [("page", "1")]
    assert places["Cy"] == [("element", "html > body > p:nth-of-type(1) > b:nth-of-type(1)")]
    assert "Bo" not in places
    assert "Menu" not in places
    assert [["left-out"], []] == [
        [one["code"] for one in record["diagnostics"] if one["code"] == "left-out"]
        for record in (records[3], records[2])
    ]


def test_a_file_that_needs_a_package_names_it(
    run: Run, client: ScriptedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked, on one line."""
    monkeypatch.setattr("codeie.documents._formats.find_spec", lambda _name: None)
    result = run("extract", _write("a.pdf", "%PDF"))
    assert result.exit_code == 3
    assert result.stderr == (
        "codeie: a.pdf needs the package 'pypdfium2'; pip install \"codeie[pdf]\" adds it\n"
    )
    assert client.prompts == []
