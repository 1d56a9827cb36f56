"""Karte: what exists where on the Stichtag."""

from steering.web import places
from steering.web.map import page

places.in_order(page.answer, page.draw, page.table)
