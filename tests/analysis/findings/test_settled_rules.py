"""Open ends of the rules that were settled one by one, each with an example (docs/rules.md)."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from steering.analysis import findings
from steering.analysis.findings.reasons import DATES, PLACES, POPULATION
from steering.model import EndKind, FindingKind, NeedKind, NeedUnit, Role
from tests import builders
from tests.analysis.findings.test_how_it_must_judge import (
    AHORN,
    ASYLUM,
    CARITAS,
    DIAKONIE,
    JUGENDAMT,
    LANDKREIS,
    LAST_DAY,
    NEUSTADT,
    RESIDENCE,
    TOWN,
    by,
    for_group,
    held,
    situation,
)

NEXT_DAY = pd.Timestamp(LAST_DAY) + pd.Timedelta(days=1)
SCHOOL = "Schule am Markt"


class TestARowHoldsForEachOfItsMunicipalitiesAndGroups:
    def test_what_is_missing_for_one_group_here_and_another_there_is_two_rows(self):
        covers = [
            held(1, Role.LEAD, area_id=1, delivers=True),
            held(1, Role.LEAD, area_id=TOWN, delivers=True),
        ]
        found = situation(
            structures=by(CARITAS),
            responsibilities=covers,
            responsibility_groups=[for_group(covers[0], ASYLUM), for_group(covers[1], RESIDENCE)],
            needs=[builders.need(id=1)],
        )
        told = {row["municipalities"]: row["target_groups"] for row in found.to_dict("records")}
        assert told == {(AHORN,): ("schutzberechtigte", "kinder"), (NEUSTADT,): ("kinder",)}
        assert set(found["key"]) == {"GAP/t1//n1"}

    def test_the_same_leads_on_both_levels_are_one_row_where_their_days_touch(self):
        early, late = {"valid_until": LAST_DAY}, {"valid_from": NEXT_DAY.date()}
        (row,) = situation(
            structures=by(CARITAS, DIAKONIE),
            municipalities=[builders.municipality(ags=NEUSTADT)],
            responsibilities=[
                *(held(n, Role.LEAD, **early) for n in (1, 2)),
                *(held(n, Role.LEAD, area_id=TOWN, **late) for n in (1, 2)),
            ],
        ).to_dict("records")
        assert (row["kind"], row["municipalities"]) == (FindingKind.OVERLAP, (NEUSTADT,))
        assert pd.isna([row["start"], row["end"]]).all()


class TestASiteIsJudgedWhenAndWhereItIsNamed:
    LEADS = (held(1, Role.LEAD), held(2, Role.LEAD))

    def told(self, **records: Any) -> list[tuple[Any, ...]]:
        rows = situation(structures=by(CARITAS, DIAKONIE, LANDKREIS), **records)
        rows = rows[rows["kind"] == FindingKind.OVERLAP]
        return [
            (row["municipalities"], row["sites"], row["start"], row["end"]) for row in rows.to_dict("records")
        ]

    def test_before_anybody_names_it_the_siteless_are_judged_as_everywhere(self):
        at_school = held(3, Role.DELIVER, area_id=TOWN, site=SCHOOL, valid_from=NEXT_DAY.date())
        told = self.told(responsibilities=[*self.LEADS, at_school])
        assert ((AHORN,), (), pd.NaT, pd.NaT) in told
        assert ((NEUSTADT,), (), pd.NaT, pd.Timestamp(LAST_DAY)) in told
        assert ((NEUSTADT,), (SCHOOL,), NEXT_DAY, pd.NaT) in told
        assert len(told) == 3

    def test_a_need_names_a_site_too(self):
        need = builders.need(id=1, area_id=TOWN, site=SCHOOL, kind=NeedKind.STEERING, valid_until=LAST_DAY)
        told = self.told(responsibilities=self.LEADS, needs=[need])
        assert ((NEUSTADT,), (SCHOOL,), pd.NaT, pd.Timestamp(LAST_DAY)) in told
        assert ((NEUSTADT,), (), NEXT_DAY, pd.NaT) in told

    def test_who_takes_over_in_the_whole_town_keeps_a_school_provided_for(self):
        found = situation(
            structures=by(CARITAS, DIAKONIE),
            fundings=[builders.funding(structure_id=1, end=LAST_DAY)],
            responsibilities=[
                held(1, Role.LEAD, area_id=TOWN, site=SCHOOL, valid_until=LAST_DAY),
                held(2, Role.LEAD, area_id=TOWN, valid_from=NEXT_DAY.date()),
            ],
        )
        assert found.empty


class TestNobodyDelivers:
    ASKED = builders.need(id=1, quantity=10, unit=NeedUnit.PLACES)

    def test_a_lead_alone_is_lead_only_and_no_shortfall_beside_it(self):
        found = situation(
            structures=by(CARITAS),
            responsibilities=[held(1, Role.LEAD, delivers=False)],
            needs=[self.ASKED],
        )
        assert list(found["kind"]) == [FindingKind.LEAD_ONLY]

    @pytest.mark.parametrize("unit", [NeedUnit.RATIO, NeedUnit.FTE])
    def test_nor_is_anything_said_about_figures(self, unit):
        found = situation(
            structures=by(CARITAS),
            responsibilities=[held(1, Role.LEAD, delivers=False)],
            needs=[self.ASKED | {"unit": unit}],
        )
        assert list(found["kind"]) == [FindingKind.LEAD_ONLY]


class TestKnownSupplyThatSuffices:
    PLACES = tuple(builders.municipality(ags=ags, population=1000) for ags in (AHORN, NEUSTADT))

    def told(self, known: int, **changed: Any) -> list[tuple[str, str]]:
        sized = [
            builders.structure(id=1, organisation_id=CARITAS, places=known),
            builders.structure(id=2, organisation_id=DIAKONIE, places=None),
        ]
        found = situation(
            structures=sized,
            responsibilities=[held(1, Role.DELIVER), held(2, Role.DELIVER), held(1, Role.LEAD)],
            needs=[builders.need(id=1, quantity=10, unit=NeedUnit.PLACES)],
            **{"municipalities": self.PLACES} | changed,
        )
        return [(row["kind"], row["reason"]) for row in found.to_dict("records")]

    def test_meets_a_need_although_another_figure_is_missing(self):
        assert self.told(10) == []
        assert self.told(9) == [(FindingKind.UNKNOWN, PLACES)]

    def test_and_although_people_of_another_place_are_not_counted(self):
        places = [self.PLACES[0], self.PLACES[1] | {"population": None}]
        assert self.told(100, municipalities=places) == [(FindingKind.UNKNOWN, POPULATION)]
        both = {"area_municipalities": [builders.area_municipality(area_id=1, ags=AHORN),
                                        builders.area_municipality(area_id=TOWN, ags=NEUSTADT)]}  # fmt: skip
        assert self.told(100, municipalities=places, **both) == []


class TestAFundingOutsideItsStructuresValidity:
    def reasons(self, structure: dict[str, Any], funding: dict[str, Any]) -> list[str]:
        portfolio = builders.portfolio(
            organisations=[builders.organisation()],
            structures=[builders.structure(id=1, **structure)],
            fundings=[builders.funding(structure_id=1, **funding)],
        )
        found = findings.standing(portfolio, builders.view("2026-06-30"))
        return list(found.loc[found["reason"] == DATES, "reason"])

    @pytest.mark.parametrize(
        ("structure", "funding"),
        [
            ({"valid_from": "2026-01-01"}, {"start": "2024-01-01", "end": "2025-12-31"}),
            ({"valid_until": "2025-12-31"}, {"start": "2026-01-01", "end": "2026-12-31"}),
            ({"valid_until": "2025-12-31"}, {"start": "2026-01-01", "end": None}),
        ],
    )
    def test_contradicts_it(self, structure, funding):
        assert self.reasons(structure, funding) == [DATES]

    @pytest.mark.parametrize(
        ("structure", "funding"),
        [
            ({"valid_from": "2026-01-01"}, {"start": "2024-01-01", "end": "2026-01-01"}),
            ({"valid_until": "2025-12-31"}, {"start": "2025-12-31", "end": "2026-12-31"}),
            ({"valid_until": None, "end_kind": EndKind.UNKNOWN}, {"start": "2026-01-01", "end": None}),
        ],
    )
    def test_one_common_day_is_enough(self, structure, funding):
        assert self.reasons(structure, funding) == []


class TestWhyItIsOnePlanningLevel:
    def rule(self, *organisations: int, **area: Any) -> str:
        world: builders.Tables = {
            "municipalities": [builders.municipality(ags=AHORN)],
            "areas": [builders.area(id=1), builders.area(id=TOWN, kind="municipality")],
            "area_municipalities": [builders.area_municipality(area_id=n, ags=AHORN) for n in (1, TOWN)],
            "organisations": [
                builders.organisation(id=LANDKREIS, short_name="FB 21"),
                builders.organisation(id=JUGENDAMT, short_name="FB 22"),
                builders.organisation(id=CARITAS, level="welfare", short_name="Verband"),
            ],
            "tasks": [builders.task()],
            "structures": by(*organisations),
            "responsibilities": [held(n, Role.LEAD, **area) for n in (1, 2)],
        }
        told = findings.why(builders.portfolio(**world), builders.view(), "OVERLAP/t1/s1,s2")
        assert told is not None
        return told.rule

    def test_a_fachbereich_and_a_verband_that_lead_everywhere(self):
        assert self.rule(LANDKREIS, CARITAS).endswith(
            "Als dieselbe Planungsebene gilt das, weil beide für den ganzen Landkreis federführend sind; zu "
            "welcher Ebene ihre Träger gehören (FB 21: Landkreis und Verband: Freie Träger/Kirchen), zählt "
            "dafür nicht."
        )

    def test_two_offices_of_one_level_need_no_more_words(self):
        assert self.rule(LANDKREIS, JUGENDAMT).endswith(
            "weil beide für den ganzen Landkreis federführend sind."
        )

    def test_two_that_lead_in_a_town(self):
        rule = self.rule(LANDKREIS, CARITAS, area_id=TOWN)
        assert "weil beide für Gemeinden oder Gruppen von Gemeinden federführend sind" in rule
