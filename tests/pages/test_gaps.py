"""Lücken: what opens and why, what is open, and what nobody knows, in plain German."""

import re

import pandas as pd
import pytest

from steering.model import Need
from steering.storage import reading
from steering.storage.writing import Edit, write
from steering.web import current
from steering.web.gaps import open_tasks as gap_open_tasks
from steering.web.gaps import page as gap_page
from steering.web.panels import rows_of
from tests import builders
from tests.analysis.needs.test_quantities import TWICE, ruled
from tests.pages.conftest import Screen
from tests.pages.test_meeting import SOMEBODY
from tests.pages.test_needs import counted

BIR = "endet mit BIR III am 31.12.2026"


def gaps(look, **address) -> Screen:
    return look("Lücken", **address)


def words(shown: Screen) -> str:
    return shown.texts.replace("*", "")


def listed(shown: Screen):
    """The list of open tasks by name."""
    found = next(each.value for each in shown.app.dataframe if "Grund" in each.value)
    return found.assign(Aufgabe=found["Aufgabe"].str.removesuffix(" (Beispiel)")).set_index("Aufgabe")


def switch(shown: Screen, picture: str) -> Screen:
    shown.app.session_state[gap_page.PICTURE] = picture
    shown.app.run()
    return shown


def test_the_answer_says_what_opens_next_and_why(look):
    assert (
        "Ab 01.01.2027 sind 3 weitere Aufgaben offen (kreisweit): "
        "zwei, weil BIR III endet, und eine, weil ein Bedarf beginnt (nach Beispielangaben)."
    ) in words(gaps(look))


def test_one_reason_for_all_is_said_once(look):
    shown = gaps(look, handlungsfeld=["aufenthalt-und-beratung", "engagement-und-zusammenleben"])
    told = "sind 2 weitere Aufgaben offen (kreisweit), alle aus demselben Grund: BIR III endet (nach"
    assert told in words(shown)


def test_a_single_task_is_named(look):
    shown = gaps(look, stichtag="2027-01-01")
    assert "Ab 01.07.2027 ist eine weitere Aufgabe offen (kreisweit): Gewaltschutz" in words(shown)


def test_what_is_open_what_may_be_and_what_is_not_recorded(look):
    found = words(gaps(look))
    assert "Am 22.11.2026 sind 7 Aufgaben offen (nach Beispielangaben)." in found
    assert "Bei 5 Aufgaben ist ungewiss, ob der Bedarf gedeckt ist." in found
    assert "ist kein Bedarf erhoben." in found


def test_every_row_and_every_cell_that_rests_on_examples_bears_the_mark(look):
    shown = gaps(look)
    found = next(each.value for each in shown.app.dataframe if "Grund" in each.value)
    assert found["Aufgabe"].str.endswith(" (Beispiel)").all()
    assert "◥ beruht auf Beispielangaben" in shown.texts + str([each.proto for each in shown.app.main])
    assert "Kurskoordination (Beispiel)" in words(switch(shown, "Karte"))


def test_inhabitants_are_never_counted(look):
    assert "Einwohner" not in words(gaps(look))


def test_a_row_says_what_is_missing_since_when_where_and_why(look):
    rows = listed(gaps(look, stichtag="2027-01-01"))
    assert rows.loc["Patenschaften vermitteln", "Art"] == "ohne Durchführung"
    row = rows.loc["Helferkreise begleiten"]
    assert (row["Zeitraum"], row["Für wen"]) == ("ab 01.01.2027", "alle")
    patrons = rows.loc["Patenschaften vermitteln"]
    assert (patrons["Zeitraum"], patrons["Grund"]) == ("durchgehend", "Durchführung nicht erfasst")
    assert rows.loc["Flüchtlings- und Integrationsberatung (FIB)", "Für wen"] == "3 Zielgruppen"
    assert (row["Wo"], row["Grund"]) == ("kreisweit", "BIR III endet")


