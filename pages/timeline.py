"""Zeitachse: how the structures develop over the horizon."""

from steering.web.timeline import page

page.answer()
page.controls()
page.chart()
page.table()
