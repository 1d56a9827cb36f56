"""What is due on which day, and what the next calendar file says about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.analysis.dates import Scope, chosen, dated
from steering.analysis.dates.agreed import notice_by
from steering.analysis.dates.published import Entry, entries, scope_as_text, scope_from_text
from steering.analysis.inventory import Selection
from tests.builders import (
    Values,
    agreement,
    agreement_organisation,
    agreement_task,
    area,
    area_municipality,
    assessment,
    committee,
    committee_date,
    funding,
    municipality,
    organisation,
    portfolio,
    programme,
    responsibility,
    structure,
    task,
    task_field,
)

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 8, 30)  # noqa: DTZ001 - UTC without a zone, as stored
LOTSEN = structure(id=1, name="Lotsen", department_id=2, on_loss="unclear")
WORLD: dict[str, list[Values]] = {
    "organisations": [
        organisation(id=1, slug="landkreis", name="Landkreis"),
        organisation(id=2, slug="fb22", name="Fachbereich 22", short_name="FB 22", parent_id=1),
        organisation(id=3, slug="caritas", name="Caritas", level="welfare"),
    ],
    "municipalities": [municipality(ags="09473112")],
    "areas": [area()],
    "area_municipalities": [area_municipality()],
    "fields": [task_field(id=1, slug="sprache")],
    "tasks": [task(id=1, name="Sprachkurse")],
    "responsibilities": [responsibility(structure_id=1, task_id=1)],
}


def due(today: date = TODAY, **records: list[Values]) -> dict[str, dict[str, Any]]:
    """The dates of a small Landkreis by key, with days as dates."""
    world = {"structures": [LOTSEN]} | WORLD | records
    rows = dated(portfolio(**world), today).to_dict("records")
    return {
        row["key"]: row | {"day": row["day"].date(), "remind_on": row["remind_on"].date()} for row in rows
    }


def test_a_carrying_funding_ends_on_its_last_day_and_a_co_financing_is_none_of_the_calendar():
    found = due(
        fundings=[
            funding(id=1, name="BIR", end="2027-12-31", extension="applied", expected_until="2028-06-30"),
            funding(id=2, end="2027-12-31", part="co_financing"),
        ]
    )
    end = found["funding-1-end"]
    assert (end["day"], end["kind"], end["subject"]) == (date(2027, 12, 31), "end", "Lotsen")
    assert end["remind_on"] == date(2027, 10, 2)
    assert end["notes"] == (
        "Tragende Förderung: BIR.",
        "Verlängerung: beantragt, voraussichtlich bis 30.06.2028.",
        "Folge bei Wegfall: offen.",
    )
    assert "funding-2-end" not in found


@pytest.mark.parametrize("values", [{}, {"end_kind": "unknown"}, {"end_kind": "annual"}])
def test_an_end_that_is_open_or_unknown_is_absent(values):
    assert due(fundings=[funding(id=1, **values)]) == {}


def test_a_yearly_grant_ends_with_the_year_in_which_it_was_confirmed():
    end = due(fundings=[funding(id=1, end_kind="annual", confirmed_on="2026-02-01")])["funding-1-end"]
    assert end["day"] == date(2026, 12, 31)
    assert "Fristart: jährlich (Haushaltsvorbehalt)." in end["notes"]


def test_an_end_before_its_start_is_absent():
    assert due(fundings=[funding(id=1, start="2027-01-01", end="2026-12-31")]) == {}


def test_a_structure_that_no_funding_carries_ends_by_itself():
    own = structure(id=1, name="Netzwerk", valid_until="2028-03-31")
    assert due(structures=[own])["structure-1-expiry"]["day"] == date(2028, 3, 31)
    assert "structure-1-expiry" not in due(structures=[own], fundings=[funding(end="2027-12-31")])


def test_deadlines_say_where_they_come_from():
    found = due(
        fundings=[funding(id=1, end="2028-12-31", programme_id=7)],
        programmes=[programme(id=7, deadline_day=15, deadline_month=11, deadline_years_before=1)],
        committees=[committee(id=1, short_name="KT")],
        committee_dates=[committee_date(id=1, day="2027-10-20", papers_due="2027-09-29")],
    )
    apply, decide = found["funding-1-apply"], found["funding-1-decide"]
    assert (apply["day"], apply["estimated"], apply["remind_on"]) == (
        date(2028, 11, 15), False, date(2028, 10, 18),
    )  # fmt: skip
    assert apply["notes"][-1] == "Frist des Programms."
    assert (decide["day"], decide["estimated"]) == (date(2027, 10, 20), False)
    assert decide["remind_on"] == date(2027, 9, 15), "a fortnight before the papers close"
    assert decide["notes"] == (
        "Die tragende Förderung endet am 31.12.2028.",
        "Vorbereitung: FB 22.",
        "Sitzung: KT, Vorlagenschluss am 29.09.2027.",
    )


def test_deadlines_that_nothing_gives_are_estimated_and_say_so():
    found = due(fundings=[funding(id=1, end="2028-12-31")])
    for key, day in (("apply", date(2028, 6, 30)), ("decide", date(2028, 4, 30))):
        assert (found[f"funding-1-{key}"]["day"], found[f"funding-1-{key}"]["estimated"]) == (day, True)
        assert found[f"funding-1-{key}"]["notes"][-1].startswith("Geschätzt: ")


def test_where_nothing_is_to_be_decided_only_the_end_stands():
    assert set(due(fundings=[funding(id=1, end="2028-12-31", extension="ruled_out")])) == {"funding-1-end"}


def test_what_cannot_be_applied_for_yet_has_no_day_to_apply():
    found = due(fundings=[funding(id=1, end="2028-12-31", extension="not_yet_possible")])
    assert set(found) == {"funding-1-end", "funding-1-decide"}


def test_a_proof_is_due_also_for_a_co_financing():
    found = due(fundings=[funding(id=4, name="Eigenanteil", part="co_financing", proof_due="2027-06-30")])
    assert found["funding-4-proof"]["day"] == date(2027, 6, 30)


def test_an_agreement_ends_and_must_be_terminated_before():
    found = due(
        agreements=[
            agreement(id=5, name="Sprache", valid_until="2028-06-30", notice_months=3, kind="service")
        ],
        agreement_organisations=[
            agreement_organisation(agreement_id=5, organisation_id=one) for one in (2, 3)
        ],
        agreement_tasks=[agreement_task(agreement_id=5, task_id=1)],
    )
    assert found["agreement-5-agreement_end"]["day"] == date(2028, 6, 30)
    notice = found["agreement-5-notice"]
    assert notice["day"] == date(2028, 3, 31)
    assert notice["notes"] == (
        "Leistungsvereinbarung zwischen Fachbereich 22 und Caritas.",
        "Für das Ende am 30.06.2028.",
    )
    assert notice["scope"].fields == {"sprache"}
    assert notice["scope"].organisations == {"fb22", "caritas"}


def test_an_agreement_without_period_of_notice_only_ends():
    assert set(due(agreements=[agreement(id=5, valid_until="2028-06-30")])) == {"agreement-5-agreement_end"}


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 36))
def test_notice_is_given_on_the_last_day_from_which_the_period_is_over_by_the_end(end, months):
    day = notice_by(end, months)
    assert day + relativedelta(months=months) <= end
    assert day + timedelta(days=1) + relativedelta(months=months) > end


def test_a_resubmission_names_what_the_finding_is_about_and_who_takes_part():
    found = due(
        assessments=[
            assessment(
                id=8, key="OVERLAP/t1/s1,s2", resubmit_on="2027-02-01", reason="Frau Muster fragt nach"
            ),
            assessment(id=9, key="OVERLAP/t1/s1", resubmit_on="2027-02-01", progress="done"),
            assessment(id=10, key="ENDING//s1", resubmit_on="2027-03-01"),
            assessment(id=11, key="GAP/t1//n99", resubmit_on="2027-03-01"),
            assessment(id=12, key="OVERLAP/t7/s1", resubmit_on="2027-03-01"),
        ],
        structures=[LOTSEN, structure(id=2, name="vhs", organisation_id=3)],
    )
    assert set(found) == {"assessment-8-resubmit", "assessment-10-resubmit"}
    first = found["assessment-8-resubmit"]
    assert first["subject"] == "Mehrfachzuständigkeit – Sprachkurse"
    assert first["notes"] == ("Beteiligt: Lotsen und vhs.",)
    assert first["scope"].levels == {"county", "welfare"}
    assert found["assessment-10-resubmit"]["subject"] == "läuft aus – Lotsen"


def test_what_rests_on_an_example_is_marked():
    found = due(
        fundings=[funding(id=1, end="2028-12-31")],
        committees=[committee(id=1)],
        committee_dates=[committee_date(day="2028-03-01", provenance="example")],
        agreements=[agreement(id=5, valid_until="2028-06-30", provenance="example")],
    )
    marked = {key for key, row in found.items() if row["example"]}
    assert marked == {"funding-1-decide", "agreement-5-agreement_end"}
    assert due(
        structures=[structure(id=1, provenance="example")], fundings=[funding(id=1, end="2028-12-31")]
    )["funding-1-end"]["example"]


def test_dates_are_filtered_as_the_structures_are():
    world = portfolio(
        structures=[LOTSEN, structure(id=2, name="Beratung", organisation_id=3)],
        fundings=[funding(id=1, end="2028-12-31", extension="ruled_out"),
                  funding(id=2, structure_id=2, end="2028-12-31", extension="ruled_out")],
        **WORLD,
    )  # fmt: skip
    rows = dated(world, TODAY)

    def keys(**values: frozenset[str]) -> set[str]:
        return set(chosen(rows, Selection(**values))["key"])

    assert keys() == {"funding-1-end", "funding-2-end"}
    assert keys(organisations=frozenset(["caritas"])) == {"funding-2-end"}
    assert keys(levels=frozenset(["county"])) == {"funding-1-end"}
    assert keys(fields=frozenset(["sprache"])) == {"funding-1-end"}
    assert keys(municipalities=frozenset(["09473112"]), levels=frozenset(["welfare"])) == set()


# What the next file says.

EVERYTHING = Selection()


def remembered(found: list[Entry]) -> dict[str, dict[str, Any]]:
    """The ledger after a file."""
    return {
        entry.key: {name: getattr(entry, name) for name in
                    ("key", "digest", "sequence", "changed_at", "cancelled", "kind", "day", "subject")}
        | {"scope": scope_as_text(entry.scope)}
        for entry in found
    }  # fmt: skip


def issue(
    before: dict[str, dict[str, Any]] | None = None, *, today: date = TODAY, now: datetime = NOW,
    selection: Selection = EVERYTHING, **records: list[Values],
) -> dict[str, Entry]:  # fmt: skip
    world = portfolio(**{"structures": [LOTSEN]} | WORLD | records)
    return {entry.key: entry for entry in entries(dated(world, today), selection, before or {}, today, now)}


def ending(end: str, **values: Any) -> list[Values]:
    return [funding(id=1, name="BIR", end=end, extension="ruled_out", **values)]


LATER = NOW + timedelta(days=30)


def test_the_same_said_again_keeps_its_sequence():
    first = issue(fundings=ending("2028-12-31"))
    again = issue(remembered([*first.values()]), fundings=ending("2028-12-31"), now=LATER)
    assert again == first


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=30)])
def test_what_has_moved_has_a_higher_sequence(after):
    first = issue(fundings=ending("2028-12-31"))["funding-1-end"]
    moved = issue(remembered([first]), fundings=ending("2029-03-31"), now=NOW + after)["funding-1-end"]
    assert moved.sequence > first.sequence
    assert (moved.day, moved.cancelled, moved.changed_at) == (date(2029, 3, 31), False, NOW + after)


def test_what_is_gone_is_cancelled_until_its_day_is_past_and_comes_back_when_it_is_back():
    first = issue(fundings=ending("2028-12-31"))
    gone = issue(remembered([*first.values()]), now=LATER)["funding-1-end"]
    assert gone.cancelled
    assert (gone.day, gone.remind_on) == (date(2028, 12, 31), None)
    assert gone.sequence > first["funding-1-end"].sequence
    assert issue(remembered([gone]), now=LATER + timedelta(days=1)) == {"funding-1-end": gone}
    assert issue(remembered([gone]), today=date(2029, 1, 1)) == {}
    back = issue(remembered([gone]), fundings=ending("2028-12-31"), now=LATER)["funding-1-end"]
    assert not back.cancelled
    assert back.sequence > gone.sequence


def test_what_was_never_handed_out_is_not_cancelled():
    assert issue() == {}


def test_what_the_filters_leave_out_is_neither_handed_out_nor_cancelled():
    caritas = Selection(organisations=frozenset(["caritas"]))
    first = issue(fundings=ending("2028-12-31"))
    assert issue(remembered([*first.values()]), fundings=ending("2028-12-31"), selection=caritas) == {}
    assert issue(remembered([*first.values()]), selection=caritas) == {}, "gone, but not of these filters"
    ours = Selection(organisations=frozenset(["fb22", "landkreis"]))
    assert issue(remembered([*first.values()]), selection=ours)["funding-1-end"].cancelled


def test_what_is_past_is_not_handed_out_unless_it_was_when_it_lay_ahead():
    assert issue(fundings=ending("2026-11-24")) == {}
    assert set(issue(fundings=ending("2026-11-25"))) == {"funding-1-end"}
    first = issue(fundings=ending("2028-12-31"))
    moved = issue(remembered([*first.values()]), fundings=ending("2026-10-31"))["funding-1-end"]
    assert (moved.day, moved.cancelled) == (date(2026, 10, 31), False)
    assert issue(remembered([moved]), fundings=ending("2026-10-31")) == {}


TEXTS = st.frozensets(st.text(max_size=8), max_size=3)


@settings(max_examples=50)
@given(st.builds(Scope, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans()))
def test_a_scope_is_remembered_as_it_was(scope):
    assert scope_from_text(scope_as_text(scope)) == scope
