"""Masterplan: what is done about it, what each measure closes, and what stays open."""

from steering.web.masterplan import page
from steering.web.measures import form

page.answer()
page.body()
form.show()
