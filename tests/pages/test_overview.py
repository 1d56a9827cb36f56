"""The Lagebild says what must be decided next, in plain German."""

import re
from datetime import date

import pytest

from steering.model import Funding, Level, Organisation, Structure
from steering.storage import reading
from steering.storage.writing import Edit, Made, write
from steering.web.overview import page as overview
from tests.pages.conftest import PAGES
from tests.pages.test_meeting import SOMEBODY
from tests.screens import drawn


@pytest.fixture
def words(look) -> str:
    return look("Lagebild").texts.replace("*", "")


FIB = "Flüchtlings- und Integrationsberatung (früher Asylsozialberatung)"


def test_it_says_for_how_many_structures_all_is_known(words):
    assert "Angaben vollständig für" in words
    assert "von 27 Strukturen" in words


def test_what_cannot_be_applied_for_is_not_called_overdue(words):
    assert "überfällig" not in words


def test_the_next_ends_name_both_days_and_the_unit(look):
    table = look("Lagebild").app.table[0].value.replace(r"\\", "", regex=True)
    assert list(table.columns) == ["Ende", "Struktur", "Antrag bis", "Beschluss bis", "Zuständig"]
    lotsen = table[table["Struktur"] == "Integrationslotsen"].iloc[0]
    assert lotsen["Antrag bis"] == "Folgeförderung noch nicht ausgeschrieben"
    assert lotsen["Beschluss bis"] == "17.12.2026 (Kreistag, Beispiel)"
    assert lotsen["Zuständig"] == "FB 22"


def test_what_ends_by_its_own_day_stands_among_the_next_ends_though_its_money_goes_on(screen):
    shown = screen("Lagebild")
    office = "Koordinierungsstelle Bürgerschaftliches Engagement"
    stops = {"end_kind": "fixed", "valid_until": "2026-12-15"}
    write(shown.engine, [Edit(Structure, stops, id=shown.id_of(office), version=1)], **SOMEBODY)
    shown.app.run()
    told = shown.app.table[0].value.replace(r"\\", "", regex=True)
    assert list(told.iloc[0][["Ende", "Struktur", "Antrag bis", "Beschluss bis"]]) == [
        "15.12.2026", office, "Struktur endet", "–",
    ]  # fmt: skip
    assert list(told["Ende"][1:]) == ["31.12.2026", "31.12.2026"]


@pytest.mark.parametrize(
    ("complete", "there", "said"),
    [
        (7, 27, "Angaben vollständig für **7 von 27 Strukturen**, die laufen oder vielleicht laufen."),
        (0, 2, "Bei **keiner der 2 Strukturen**, die laufen oder vielleicht laufen, sind die Angaben "
               "vollständig."),
        (0, 1, "Bei der **einen Struktur**, die läuft oder vielleicht läuft, sind die Angaben nicht "
               "vollständig."),
        (1, 1, "Bei der **einen Struktur**, die läuft oder vielleicht läuft, sind die Angaben vollständig."),
    ],
)  # fmt: skip
def test_how_complete_the_data_are_is_german_for_none_one_and_many(complete, there, said):
    assert overview._how_complete(complete, there) == said


def test_a_missing_end_is_spoken_of_only_where_one_is_missing(look):
    shown = look("Lagebild", handlungsfeld="sprache")
    assert "Es fehlen: " in shown.texts
    assert "Wo ein Ende fehlt" not in shown.texts


def test_the_figures_follow_the_stichtag(look):
    today = {metric.label: metric.value for metric in look("Lagebild").app.metric}
    later = {metric.label: metric.value for metric in look("Lagebild", stichtag="2027-01-01").app.metric}
    assert int(later["Laufen am Stichtag"]) == int(today["Laufen am Stichtag"]) - 2
    assert today["VZÄ am Stichtag"] == "5"
    assert later["VZÄ am Stichtag"] == "3,5"


def test_where_nothing_ends_it_says_so_and_not_that_all_is_well(look):
    words = look("Lagebild", ebene="gemeinde").texts.replace("*", "")
    assert "kein festes Ende bekannt" in words


@pytest.mark.parametrize("page", PAGES)
def test_where_filters_leave_nothing_no_page_counts_none_of_none(look, page):
    shown = look(page, ebene="wirtschaft", gemeinde="09473151", handlungsfeld="gesundheit")
    assert not shown.app.exception
    assert not re.search(r"\b0 von 0\b|\b0 Strukturen\b", shown.texts.replace("*", ""))


def test_before_the_first_structure_there_is_a_sentence_and_no_empty_picture_or_zero(look):
    shown = look("Lagebild", kind="empty")
    assert "noch keine Struktur erfasst" in shown.texts.replace("*", "")
    assert len(shown.app.main.metric) == 0
    assert len(shown.app.get("vega_lite_chart")) == 0


