"""Einstellungen through the page Daten: planning, committees with their sittings, personnel costs."""

import re

import pytest

from steering.analysis.money.estimates import yearly
from steering.model import Provenance
from steering.storage import reading
from steering.web import pages
from steering.web.data import page as data_page
from steering.web.settings import page as settings_page
from tests.builders import view
from tests.changed import history


def opened(screen, part: str = pages.SETTINGS, kind: str = "coburg"):
    shown = screen(pages.DATA.title, kind, bereich=part)
    assert not shown.app.exception
    return shown


def stored(shown):
    return reading.portfolio(shown.engine)


def test_every_section_has_one_word_in_the_address() -> None:
    assert list(dict.fromkeys(pages.DATA_SECTIONS.values())) == list(data_page.SECTIONS)
    assert list(pages.SETTINGS_PARTS.values()) == list(settings_page.PARTS)


@pytest.mark.parametrize("kind", ["coburg", "empty"])
@pytest.mark.parametrize("part", list(pages.DATA_SECTIONS))
def test_an_address_opens_its_section_and_keeps_it(look, part: str, kind: str) -> None:
    shown = look(pages.DATA.title, kind, bereich=part)
    assert not shown.app.exception
    assert shown.app.session_state["data section"] == pages.DATA_SECTIONS[part]
    if part in pages.SETTINGS_PARTS:
        assert shown.app.segmented_control(key="settings part").value == pages.SETTINGS_PARTS[part]
    shown.app.run()
    assert shown.address("bereich") == ([] if part == "liste" else [part])


def test_a_section_that_is_none_is_said(look) -> None:
    assert "»bereich«" in look(pages.DATA.title, bereich="keller").texts


