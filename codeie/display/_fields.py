"""Values as tables of their fields, for those about which there is nothing better to draw."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import FunctionType

from codeie.display._cells import Cell
from codeie.display._outline import Grid, Part
from codeie.display._visible import shortened
from codeie.viewable import Outlined, Viewable
from codeie.wording import counted

__all__ = ["Listed", "field_values", "fields_grid", "listed", "said"]

_STRING = 300  # code points of a string
_FEW = 8  # members of a collection that are written out
_SEVERAL = 20  # values one below the other
_DEEP = 2  # values in values in values


def fields_grid(value: object) -> Grid:
    """A table with a line for each field of a dataclass.

    Examples:
        >>> from codeie.clients import Settings
        >>> fields_grid(Settings(temperature=0.5)).rows[0]
        ('temperature', '0.5')
    """
    rows = [(name, said(held)) for name, held in field_values(value)]
    return Grid(("field", "value"), rows, type(value).__name__)


class Listed(Outlined):
    """Several values: as one table if they are tables themselves, else one below the other."""

    def __init__(self, values: Sequence[Viewable]) -> None:
        self._values = values

    def _outline(self) -> Iterable[Part]:
        kinds = {type(each) for each in self._values}
        if len(kinds) == 1 and _is_plain(*kinds):
            return [listed(self._values)]
        more = len(self._values) - _SEVERAL
        rest = [f"{counted(more, 'more value')} not shown."] if more > 0 else []
        return [*self._values[:_SEVERAL], *rest]


def _is_plain(kind: type[Viewable]) -> bool:
    """Whether values of a class are shown as their fields."""
    return issubclass(kind, Outlined) and kind._outline is Outlined._outline  # noqa: SLF001


def listed(values: Sequence[object]) -> Grid:
    """Values of one dataclass as a table: a line for each, a column for each field."""
    rows: list[list[Cell]] = [
        [_cell(held) for _, held in field_values(value)] for value in islice(values, 201)
    ]
    kind = type(values[0]).__name__
    return Grid([name for name, _ in field_values(values[0])], rows, f"{len(values):,} × {kind}")


def _cell(value: object) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool | enum.Enum):
        return value
    return said(value)


def field_values(value: object) -> Iterator[tuple[str, object]]:
    """The names and values of a dataclass's public fields; none of anything else."""
    if dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            if not each.name.startswith("_"):
                yield each.name, getattr(value, each.name)


def said(value: object, depth: int = 0) -> str:
    """A value in words, of bounded length however large it is.

    Examples:
        >>> said(("a", "b")), said({}), said(True), said(1234), said(0.25)
        ('a, b', 'none', 'yes', '1234', '0.25')
    """
    match value:
        case None | dataclasses.MISSING:
            return "none"
        case bool():
            return "yes" if value else "no"
        case enum.Enum():
            return str(value.value)
        case int():
            return f"{value:,}" if abs(value) >= 10_000 else str(value)  # a year is none of these
        case float():
            return f"{value:.4g}"
        case str():
            return shortened(value, _STRING)
        case type():
            return value.__name__
        case BaseException():
            return f"{type(value).__name__}: {shortened(str(value), _STRING)}"
        case Mapping():
            return _few(
                (f"{said(key, depth + 1)}: {_deeper(held, depth)}" for key, held in value.items()),
                value,
            )
        case Collection() if type(value).__repr__ in _PLAIN:
            return _few((_deeper(held, depth) for held in value), value)
        case FunctionType():
            return value.__name__
        case _ if _has_plain_repr(type(value)):
            inner = (
                (name, held) for name, held in field_values(value) if held not in (None, "", (), {})
            )
            return f"{type(value).__name__}({_few((f'{name}: {_deeper(held, depth)}' for name, held in inner), ())})"
        case _:
            return shortened(str(value), _STRING)


_PLAIN = (tuple.__repr__, list.__repr__, set.__repr__, frozenset.__repr__)


def _has_plain_repr(kind: type) -> bool:
    """Whether nobody wrote how values of a class are printed but `dataclasses`."""
    worded = any("__str__" in vars(each) for each in kind.__mro__[:-1])
    return not worded and hasattr(kind.__repr__, "__wrapped__")


def _deeper(value: object, depth: int) -> str:
    plain = value is None or isinstance(value, str | int | float | type)
    if isinstance(value, str) and value != " ".join(value.split()):
        return repr(said(value))  # its edges are to be seen
    return said(value, depth + 1) if plain or depth < _DEEP else type(value).__name__


def _few(words: Iterable[str], held: Collection[object]) -> str:
    """The first of them, and how many more there are."""
    shown = list(islice(words, _FEW))
    more = len(held) - len(shown)
    if not shown:
        return "none"
    return shortened(", ".join(shown) + (f" and {more:,} more" if more > 0 else ""), 4 * _STRING)
