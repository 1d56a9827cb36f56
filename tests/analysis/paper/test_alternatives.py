"""Alternativen: the answers of the Lagebild, from the same function."""

from steering.analysis.decision import table
from steering.analysis.decision.options import options
from steering.analysis.document import Note, Table
from steering.analysis.paper import alternatives
from steering.analysis.paper.draft import draft
from steering.analysis.paper.facts import facts
from steering.analysis.paper.subjects import About, PaperSubject
from tests.analysis.decision.worlds import next_of, view, world
from tests.builders import personnel_cost

PROGRAMME = PaperSubject(About.PROGRAMME, "7")


def test_the_paper_has_the_same_answers_with_the_same_figures():
    data = world(personnel_costs=[personnel_cost(id=1)])
    question = next_of(data).question
    assert question is not None
    told = table.columns(question, options(data, view(), question))
    known = facts(data, view(), PROGRAMME)
    part = next(part for part in draft(known).parts if part.key == "alternativen")
    made, note = part.after[:2]
    assert isinstance(made, Table)
    assert isinstance(note, Note)
    assert made.columns[1:] == tuple(answer.title for answer in told)
    cells = [list(row[1:]) for row in made.rows]
    assert cells == [list(row) for row in zip(*([c.whole for c in a.cells] for a in told), strict=True)]
    assert "rund 105.000 € (geschätzt)" in cells[1]
    assert "1,5 VZÄ × 70.000 €" in str(note.text)
    assert [row[0] for row in made.rows][:5] == [
        "Landkreis zahlt 2026 (heute)", "Landkreis zahlt 2027", "Landkreis zahlt 2028",
        "Landkreis zahlt 2029", "Summe 2027–2029",
    ]  # fmt: skip
    # What is paid today is the same whatever is decided; the sum is that of the years above it.
    assert len(set(cells[0])) == 1
    assert "rund 315.000 € (geschätzt)" in cells[4]
    notes = [str(each.text) for each in part.after if isinstance(each, Note)]
    assert (
        "Überbrücken bis 30.06.2027: 2027 anteilig, 181 von 365 Tagen (01.01.2027 bis 30.06.2027)." in notes
    )


def test_a_paper_about_something_else_has_none():
    assert alternatives.blocks(facts(world(), view(), PaperSubject())) == ()
