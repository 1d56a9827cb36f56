"""Programmes that could pay for what ends, or for a need that is not met."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest

from steering.analysis.findings import rules
from steering.analysis.findings.situation import Situation
from steering.analysis.potentials.paying import for_ends, for_needs, paying_for
from steering.analysis.potentials.programmes import MOST, ToPayFor, offers, terms
from steering.model import Applicant, Eligibility, Extension, Level, ProgrammeField, ProgrammeTask
from tests.analysis.potentials.worlds import (
    AREAS,
    AWO,
    CAFE,
    CARE,
    CARITAS,
    HOUSE,
    MIDDLE,
    ON_THE_DAY,
    TODAY,
    WEST,
    doing,
    world,
)  # fmt: skip
from tests.builders import funding, need, organisation, programme, record

DAY = date.fromisoformat(TODAY)
END = "2027-03-31"
YES, NO = Eligibility.ELIGIBLE, Eligibility.EXCLUDED
KNOWN = {
    "county_applies": YES,
    "welfare_applies": YES,
    "region": "09",
    "share_percent": 80,
    "end_kind": "open",
}
HOUSES = [
    organisation(id=HOUSE, name="Landratsamt", level=Level.COUNTY),
    organisation(id=CARITAS, name="Caritas", level=Level.WELFARE),
    organisation(id=AWO, name="AWO", level=Level.WELFARE),
]


def paid(*programmes, tasks=(), fields=(), **more):
    """A world of programmes; `tasks` and `fields`: pairs of a programme and what it pays for."""
    return world(
        settings={"district_key": "09473"},
        organisations=HOUSES,
        programmes=[programme(**KNOWN | each) for each in programmes],
        programme_tasks=[record(ProgrammeTask, programme_id=one, task_id=task) for one, task in tasks],
        programme_fields=[record(ProgrammeField, programme_id=one, field_id=field) for one, field in fields],
        **more,
    )


def ending(*programmes, act=None, money=None, **more):
    """What could pay for the one structure, a Sprachcafé of Caritas, whose money ends."""
    acts = doing({"house": CARITAS, "place": AREAS[WEST]} | (act or {}))
    money = funding(**{"id": 7, "structure_id": 1, "end": END} | (money or {}))
    more = {"tasks": [(each["id"], CAFE) for each in programmes]} | more
    return for_ends(paid(*programmes, fundings=[money], **acts, **more), DAY)


def lacking(*programmes, values=None, **more):
    """What could pay for a need of a Sprachcafé in Mittelheim that nobody meets."""
    more = {"tasks": [(each["id"], CAFE) for each in programmes]} | more
    known = paid(*programmes, needs=[need(id=4, area_id=AREAS[MIDDLE], **values or {})], **more)
    situation = Situation.of(known, ON_THE_DAY)
    return for_needs(situation, rules.unmet(situation))


def test_an_end_is_told_with_who_could_pay_why_and_what_is_open():
    (one,) = ending({"id": 1, "name": "Treffs", "valid_until": "2028-12-31", "end_kind": "fixed"})
    assert one.key == "pays/s1"
    assert one.facts == f"f7 {END};p1"
    assert one.name == "S1: Programme für die Zeit nach dem 31.03.2027"
    assert "endet am 31.03.2027" in one.reckoning
    assert "Von 1 erfassten Programm kommt 1 infrage:" in one.reckoning
    assert one.options == (
        "Treffs: zahlt für »Sprachcafé«; antragsberechtigt: freier Träger oder Wohlfahrtsverband; "
        "Gebiet: Bayern; gilt bis 31.12.2028; trägt höchstens 80 % der Kosten. "
        "Dagegen oder offen: bis wann Anträge zu stellen sind, ist nicht erfasst.",
    )
    assert one.municipalities == {WEST}
    assert one.field_id == 1
    assert "\n– Treffs" in one.values("recognised")["evidence"]


def test_a_need_that_nobody_meets_is_told_the_landkreis_before_other_applicants():
    (one,) = lacking({"id": 1, "name": "Treffs"})
    assert (one.key, one.facts) == ("pays/n4", "GAP;p1")
    assert "ist am 27.11.2026 nicht gedeckt (Lücke)" in one.reckoning
    assert "antragsberechtigt: Landkreis, freier Träger oder Wohlfahrtsverband" in one.options[0]
    (one,) = lacking({"id": 1, "county_applies": NO})
    assert "Landkreis: nicht antragsberechtigt" in one.options[0]
    (one,) = lacking({"id": 1, "county_applies": None})
    assert "ob »Landkreis« antragsberechtigt ist, ist nicht erfasst" in one.options[0]


@pytest.mark.parametrize(
    "values",
    [
        {"valid_until": "2027-03-31", "end_kind": "fixed"},
        {"valid_until": "2026-11-26", "end_kind": "fixed"},
        {"deadline_on": "2026-11-26"},
        {"applications_until": "2026-11-26"},
        {"deadline_day": 15, "deadline_month": 11, "deadline_years_before": 1,
         "valid_until": "2027-12-31", "end_kind": "fixed"},
        {"welfare_applies": NO},
        {"region": "08"}, {"region": "092"},
    ],
    ids=["over on the last day", "over today", "too late", "no new ones", "too late for any year",
         "who would apply must not", "another Land", "another Regierungsbezirk"],
)  # fmt: skip
def test_what_is_over_or_does_not_fit_is_never_named(values):
    assert ending({"id": 1, **values}) == []


def test_the_day_before_it_is_over_or_too_late_it_is_named():
    for values in (
        {"valid_until": "2027-04-01", "end_kind": "fixed"},
        {"deadline_on": TODAY},
        {"applications_until": TODAY},
        {"region": "094"},
        {"region": "00"},
    ):
        assert len(ending({"id": 1, **values})) == 1, values


def test_a_yearly_day_that_has_passed_moves_the_money_to_the_next_year():
    yearly = {"deadline_day": 31, "deadline_month": 11, "deadline_years_before": 1}
    (one,) = ending({"id": 1, **yearly})
    assert "Antrag bis 30.11.2026" in one.options[0]
    (one,) = ending({"id": 1, **yearly, "deadline_month": 10})
    assert "Antrag bis 31.10.2027" in one.options[0]
    assert "Geld frühestens ab 01.01.2028" in one.options[0]


def test_who_gets_money_from_it_already_needs_no_new_call():
    closed = {"id": 1, "applications_until": "2020-09-30"}
    (one,) = ending(closed, money={"programme_id": 1})
    assert "zahlt hier schon bisher" in one.options[0]


def test_the_task_comes_before_its_field_and_fewer_open_points_before_more():
    (one,) = ending(
        *({"id": key, "name": f"P{key}"} for key in range(1, 5)),
        {"id": 5, "name": "Feld"}, {"id": 6, "name": "Abgeleitet", "purpose_derived": True},
        {"id": 7, "name": "Unklar", "region": None, "share_percent": None},
        tasks=[(1, CAFE), (2, CARE), (6, CAFE), (7, CAFE)], fields=[(3, 1), (5, 1)],
    )  # fmt: skip
    assert [each.split(":")[0] for each in one.options] == ["P1", "Abgeleitet", "Unklar", "Feld", "P3"]
    assert "nur aus Name oder Thema abgeleitet" in one.options[1]
    assert "für welches Gebiet es gilt, ist nicht erfasst; " in one.options[2]
    assert "Bei 1 von 7 erfassten Programmen ist nicht erfasst, wofür sie zahlen." in one.against
    (one,) = ending(*({"id": key} for key in range(1, 9)))
    assert len(one.options) == MOST


@pytest.mark.parametrize(
    "money",
    [{"extension": Extension.APPLIED}, {"extension": Extension.EXPECTED}, {"extension": Extension.NOT_NEEDED},
     {"end": "2028-06-30"}, {"end": "2026-11-26"}, {"part": "co_financing"}],
    ids=["applied for", "expected", "not needed", "after the warning time", "over", "co-financing"],
)  # fmt: skip
def test_what_is_cared_for_far_off_or_over_asks_for_no_money(money):
    assert ending({"id": 1}, money=money) == []
    assert len(ending({"id": 1}, money={"extension": Extension.RULED_OUT})) == 1


def test_a_need_of_one_level_asks_for_that_applicant_and_one_that_is_met_for_none():
    assert lacking({"id": 1, "county_applies": NO}, values={"level": Level.COUNTY}) == []
    assert lacking({"id": 1}, values={"valid_until": "2026-11-26"}) == []
    assert lacking({"id": 1}, **doing({"house": AWO, "place": AREAS[MIDDLE]})) == []


def test_what_rests_on_examples_is_one():
    assert not ending({"id": 1})[0].example
    assert ending({"id": 1, "provenance": "example"})[0].example
    assert ending({"id": 1}, money={"provenance": "example"})[0].example
    assert ending({"id": 1}, act={"provenance": "example"})[0].example
    assert lacking({"id": 1}, values={"provenance": "example"})[0].example


def test_a_gap_to_come_is_asked_for_from_its_first_day_on():
    known = paid({"id": 1, "valid_until": "2027-12-31", "end_kind": "fixed"}, tasks=[(1, CAFE)],
                 needs=[need(id=4, area_id=AREAS[MIDDLE])])  # fmt: skip
    assert len(paying_for(known, DAY, 4, None)) == len(paying_for(known, DAY, 4, date(2027, 12, 31))) == 1
    assert paying_for(known, DAY, 4, date(2028, 1, 1)) == []
    assert paying_for(known, DAY, 9, None) == []


UNTIL = [None, "2026-11-20", "2027-03-31", "2027-04-01", "2027-12-31", "2028-02-01"]


def could_pay(one, who, tasks, day):
    """The rule told again, day by day: whether money of a programme can be had on any day from `day` on."""
    if not one["pays"] & tasks or one[f"{who}_applies"] == NO or one["region"] == "08":
        return False
    if one["applications_until"] and date.fromisoformat(one["applications_until"]) < DAY:
        return False
    if one["deadline_on"] and date.fromisoformat(one["deadline_on"]) < DAY:
        return False
    last = date.fromisoformat(one["valid_until"]) if one["valid_until"] else date(2035, 1, 1)
    on = day
    while on <= last and last >= DAY:
        if one["deadline_on"] or not one["deadline_day"]:
            return True
        year = on.year - one["deadline_years_before"]
        due = date(year, 11, min(one["deadline_day"], monthrange(year, 11)[1]))
        if due >= DAY:
            return True
        on += timedelta(days=1)
    return False


def test_the_rule_told_day_by_day_names_the_same():
    chance = random.Random(5)
    programmes: list[dict] = []
    for key in range(1, 400):
        until = chance.choice(UNTIL)
        yearly = chance.random() < 0.5
        programmes.append({
            "id": key, "pays": chance.choice([{CAFE}, {CARE}, {CAFE, CARE}, set()]),
            "welfare_applies": chance.choice([YES, NO, None]),
            "region": chance.choice([None, "00", "08", "094"]),
            "valid_until": until, "end_kind": "fixed" if until else "open",
            "deadline_on": chance.choice([None, None, None, "2026-11-26", "2026-11-27"]),
            "applications_until": chance.choice([None, None, None, "2026-11-26", "2026-12-01"]),
            "deadline_day": chance.choice([15, 30]) if yearly else None,
            "deadline_month": 11 if yearly else None,
            "deadline_years_before": chance.choice([0, 1]) if yearly else 0,
        })  # fmt: skip
    known = paid(
        *({name: value for name, value in each.items() if name != "pays"} for each in programmes),
        tasks=[(each["id"], task) for each in programmes for task in each["pays"]],
    )
    day = date(2027, 4, 1)
    wanted = ToPayFor({CAFE: "Sprachcafé"}, {1: "Sprache"}, (Applicant.WELFARE,), day)
    named = {each.id for each in terms(known) if offers([each], wanted, DAY, "09473")}
    told = {each["id"] for each in programmes if could_pay(each, Applicant.WELFARE, {CAFE}, day)}
    assert named == told
    assert 10 < len(told) < 200
