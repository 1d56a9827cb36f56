"""Zuständigkeiten: which task has several houses in charge, which none, and what people think of it."""

from steering.web import places
from steering.web.responsibilities import page

places.in_order(page.answer, page.controls, page.picture, page.findings)
