"""The rules of one record, each with a German sentence."""

import pytest
from pydantic import ValidationError

from steering.model import Assessment, CommitteeDate, Funding, Municipality, Need, Programme, Structure
from steering.model.vocabulary import WORDS


def refused(record, **values):
    with pytest.raises(ValidationError) as caught:
        record.model_validate(values)
    return " ".join(error["msg"] for error in caught.value.errors())


def funding(**values):
    return {"structure_id": 1, "name": "BIR III", "end_kind": "unknown"} | values


def test_an_end_before_its_start_is_refused():
    found = refused(Funding, **funding(start="2026-01-02", end="2026-01-01", end_kind="fixed"))
    assert "Das Ende (01.01.2026) liegt vor dem Beginn (02.01.2026)" in found


def test_an_end_on_its_start_is_one_day():
    Funding.model_validate(funding(start="2026-01-01", end="2026-01-01", end_kind="fixed"))


def test_a_fixed_end_needs_a_date():
    assert "Ein festes Ende braucht ein Datum" in refused(Funding, **funding(end_kind="fixed"))


@pytest.mark.parametrize("kind", ["open", "unknown"])
def test_a_date_contradicts_an_end_that_is_open_or_unknown(kind):
    assert "passt die Fristart nicht" in refused(Funding, **funding(end="2026-12-31", end_kind=kind))


@pytest.mark.parametrize("year", ["0026", "1899", "2101"])
def test_a_year_nobody_means_is_refused(year):
    assert f"Das Jahr {year} liegt außerhalb" in refused(Funding, **funding(start=f"{year}-01-01"))


def test_a_share_is_at_most_a_hundred():
    assert "less than or equal to 100" in refused(Funding, **funding(share_percent=100.5))
    Funding.model_validate(funding(share_percent=100))


def test_markup_in_a_name_is_refused():
    assert "spitzen Klammern" in refused(Funding, **funding(name="<b>BIR</b>"))


def test_a_name_of_ten_thousand_characters_is_refused():
    assert "at most 200" in refused(Funding, **funding(name="x" * 10_000))


def test_control_characters_are_refused():
    assert "Steuerzeichen" in refused(Funding, **funding(note="a\x00b"))


def test_blanks_around_a_name_are_no_part_of_it():
    assert Funding.model_validate(funding(name="  BIR III ")).name == "BIR III"


@pytest.mark.parametrize("ags", ["9473112", "094731120", "0947311a"])
def test_a_municipality_key_has_eight_digits(ags):
    found = refused(Structure, name="x", kind="post", organisation_id=1, seat_ags=ags)
    assert "ist kein Amtlicher Gemeindeschlüssel" in found


def test_a_structure_and_a_programme_follow_the_same_rules_of_ends():
    assert "festes Ende" in refused(Structure, name="x", kind="post", organisation_id=1, end_kind="fixed")
    assert "festes Ende" in refused(Programme, slug="x", name="x", end_kind="fixed")


def test_papers_are_due_before_the_sitting():
    found = refused(CommitteeDate, committee_id=1, day="2026-12-17", papers_due="2026-12-18")
    assert "Vorlagenschluss liegt nach dem Termin" in found


def test_a_municipality_may_have_an_unknown_population():
    found = Municipality.model_validate(
        {"ags": "09473112", "ars": "094730112112", "name": "Ahorn", "kind": "Gemeinde"}
    )
    assert found.population is None


def test_every_member_of_every_enumeration_has_a_german_word():
    for enum, words in WORDS.items():
        assert set(words) == set(enum)


def need(**values):
    return {"name": "Plätze", "kind": "service", "task_id": 1, "area_id": 1} | values


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": 12}, "Zur Menge fehlt die Einheit. Bitte Plätze, VZÄ oder Beratungsschlüssel wählen."),
        ({"quantity": 12.5, "unit": "places"}, "Plätze gibt es nur ganz"),
        ({"quantity": 0, "unit": "ratio"}, "für wie viele Personen eine Fachkraft da sein soll"),
        ({"kind": "steering", "unit": "places"}, "Steuerung wird in VZÄ gemessen"),
        ({"kind": "steering", "unit": "ratio", "quantity": 100}, "Steuerung wird in VZÄ gemessen"),
        ({"quantity": -1, "unit": "fte"}, "greater than or equal to 0"),
        ({"quantity": 1, "unit": "fte", "indicator_id": 1}, "je wie viele der Kennzahl"),
        ({"quantity": 1, "unit": "fte", "per": 150}, "Zum Schlüssel fehlt die Kennzahl"),
        ({"unit": "fte", "per": 150, "indicator_id": 1}, "Zum Schlüssel fehlt die Menge"),
        ({"quantity": 150, "unit": "ratio", "per": 2, "indicator_id": 1}, "Bitte »je« leeren"),
        ({"quantity": 1, "unit": "fte", "per": 0, "indicator_id": 1}, "greater than 0"),
        ({"valid_from": "2027-01-01", "valid_until": "2026-12-31"}, "Das Ende (31.12.2026) liegt vor dem"),
    ],
)
def test_a_need_says_what_can_be_provided(values, sentence):
    assert sentence in refused(Need, **need(**values))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"quantity": 0, "unit": "places"},
        {"quantity": 0.5, "unit": "fte"},
        {"quantity": 150, "unit": "ratio"},
        {"quantity": 150, "unit": "ratio", "indicator_id": 1},
        {"quantity": 0.5, "unit": "places", "per": 1, "indicator_id": 1},
        {"kind": "steering", "quantity": 1, "unit": "fte", "per": 17, "indicator_id": 1},
        {"kind": "steering", "quantity": 0.5, "unit": "fte"},
        {"unit": "places"},
    ],
)
def test_a_need_may_leave_open_how_much(values):
    Need.model_validate(need(**values))


def test_what_was_seen_begins_before_it_ends():
    seen = {"seen_from": "2027-01-01", "seen_until": "2026-12-31"}
    assert "liegt vor dem Beginn" in refused(Assessment, key="k", state="agreed", **seen)
