"""What plainly constant expressions give: Python's own results, within bounds.

A closed list of operators and of methods of strings, on values that are written out. Nothing is
looked up on an object but what stands in the tables here, and the size of each result is known
before it is made: what is computed counts as if the model had written it.
"""

from __future__ import annotations

import dataclasses
import operator
import re
from collections.abc import Callable
from typing import Any, Final

from codeie.diagnostics import Code
from codeie.parsing._limits import ParseLimits
from codeie.parsing.expression.values import Bound, DictValue
from codeie.parsing.text.letters import compiled

__all__ = ["NotConstant", "Room", "attribute", "element", "formatted", "method", "operated"]


class NotConstant(Exception):
    """No value is plainly meant, or it would be too large."""

    def __init__(self, code: Code = Code.NOT_A_LITERAL, what: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what


class Room:
    """How much may still be computed in one answer, in characters or values.

    Each result may be as long as an item, and all of them together as long as an answer.

    Args:
        limits: The bounds.
    """

    __slots__ = ("_left", "_most", "digits")

    def __init__(self, limits: ParseLimits) -> None:
        self._left = limits.max_output
        self._most = limits.max_item
        self.digits = limits.max_digits

    def take(self, size: int) -> None:
        """Use some of it, before anything of that size is made.

        Raises:
            NotConstant: If there is not so much.
        """
        if size > self._most or size > self._left:
            raise NotConstant(Code.TOO_LARGE, "a value that is computed and too long")
        self._left -= 1 + size


_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def operated(left: object, sign: str, right: object, room: Room) -> object:
    """The value of ``left sign right``.

    Raises:
        NotConstant: If Python has no such value, or it is not on the list, or too long.
    """
    if _is_number(left) and _is_number(right):
        return _arithmetic(left, sign, right, room)
    if sign == "+" and type(left) is type(right) and isinstance(left, str | list | tuple):
        room.take(len(left) + len(right))  # type: ignore[arg-type] # of the same type
        return left + right  # type: ignore[operator] # of the same type
    if sign == "*":
        if type(left) is int:
            left, right = right, left
        if isinstance(left, str | list | tuple) and type(right) is int:
            room.take(len(left) * max(0, right))
            return left * right
    if sign == "%" and type(left) is str:
        return _percent(left, right, room)
    raise NotConstant


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _arithmetic(left: Any, sign: str, right: Any, room: Room) -> object:
    if sign not in _ARITHMETIC:
        raise NotConstant
    room.take(1)
    if sign == "**" and type(left) is type(right) is int and right > 0:
        _hold(left.bit_length() * right, room)
    try:
        value = _ARITHMETIC[sign](left, right)
    except ArithmeticError:
        raise NotConstant from None
    if type(value) is int:
        _hold(value.bit_length(), room)
    elif type(value) is not float:  # the root of a negative number
        raise NotConstant
    return value


def _hold(bits: int, room: Room) -> None:
    if bits > 4 * room.digits:
        raise NotConstant(Code.TOO_LARGE, "a computed number of too many digits")


_DIRECTIVE: Final = compiled(
    r"%(?:%|(?:\((\w{1,100})\))?[-+ 0#]{0,4}\d{0,2}(?:\.\d{1,2})?[sdifgre])"
)


def _percent(text: str, given: object, room: Room) -> str:
    directives = _DIRECTIVE.findall(text)
    if text.count("%") != sum(2 if one == "%%" else 1 for one in _directives(text)):
        raise NotConstant
    values: object = given
    if isinstance(given, DictValue):
        values = {key: _plain(value) for key, value in given.pairs}
        size = sum(len(str(values.get(key, ""))) for key in directives)
    else:
        values = tuple(map(_plain, given if isinstance(given, tuple) else (given,)))
        size = sum(len(str(value)) for value in values)
    room.take(len(text) + size + 100 * len(directives))
    try:
        return text % values
    except (TypeError, ValueError, KeyError, OverflowError):
        raise NotConstant from None


def _directives(text: str) -> list[str]:
    return [match.group() for match in _DIRECTIVE.finditer(text)]


def _plain(value: object) -> object:
    """A value that is as it is printed.

    Raises:
        NotConstant: If it is anything else.
    """
    if type(value) is Bound:
        value = value.value
    if value is None or isinstance(value, str | int | float):
        return value
    raise NotConstant


_SPEC: Final = re.compile(r"(?:[^{}]?[<>=^])?[-+ ]?#?0?\d{0,3}[,_]?(?:\.\d{1,2})?[sdfgeFGEn%]?")


def formatted(value: object, conversion: str | None, spec: str, room: Room) -> str:
    """The text that a placeholder of an f-string gives.

    Args:
        value: What stands in it.
        conversion: ``"r"`` or ``"s"`` after an exclamation mark, if there is one.
        spec: What stands after the colon.
        room: What may be made.

    Raises:
        NotConstant: If it is no plain value, or formatted in a way that is not on the list.
    """
    value = _plain(value)
    if conversion not in (None, "r", "s") or not _SPEC.fullmatch(spec):
        raise NotConstant
    if conversion is not None:
        value = repr(value) if conversion == "r" else str(value)
    room.take(len(str(value)) + 1_000 * bool(spec))
    try:
        return format(value, spec)
    except (TypeError, ValueError, OverflowError):
        raise NotConstant from None


_STRIPPING: Final = frozenset({"strip", "lstrip", "rstrip"})
_CASES: Final = frozenset({"lower", "upper", "title", "capitalize", "casefold", "swapcase"})
_PADDING: Final = frozenset({"ljust", "rjust", "center", "zfill"})
_CUTTING: Final = frozenset({"removeprefix", "removesuffix", "partition", "rpartition"})
_SPLITTING: Final = frozenset({"split", "rsplit", "splitlines"})
_FIELD: Final = compiled(r"\{(?:\d{1,3}|[^\W\d]\w{0,99})?\}")
_LONGER: Final = 3  # how many characters one may become when its case is changed


def method(
    held: object, name: str, given: list[object], named: dict[str, object], room: Room
) -> object:
    """The value of ``held.name(given)`` for the methods that are on the list.

    Raises:
        NotConstant: If the method is not on it, or Python would not take these arguments.
    """
    if isinstance(held, DictValue) and not given and not named:
        return _of_dict(held, name, room)
    if type(held) is not str:
        raise NotConstant
    if name == "join" and len(given) == 1 and not named:
        return _joined(held, given[0], room)
    if name == "format":
        return _filled(held, [*map(_plain, given)], {k: _plain(v) for k, v in named.items()}, room)
    arguments = [_plain(one) for one in given]
    if name == "replace" and all(type(one) is str for one in arguments[:2]):
        old, new = (str(one) for one in arguments[:2]) if len(arguments) > 1 else ("", "")
        room.take(len(held) + held.count(old) * len(new))
    elif name in _PADDING and arguments and type(arguments[0]) is int:
        room.take(len(held) + max(0, arguments[0]))
    elif name in _CASES:
        room.take(_LONGER * len(held))
    elif name in _STRIPPING | _CUTTING | _SPLITTING:
        room.take(len(held))
    else:
        raise NotConstant
    try:
        value = getattr(held, name)(*arguments, **{key: _plain(one) for key, one in named.items()})
    except (TypeError, ValueError, OverflowError):
        raise NotConstant from None
    return value


def _of_dict(held: DictValue, name: str, room: Room) -> object:
    room.take(len(held.pairs))
    if name == "items":
        return [(key, value) for key, value in held.pairs]
    if name in ("keys", "values"):
        return [pair[name == "values"] for pair in held.pairs]
    raise NotConstant


def _joined(separator: str, given: object, room: Room) -> str:
    if type(given) is Bound and given.parts is not None:
        given = [part.value for part in given.parts]
    if not isinstance(given, list | tuple):
        raise NotConstant
    texts = [one.value if type(one) is Bound else one for one in given]
    strings = [one for one in texts if isinstance(one, str)]
    if len(strings) < len(texts):
        raise NotConstant
    room.take(sum(len(one) + len(separator) for one in strings))
    return separator.join(strings)


def _filled(text: str, given: list[object], named: dict[str, object], room: Room) -> str:
    """``"{} {name}".format(…)`` without attributes, indices and formats."""
    bare = _FIELD.sub("", text.replace("{{", "").replace("}}", ""))
    if "{" in bare or "}" in bare:
        raise NotConstant
    longest = max((len(str(one)) for one in [*given, *named.values()]), default=0)
    room.take(len(text) + text.count("{") * longest)
    try:
        return text.format(*given, **named)
    except (LookupError, ValueError):
        raise NotConstant from None


def element(held: object, index: object, room: Room) -> object:
    """The value of ``held[index]``; a slice stands as a `slice` of whole numbers.

    Raises:
        NotConstant: If nothing is there.
    """
    if type(held) is Bound:
        if held.parts is None:
            return element(held.value, index, room) if type(held.value) is str else _none()
        held = list(held.parts)
    if isinstance(held, DictValue):
        room.take(len(held.pairs))
        found = [value for key, value in held.pairs if type(key) is type(index) and key == index]
        return found[-1] if found else _none()
    if not isinstance(held, str | list | tuple) or type(index) not in (int, slice):
        raise NotConstant
    room.take(len(held) if isinstance(index, slice) else 1)
    try:
        return held[index]  # type: ignore[call-overload, index] # it is one of the two
    except (IndexError, ValueError):
        raise NotConstant from None


def _none() -> object:
    raise NotConstant


def attribute(held: object, name: str) -> object:
    """The value that an instance, which a name stands for, has in a field.

    Raises:
        NotConstant: If it is no instance, or has no such field.
    """
    if type(held) is not Bound or not dataclasses.is_dataclass(held.value):
        raise NotConstant
    if all(field.name != name for field in dataclasses.fields(held.value)):
        raise NotConstant
    value = getattr(held.value, name, None)
    if isinstance(value, str | int | float):
        return value
    # What it is made of is not known for itself, but it is no more than the whole.
    return Bound(value, held.nodes, held.depth)
