"""The rows of a file that are about the own Kreis; the others are told, not listed."""

from __future__ import annotations

from dataclasses import replace

from steering.analysis.incoming import Reading
from steering.model.german import count, listing


def of(found: Reading) -> Reading:
    """The reading without what lies outside, and a note about it: such a row could not be taken anyway."""
    elsewhere = [row.title for row in found.rows if row.outside]
    if not elsewhere:
        return found
    rows = count(len(elsewhere), "Zeile anderer Gebiete ist", "Zeilen anderer Gebiete sind")
    left = f"{rows} nicht aufgeführt: {listing(list(dict.fromkeys(elsewhere)))}."
    own = tuple(row for row in found.rows if not row.outside)
    return replace(found, rows=own, notes=(*found.notes, left))
