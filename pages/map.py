"""Karte: what exists where on the Stichtag."""

from steering.web import map_view

map_view.answer()
map_view.draw()
map_view.table()
