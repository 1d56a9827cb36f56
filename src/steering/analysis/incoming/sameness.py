"""When two values say the same: what a spreadsheet does to a value without anybody meaning it."""

from __future__ import annotations

import math
import re
from typing import Any

_LOST = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def alike(one: Any, other: Any) -> bool:
    """Whether two values differ in no more than line ends, outer blanks, or the fifteenth digit."""
    if isinstance(one, str) and isinstance(other, str):
        return plain_text(one) == plain_text(other)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    if _is_nothing(one) and _is_nothing(other):
        return True
    return bool(one == other)


def plain_text(text: str) -> str:
    """A text without line ends of its own kind, outer blanks and characters that no sheet keeps."""
    return _LOST.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [])
