"""Zuständigkeiten: which task has several houses in charge, which none, and what people think of it."""

from steering.web import responsibilities_view

responsibilities_view.answer()
responsibilities_view.controls()
responsibilities_view.picture()
responsibilities_view.findings()
