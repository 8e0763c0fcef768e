"""No answer can crash the interpreter, or take more than linear time."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

from codeie.errors import InputError
from codeie.parsing import ParseLimits

RUN = textwrap.dedent(
    """
    import json, resource, sys, threading
    from dataclasses import dataclass
    from codeie.introspection import introspect
    from codeie.parsing import parse

    @dataclass
    class A:
        x: str = ""
        y: object = None

    SCHEMA = introspect([A])
    N = 100_000
    LONG = 250_000
    forms = json.loads(sys.argv[1])
    # Of computing, not of waiting: another program's load makes no difference.
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    threading.stack_size(512 * 1024)

    def read(text):
        result = parse(text, SCHEMA)
        assert result.items or result.diagnostics or result.outcome == "empty", text[:50]

    def work():
        for name, expression in forms.items():
            for text in eval(expression):
                read(text)
                read('A("before")\\n' + text[:N])
            print(name, flush=True)

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
    "digits": "['A(y=' + '9' * LONG + ')', 'A(y=' + '9' * 5000 + ')', 'A(y=1e' + '9' * 5000 + ')']",
}

LONG = {
    "spaces": "[' ' * LONG, 'A(' + ' ' * LONG, '[' + ' ' * LONG, 'A(\"' + ' ' * LONG]",
    "quotes": "['\"' * LONG, \"'\" * LONG, 'A(' + '\"' * LONG, '[' + '\"' * LONG, 'A(\"\"' * (LONG // 4)]",
    "backslashes": "['\\\\' * LONG, 'A(\"' + '\\\\' * LONG, 'A(' + '\\\\\\n' * (LONG // 2)]",
    "commas": "[',' * LONG, '[' + ',' * (LONG // 9), 'A(' + ',' * LONG]",
    "words": "['a' * LONG, 'a ' * (LONG // 2), '[' + 'a,' * (LONG // 9), 'a=' * (LONG // 9)]",
    "comments": "['#' * LONG, '#\\n' * (LONG // 2), 'A(' + '#\\n' * (LONG // 2), 'A(#' * (LONG // 3)]",
    "closers": "[')' * LONG, 'A(\"x' + ')' * LONG, ']' * LONG, 'A(\"x\")' + '})]' * (LONG // 3)]",
    "damaged": "['A(\"x), ' * 5000, 'A(\"x\\n' * 5000, '[A(x=\"a' * 5000]",
    "cut": "['A(x=1, ' * 5000, 'A(1,' + '1,' * (LONG // 2), 'A(y=[1,' * 5000]",
    "prose": "['Person(' * (LONG // 7), 'see A(x ' * (LONG // 8), '`' * LONG, '<' * LONG, '- ' * (LONG // 2)]",
    "thinking": "['<think>' * (LONG // 7), '</think>' * (LONG // 8), 'class A:\\n ' * (LONG // 10)]",
    "lines": "['\\n' * LONG, 'x = 1\\n' * (LONG // 6), 'def f():\\n' * (LONG // 9), 'import A\\n' * (LONG // 9)]",
    "items": "['A(\"x\"),\\n' * (LONG // 50), '[' + 'A(\"x\"),' * (LONG // 50), 'a = A(\"x\")\\n' * 9999]",
    "doubling": "['b = A(y=0)\\n' + ''.join(f'b = A(y=[b, b])\\n' for _ in range(999))]",
    "comprehensions": "['[A(x) for x in [' + '1,' * 9_000 + ']]', '[A(x) ' + 'for x in [1]' * 2500, "
    "'[A(y=z), for ' * 2500, '[A(y=z) for ' * 2500, 'a = [\"b\", ' * 2500, "
    "'[A(y=z) for z in [1,2] for z in [' + '1,' * 2_500 + ']]']",
    "constants": '[\'a = "b" + "c"\\n\' * 5_000, \'a = ["b"]\\n[*a, a[0], a[:]]\\n\' * 5_000, '
    "'a = \"b\"\\n' + 'a = a + a\\n' * 5_000, 'A(f\"{a}' * 5_000, 'A(\"b\" * 60_000),' * 2500]",
    "names": "[''.join(f'Ab{i}(\"x\")\\n' for i in range(40_000))]",
}


def survives(forms: dict[str, str]) -> None:
    """Read hostile texts in a process of their own, on a thread with a small stack.

    It says each form that it has survived, so a failure shows at which one it ended.
    """
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(forms)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, [*forms]) == (done.returncode, done.stdout.splitlines()), done.stderr[-2000:]


@pytest.mark.parametrize("forms", [NESTED, CHAINS], ids=["nested", "chained"])
def test_no_depth_can_crash(forms: dict[str, str]) -> None:
    """Nesting and chains of 100,000, and the longest let through, are survived with 512 KiB of stack."""
    survives(forms)


@pytest.mark.slow
@pytest.mark.parametrize("form", LONG)
def test_a_long_answer_is_read_in_linear_time(form: str) -> None:
    """A quarter of a million signs of one thing are read: quadratic work would not end in time."""
    survives({form: LONG[form]})


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_depth", 0), ("max_depth", 33), ("max_chain", 201), ("max_digits", 4301)],
)
def test_unsafe_limits_are_refused(name: str, value: int) -> None:
    """Limits that would not guard the stack are refused, naming the limit."""
    with pytest.raises(InputError, match=name):
        ParseLimits(**{name: value})
