"""What images a model takes, what they cost, and the error for a model that takes none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from codeie.errors import InputError
from codeie.images import Image
from codeie.prompting import Message, Prompt
from codeie.wording import counted

__all__ = [
    "Sight",
    "anthropic_sight",
    "as_sight",
    "check_sight",
    "labelled",
    "openai_sight",
    "sight_tokens",
]


def _by_area(image: Image) -> int:
    """About what most models make of an image: a token for each square of 28 pixels."""
    return math.ceil(image.width / 28) * math.ceil(image.height / 28)


@dataclass(frozen=True, slots=True)
class Sight:
    """The images that a model takes in one request.

    Args:
        count: How many.
        size: The most bytes of one.
        total: The most bytes of all.
        side: The most pixels of the longer side of one; ``None`` if that does not matter.
        cost: The tokens that one costs, as the provider documents it: an estimate.
    """

    count: int = 100
    size: int = 20 * 2**20
    total: int = 36 * 2**20
    side: int | None = None
    cost: Callable[[Image], int] = field(default=_by_area, compare=False, repr=False)


def as_sight(seen: Sight | bool | None) -> Sight | None:
    """What images a model takes of which it may only be said whether it sees."""
    return seen if isinstance(seen, Sight) else Sight() if seen else None


def check_sight(prompt: Prompt, name: str, sight: Sight | None) -> None:
    """Refuse images that a model does not take, before anything is paid for.

    Args:
        prompt: What is to be asked.
        name: The client's name.
        sight: What it takes, as its `Capabilities` say; ``None`` for a model without sight.

    Raises:
        InputError: If there are images, and it does not take them; says which do.
    """
    images = prompt.shown_images
    if not images:
        return
    if sight is None:
        raise InputError(
            f"the prompt holds {counted(len(images), 'image')}, and {name} is not known to see. Models that "
            "do: OpenAI's (gpt-4o, gpt-4.1, gpt-5 and later), Anthropic's (Claude 3 and later), and "
            "those of compatible servers where OpenAIClient(…, images=True) says so; or leave the "
            "images out"
        )
    if prompt.layout == "completion":
        raise InputError(
            f"the prompt holds {counted(len(images), 'image')}, which stand in turns of a conversation; "
            "leave layout='completion' out, or choose a style for conversations"
        )
    if len(images) > sight.count:
        raise InputError(f"{name} takes {sight.count} images at most, the prompt has {len(images)}")
    size = sum(len(image.data) for image in images)
    if size > sight.total:
        raise InputError(
            f"{name} takes {sight.total:,} bytes of images at most, the prompt has {size:,}"
        )
    for image in images:
        called = image.name or "an image"
        if len(image.data) > sight.size:
            raise InputError(
                f"{name} takes images of {sight.size:,} bytes at most, {called} has "
                f"{len(image.data):,}"
            )
        if sight.side is not None and max(image.width, image.height) > sight.side:
            raise InputError(
                f"{name} takes images of {sight.side:,} pixels at a side at most, {called} has "
                f"{image.width:,} x {image.height:,}"
            )


def sight_tokens(prompt: Prompt, sight: Sight | None) -> int:
    """What the images of a prompt cost in tokens, about; 0 where nobody sees them."""
    return 0 if sight is None else sum(map(sight.cost, prompt.shown_images))


def labelled(turn: Message) -> Iterator[str | Image]:
    """The parts of a turn in order: each image after its label, then the text.

    Images stand first, as models read them best so (Anthropic's documentation says it).
    """
    for number, image in enumerate(turn.images, 1):
        yield f"Image {number}:"
        yield image
    if turn.content or not turn.images:
        yield turn.content


# By OpenAI's documentation ("Images and vision", costs), at the usual detail.

_BLIND: Final = re.compile(
    r"(ft:)?(gpt-3|gpt-4(-\d{4}|-32k|$)|o1-mini|o1-preview|o3-mini|gpt-oss|davinci|babbage)"
    r"|.*-audio|.*-realtime|.*-transcribe|.*-tts"
)
_PATCHES: Final = (
    (re.compile(r"(ft:)?(gpt-4\.1|gpt-5(\.\d)?)-mini"), 1.62),
    (re.compile(r"(ft:)?(gpt-4\.1|gpt-5(\.\d)?)-nano"), 2.46),
    (re.compile(r"(ft:)?o4-mini"), 1.72),
)
_TILES: Final = (
    (re.compile(r"(ft:)?gpt-4o-mini"), 2833, 5667),
    (re.compile(r"(ft:)?(gpt-4o|gpt-4\.1|gpt-4\.5|gpt-4-turbo|chatgpt)"), 85, 170),
    (re.compile(r"(ft:)?o\d"), 75, 150),
    (re.compile(""), 70, 140),  # gpt-5, and what came after it
)
_MOST_PATCHES: Final = 1536


def openai_sight(model: str) -> Sight | None:
    """What one of OpenAI's models takes; ``None`` for those that only read."""
    if _BLIND.match(model):
        return None
    for pattern, factor in _PATCHES:
        if pattern.match(model):
            return Sight(cost=partial(_patches, factor=factor))
    base, tile = next((base, tile) for pattern, base, tile in _TILES if pattern.match(model))
    return Sight(cost=partial(_tiles, base=base, tile=tile))


def _patches(image: Image, factor: float) -> int:
    width, height = float(image.width), float(image.height)
    if math.ceil(width / 32) * math.ceil(height / 32) > _MOST_PATCHES:
        shrunk = math.sqrt(32**2 * _MOST_PATCHES / (width * height))
        across, down = width * shrunk / 32, height * shrunk / 32
        fit = min(max(1, math.floor(across)) / across, max(1, math.floor(down)) / down)
        width, height = width * shrunk * fit, height * shrunk * fit
    count = math.ceil(round(width / 32, 6)) * math.ceil(round(height / 32, 6))
    return math.ceil(min(count, _MOST_PATCHES) * factor)


def _tiles(image: Image, base: int, tile: int) -> int:
    shrunk = min(1.0, 2048 / max(image.width, image.height))
    shrunk = min(shrunk, 768 / min(image.width, image.height))
    sides = (math.ceil(round(side * shrunk / 512, 6)) for side in (image.width, image.height))
    return base + tile * math.prod(sides)


# By Anthropic's documentation ("Vision"): a token for each square of 28 pixels, after the image
# was made small enough for the model.

_READS: Final = re.compile(r"claude-(2|instant)")
_LONGEST: Final = 1568
_MOST_TOKENS: Final = 1568


def anthropic_sight(model: str) -> Sight | None:
    """What one of Anthropic's models takes; ``None`` for those that only read."""
    if _READS.match(model):
        return None
    return Sight(size=10 * 2**20, total=23 * 2**20, side=8000, cost=_squares)


def _squares(image: Image) -> int:
    shrunk = min(1.0, _LONGEST / max(image.width, image.height))
    sides = (math.ceil(side * shrunk / 28) for side in (image.width, image.height))
    return min(math.prod(sides), _MOST_TOKENS)
