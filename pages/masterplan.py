"""Masterplan: what is done about it, what each measure closes, and what stays open."""

from steering.web import places
from steering.web.masterplan import page
from steering.web.measures import form

places.in_order(page.answer, page.body, form.show)
