"""What an answer costs is one figure: on the Lagebild, in the what-if and in the Sitzungsvorlage."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.decision import table
from steering.analysis.decision.open_question import asked
from steering.analysis.decision.options import OptionKind, options
from steering.analysis.document import Table, plain
from steering.analysis.masterplan import effects
from steering.analysis.paper import alternatives, deciding
from steering.analysis.paper.facts import facts
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, PaperSubject
from steering.analysis.structures.decisions import upcoming
from steering.analysis.view import Scenario
from steering.model.german import read_euro
from tests import builders as b
from tests.analysis.decision.worlds import next_of, view, world
from tests.analysis.strategies import inventories

PROGRAMME = PaperSubject(About.PROGRAMME, "7")
TODAY = "2026-05-20"
RATES = st.lists(
    st.builds(
        lambda year, cents: b.personnel_cost(year=year, rate_cents=cents),
        st.integers(2024, 2029), st.sampled_from([6_000_000, 7_000_050, 8_123_400]),
    ),
    max_size=3, unique_by=lambda rate: rate["year"],
)  # fmt: skip


def generated(inventory, rates):
    structures, fundings = inventory
    return b.portfolio(
        organisations=[b.organisation(id=1)],
        programmes=[b.programme(id=7, name="Richtlinie")],
        structures=[each | {"name": f"S{each['id']}", "organisation_id": 1} for each in structures],
        fundings=[each | {"programme_id": 7} for each in fundings],
        personnel_costs=rates,
    )


@settings(max_examples=12, deadline=None)
@given(inventories(), RATES)
def test_the_what_if_says_what_the_lagebild_says(inventory, rates) -> None:
    data = generated(inventory, rates)
    look = b.view(TODAY, first="2026-01-01", last="2029-12-31")
    question = asked(data, upcoming(data, look)).question
    if question is None:
        return
    answers = options(data, look, question)
    # Where the scenario may run the money on, letting it run out is an assumption, too.
    without = replace(look, scenario=Scenario(look.scenario.rule, answers[0].changes))
    for option in answers:
        played = replace(look, scenario=Scenario(look.scenario.rule, option.changes))
        told = {each.year: each for each in effects.effect(data, played, without).on_the_county()}
        for more in option.more:
            found = told[more.year]
            assert found.recorded == pytest.approx(more.recorded, abs=0.01)
            assert (found.estimated is None) == (more.estimated is None)
            assert (found.estimated or 0) == pytest.approx(more.estimated or 0, abs=0.01)
            assert (found.example, found.unknown) == (more.example, more.unknown)


AMOUNT = r"(?:(?P<known>-?[\d.]+ €)(?: und )?)?(?:rund (?P<guess>-?[\d.]+ €) \(geschätzt\))?"
ASKED = re.compile(
    rf"von (?:je )?{AMOUNT}(?: und (?P<unknown>\d+) Betr[aä]ge? nicht bekannt)? "
    r"(?:im Haushaltsjahr (?P<alone>\d+)|in den Haushaltsjahren (?P<first>\d+) bis (?P<last>\d+))"
)


def asked_for(clause: str) -> dict[int, tuple[int, int]]:
    """Recorded and estimated euros of a clause of the motion, by budget year."""
    found = {}
    for at in ASKED.finditer(clause):
        first, last = int(at["alone"] or at["first"]), int(at["alone"] or at["last"])
        for year in range(first, last + 1):
            known, guess = ((read_euro(at[name] or "0") or 0) // 100 for name in ("known", "guess"))
            found[year] = known, guess
    return found


@settings(max_examples=10, deadline=None)
@given(inventories(), RATES)
def test_the_paper_has_the_table_of_the_lagebild_and_its_motion_the_same_sums(inventory, rates) -> None:
    data = generated(inventory, rates)
    look = b.view(TODAY, first="2026-01-01", last="2029-12-31")
    rows = upcoming(data, look)
    question = asked(data, rows).question
    if question is None:
        return
    found = options(data, look, question)
    known = facts(data, look, PROGRAMME)
    assert known.questions.asked[0].question == question
    made = alternatives.blocks(known)[0]
    assert isinstance(made, Table)
    told = table.columns(question, found)
    assert [list(row[1:]) for row in made.rows] == [
        list(cells) for cells in zip(*([cell.whole for cell in each.cells] for each in told), strict=True)
    ]
    own = next(each for each in found if each.kind == OptionKind.OWN)
    clause = motion(known).does.split(" bereitzustellen")[0].split("ohne zusätzliche")[0]
    said = asked_for(clause)
    for year in own.money:
        if "in noch zu beziffernder Höhe" in clause:
            assert year.unknown
            continue
        sums = (round(year.recorded / 100), round((year.estimated or 0) / 10_000) * 100)
        assert said.get(year.year, (0, 0)) == sums
    rows_of_money = {row[0]: row for row in deciding.table(known)[0].rows if plain(row[1]).startswith("»S")}
    expire = next(each for each in found if each.kind == OptionKind.EXPIRE)
    assert plain(rows_of_money[str(own.money[0].year)][2])
    assert expire.money[0].year == own.money[0].year


def test_the_same_figure_with_its_mark_in_all_three() -> None:
    data = world(personnel_costs=[b.personnel_cost(id=1)])
    question = next_of(data).question
    assert question is not None
    own = next(each for each in options(data, view(), question) if each.kind == OptionKind.OWN)
    known = facts(data, view(), PROGRAMME)
    cells = [cell.whole for each in table.columns(question, (own,)) for cell in each.cells]
    assert cells[1:5] == [*["rund 105.000 € (geschätzt)"] * 3, "rund 315.000 € (geschätzt)"]
    said = "von je rund 105.000 € (geschätzt) in den Haushaltsjahren 2027 bis 2029"
    assert said in motion(known).does
    assert said in deciding.follow_up(known)[0]
    assert (
        "- 2027 bis 2029: je Jahr rund 105.000 € (geschätzt); mit einer Anschlussförderung"
        in deciding.costs(known)[0]
    )
    (row, *_) = deciding.table(known)[0].rows
    assert row == ("2027", "»Lotsen«", "0 €", *["rund 105.000 € (geschätzt)"] * 2)
