"""What a printed page says of itself: on paper there is no sidebar to see it in."""

from __future__ import annotations

from steering.model.german import count
from steering.web import current, filters, panels
from steering.web.browser import html


def head(*, acting: bool) -> None:
    """Day, scenario, Masterplan and filters, where the page depends on them, and how old the data are."""
    html.on_paper(" · ".join(_notes(acting=acting)))


def _notes(*, acting: bool) -> list[str]:
    notes = panels.view_notes()
    # The line above a presentation is printed too.
    if not acting or current.presenting():
        return notes[-1:]
    if active := filters.selection().active:
        notes.append(count(active, "Filter", "Filter"))
    if current.discreet():
        notes.append("»Nur Verwaltung« ausgeblendet")
    return notes
