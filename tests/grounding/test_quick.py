"""Values that were made the quick way are the ones that their constructors make."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from codeie import Code, Diagnostic, Grounded, MatchKind, Mention, Severity, Span
from codeie.grounding import _quick as quick

_SPAN = Span(2, 5)
_MENTION = Mention(
    "name", "Ann", _SPAN, MatchKind.FUZZY, (_SPAN,), 0.9, ambiguous=True, others=(_SPAN,)
)
_DIAGNOSTIC = Diagnostic(Code.ALTERED, "It differs.", Severity.WARNING, path="$[0].name")
_EXACT = Mention("name", "Ann", _SPAN, MatchKind.EXACT)
_PAIRS = [
    (quick.span(2, 5), _SPAN),
    (
        quick.mention("name", "Ann", _SPAN, MatchKind.FUZZY, (_SPAN,), 0.9, True, (_SPAN,)),
        _MENTION,
    ),
    (quick.mention("name", "Ann", None, MatchKind.EXACT), dataclasses.replace(_EXACT, span=None)),
    (
        quick.diagnostic(Code.ALTERED, "It differs.", Severity.WARNING, "$[0].name"),
        _DIAGNOSTIC,
    ),
    (
        quick.grounded("Ann", (_MENTION,), (_DIAGNOSTIC,)),
        Grounded("Ann", (_MENTION,), (_DIAGNOSTIC,)),
    ),
    (quick.exact("Ann", "name", "Ann", 2), Grounded("Ann", (_EXACT,))),
]


@pytest.mark.parametrize(("made", "expected"), _PAIRS)
def test_quick_values_are_the_constructors_values(made: object, expected: object) -> None:
    """Type, equality, hash, representation, copies and pickles are the same."""
    assert type(expected) is type(made)
    assert expected == made
    assert hash(expected) == hash(made)
    assert repr(expected) == repr(made)
    assert expected == copy.deepcopy(made)
    assert expected == pickle.loads(pickle.dumps(made))  # noqa: S301  # our own bytes


@pytest.mark.parametrize(("made", "expected"), _PAIRS)
def test_quick_values_are_frozen(made: object, expected: object) -> None:
    """What was filled by assignment cannot be assigned to afterwards."""
    assert dataclasses.is_dataclass(expected)
    for field in dataclasses.fields(expected):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, field.name, None)
