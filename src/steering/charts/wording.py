"""Spans of time and changes in the words of a chart."""

from __future__ import annotations

from datetime import date

from steering.model.german import day, number

MISSING = "–"


def period(start: date | None, end: date | None) -> str:
    """01.01.2024 – 31.12.2026, or in words where a side is open."""
    opened, closed = day(start, ""), day(end, "")
    if opened and closed:
        return opened if opened == closed else f"{opened} – {closed}"
    if opened:
        return f"ab {opened}, ohne Ende"
    return f"bis {closed}" if closed else "ohne Anfang und Ende"


def quarter(first: date) -> str:
    """1. Quartal 2027."""
    return f"{(first.month - 1) // 3 + 1}. Quartal {first.year}"


def posts(value: float) -> str:
    """1,5 VZÄ, a fall with a true minus sign: −1,5 VZÄ."""
    return f"{signed(value, 2)} VZÄ"


def signed(value: float, digits: int) -> str:
    """A number with the minus sign that is as wide as a plus."""
    return number(value, digits).replace("-", "−")