def test_what_a_row_of_one_line_shortens_stands_in_full_below_it_once_it_is_chosen(look):
    shown = gaps(look, stichtag="2027-01-01")
    keys = dict(zip(listed(shown).index, shown.app.session_state[rows_of("gaps-table")], strict=True))
    shown.app.session_state[gap_open_tasks.CHOSEN] = keys["Flüchtlings- und Integrationsberatung (FIB)"]
    shown.app.run()
    found = words(shown)
    assert "Für wen: Asylsuchende, Geduldete und Schutzberechtigte" in found
    assert f"Grund: {BIR}" in found
    assert "Rechtscharakter: " in found


def test_what_nobody_knows_is_listed_as_uncertain(look):
    found = listed(gaps(look))
    assert (found["Art"] == "ungewiss").sum() == 5
    assert found.loc["Gemeinschaftsunterkunft betreiben", "Grund"] == "möglicherweise gedeckt"


def test_each_finding_answers_why(look):
    shown = gaps(look, stichtag="2027-01-01")
    keys = dict(zip(listed(shown).index, shown.app.session_state[rows_of("gaps-table")], strict=True))
    shown.app.session_state[gap_open_tasks.CHOSEN] = keys["Helferkreise begleiten"]
    shown.app.run()
    found = words(shown)
    assert "Warum? Es besteht ein Bedarf, und es ist keine laufende Struktur erfasst, die ihn deckt." in found
    assert f"Grund: {BIR}. Damit verlieren den letzten erfassten Anbieter:" in found
    assert "Beruht auf Beispielangaben." in found
    assert "Begleitung der Helferkreise" in list(shown.app.table[0].value["Bezeichnung"])


def test_who_could_pay_for_an_open_need_stands_beside_it_and_not_for_guests(look):
    shown = gaps(look)
    keys = dict(zip(listed(shown).index, shown.app.session_state[rows_of("gaps-table")], strict=True))
    shown.app.session_state[gap_open_tasks.CHOSEN] = keys["Patenschaften vermitteln"]
    shown.app.run()
    (offered,) = [each for each in shown.app.expander if each.label.startswith("Wer das bezahlen könnte")]
    assert offered.label == "Wer das bezahlen könnte: 2"
    assert "Menschen stärken Menschen: zahlt für »Patenschaften vermitteln«" in words(shown)
    assert not offered.proto.expanded
    shown.app.session_state["discreet"] = True
    shown.app.run()
    assert not [each for each in shown.app.expander if each.label.startswith("Wer das bezahlen könnte")]


def test_a_gap_of_a_need_by_rule_tells_how_its_quantity_comes_about(screen):
    shown = screen("Lücken")
    counted(shown, everywhere=30.0)
    needs = reading.portfolio(shown.engine).needs
    ratio = needs[needs["unit"] == "ratio"].iloc[0]
    rule = Edit(Need, {"indicator_id": 1}, id=int(ratio["id"]), version=int(ratio["version"]))
    write(shown.engine, [rule], **SOMEBODY)
    shown.app.run()
    keys = shown.app.session_state[rows_of("gaps-table")]
    shown.app.session_state[gap_open_tasks.CHOSEN] = next(
        each for each in keys if each.startswith(f"UNKNOWN/t{ratio['task_id']}/")
    )
    shown.app.run()
    assert "Bedarf: berechnet, 1 VZÄ je 150 Personen; 3,4 VZÄ: 510 Personen" in words(shown)
    assert "nicht berechenbar" not in words(shown)


@pytest.mark.parametrize(("start", "quantity"), [("2027-01-01", "2 VZÄ: 300"), ("2026-01-01", "1 VZÄ: 150")])
def test_the_need_of_a_later_gap_is_reckoned_of_the_day_on_which_it_opens(monkeypatch, start, quantity):
    known = ruled(*TWICE)
    monkeypatch.setattr(current, "portfolio", lambda: known)
    rows = pd.DataFrame({"need_id": [1], "start": [pd.Timestamp(start)]})
    (said,) = gap_open_tasks.reckoned(rows, builders.view("2026-06-30"))
    assert f"{quantity} Personen" in said


