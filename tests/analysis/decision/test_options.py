"""The answers: their money, posts and losses are those of the scenario with their changes."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.changes import EndFunding, ExtendFunding, ExtendProgramme
from steering.analysis.decision import table
from steering.analysis.decision.open_question import asked
from steering.analysis.decision.options import OptionKind, bridges, options
from steering.analysis.lives import lifecycle
from steering.analysis.masterplan import budget
from steering.analysis.money import county_words
from steering.analysis.money.county import YearMoney
from steering.analysis.structures.decisions import upcoming
from steering.analysis.view import Scenario
from steering.model import ExtensionRule
from tests.analysis.decision.worlds import SHARE, bir, lotsen, next_of, view, world
from tests.analysis.strategies import DAYS, RULES, inventories
from tests.builders import funding, organisation, personnel_cost, portfolio, responsibility, structure

PAID = bir(amount_cents=9_000_000, amount_basis="per_year")
RULE = personnel_cost(id=1, rate_cents=7_000_000)


def found(data, look=None, until=None):
    question = next_of(data).question
    assert question is not None
    return {each.kind: each for each in options(data, look or view(), question, until)}


def cents(option) -> list[float]:
    return [round(each.recorded) for each in option.money]


def test_without_the_grant_the_full_cost_falls_to_the_landkreis():
    told = found(world(fundings=[PAID, funding(**SHARE)]))
    assert cents(told[OptionKind.EXPIRE]) == [0, 0, 0]
    assert cents(told[OptionKind.OWN]) == [10_300_000] * 3
    assert cents(told[OptionKind.FOLLOW_UP]) == [1_300_000] * 3


def test_bridging_costs_up_to_its_day_and_can_be_set_to_another():
    paid = [PAID, funding(**SHARE)]
    assert cents(found(world(fundings=paid))[OptionKind.BRIDGE]) == [round(10_300_000 * 181 / 365), 0, 0]
    longer = found(world(fundings=paid), until=date(2027, 12, 31))[OptionKind.BRIDGE]
    assert cents(longer) == [10_300_000, 0, 0]
    assert longer.at_until is not None
    assert longer.at_until.fte == 1.5


def test_what_is_not_recorded_is_unknown_and_never_zero():
    told = found(world())
    assert told[OptionKind.OWN].money[0] == YearMoney(2027, 0.0, None, False, 1)
    assert county_words.said(told[OptionKind.OWN].money[0]) == "nicht bekannt"


@pytest.mark.parametrize(("provenance", "mark"), [("documented", "geschätzt"),
                                                  ("example", "geschätzt, Beispielwert")])  # fmt: skip
def test_a_rule_of_the_house_estimates_what_is_not_recorded_and_says_so(provenance, mark):
    told = found(world(personnel_costs=[RULE | {"provenance": provenance}]))
    year = told[OptionKind.OWN].money[0]
    assert (year.recorded, year.unknown) == (0.0, 0)
    assert year.estimated == pytest.approx(10_500_000)
    assert county_words.said(year) == f"rund 105.000 € ({mark})"


def test_an_estimate_beside_a_recorded_sum_is_not_added_to_it():
    said = county_words.said(YearMoney(2027, 1_300_000, 10_500_000, False, 1))
    assert said == "13.000 € und rund 105.000 € (geschätzt) und 1 Betrag nicht bekannt"


def test_the_task_that_loses_its_last_provider_is_named_with_whom_and_where():
    told = found(world())
    (loss,) = told[OptionKind.EXPIRE].losses
    assert (loss.task, loss.legal, loss.whom, loss.where) == (
        "Helfer begleiten", "freiwillig", "alle Zielgruppen", "kreisweit",
    )  # fmt: skip
    assert told[OptionKind.EXPIRE].lost_from == date(2027, 1, 1)
    assert told[OptionKind.BRIDGE].lost_from == date(2027, 7, 1)
    assert not told[OptionKind.OWN].losses
    assert not told[OptionKind.FOLLOW_UP].losses


def test_a_task_that_others_do_too_loses_nobody():
    other = structure(id=2, organisation_id=3)
    told = found(
        world(
            structures=[lotsen(), other],
            responsibilities=[responsibility(id=1), responsibility(id=2, structure_id=2)],
        )
    )
    assert not told[OptionKind.EXPIRE].losses


def test_where_a_further_grant_is_ruled_out_it_is_no_answer():
    assert OptionKind.FOLLOW_UP not in found(world(fundings=[bir(extension="ruled_out")]))


def test_what_a_scenario_runs_on_ends_where_it_is_let_run_out():
    told = found(world(), view(ExtensionRule.OPTIMISTIC))
    assert told[OptionKind.EXPIRE].changes == (EndFunding(11, date(2026, 12, 31)),)
    assert told[OptionKind.EXPIRE].posts[0].fte == 0
    assert found(world())[OptionKind.EXPIRE].changes == ()


def test_assumptions_of_a_what_if_are_left_out_and_measures_count():
    assumed = ExtendFunding(11, date(2028, 12, 31))
    look = view(ExtensionRule.SECURED, assumed)
    assert found(world(), look) == found(world())
    planned = replace(look, scenario=replace(look.scenario, planned=1))
    assert found(world(), planned)[OptionKind.EXPIRE].changes == (EndFunding(11, date(2026, 12, 31)),)


def test_the_answer_that_a_measure_in_force_gives_already_is_known_as_such():
    """With the Masterplan no column was marked as what all pages count."""

    def counted(*planned) -> set[OptionKind]:
        look = view(ExtensionRule.SECURED, *planned)
        look = replace(look, scenario=replace(look.scenario, planned=len(planned)))
        return {kind for kind, option in found(world(), look).items() if option.as_it_is}

    assert counted() == {OptionKind.EXPIRE}
    assert counted(ExtendProgramme(7, date(2029, 12, 31))) == {OptionKind.FOLLOW_UP}
    assert counted(ExtendProgramme(7, date(2028, 6, 30))) == set()


def test_bridging_ends_with_a_half_year_that_is_at_least_six_months_off():
    assert bridges(date(2026, 12, 31))[:2] == (date(2027, 6, 30), date(2027, 12, 31))
    assert bridges(date(2026, 8, 31))[0] == date(2027, 6, 30)


def in_words(data, until=None):
    question = next_of(data).question
    assert question is not None
    told = options(data, view(), question, until)
    return {
        each.option.kind: (each.below, *(cell.text for cell in each.cells))
        for each in table.columns(question, told)
    }


def test_the_years_add_up_to_the_sum_beside_them():
    """Half a euro is rounded up in each year, so the sum is that of what stands there."""
    _, *cells = in_words(world(fundings=[bir(amount_cents=7_250_050, amount_basis="per_year")]))[
        OptionKind.OWN
    ]
    assert cells[1:5] == ["72.501 €", "72.501 €", "72.501 €", "217.503 €"]


def title_of(data, kind):
    question = next_of(data).question
    assert question is not None
    found = table.columns(question, options(data, view(), question))
    return next(each.title for each in found if each.option.kind == kind)


def test_what_ends_without_a_vote_is_let_expire():
    assert title_of(world(), OptionKind.EXPIRE) == "Auslaufen lassen"


def test_what_goes_on_without_a_vote_is_not_cut_short_by_bridging():
    goes_on = {"fte": 1.5, "on_loss": "continues", "fte_after": 0.5}
    data = world(structures=[lotsen(**goes_on)], fundings=[PAID, funding(**SHARE)])
    told = found(data)
    assert cents(told[OptionKind.EXPIRE]) == [round(10_300_000 / 3)] * 3
    assert OptionKind.BRIDGE not in told
    below, *cells = in_words(data)[OptionKind.EXPIRE]
    assert (title_of(data, OptionKind.EXPIRE), below) == ("Ohne Beschluss", "Fortführung")
    assert cells[-1] == "nichts; die Fortführung ist ungedeckt (Haushaltsrisiko)"


def test_a_year_that_going_on_without_a_vote_fills_in_part_is_told_like_any_other():
    goes_on = lotsen(fte=1.5, on_loss="continues", fte_after=0.5)
    data = world(structures=[goes_on], fundings=[PAID | {"end": "2027-06-30"}])
    question = next_of(data).question
    assert question is not None
    assert table.parts_of_years(question, options(data, view(), question)) == [
        "Ohne Beschluss: 2027 anteilig, 184 von 365 Tagen (01.07.2027 bis 31.12.2027).",
        "Selbst weiterführen: 2027 anteilig, 184 von 365 Tagen (01.07.2027 bis 31.12.2027).",
    ]


def test_of_several_only_what_would_end_is_bridged():
    others = structure(id=2, name="Büro", organisation_id=2, fte=1.0, on_loss="continues", fte_after=0.5)
    data = world(
        structures=[lotsen(), others], fundings=[bir(), bir(id=21, structure_id=2, fte=None)],
        responsibilities=[responsibility(id=1), responsibility(id=2, structure_id=2)],
    )  # fmt: skip
    told, said = found(data), in_words(data)
    assert {each.structure_id for each in told[OptionKind.BRIDGE].changes} == {1}
    assert [each.fte for each in told[OptionKind.BRIDGE].posts] == [0.5] * 3
    assert said[OptionKind.EXPIRE][0] == "Fortführung von »Büro«, Ende von »Lotsen«"
    assert said[OptionKind.EXPIRE][-1] == (
        "bei »Lotsen« kaum zurückzuholen: ein Neubeginn braucht neue Mittel und neues Personal; die "
        "Fortführung von »Büro« ist ungedeckt (Haushaltsrisiko)"
    )
    assert said[OptionKind.BRIDGE][0] == (
        "»Lotsen« aus eigenen Mitteln, danach Ende; »Büro« wie ohne Beschluss"
    )
    assert said[OptionKind.BRIDGE][-1].endswith("ohne neuen Beschluss endet »Lotsen« dann")


@pytest.mark.parametrize(
    ("until", "posts"),
    [
        (date(2027, 6, 30), "1,5 bis 30.06.2027, dann 0"),
        (date(2027, 12, 31), "1,5 bis 31.12.2027, dann 0"),
        (date(2028, 12, 31), "1,5 bis 31.12.2028, dann 0"),
    ],
)
def test_posts_after_a_bridge_are_told_of_the_days_after_it(until, posts):
    assert in_words(world(), until)[OptionKind.BRIDGE][-3] == posts


@settings(max_examples=25, deadline=None)
@given(inventories(), RULES, DAYS, st.data())
def test_bridging_keeps_at_least_what_stays_without_a_vote(inventory, rule, today, data):
    listed, paid = inventory
    known = portfolio(structures=listed, fundings=paid, organisations=[organisation(id=1)])
    look = replace(view(rule), today=today)
    question = asked(known, upcoming(known, look)).question
    if question is None:
        return
    answers = {
        each.kind: each
        for each in options(known, look, question, data.draw(st.sampled_from(bridges(question.end))))
    }
    if OptionKind.BRIDGE in answers:
        assert answers[OptionKind.EXPIRE].going_on <= answers[OptionKind.BRIDGE].going_on


@settings(max_examples=25, deadline=None)
@given(inventories(), RULES, DAYS, st.data())
def test_an_answer_costs_what_the_haushaltsblatt_has_in_its_scenario(inventory, rule, today, data):
    listed, paid = inventory
    known = portfolio(structures=listed, fundings=paid, organisations=[organisation(id=1)])
    look = replace(view(rule), today=today)
    question = asked(known, upcoming(known, look)).question
    if question is None:
        return
    for option in options(known, look, question, data.draw(st.none() | st.just(bridges(question.end)[1]))):
        as_scenario = replace(look, scenario=Scenario(rule, option.changes))
        sheet = budget.sheet_with(known, as_scenario, ())
        for year in option.money:
            rows = sheet[(sheet["year"] == year.year) & sheet["id"].isin(question.structures)]
            total = rows[["own_cents", "uncovered_cents"]].sum().sum()
            assert year.recorded == pytest.approx(float(total), abs=0.01)
            assert year.unknown == int(rows[["own_unknown", "uncovered_unknown"]].sum().sum())
        lives = lifecycle.lives(known, as_scenario)
        for posts in option.posts:
            day = pd.Timestamp(posts.year, 12, 31)
            rows = lives[~(lives["start"] > day) & ~(lives["end"] < day)]
            rows = rows[rows["structure_id"].isin(question.structures)]
            assert posts.fte == pytest.approx(rows["fte"].sum())
