"""The structures of Coburg: each of the 27 delivered rows arrives, and none is embellished."""

import csv
from datetime import date
from typing import Any

import pytest

from steering.model import (
    AmountBasis,
    EndKind,
    Extension,
    Funding,
    FundingPart,
    OnLoss,
    Payer,
    Programme,
    Provenance,
    Record,
    Responsibility,
    ResponsibilityGroup,
    Role,
    Structure,
    TargetGroup,
    Task,
)
from steering.storage import starter

# The examples come on top of what the rows became.
COBURG = [
    record
    for record in starter.records("coburg")
    if getattr(record, "provenance", None) != Provenance.EXAMPLE
]


def delivered_rows() -> list[dict[str, str]]:
    """The 27 rows of the source list, as delivered."""
    with (starter.COBURG / "coburg_structures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {row["structure"]: row for row in delivered_rows()}

# Which structure and which fundings each row became; all others became one structure of the same name.
LOTSEN, ENGAGEMENT = "Integrationslotsen", "Koordinierungsstelle Bürgerschaftliches Engagement"
FIB = "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)"
MERGED = {
    "Hauptamtliche Integrationslotsin (1. Befristung)": LOTSEN,
    "Hauptamtliche Integrationslotsin (2. Befristung)": LOTSEN,
    "Integrationslotsin Aufstockung Ukraine": LOTSEN,
    "Integrationslotsen (3. Befristung)": LOTSEN,
    "Koordinierungszentrum Bürgerschaftliches Engagement (gefördert)": ENGAGEMENT,
    "Koordinierungsstelle Bürgerschaftliches Engagement (eigene Mittel)": ENGAGEMENT,
}
CARRIED = {
    "Hauptamtliche Integrationslotsin (1. Befristung)": [
        "BIR I: hauptamtliche Integrationslotsin (1. Befristung)"
    ],
    "Hauptamtliche Integrationslotsin (2. Befristung)": [
        "BIR II: hauptamtliche Integrationslotsin (2. Befristung)"
    ],
    "Integrationslotsin Aufstockung Ukraine": ["Ukrainehilfe: Aufstockung der Integrationslotsin"],
    "Integrationslotsen (3. Befristung)": [
        "BIR III: Integrationslotsen (3. Befristung)",
        "Eigenmittel des Landkreises zu BIR III",
    ],
    "Bildungskoordination Neuzugewanderte Landkreis": ["Bildungskoordination Neuzugewanderte"],
    "Partnerschaft für Demokratie - Koordinierungs- und Fachstelle (vhs)": [
        "Demokratie leben!: Koordinierungs- und Fachstelle (vhs)"
    ],
    "Partnerschaft für Demokratie - Koordinierungs- und Fachstelle (Dekanat)": [
        "Demokratie leben!: Koordinierungs- und Fachstelle (Dekanat)"
    ],
    "Familienstützpunkt Familienzentrum Neustadt": ["Familienstützpunkt Neustadt"],
    "Familienstützpunkt im AWO Mehrgenerationenhaus Bad Rodach": ["Familienstützpunkt Bad Rodach"],
    "Mehrgenerationenhaus AWO-Treff Bad Rodach": ["Bundesprogramm Mehrgenerationenhaus Bad Rodach"],
    "JaS Grund- und Mittelschule Bad Rodach": ["JaS-Förderung"],
    "JaS Grund- und Mittelschule Sonnefeld": ["JaS-Förderung"],
    FIB: [
        "BIR III: Flüchtlings- und Integrationsberatung",
        "Sachkostenzuschuss des Landkreises 2017",
        "Sachkostenzuschuss des Landkreises 2020",
    ],
    "Bildungsregion / Bildungsbüros Stadt und Landkreis": ["Bildung integriert"],
    "MORO Lebendige Regionen Phase 1": ["MORO Lebendige Regionen, Phase 1"],
    "Koordinierungszentrum Bürgerschaftliches Engagement (gefördert)": [
        "KoBE: Koordinierungszentrum Bürgerschaftliches Engagement"
    ],
    "Koordinierungsstelle Bürgerschaftliches Engagement (eigene Mittel)": ["Haushaltsmittel des Landkreises"],
}


def of(record_type: type) -> list[Any]:
    return [record for record in COBURG if isinstance(record, record_type)]


def from_row(record_type: type[Record], row: str) -> list[Any]:
    """The records whose origin names a row."""
    line = f"coburg_structures.csv: {row}"
    return [record for record in of(record_type) if line in record.origin.splitlines()]


def bearer(row: str) -> Structure | Funding:
    """Where the period of a row is kept: its carrying funding, or the structure itself."""
    carrying = [funding for funding in from_row(Funding, row) if funding.part == FundingPart.CARRYING]
    [record] = carrying or from_row(Structure, row)
    return record


def period(record: Structure | Funding) -> tuple[date | None, date | None]:
    if isinstance(record, Funding):
        return record.start, record.end
    return record.valid_from, record.valid_until


def named(record_type: type[Record], name: str) -> Any:
    [record] = [record for record in of(record_type) if record.name == name]
    return record


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_the_source_list_has_27_rows() -> None:
    assert len(ROWS) == len(delivered_rows()) == 27


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_named_by_exactly_the_records_it_became(row: str) -> None:
    [structure] = from_row(Structure, row)
    assert structure.name == MERGED.get(row, row)
    assert sorted(f.name for f in from_row(Funding, row)) == sorted(CARRIED.get(row, []))
    assert {f.structure_id for f in from_row(Funding, row)} <= {structure.id}
    assert {r.structure_id for r in from_row(Responsibility, row)} <= {structure.id}


@pytest.mark.parametrize("row", ROWS)
def test_the_period_and_the_posts_of_a_row_are_kept(row: str) -> None:
    source, record = ROWS[row], bearer(row)
    end = date(2026, 12, 31) if row == FIB else day(source["end"])
    assert period(record) == (day(source["start"]), end)
    kind = {"derived": "fixed"}.get(source["end_kind"], source["end_kind"])
    assert record.end_kind == ("fixed" if row == FIB else kind)
    assert record.fte == (float(source["fte"]) if source["fte"] else None)
    assert source["note"] in record.note


@pytest.mark.parametrize("row", [name for name, row in ROWS.items() if row["amount_eur"]])
def test_the_amount_of_a_row_is_kept_in_cents_with_its_note(row: str) -> None:
    [funding] = [f for f in from_row(Funding, row) if f.amount_cents == int(ROWS[row]["amount_eur"]) * 100]
    assert funding.amount_note in ROWS[row]["amount_note"]


@pytest.mark.parametrize("row", ROWS)
def test_the_sources_of_a_row_are_kept(row: str) -> None:
    for record in [*from_row(Structure, row), *from_row(Funding, row), *from_row(Responsibility, row)]:
        assert set(ROWS[row]["source"].split(" ; ")) <= set(record.source.splitlines())


@pytest.mark.parametrize("row", ROWS)
def test_the_seat_of_a_row_is_kept_unless_it_is_the_whole_landkreis(row: str) -> None:
    [structure], source = from_row(Structure, row), ROWS[row]
    if source["place"] == "Landkreis":
        assert (structure.seat_ags, structure.seat_latitude, structure.seat_longitude) == (None, None, None)
        return
    assert (structure.seat_place, structure.seat_ags) == (source["place"], source["ags"])


@pytest.mark.parametrize("row", ROWS)
def test_a_row_with_a_programme_is_carried_by_it_unless_its_end_is_open(row: str) -> None:
    slugs = {programme.id: programme.slug for programme in of(Programme)}
    [structure], source = from_row(Structure, row), ROWS[row]
    fundings = [f for f in from_row(Funding, row) if f.programme_id]
    assert [slugs[f.programme_id] for f in fundings] == ([source["programme_id"]] if fundings else [])
    assert bool(fundings) == bool(source["programme_id"])
    for funding in fundings:
        carries = source["end_kind"] != "open"
        assert funding.part == (FundingPart.CARRYING if carries else FundingPart.CO_FINANCING)
        assert (structure.end_kind == EndKind.UNKNOWN) == carries


def test_the_four_lotsen_rows_are_phases_of_one_structure() -> None:
    lotsen = named(Structure, LOTSEN)
    assert (lotsen.fte, lotsen.end_kind, lotsen.on_loss) == (None, EndKind.UNKNOWN, OnLoss.UNCLEAR)
    fundings = [f for f in of(Funding) if f.structure_id == lotsen.id]
    carrying = [f for f in fundings if f.part == FundingPart.CARRYING]
    assert [f.fte for f in carrying] == [1.0, 1.0, 0.5, 1.5]
    assert carrying[-1].extension == Extension.NOT_YET_POSSIBLE
    [own] = [f for f in fundings if f.part == FundingPart.CO_FINANCING]
    assert (own.payer, own.amount_cents, own.amount_basis) == (Payer.OWN, 1_300_000, AmountBasis.PER_YEAR)
    assert own.accompanies_id == carrying[-1].id


def test_the_koordinierungsstelle_is_one_structure_that_the_budget_carries_on() -> None:
    office = named(Structure, ENGAGEMENT)
    kobe, budget = [f for f in of(Funding) if f.structure_id == office.id]
    assert (kobe.start, kobe.end) == (date(2015, 3, 1), date(2018, 2, 28))
    assert (kobe.approved_from, kobe.approved_until) == (date(2015, 1, 1), date(2017, 12, 31))
    assert (budget.start, budget.end, budget.end_kind) == (date(2018, 3, 1), None, EndKind.OPEN)
    assert (budget.part, budget.payer, budget.fte) == (FundingPart.CARRYING, Payer.OWN, 0.5)


def test_only_fib_takes_its_end_from_its_programme() -> None:
    ends = {programme.id: programme.valid_until for programme in of(Programme)}
    taken = [
        funding
        for row in ROWS
        for funding in from_row(Funding, row)
        if funding.programme_id and funding.end and not ROWS[row]["end"]
    ]
    assert [f.name for f in taken] == ["BIR III: Flüchtlings- und Integrationsberatung"]
    [fib] = taken
    assert fib.end == ends[fib.programme_id] == date(2026, 12, 31)
    assert (fib.provenance, fib.extension) == (Provenance.DERIVED, Extension.NOT_YET_POSSIBLE)


@pytest.mark.parametrize(("year", "cents"), [(2017, 1_054_500), (2020, 1_500_000)])
def test_the_grants_to_fib_count_in_their_year_only(year: int, cents: int) -> None:
    grant = named(Funding, f"Sachkostenzuschuss des Landkreises {year}")
    assert (grant.start, grant.end) == (date(year, 1, 1), date(year, 12, 31))
    assert (grant.amount_cents, grant.amount_basis, grant.payer) == (cents, AmountBasis.TOTAL, Payer.OWN)
    assert (grant.part, grant.accompanies_id) == (FundingPart.CO_FINANCING, None)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("Familienstützpunkt Bad Rodach", AmountBasis.UNKNOWN),
        ("Demokratie leben!: Koordinierungs- und Fachstelle (vhs)", AmountBasis.UNKNOWN),
        ("Demokratie leben!: Koordinierungs- und Fachstelle (Dekanat)", AmountBasis.PER_YEAR),
        ("MORO Lebendige Regionen, Phase 1", AmountBasis.TOTAL),
    ],
)
def test_an_amount_counts_only_where_its_period_is_documented(name: str, basis: AmountBasis) -> None:
    assert named(Funding, name).amount_basis == basis


