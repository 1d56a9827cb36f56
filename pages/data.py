"""Daten: what comes in, what goes out, and copies of everything."""

from steering.web.data import page

page.answer()
page.sections()
