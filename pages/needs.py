"""Bedarfe: what is needed, now and later, against what reaches it."""

from steering.web import places
from steering.web.needs import form, page, survey

places.in_order(page.answer, page.picture, page.table, form.show, survey.show)
