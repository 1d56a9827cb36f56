"""For how many structures the picture of VZÄ speaks, and whose loss it cannot show."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from steering.analysis.findings.endings import warned_until
from steering.analysis.lives import lifecycle
from steering.analysis.structures.inventory import Selection
from steering.analysis.structures.posts import posts
from steering.analysis.view import View
from steering.model import ExtensionRule
from steering.model.enums import WITHOUT_POSTS
from steering.model.german import count, day, listing
from steering.web import current, filters
from steering.web.structures.words import short_names
from steering.web.text import plain


def sentence(at: View, chosen: Selection) -> str:
    """Of how many the VZÄ are known; and what ends within the warning time and is missing in every fall."""
    found = posts(filters.selected(at, chosen))
    if not found.untold:
        return ""
    told = (
        _none_known(found.every)
        if found.none_known
        else (
            f"Erfasst sind die VZÄ von {found.every - found.untold} der "
            f"{count(found.every, 'Struktur', 'Strukturen')} mit Stellen, die am Stichtag laufen"
        )
    )
    short = current.of(short_names)
    names = [plain(short[key]) for key in not_in_the_fall(at, chosen)]
    if not names:
        return f"{told}."
    return (
        f"{told}. In den Rückgängen bis {day(current.of(warned_until, at.as_of))} fehlt, "
        f"weil VZÄ nicht bekannt sind: {listing(names)}."
    )


def _none_known(every: int) -> str:
    if every == 1:
        return "Die VZÄ der einzigen Struktur mit Stellen, die am Stichtag läuft, sind nicht bekannt"
    return f"Die VZÄ der {every} Strukturen mit Stellen, die am Stichtag laufen, sind nicht bekannt"


def not_in_the_fall(at: View, chosen: Selection) -> list[int]:
    """What ends in gesichert within the warning time with VZÄ that nobody knows."""
    certain = replace(at, scenario=replace(at.scenario, rule=ExtensionRule.SECURED))
    ends = current.of(lifecycle.endings, certain, at.as_of, current.of(warned_until, at.as_of).date())
    lost = ends.loc[pd.isna(ends["fte"]), "structure_id"]
    found = filters.selected(at, chosen)
    found = found[found["structure_id"].isin(lost) & ~found["kind"].isin(WITHOUT_POSTS)]
    return list(found["structure_id"])