def test_what_follows_from_horizon_and_warning_time_is_told_before_it_is_saved(screen) -> None:
    shown = opened(screen)
    assert "vom 01.01.2025 bis zum 31.12.2035" in shown.texts
    shown.input("Planungshorizont: Jahre voraus").set_value("4").run()
    shown.input("Vorwarnzeit in Monaten").set_value("12").run()
    assert "vom 01.01.2025 bis zum 31.12.2030" in shown.texts
    shown.click("Einstellungen speichern")
    settings = stored(shown).settings
    assert (settings["horizon_years_ahead"], settings["warning_months"]) == (4, 12)
    assert "Einstellungen gespeichert." in shown.texts
    changes = history(shown.engine)
    assert set(changes["field"]) == {"horizon_years_ahead", "warning_months"}
    shown.click("Rückgängig")
    assert stored(shown).settings["warning_months"] == 18
    assert shown.input("Vorwarnzeit in Monaten").value == "18"


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [
        ("Planungshorizont: Jahre voraus", "50", "30"),
        ("Planungshorizont: Jahre zurück", "", "Bitte eine ganze Zahl von 0 bis 20 eingeben."),
        ("Vorwarnzeit in Monaten", "ein Jahr", "»ein Jahr«"),
        ("Vorwarnzeit in Monaten", "1,5", "ganze Zahl"),
        ("Name des Landkreises", " ", "Bitte den Namen des Landkreises eingeben."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_kept(screen, label, typed, said) -> None:
    shown = opened(screen)
    before = stored(shown).settings.to_dict()
    shown.input(label).set_value(typed)
    shown.click("Einstellungen speichern")
    problem, beside = (each.value.replace("\\", "") for each in shown.app.caption if ":red[" in each.value)
    assert said in problem
    assert f"Bitte prüfen: »{label}«." in beside
    assert shown.input(label).value == typed
    assert stored(shown).settings.to_dict() == before


def test_organisation_and_area_of_the_landkreis_are_renamed_with_it(screen) -> None:
    shown = opened(screen)
    shown.type(Name_des_Landkreises="Landkreis Coburg-Land")
    shown.click("Einstellungen speichern")
    found = stored(shown)
    names = [found.settings["district_name"], *found.organisations["name"], *found.areas["name"]]
    assert names.count("Landkreis Coburg-Land") == 3
    assert "Landkreis Coburg" not in names


def test_a_setting_that_somebody_else_has_changed_is_shown_and_not_overwritten(screen) -> None:
    first, second = opened(screen), opened(screen)
    first.input("Vorwarnzeit in Monaten").set_value("12")
    second.input("Vorwarnzeit in Monaten").set_value("24")
    first.click("Einstellungen speichern")
    second.click("Einstellungen speichern")
    assert stored(second).settings["warning_months"] == 12
    assert "hat" in second.texts and "denselben Datensatz gespeichert" in second.texts  # noqa: PT018


def test_a_sitting_is_entered_with_the_usual_lead_time_changed_and_archived(screen) -> None:
    shown = opened(screen, pages.COMMITTEES)
    shown.choice("Welches Gremium?").set_value(2).run()
    shown.type(Sitzung_am="17.02.2027")
    shown.click("Gremientermin speichern")
    assert "wie viele Tage er vor der Sitzung liegt" in shown.texts
    shown.input("Vorlagenschluss: Tage vor der Sitzung").set_value("10")
    shown.click("Gremium speichern")
    shown.click("Gremientermin speichern")
    rows = stored(shown).committee_dates.set_index("day")
    made = rows.loc["2027-02-17"]
    # Ten days before is a Sunday: the papers have to be there on Friday.
    assert (str(made["papers_due"].date()), made["provenance"]) == ("2027-02-05", Provenance.DOCUMENTED)
    shown.choice("Welche Sitzung?").set_value(int(made["id"])).run()
    shown.type(Vorlagenschluss_am="18.02.2027")
    shown.click("Gremientermin speichern")
    assert "Der Vorlagenschluss liegt nach dem Termin" in shown.texts
    shown.type(Vorlagenschluss_am="01.02.2027")
    shown.click("Gremientermin speichern")
    assert (
        str(stored(shown).committee_dates.set_index("id").loc[made["id"], "papers_due"].date())
        == "2027-02-01"
    )
    shown.click("Gremientermin archivieren")
    assert re.search("Gremientermin »[^»]+« archiviert\\.", shown.texts)
    assert int(made["id"]) not in set(stored(shown).committee_dates["id"])


def test_an_example_sitting_becomes_the_houses_own_when_it_is_changed(screen) -> None:
    shown = opened(screen, pages.COMMITTEES)
    assert "Beispieltermine sind erfunden" in shown.texts
    first = int(stored(shown).committee_dates.query("committee_id == 1")["id"].iloc[0])
    shown.choice("Welche Sitzung?").set_value(first).run()
    shown.type(Sitzung_am="11.12.2026")
    shown.click("Gremientermin speichern")
    assert stored(shown).committee_dates.set_index("id").loc[first, "provenance"] == Provenance.DOCUMENTED


def test_where_there_is_nothing_a_first_committee_is_set_up(screen) -> None:
    shown = opened(screen, pages.COMMITTEES, "empty")
    shown.type(Name_des_Gremiums="Kreisausschuss")
    shown.click("Gremium speichern")
    (name,) = stored(shown).committees["name"]
    assert name == "Kreisausschuss"


def test_a_rate_of_the_house_is_what_costs_are_estimated_by(screen) -> None:
    shown = opened(screen, pages.PERSONNEL)
    assert "Beispielwert" in " ".join(str(frame.value.to_numpy()) for frame in shown.app.table)
    shown.input("Kosten je VZÄ und Jahr in €").set_value("80.000")
    shown.click("Personalkosten speichern")
    found = stored(shown)
    assert found.personnel_costs["provenance"].tolist() == [Provenance.DOCUMENTED]
    estimated = yearly(found, view("2026-11-27")).set_index("structure_id")
    assert estimated.loc[shown.id_of("Integrationslotsen"), "cents"] == 12_000_000


def test_an_own_rate_stands_beside_the_example_and_beats_it_and_two_own_ones_are_refused(screen) -> None:
    shown = opened(screen, pages.PERSONNEL)
    for name in ("Verwaltung", "Sozialdienst"):
        shown.choice("Welcher Satz?").set_value(None).run()
        shown.type(Art_der_Stelle=name)
        shown.input("Kosten je VZÄ und Jahr in €").set_value("60.000")
        shown.click("Personalkosten speichern")
    found = stored(shown)
    assert sorted(found.personnel_costs["name"]) == ["Stelle in der Integrationsarbeit", "Verwaltung"]
    estimated = yearly(found, view("2026-11-27")).set_index("structure_id")
    assert estimated.loc[shown.id_of("Integrationslotsen"), "cents"] == 9_000_000
    assert "Ohne Art gibt es für 2026 schon den Satz »Verwaltung«" in shown.texts
    shown.choice("Gilt für").set_value("project").run()
    shown.click("Personalkosten speichern")
    assert len(stored(shown).personnel_costs) == 3


@pytest.mark.parametrize("year", ["1026", "2126"])
def test_a_sitting_in_an_impossible_year_is_refused_with_a_sentence(screen, year: str) -> None:
    shown = opened(screen, pages.COMMITTEES)
    before = len(stored(shown).committee_dates)
    shown.type(Sitzung_am=f"11.12.{year}")
    shown.click("Gremientermin speichern")
    assert f"Das Jahr {year} liegt außerhalb von 1900 bis 2100" in shown.texts
    assert len(stored(shown).committee_dates) == before


def test_a_whole_number_is_not_asked_for_with_a_comma(screen) -> None:
    shown = opened(screen, pages.COMMITTEES)
    shown.input("Vorlagenschluss: Tage vor der Sitzung").set_value("zwei")
    shown.click("Gremium speichern")
    assert "»zwei« ist keine Zahl. Bitte ohne Nachkommastellen eingeben, z. B. 14." in shown.texts
    assert "mit Komma" not in shown.texts


def test_the_rate_of_a_programme_is_entered_where_its_directive_names_one(screen) -> None:
    shown = opened(screen, pages.PERSONNEL)
    rows = stored(shown).programmes.set_index("slug")
    assert (rows.loc["bir3", "rate_cents"], rows["rate_cents"].count()) == (6_900_000, 1)
    shown.choice("Welches Programm?").set_value(int(rows.loc["jas3", "id"])).run()
    shown.input("Satz je Stelle und Jahr in €").set_value("20.000,50")
    shown.click("Programm speichern")
    assert stored(shown).programmes.set_index("slug").loc["jas3", "rate_cents"] == 2_000_050


def test_what_a_programme_pays_for_and_who_may_apply_is_entered_with_it(screen) -> None:
    shown = opened(screen, pages.PERSONNEL)
    assert "Bei 3 von 39 ist nicht erfasst, wofür es zahlt." in shown.texts
    known = stored(shown)
    amif = int(known.programmes.set_index("slug").loc["amif1", "id"])
    shown.choice("Welches Programm?").set_value(amif).run()
    shown.choice("Zahlt für Aufgaben").set_value([int(known.tasks["id"].iloc[0])])
    shown.choice("Antrag: Landkreis").set_value("eligible")
    shown.choice("Fördergebiet").set_value("00")
    shown.input("Trägt höchstens (% der Kosten)").set_value("75,5")
    shown.click("Programm speichern")
    row = stored(shown).programmes.set_index("id").loc[amif]
    assert (row["county_applies"], row["region"], row["share_percent"]) == ("eligible", "00", 75.5)
    assert amif in set(stored(shown).programme_tasks["programme_id"])
    assert "Bei 2 von 39 ist nicht erfasst" in shown.texts


def test_settings_are_closed_while_guests_look_on(look) -> None:
    shown = look(pages.DATA.title, bereich=pages.PERSONNEL, verwaltung="ohne")
    assert not [box for box in shown.app.selectbox if box.label == "Welcher Satz?"]
