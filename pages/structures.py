"""Strukturen: which structures exist, searchable, and each in full."""

from steering.web.structures import detail, page

page.answer()
page.table()
detail.show()
