"""Zeitachse: how the structures develop over the horizon."""

from steering.web import timeline_view

timeline_view.answer()
timeline_view.controls()
timeline_view.chart()
timeline_view.table()
