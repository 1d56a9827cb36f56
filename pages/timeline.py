"""Zeitachse: how the structures develop over the horizon."""

from steering.web import places
from steering.web.timeline import page

places.in_order(page.answer, page.controls, page.chart, page.table)
