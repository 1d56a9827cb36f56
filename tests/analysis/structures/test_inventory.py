"""What is written about a structure elsewhere, how it stands on a day, and what filters let through."""

from datetime import date

import pandas as pd
import pytest

from steering.analysis.structures import counted, local
from steering.analysis.structures.completeness import completeness
from steering.analysis.structures.decisions import next_decision, upcoming
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import Selection, inventory, select
from steering.analysis.structures.local import per_municipality
from steering.model import (
    AmountBasis,
    AreaKind,
    EndKind,
    Extension,
    FundingPart,
    LegalCharacter,
    Level,
    OnLoss,
    Payer,
)
from steering.web.structures.words import end_in_short, end_words
from tests.builders import (
    area,
    area_municipality,
    funding,
    municipality,
    organisation,
    portfolio,
    programme,
    responsibility,
    structure,
    task,
    task_field,
    view,
)

AHORN, MEEDER = "09473112", "09473144"


def landkreis(**tables):
    """Two houses, one above the other, a district with two municipalities, one field with two tasks."""
    rows = {
        "organisations": [
            organisation(id=1, name="Landkreis", slug="landkreis", level=Level.COUNTY),
            organisation(id=2, name="FB 22", slug="fb-22", level=Level.COUNTY, parent_id=1),
            organisation(id=3, name="Caritas", slug="caritas", level=Level.WELFARE),
        ],
        "municipalities": [
            municipality(ags=AHORN, name="Ahorn", population=1000),
            municipality(ags=MEEDER, name="Meeder", population=3000),
        ],
        "areas": [
            area(id=1, kind=AreaKind.DISTRICT),
            area(id=2, kind=AreaKind.MUNICIPALITY, name="Ahorn"),
        ],
        "area_municipalities": [
            area_municipality(area_id=1, ags=AHORN),
            area_municipality(area_id=1, ags=MEEDER),
            area_municipality(area_id=2, ags=AHORN),
        ],
        "fields": [task_field(id=1, slug="sprache", name="Sprache")],
        "tasks": [
            task(id=1, field_id=1, legal_character=LegalCharacter.VOLUNTARY),
            task(id=2, field_id=1, legal_character=LegalCharacter.OWN_DUTY),
        ],
    }
    return portfolio(**(rows | tables))


def test_a_unit_counts_to_all_houses_above_it():
    found = directory(landkreis(structures=[structure(id=1, organisation_id=2)])).iloc[0]
    assert found["organisation_slugs"] == {"fb-22", "landkreis"}


@pytest.mark.parametrize(
    ("tasks", "legal"),
    [
        ([], "noch nicht eingeordnet"),
        ([1], "freiwillig"),
        ([2], "Pflichtaufgabe im eigenen Wirkungskreis"),
        ([1, 2], "teils freiwillig"),
    ],
)
def test_the_legal_footing_comes_from_the_tasks(tasks, legal):
    duties = [responsibility(structure_id=1, task_id=key) for key in tasks]
    found = directory(landkreis(structures=[structure(id=1, organisation_id=1)], responsibilities=duties))
    assert found["legal"].tolist() == [legal]


def test_the_area_is_that_of_catchment_and_responsibilities():
    found = directory(
        landkreis(
            structures=[structure(id=1, organisation_id=1, catchment_id=2)],
            responsibilities=[responsibility(structure_id=1, task_id=1, area_id=1)],
        )
    ).iloc[0]
    assert found["municipalities"] == {AHORN, MEEDER}
    assert found["district_wide"]


