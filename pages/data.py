"""Daten: what comes in, what goes out, and copies of everything."""

from steering.web import data_view

data_view.answer()
data_view.sections()