def test_nothing_is_confirmed_or_expected() -> None:
    for record in [*of(Structure), *of(Funding)]:
        assert record.confirmed_on is None
        assert record.expected_until is None


def test_gemeindejugendpflege_has_neither_catchment_nor_responsibility() -> None:
    structure = named(Structure, "Gemeindejugendpflege in 15 von 17 Gemeinden")
    assert structure.catchment_id is None
    assert structure.id not in {r.structure_id for r in of(Responsibility)}
    assert {s.id for s in of(Structure)} - {r.structure_id for r in of(Responsibility)} == {structure.id}


def test_the_offices_of_the_kreistag_paper_are_there_for_good() -> None:
    offices = [s for s in of(Structure) if s.origin == "Kreistagsvorlage 2016"]
    assert len(offices) == 3
    assert {s.end_kind for s in offices} == {EndKind.OPEN}
    assert "Kreistagsvorlage 2016" in named(Structure, ENGAGEMENT).origin.splitlines()


def responsibilities(task: str) -> dict[str, Responsibility]:
    """Structure name -> its LEAD or DELIVER responsibility for a task."""
    [task_id] = [t.id for t in of(Task) if t.name == task]
    names = {s.id: s.name for s in of(Structure)}
    return {
        names[r.structure_id]: r
        for r in of(Responsibility)
        if r.task_id == task_id and r.role in (Role.LEAD, Role.DELIVER)
    }


