"""Lagebild: what must be decided next, and what is secured."""

from steering.web import panels, places
from steering.web.overview import decision, open_questions, page, to_do

places.in_order(decision.show, to_do.show)
if page.anything():
    left, right = panels.beside(1.25, 1)
    with left:
        page.next_ends()
    with right:
        page.secured()
    places.in_order(open_questions.show, page.figures, page.unknowns)
