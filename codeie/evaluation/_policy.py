"""The rules of a score, each an explicit switch.

Published numbers differ in exactly these (GoLLIE compares strings inside the text, CodeIE and
UIE offsets, Code4Struct leaves out what is not in the text), so a number without its policy
cannot be compared with another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codeie.errors import EvaluationError
from codeie.viewable import Outlined

__all__ = ["PAPERS", "Policy", "policy_of"]


@dataclass(frozen=True, slots=True)
class Policy(Outlined):
    """How predicted and gold values are compared and counted.

    Args:
        by: ``"offset"``: a mention is its place in the text. ``"string"``: it is its string,
            wherever it stands.
        case: Whether strings that differ in case only are different. Strings are stripped.
            ``"ignore-in-entities"``: only those of relations and events are.
        loose_strings: Whether punctuation and English articles do not count in strings
            (Rajpurkar et al. 2016).
        counting: ``"one-to-one"``: each gold value can be matched once, so repeats count.
            ``"set"``: repeats of a value within a document are one.
        not_in_text: Whether predicted strings that the text does not hold are counted as
            wrong (``"wrong"``) or left out before counting (``"left-out"``).
        cap: Whether a value predicted more often than its string occurs in the text loses
            the surplus before counting (GoLLIE).
        similarity: For ``by="string"``: the least similarity, in (0, 1], at which two strings
            of the same type match (soft matching, Han et al. 2023); 1.0 means equal.
        head_match: Whether mentions match when their head words do. The head is taken to be
            the last word, the usual approximation for English without a parser.
        conditional: For arguments: whether the event's trigger has to match too.
        symmetric: Relation types whose head and tail may be swapped.
    """

    by: Literal["offset", "string"] = "offset"
    case: Literal["keep", "ignore", "ignore-in-entities"] = "keep"
    counting: Literal["one-to-one", "set"] = "one-to-one"
    loose_strings: bool = False
    not_in_text: Literal["wrong", "left-out"] = "wrong"
    cap: bool = False
    similarity: float = 1.0
    head_match: bool = False
    conditional: bool = False
    symmetric: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 0 < self.similarity <= 1:
            raise EvaluationError(f"similarity must be in (0, 1], got {self.similarity}")
        if self.similarity < 1 and self.by == "offset":
            raise EvaluationError('similarity compares strings: set by="string" with it')


PAPERS: dict[str, Policy] = {
    # Strings, entities without regard to case, inside the text, capped by occurrences;
    # arguments only inside an event whose trigger and type match.
    "gollie": Policy(
        by="string",
        case="ignore-in-entities",
        not_in_text="left-out",
        cap=True,
        conditional=True,
    ),
    # The scorer of UIE, which CodeIE uses: offsets, each gold value once.
    "uie": Policy(by="offset"),
    "codeie": Policy(by="offset"),
    # Sets of (head word, type, role); what matches no text is left out of the precision.
    "code4struct": Policy(
        by="offset", counting="set", not_in_text="left-out", head_match=True, conditional=False
    ),
    # Exact strings, each gold value once.
    "knowcoder": Policy(by="string"),
    # Places as sets within a document (PyCode-TextEE scores as TextEE does).
    "textee": Policy(by="offset", counting="set"),
    # What seqeval counts, which PromptNER uses on tokens.
    "seqeval": Policy(by="offset"),
    # Strings without case, punctuation and articles, as sets.
    "universalner": Policy(by="string", case="ignore", counting="set", loose_strings=True),
    # Similar strings of one type, at one half by default (Han et al. 2023).
    "soft": Policy(by="string", case="ignore", similarity=0.5),
}


def policy_of(paper: str) -> Policy:
    """The switches as one paper scored, by its lower-case name.

    Raises:
        EvaluationError: If no such preset is known; the message lists those that are.
    """
    try:
        return PAPERS[paper]
    except KeyError:
        known = ", ".join(sorted(PAPERS))
        raise EvaluationError(f"no scoring preset {paper!r}; there are: {known}") from None
