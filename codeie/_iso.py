"""Dates, times and lengths of time as ISO 8601 writes them: the one way they go into strings."""

from __future__ import annotations

import datetime as dt

__all__ = ["iso"]


def iso(value: dt.date | dt.time | dt.timedelta) -> str:
    """The value as ISO 8601 text.

    Args:
        value: A date, a date and time, a time of day, or a length of time; of the last the
            parts have one sign, which stands in front (ISO 8601-2).

    Examples:
        >>> iso(dt.date(2024, 2, 29)), iso(dt.timedelta(days=2, seconds=3661)), iso(dt.timedelta())
        ('2024-02-29', 'P2DT1H1M1S', 'PT0S')
    """
    return value.isoformat() if not isinstance(value, dt.timedelta) else _duration(value)


def _duration(value: dt.timedelta) -> str:
    sign = "-" if value < dt.timedelta() else ""
    # Not abs(): the shortest timedelta has no positive counterpart.
    whole, micros = divmod(abs(value // dt.timedelta(microseconds=1)), 1_000_000)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    fraction = f".{micros:06}".rstrip("0") if micros else ""
    clock = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    clock += f"{seconds}{fraction}S" * bool(seconds or micros)
    date = f"{days}D" * bool(days)
    return f"{sign}P{date}{f'T{clock}' if clock else ''}" if date or clock else "PT0S"
