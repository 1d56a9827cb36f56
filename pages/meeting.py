"""Koordinierungsrunde: what to talk about, what came of it, and who does what by when."""

from steering.web.rounds import page, participants, presented

if not page.is_worked_on():
    participants.above()
    presented.show()
    participants.below()
else:
    page.answer()
    page.body()
