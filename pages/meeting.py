"""Koordinierungsrunde: what to talk about, what came of it, and who does what by when."""

from steering.web import current, meeting_stage, meeting_view

if current.presenting():
    meeting_stage.show()
else:
    meeting_view.answer()
    meeting_view.body()
