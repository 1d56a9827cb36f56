"""Rows of a file that are nothing of ours: counted by their reason instead of listed one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from steering.analysis.incoming import Reading
from steering.model.german import count


def counted(found: Reading) -> Reading:
    """What was read without the rows that are set apart, and how many these are for which reason."""
    own = tuple(row for row in found.rows if not row.outside)
    # "dieselbe Sitzung wie in Zeile 5" names another row each time: what is counted is the reason.
    apart = Counter(row.outside.partition(" wie in ")[0] for row in found.rows if row.outside)
    if not apart:
        return found
    many = count(apart.total(), "Eintrag ist", "Einträge sind")
    why = "; ".join(f"{reason}: {number}" for reason, number in apart.most_common())
    left = f"{many} nicht aufgeführt, denn übernommen wird davon nichts ({why})."
    return replace(found, rows=own, notes=(*found.notes, left))
