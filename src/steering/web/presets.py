"""The rows behind a figure: on which page they stand, under which short name, and the way there.

A figure on the screen leads to exactly as many rows as it says. `CountedRows` names them once; the page that
lists them shows those of the preset that is in force, and says so in a box from which one can choose another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from steering.analysis.structures import completeness
from steering.model.german import number
from steering.web import address, current, pages
from steering.web.browser import rows_script
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.pages import PageEntry

ALL = address.EVERYTHING


@dataclass(frozen=True)
class CountedRows:
    """What some figure counts. `preset`: its rows' name in the address; `label`: in the box above them."""

    page: PageEntry
    preset: str
    label: str


# All of them, in the order in which a box offers them.
EVERY: list[CountedRows] = []


def _named(page: PageEntry, preset: str, label: str) -> CountedRows:
    EVERY.append(CountedRows(page, preset, label))
    return EVERY[-1]


def _structures(preset: str, label: str) -> CountedRows:
    return _named(pages.STRUCTURES, preset, label)


RUNNING = _structures("laufend", "laufen am Stichtag")
ENDING = _structures("endet", "enden in der Warnfrist")
UNCERTAIN = _structures("ungewiss", "ungewiss am Stichtag")
ENDED = _structures("beendet", "beendet")
PAUSING = _structures("pausiert", "pausieren am Stichtag")
YET_TO_BEGIN = _structures("kuenftig", "noch nicht begonnen")
SEATED = _structures("vor-ort", "laufen mit Sitz in einer Gemeinde")
ELSEWHERE = _structures("auswaerts", "laufen mit Sitz außerhalb des Landkreises")
WITHOUT_SEAT = _structures("ohne-sitz", "laufen ohne erfassten Sitz")
FTE_NOT_KNOWN = _structures("vze-offen", "laufen, VZÄ nicht bekannt")
INCOMPLETE = _structures("unvollstaendig", "unvollständige Angaben")
LACKING = {
    what: _structures(f"fehlt-{what.casefold().replace('ä', 'ae')}", f"es fehlt: {what}")
    for what in (
        completeness.END, completeness.FTE, completeness.AMOUNT, completeness.TASK, completeness.AREA,
    )
}  # fmt: skip

SEVERAL_LEADS = _named(pages.RESPONSIBILITIES, "mehrfach", "Federführung mehrfach")
LEAD_UNCLEAR = _named(pages.RESPONSIBILITIES, "ungeklaert", "Federführung ungeklärt")
LEAD_TO_SETTLE = _named(pages.RESPONSIBILITIES, "klaeren", "Federführung mehrfach oder ungeklärt")
WITHOUT_DUTY = _named(pages.RESPONSIBILITIES, "ohne", "keine Zuständigkeit erfasst")

NEED_MET = _named(pages.NEEDS, "gedeckt", "gedeckt")
NEED_PARTLY_MET = _named(pages.NEEDS, "teilweise", "teilweise gedeckt")
NEED_UNMET = _named(pages.NEEDS, "offen", "offen")
NEED_NOT_TOLD = _named(pages.NEEDS, "ungewiss", "ungewiss, weil Angaben fehlen")
NEED_LATER = _named(pages.NEEDS, "spaeter", "gilt erst später")
NEED_PAST = _named(pages.NEEDS, "vorbei", "gilt nicht mehr")
NOT_SURVEYED = _named(pages.NEEDS, "nicht-erhoben", "Bedarf nicht erhoben")
PARTLY_SURVEYED = _named(pages.NEEDS, "teils-erhoben", "Bedarf nur für einen Teil der Gemeinden erhoben")

OPEN_TASKS = _named(pages.GAPS, "offen", "am Stichtag offene Aufgaben")
UNCERTAIN_TASKS = _named(
    pages.GAPS, "ungewiss", "Aufgaben, bei denen ungewiss ist, ob der Bedarf gedeckt ist"
)
OPENING_TASKS = _named(pages.GAPS, "naechste", "Aufgaben, die als Nächstes offen werden")

PLAN_LEFT = _named(pages.MASTERPLAN, "offen", "bleiben im genannten Zeitraum offen")
PLAN_UNANSWERED = _named(pages.MASTERPLAN, "ohne-antwort", "davon ohne Maßnahme")
PLAN_ACTING = _named(pages.MASTERPLAN, "wirkt", "wirken im genannten Zeitraum")

POTENTIAL_RECOGNISED = _named(pages.POTENTIALS, "erkannt", "erkannt")
POTENTIAL_EXAMINED = _named(pages.POTENTIALS, "geprueft", "werden geprüft")
POTENTIAL_USED = _named(pages.POTENTIALS, "genutzt", "werden genutzt")
POTENTIAL_NOT_PURSUED = _named(pages.POTENTIALS, "nicht-verfolgt", "nicht weiterverfolgt")
POTENTIAL_WITHOUT_MEASURE = _named(pages.POTENTIALS, "ohne-massnahme", "ohne Maßnahme")

PLACES_WITHOUT = _named(pages.MAP, "ohne-eigene", "Gemeinden, in denen keine Struktur ihren Sitz hat")

# The rows behind a figure, how many they are, and what they are called there.
FigureLink = tuple[CountedRows, int, str]


def in_force(page: PageEntry) -> str:
    """The preset of a page, ALL where none is chosen; what is none is forgotten."""
    key = address.preset_key(page.title)
    if (wanted := st.session_state.get(key)) not in _labels(page):
        if wanted:
            st.info("Die Auswahl, zu der dieser Link führt, gibt es hier nicht. Gezeigt wird alles.")
        st.session_state[key] = ALL
    return str(st.session_state[key])


def known(page: PageEntry) -> frozenset[str]:
    """The short names that a page knows, ALL among them."""
    return frozenset(_labels(page))


def box(page: PageEntry, everything: str) -> str:
    """A box in which the preset of a page is seen and chosen; `everything` is what it is called without."""
    in_force(page)
    labels = _labels(page) | {ALL: everything}
    with rows_script.place():
        st.selectbox(
            "Auswahl",
            list(labels),
            key=address.preset_key(page.title),
            format_func=labels.__getitem__,
            placeholder=NOTHING_CHOSEN,
        )
    return in_force(page)


def leave(page: PageEntry) -> None:
    """List everything again."""
    st.session_state[address.preset_key(page.title)] = ALL


def _labels(page: PageEntry) -> dict[str, str]:
    return {ALL: ALL} | {each.preset: each.label for each in EVERY if each.page == page}


def ways(found: Iterable[FigureLink], *, key: str) -> None:
    """The ways from figures to their rows, side by side; none to no rows, and none before a room."""
    shown = [way for way in found if way[1]]
    if not shown or current.presenting():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"ways-{key}"):
        for place, way in enumerate(shown):
            _way(*way, key=f"way {key} {place}")


def _way(rows: CountedRows, size: int, words: str, *, key: str) -> None:
    label = f"{number(size, 0)} {words}"
    if rows.page.title == st.session_state["page_now"]:
        st.button(
            label, icon=":material/arrow_downward:", type="tertiary", key=key, on_click=_choose, args=(rows,)
        )  # fmt: skip
    else:
        st.page_link(
            rows.page.file, label=label, icon=":material/arrow_forward:",
            query_params={address.PRESET: rows.preset},
        )  # fmt: skip


def _choose(rows: CountedRows) -> None:
    st.session_state[address.preset_key(rows.page.title)] = rows.preset
    rows_script.wanted()
