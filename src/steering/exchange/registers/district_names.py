"""What a Kreis is called: »Landkreis Coburg«, but »Saalekreis« and »Region Hannover«."""

from __future__ import annotations

import re

# Words of which one in the name says what it is, so that none need be put before it.
_SPEAKS_FOR_ITSELF = re.compile(r"kreis|region|verband", re.IGNORECASE)


def full_name(name: str, kind: str) -> str:
    """The name with its kind before it, unless the name says it: Coburg, Landkreis → Landkreis Coburg."""
    if kind not in ("Kreis", "Landkreis") or _SPEAKS_FOR_ITSELF.search(name):
        return name
    return f"{kind} {name}"