def test_the_inventory_of_nothing_has_all_columns():
    empty = inventory(portfolio(), view())
    full = inventory(landkreis(structures=[structure(id=1, organisation_id=1)]), view())
    assert list(empty.columns) == list(full.columns)
    assert empty.empty


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (Selection(), [1, 2]),
        (Selection(levels=frozenset({"welfare"})), [2]),
        (Selection(organisations=frozenset({"landkreis"})), [1]),
        (Selection(municipalities=frozenset({MEEDER})), [2]),
        (Selection(municipalities=frozenset({AHORN})), [1, 2]),
        (Selection(fields=frozenset({"sprache"})), [2]),
        (Selection(fields=frozenset({"sprache"}), levels=frozenset({"county"})), []),
    ],
)
def test_filters_let_through_what_all_of_them_mean(selection, left):
    rows = directory(
        landkreis(
            structures=[
                structure(id=1, organisation_id=2, catchment_id=2, name="A"),
                structure(id=2, organisation_id=3, catchment_id=1, name="B"),
            ],
            responsibilities=[responsibility(structure_id=2, task_id=1, area_id=1)],
        )
    )
    assert select(rows, selection)["structure_id"].tolist() == left


def test_fte_are_spread_over_the_area_by_population():
    here = landkreis(structures=[structure(id=1, organisation_id=1, catchment_id=1, fte=2.0, seat_ags=AHORN)])
    found = per_municipality(here, inventory(here, view())).set_index("ags")
    assert found.loc[AHORN, "fte_per_10000"] == pytest.approx(2 * 1000 / 4000 / 1000 * 10_000)
    assert found.loc[MEEDER, "fte_per_10000"] == pytest.approx(2 * 3000 / 4000 / 3000 * 10_000)
    assert found["on_the_spot"].to_dict() == {AHORN: 1, MEEDER: 0}


def test_unknown_fte_are_counted_and_not_taken_for_none():
    here = landkreis(structures=[structure(id=1, organisation_id=1, catchment_id=2)])
    found = per_municipality(here, inventory(here, view())).set_index("ags")
    assert found["fte_not_known"].to_dict() == {AHORN: 1, MEEDER: 0}


@pytest.mark.parametrize(
    ("certain", "unsure", "outlook"),
    [
        ([], [], local.NOTHING_THERE),
        ([None], [], local.NONE_IN_SIGHT),
        ([None], [AHORN], local.NOT_KNOWN),
        ([], [AHORN], local.NOT_KNOWN),
        ([], [None], local.NOT_KNOWN),
        ([date(2027, 6, 30), None], [AHORN], local.DAY),
    ],
)
def test_no_end_is_said_to_be_in_sight_only_where_everything_there_is_known(certain, unsure, outlook):
    running = [
        structure(id=key, organisation_id=1, catchment_id=1, seat_ags=AHORN, valid_until=end,
                  end_kind=EndKind.FIXED if end else EndKind.OPEN)
        for key, end in enumerate(certain, 1)
    ]  # fmt: skip
    doubtful = [
        structure(id=key, organisation_id=1, catchment_id=2, seat_ags=seat, end_kind=EndKind.UNKNOWN)
        for key, seat in enumerate(unsure, 11)
    ]
    here = landkreis(structures=[*running, *doubtful])
    found = per_municipality(here, inventory(here, view())).set_index("ags")["outlook"]
    assert found[AHORN] == outlook
    assert found[MEEDER] == local.NOTHING_THERE


def bir(**values):
    return {
        "structure_id": 1,
        "programme_id": 7,
        "end": date(2026, 12, 31),
        "end_kind": EndKind.FIXED,
    } | values


def test_the_next_decision_takes_together_what_ends_with_one_programme_on_one_day():
    both = landkreis(
        structures=[structure(id=key, organisation_id=1, end_kind=EndKind.UNKNOWN) for key in (1, 2, 3)],
        programmes=[programme(id=7), programme(id=8)],
        fundings=[
            funding(**bir(id=11)),
            funding(**bir(id=12, structure_id=2)),
            funding(**bir(id=13, structure_id=3, programme_id=8)),
        ],
    )
    rows = upcoming(both, view())
    assert rows["structure_id"].tolist() == [1, 2, 3]
    assert next_decision(rows)["structure_id"].tolist() == [1, 2]


