"""Finanzielle Auswirkungen: the Haushaltsblatt in sentences and as a table."""

import math
from datetime import date

import pytest

from steering.analysis.changes import (
    AddStructure,
    ExtendFunding,
    NewFunding,
    NewResponsibility,
    SetOnLoss,
)
from steering.analysis.document import plain
from steering.analysis.masterplan import budget
from steering.analysis.paper import annexes, costs, rejecting, sentences
from steering.analysis.paper.amounts import budget_years, whole
from steering.analysis.paper.facts import facts
from steering.analysis.paper.motion import motion
from steering.analysis.paper.subjects import About, PaperSubject
from steering.model import (
    AmountBasis,
    FundingPart,
    LegalCharacter,
    Level,
    MeasureStatus,
    OnLoss,
    Payer,
    Role,
    StructureKind,
)
from tests import builders as b
from tests.analysis.decision.worlds import view as decision_view
from tests.analysis.decision.worlds import world

AT = b.view("2026-11-25", last="2035-12-31")
YEARLY = {"amount_basis": AmountBasis.PER_YEAR}
UNTIL_2028 = date(2028, 12, 31)
PROLONG = ExtendFunding(1, UNTIL_2028)


GOES_ON = b.structure(id=1, name="Lotsen", fte=2.0, on_loss=OnLoss.CONTINUES, fte_after=1.0)


def known(
    *measures, grant: int | None = 6_000_000, own: int | None = 1_300_000, structures=(), fundings=(), **more
):
    """Lotsen of the Landkreis (voluntary) on a grant with own money until 2026; an office that is a duty."""
    amounts = {"amount_cents": grant, **(YEARLY if grant else {"amount_basis": AmountBasis.UNKNOWN})}
    return b.portfolio(
        organisations=[b.organisation(id=1, level=Level.COUNTY)],
        municipalities=[b.municipality()],
        areas=[b.area()],
        area_municipalities=[b.area_municipality()],
        target_groups=[b.target_group(everyone=True)],
        fields=[b.task_field()],
        tasks=[
            b.task(id=1, name="Lotsen", legal_character=LegalCharacter.VOLUNTARY),
            b.task(id=2, name="Leistungen", legal_character=LegalCharacter.OWN_DUTY),
        ],
        structures=structures or [GOES_ON, b.structure(id=2, name="Amt")],
        responsibilities=[
            b.responsibility(id=1, structure_id=1, task_id=1, role=Role.LEAD),
            b.responsibility(id=2, structure_id=2, task_id=2, role=Role.LEAD),
        ],
        needs=[b.need(id=1, task_id=1)],
        programmes=[b.programme(id=7, name="Richtlinie")],
        fundings=[
            b.funding(id=1, structure_id=1, programme_id=7, start="2024-01-01", end="2026-12-31", **amounts),
            b.funding(
                id=2, structure_id=1, accompanies_id=1, part=FundingPart.CO_FINANCING, payer=Payer.OWN,
                start="2024-01-01", end="2026-12-31", amount_cents=own, budget_item="1.47", **YEARLY,
            ),
            b.funding(id=3, structure_id=2, payer=Payer.OWN, amount_cents=5_000_000, **YEARLY),
            *fundings,
        ],
        measures=measures,
        **{"measure_tasks": [{"measure_id": 5, "task_id": 1}], **more},
    )  # fmt: skip


MEASURE = PaperSubject(About.MEASURE, "5")


def rows_of(table):
    return [[plain(cell) for cell in row] for row in table.rows]


def test_the_table_is_the_haushaltsblatt_with_duty_and_voluntary_apart() -> None:
    found = facts(known(), AT, PaperSubject())
    table = rows_of(costs.table(found))
    assert table[:3] == [
        ["2026", "Pflichtaufgabe im eigenen Wirkungskreis", "–", "50.000 €", "–", "–"],
        ["2026", "freiwillig", "60.000 €", "13.000 €", "–", "–"],
        ["2026", "zusammen", "60.000 €", "63.000 €", "–", "–"],
    ]
    assert ["2027", "freiwillig", "–", "–", "–", "36.500 €"] in table
    assert sorted({row[0] for row in table}) == ["2026", "2027", "2028", "2029"]
    sheet = budget.sheet(found.portfolio, AT)
    for _, year in sheet[sheet["year"].between(2026, 2029)].groupby("year"):
        (summed,) = [row for row in table if row[0] == str(year["year"].iloc[0]) and row[1] == "zusammen"]
        assert summed[3] == whole(year["own_cents"].sum())


