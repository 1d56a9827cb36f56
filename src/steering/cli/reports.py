"""`steering report`: the Sitzungsvorlage about the whole, or the Masterplan, as a Word file."""

from __future__ import annotations

import pandas as pd

from steering.analysis.paper.draft import compose, draft
from steering.analysis.paper.facts import facts
from steering.analysis.paper.subjects import PaperSubject
from steering.analysis.paper.whole_plan import masterplan
from steering.analysis.portfolio import Portfolio
from steering.analysis.view import View
from steering.charts.drawing import to_vega
from steering.charts.paper_pictures import drawings
from steering.exchange import pictures, word

KINDS = ("sitzungsvorlage", "masterplan")


def report(kind: str, portfolio: Portfolio, boundaries: pd.DataFrame, view: View) -> bytes:
    """The Word file of a kind."""
    found = facts(portfolio, view, PaperSubject(), kind == "masterplan")
    drawn = drawings(found, boundaries)
    images = pictures.all_as_png({name: to_vega(draw()) for name, draw in drawn.items()})
    shown = images.keys()
    whole = kind == "masterplan"
    document = masterplan(found, shown) if whole else compose(found, draft(found), pictures=shown)
    return word.write_numbered(document, images)
