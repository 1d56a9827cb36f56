"""Potenziale: which chances immigration holds for the Landkreis, which are used, which the program finds."""

from steering.web.potentials import detail, form, page

page.answer()
page.body()
detail.show()
form.show()