def test_own_money_and_risk_are_told_by_year() -> None:
    said = costs.finance(facts(known(), AT, PaperSubject()))
    assert (
        "- 2026: Eigenanteil 63.000 € (davon 50.000 € Pflichtaufgabe im eigenen Wirkungskreis und "
        "13.000 € freiwillig)" in said
    )
    assert "- 2027 bis 2029: je Jahr Eigenanteil 50.000 €, ungedeckt (Haushaltsrisiko) 36.500 €" in said
    assert "Haushaltsstelle: 1.47." in said
    assert "nicht bekannt" not in said


def test_what_is_not_known_is_counted_and_never_zero() -> None:
    found = facts(known(grant=None), AT, PaperSubject(About.PROGRAMME, "7"))
    assert "- 2026: Eigenanteil 13.000 €\n" in costs.finance(found)
    assert rows_of(costs.table(found))[0] == ["2026", "freiwillig", "nicht bekannt", "13.000 €", "–", "–"]
    assert rows_of(costs.table(found))[1][-1] == "nicht bekannt"


def test_of_what_falls_on_the_landkreis_only_its_own_amounts_are_counted_as_in_the_table() -> None:
    """Two counts of unknown amounts under one heading are two figures for one thing."""
    more = b.funding(id=4, structure_id=1, payer=Payer.OWN, part=FundingPart.CO_FINANCING,
                     amount_basis=AmountBasis.UNKNOWN)  # fmt: skip
    found = facts(known(grant=None, fundings=[more]), AT, PaperSubject())
    told = costs.finance(found)
    cell = next(row[3] for row in rows_of(costs.table(found)) if row[:2] == ["2026", "zusammen"])
    assert cell == "63.000 €, dazu 1 von 3 nicht bekannt"
    assert f"- 2026: Eigenanteil {cell} (bekannt: 50.000 € Pflichtaufgabe" in told


@pytest.mark.parametrize(
    ("cents", "amounts", "unknown", "said"),
    [
        (math.nan, 0, 0, "–"),
        (0.0, 1, 0, "0 €"),
        (1_300_049.0, 1, 0, "13.000 €"),
        (math.nan, 1, 1, "nicht bekannt"),
        (math.nan, 3, 3, "nicht bekannt (3 Beträge)"),
        (1_300_000.0, 3, 1, "13.000 €, dazu 1 von 3 nicht bekannt"),
        # Known until the summer, and then not: the Haushaltsblatt on the screen has the sum too.
        (758_333.0, 1, 1, "7.583 €, für einen Teil des Jahres nicht bekannt"),
    ],
)
def test_a_sum_says_what_is_missing(cents: float, amounts: int, unknown: int, said: str) -> None:
    assert costs.amount(cents, amounts, unknown) == said


def test_nothing_recorded_is_said() -> None:
    found = facts(b.portfolio(), AT, PaperSubject())
    assert costs.finance(found).startswith("Beträge sind hierzu nicht erfasst")
    table = rows_of(costs.table(found))
    assert table == [[str(year), "kein Betrag erfasst", "–", "–", "–", "–"] for year in range(2026, 2030)]


def measured(*costs_of_measure, status=MeasureStatus.IDEA, effects=(PROLONG,), **more):
    about = {"id": 5, "name": "Lotsen sichern", "status": status, "start": "2027-01-01", "end": "2028-12-31"}
    measure = b.measure(*effects, **about, **more)
    return facts(known(measure, measure_costs=costs_of_measure), AT, MEASURE)


def test_a_measure_is_paid_by_what_its_effects_prolong_and_by_its_own_costs() -> None:
    found = measured(b.measure_cost(measure_id=5, year=2027, amount_cents=200_000), budget_item="9.9")
    said = costs.finance(found)
    assert said.startswith("Mit der Maßnahme entfallen auf den Landkreis nach den vorliegenden Daten:\n")
    assert "- 2027: Eigenanteil 15.000 €\n- 2028: Eigenanteil 13.000 €\n" in said
    assert (
        "Darin enthalten ist, was durch die Maßnahme an Eigenanteil hinzukommt: 2027: 15.000 € und 2028: "
        "13.000 €." in said
    )
    assert "ändern sich dadurch: 2027: -36.500 € und 2028: -36.500 €." in said
    assert "Haushaltsstelle: 9.9." in said
    table = rows_of(costs.table(found))
    assert ["2027", "freiwillig", "60.000 €", "15.000 €", "–", "–"] in table
    assert "mit dieser Maßnahme" in costs.table(found).caption


