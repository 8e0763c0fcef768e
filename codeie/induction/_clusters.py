"""Labels that mean the same, brought to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from codeie.errors import InputError
from codeie.introspection import folded
from codeie.selection import Embed, WordLlama, vectors_of

__all__ = ["canonical", "checked_threshold"]


def canonical(
    labels: Iterable[str], *, threshold: float = 0.75, embed: Embed | None = None
) -> dict[str, str]:
    """For each of some free labels the one that stands for all that mean the same.

    The most frequent label begins a cluster; each further one joins the cluster whose label is
    nearest to it, if the cosine of their vectors is at least the threshold, or begins another.
    Labels that differ in case, hyphens and a plural s alone are one whatever their vectors. So the
    result does not depend on the order of labels of different frequency, and a chain of near
    labels does not lead from one meaning to another.

    Args:
        labels: The labels, each as often as it was given.
        threshold: The least cosine, in (0, 1].
        embed: Turns labels into vectors; `codeie.selection.WordLlama` by default.

    Returns:
        From each label to the one of its cluster.

    Raises:
        InputError: If the threshold is none.
        MissingExtra: If the extra ``retrieval`` is not installed and no ``embed`` is given.

    Examples:
        >>> same = lambda texts: [[float(text[0] == "c"), float(text[0] != "c")] for text in texts]
        >>> canonical(["city", "city", "Cities", "cityscape", "ship"], embed=same)
        {'city': 'city', 'Cities': 'city', 'cityscape': 'city', 'ship': 'ship'}
    """
    checked_threshold(threshold)
    counts = Counter(labels)
    ordered = sorted(counts, key=lambda label: -counts[label])
    if not ordered:
        return {}
    vectors = vectors_of([_words(label) for label in ordered], embed or WordLlama())
    centres: list[int] = []
    found: dict[str, str] = {}
    plain: dict[str, str] = {}
    for number, label in enumerate(ordered):
        same = plain.get(_folded(label))
        if same is None and centres:
            nearness = [float(vectors[each] @ vectors[number]) for each in centres]
            best = max(range(len(centres)), key=nearness.__getitem__)
            same = ordered[centres[best]] if nearness[best] >= threshold else None
        if same is None:
            centres.append(number)
            same = label
        found[label] = plain.setdefault(_folded(label), same)
    return found


def checked_threshold(threshold: float) -> None:
    """Refuse what is no cosine to compare with.

    Raises:
        InputError: If it is not in (0, 1].
    """
    wrong = isinstance(threshold, bool) or not isinstance(threshold, int | float)
    if wrong or not 0 < threshold <= 1:
        raise InputError(f"threshold must be above 0 and at most 1, got {threshold!r:.80}")


def _words(label: str) -> str:
    """``BirthPlace`` and ``birth_place`` as ``birth place``."""
    spaced = "".join(
        f" {letter}" if letter.isupper() and before.islower() else letter
        for before, letter in zip(f" {label}", label, strict=False)
    )
    return spaced.replace("_", " ").replace("-", " ").casefold().strip() or label


def _folded(label: str) -> str:
    words = folded(_words(label).replace(" ", ""))
    for end, instead in (("ies", "y"), ("ses", "s"), ("s", "")):
        if words.endswith(end) and len(words) > len(end) + 2 and not words.endswith("ss"):
            return words.removesuffix(end) + instead
    return words
