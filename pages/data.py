"""Daten: what comes in, what goes out, and copies of everything."""

from steering.web import places
from steering.web.data import page

places.in_order(page.answer, page.sections)
