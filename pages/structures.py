"""Strukturen: which structures exist, searchable, and each in full."""

from steering.web import structure_detail, structure_list

structure_list.read_preset()
structure_list.answer()
structure_list.table()
structure_detail.show()