@pytest.mark.parametrize(("extension", "decisions"), [(Extension.NOT_NEEDED, 0), (Extension.RULED_OUT, 1)])
def test_what_needs_nothing_more_is_no_decision_and_what_is_ruled_out_still_is_one(extension, decisions):
    one = landkreis(
        structures=[structure(id=1, organisation_id=1, end_kind=EndKind.UNKNOWN)],
        programmes=[programme(id=7)],
        fundings=[funding(**bir(extension=extension))],
    )
    rows = upcoming(one, view())
    assert len(rows) == decisions


def test_the_own_share_is_what_accompanies_the_ending_funding():
    share = {"part": FundingPart.CO_FINANCING, "payer": Payer.OWN, "accompanies_id": 11}
    one = landkreis(
        structures=[structure(id=1, organisation_id=1, end_kind=EndKind.UNKNOWN)],
        programmes=[programme(id=7)],
        fundings=[
            funding(**bir(id=11, fte=1.5)),
            funding(**bir(id=12, amount_cents=1_300_000, amount_basis="per_year", **share)),
        ],
    )
    found = upcoming(one, view()).iloc[0]
    assert found["own_cents"] == 1_300_000
    assert found["fte"] == 1.5
    assert not found["grant_known"]


def test_an_own_share_that_is_only_partly_known_is_not_known():
    share = {"part": FundingPart.CO_FINANCING, "payer": Payer.OWN, "accompanies_id": 11}
    one = landkreis(
        structures=[structure(id=1, organisation_id=1, end_kind=EndKind.UNKNOWN)],
        programmes=[programme(id=7)],
        fundings=[
            funding(**bir(id=11)),
            funding(**bir(id=12, amount_cents=1_300_000, amount_basis="per_year", **share)),
            funding(**bir(id=13, **share)),
        ],
    )
    assert upcoming(one, view())["own_cents"].isna().all()


def test_complete_is_what_has_end_size_money_task_and_area():
    whole = landkreis(
        structures=[structure(id=1, organisation_id=1, fte=1.0, catchment_id=1)],
        responsibilities=[responsibility(structure_id=1, task_id=1)],
    )
    assert completeness(whole, view())["complete"].tolist() == [True]


def test_what_is_missing_is_named():
    bare = landkreis(
        structures=[structure(id=1, organisation_id=1, end_kind=EndKind.UNKNOWN)],
        fundings=[funding(structure_id=1, end=None, end_kind=EndKind.UNKNOWN)],
    )
    assert completeness(bare, view())["missing"].tolist() == [("Ende", "VZÄ", "Betrag", "Aufgabe", "Gebiet")]


@pytest.mark.parametrize(("as_of", "missing"), [("2026-06-30", ("VZÄ",)), ("2027-06-30", ())])
def test_what_goes_on_by_own_means_is_asked_for_no_vzae_that_are_known(as_of, missing):
    """The funding names no VZÄ; from 2027 on `fte_after` does."""
    goes_on = landkreis(
        structures=[
            structure(
                id=1, organisation_id=1, catchment_id=1, on_loss=OnLoss.CONTINUES, fte_after=0.5,
            )
        ],
        fundings=[
            funding(structure_id=1, end="2026-12-31", amount_cents=100, amount_basis=AmountBasis.PER_YEAR)
        ],
        responsibilities=[responsibility(structure_id=1, task_id=1)],
    )  # fmt: skip
    assert completeness(goes_on, view(as_of, today="2026-06-30"))["missing"].tolist() == [missing]


