"""Potenziale: recorded in the sidebar, seen by field and place, turned into measures; what is proposed."""

import pytest

from steering.analysis.potentials.neighbours import neighbours
from steering.model import Area, AreaKind, Need, Potential, PotentialState, Responsibility, Structure
from steering.storage import reading
from steering.storage.writing import Edit, Made, write
from steering.web.potentials import proposals
from tests.pages.conftest import Screen
from tests.pages.test_meeting import SOMEBODY

AHORN, ROEDENTAL = "09473112", "09473159"


def stored(shown: Screen):
    return reading.portfolio(shown.engine).potentials


def area_of(shown: Screen, name: str) -> int:
    rows = reading.portfolio(shown.engine).areas
    return int(rows.loc[rows["name"] == name, "id"].iloc[0])


def record(shown: Screen, **values: object) -> int:
    new = Edit(Potential, {"name": "Chor", "kind": "culture", **values})
    (key,) = write(shown.engine, [new], **SOMEBODY).ids
    shown.app.run()
    return int(key)


@pytest.fixture
def page(screen) -> Screen:
    return screen("Potenziale")


def said(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def table(shown: Screen):
    return next(each.value for each in shown.app.dataframe if "Potenzial" in each.value)


def sidebar_form(shown: Screen):
    (found,) = [each for each in shown.app.expander if each.label == "Potenzial erfassen oder ändern"]
    return found


def test_without_one_the_way_to_the_first_is_told_and_a_press_opens_its_form(page):
    assert "Es ist noch kein Potenzial erfasst. Links unter »Potenzial erfassen oder ändern«" in said(page)
    assert not sidebar_form(page).proto.expanded
    page.click("Erstes Potenzial anlegen")
    assert sidebar_form(page).proto.expanded
    page.type(Potenzial="Leere Läden")
    page.choice("Art des Potenzials").select("Leerstand und Wohnen")
    page.choice("Wo?").select("Rödental")
    page.click("Potenzial speichern")
    row = stored(page).iloc[0]
    assert (row["name"], row["kind"], row["state"], row["public"]) == (
        "Leere Läden", "housing", PotentialState.RECOGNISED, False,
    )  # fmt: skip
    assert "Erfasst ist 1 Potenzial, noch nicht genutzt; in 16 von 17 Gemeinden ist keines erfasst." in said(
        page
    )
    assert "Erstes Potenzial anlegen" not in [each.label for each in page.app.button]
    page.click("Rückgängig")
    assert stored(page).empty


def test_the_answer_counts_what_is_pursued_and_used_and_names_where_none_is(page):
    places = reading.portfolio(page.engine).municipalities
    own = sorted(set(places.loc[places["inhabited"], "ags"]) - {AHORN})
    group = {"name": "Fast alle", "kind": AreaKind.GROUP, "municipalities": own}
    made = write(page.engine, [Edit(Area, group)], **SOMEBODY)
    record(page, area_id=int(made.ids[0]), state="used")
    record(page, name="Werkstatt", area_id=int(made.ids[0]))
    record(page, name="Fest", state="not_pursued", reason="Gibt es schon.")
    assert "Erfasst sind 2 Potenziale, 1 wird genutzt; in Ahorn ist keines erfasst." in said(page)
    record(page, name="Fachkräfte", area_id=area_of(page, "Landkreis Coburg"))
    assert "in Ahorn ist kein eigenes erfasst" in said(page)


def test_an_address_lists_what_is_put_aside_and_filters_let_through_their_own(screen, page):
    record(page, name="Fest", state="not_pursued", reason="Gibt es schon.", area_id=area_of(page, "Ahorn"))
    record(page, area_id=area_of(page, "Rödental"))
    assert table(page)["Potenzial"].tolist() == ["Chor"]
    aside = Screen(page.url, "Potenziale", auswahl="nicht-verfolgt")
    assert table(aside)["Potenzial"].tolist() == ["Fest"]
    assert aside.address("auswahl") == ["nicht-verfolgt"]
    filtered = Screen(page.url, "Potenziale", gemeinde=AHORN)
    assert "Zu diesen Filtern ist kein Potenzial erfasst." in said(filtered)


def test_a_potential_becomes_a_measure_in_a_click_and_is_linked(page):
    key = record(page, idea="Probe im Rathaus", area_id=area_of(page, "Ahorn"))
    page.app.session_state["edit_potential"] = key
    page.app.run()
    page.click("Maßnahme dazu anlegen")
    page.open("Masterplan")
    assert page.input("Maßnahme").value == "Chor"
    page.click("Maßnahme anlegen")
    links = reading.portfolio(page.engine).measure_potentials
    assert links["potential_id"].tolist() == [key]
    page.open("Potenziale")
    assert table(page)["Maßnahmen"].tolist() == ["1 Maßnahme"]


def proposed(shown: Screen) -> list[str]:
    keys = [str(each.key) for each in shown.app.button]
    return [key.removeprefix("take ") for key in keys if key.startswith("take ")]


def test_what_the_program_finds_is_taken_over_with_its_reckoning(page):
    before = proposed(page)
    assert any(key.startswith("together/") for key in before)
    assert f"Das Programm schlägt {len(before)} vor." in said(page)
    page.app.button(key=f"take {before[0]}").click().run()
    row = stored(page).iloc[0]
    assert (row["proposal"], row["provenance"], row["state"]) == (before[0], "derived", "recognised")
    assert "enden aus dem Programm" in row["evidence"]
    page.app.run()
    assert proposed(page) == before[1:]
    assert f"Das Programm schlägt {len(before) - 1} weitere vor." in said(page)


def test_what_is_put_aside_needs_a_reason_and_comes_back_when_the_data_have_moved_on(page):
    before = proposed(page)
    key = next(each for each in before if each.startswith("share/"))
    page.app.button(key=f"drop {key}").click().run()
    assert "Bitte kurz begründen" in page.texts
    assert stored(page).empty
    page.app.text_input(key=f"reason {key}").set_value("Beide wollen nicht.")
    page.app.button(key=f"drop {key}").click().run()
    row = stored(page).iloc[0]
    assert (row["state"], row["reason"]) == (PotentialState.NOT_PURSUED, "Beide wollen nicht.")
    page.app.run()
    assert proposed(page) == [each for each in before if each != key]
    changed = {"proposal_facts": "s1 09473112"}
    write(page.engine, [Edit(Potential, changed, id=int(row["id"]), version=1)], **SOMEBODY)
    page.app.run()
    assert proposed(page) == before
    assert "Schon einmal verworfen (Beide wollen nicht.)" in page.texts


def test_thoughts_about_carriers_are_not_shown_to_guests(page):
    assert proposed(page)
    page.app.session_state["discreet"] = True
    page.app.run()
    assert proposed(page) == []
    assert "Das Programm schlägt" not in page.texts
    shown = Screen(page.url, "Potenziale", praesentation="an")
    assert "Was das Programm vorschlägt" not in shown.texts


def test_who_reads_only_sees_potentials_and_no_form(page):
    record(page)
    shown = Screen(page.url, "Potenziale", praesentation="an")
    assert not shown.app.exception
    assert not [each for each in shown.app.expander if each.label == "Potenzial erfassen oder ändern"]


def test_programmes_that_could_pay_are_listed_with_what_is_against_them_and_kept_with_what_is_taken_over(
    page,
):
    found = [key for key in proposed(page) if key.startswith("pays/")]
    assert any(key.startswith("pays/s") for key in found)
    needed = next(key for key in found if key.startswith("pays/n"))
    lines = [each.value for each in page.app.markdown if each.value.startswith("- ")]
    assert any("Demokratie leben! 2025–2032: zahlt für" in each.replace("\\", "") for each in lines)
    assert not any("BIR I" in each or "2020–2024" in each for each in lines)
    page.app.button(key=f"take {needed}").click().run()
    row = stored(page).iloc[0]
    assert (row["proposal"], row["provenance"]) == (needed, "example")
    assert "Dagegen oder offen:" in row["evidence"]


def test_more_than_is_needed_next_door_is_proposed(page):
    known = reading.portfolio(page.engine)
    here, there = sorted(neighbours(reading.boundaries(page.engine)))[0]
    names = known.municipalities.set_index("ags")["name"]
    task = int(known.tasks.loc[known.tasks["slug"] == "mietbefaehigung", "id"].iloc[0])
    areas = [area_of(page, names[ags]) for ags in (here, there)]
    wanted = {"kind": "service", "task_id": task, "quantity": 8, "unit": "places"}
    offer = {
        "name": "Kurse", "kind": "service", "places": 20, "end_kind": "open",
        "organisation_id": int(known.organisations["id"].iloc[0]), "catchment_id": areas[1],
    }  # fmt: skip
    edits = [
        *(Edit(Need, {**wanted, "name": f"Kurse {n}", "area_id": area}) for n, area in enumerate(areas)),
        Edit(Structure, offer),
        Edit(Responsibility, {"structure_id": Made(2), "task_id": task, "area_id": areas[1],
                              "role": "deliver"}),
    ]  # fmt: skip
    made = write(page.engine, edits, **SOMEBODY)
    page.app.run()
    assert f"free/n{made.ids[0]}" in proposed(page)
    assert "Plätze, gebraucht werden 8, also 16 mehr" in said(page)
    assert "Belegte Plätze sind nicht erfasst" in said(page)


@pytest.mark.parametrize("kind", ["empty", "large"])
def test_without_data_nothing_is_proposed_and_with_many_no_kind_fills_the_page(look, kind):
    shown = look("Potenziale", kind=kind)
    assert not shown.app.exception
    kinds = [key.split("/")[0] for key in proposed(shown)]
    assert all(kinds.count(each) <= proposals.MOST for each in kinds)
    assert bool(kinds) == (kind == "large")