def test_a_measure_says_what_it_closes_and_what_stays_open_without_it() -> None:
    ends = [b.structure(id=1, name="Lotsen"), b.structure(id=2, name="Amt")]
    measure = b.measure(PROLONG, id=5, name="Sichern", start="2026-12-01", status=MeasureStatus.IDEA)
    data = facts(known(measure, structures=ends), AT, MEASURE)
    assert data.compared is not None
    assert list(data.compared.periods["without"])[:4] == [0, 1, 1, 1]
    assert list(data.compared.periods["with_plan"])[:4] == [0, 0, 0, 1]
    said = sentences.effect(data)
    assert said.startswith("Zu der Maßnahme ist eine Wirkung erfasst:\n- ")
    assert "Sie schließt 1 Hinweis:\n- Lotsen (Lücke; 2027, 2028)" in said
    assert rejecting.if_rejected(data).startswith(
        "Ohne die Maßnahme bleibt 1 Hinweis offen:\n- Lotsen (Lücke"
    )
    assert list(data.scenarios["name"]) == [
        "gesichert", "erwartet", "optimistisch", "gesichert, mit dieser Maßnahme",
    ]  # fmt: skip
    assert list(data.scenarios["running"]) == [0, 0, 1, 1]
    assert list(data.scenarios["open"]) == [1, 1, 0, 0]
    assert data.after == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({}, "Eigenmittel in noch zu beziffernder Höhe (Haushaltsstelle noch zu benennen"),
        ({2027: 0, 2028: 0}, "umzusetzen (Stellenplan 0,5 VZÄ); zusätzliche Eigenmittel sind dafür nicht er"),
        ({2027: 500_000}, "Eigenmittel von 5.000 € im Haushaltsjahr 2027 (Haus"),
        ({2027: 500_000, 2028: 500_000}, "Eigenmittel von je 5.000 € in den Haushaltsjahren 2027 bis 2028 ("),
        (
            {2027: 500_000, 2028: None},
            "von 5.000 € im Haushaltsjahr 2027 und in noch nicht bekannter Höhe im",
        ),
        ({2027: None, 2028: None}, "in noch nicht bekannter Höhe in den Haushaltsjahren 2027 bis 2028 ("),
    ],
)
def test_the_motion_names_own_money_by_budget_year_and_posts(amounts: dict, said: str) -> None:
    post = AddStructure(
        name="Neue Stelle", kind=StructureKind.POST, organisation_id=1, fte=0.5,
        responsibilities=(NewResponsibility(task_id=1, area_id=1, role=Role.LEAD),),
    )  # fmt: skip
    paid = [b.measure_cost(measure_id=5, year=year, amount_cents=cents) for year, cents in amounts.items()]
    found = motion(measured(*paid, effects=(post,)))
    assert said in found.does
    assert "Stellenplan 0,5 VZÄ" in found.does
    assert found.does.count(". ") == 0


def test_new_posts_elsewhere_are_in_no_stellenplan_of_ours() -> None:
    post = AddStructure(
        name="Träger", kind=StructureKind.POST, organisation_id=2, fte=3.0,
        fundings=(NewFunding(name="Geld", start=date(2027, 1, 1), end=UNTIL_2028),),
    )  # fmt: skip
    assert "Stellenplan" not in motion(measured(effects=(post,))).does


def test_an_effect_that_names_what_is_gone_is_named_as_such_and_counts_for_nothing() -> None:
    found = measured(effects=(ExtendFunding(99, UNTIL_2028),))
    said = sentences.effect(found)
    assert "wird nicht angerechnet: Was sie nennt, gibt es nicht mehr oder ist archiviert" in said
    assert "Sie schließt keinen Hinweis, der nach den Daten offen ist." in said
    assert found.compared.costs.empty


def test_costs_after_the_years_shown_are_follow_up_costs() -> None:
    found = measured(b.measure_cost(measure_id=5, year=2031, amount_cents=100_000), effects=())
    assert "In den Jahren danach kommen an Eigenanteil hinzu: 2031: 1.000 €." in costs.follow_up(found)
    assert "2031" not in costs.finance(found)


def test_what_costs_nothing_is_not_said_to_cost_nought_more() -> None:
    said = costs.finance(measured(b.measure_cost(measure_id=5, year=2027, amount_cents=0), effects=()))
    assert "Durch die Maßnahme kommt in diesen Jahren kein Eigenanteil hinzu." in said


def test_nobody_votes_on_money_of_years_that_are_over() -> None:
    paid = [b.measure_cost(measure_id=5, year=year, amount_cents=500_000) for year in (2025, 2026, 2027)]
    found = motion(measured(*paid, effects=()))
    assert "Eigenmittel von je 5.000 € in den Haushaltsjahren 2026 bis 2027 (" in found.does


def test_a_completed_measure_is_taken_note_of_and_not_voted_on_again() -> None:
    found = measured(status=MeasureStatus.COMPLETED)
    what = "dass die Maßnahme »Lotsen sichern« abgeschlossen ist"
    assert motion(found) == (f"nimmt zur Kenntnis, {what}", f"zur Kenntnis zu nehmen, {what}")
    assert rejecting.if_rejected(found).startswith("Vorgeschlagen ist, Kenntnis zu nehmen; ")
    assert not costs.finance(found).startswith("Mit der Maßnahme ")