def test_who_decides_about_an_end_and_when_is_told_alike_on_every_page(look):
    (ends, *_) = look().app.main.table
    told = ends.value.replace(r"\\", "", regex=True)
    lagebild = dict(zip(told["Struktur"], told["Beschluss bis"], strict=True))
    (listed,) = [
        each.value for each in look("Zeitachse").app.main.dataframe if "Beschluss bis" in each.value.columns
    ]
    zeitachse = listed[listed["Beschluss bis"] != "–"].set_index("Struktur")["Beschluss bis"].to_dict()
    assert lagebild == zeitachse
    assert lagebild[FIB] == "nicht beim Landkreis"
    rounds = look("Koordinierungsrunde").texts
    assert f"**Frist: {FIB}**  \nDie Entscheidung liegt nicht beim Landkreis." in rounds
    assert "**Frist: Integrationslotsen**  \nBeschluss bis 17.12.2026 (Kreistag, Beispiel)." in rounds


def test_the_largest_fall_has_the_day_on_which_it_comes_within_a_quarter_too(screen):
    shown = screen("Lagebild")
    shown.edit("Integrationslotsen")
    shown.type(Ende="14.02.2027")
    shown.click("Speichern")
    words = [drawn(each, "cliff")["text"].tolist() for each in shown.app.main.get("vega_lite_chart")]
    assert words == [["−1,5 VZÄ am 15.02.2027"]]


def test_vze_that_nobody_knows_are_no_nought_and_no_line_at_nought(look):
    shown = look("Lagebild", traeger="awo-coburg")
    assert {each.label: each.value for each in shown.app.metric}["VZÄ am Stichtag"] == "nicht bekannt"
    assert "In dieser Ansicht sind für keine Struktur VZÄ bekannt" in shown.texts
    assert "sagen dasselbe" not in shown.texts
    assert "fallen zusammen" not in shown.texts


def first_structure() -> list[Edit]:
    """A carrier, and a post of it with no end, no size and no money."""
    carrier = Edit(Organisation, {"name": "Verein", "slug": "verein", "level": Level.WELFARE})
    first = {"name": "Treff", "kind": "post", "organisation_id": Made(0), "end_kind": "unknown"}
    return [carrier, Edit(Structure, first)]


def test_a_first_structure_of_which_nothing_is_known_has_no_nought_either(screen):
    shown = screen("Lagebild", kind="empty")
    write(shown.engine, first_structure(), **SOMEBODY)
    shown.app.run()
    assert {each.label: each.value for each in shown.app.metric}["VZÄ am Stichtag"] == "nicht bekannt"
    assert "fallen zusammen" not in shown.texts


def test_what_has_just_ended_with_its_extension_open_does_not_leave_in_silence(screen):
    shown = screen("Lagebild")
    key = shown.id_of("Integrationslotsen")
    rows = reading.portfolio(shown.engine).fundings
    last = rows[(rows["structure_id"] == key) & (rows["part"] == "carrying")].sort_values("end").iloc[-1]
    late = {"end": date(2026, 11, 10), "extension": "expected", "expected_until": date(2027, 12, 31)}
    write(shown.engine, [Edit(Funding, late, id=int(last["id"]), version=int(last["version"]))], **SOMEBODY)
    shown.app.run()
    told = "Integrationslotsen (Ende 10.11.2026, Verlängerung: in Aussicht). Geht es weiter, bitte"
    assert told in shown.texts.replace("*", "")
    shown.open("Strukturen")
    shown.edit("Integrationslotsen", "Förderung")
    assert any("Der Tag ist vorbei" in each.value for each in shown.app.sidebar.info)


def test_one_structure_is_recorded_in_good_german(screen):
    shown = screen("Daten und Einstellungen", kind="empty")
    assert "Noch ist nichts erfasst." in shown.texts
    assert "Das geht, bis der erste Träger oder die erste Struktur erfasst ist." not in shown.texts
    write(shown.engine, first_structure(), **SOMEBODY)
    shown.app.run()
    assert "Erfasst ist 1 Struktur mit" in shown.texts.replace("*", "")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, ""),
        ({"masterplan": "mit"}, "Im Szenario »gesichert« mit Masterplan gehen"),
        ({"szenario": "optimistisch"}, "Im Szenario »optimistisch« gehen"),
    ],
)
def test_ends_that_the_scenario_runs_beyond_are_said_to_be_those_of_the_records(look, address, said):
    (told,) = [
        each.value for each in look("Lagebild", **address).app.caption if "Frage und Liste" in each.value
    ] or [""]
    assert told.startswith(said)
    assert bool(told) == bool(said)
