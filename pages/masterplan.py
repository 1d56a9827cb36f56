"""Masterplan: what is done about it, what each measure closes, and what stays open."""

from steering.web import plan_form, plan_view

plan_view.answer()
plan_view.body()
plan_form.show()
