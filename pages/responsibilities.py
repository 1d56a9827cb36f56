"""Zuständigkeiten: which task has several houses in charge, which none, and what people think of it."""

from steering.web.responsibilities import page

page.answer()
page.controls()
page.picture()
page.findings()