def groups(responsibility: Responsibility) -> set[str]:
    slugs = {group.id: group.slug for group in of(TargetGroup)}
    return {
        slugs[link.target_group_id]
        for link in of(ResponsibilityGroup)
        if link.responsibility_id == responsibility.id
    }


def test_the_koordinierungsstelle_leads_the_volunteers_whom_the_lotsen_work_with() -> None:
    found = responsibilities("Ehrenamtliche koordinieren")
    assert {(name, r.role, r.delivers) for name, r in found.items()} == {
        (ENGAGEMENT, Role.LEAD, False),
        (LOTSEN, Role.DELIVER, True),
        ("Zentrale Koordination der Flüchtlingshilfe", Role.LEAD, True),
    }
    assert all(groups(r) == {"alle"} for r in found.values())


def test_fib_is_for_asylum_seekers_tolerated_and_protected_persons() -> None:
    [fib] = responsibilities("Flüchtlings- und Integrationsberatung (FIB)").values()
    assert groups(fib) == {"asylsuchende", "geduldete", "schutzberechtigte"}


def test_each_school_has_a_jugendsozialarbeit_of_its_own() -> None:
    found = responsibilities("Jugendsozialarbeit an Schulen (JaS)")
    assert len({r.site for r in found.values()}) == len(found) == 8
    assert all(name == f"JaS {r.site}" for name, r in found.items())


def test_every_responsibility_reaches_a_target_group_and_has_no_made_up_period() -> None:
    for responsibility in of(Responsibility):
        assert groups(responsibility)
        assert (responsibility.valid_from, responsibility.valid_until) == (None, None)
        assert responsibility.provenance == Provenance.DERIVED


def test_who_leads_or_delivers_names_a_site_exactly_where_the_task_is_judged_per_site() -> None:
    per_site = {task.id: task.per_site for task in of(Task)}
    for responsibility in of(Responsibility):
        provides = responsibility.role in (Role.LEAD, Role.DELIVER)
        assert not provides or bool(responsibility.site) == per_site[responsibility.task_id]
