"""Instances as frames: a class with its fields, in which other frames may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from codeie.display._marked import chip_html
from codeie.display._palette import Colour
from codeie.display._visible import escaped, visible

__all__ = ["Frame", "Part", "Quote", "frame_html", "frame_labels", "frame_text"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A string of an instance.

    Args:
        string: As the instance holds it.
        place: Where it is in the text, in words; ``""`` if that is nothing to ask.
    """

    string: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """An instance, as far as it is shown.

    Args:
        label: Its class.
        slots: Its fields by name, each with all that it holds.
    """

    label: str
    slots: tuple[tuple[str, tuple[Part, ...]], ...]


Part: TypeAlias = "Quote | Frame"


def frame_labels(frame: Frame) -> Iterator[str]:
    """The classes of a frame and of those in it."""
    yield frame.label
    for _, parts in frame.slots:
        for part in parts:
            if isinstance(part, Frame):
                yield from frame_labels(part)


def frame_html(frame: Frame, palette: Mapping[str, Colour], *, titled: bool = True) -> str:
    """A frame as HTML: its class, then its fields as a list of terms.

    Args:
        frame: What to show.
        palette: Each label's colour.
        titled: Whether it says its class; not where the row says it already.
    """
    colour = palette[frame.label]
    if titled and (quote := _only(frame)):
        return f'<div style="margin:.1em 0">{chip_html(frame.label, colour)} {_quote_html(quote)}</div>'
    slots = "".join(
        f'<div style="display:flex;gap:.6em;align-items:baseline">'
        f'<dt style="font-weight:400;opacity:.75;flex:none;float:none;width:auto;margin:0">{escaped(name)}</dt>'
        f'<dd style="float:none;width:auto;margin:0;min-width:0">{_parts_html(parts, palette)}</dd></div>'
        for name, parts in frame.slots
    )
    head = f"<div>{chip_html(frame.label, colour)}</div>" if titled else ""
    listed = f'<dl style="margin:.1em 0 0">{slots}</dl>' if slots else ""
    return (
        f'<div style="border-left:3px {colour.line} {colour.hex};padding:0 0 .1em .5em;'
        f'margin:.1em 0">{head}{listed}</div>'
    )


def _only(frame: Frame) -> Quote | None:
    """What a frame holds if it is but one string, which then needs no field's name."""
    match frame.slots:
        case ((_, (Quote() as quote,)),):
            return quote
    return None


def _parts_html(parts: tuple[Part, ...], palette: Mapping[str, Colour]) -> str:
    drawn = [
        frame_html(part, palette) if isinstance(part, Frame) else _quote_html(part)
        for part in parts
    ]
    return drawn[0] if len(drawn) == 1 else "".join(f"<div>{each}</div>" for each in drawn)


def _quote_html(quote: Quote) -> str:
    place = (
        f' <small style="opacity:.75;white-space:nowrap">{escaped(quote.place)}</small>'
        if quote.place
        else ""
    )
    return (
        '<span dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere">'
        f"{escaped(quote.string)}</span>{place}"
    )


def frame_text(frame: Frame, *, titled: bool = True) -> str:
    """A frame as lines, each further in than what it belongs to.

    Examples:
        >>> dose = Frame("Dose", (("amount", (Quote("500"),)), ("unit", (Quote("mg"),))))
        >>> drug = Frame("Drug", (("name", (Quote("aspirin", "3–10"),)), ("dose", (dose,))))
        >>> print(frame_text(drug))
        Drug
          name: aspirin (3–10)
          dose: Dose
            amount: 500
            unit: mg
    """
    lines = list(_lines(frame, 1 if titled else 0))
    return "\n".join([visible(frame.label), *lines] if titled else lines)


def _lines(frame: Frame, depth: int) -> Iterator[str]:
    for name, parts in frame.slots:
        for part in parts:
            head = f"{'  ' * depth}{visible(name)}:"
            if isinstance(part, Quote):
                yield f"{head} {_quote_text(part)}"
            elif only := _only(part):
                yield f"{head} {visible(part.label)} {_quote_text(only)}"
            else:
                yield f"{head} {visible(part.label)}"
                yield from _lines(part, depth + 1)


def _quote_text(quote: Quote) -> str:
    return visible(quote.string) + (f" ({quote.place})" if quote.place else "")