@pytest.mark.parametrize(
    ("of_fundings", "of_structure", "said"),
    [((1.0,), None, "Stellenplan 1 VZÄ"), ((1.0, 0.5), 3.0, "Stellenplan 1,5 VZÄ"), ((None,), 0.5, "0,5 VZÄ"),
     ((1.0, None), 0.5, "Stellenplan noch zu beziffern")],
)  # fmt: skip
def test_the_stellenplan_counts_a_new_post_as_the_scenarios_do(of_fundings, of_structure, said) -> None:
    """What its fundings carry, which the table beside it counts; the motion knew the structure's alone."""
    paid = tuple(
        NewFunding(name="Haushalt", payer=Payer.OWN, start=date(2027, 1, 1), end=UNTIL_2028, fte=size)
        for size in of_fundings
    )
    post = AddStructure(
        name="Neue Stelle", kind=StructureKind.POST, organisation_id=1, fte=of_structure, fundings=paid
    )
    assert said in motion(measured(effects=(post,))).does


@pytest.mark.parametrize(("with_plan", "said"), [(False, "ohne die Maßnahmen"), (True, "mit den Maßnahmen")])
def test_a_paper_says_whether_it_counts_the_plan(with_plan: bool, said: str) -> None:
    from steering.analysis.paper.draft import data_of, draft

    data = known(b.measure(ExtendFunding(1, UNTIL_2028), id=5, name="Sichern"))
    found = facts(data, AT, PaperSubject(), with_plan)
    parts = {part.key: part for part in draft(found).parts}
    assert said in parts["grundlage"].text
    assert data_of(found).endswith("mit Masterplan" if with_plan else "ohne Masterplan")
    assert ("wirkung" in parts) is with_plan
    assert ["2027", "freiwillig", "60.000 €", "13.000 €", "–", "–"] in rows_of(costs.table(found)) or (
        not with_plan
    )


def test_a_measure_that_keeps_what_nobody_has_priced_tells_the_estimate_of_the_lagebild() -> None:
    data = world(
        personnel_costs=[b.personnel_cost(id=1)],
        measures=[b.measure(SetOnLoss(1, OnLoss.CONTINUES, 1.5), id=5, start="2027-01-01")],
        measure_tasks=[{"measure_id": 5, "task_id": 1}],
    )
    found = facts(data, decision_view(), PaperSubject(About.MEASURE, "5"))
    said = costs.finance(found)
    assert "(Haushaltsrisiko) ändern sich dadurch: 2027: rund 105.000 € (geschätzt), 2028: rund" in said
    assert (
        "Ungedeckte Kosten, deren Betrag nicht erfasst ist, sind geschätzt: 2027 bis 2029 je Jahr rund"
        in said
    )
    assert "rund 105.000 € (geschätzt)" in [row[-1] for row in annexes.scenarios(found).rows]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({2027}, "im Haushaltsjahr 2027"),
        ({2029, 2027, 2028}, "in den Haushaltsjahren 2027 bis 2029"),
        ({2026, 2028, 2029}, "im Haushaltsjahr 2026 und in den Haushaltsjahren 2028 bis 2029"),
    ],
)
def test_years_in_a_sentence(years: set[int], said: str) -> None:
    assert budget_years(years) == said


def test_uncovered_costs_name_their_years() -> None:
    goes_on = b.structure(id=1, fte=1.0, fte_after=1.0, on_loss=OnLoss.CONTINUES)
    said = costs.follow_up(facts(known(structures=[goes_on]), AT, PaperSubject()))
    assert "(Haushaltsrisiko) entstehen in den Haushaltsjahren 2027 bis 20" in said


def test_money_that_goes_on_after_its_structure_is_told_beside_the_sums() -> None:
    closing = b.structure(id=2, name="Amt", valid_until="2027-09-30")
    said = costs.finance(facts(known(structures=[GOES_ON, closing]), AT, PaperSubject()))
    assert "Die Förderung von »Amt« läuft über das Ende der Struktur am 30.09.2027 hinaus" in said
    assert "über das Ende der Struktur" not in costs.finance(facts(known(), AT, PaperSubject()))


def test_several_fundings_that_go_on_after_their_structure_are_told_in_one_sentence() -> None:
    """Two sentences about »die Förderung« with different ends denied each other."""
    closing = b.structure(id=2, name="Amt", valid_until="2027-09-30")
    more = b.funding(id=4, structure_id=2, payer=Payer.OWN, start="2024-01-01", end="2028-12-31", **YEARLY)
    said = costs.finance(facts(known(structures=[GOES_ON, closing], fundings=[more]), AT, PaperSubject()))
    assert said.count("über das Ende der Struktur am 30.09.2027 hinaus") == 1
    assert "Förderungen von »Amt« laufen " in said
    assert "eingerechnet: ohne festes Ende und bis 31.12.2028." in said