def test_the_cascade_names_the_tasks_that_lose_their_last_provider(look):
    found = gaps(look).app.table[0].value
    lotsen = found[found["Struktur"] == "Integrationslotsen"].iloc[0]
    assert "**Helferkreise begleiten** (kreisweit)" in lotsen["Danach kein Anbieter erfasst"]
    (advice,) = found[found["Struktur"].str.startswith("Flüchtlings")].to_dict("records")
    lost = advice["Danach kein Anbieter erfasst"]
    assert "(kreisweit, für Asylsuchende, Geduldete und Schutzberechtigte)" in lost


def test_a_later_funding_closes_what_would_open(look):
    found = words(gaps(look, szenario="optimistisch"))
    assert "BIR III endet" not in found


def test_the_legend_of_the_map_has_what_occurs_and_says_what_a_question_mark_is(look):
    shown = switch(gaps(look, kind="large"), "Karte")
    chips = re.findall(
        r'class="chip"[^>]*>([^<]*)<', "".join(each.proto.body for each in shown.app.get("html"))
    )
    assert chips == ["4", "5", "1? dazu ungewisse"]


@pytest.mark.parametrize("picture", ["Zeit", "Gemeinden", "Karte"])
@pytest.mark.parametrize("kind", ["coburg", "large"])
def test_each_picture_is_drawn(look, kind, picture):
    shown = switch(gaps(look, kind=kind), picture)
    assert not shown.app.exception
    assert len(shown.app.get("vega_lite_chart")) + len(shown.app.get("deck_gl_json_chart")) == 2


def test_the_matrix_says_which_fields_are_not_surveyed(look):
    assert "Gesundheit: Bedarf nicht erhoben" in str(gaps(look).app.get("vega_lite_chart")[0].proto)


def test_the_map_names_what_is_open_here_and_there(look):
    found = words(switch(gaps(look), "Karte"))
    assert "Kreisweit offen (5)" in found
    assert "Erstorientierungskurse (Beispiel): Bad Rodach" in found


def test_a_municipality_filters_list_and_matrix(look):
    shown = switch(gaps(look, gemeinde="09473112"), "Gemeinden")
    assert "Erstorientierungskurse" not in listed(shown).index
    assert "Am 22.11.2026 sind 5 Aufgaben offen (nach Beispielangaben)." in words(shown)


def test_a_field_filters_everything(look):
    shown = gaps(look, handlungsfeld="sprache")
    assert set(listed(shown).index) == {"Erstorientierungskurse", "Kurskoordination"}


def test_with_a_level_chosen_the_gaps_that_are_nobodys_stay_in_sight(look):
    shown = gaps(look, ebene="freie-traeger", stichtag="2027-01-01")
    assert "Sie bleiben bei diesen Filtern sichtbar." in words(shown)
    assert "Helferkreise begleiten" in listed(shown).index


def test_a_field_without_recorded_needs_never_says_that_there_is_no_gap(look):
    found = words(gaps(look, handlungsfeld="gesundheit"))
    assert "Bedarf nicht erhoben: Zu keiner Aufgabe dieser Ansicht ist ein Bedarf erfasst." in found
    assert "keine Aufgabe mit erhobenem Bedarf" not in found
    assert "nichts offen" not in found


def test_without_the_examples_nothing_is_known_about_needs(look):
    shown = gaps(look)
    shown.click("Ausblenden")
    assert "Bedarf nicht erhoben: Zu keiner Aufgabe" in words(shown)


def test_an_empty_database_only_says_how_to_begin(look):
    shown = gaps(look, kind="empty")
    assert "noch keine Struktur erfasst" in words(shown)
    assert not shown.app.get("vega_lite_chart")
