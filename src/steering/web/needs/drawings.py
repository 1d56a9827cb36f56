"""Needs as drawings, for the page Bedarfe and for a point of a round."""

from __future__ import annotations

from steering.analysis.needs import directory as need_directory
from steering.analysis.needs.coverage import MAYBE, MET, OPEN, PARTLY, UNTOLD
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts import need_course, need_courses
from steering.charts import needs as charts
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.web import current
from steering.web.needs import rows as need_rows

_LOOKS = {
    MET: need_course.FILLED,
    PARTLY: need_course.PART,
    OPEN: need_course.EMPTY,
    MAYBE: need_course.UNKNOWN,
    UNTOLD: need_course.UNKNOWN,
}


def drawn(at: View, chosen: Selection, theme: Theme, narrow: bool = False) -> Drawing | None:
    """The needs that are valid on the day looked at or later; None where there is none."""
    rows = need_rows.drawn(need_rows.selected(at, chosen))
    return None if rows.empty else charts.needs(rows, theme=theme, narrow=narrow)


def all_courses_drawn(at: View, chosen: Selection, theme: Theme) -> Drawing:
    """All needs over the horizon, met or not."""
    rows = need_rows.selected(at, chosen)
    shown = need_rows.drawn(rows, past=True)
    return need_courses.courses(shown, need_rows.stretches(at, rows), at.horizon, at.as_of, theme=theme)


def course_drawn(at: View, need_id: int, theme: Theme) -> Drawing:
    """One need that has a quantity, over the horizon: how much is needed and what reaches it."""
    found = need_rows.courses(at)
    found = found[found["need_id"] == need_id]
    needs = current.of(need_directory.needs)
    row = needs[needs["need_id"] == need_id].iloc[0].to_dict()
    amounts = [
        need_rows.amount(row | each | {"quantity": each["wanted"]}) for each in found.to_dict("records")
    ]
    stretches = found.assign(
        level=found["supply"], need=found["wanted"], look=found["state"].map(_LOOKS), amount=amounts
    )
    return need_course.course(
        stretches, unit=row["counted_in"], horizon=at.horizon, as_of=at.as_of, theme=theme,
        spread=need_rows.spread(at, need_id) if row["ruled"] else None,
    )  # fmt: skip
