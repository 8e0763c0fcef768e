"""Operations on what texts state: EnTDA's, on lists of entities, with what connects them.

Hu et al. 2023, Entity-to-Text based Data Augmentation for various Named Entity Recognition Tasks:
a list of entities is changed, and a text is written for the new list.
"""

from __future__ import annotations

import enum
import random

from codeie.generation._mentions import Key, Structure, key_of, like, mentions_in, renamed
from codeie.generation._structures import Pool
from codeie.introspection import Classes, Schema, introspect

__all__ = ["Operation", "operate"]


class Operation(enum.StrEnum):
    """What is done with one mention, or with two."""

    ADD = "add"
    """Another mention of a class that is there."""
    DELETE = "delete"
    """One mention less, with all that says something of it."""
    REPLACE = "replace"
    """Another string of the same class in its place, wherever it is."""
    SWAP = "swap"
    """Two mentions change places: in the list, and in what connects them if they are of one class."""


def operate(
    structure: Structure,
    operation: Operation | str,
    schema: Classes,
    pool: Pool,
    *,
    seed: int = 0,
) -> Structure | None:
    """Change one thing of what a text shall state.

    Args:
        structure: What it states.
        operation: What is done.
        schema: The classes.
        pool: The strings that are added or put in place of others.
        seed: The same seed does the same.

    Returns:
        The new structure; ``None`` if there is nothing to do it with, such as nothing to swap.
    """
    known = introspect(schema)
    done = Operation(operation)
    chance = random.Random(f"{seed}/{done}/{structure!r}")  # noqa: S311 - examples, not secrets
    mentions = mentions_in(structure, known)
    if not mentions:
        return None
    keys = [key_of(each, known) for each in mentions]
    one = chance.choice(mentions)
    if done is Operation.DELETE:
        kept = [each for each in structure if one not in mentions_in([each], known)]
        return tuple(kept) or None
    if done is Operation.SWAP:
        pairs = [(a, b) for a in keys for b in keys if keys.index(a) < keys.index(b)]
        return _swapped(structure, *chance.choice(pairs), known) if pairs else None
    there = {string for _, string in keys}
    others = [string for string in pool.strings(type(one)) if string not in there]
    if not others:
        return None
    new = like(one, chance.choice(others), known)
    if done is Operation.ADD:
        return (*structure, new)
    return renamed(structure, {key_of(one, known): new}, known)


def _swapped(structure: Structure, first: Key, second: Key, schema: Schema) -> Structure | None:
    found = {key_of(each, schema): each for each in mentions_in(structure, schema)}
    places = {first: found[second], second: found[first]}
    if first[0] is second[0]:
        return renamed(structure, places, schema)
    if found[first] not in structure or found[second] not in structure:
        return None  # what is only inside of others has no place in the list
    return tuple(
        places[first] if each == found[first] else places[second] if each == found[second] else each
        for each in structure
    )
