"""Writing: checked, whole or not at all, logged, and answered with a receipt."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Engine

from steering.model import (
    Agreement,
    AgreementKind,
    Area,
    AreaKind,
    CommitteeDate,
    EndKind,
    Funding,
    FundingPart,
    Level,
    Municipality,
    Organisation,
    PersonnelCost,
    Provenance,
    Record,
    Responsibility,
    Role,
    Settings,
    Structure,
    StructureKind,
    TargetGroup,
)
from steering.storage import archiving, reading
from steering.storage import engine as storage_engine
from steering.storage.problems import Conflict, Invalid
from steering.storage.writing import Edit, Made, write
from tests.changed import history
from tests.storage.conftest import (
    ACTOR,
    AHORN,
    BERATUNG,
    CARITAS,
    CARRYING,
    DISTRICT,
    EVERYONE,
    FOREST,
    LANDKREIS,
    LANDRATSAMT,
    LANGUAGE,
    LOTSEN,
    NEUSTADT,
    NOW,
    OTHER_CARRYING,
    OWN_SHARE,
    REFUGEES,
    WHO,
)
from tests.stored import row_of

NEW_STRUCTURE = {"name": "Sprachcafé", "kind": StructureKind.SERVICE, "organisation_id": CARITAS}
NEW_RESPONSIBILITY = {"task_id": LANGUAGE, "area_id": DISTRICT, "role": Role.DELIVER}


def problems(engine: Engine, *edits: Edit) -> dict[tuple[int, str], str]:
    """What storage has to say against the edits, by edit and field; nothing may have been written."""
    before = reading.revision(engine)
    with pytest.raises(Invalid) as refusal:
        write(engine, edits, **WHO)
    assert reading.revision(engine) == before
    return {(problem.index, problem.field): problem.message for problem in refusal.value.problems}


def test_an_edit_shows_in_the_next_portfolio_with_the_next_revision(engine: Engine) -> None:
    before = reading.portfolio(engine)
    receipt = write(engine, [Edit(Structure, {"fte": 2}, id=LOTSEN, version=1)], **WHO)
    after = reading.portfolio(engine)
    assert receipt.revision == after.revision == before.revision + 1
    assert list(after.structures.set_index("id").loc[LOTSEN, ["fte", "version"]]) == [2.0, 2]


def test_records_made_in_one_write_refer_to_each_other(engine: Engine) -> None:
    edits = [
        Edit(Organisation, {"name": "Verein für Übersetzung", "level": Level.VOLUNTEER}),
        Edit(Structure, {**NEW_STRUCTURE, "organisation_id": Made(0)}),
        Edit(Responsibility, {**NEW_RESPONSIBILITY, "structure_id": Made(1), "target_groups": [REFUGEES]}),
        Edit(
            Agreement, {"name": "LV", "kind": AgreementKind.SERVICE, "organisations": [Made(0), LANDRATSAMT]}
        ),
    ]
    receipt = write(engine, edits, **WHO)
    organisation, structure, responsibility, agreement = receipt.ids
    assert row_of(engine, Organisation, organisation)["slug"] == "verein-fuer-uebersetzung"
    assert row_of(engine, Structure, structure)["organisation_id"] == organisation
    assert row_of(engine, Responsibility, responsibility)["target_groups"] == [REFUGEES]
    assert row_of(engine, Agreement, agreement)["organisations"] == [LANDRATSAMT, organisation]


def test_the_history_says_who_changed_which_field_from_what_to_what(engine: Engine) -> None:
    values = {"end": date(2027, 6, 30), "name": "BIR"}
    receipt = write(engine, [Edit(Funding, values, id=CARRYING, version=1)], **WHO)
    (row,) = history(engine, "funding", CARRYING).to_dict("records")
    assert (row["batch"], row["actor"], row["field"]) == (receipt.batch, ACTOR, "end")
    assert (row["before"], row["after"]) == ('"2026-12-31"', '"2027-06-30"')
    assert (row["at"], row["revision"], row["undone"]) == (pd.Timestamp(NOW), receipt.revision, False)


def test_a_list_is_one_field_of_the_history(engine: Engine) -> None:
    write(engine, [Edit(Responsibility, {"target_groups": [REFUGEES, EVERYONE]}, id=1, version=1)], **WHO)
    (row,) = history(engine, "responsibility").to_dict("records")
    assert (row["field"], row["before"], row["after"]) == ("target_groups", "[1]", "[1, 2]")


def test_saving_what_is_there_already_writes_nothing(engine: Engine) -> None:
    before = reading.revision(engine)
    stored = row_of(engine, Structure, LOTSEN)
    receipt = write(engine, [Edit(Structure, stored, id=LOTSEN, version=1)], **WHO)
    assert receipt.batch is None
    assert reading.revision(engine) == before


def test_one_wrong_edit_keeps_all_others_from_being_written(engine: Engine) -> None:
    found = problems(
        engine,
        Edit(Structure, {"fte": 3}, id=LOTSEN, version=1),
        Edit(Funding, {"share_percent": 101}, id=CARRYING, version=1),
    )
    assert found == {(1, "share_percent"): "Ein Anteil kann höchstens 100 % betragen."}
    assert row_of(engine, Structure, LOTSEN)["fte"] is None


def test_every_problem_of_every_edit_is_told_at_once(engine: Engine) -> None:
    found = problems(
        engine,
        Edit(
            Structure, {"name": "x" * 10_000, "kind": "castle", "organisation_id": 99, "seat_ags": "09999999"}
        ),
        Edit(Funding, {"structure_id": Made(0), "name": "BIR", "end_kind": EndKind.FIXED, "fte": -1}),
        Edit(
            Responsibility,
            {**NEW_RESPONSIBILITY, "structure_id": Made(0), "target_groups": [], "task_id": 77},
        ),
    )
    assert set(found) == {
        (0, "name"), (0, "kind"), (0, "organisation_id"), (0, "seat_ags"),
        (1, "end"), (1, "fte"),
        (2, "target_groups"), (2, "task_id"),
    }  # fmt: skip
    assert found[0, "name"] == "Höchstens 200 Zeichen sind möglich, eingegeben sind 10.000. Bitte kürzen."
    assert "Stelle, Einrichtung" in found[0, "kind"]
    assert "»99«" in found[0, "organisation_id"]
    assert "09999999" in found[0, "seat_ags"]


def test_a_year_has_no_thousands(engine: Engine) -> None:
    found = problems(engine, Edit(PersonnelCost, {"name": "Satz", "rate_cents": 1, "year": 27}))
    assert found == {(0, "year"): "Möglich ist mindestens das Jahr 2000. Bitte prüfen."}


@pytest.mark.parametrize(
    ("record", "values", "field", "fragment"),
    [
        (Structure, {"name": ""}, "name", "Bitte ausfüllen."),
        (Structure, {"name": None}, "name", "Bitte ausfüllen."),
        (Structure, {"name": "<b>fett</b>"}, "name", "spitzen Klammern"),
        (Structure, {"name": "Tab\x07"}, "name", "Steuerzeichen"),
        (Structure, {"kind": None}, "kind", "Bitte ausfüllen."),
        (Structure, {"fte": "viel"}, "fte", "Bitte eine Zahl eingeben"),
        (Structure, {"fte": float("inf")}, "fte", "höchstens 999 VZÄ; Bruchteile mit Komma"),
        (Structure, {"places": 1.5}, "places", "ganze Zahl"),
        (Structure, {"places": -1}, "places", "mindestens 0"),
        (Structure, {"valid_from": date(26, 1, 1)}, "valid_from", "Das Jahr 0026"),
        (Structure, {"valid_from": "morgen"}, "valid_from", "Bitte ein Datum eingeben"),
        (Structure, {"valid_until": date(2026, 1, 1)}, "end_kind", "Fristart"),
        (
            Structure,
            {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 31), "end_kind": EndKind.FIXED},
            "valid_until",
            "Das Ende (31.01.2026) liegt vor dem Beginn (01.02.2026)",
        ),
        (Structure, {"seat_ags": "9473"}, "seat_ags", "acht Ziffern"),
        (Structure, {"seat_ags": "09473999"}, "seat_ags", "Landkreis Coburg"),
        (Structure, {"catchment_id": 2**70}, "catchment_id", "gibt es nicht"),
        (Funding, {"end": None}, "end", "braucht ein Datum"),
        (Funding, {"share_percent": 100.01}, "share_percent", "höchstens 100 %"),
        (Funding, {"amount_cents": 10**14}, "amount_cents", "100.000.000.000 €"),
        (
            Funding,
            {"approved_from": date(2026, 1, 2), "approved_until": date(2026, 1, 1)},
            "approved_until",
            "vor dem Beginn",
        ),
        (Funding, {"early_start": "vielleicht"}, "early_start", "Ja oder Nein"),
        (Responsibility, {"target_groups": []}, "target_groups", "Bitte ausfüllen."),
        (Responsibility, {"target_groups": [EVERYONE, 9]}, "target_groups", "»9«"),
        (Settings, {"warning_months": 121}, "warning_months", "höchstens 120"),
    ],
)
def test_a_bad_value_is_refused_at_its_field(
    engine: Engine, record: type[Record], values: dict[str, Any], field: str, fragment: str
) -> None:
    found = problems(engine, Edit(record, values, id=1, version=1))
    assert list(found) == [(0, field)]
    assert fragment in found[0, field]


def test_a_contradiction_is_told_beside_a_bad_name(engine: Engine) -> None:
    values = {
        "name": "",
        "valid_from": date(2026, 2, 1),
        "valid_until": date(2026, 1, 1),
        "end_kind": "fixed",
    }
    assert set(problems(engine, Edit(Structure, values, id=LOTSEN, version=1))) == {
        (0, "name"),
        (0, "valid_until"),
    }


def test_a_field_that_does_not_exist_is_an_error_of_the_program(engine: Engine) -> None:
    with pytest.raises(ValueError, match="no field colour"):
        write(engine, [Edit(Structure, {"colour": "red"}, id=LOTSEN, version=1)], **WHO)


@pytest.mark.parametrize("ags", [AHORN, "09463000", None, ""])
def test_a_seat_lies_in_an_own_municipality_or_a_neighbouring_kreis_or_is_not_known(
    engine: Engine, ags: str | None
) -> None:
    write(engine, [Edit(Structure, {"seat_ags": ags, "fte": 1}, id=LOTSEN, version=1)], **WHO)
    assert row_of(engine, Structure, LOTSEN)["seat_ags"] == (ags or None)


def test_values_may_come_from_a_frame(engine: Engine) -> None:
    values = {
        "fte": np.float64("nan"), "places": np.int64(4), "department_id": pd.NA,
        "valid_from": pd.Timestamp(2020, 1, 1), "valid_until": pd.NaT, "seat_ags": np.nan,
    }  # fmt: skip
    write(engine, [Edit(Structure, values, id=LOTSEN, version=1)], **WHO)
    stored = row_of(engine, Structure, LOTSEN)
    assert (stored["fte"], stored["places"], stored["valid_from"]) == (None, 4, date(2020, 1, 1))
    assert (stored["department_id"], stored["valid_until"], stored["seat_ags"]) == (None, None, None)


def test_a_new_responsibility_reaches_everyone_unless_it_says_otherwise(engine: Engine) -> None:
    (made,) = write(
        engine, [Edit(Responsibility, {**NEW_RESPONSIBILITY, "structure_id": BERATUNG})], **WHO
    ).ids
    assert row_of(engine, Responsibility, made)["target_groups"] == [EVERYONE]


@pytest.mark.parametrize(
    ("edits", "fields"),
    [
        ([Edit(Funding, {"structure_id": BERATUNG}, id=OWN_SHARE, version=1)], ["accompanies_id"]),
        ([Edit(Funding, {"structure_id": BERATUNG}, id=CARRYING, version=1)], ["structure_id"]),
        ([Edit(Funding, {"part": FundingPart.CO_FINANCING}, id=CARRYING, version=1)], ["part"]),
        ([Edit(Funding, {"part": FundingPart.CARRYING}, id=OWN_SHARE, version=1)], ["accompanies_id"]),
        ([Edit(Funding, {"accompanies_id": OTHER_CARRYING}, id=OWN_SHARE, version=1)], ["accompanies_id"]),
        ([Edit(Funding, {"accompanies_id": OWN_SHARE}, id=OWN_SHARE, version=1)], ["accompanies_id"]),
    ],
)
def test_a_cofinancing_accompanies_a_carrying_funding_of_its_structure(
    engine: Engine, edits: list[Edit], fields: list[str]
) -> None:
    assert [field for _, field in problems(engine, *edits)] == fields


def test_what_holds_between_records_is_judged_after_the_last_edit(engine: Engine) -> None:
    move = {"structure_id": BERATUNG}
    write(engine, [Edit(Funding, move, id=key, version=1) for key in (OWN_SHARE, CARRYING)], **WHO)
    assert set(reading.portfolio(engine).fundings["structure_id"]) == {BERATUNG}


def test_organisations_do_not_go_in_a_circle(engine: Engine) -> None:
    found = problems(engine, Edit(Organisation, {"parent_id": LANDRATSAMT}, id=LANDKREIS, version=1))
    assert [field for _, field in found] == ["parent_id"]
    assert list(problems(engine, Edit(Organisation, {"parent_id": CARITAS}, id=CARITAS, version=1)))


def test_nothing_is_hung_on_an_archived_record(engine: Engine) -> None:
    archiving.archive(engine, Organisation, CARITAS, 1, **WHO)
    found = problems(engine, Edit(Structure, NEW_STRUCTURE))
    assert "archiviert" in found[0, "organisation_id"]


def test_a_record_whose_carrier_was_archived_can_still_be_corrected(engine: Engine) -> None:
    archiving.archive(engine, Organisation, CARITAS, 1, **WHO)
    archiving.archive(engine, TargetGroup, EVERYONE, 1, **WHO)
    stored = row_of(engine, Structure, BERATUNG) | {"fte": 1}
    groups = {"target_groups": [EVERYONE, REFUGEES]}
    edits = [Edit(Structure, stored, id=BERATUNG, version=1), Edit(Responsibility, groups, id=1, version=1)]
    assert write(engine, edits, **WHO).batch


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "Zeile\nzwei", " ", "x" * 201])
def test_a_name_no_screen_can_show_is_refused(engine: Engine, name: str) -> None:
    assert list(problems(engine, Edit(Structure, {"name": name}, id=LOTSEN, version=1))) == [(0, "name")]


def test_an_area_is_made_of_inhabited_municipalities(engine: Engine) -> None:
    area = {"name": "Wald", "kind": AreaKind.GROUP}
    assert (
        "unbewohnt"
        in problems(engine, Edit(Area, {**area, "municipalities": [AHORN, FOREST]}))[0, "municipalities"]
    )
    assert list(problems(engine, Edit(Area, area))) == [(0, "municipalities")]
    assert (
        "»00000000«"
        in problems(engine, Edit(Area, {**area, "municipalities": ["00000000"]}))[0, "municipalities"]
    )


def test_slugs_are_made_from_names_and_told_apart(engine: Engine) -> None:
    edits = [Edit(TargetGroup, {"name": name}) for name in ("Gäste & Größe", "gaeste groesse", "Иван", "")]
    found = problems(engine, *edits)
    assert list(found) == [(3, "name")]
    receipt = write(engine, edits[:3], **WHO)
    slugs = [row_of(engine, TargetGroup, key)["slug"] for key in receipt.ids]
    assert slugs == ["gaeste-groesse", "gaeste-groesse-2", "ohne-namen"]
    assert "vergeben" in problems(engine, Edit(TargetGroup, {"name": "x", "slug": "alle"}))[0, "slug"]


def test_a_municipality_is_written_under_its_own_key(engine: Engine) -> None:
    write(engine, [Edit(Municipality, {"population": 4200, "ags": NEUSTADT}, id=AHORN)], **WHO)
    assert row_of(engine, Municipality, AHORN)["population"] == 4200
    again = {"ags": AHORN, "ars": "094730112112", "name": "Ahorn", "kind": "Gemeinde"}
    assert "vergeben" in problems(engine, Edit(Municipality, again))[0, "ags"]


def test_an_example_edited_by_hand_becomes_a_fact(engine: Engine) -> None:
    example = {"committee_id": 1, "day": date(2026, 12, 10), "papers_due": date(2026, 11, 26),
               "provenance": Provenance.EXAMPLE, "provenance_note": "erfunden"}  # fmt: skip
    (key,) = write(engine, [Edit(CommitteeDate, example)], **WHO).ids
    write(engine, [Edit(CommitteeDate, {"day": date(2026, 12, 17)}, id=key, version=1)], **WHO)
    stored = row_of(engine, CommitteeDate, key)
    assert stored["provenance"] == Provenance.DOCUMENTED
    assert (stored["source"], stored["provenance_note"]) == ("Angabe Planungsstab, 22.11.2026", "")


def test_an_example_saved_without_a_change_stays_one(engine: Engine) -> None:
    example = {**NEW_STRUCTURE, "provenance": Provenance.EXAMPLE}
    (key,) = write(engine, [Edit(Structure, example)], **WHO).ids
    write(engine, [Edit(Structure, {"name": "Sprachcafé"}, id=key, version=1)], **WHO)
    assert row_of(engine, Structure, key)["provenance"] == Provenance.EXAMPLE


def test_a_new_record_without_a_source_names_who_stated_it(engine: Engine) -> None:
    (key,) = write(engine, [Edit(Structure, NEW_STRUCTURE)], **WHO).ids
    assert row_of(engine, Structure, key)["source"] == "Angabe Planungsstab, 22.11.2026"


def test_somebody_elses_change_in_between_is_shown_field_by_field(engine: Engine) -> None:
    opened = row_of(engine, Structure, LOTSEN)
    write(engine, [Edit(Structure, {"fte": 2}, id=LOTSEN, version=1)], **WHO)
    write(engine, [Edit(Structure, {"places": 5}, id=LOTSEN, version=2)], actor="Fachbereich 21", now=NOW)
    mine = {"fte": 3, "note": "neu"}
    for base in (opened, None):
        with pytest.raises(Conflict) as refusal:
            write(
                engine,
                [Edit(Structure, mine, id=LOTSEN, version=1, base=base)],
                actor="Fachbereich 22",
                now=NOW,
            )
        conflict = refusal.value
        assert (conflict.index, conflict.record_id, conflict.version) == (0, LOTSEN, 3)
        assert (conflict.actor, conflict.at) == ("Fachbereich 21", NOW)
        assert {(each.field, each.base, each.theirs, each.mine) for each in conflict.fields} == {
            ("fte", None, 2.0, 3),
            ("places", None, 5, None),
        }
    assert row_of(engine, Structure, LOTSEN)["note"] == ""


def test_a_change_to_a_removed_record_is_refused_with_a_sentence(engine: Engine) -> None:
    found = problems(engine, Edit(Structure, {"fte": 2}, id=99, version=1))
    assert "gibt es nicht mehr" in found[0, ""]


def test_a_write_names_the_version_it_is_based_on(engine: Engine) -> None:
    with pytest.raises(ValueError, match="version"):
        write(engine, [Edit(Structure, {"fte": 2}, id=LOTSEN)], **WHO)


def test_of_400_writes_at_once_none_is_lost(engine: Engine) -> None:
    def add(number: int) -> Any:
        (key,) = write(engine, [Edit(Structure, {**NEW_STRUCTURE, "name": f"S {number}"})], **WHO).ids
        return key

    with ThreadPoolExecutor(40) as pool:
        keys = list(pool.map(add, range(400)))
    assert len(set(keys)) == 400
    assert reading.revision(engine)[1] == 401
    assert set(reading.portfolio(engine).structures["name"]) >= {f"S {number}" for number in range(400)}


def test_writers_of_one_process_queue_instead_of_trying_their_luck(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_engine, "BUSY_MILLISECONDS", 1)
    engine.dispose()

    def add(number: int) -> Any:
        return write(engine, [Edit(Structure, {**NEW_STRUCTURE, "name": f"S {number}"})], **WHO).batch

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(add, range(40)))


def test_of_many_edits_of_one_record_at_once_one_wins_and_the_others_are_told(engine: Engine) -> None:
    def edit(number: int) -> bool:
        try:
            write(engine, [Edit(Structure, {"places": number + 1}, id=LOTSEN, version=1)], **WHO)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(edit, range(30))) == 1
    assert row_of(engine, Structure, LOTSEN)["version"] == 2


def test_a_key_is_never_used_twice(engine: Engine) -> None:
    (first,) = write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO).ids
    archiving.delete_or_archive(engine, TargetGroup, first, 1, **WHO)
    (second,) = write(engine, [Edit(TargetGroup, {"name": "Gäste"})], **WHO).ids
    assert second == first + 1
