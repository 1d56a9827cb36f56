"""The picture of a mail: how much of what it tells is overdue, and how much is due in which month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from steering.analysis.dates.telling import Tiding
from steering.charts.drawing import Drawing, named_source, without_data
from steering.charts.theme import LIGHT, TIME_LOCALE
from steering.model import ToldStage
from steering.model.german import count

OVERDUE, LATER = "überfällig", "später"
MONTHS = 6
WIDTH, HEIGHT = 560, 150
TITLE = "Wie viel davon wann fällig ist"


def due_ahead(news: Sequence[Tiding], today: date) -> Drawing | None:
    """A column for what is overdue, for each of the coming months, and for what is later; None where nothing
    is ahead: one column of what is overdue says no more than the subject of the mail."""
    months = [_month(today, ahead) for ahead in range(MONTHS)]
    names = [OVERDUE, *(_short(month) for month in months), LATER]
    amounts = [0] * len(names)
    for each in news:
        amounts[_place(each, months)] += 1
    if not any(amounts[1:]):
        return None
    rows = pd.DataFrame({"name": names, "amount": amounts})
    rows["late"] = rows["name"] == OVERDUE
    rows["text"] = [str(amount) if amount else "" for amount in amounts]
    told = "; ".join(
        f"{name}: {count(amount, 'Eintrag', 'Einträge')}"
        for name, amount in zip(names, amounts, strict=True)
        if amount
    )
    return Drawing(_spec(), rows, f"{TITLE}. {told}.", HEIGHT, WIDTH)


def _place(each: Tiding, months: Sequence[date]) -> int:
    """The column of a thing. What is past and yet not overdue belongs to now."""
    if each.stage in {ToldStage.OVERDUE, ToldStage.AGAIN}:
        return 0
    month = max(each.thing.day.replace(day=1), months[0])
    return months.index(month) + 1 if month in months else MONTHS + 1


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)


def _short(month: date) -> str:
    return f"{TIME_LOCALE['shortMonths'][month.month - 1]} {month.year}"


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    axis = alt.Axis(title=None, labelAngle=0, labelFontSize=12, labelColor=LIGHT.text, domain=True,
                    domainColor=LIGHT.line)  # fmt: skip
    chart = alt.Chart()
    x = alt.X("name:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.35, paddingOuter=0.15))
    # From nothing up, with room for the numbers.
    y = alt.Y("amount:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    bars = chart.mark_bar().encode(
        x, y, color=alt.condition("datum.late", alt.value(LIGHT.alarm), alt.value(LIGHT.primary))
    )
    numbers = chart.mark_text(dy=-8, fontSize=13, fontWeight=600, color=LIGHT.text).encode(
        x, y, text="text:N"
    )
    title = {"text": TITLE, "anchor": "start", "frame": "group", "fontSize": 13, "fontWeight": 600,
             "color": LIGHT.text, "offset": 16}  # fmt: skip
    layers = alt.layer(bars, numbers, data=named_source())
    padding = {"left": 4, "right": 4, "top": 4, "bottom": 4}
    return without_data(layers, height=HEIGHT, padding=padding, title=title)
