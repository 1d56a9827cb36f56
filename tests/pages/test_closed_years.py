"""Jahresabschluss on the screen: closed and opened in its section, told at the funding and in its form."""

from __future__ import annotations

from datetime import date

import pytest

from steering.storage import closing, reading
from steering.web import pages
from tests.changed import history
from tests.planted import WHO


def section(screen):
    shown = screen(pages.DATA.title, bereich="abschluss")
    assert not shown.app.exception
    return shown


def funding_of(shown) -> dict:
    """A funding with recorded days that reach into the years before."""
    rows = reading.portfolio(shown.engine).fundings
    rows = rows[rows["start"].notna() & (rows["start"] < "2025-01-01") & (rows["end"] > "2025-12-31")]
    return rows[rows["accompanies_id"].isna()].iloc[0].to_dict()


def test_a_year_is_closed_and_opened_with_a_reason_that_stands_in_the_verlauf(screen) -> None:
    shown = section(screen)
    assert "Noch ist kein Jahr abgeschlossen." in shown.texts
    shown.input("Haushaltsjahr").set_value("2025")
    shown.input("Verwendungsnachweis vom").set_value("31.03.2026")
    shown.click("Jahr abschließen")
    assert "Jahresabschluss gespeichert." in shown.texts
    assert "Rückgängig" not in [button.label for button in shown.app.button]
    assert closed(shown) == [(2025, False)]
    shown.app.selectbox(key="closed year to open").set_value(1).run()
    shown.click("Jahr öffnen")
    assert "Bitte begründen, warum das Jahr wieder geöffnet wird." in shown.texts
    shown.input("Begründung").set_value("Nachbewilligung")
    shown.click("Jahr öffnen")
    assert closed(shown) == [(2025, True)]
    assert '"Nachbewilligung"' in set(history(shown.engine)["after"])


def closed(shown) -> list[tuple[int, bool]]:
    rows = reading.portfolio(shown.engine).closed_years
    return [(int(row["year"]), row["reason"] != "") for row in rows.to_dict("records")]


def test_the_form_says_what_is_locked_before_one_types_and_the_structure_shows_it(screen) -> None:
    shown = screen(pages.STRUCTURES.title)
    funding = funding_of(shown)
    closing.close(shown.engine, year=2025, funding_id=int(funding["id"]), proof_on=date(2026, 3, 31), **WHO)
    name = reading.portfolio(shown.engine).names("structure")[funding["structure_id"]]
    shown.app.session_state["edit_structure"] = int(funding["structure_id"])
    shown.app.session_state[f"edit_funding_of_{funding['structure_id']}"] = int(funding["id"])
    shown.app.session_state["edit_part"] = "funding"
    shown.app.run()
    assert not shown.app.exception
    assert name in shown.texts
    said = "2025 abgeschlossen, Verwendungsnachweis vom 31.03.2026"
    assert f":material/lock: {funding['name']}: {said}" in shown.texts
    assert f":material/lock: {said}. Graue Felder bleiben, wie sie sind" in shown.texts
    assert shown.input("Betrag in €").disabled
    assert "Öffnen kann das Jahr, wer verwaltet" in shown.input("Betrag in €").help
    assert not shown.input("Bescheid, Zeichen").disabled


@pytest.mark.parametrize("group", pages.DATA_GROUPS)
def test_a_group_opens_with_its_first_section_and_the_address_says_which(look, group: str) -> None:
    shown = look(pages.DATA.title)
    shown.app.segmented_control(key="data group").set_value(group).run()
    assert not shown.app.exception
    word = next(iter(pages.DATA_GROUPS[group]))
    assert shown.address("bereich") == ([] if word == "liste" else [word])
    if len(set(pages.DATA_GROUPS[group].values())) > 1:
        *_, last = pages.DATA_GROUPS[group].items()
        shown.app.radio(key=f"data group {group}").set_value(last[1]).run()
        assert shown.address("bereich") == [last[0]]
