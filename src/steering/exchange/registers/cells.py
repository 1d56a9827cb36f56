"""Cells of the official list of municipalities: keys, figures, degrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def text(cell: Any) -> str:
    """What stands in a cell, whole numbers without a point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def digits(cell: Any, width: int) -> str:
    """Digits with the zeros in front that Excel has taken away."""
    found = text(cell)
    return found.zfill(width) if found.isdigit() else found


def postcode(cell: Any) -> str:
    """Five digits, or nothing where there is no postcode."""
    return digits(cell, 5) if text(cell) else ""


def _number(cell: Any) -> float | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    found = text(cell).replace("\u00a0", "").replace(" ", "")
    if not found or found in ("-", ".", "/", "x", "..."):
        return None
    return float(found.replace(".", "").replace(",", ".") if "," in found else found)


def _within(low: float, high: float) -> Callable[[Any], float | None]:
    def read_cell(cell: Any) -> float | None:
        value = _number(cell)
        if value is not None and not low <= value <= high:
            raise ValueError
        return value

    return read_cell


def degrees(low: float, high: float) -> Callable[[Any], float | None]:
    """Degrees; zero stands for a place without a centre."""
    inside = _within(low, high)
    return lambda cell: inside(cell) if _number(cell) else None


def positive(cell: Any) -> float | None:
    """An area; zero stands for one that is not known."""
    return _within(0, 100_000)(cell) or None


def hectares(cell: Any) -> float | None:
    """An area in km² from hectares."""
    found = _within(0, 10_000_000)(cell)
    return round(found / 100, 2) if found else None


def count(cell: Any) -> int | None:
    """How many people."""
    value = _within(0, 100_000_000)(cell)
    if value is not None and value != int(value):
        raise ValueError
    return None if value is None else int(value)
