"""Koordinierungsrunde: what to talk about, what came of it, and who does what by when."""

from steering.web import current
from steering.web.rounds import page, presented

if current.presenting():
    presented.show()
else:
    page.answer()
    page.body()
