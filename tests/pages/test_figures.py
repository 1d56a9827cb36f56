"""Every figure leads to its rows: exactly as many as it says, from every page and whatever is filtered."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pandas as pd
import pytest

from steering.web import pages, presets
from tests.pages.conftest import Screen
from tests.screens import drawn

TITLES = {page.path: page.title for page in pages.ALL}
COUNTING = [page.title for page in pages.ALL if page not in (pages.ROUNDS, pages.DATA)]
# A column by which the list is known that a page narrows, other than the matrix of Zuständigkeiten.
LISTS = {
    pages.STRUCTURES.title: "Es fehlt",
    pages.NEEDS.title: "Angebot von Bedarf",
    pages.GAPS.title: "Grund",
    pages.MASTERPLAN.title: "Antwort",
    pages.MAP.title: "Gemeindeschlüssel",
}
OTHER_LISTS = {
    presets.NOT_SURVEYED: "nicht erhoben in",
    presets.PARTLY_SURVEYED: "nicht erhoben in",
    presets.PLAN_ACTING: "Status",
}
VIEWS = {
    "today": {},
    "next year, as expected, with the plan": {
        "stichtag": "2027-02-01", "szenario": "erwartet", "masterplan": "mit",
    },
    "one municipality": {"gemeinde": "09473151"},
    "one level": {"ebene": "landkreis", "szenario": "optimistisch"},
    "one field": {"handlungsfeld": "engagement-und-zusammenleben", "stichtag": "2027-07-01"},
}  # fmt: skip
BY_NAME = {(rows.page.title, rows.preset): rows for rows in presets.EVERY}


def said(label: str) -> int:
    """The number with which the words of a way begin."""
    return int(label.split(" ")[0].replace(".", ""))


def links(shown: Screen) -> Iterator[tuple[presets.CountedRows, int]]:
    for link in shown.app.main.get("page_link"):
        query = parse_qs(link.proto.query_string)
        if "auswahl" in query:
            yield BY_NAME[TITLES[link.proto.page], query["auswahl"][0]], said(link.proto.label)


def there(shown: Screen, rows: presets.CountedRows) -> int:
    """How many rows the page lists."""
    if rows.page == pages.RESPONSIBILITIES:
        return tasks_drawn(shown)
    column = OTHER_LISTS.get(rows, LISTS.get(rows.page.title))
    found = [each.value for each in shown.app.main.dataframe if column in each.value.columns]
    assert len(found) <= 1
    return len(found[0]) if found else 0


def tasks_drawn(shown: Screen) -> int:
    """The rows of the matrix."""
    body = next(
        (chart for chart in shown.app.main.get("vega_lite_chart") if chart.proto.selection_mode), None
    )
    return 0 if body is None else len(drawn(body, "row"))


@pytest.mark.parametrize("view", VIEWS, ids=list(VIEWS))
def test_every_figure_leads_to_exactly_as_many_rows(look, view):
    promised: dict[presets.CountedRows, set[int]] = {}
    for title in COUNTING:
        shown = look(title, **VIEWS[view])
        assert not shown.app.exception
        for rows, number in links(shown):
            promised.setdefault(rows, set()).add(number)
        buttons = {
            button.key: button.label for button in shown.app.main.button if str(button.key).startswith("way ")
        }
        for key, label in buttons.items():
            shown.app.button(key=key).click().run()
            preset = shown.app.session_state[f"auswahl {title}"]
            rows = BY_NAME[title, preset]
            assert there(shown, rows) == said(label), (title, label)
            promised.setdefault(rows, set()).add(said(label))
    assert {rows: found for rows, found in promised.items() if len(found) > 1} == {}
    arrived = {
        rows: there(look(rows.page.title, **VIEWS[view], auswahl=rows.preset), rows) for rows in promised
    }
    assert arrived == {rows: next(iter(found)) for rows, found in promised.items()}


def test_most_figures_are_promised_somewhere(look):
    found = {rows for title in COUNTING for rows, _ in links(look(title))}
    assert len(found) > 12


def test_a_link_to_rows_that_there_are_not_says_so_and_shows_everything(look):
    shown = look("Strukturen", auswahl="unsinn")
    assert "Die Auswahl, zu der dieser Link führt, gibt es hier nicht." in shown.texts
    assert there(shown, presets.RUNNING) == len(pd.unique(listed(shown)["Struktur"]))


def listed(shown: Screen) -> pd.DataFrame:
    return next(each.value for each in shown.app.main.dataframe if "Es fehlt" in each.value.columns)


def test_what_is_listed_stands_in_the_address_and_is_forgotten_on_another_page(look):
    shown = look("Bedarfe", auswahl="offen")
    assert shown.address("auswahl") == ["offen"]
    # As a browser does it on the way to another page; AppTest keeps what was there.
    shown.app.query_params.clear()
    shown.open("Lücken")
    assert shown.address("auswahl") == []
