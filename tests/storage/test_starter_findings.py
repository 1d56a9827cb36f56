"""What the data of Coburg show in gesichert: each kind of finding, as `db/coburg/README.md` tells it."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from steering.analysis.agenda.about import DERIVED_ONLY
from steering.analysis.agenda.agenda import proposals
from steering.analysis.findings import findings
from steering.analysis.findings.reasons import AGREEMENT
from steering.analysis.masterplan import plan
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures.duties import resting_on_examples
from steering.model import ExtensionRule, FindingKind, LegalCharacter, Provenance, Subject, TargetGroup, Task
from steering.storage import reading, schema, starter
from tests.builders import view

VIEW = view("2026-11-22")
SLUGS = {record.id: record.slug for record in starter.records("coburg") if isinstance(record, Task)}
OVERLAP, NO_LEAD, LEAD_ONLY, GAP = (
    FindingKind.OVERLAP,
    FindingKind.NO_LEAD,
    FindingKind.LEAD_ONLY,
    FindingKind.GAP,
)
SHORTFALL, ENDING, UNKNOWN = FindingKind.SHORTFALL, FindingKind.ENDING, FindingKind.UNKNOWN
DUTIES = {LegalCharacter.OWN_DUTY, LegalCharacter.DELEGATED, LegalCharacter.STATE_OFFICE}
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def portfolio(new_url: Callable[[], str]) -> Portfolio:
    """The Landkreis as it is delivered."""
    engine = schema.prepare(new_url(), "coburg")
    return reading.portfolio(engine)


@pytest.fixture(scope="module")
def found(portfolio: Portfolio) -> pd.DataFrame:
    """The findings in gesichert, with the task's short name."""
    rows = findings(portfolio, VIEW)
    return rows.assign(task=rows["task_id"].map(SLUGS))


def day(value: pd.Timestamp) -> date | None:
    return None if pd.isna(value) else value.date()


def periods(rows: pd.DataFrame) -> list[tuple[str, date | None, date | None]]:
    """Task, first and last day; None is beyond the horizon."""
    columns = zip(rows["task"], rows["start"], rows["end"], strict=True)
    return sorted(((task, day(start), day(end)) for task, start, end in columns), key=str)


def test_two_houses_lead_the_same(found: pd.DataFrame) -> None:
    plain = found[(found["kind"] == OVERLAP) & ~found["coordinated"] & ~found["internal"]]
    assert periods(plain) == [
        ("sprachmittlung", date(2029, 1, 1), None),
        ("wohnraumakquise", None, None),
    ]


def test_what_is_agreed_and_what_stays_in_the_house_is_apart(found: pd.DataFrame) -> None:
    overlaps = found[found["kind"] == OVERLAP]
    agreed, internal = overlaps[overlaps["coordinated"]], overlaps[overlaps["internal"]]
    assert periods(agreed) == [("sprachmittlung", None, date(2028, 12, 31))]
    assert periods(internal) == [("mietbefaehigung", None, None)]


def test_two_carry_out_what_nobody_leads(found: pd.DataFrame) -> None:
    assert periods(found[found["kind"] == NO_LEAD]) == [("auszugsmanagement-fehlbeleger", None, None)]


def test_one_leads_and_nobody_carries_it_out(found: pd.DataFrame) -> None:
    [row] = found[found["kind"] == LEAD_ONLY].to_dict("records")
    assert (row["task"], day(row["start"]), day(row["end"])) == ("patenschaften-vermitteln", None, None)
    assert row["participant_names"] == ("Beispiel: Wohnhilfe",)
    assert len(row["municipalities"]) == 17


def test_gaps_open_with_the_end_of_bir3_or_when_a_need_begins_or_were_there_all_along(
    found: pd.DataFrame,
) -> None:
    assert periods(found[found["kind"] == GAP]) == sorted(
        [
            ("demokratie-und-antidiskriminierung", None, None),
            ("erstorientierungskurse", None, None),
            ("familienstuetzpunkt", date(2027, 9, 1), None),
            ("fluechtlings-und-integrationsberatung", NEXT_YEAR, None),
            ("gewaltschutz-in-unterkuenften", date(2027, 7, 1), None),
            ("helferkreise-begleiten", NEXT_YEAR, None),
            ("integrationskonzept-fortschreiben", None, None),
            ("kurskoordination", None, None),
            ("monitoring-und-bericht", NEXT_YEAR, None),
            ("vorkurs-deutsch", None, None),
        ],
        key=str,
    )


def test_there_is_less_than_needed_now_and_later(found: pd.DataFrame) -> None:
    assert periods(found[found["kind"] == SHORTFALL]) == [
        ("migrationsberatung-fuer-erwachsene", date(2029, 1, 1), None),
        ("wohnraumakquise", None, None),
    ]


