"""Strukturen: which structures exist, searchable, and each in full."""

from steering.web import places
from steering.web.structures import detail, page

places.in_order(page.answer, page.table, detail.show)
