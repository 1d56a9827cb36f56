"""Lücken: what nobody does although it is needed, when, where and why."""

from steering.web import places
from steering.web.gaps import page

places.in_order(page.answer, page.body)
