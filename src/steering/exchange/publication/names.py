"""Names of files made of names: of few letters, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 60


def file_name(name: str) -> str:
    """»Frauen & Mädchen« as frauen-maedchen: a to z, digits and hyphens; never empty."""
    plain = unicodedata.normalize("NFKC", name).lower().translate(_SPELT)
    plain = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "ohne-namen"


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name for each name. Where two would be alike, the later one gets a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in found:
            continue
        wanted = free = file_name(name)
        number = 2
        while free in taken:
            free = f"{wanted}-{number}"
            number += 1
        taken.add(free)
        found[name] = free
    return found
