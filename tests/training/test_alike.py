"""Texts that are the same, or nearly, are found among many by their fingerprints."""

from __future__ import annotations

import random

from codeie.training import Fingerprint, Seen

_CHANCE = random.Random(4)  # noqa: S311 - examples, not secrets
_WORDS = [f"w{number}" for number in range(2_000)]
TEXTS = [" ".join(_CHANCE.choices(_WORDS, k=60)) for _ in range(60)]


def _seen(least: float) -> Seen:
    seen = Seen(least)
    for number, text in enumerate(TEXTS):
        seen.add(Fingerprint.of(text), str(number))
    return seen


def test_a_text_with_a_word_changed_is_found_and_others_are_not() -> None:
    """A changed word is in three of 58 runs of three; likenesses are estimates around 0.9."""
    seen = _seen(0.7)
    for number, text in enumerate(TEXTS):
        words = text.split()
        words[_CHANCE.randrange(3, 57)] = "another"
        found = seen.like(Fingerprint.of(" ".join(words)))
        assert found is not None
        assert found.id == str(number)
        assert 0.7 <= found.likeness < 1
        assert seen.like(Fingerprint.of(" ".join(_CHANCE.choices(_WORDS, k=60)))) is None


def test_case_marks_and_spaces_do_not_count_and_order_does() -> None:
    """The first is the same text; the other has the same words and is only nearly one."""
    seen = Seen(0.2)
    seen.add(Fingerprint.of("The Lotta left Oban. The Lotta left Oban."), "a")
    same = seen.like(Fingerprint.of("the LOTTA, left oban\tthe lotta left Oban!"))
    assert same is not None
    assert same.likeness == 1
    other = seen.like(Fingerprint.of("left Oban. The Lotta left Oban. The Lotta"))
    assert other is not None
    assert other.likeness < 1


def test_what_very_many_texts_have_is_looked_at_a_bounded_number_of_times() -> None:
    """The same heading in all of them: a text that has it, too, is like one of them at most."""
    seen = Seen(0.9)
    for number in range(300):
        seen.add(Fingerprint.of(f"All rights reserved by us {number}"), str(number))
    assert len(seen) == 300
    assert seen.like(Fingerprint.of("All rights reserved by us 299")) is not None
    assert seen.like(Fingerprint.of("Quite another text altogether")) is None


def test_a_text_without_spaces_is_compared_in_pieces_too() -> None:
    """Else it would be one word, and one with another sign in it would be like no other."""
    signs = "".join(chr(0x4E00 + _CHANCE.randrange(2_000)) for _ in range(80))
    seen = Seen(0.7)
    seen.add(Fingerprint.of(signs), "a")
    found = seen.like(Fingerprint.of(signs[:40] + "\u3042" + signs[41:]))
    assert found is not None
    assert 0.7 <= found.likeness < 1
