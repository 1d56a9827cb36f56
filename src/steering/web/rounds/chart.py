"""Which chart stands behind a point of a round: chosen in one place, for page, stage and minutes."""

from __future__ import annotations

import pandas as pd

from steering.analysis.agenda import behind as rounds_behind
from steering.analysis.lives import bars
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.charts import need_courses, roadmap, timeline
from steering.charts.drawing import Drawing, no_higher
from steering.charts.theme import Theme
from steering.model import FindingKind, Role, Subject
from steering.model.finding_keys import FindingKey
from steering.model.vocabulary import word
from steering.web import current, panels
from steering.web.masterplan import roadmap as plan_roadmap
from steering.web.needs import drawings
from steering.web.needs import rows as need_rows
from steering.web.structures.words import short_names
from steering.web.timeline import rows as timeline_rows

MOST_ROWS = 12
# As high a plot is seen as a whole above the Ergebnis, on the smaller projector under a title of two lines.
ROOM = 112


def behind(subject: Subject, key: str, at: View, theme: Theme) -> Drawing | None:
    """What the subject is about over the horizon; None where there is nothing to draw.

    A measure is drawn as in the roadmap, a need that is not met in full with its quantity, anything else by
    the structures behind it; a gap in which there are none by its need.
    """
    return current.derived(_drawn, subject, key, at, theme)


def show(drawing: Drawing, name: str, *, key: str) -> None:
    """The chart at its point, before a room no higher than can be seen."""
    shown = no_higher(drawing, ROOM) if current.presenting() else drawing
    panels.chart(lambda: shown, name, key=key, downloads=False)


def _drawn(subject: Subject, key: str, at: View, theme: Theme) -> Drawing | None:
    subject, key = current.of(rounds_behind.origin, subject, key)
    if subject == Subject.MEASURE:
        return _measure(key, at, theme)
    if subject != Subject.FINDING:
        return _structures(subject, key, at, theme)
    found = FindingKey.read(key)
    if found and found.kind is FindingKind.SHORTFALL and (drawn := _quantity(key, at, theme)):
        return drawn
    return _structures(subject, key, at, theme) or _need(key, at, theme)


def _structures(subject: Subject, key: str, at: View, theme: Theme) -> Drawing | None:
    """The structures as bars of the Zeitachse, under their roles where the subject is about a task."""
    found = current.of(rounds_behind.structures, subject, key)[:MOST_ROWS]
    drawn = current.of(bars.bars, at)
    drawn = drawn[drawn["structure_id"].isin(found)]
    first, last = pd.Timestamp(at.horizon.first), pd.Timestamp(at.horizon.last)
    drawn = drawn[~(drawn["start"] > last) & ~(drawn["end"] < first)]
    if drawn.empty:
        return None
    roles = current.of(rounds_behind.roles, key) if subject == Subject.FINDING else {}
    names, order = current.of(short_names), [*Role]
    rows = pd.DataFrame(
        {
            "structure_id": found,
            "label": [names[one] for one in found],
            "group": [word(roles[one]) if one in roles else "" for one in found],
            "rank": [order.index(roles[one]) if one in roles else len(order) for one in found],
        }
    )
    rows = rows.sort_values("rank", kind="stable").drop(columns="rank")
    marks = timeline_rows.marks(at)
    return timeline.timeline(rows, drawn, marks, at.horizon, at.as_of, theme=theme).picture(theme)


def _quantity(key: str, at: View, theme: Theme) -> Drawing | None:
    rows = need_rows.selected(at, Selection())
    rows = rows[rows["need_id"].isin(rounds_behind.needs_of(key))]
    rows = need_rows.measured(rows)
    return None if rows.empty else drawings.course_drawn(at, int(rows["need_id"].iloc[0]), theme)


def _need(key: str, at: View, theme: Theme) -> Drawing | None:
    rows = need_rows.selected(at, Selection())
    rows = rows[rows["need_id"].isin(rounds_behind.needs_of(key))]
    if rows.empty:
        return None
    shown = need_rows.drawn(rows, past=True)
    return need_courses.courses(shown, need_rows.stretches(at, rows), at.horizon, at.as_of, theme=theme)


def _measure(key: str, at: View, theme: Theme) -> Drawing | None:
    rows = current.of(plan_roadmap.measures)
    rows = rows[rows["measure_id"].astype(str) == key]
    if rows.empty:
        return None
    steps = current.portfolio().milestones
    steps = steps[steps["measure_id"].isin(rows["measure_id"])]
    return roadmap.roadmap(rows.reset_index(drop=True), steps, at.horizon, at.today, theme=theme)
