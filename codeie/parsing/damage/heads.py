"""How items of a schema begin, whole or damaged, as patterns made once for each schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from codeie.introspection import ClassSpec
from codeie.parsing.instances.classes import Constructors
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = ["BrokenHead", "breaks", "broken_head"]


@lru_cache(maxsize=64)
def breaks(known: Constructors) -> re.Pattern[str]:
    """What can only be outside a string: a closer and the next item, a comma and a field."""
    names = "|".join(re.escape(spec.name) for spec in known.schema.known)
    fields = "|".join(map(re.escape, known.field_names))
    keyword = rf"|[)\]}}]{{0,20}}\s{{0,99}},\s{{0,99}}(?P<field>{fields})\s{{0,9}}="
    keyword = keyword if fields else ""
    return re.compile(rf"[)\]}}]{{1,20}}\s{{0,99}},?\s{{0,99}}(?:{names})[ \t]{{0,8}}\({keyword}")


@dataclass(frozen=True, slots=True)
class BrokenHead:
    """A class's name without its opening parenthesis.

    Args:
        spec: The class.
        inside: Index of what follows.
        bracket: Index of the bracket that stands for the parenthesis; -1 if there is none.
    """

    spec: ClassSpec
    inside: int
    bracket: int


@lru_cache(maxsize=64)
def _broken_heads(known: Constructors) -> re.Pattern[str]:
    names = sorted((re.escape(spec.name) for spec in known.schema.known), key=len)
    return compiled(
        rf"({'|'.join(reversed(names))})(?:[ \t]{{0,8}}(?:([\[{{)\]}}])|(?=[\"'])"
        rf"|(?={WORD}[ \t]{{0,8}}=(?!=)))"
        rf"|(?={WORD}[ \t]{{0,8}}(?:=(?!=)|\()))"
    )


_WHOLE: Final = compiled(r"\w+")
_GLUED: Final = compiled(r"(\w+)[ \t]{0,8}=(?!=)")


def broken_head(text: str, start: int, known: Constructors) -> BrokenHead | None:
    """A class's name at ``start`` whose opening parenthesis is missing or another bracket.

    As in ``Person["Ada")``, ``Person"Ada")`` and ``Personname="Ada")``.
    """
    match = _broken_heads(known).match(text, start)
    spec = known.schema.named(match[1]) if match else None
    if match is None or spec is None:
        return None
    whole = _WHOLE.match(text, start, start + 200)
    if whole and whole[0] != match[1] and known.schema.named(whole[0]):
        return None  # "OrganizationBasedIn(" is no damaged "Organization("
    glued = None
    if match.end(1) == match.end():
        glued = _GLUED.match(text, match.end(), match.end() + 120)
    if glued is not None and spec.field(glued[1]) is None:
        return None  # "Person1 = …" is an assignment
    return BrokenHead(spec, match.end(), match.end() - 1 if match[2] else -1)