def test_only_facts_run_out(found: pd.DataFrame) -> None:
    ending = found[found["kind"] == ENDING]
    assert {name for names in ending["participant_names"] for name in names} == {
        "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)",
        "Integrationslotsen",
    }
    assert {day(last) for last in ending["end"]} == {date(2026, 12, 31)}


def test_what_is_not_known_about_a_task_is_said(found: pd.DataFrame) -> None:
    unknown = found[(found["kind"] == UNKNOWN) & found["task"].notna()]
    assert set(unknown["task"]) == {
        "akteure-koordinieren",
        "arbeitsgelegenheiten",
        "dezentrale-unterbringung",
        "familienstuetzpunkt",
        "fluechtlings-und-integrationsberatung",
        "gemeinschaftsunterkunft-betreiben",
    }


def test_a_school_without_anybody_is_a_gap_though_its_town_is_served(found: pd.DataFrame) -> None:
    [row] = found[found["sites"].map(lambda sites: "Beispielschule" in sites)].to_dict("records")
    assert (row["kind"], row["municipalities"]) == (GAP, ("09473151",))


def test_without_fib_nobody_is_advised_whom_it_is_for(found: pd.DataFrame) -> None:
    gap = found[(found["kind"] == GAP) & (found["task"] == "fluechtlings-und-integrationsberatung")]
    groups = {group for groups in gap["target_groups"] for group in groups}
    known = {record.slug for record in starter.records("coburg") if isinstance(record, TargetGroup)}
    assert groups == {"asylsuchende", "geduldete", "schutzberechtigte"} < known


@pytest.mark.parametrize("rule", ExtensionRule)
def test_no_example_accuses_a_real_house(portfolio: Portfolio, rule: ExtensionRule) -> None:
    """Only the invented are shown at fault, and no duty is open because of an invented need."""
    plain = view("2026-11-22", rule=rule)
    for at in (plain, plan.with_masterplan(portfolio, plain, ideas=True)):
        rows = findings(portfolio, at)
        rows = rows[resting_on_examples(portfolio, rows)]
        accusing = rows[
            rows["kind"].isin([OVERLAP, NO_LEAD, LEAD_ONLY, SHORTFALL]) | (rows["reason"] == AGREEMENT)
        ]
        assert len(accusing) >= 4
        named = {name for names in accusing["participant_names"] for name in names}
        assert named
        assert {name for name in named if not name.startswith("Beispiel")} == set()
        assert named_carriers(portfolio, accusing) <= invented(portfolio)
        short = rows[rows["kind"].isin([GAP, LEAD_ONLY, SHORTFALL])]
        assert set(short["task_id"].map(legal(portfolio))) & DUTIES == set()


@pytest.mark.parametrize("rule", ExtensionRule)
def test_no_point_of_a_round_accuses_a_real_house_without_saying_what_it_rests_on(
    portfolio: Portfolio, rule: ExtensionRule
) -> None:
    """Who leads is documented nowhere in the starter data: it is concluded, or an example."""
    asked = [
        each for each in proposals(portfolio, view("2026-11-22", rule=rule), 0, None)
        if each.subject_key.startswith(("OVERLAP/", "NO_LEAD/", "LEAD_ONLY/"))
    ]  # fmt: skip
    assert len(asked) >= 3
    assert all("Beispielangaben" in each.occasion or DERIVED_ONLY in each.occasion for each in asked)


@pytest.mark.parametrize("rule", ExtensionRule)
def test_a_deadline_that_rests_on_an_example_says_so(portfolio: Portfolio, rule: ExtensionRule) -> None:
    told = [
        each.occasion for each in proposals(portfolio, view("2026-11-22", rule=rule), 0, None)
        if each.subject == Subject.FUNDING
    ]  # fmt: skip
    dated = [occasion for occasion in told if "liegt nicht beim Landkreis" not in occasion]
    assert dated
    assert all("Beispiel)" in occasion or "(geschätzt)" in occasion for occasion in dated), dated


def named_carriers(portfolio: Portfolio, rows: pd.DataFrame) -> set[int]:
    """The organisations that carry those who take part; what only a measure adds is not among the stored."""
    carrier = dict(zip(portfolio.structures["id"], portfolio.structures["organisation_id"], strict=True))
    found = {int(each.removeprefix("s")) for row in rows["participants"] for each in row}
    return {carrier[key] for key in found if key in carrier}


def invented(portfolio: Portfolio) -> set[int]:
    rows = portfolio.organisations
    return set(rows.loc[rows["provenance"] == Provenance.EXAMPLE, "id"])


def legal(portfolio: Portfolio) -> dict[int, str]:
    return dict(zip(portfolio.tasks["id"], portfolio.tasks["legal_character"], strict=True))


def test_facts_alone_show_what_ends_and_what_is_not_known(portfolio: Portfolio) -> None:
    rows = findings(portfolio.without_examples(), VIEW)
    assert set(rows["kind"]) == {ENDING, UNKNOWN}
