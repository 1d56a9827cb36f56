"""Potenziale: which chances immigration holds for the Landkreis, which are used, which the program finds."""

from steering.web import places
from steering.web.potentials import detail, form, page, proposals

places.in_order(page.answer, page.body, detail.show, proposals.show, form.show)
