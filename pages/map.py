"""Karte: what exists where on the Stichtag."""

from steering.web.map import page

page.answer()
page.draw()
page.table()
