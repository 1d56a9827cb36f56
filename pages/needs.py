"""Bedarfe: what is needed, now and later, against what reaches it."""

from steering.web import need_form, needs_view

needs_view.answer()
needs_view.picture()
needs_view.table()
need_form.show()
needs_view.not_surveyed()
