"""What the data of Coburg show in gesichert: each kind of finding, as `db/coburg/README.md` tells it."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.findings import findings
from steering.analysis.portfolio import Portfolio
from steering.model import FindingKind, TargetGroup, Task
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
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """The Landkreis as it is delivered."""
    engine = schema.prepare(f"sqlite:///{tmp_path_factory.mktemp('coburg') / 'steering.db'}", "coburg")
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
        ("fluechtlings-und-integrationsberatung", None, date(2026, 12, 31)),
        ("sprachmittlung", date(2029, 1, 1), None),
        ("wohnraumakquise", None, None),
    ]


def test_what_is_agreed_and_what_stays_in_the_house_is_apart(found: pd.DataFrame) -> None:
    overlaps = found[found["kind"] == OVERLAP]
    agreed, internal = overlaps[overlaps["coordinated"]], overlaps[overlaps["internal"]]
    assert periods(agreed) == [("sprachmittlung", None, date(2028, 12, 31))]
    assert periods(internal) == [("foerdermittel-managen", None, None)]


def test_two_carry_out_what_nobody_leads(found: pd.DataFrame) -> None:
    assert periods(found[found["kind"] == NO_LEAD]) == [("auszugsmanagement-fehlbeleger", None, None)]


def test_the_koordinierungsstelle_leads_on_alone_when_the_integrationslotsen_end(found: pd.DataFrame) -> None:
    [row] = found[found["kind"] == LEAD_ONLY].to_dict("records")
    assert (row["task"], day(row["start"]), day(row["end"])) == (
        "ehrenamtliche-koordinieren",
        NEXT_YEAR,
        None,
    )
    assert row["participant_names"] == ("Koordinierungsstelle Bürgerschaftliches Engagement",)
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
            ("jugendsozialarbeit-an-schulen", None, None),
            ("kurskoordination", None, None),
            ("monitoring-und-bericht", NEXT_YEAR, None),
        ],
        key=str,
    )


def test_there_is_less_than_needed_in_places_and_in_posts_now_and_later(found: pd.DataFrame) -> None:
    assert periods(found[found["kind"] == SHORTFALL]) == [
        ("jugendsozialarbeit-an-schulen", None, None),
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
    [row] = found[found["sites"].map(lambda sites: "Beispielschule Neustadt" in sites)].to_dict("records")
    assert (row["kind"], row["municipalities"]) == (GAP, ("09473151",))


def test_without_fib_those_with_protection_are_still_advised(found: pd.DataFrame) -> None:
    gap = found[(found["kind"] == GAP) & (found["task"] == "fluechtlings-und-integrationsberatung")]
    groups = {group for groups in gap["target_groups"] for group in groups}
    known = {record.slug for record in starter.records("coburg") if isinstance(record, TargetGroup)}
    assert groups == {"asylsuchende", "geduldete"} < known


def test_facts_alone_show_what_ends_and_what_is_not_known(portfolio: Portfolio) -> None:
    rows = findings(portfolio.without_examples(), VIEW)
    assert set(rows["kind"]) == {ENDING, UNKNOWN}
