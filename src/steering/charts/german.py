"""Numbers, days and periods as they are written on a German screen."""

from __future__ import annotations

from datetime import date

import pandas as pd

MISSING = "–"


def number(value: float, decimals: int = 1) -> str:
    """1.234,5; a whole number when `decimals` is 0; a true minus sign."""
    if pd.isna(value):
        return MISSING
    text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return text.replace("-", "−") if float(f"{value:.{decimals}f}") else text.replace("-", "")


def fte(value: float) -> str:
    """1,5 VZÄ; a second decimal only where there is one (0,25 VZÄ)."""
    if pd.isna(value):
        return "VZÄ unbekannt"
    hundredths = round(value * 100)
    return f"{number(value, 1 if hundredths % 10 == 0 else 2)} VZÄ"


def day(value: date | pd.Timestamp | None) -> str:
    """31.12.2026; a dash where there is no day."""
    if value is None or pd.isna(value):
        return MISSING
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def period(start: date | None, end: date | None) -> str:
    """01.01.2024 – 31.12.2026, or in words where a side is open."""
    opened, closed = (not (side is None or pd.isna(side)) for side in (start, end))
    if opened and closed:
        return day(start) if start == end else f"{day(start)} – {day(end)}"
    if opened:
        return f"ab {day(start)}, ohne Ende"
    return f"bis {day(end)}" if closed else "ohne Anfang und Ende"


def quarter(value: date) -> str:
    """1. Quartal 2027."""
    return f"{(value.month - 1) // 3 + 1}. Quartal {value.year}"


def count(amount: float, one: str, many: str) -> str:
    """1 Struktur, 2 Strukturen, 1,5 Strukturen."""
    whole = float(amount).is_integer()
    return f"{number(amount, 0 if whole else 1)} {one if amount == 1 else many}"
