"""A stretch of a text as HTML, with the lines and the names of the marks that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from codeie.display._layout import Gap, Layer, Mark, Segment, Tag
from codeie.display._palette import Colour, class_of, colours
from codeie.display._visible import attribute, escaped, shortened

__all__ = ["Anchor", "Pen", "chip_html", "keyed", "pen_for", "piece_html"]

_LEVEL = 5  # pixels from one underline to the next: a line of 3 and a space of 2
_LABEL = 48  # code points of a label that are shown; its title has all of them


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a mark's name must have, so that arcs can end at it.

    Args:
        name: The anchor's number in this output.
        rows: How many levels of arcs need room above it.
    """

    name: int
    rows: int


@dataclass(frozen=True, slots=True)
class Pen:
    """How labels are drawn in one output.

    Args:
        palette: Each label's colour.
        classes: Each class's number, by which a style sheet finds what belongs to it.
        anchors: The marks at which arcs end.
    """

    palette: Mapping[str, Colour]
    classes: Mapping[str, int]
    anchors: Mapping[Mark, Anchor] = field(default_factory=dict)

    def number(self, label: str) -> int:
        """The number of a label's class."""
        return self.classes[class_of(label)]


def pen_for(
    labels: Sequence[str], found: Iterable[str], anchors: Mapping[Mark, Anchor] | None = None
) -> Pen:
    """A pen whose colours follow ``labels``; what else was ``found`` follows in sorted order."""
    names = list(dict.fromkeys([*labels, *sorted(set(found))]))
    classes = {name: at for at, name in enumerate(dict.fromkeys(map(class_of, names)))}
    return Pen(colours(names), classes, anchors or {})


def keyed(items: Sequence[int], *classes: int, also: Sequence[str] = ()) -> str:
    """The attributes by which a style sheet and a script find what belongs to items.

    Args:
        items: The items' numbers; without any there are no attributes.
        classes: The numbers of the classes that it is of.
        also: Further names for the style sheet.
    """
    if not items:
        return ""
    names = [*also, *(f"codeie-k{number}" for number in dict.fromkeys(classes))]
    named = f' class="{" ".join(names)}"' if names else ""
    return f'{named} data-i="{" ".join(map(str, items))}"'


def piece_html(text: str, piece: Segment | Gap, pen: Pen) -> str:
    """A piece of a layout, with the names of the marks that end there."""
    if isinstance(piece, Gap):
        words = f"{piece.end - piece.start:,} characters"
        return (
            f'<span title="{words} are not shown" style="opacity:.6;padding:0 .4em;'
            f'user-select:none">⋯ {words} ⋯</span>'
        )
    # A segment may end between the two halves of a line break; `visible` joins them.
    end = piece.end - (text[piece.end - 1 : piece.end + 1] == "\r\n")
    title = attribute("\n".join(_title(layer.mark) for layer in piece.layers))
    tags = "".join(_tag(tag, pen) for tag in piece.closes)
    ended = [tag.mark for tag in piece.closes if tag.last]
    # The lines of marks that go on run under the labels as well.
    going_on = [layer for layer in piece.layers if layer.mark not in ended] if tags else []
    return _lined(escaped(text[piece.start : end]), piece.layers, pen, title) + _lined(
        tags, going_on, pen
    )


def _lined(content: str, layers: Sequence[Layer], pen: Pen, title: str = "") -> str:
    shown = f' title="{title}"' if title else ""
    for layer in layers:
        key = keyed(layer.mark.items, pen.number(layer.mark.label))
        style = _layer_style(layer, pen.palette[layer.mark.label])
        content = f'<span{key}{shown} style="{style}">{content}</span>'
        shown = ""  # once, on the innermost element: that is where the pointer rests
    return content


def _title(mark: Mark) -> str:
    named = f"{mark.label} {mark.key}".strip()
    return f"{named}: {mark.title}" if mark.title else named


def _layer_style(layer: Layer, colour: Colour) -> str:
    # The boxes of nested inline elements all start from the same line of text, so a lower
    # level is only a larger padding.
    line = f"1px dotted {colour.hex}" if layer.joins else f"3px {colour.line} {colour.hex}"
    background = "" if layer.joins else f"background-color:{colour.rgba(0.16)};"
    return f"{background}border-bottom:{line};padding-bottom:{layer.level * _LEVEL}px"


def _tag(tag: Tag, pen: Pen) -> str:
    mark = tag.mark
    anchor = pen.anchors.get(mark) if tag.last else None
    number = f'&nbsp;<span style="opacity:.7">{escaped(mark.key)}</span>' if mark.key else ""
    words = f"{escaped(shortened(mark.label, _LABEL))}{number}" if tag.last else "⋯"
    # Room for arcs is made by something of no width, on the lines where arcs end and no other.
    room = f'<span class="codeie-room" style="--u:{anchor.rows}"></span>' if anchor else ""
    name = f";anchor-name:--codeie-{anchor.name}" if anchor else ""
    return (
        f'<bdi{keyed(mark.items, pen.number(mark.label))} title="{attribute(_title(mark))}" '
        f'style="{_chip_style(pen.palette[mark.label])};margin:0 .2em;user-select:none{name}">'
        f"{words}{room}</bdi>"
    )


def chip_html(label: str, colour: Colour) -> str:
    """A label on its colour, for tables."""
    return f'<bdi style="{_chip_style(colour)}">{escaped(label)}</bdi>'


def _chip_style(colour: Colour) -> str:
    return (
        f"background-color:{colour.rgba(0.3)};border-left:3px {colour.line} {colour.hex};"
        "border-radius:.2em;padding:.1em .35em;font-size:.72em;font-weight:600;"
        "line-height:1.2;white-space:nowrap;color:inherit"
    )
