"""Tags and mentions, in every scheme, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.datasets import Oddity, TagSpan, decode_tags, encode_tags
from codeie.errors import DatasetError, InputError

SCHEMES = ("bio", "iob1", "bioes", "bilou")
LABELS = st.sampled_from(["PER", "LOC", "B-X", "a/b"])


@st.composite
def tagged(draw: st.DrawFn, *, apart: bool = False) -> tuple[list[TagSpan], int]:
    """Mentions that do not overlap, and how many tokens there are."""
    spans = []
    at = 0
    for _ in range(draw(st.integers(0, 5))):
        start = at + draw(st.integers(1 if apart else 0, 3))
        at = start + draw(st.integers(1, 3))
        spans.append(TagSpan(start, at, draw(LABELS)))
    return spans, at + draw(st.integers(0, 2))


@pytest.mark.parametrize("scheme", SCHEMES)
@given(case=tagged())
def test_what_is_encoded_is_decoded(scheme: str, case: tuple[list[TagSpan], int]) -> None:
    """Mentions survive tags, also where two of a type touch."""
    spans, length = case
    tags = encode_tags(spans, length, scheme)  # type: ignore[arg-type]
    assert length == len(tags)
    assert spans == decode_tags(tags, scheme)  # type: ignore[arg-type]


@given(case=tagged(apart=True))
def test_io_keeps_mentions_that_do_not_touch(case: tuple[list[TagSpan], int]) -> None:
    """IO says no more than which tokens are of which type."""
    spans, length = case
    tags = encode_tags(spans, length, "io")
    assert spans == decode_tags(tags, "io")
    assert spans == decode_tags([tag.removeprefix("I-") for tag in tags], "io")


@given(st.lists(st.sampled_from(["O", "B-X", "I-X", "B-Y", "I-Y"])))
def test_bio_never_loses_a_tagged_token(tags: list[str]) -> None:
    """Every token with a tag is in a mention, however the tags follow each other."""
    spans = decode_tags(tags)
    covered = {index for span in spans for index in range(span.start, span.end)}
    assert {index for index, tag in enumerate(tags) if tag != "O"} == covered


@pytest.mark.parametrize(
    ("scheme", "tags", "expected"),
    [
        ("bio", "B-X B-X", [TagSpan(0, 1, "X"), TagSpan(1, 2, "X")]),
        ("bio", "I-X I-X", [TagSpan(0, 2, "X", Oddity.INSIDE_WITHOUT_BEGIN)]),
        ("bio", "B-X I-Y", [TagSpan(0, 1, "X"), TagSpan(1, 2, "Y", Oddity.INSIDE_WITHOUT_BEGIN)]),
        ("iob1", "I-X I-X B-X", [TagSpan(0, 2, "X"), TagSpan(2, 3, "X")]),
        ("io", "X X Y O", [TagSpan(0, 2, "X"), TagSpan(2, 3, "Y")]),
        ("bioes", "S-X B-X E-X", [TagSpan(0, 1, "X"), TagSpan(1, 3, "X")]),
        ("bioes", "B-X O", [TagSpan(0, 1, "X", Oddity.UNFINISHED_MENTION)]),
        ("bilou", "B-X", [TagSpan(0, 1, "X", Oddity.UNFINISHED_MENTION)]),
        ("bilou", "L-X U-X", [TagSpan(0, 1, "X", Oddity.INSIDE_WITHOUT_BEGIN), TagSpan(1, 2, "X")]),
        ("bilou", "", []),
    ],
)
def test_each_scheme_in_its_own_words(scheme: str, tags: str, expected: list[TagSpan]) -> None:
    """What is regular in a scheme is read, what is not is read with a note."""
    assert expected == decode_tags(tags.split(), scheme)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scheme", "tag"),
    [("bio", "E-X"), ("bio", "PER"), ("bio", "B-"), ("bilou", "S-X"), ("bio", "")],
)
def test_a_tag_of_another_scheme_is_an_error(scheme: str, tag: str) -> None:
    """A wrong scheme is found out at the first tag that it does not have."""
    with pytest.raises(DatasetError, match=f"no tag of the scheme {scheme}"):
        decode_tags(["O", tag], scheme)  # type: ignore[arg-type]


def test_wrong_arguments_are_errors() -> None:
    """An unknown scheme, and mentions that no tags can hold, are refused."""
    with pytest.raises(InputError, match="no tag scheme 'bioul'; there are bio"):
        decode_tags([], "bioul")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="overlaps"):
        encode_tags([TagSpan(0, 2, "X"), TagSpan(1, 3, "X")], 3)
    with pytest.raises(InputError, match="not within 2 tokens"):
        encode_tags([TagSpan(1, 3, "X")], 2)
