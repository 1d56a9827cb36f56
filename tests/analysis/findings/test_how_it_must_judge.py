"""The six cases of docs/rules.md#how-it-must-judge, by name, and what surrounds them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from steering.analysis import findings
from steering.analysis.findings import causes
from steering.model import AreaKind, FindingKind, Level, Role
from tests import builders
from tests.builders import view

AHORN, NEUSTADT = "09473112", "09473151"
LANDKREIS, LANDRATSAMT, JUGENDAMT, CARITAS, DIAKONIE = 1, 2, 3, 4, 5
ASYLUM, RESIDENCE, CHILDREN = 2, 3, 4
DISTRICT, TOWN = 1, 2
LAST_DAY = "2026-12-31"


def situation(**records: Any) -> pd.DataFrame:
    """All findings of a small Landkreis, those about structures as such left out."""
    world = {
        "municipalities": [builders.municipality(ags=AHORN), builders.municipality(ags=NEUSTADT)],
        "areas": [builders.area(id=DISTRICT), builders.area(id=TOWN, kind=AreaKind.MUNICIPALITY)],
        "area_municipalities": [
            builders.area_municipality(area_id=DISTRICT, ags=AHORN),
            builders.area_municipality(area_id=DISTRICT, ags=NEUSTADT),
            builders.area_municipality(area_id=TOWN, ags=NEUSTADT),
        ],
        "organisations": [
            builders.organisation(id=LANDKREIS),
            builders.organisation(id=LANDRATSAMT, parent_id=LANDKREIS),
            builders.organisation(id=JUGENDAMT, parent_id=LANDRATSAMT),
            builders.organisation(id=CARITAS, level=Level.WELFARE),
            builders.organisation(id=DIAKONIE, level=Level.WELFARE),
        ],
        "fields": [builders.task_field()],
        "tasks": [builders.task()],
        "target_groups": [
            builders.target_group(id=1, slug="alle", everyone=True),
            builders.target_group(id=ASYLUM, slug="asylsuchende", position=1),
            builders.target_group(id=RESIDENCE, slug="schutzberechtigte", position=2),
            builders.target_group(id=CHILDREN, slug="kinder", position=3),
        ],
    }
    found = findings.findings(builders.portfolio(**world | records), view("2026-06-30"))
    return found[found["task_id"].notna()]


def held(structure_id: int, role: Role, **values: Any) -> dict[str, Any]:
    """A responsibility for the one task, district-wide unless said otherwise."""
    return builders.responsibility(structure_id=structure_id, role=role, **values)


def for_group(responsibility: dict[str, Any], group: int) -> dict[str, Any]:
    return builders.responsibility_group(responsibility_id=responsibility["id"], target_group_id=group)


def by(*organisations: int, **values: Any) -> list[dict[str, Any]]:
    """A structure for each organisation, numbered from 1."""
    numbered = enumerate(organisations, start=1)
    return [builders.structure(id=n, organisation_id=each, **values) for n, each in numbered]


def kinds(found: pd.DataFrame) -> list[str]:
    return sorted(found["kind"])


class TestJugendamtAndCarrier:
    """(1) Jugendamt gesetzlich zuständig, a carrier federführend."""

    ROLES = (held(1, Role.STATUTORY), held(2, Role.LEAD))

    def test_with_a_leistungsvereinbarung_there_is_nothing_to_say(self):
        found = situation(
            structures=by(JUGENDAMT, CARITAS),
            responsibilities=self.ROLES,
            agreements=[builders.agreement(id=1)],
            agreement_organisations=[
                builders.agreement_organisation(organisation_id=LANDKREIS),
                builders.agreement_organisation(organisation_id=CARITAS),
            ],
            agreement_tasks=[builders.agreement_task()],
        )
        assert found.empty

    def test_without_one_the_agreement_is_missing(self):
        (row,) = situation(structures=by(JUGENDAMT, CARITAS), responsibilities=self.ROLES).to_dict("records")
        assert (row["kind"], row["reason"]) == (FindingKind.UNKNOWN, "Vereinbarung fehlt")
        assert row["participants"] == ("s1", "s2")
        assert row["key"] == "UNKNOWN/t1/s1,s2/agreement"

    def test_one_that_runs_out_is_missing_from_the_day_after(self):
        (row,) = situation(
            structures=by(JUGENDAMT, CARITAS),
            responsibilities=self.ROLES,
            agreements=[builders.agreement(id=1, valid_until=LAST_DAY)],
            agreement_organisations=[
                builders.agreement_organisation(organisation_id=JUGENDAMT),
                builders.agreement_organisation(organisation_id=CARITAS),
            ],
            agreement_tasks=[builders.agreement_task()],
        ).to_dict("records")
        assert row["reason"] == "Vereinbarung fehlt"
        assert row["start"] == pd.Timestamp("2027-01-01")
        assert pd.isna(row["end"])


class TestSchoolsOfOneTown:
    """(2) Jugendsozialarbeit at three schools of one town by two carriers, one per site."""

    ROLES = (
        held(1, Role.LEAD, area_id=TOWN, site="Grundschule"),
        held(2, Role.LEAD, area_id=TOWN, site="Mittelschule"),
        held(2, Role.LEAD, area_id=TOWN, site="Realschule"),
    )

    def test_there_is_no_overlap(self):
        assert situation(structures=by(CARITAS, DIAKONIE), responsibilities=self.ROLES).empty

    def test_a_school_with_a_need_and_nobody_is_a_gap_although_the_town_is_served(self):
        (row,) = situation(
            structures=by(CARITAS, DIAKONIE),
            responsibilities=self.ROLES,
            needs=[
                builders.need(id=1, area_id=TOWN, site="Gymnasium"),
                builders.need(id=2, area_id=TOWN, site="Realschule"),
                builders.need(id=3, area_id=TOWN),
            ],
        ).to_dict("records")
        assert (row["kind"], row["need_id"], row["sites"]) == (FindingKind.GAP, 1, ("Gymnasium",))
        assert row["municipalities"] == (NEUSTADT,)
        assert row["key"] == "GAP/t1//n1"


class TestCounsellingByResidence:
    """(3) FIB for asylum seekers and MBE for those with residence, both district-wide."""

    FIB, MBE = held(1, Role.LEAD), held(2, Role.LEAD)
    GROUPS = (for_group(FIB, ASYLUM), for_group(MBE, RESIDENCE))

    def test_target_groups_that_are_apart_do_not_overlap(self):
        assert situation(
            structures=by(CARITAS, DIAKONIE),
            responsibilities=[self.FIB, self.MBE],
            responsibility_groups=self.GROUPS,
        ).empty

    def test_when_fib_ends_there_is_a_gap_for_asylum_seekers_although_mbe_runs(self):
        found = situation(
            structures=by(CARITAS, DIAKONIE),
            programmes=[builders.programme(id=9, short_name="BIR III")],
            fundings=[builders.funding(structure_id=1, programme_id=9, end=LAST_DAY)],
            responsibilities=[self.FIB, self.MBE],
            responsibility_groups=self.GROUPS,
            needs=[builders.need(id=1)],
            need_groups=[
                builders.need_group(target_group_id=ASYLUM),
                builders.need_group(target_group_id=RESIDENCE),
            ],
        )
        (row,) = found.to_dict("records")
        assert (row["kind"], row["target_groups"]) == (FindingKind.GAP, ("asylsuchende",))
        assert row["start"] == pd.Timestamp("2027-01-01")
        assert row["municipalities"] == (AHORN, NEUSTADT)
        assert causes.said(row["causes"]) == "endet mit BIR III am 31.12.2026"


def test_4_vhs_and_two_more_course_providers_are_never_an_overlap():
    found = situation(
        structures=by(LANDKREIS, CARITAS, DIAKONIE),
        tasks=[builders.task(several_providers_wanted=True)],
        responsibilities=[held(n, Role.LEAD) for n in (1, 2, 3)],
    )
    assert found.empty


class TestCoordinationOfVolunteers:
    """(5) District-wide and municipal coordination of volunteers."""

    def test_district_and_municipality_do_not_overlap(self):
        found = situation(
            structures=by(LANDKREIS, CARITAS),
            responsibilities=[held(1, Role.LEAD), held(2, Role.LEAD, area_id=TOWN)],
        )
        assert found.empty

    def test_two_district_wide_leads_of_different_houses_overlap(self):
        (row,) = situation(
            structures=by(LANDKREIS, CARITAS), responsibilities=[held(1, Role.LEAD), held(2, Role.LEAD)]
        ).to_dict("records")
        assert (row["kind"], row["internal"], row["coordinated"]) == (FindingKind.OVERLAP, False, False)
        assert row["target_groups"] == ("alle",)

    def test_two_units_of_one_house_are_intern(self):
        (row,) = situation(
            structures=by(LANDRATSAMT, JUGENDAMT), responsibilities=[held(1, Role.LEAD), held(2, Role.LEAD)]
        ).to_dict("records")
        assert (row["kind"], row["internal"]) == (FindingKind.OVERLAP, True)

    def test_the_same_leads_on_both_levels_are_told_once_for_each_municipality(self):
        found = situation(
            structures=by(CARITAS, DIAKONIE),
            responsibilities=[
                held(1, Role.LEAD),
                held(2, Role.LEAD, valid_from=LAST_DAY),
                *(held(n, Role.LEAD, area_id=TOWN) for n in (1, 2)),
            ],
        )
        told = {row["municipalities"]: row["start"] for row in found.to_dict("records")}
        assert len(found) == 2
        assert pd.isna(told[NEUSTADT,])
        assert told[AHORN,] == pd.Timestamp(LAST_DAY)

    def test_an_agreement_makes_it_abgestimmt_while_it_is_in_force(self):
        found = situation(
            structures=by(LANDKREIS, CARITAS),
            responsibilities=[held(1, Role.LEAD), held(2, Role.LEAD)],
            agreements=[builders.agreement(id=1, valid_until=LAST_DAY)],
            agreement_organisations=[
                builders.agreement_organisation(organisation_id=LANDKREIS),
                builders.agreement_organisation(organisation_id=CARITAS),
            ],
            agreement_tasks=[builders.agreement_task()],
        )
        assert list(found["coordinated"]) == [True, False]
        assert len(set(found["key"])) == 1
        assert findings.count_cells(found) == 2
        assert findings.count_cells(found[found["coordinated"]]) == 0


def test_6_integrationslotsen_end_and_the_coordination_office_leads_on():
    found = situation(
        structures=by(LANDKREIS, LANDKREIS),
        fundings=[builders.funding(structure_id=1, end=LAST_DAY)],
        responsibilities=[held(1, Role.DELIVER), held(2, Role.LEAD, delivers=False)],
        needs=[builders.need(id=1)],
    )
    (row,) = found.to_dict("records")
    assert (row["kind"], row["participants"]) == (FindingKind.LEAD_ONLY, ("s2",))
    assert row["start"] == pd.Timestamp("2027-01-01")


def test_uninhabited_areas_are_judged_by_no_rule():
    found = situation(
        municipalities=[
            builders.municipality(ags=AHORN),
            builders.municipality(ags=NEUSTADT, inhabited=False),
        ],
        needs=[builders.need(id=1)],
    )
    assert list(found["municipalities"]) == [(AHORN,)]
