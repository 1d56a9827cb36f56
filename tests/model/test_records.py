"""The rules of one record, each with a German sentence."""

import pytest
from pydantic import ValidationError

from steering.model import CommitteeDate, Funding, Municipality, Programme, Structure
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
