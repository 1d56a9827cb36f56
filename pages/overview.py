"""Lagebild: what must be decided next, and what is secured."""

from steering.web import open_questions, overview, panels

overview.answer()
if overview.anything():
    left, right = panels.beside(1.25, 1)
    with left:
        overview.next_ends()
    with right:
        overview.secured()
    open_questions.show()
    overview.figures()
    overview.unknowns()
