"""Something that changes, shown in one place: below a notebook's cell, or in a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from codeie.display import Viewable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Notebook", "Nowhere", "Paced", "Screen", "Terminal", "screen_here"]

_PERIOD = 0.2
"""Seconds between two pictures at least: more often nobody sees, and a saved notebook's front end
has to draw each."""
_SHARE = 4
"""How many times as long as drawing took is waited before the next picture, so that long texts do
not keep whoever gives the items from going on."""


class Screen(Protocol):
    """Where something is shown that changes."""

    def show(self, seen: Viewable) -> None:
        """Show this in place of what was shown before."""
        ...

    def end(self, seen: Viewable) -> None:
        """Show this, which stays."""
        ...


class Notebook:
    """Below the cell that is running; whoever opens the saved notebook sees the end."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, seen: Viewable) -> None:
        """See `Screen.show`."""
        from IPython.display import display

        bundle = seen._repr_mimebundle_()
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(bundle, raw=True)

    def end(self, seen: Viewable) -> None:
        """See `Screen.end`."""
        self.show(seen)


class Terminal:
    """In a terminal, as rich draws it; what changes is wiped off before what stays is printed.

    Args:
        console: Which one; by default where this program prints to.
    """

    def __init__(self, console: Console | None = None) -> None:
        from rich.console import Console
        from rich.live import Live

        self._console = console if console is not None else Console()
        self._live = Live(console=self._console, transient=True, auto_refresh=False)

    def show(self, seen: Viewable) -> None:
        """See `Screen.show`."""
        self._live.start()
        self._live.update(seen.__rich__(), refresh=True)

    def end(self, seen: Viewable) -> None:
        """See `Screen.end`."""
        self._live.update("")
        self._live.stop()
        self._console.print(seen, markup=False, highlight=False, emoji=False)


class Nowhere:
    """Where nobody looks, such as in a script whose output is a file."""

    def show(self, seen: Viewable) -> None:
        """See `Screen.show`."""

    def end(self, seen: Viewable) -> None:
        """See `Screen.end`."""


def screen_here() -> Screen:
    """The notebook that this runs in, else the terminal, else nowhere."""
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython

        if getattr(get_ipython(), "kernel", None) is not None:
            return Notebook()
    return Terminal() if sys.stdout.isatty() else Nowhere()


class Paced:
    """A screen that is drawn on as often as is of use; the end is always drawn.

    Args:
        screen: Where to draw.
        clock: Tells the time, in seconds.
    """

    def __init__(self, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen = screen
        self._clock = clock
        self._next = float("-inf")

    def show(self, make: Callable[[], Viewable]) -> None:
        """Show what is made, if it is time to; else it is not made."""
        began = self._clock()
        if began < self._next:
            return
        self._screen.show(make())
        ended = self._clock()
        self._next = ended + max(_PERIOD, _SHARE * (ended - began))

    def end(self, seen: Viewable) -> None:
        """Show what stays."""
        self._screen.end(seen)
