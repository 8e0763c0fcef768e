"""No answer can crash the interpreter, or take more than linear time."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from codeie.errors import InputError
from codeie.parsing import ParseLimits

RUN = textwrap.dedent(
    """
    import sys, threading
    from dataclasses import dataclass
    from codeie.introspection import introspect
    from codeie.parsing import parse

    @dataclass
    class A:
        x: str = ""
        y: object = None

    SCHEMA = introspect([A])
    N = 100_000
    MB = 1_000_000
    hostile = eval(sys.argv[1])
    threading.stack_size(512 * 1024)

    def read(text):
        result = parse(text, SCHEMA)
        assert result.items or result.diagnostics or result.outcome == "empty", text[:50]

    def work():
        for text in hostile:
            read(text)
            read('A("before")\\n' + text[: 3 * N])
        print("survived")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    """
)

NESTED = {
    "list": "['[' * N, '[' * N + ']' * N, 'A(y=' + '[' * N + ']' * N + ')']",
    "parenthesis": "['(' * N, '(' * N + ')' * N, 'A(y=' + '(' * N + ')' * N + ')']",
    "brace": "['{' * N, '{' * N + '}' * N, 'A(y=' + '{' * N + '}' * N + ')']",
    "call": "['A(' * N, 'A(' * N + ')' * N, 'A(y=' * N, 'A(y=[' * N, 'A(y=[' * N + '])' * N]",
    "unknown call": "['f(' * N, 'f(a=[' * N, 'x = ' + 'f(' * N + ')' * N]",
    "dict": "['{1:' * N, '{\"a\":' * N, '{\"a\":[' * N + ']}' * N, 'A(y={1:(' * N]",
    "mixed": "['A(y=[\"a\", # [\\n' * 5000, 'A(\"\\\\\"[\", y=\\\\\\n[' * N, '[(' * N + ')]' * N]",
    "seventeen deep": "['A(y=' + '[' * d + ']' * d + ')' for d in range(10, 40)]",
    "just inside": "[('A(y=[' * 8 + '])' * 8), ('A(y={1:(' * 5 + '1)})' * 5)]",
}

CHAINS = {
    "calls": "['A' + '()' * N, 'A(y=f' + '()' * N + ')', 'A(y=f' + '()' * 95 + ')']",
    "attributes": "['a' + '.b' * N, 'A(y=a' + '.b' * N + ')', 'A(y=a' + '.b' * 45 + ')']",
    "subscripts": "['a' + '[0]' * N, 'A(y=a' + '[0]' * N + ')', 'A(y=a' + '[0]' * 30 + ')']",
    "operators": "['A(y=1' + '+1' * N + ')', 'A(y=1' + '**1' * N + ')', 'A(y=1' + '<1' * N + ')']",
    "prefixes": "['A(y=' + '-' * N + '1)', 'A(y=' + 'not ' * N + '1)', 'A(y=' + '~' * 90 + '1)']",
    "words": "['A(y=' + 'lambda:' * N + '1)', 'A(y=1' + ' if 1 else 1' * N + ')']",
    "strings": "['A(' + '\"a\" ' * N + ')', 'A(' + '\"a\" ' * 95 + ')', 'A(' + '\"a\"' * N + ')']",
    "both": "['A(y=' + ('f' + '()' * 12 + '(') * 7 + ')' * 8, 'A(y=' + '-[' * 15 + ']' * 15 + ')']",
    "f-string": "['A(f\"{' + '(' * N + ')' * N + '}\")', 'A(f\"{' + 'f(' * 60 + ')' * 60 + '}\")']",
    "folded": "['A(y=1' + '+1' * 47 + ')', 'A(y=\"a\"' + '.strip()' * 22 + ')', "
    "'[A(y=x' + '+x' * 40 + ') for x in [1]]', 'A(y=' + '[x for x in [' * 7 + ']]' * 7 + ')', "
    "'a = [A()]\\nA(y=' + 'a[-' * 14 + '1' + ']' * 14 + ')', 'A(y=' + '9**' * 45 + '9)']",
    "digits": "['A(y=' + '9' * MB + ')', 'A(y=' + '9' * 5000 + ')', 'A(y=1e' + '9' * 5000 + ')']",
}

LONG = {
    "spaces": "[' ' * MB, 'A(' + ' ' * MB, '[' + ' ' * MB, 'A(\"' + ' ' * MB]",
    "quotes": "['\"' * MB, \"'\" * MB, 'A(' + '\"' * MB, '[' + '\"' * MB, 'A(\"\"' * (MB // 4)]",
    "backslashes": "['\\\\' * MB, 'A(\"' + '\\\\' * MB, 'A(' + '\\\\\\n' * (MB // 2)]",
    "commas": "[',' * MB, '[' + ',' * (MB // 9), 'A(' + ',' * MB]",
    "words": "['a' * MB, 'a ' * (MB // 2), '[' + 'a,' * (MB // 9), 'a=' * (MB // 9)]",
    "comments": "['#' * MB, '#\\n' * (MB // 2), 'A(' + '#\\n' * (MB // 2), 'A(#' * (MB // 3)]",
    "closers": "[')' * MB, 'A(\"x' + ')' * MB, ']' * MB, 'A(\"x\")' + '})]' * (MB // 3)]",
    "damaged": "['A(\"x), ' * 5000, 'A(\"x\\n' * 5000, '[A(x=\"a' * 5000]",
    "cut": "['A(x=1, ' * 5000, 'A(1,' + '1,' * (MB // 2), 'A(y=[1,' * 5000]",
    "prose": "['Person(' * (MB // 7), 'see A(x ' * (MB // 8), '`' * MB, '<' * MB, '- ' * (MB // 2)]",
    "thinking": "['<think>' * (MB // 7), '</think>' * (MB // 8), 'class A:\\n ' * (MB // 10)]",
    "lines": "['\\n' * MB, 'x = 1\\n' * (MB // 6), 'def f():\\n' * (MB // 9), 'import A\\n' * (MB // 9)]",
    "items": "['A(\"x\"),\\n' * (MB // 50), '[' + 'A(\"x\"),' * (MB // 50), 'a = A(\"x\")\\n' * 9999]",
    "doubling": "['b = A(y=0)\\n' + ''.join(f'b = A(y=[b, b])\\n' for _ in range(999))]",
    "comprehensions": "['[A(x) for x in [' + '1,' * 9_000 + ']]', '[A(x) ' + 'for x in [1]' * 2500, "
    "'[A(y=z), for ' * 2500, '[A(y=z) for ' * 2500, 'a = [\"b\", ' * 2500, "
    "'[A(y=z) for z in [1,2] for z in [' + '1,' * 2_500 + ']]']",
    "constants": '[\'a = "b" + "c"\\n\' * 5_000, \'a = ["b"]\\n[*a, a[0], a[:]]\\n\' * 5_000, '
    "'a = \"b\"\\n' + 'a = a + a\\n' * 5_000, 'A(f\"{a}' * 5_000, 'A(\"b\" * 60_000),' * 2500]",
    "names": "[''.join(f'Ab{i}(\"x\")\\n' for i in range(40_000))]",
}


def survives(expression: str) -> None:
    """Read hostile texts in a process of its own, on a thread with a small stack."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, expression],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (0, "survived\n") == (done.returncode, done.stdout), done.stderr[-2000:]


@pytest.mark.parametrize("form", NESTED)
def test_nesting_cannot_crash(form: str) -> None:
    """Nesting of 100,000, open and closed, is survived on a thread with 512 KiB of stack."""
    survives(NESTED[form])


@pytest.mark.parametrize("form", CHAINS)
def test_chains_cannot_crash(form: str) -> None:
    """Chains of 100,000, and the longest ones let through, are survived on a small stack."""
    survives(CHAINS[form])


@pytest.mark.slow
@pytest.mark.parametrize("form", LONG)
def test_a_megabyte_is_read_in_linear_time(form: str) -> None:
    """A megabyte of one thing over and over is read, far from any quadratic time."""
    survives(LONG[form])


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_depth", 0), ("max_depth", 33), ("max_chain", 201), ("max_digits", 4301)],
)
def test_unsafe_limits_are_refused(name: str, value: int) -> None:
    """Limits that would not guard the stack are refused, naming the limit."""
    with pytest.raises(InputError, match=name):
        ParseLimits(**{name: value})
