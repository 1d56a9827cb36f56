"""Lücken: what nobody does although it is needed, when, where and why."""

from steering.web import gaps_view

gaps_view.answer()
gaps_view.body()
