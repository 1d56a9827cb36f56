"""Bedarfe: what is needed, now and later, against what reaches it."""

from steering.web.needs import form, page, survey

page.answer()
page.picture()
page.table()
form.show()
survey.show()
