"""The section Öffentliches Verzeichnis: decided, looked at as a whole, released; and by whom."""

from collections.abc import Callable

import pytest

from steering.analysis.structures.directory import lineages
from steering.model import PublicOffer, PublicSite, Structure
from steering.storage import reading, releases
from steering.storage.rights.acting import Who
from steering.storage.writing import Edit, write
from steering.web.publication import deciding, output, page, preview, words
from tests.pages.conftest import Screen
from tests.pages.people import person
from tests.pages.test_meeting import SOMEBODY

DATA = "Daten und Einstellungen"
CHOOSE, PREVIEW, ABOUT = page.PARTS


@pytest.fixture
def section(screen) -> Screen:
    return screen(DATA, bereich="verzeichnis")


def said(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def part(shown: Screen, name: str) -> None:
    shown.app.session_state[page.PART] = name
    shown.app.run()
    assert not shown.app.exception


def offers(shown: Screen):
    return reading.portfolio(shown.engine).frame("public_offer").set_index("structure_id")


def running(shown: Screen) -> list[int]:
    """Structures that could be public, by the page's own table."""
    rows = table(shown)
    names = rows.loc[~rows["Öffentlich"].str.startswith("bleibt"), "Struktur"]
    return [shown.id_of(name) for name in names]


def table(shown: Screen):
    return next(each.value for each in shown.app.dataframe if "Noch leer" in each.value)


def publish(shown: Screen, structure: int, **values: object) -> int:
    new = Edit(PublicOffer, {"structure_id": structure, "public": True, **values})
    (key,) = write(shown.engine, [new], **SOMEBODY).ids
    shown.app.run()
    return int(key)


def tick_and_release(shown: Screen) -> None:
    next(box for box in shown.app.checkbox if box.label == words.SEEN).check().run()
    shown.click("Freigeben")


def test_nothing_is_public_until_somebody_decides_and_confirms_it(section):
    assert "Noch ist nichts öffentlich." in said(section)
    assert "bleiben:" in said(section)
    first = running(section)[0]
    publish(section, first, what="Beratung", shows_what=True)
    assert "Noch ist nichts öffentlich. 1 Änderung wartet auf Freigabe." in said(section)
    part(section, PREVIEW)
    assert "Was: Beratung" in said(section)
    assert "Mit der Freigabe steht 1 Angebot im Verzeichnis." in said(section)
    assert next(each for each in section.app.button if each.label == "Freigeben").disabled
    tick_and_release(section)
    assert "Öffentlich ist 1 Angebot, freigegeben am" in said(section)
    assert "Auf Freigabe wartet nichts." in said(section)
    ((_, kept),) = releases.releases(section.engine)
    assert [entry.values for entry in kept.entries] == [
        {"name": kept.entries[0].name, "what": "Beratung"}
    ]  # fmt: skip
    assert "Freigegeben am" in next(e.value for e in section.app.dataframe if "Durch" in e.value)


def test_what_somebody_changes_after_the_preview_is_not_released_unseen(section):
    key = publish(section, running(section)[0])
    part(section, PREVIEW)
    next(box for box in section.app.checkbox if box.label == words.SEEN).check().run()
    button = next(each for each in section.app.button if each.label == "Freigeben")
    changed = Edit(PublicOffer, {"what": "Neu", "shows_what": True}, id=key, version=1)
    write(section.engine, [changed], **SOMEBODY)
    button.click().run()
    assert "Seit der Vorschau wurde etwas geändert." in said(section)
    assert releases.releases(section.engine) == []
    assert not next(box for box in section.app.checkbox if box.label == words.SEEN).value
    assert "Was: Neu" in said(section)


def test_what_is_taken_back_goes_at_once_and_what_is_changed_waits_beside_what_it_was(section):
    one, other = running(section)[:2]
    first = publish(section, one, what="Alt", shows_what=True)
    second = publish(section, other)
    part(section, PREVIEW)
    tick_and_release(section)
    write(
        section.engine,
        [
            Edit(PublicOffer, {"what": "Neu"}, id=first, version=1),
            Edit(PublicOffer, {"public": False}, id=second, version=1),
        ],
        **SOMEBODY,
    )
    section.app.run()
    assert "1 Änderung wartet auf Freigabe. 1 Angabe entfällt mit der nächsten Ausgabe" in said(section)
    waiting, gone = (each.value for each in section.app.table)
    assert waiting[["Angabe", "Bisher", "Künftig"]].to_numpy().tolist() == [["Was", "Alt", "Neu"]]
    assert ":material/edit: geändert" in waiting["Was geschieht"].tolist()
    assert gone["Was geschieht"].tolist() == [":material/close: entfällt"]


def test_an_entry_is_written_in_the_sidebar_and_a_person_is_refused_at_its_place(section):
    chosen = running(section)[0]
    section.app.session_state["public entry"] = chosen
    section.app.run()
    section.app.checkbox[[box.label for box in section.app.checkbox].index("Öffentlich")].check().run()
    section.type(Ansprechstelle="Frau Muster")
    section.click("Eintrag speichern")
    assert "Das Verzeichnis nennt Funktionen, keine Personen." in said(section)
    assert section.input("Ansprechstelle").value == "Frau Muster"
    section.type(Ansprechstelle="Beratungsstelle")
    section.click("Eintrag speichern")
    assert offers(section).loc[chosen, ["public", "contact"]].tolist() == [True, "Beratungsstelle"]
    section.choice("Sprache des Textes").select("Englisch")
    section.type(Titel_in_dieser_Sprache="Advice")
    section.click("Text speichern")
    texts = reading.portfolio(section.engine).frame("public_text")
    assert texts[["language", "title"]].to_numpy().tolist() == [["en", "Advice"]]
    assert "Englisch" in table(section)["Sprachen"].tolist()
    assert "In weiteren Sprachen" in [each.label for each in section.app.expander], "else it closes"
    section.choice("Welcher Text?").set_value(int(texts["id"].iloc[0])).run()
    section.click("Text entfernen")
    assert reading.portfolio(section.engine).frame("public_text").empty
    section.click("Rückgängig")
    assert len(reading.portfolio(section.engine).frame("public_text")) == 1


def test_many_are_decided_in_one_write_that_one_press_takes_back(section):
    before = reading.revision(section.engine)[1]
    section.choice("Welche Angaben?").set_value(["shows_kind", "shows_tasks"]).run()
    section.click("Für mehrere speichern")
    found = offers(section)
    assert len(found) > 10
    assert found[["public", "shows_kind", "shows_tasks"]].all(axis=None)
    assert not found["shows_contact"].any()
    assert reading.revision(section.engine)[1] == before + 1
    assert set(found.index) <= set(running(section)), "no example, no accommodation, nothing that has ended"
    section.click("Rückgängig")
    assert offers(section).empty


def test_what_is_hidden_for_many_stays_decided_otherwise(section):
    one, other = running(section)[:2]
    publish(section, one, shows_kind=True, shows_places=True)
    publish(section, other)
    section.app.radio(key=deciding.WHICH).set_value(deciding.SINGLE).run()
    section.choice("Welche einzelnen?").set_value([one, other]).run()
    section.choice("Welche Angaben?").set_value(["shows_kind"])
    section.app.radio(key=deciding.HOW).set_value(deciding.HIDE).run()
    assert "Gewählt sind 2 Strukturen; 1 davon zeigt danach weniger." in said(section)
    section.click("Für mehrere speichern")
    assert offers(section).loc[one, ["public", "shows_kind", "shows_places"]].tolist() == [True, False, True]


def test_what_the_directory_says_of_itself_is_asked_for_calmly_until_it_is_there(section):
    part(section, ABOUT)
    assert "Ein Impressum fehlt noch; ein öffentliches Verzeichnis braucht eines (§ 5 DDG)." in said(section)
    section.type(Name_des_Verzeichnisses="Ankommen", Impressum="Landkreis Coburg")
    section.click("Angaben speichern")
    stored = reading.record(section.engine, PublicSite, 1)
    assert stored is not None
    assert (stored["name"], stored["imprint"], stored["licence"]) == (
        "Ankommen", "Landkreis Coburg", "undecided",
    )  # fmt: skip
    assert "Impressum fehlt" not in said(section)
    assert section.input("Impressum").value == "Landkreis Coburg"


def test_the_way_leads_from_a_structure_to_its_entry_and_back(section):
    chosen = running(section)[0]
    section = Screen(section.url, "Strukturen")
    section.app.session_state["edit_structure"] = chosen
    section.app.run()
    label = "Eintrag im öffentlichen Verzeichnis"
    next(each for each in section.app.button if each.label == label).click().run()
    assert section.app.session_state["public entry"] == chosen
    assert section.app.session_state["data section"] == "Öffentliches Verzeichnis"
    section = Screen(section.url, DATA, bereich="verzeichnis")
    section.app.session_state["public entry"] = chosen
    section.app.run()
    section.app.session_state["edit_structure"] = None
    section.click("Zur Struktur")
    section.open("Strukturen")
    assert section.app.session_state["edit_structure"] == chosen


def test_without_data_it_says_so(look):
    shown = look(DATA, kind="empty", bereich="verzeichnis")
    for name in page.PARTS:
        part(shown, name)
        assert "Noch ist nichts öffentlich." in said(shown)


def test_an_editor_of_a_unit_decides_on_their_own_only_and_releases_nothing(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
):
    ask_as(person("eigene"))
    shown = peopled(DATA, bereich="verzeichnis")
    everything = reading.portfolio(shown.engine)
    shown.choice("Welche Angaben?").set_value(["public"]).run()
    assert "anderen Einheiten" in said(shown)
    shown.click("Für mehrere speichern")
    decided = set(offers(shown).index)
    owners = everything.structures.set_index("id").loc[sorted(decided), "organisation_id"]
    above = lineages(everything.organisations.set_index("id"))
    assert decided, "else it would prove nothing"
    assert all("fb-22" in above[owner] for owner in owners)
    other = next(key for key in running(shown) if key not in decided)
    shown.app.session_state["public entry"] = other
    shown.app.run()
    assert "Ändern kann ihren Eintrag, wer für diese Einheit bearbeitet" in said(shown)
    assert "Eintrag speichern" not in [each.label for each in shown.app.button]
    part(shown, PREVIEW)
    assert "Freigeben kann, wer die Rolle »Bearbeiten (alle)« hat." in said(shown)
    assert "Freigeben" not in [each.label for each in shown.app.button]
    part(shown, ABOUT)
    assert "Diese Angaben ändert, wer die Rolle »Verwalten« hat." in said(shown)


def test_who_only_reads_is_told_for_whom_it_is_and_guests_see_nothing_of_it(
    peopled: Callable[..., Screen], ask_as: Callable[[Who], None]
):
    ask_as(person("liest"))
    shown = peopled(DATA, bereich="verzeichnis")
    assert "»Öffentliches Verzeichnis« ist für die Rolle »Bearbeiten (eigene Einheit)«." in said(shown)
    ask_as(person("alle"))
    shown = peopled(DATA, bereich="verzeichnis", verwaltung="ohne")
    assert "nichts öffentlich" not in said(shown)
    assert "Eintrag im Verzeichnis" not in [each.label for each in shown.app.expander]


def test_what_goes_out_is_what_was_released_but_for_what_was_taken_back_before_the_press(
    section, monkeypatch, tmp_path
):
    out = tmp_path / "public"
    monkeypatch.setenv(output.FOLDER, str(out))
    one, other, gone = running(section)[:3]
    publish(section, one)
    key = publish(section, gone)
    assert "Jetzt veröffentlichen" not in [each.label for each in section.app.button], "nothing is released"
    part(section, PREVIEW)
    tick_and_release(section)
    publish(section, other)
    # By a colleague, while this page is open.
    write(section.engine, [Edit(PublicOffer, {"public": False}, id=key, version=1)], **SOMEBODY)
    section.click("Jetzt veröffentlichen")
    assert [path.stem for path in (out / "angebote").iterdir()] == [str(one)]
    foreign = tmp_path / "von anderen"
    foreign.mkdir()
    (foreign / "brief.txt").write_text("wichtig", encoding="utf-8")
    monkeypatch.setenv(output.FOLDER, str(foreign))
    section.app.run()
    next(each for each in section.app.button if each.label == "Jetzt veröffentlichen").click().run()
    assert str(foreign) in said(section)
    assert [path.name for path in foreign.iterdir()] == ["brief.txt"]


@pytest.mark.parametrize("many", [1, 2])
def test_a_choice_that_changes_nothing_says_so_of_one_and_of_many(many):
    told = {
        1: "Gewählt ist 1 Struktur; sie steht schon so da.",
        2: "Gewählt sind 2 Strukturen; sie stehen schon so da.",
    }
    assert words.effect(many, 0, 0, shows=True) == told[many]


def test_the_preview_of_many_turns_pages_and_finds_by_name(section):
    rows = [
        Edit(Structure, {"name": f"Stelle {number:03}", "kind": "post", "organisation_id": 1,
                         "end_kind": "open"})
        for number in range(12)
    ]  # fmt: skip
    made = write(section.engine, rows, **SOMEBODY)
    many = [Edit(PublicOffer, {"structure_id": key, "public": True}) for key in made.ids]
    write(section.engine, many, **SOMEBODY)
    part(section, PREVIEW)
    assert "Stelle 009 · Angebot" in said(section)
    assert "Stelle 011 · Angebot" not in said(section)
    section.app.button(key=f"{preview.ENTRIES_PAGE} after").click().run()
    assert "Stelle 011 · Angebot" in said(section)
    section.app.text_input(key=preview.SEARCH).set_value("010").run()
    assert "Stelle 010 · Angebot" in said(section)
    assert "Stelle 011 · Angebot" not in said(section)


def test_a_potential_says_in_its_own_form_what_of_it_is_public(screen):
    shown = screen("Potenziale")
    shown.click("Erstes Potenzial anlegen")
    shown.type(Potenzial="Leere Läden")
    shown.choice("Art des Potenzials").select("Leerstand und Wohnen")
    boxes = {box.label: box for box in shown.app.checkbox}
    assert "zeigt: Idee" not in boxes, "it is not public yet"
    boxes["Öffentlich"].check().run()
    next(box for box in shown.app.checkbox if box.label == "zeigt: Idee").check().run()
    shown.click("Potenzial speichern")
    row = reading.portfolio(shown.engine).potentials.iloc[0]
    assert (row["public"], row["shows_idea"], row["shows_evidence"]) == (True, True, False)
    shown.app.session_state["edit_potential"] = int(row["id"])
    shown.app.run()
    shown.choice("Sprache des Textes").select("Ukrainisch")
    shown.type(Titel_in_dieser_Sprache="Порожні крамниці")
    shown.click("Text speichern")
    ((potential, _offer),) = (
        reading.portfolio(shown.engine).frame("public_text")[["potential_id", "offer_id"]].to_numpy()
    )
    assert potential == row["id"]