@pytest.mark.parametrize(
    ("as_of", "rule", "said", "in_short"),
    [
        ("2026-06-30", "secured", "Förderung bis 31.12.2026, danach aus Eigenmitteln",
         "31.12.2026, dann Eigenmittel"),
        ("2027-06-30", "secured", "aus Eigenmitteln", "aus Eigenmitteln"),
        ("2026-06-30", "optimistic", "offen (beantragt)", "offen (beantragt)"),
    ],
)  # fmt: skip
def test_an_end_is_that_of_the_funding_where_own_means_follow(as_of, rule, said, in_short):
    goes_on = landkreis(
        structures=[structure(id=1, organisation_id=1, on_loss=OnLoss.CONTINUES, fte_after=0.5)],
        fundings=[funding(structure_id=1, end="2026-12-31", extension=Extension.APPLIED)],
    )
    at = view(as_of, rule=rule)
    row = inventory(goes_on, at).iloc[0].to_dict()
    assert end_words(row, at.as_of) == said
    assert end_in_short(row, at.as_of) == in_short


def test_a_funding_that_has_ended_needs_no_amount():
    old = landkreis(
        structures=[structure(id=1, organisation_id=1, fte=1.0, catchment_id=1, end_kind=EndKind.UNKNOWN)],
        fundings=[funding(structure_id=1, end=date(2020, 12, 31), end_kind=EndKind.FIXED)],
        responsibilities=[responsibility(structure_id=1, task_id=1)],
    )
    assert completeness(old, view())["missing"].tolist() == [()]


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        ({"start": "2027-01-01", "end": "2027-12-31"}, "pausing"),
        ({"start": "2027-01-01", "end_kind": EndKind.OPEN}, "pausing"),
        ({"start": "2024-01-01", "end": "2026-03-31"}, "ended"),
    ],
)
def test_a_pause_between_two_phases_is_no_end(second, wanted):
    known = landkreis(
        structures=[structure(id=1, organisation_id=1)],
        fundings=[
            funding(id=1, structure_id=1, start="2025-01-01", end="2025-12-31"),
            funding(id=2, structure_id=1, **second),
        ],
    )
    at = view("2026-06-30")
    rows = inventory(known, at)
    rows = rows[rows["structure_id"] == 1]
    parts = {
        "pausing": counted.pausing(rows, at.as_of),
        "ended": counted.ended(rows, at.as_of),
        "coming": counted.yet_to_begin(rows, at.as_of),
    }
    assert {name for name, part in parts.items() if len(part)} == {wanted}
    if wanted == "pausing":
        assert end_words(rows.iloc[0].to_dict(), at.as_of) == "Pause, ab 01.01.2027 wieder"


@pytest.mark.parametrize(
    ("fundings", "fte"),
    [
        ([{}], 0.25),
        ([{"fte": 1.5}], 1.5),
        ([{"fte": 1.5}, {"fte": 0.5}], 2.0),
        ([{"fte": 1.5}, {}], None),
        ([{}, {"fte": 1.5, "end": "2020-12-31", "end_kind": "fixed"}], 0.25),
    ],
)
def test_what_may_run_keeps_the_fte_that_are_recorded_and_counts_none(fundings, fte):
    paid = [
        funding(**{"id": key, "end_kind": "unknown"} | each) for key, each in enumerate(fundings, start=1)
    ]
    data = landkreis(structures=[structure(id=1, fte=0.25)], fundings=paid)
    row = inventory(data, view(as_of="2026-11-22")).iloc[0]
    assert (row["state"], pd.isna(row["effective_fte"])) == ("unknown", True)
    assert (None if pd.isna(row["recorded_fte"]) else row["recorded_fte"]) == fte


def test_the_fte_of_what_runs_or_does_not_are_the_effective_ones():
    ended = funding(id=1, end="2025-12-31", fte=1.5)
    rows = inventory(
        landkreis(structures=[structure(id=1, fte=1.0), structure(id=2, fte=0.5)], fundings=[ended]),
        view(as_of="2026-11-22"),
    ).set_index("structure_id")
    assert rows["recorded_fte"].fillna(-1).to_dict() == {1: -1, 2: 0.5}
