"""The Beschlussvorschlag about what ends: days of their own, and money as in the Haushaltsblatt."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, settings

from steering.analysis.changes import ExtendFunding
from steering.analysis.document import Table, plain
from steering.analysis.masterplan import budget
from steering.analysis.paper import costs
from steering.analysis.paper.facts import Facts, facts
from steering.analysis.paper.going_on import going_on
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, PaperSubject
from steering.analysis.scenarios import scenario
from steering.analysis.structures import decisions
from steering.analysis.view import Scenario
from steering.model import AmountBasis, Extension, ExtensionRule, FundingPart, Level, Payer
from steering.model.german import read_euro
from tests import builders as b
from tests.analysis import strategies

PROGRAMME = PaperSubject(About.PROGRAMME, "7")
YEARLY = {"amount_cents": 1_300_000, "amount_basis": AmountBasis.PER_YEAR}
TODAY = "2026-11-25"


def own(key: int, carrying: int, **more):
    return b.funding(
        id=200 + key, structure_id=key, accompanies_id=carrying, part=FundingPart.CO_FINANCING,
        payer=Payer.OWN, **{"start": "2024-01-01", "end": "2026-12-31", **YEARLY, **more},
    )  # fmt: skip


def grant(key: int, end: str, **more):
    return b.funding(
        id=100 + key, structure_id=key, programme_id=7, start="2024-01-01", end=end,
        extension=Extension.NOT_YET_POSSIBLE, **more,
    )  # fmt: skip


def paper(fundings, *, rule: ExtensionRule = ExtensionRule.SECURED) -> Facts:
    """Lotsen and a Büro of the Landkreis, a Beratung of the Caritas; the programme pays what is asked for."""
    data = b.portfolio(
        organisations=[
            b.organisation(id=1, name="Landkreis", level=Level.COUNTY),
            b.organisation(id=2, name="Caritas", level=Level.WELFARE),
        ],
        programmes=[b.programme(id=7, name="Richtlinie")],
        structures=[
            b.structure(id=1, name="Lotsen", organisation_id=1, fte=1.5),
            b.structure(id=2, name="Beratung", organisation_id=2),
            b.structure(id=3, name="Büro", organisation_id=1, fte=1.0),
        ],
        fundings=fundings,
    )
    return facts(data, b.view(TODAY, last="2035-12-31", rule=rule), PROGRAMME)


def test_each_structure_has_its_own_day_and_its_own_money() -> None:
    found = paper([grant(1, "2027-03-31"), own(1, 101), grant(3, "2026-12-31"), own(3, 103)])
    assert motion(found).does == (
        "beschließt, »Büro« ab dem 01.01.2027 weiterzuführen, soweit die bisherige Förderung in gleicher "
        "Höhe fortgesetzt wird, und dafür Eigenmittel von je 13.000 € in den Haushaltsjahren 2027 bis 2029 "
        "(Haushaltsstelle noch zu benennen, Stellenplan 1 VZÄ) bereitzustellen; »Lotsen« ab dem 01.04.2027 "
        "weiterzuführen, soweit die bisherige Förderung in gleicher Höhe fortgesetzt wird, und dafür "
        "Eigenmittel von 9.795 € im Haushaltsjahr 2027 und von je 13.000 € in den Haushaltsjahren 2028 bis "
        "2029 (Haushaltsstelle noch zu benennen, Stellenplan 1,5 VZÄ) bereitzustellen"
    )
    (table,) = costs.of_going_on(found)
    assert isinstance(table, Table)
    assert tuple(map(plain, table.rows[1])) == ("2027", "Lotsen", "3.205 €", "13.000 €", "9.795 €")
    assert "- 2027: Eigenanteil 3.205 €" in costs.finance(found)


@pytest.mark.parametrize("rule", list(ExtensionRule))
def test_what_is_asked_for_does_not_depend_on_what_the_paper_hopes_for(rule: ExtensionRule) -> None:
    assert (
        "von je 13.000 € in den Haushaltsjahren 2027 bis 2029"
        in motion(paper([grant(1, "2026-12-31"), own(1, 101)], rule=rule)).does
    )


def test_what_somebody_else_has_is_news_or_the_share_of_the_landkreis() -> None:
    fundings = [grant(1, "2026-12-31"), own(1, 101), grant(2, "2027-06-30")]
    assert motion(paper(fundings)).to_do.endswith(
        "bereitzustellen, und zur Kenntnis zu nehmen, dass die tragende Förderung von »Beratung« (Caritas) "
        "am 30.06.2027 endet"
    )
    assert motion(paper(fundings[2:])).does == (
        "nimmt zur Kenntnis, dass die tragende Förderung von »Beratung« (Caritas) am 30.06.2027 endet"
    )
    assert motion(paper([grant(2, "2026-12-31"), own(2, 102)])).does.startswith(
        "beschließt, sich ab dem 01.01.2027 weiter an »Beratung« (Caritas) zu beteiligen, soweit"
    )


def test_two_fundings_that_end_together_are_one_structure() -> None:
    fundings = [grant(1, "2026-12-31"), grant(1, "2026-12-31") | {"id": 111}, own(1, 101)]
    assert motion(paper(fundings)).does.count("»Lotsen«") == 1


def test_co_financing_that_is_counted_beyond_its_own_end_is_explained_at_the_figure() -> None:
    said = costs.finance(paper([grant(1, "2027-03-31"), own(1, 101)]))
    where = said.index("- 2027: Eigenanteil 3.205 €")
    assert (
        said.index(
            "Die Kofinanzierung von »Lotsen« ist bis 31.12.2026 erfasst; sie begleitet eine andere Förderung "
            "und ist so lange eingerechnet wie diese: bis 31.03.2027."
        )
        > where
    )
    assert "begleitet" not in costs.finance(paper([grant(1, "2027-03-31"), own(1, 101, end="2027-03-31")]))


ASKED = re.compile(r"von (?:je )?([\d.,-]+ €) (?:und weitere noch nicht bekannte )?"
                   r"(?:im Haushaltsjahr (\d+)|in den Haushaltsjahren (\d+) bis (\d+))")  # fmt: skip


def asked_for(clause: str) -> dict[int, int]:
    """The sums of a clause of the motion, by budget year."""
    return {
        year: read_euro(cents) or 0
        for cents, alone, first, last in ASKED.findall(clause)
        for year in range(int(first or alone), int(last or alone) + 1)
    }


@settings(max_examples=30)
@given(strategies.inventories(), strategies.RULES)
def test_the_sums_of_the_motion_are_those_of_the_haushaltsblatt(inventory, rule) -> None:
    """Sheets of the data as they are, and with every ending funding prolonged, tell what is asked for."""
    structures, fundings = inventory
    data = b.portfolio(
        organisations=[b.organisation(id=1, level=Level.COUNTY)],
        structures=[each | {"name": f"S{each['id']}", "organisation_id": 1} for each in structures],
        fundings=fundings,
    )
    at = b.view("2026-05-20", first="2026-01-01", last="2029-12-31", rule=rule)
    ends = decisions.upcoming(data, at)
    if ends.empty:
        return
    found = going_on(data, at, ends)
    longer = tuple(ExtendFunding(int(key), date(2029, 12, 31)) for key in ends["funding_id"])
    secured = replace(at, scenario=Scenario())
    without, together = (
        budget.sheet(each, secured).set_index(["name", "year"])["own_cents"].fillna(0)
        for each in (data, scenario.apply(data, longer))
    )
    told = SimpleNamespace(
        portfolio=data, subject=PROGRAMME, ends=ends, going_on=found, measure=None,
    )  # fmt: skip
    clauses = motion(cast(Facts, told)).does.split("; ")
    for row in found.to_dict("records"):
        (clause,) = [each for each in clauses if f"»{row['name']}«" in each]
        place = (row["name"], row["year"])
        more = round(together.get(place, 0) / 100) - round(without.get(place, 0) / 100)
        assert asked_for(clause).get(row["year"], 0) == more * 100
