"""Cells of the official list of municipalities: keys, figures, degrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def digits(cell: Any, width: int) -> str:
    """Digits with the zeros in front that Excel has taken away."""
    text = text(cell)
    return text.zfill(width) if text.isdigit() else text


def _number(cell: Any) -> float | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    text = text(cell).replace("\u00a0", "").replace(" ", "")
    if not text or text in ("-", ".", "/", "x", "..."):
        return None
    return float(text.replace(".", "").replace(",", ".") if "," in text else text)


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
    hectares = _within(0, 10_000_000)(cell)
    return round(hectares / 100, 2) if hectares else None


def count(cell: Any) -> int | None:
    value = _within(0, 100_000_000)(cell)
    if value is not None and value != int(value):
        raise ValueError
    return None if value is None else int(value)
