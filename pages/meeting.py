"""Koordinierungsrunde: what to talk about, what came of it, and who does what by when."""

from steering.web.rounds import page, presented, wishes

if not page.is_worked_on():
    presented.show()
    wishes.for_participants()
else:
    page.answer()
    page.body()
