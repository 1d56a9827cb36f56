"""Verlauf: who changed what, when, from what to what, and the way back."""

from steering.web import places
from steering.web.history import contact, page, search

places.in_order(page.answer, search.draw, page.entries, contact.show)
