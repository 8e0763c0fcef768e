"""Classes whose names begin with other classes' names."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from codeie import parse


@dataclass
class Firm:
    """A company."""

    name: str


@dataclass
class FirmBasedIn:
    """Where a company has its seat."""

    head: Firm
    place: str


@pytest.mark.parametrize("opening", ["", "result = ", "x = 1\n", "one = Firm('A')\n"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_name_that_begins_with_anothers_is_its_own(opening: str, wrapped: bool) -> None:
    """`FirmBasedIn(…)` is never read as a damaged `Firm(…)`, wherever it stands."""
    call = 'FirmBasedIn(Firm("A"), "Oslo")'
    result = parse(opening + (f"[{call}]" if wrapped else call), [Firm, FirmBasedIn])
    assert FirmBasedIn(Firm("A"), "Oslo") == result.instances[-1]
    assert [] == [d for d in result.diagnostics if d.severity == "error"]
