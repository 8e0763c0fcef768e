"""Where each string of an answer may be, and which strings are forms of one and the same.

A model quotes one mention as "Virus" and the next as "virus" or, with a slip, "virrus". They
are looked for on their own, but they claim the same places, so that two of them do not end
at one place while another stays empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from codeie.grounding._find import Found, Place
from codeie.grounding._order import Options
from codeie.grounding._result import MatchKind
from codeie.types import Span

__all__ = ["AS_GIVEN", "options_of"]

AS_GIVEN = (MatchKind.EXACT, MatchKind.NORMALISED)
"""The ways in which a string is found that leave no doubt that it is that string."""


def options_of(found: Mapping[str, Found], wanted: Mapping[str, int]) -> dict[str, Options]:
    """The places of each string that has any.

    A string that was found only with edits is not where another one is as it was given:
    "Maria" is not the "Marie" of the text if both were given; unless "Marie" is given less
    often than the text has it.

    Args:
        found: All places of each string.
        wanted: How often each is given as a mention.
    """
    kinds = {place.kind for each in found.values() for place in each.places}
    if kinds <= {MatchKind.EXACT}:  # then no two of them share a place
        return {
            string: _options(string, each.places) for string, each in found.items() if each.places
        }
    owned = _owned(found, wanted) if MatchKind.FUZZY in kinds else set()
    places = {
        string: [
            place
            for place in each.places
            if place.kind is not MatchKind.FUZZY or place.span not in owned
        ]
        for string, each in found.items()
    }
    keys = _keys(places)
    return {string: _options(keys[string], each) for string, each in places.items() if each}


def _options(key: str, places: Iterable[Place]) -> Options:
    ordered = list(places)
    return Options(ordered, [place.span.start for place in ordered], key)


def _owned(found: Mapping[str, Found], wanted: Mapping[str, int]) -> set[Span]:
    """The places that the strings which were found as given need for themselves."""
    needed: Counter[frozenset[Span]] = Counter()
    for string, each in found.items():
        if each.places and each.places[0].kind in AS_GIVEN:
            needed[frozenset(place.span for place in each.places)] += wanted[string] or 1
    return {span for spans, count in needed.items() if len(spans) <= count for span in spans}


def _keys(places: Mapping[str, Iterable[Place]]) -> dict[str, str]:
    """One name for all strings that may be at the same places."""
    keys: dict[str, str] = {}
    first: dict[Span, str] = {}
    for string, each in places.items():
        met = {_root(keys, first[place.span]) for place in each if place.span in first}
        key = keys[string] = min(met, default=string)
        for other in met:
            keys[other] = key
        for place in each:
            first[place.span] = key
    return {string: _root(keys, string) for string in keys}


def _root(keys: dict[str, str], string: str) -> str:
    while keys[string] != string:
        keys[string] = keys[keys[string]]
        string = keys[string]
    return string
