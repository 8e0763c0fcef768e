"""A fuzzing target for the parser.

Run, for ten minutes, keeping what it finds interesting in ``corpus/``::

    python tests/parsing/fuzz_parse.py -max_total_time=600 -max_len=2000 -timeout=10 corpus/

It needs ``pip install atheris``. Nothing may escape in lenient mode, strict mode may only
raise an ExceptionGroup, and feeding in pieces must give the same result as the whole.
"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import atheris

with atheris.instrument_imports(include=["codeie.parsing"]):
    from codeie.introspection import introspect
    from codeie.parsing import IncrementalParser, parse


class Kind(Enum):
    COMPANY = "company"
    SCHOOL = "school"


@dataclass
class Person:
    name: str
    aliases: list[str] = field(default_factory=list)


@dataclass
class Organization:
    name: str
    kind: Kind | None = None
    founded: date | None = None
    staff: int | float | None = None


@dataclass
class WorksFor:
    head: Person
    tail: Person | Organization
    more: dict[str, list[int]] = field(default_factory=dict)


SCHEMA = introspect([Person, Organization, WorksFor])
PREFILLS = ("", "", "result = [", "result = [Person(", 'result = [Person(name="')


def test_one_input(data: bytes) -> None:
    """Parse one input whole and in pieces."""
    provider = atheris.FuzzedDataProvider(data)
    prefill = PREFILLS[provider.ConsumeIntInRange(0, len(PREFILLS) - 1)]
    size = provider.ConsumeIntInRange(1, 40)
    text = provider.ConsumeUnicode(2000)
    whole = parse(text, SCHEMA, prefill=prefill)
    parser = IncrementalParser(SCHEMA, prefill=prefill)
    for start in range(0, len(text), size):
        parser.feed(text[start : start + size])
    if parser.close() != whole:
        raise RuntimeError("pieces give another result than the whole")
    with contextlib.suppress(ExceptionGroup):
        parse(text, SCHEMA, prefill=prefill, strict=True)


def main() -> None:
    """Fuzz until told to stop."""
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
