"""Koordinierungsrunde: what to talk about, what came of it, and who does what by when."""

from steering.web import meeting_view

meeting_view.answer()
meeting_view.body()
