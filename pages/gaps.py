"""Lücken: what nobody does although it is needed, when, where and why."""

from steering.web.gaps import page

page.answer()
page.body()
