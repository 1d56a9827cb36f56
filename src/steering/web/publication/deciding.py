"""The decision: each structure on a line, and what is decided for many of them at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.model import PublicOffer
from steering.model.german import count
from steering.model.telling_apart import told_apart
from steering.storage.writing import Edit
from steering.web import current, held_choice, panels
from steering.web.editing import attempts
from steering.web.publication import flags, form, rows, words

TABLE, SEARCH = "public table", "public search"
ALL, CARRIER, SINGLE = "alle, die belegt sind", "alle eines Trägers", "einzelne"
SHOW, HIDE = "zeigen", "nicht mehr zeigen"
WHICH, WHOSE, THESE, WHAT, HOW = (
    f"public many {part}" for part in ("which", "whose", "these", "what", "how")
)
FIELDS = {flags.PUBLIC: "Eintrag mit Namen", **rows.FLAGS}


def show() -> None:
    """The table, a press on which brings an entry into the sidebar, and below it the decision for many."""
    known = current.of(rows.decisions, current.today())
    if known.empty:
        st.info(panels.NOTHING_YET.replace("**", ""))
        return
    st.text_input("Suche", key=SEARCH, placeholder="Name oder Träger", type="search")
    found = _found(known, st.session_state[SEARCH])
    panels.table(
        rows.table(found),
        "Öffentliches Verzeichnis",
        key=TABLE,
        empty="Keine Struktur passt zur Suche. Bitte die Suche ändern.",
        choice=panels.RowChoice(found["structure_id"].tolist(), form.choose),
    )
    st.caption("Eine Zeile ankreuzen, um ihren Eintrag links zu bearbeiten.")
    st.subheader("Für mehrere auf einmal", anchor=False)
    _many(known)


def _found(known: pd.DataFrame, sought: str) -> pd.DataFrame:
    text = (known["name"] + " " + known["organisation"]).str.casefold()
    keep = pd.Series(True, index=known.index)
    for part in sought.casefold().split():
        keep &= text.str.contains(part, regex=False)
    return known[keep].reset_index(drop=True)


def _many(known: pd.DataFrame) -> None:
    known = known[known["kept_out"] == ""]
    with st.container(border=True):
        left, right = st.columns(2, gap="large")
        with left:
            chosen = _chosen(known)
        with right:
            st.multiselect(
                "Welche Angaben?", list(FIELDS), key=WHAT, persist_state="session",
                format_func=FIELDS.__getitem__,
                placeholder="Angaben wählen", select_all=False,
                help="Gezeigt wird nur, was erfasst ist; leere Angaben stehen nicht im Verzeichnis.",
            )  # fmt: skip
            st.session_state.setdefault(HOW, SHOW)
            st.radio(
                "Was soll damit geschehen?", [SHOW, HIDE], key=HOW, persist_state="session", horizontal=True
            )
        mine = chosen[[current.may_change(int(key)) for key in chosen["organisation_id"]]]
        shows = st.session_state[HOW] == SHOW
        edits = decided(mine, tuple(st.session_state[WHAT]), shows=shows)
        if st.session_state[WHAT] and len(chosen):
            st.markdown(words.effect(len(mine), len(edits), len(chosen) - len(mine), shows=shows))
        st.button(
            "Für mehrere speichern", type="primary", disabled=not edits, on_click=_save, args=(edits,),
        )  # fmt: skip


def _chosen(known: pd.DataFrame) -> pd.DataFrame:
    st.session_state.setdefault(WHICH, ALL)
    st.radio(
        "Welche Strukturen?", [ALL, CARRIER, SINGLE], key=WHICH, persist_state="session", horizontal=True
    )
    which = st.session_state[WHICH]
    if which == CARRIER:
        carriers = dict(zip(known["organisation_id"].tolist(), known["organisation"].tolist(), strict=True))
        carriers = held_choice.hold(WHOSE, carriers)
        whose = st.selectbox(
            "Welcher Träger?", sorted(carriers, key=lambda key: carriers[key].casefold()), key=WHOSE,
            persist_state="session", index=None,
            format_func=lambda key: carriers.get(key, ""), placeholder="Träger wählen",
        )  # fmt: skip
        return known[known["organisation_id"] == whose]
    if which == SINGLE:
        names = dict(zip(known["structure_id"].tolist(), known["name"].tolist(), strict=True))
        carriers = dict(zip(known["structure_id"].tolist(), known["organisation"].tolist(), strict=True))
        names = held_choice.hold(THESE, told_apart(names, carriers))
        these = st.multiselect(
            "Welche einzelnen?", list(names), key=THESE, persist_state="session",
            format_func=lambda key: names.get(key, ""),
            placeholder="Strukturen wählen", select_all=False,
        )  # fmt: skip
        return known[known["structure_id"].isin(these)]
    return known[known["documented"]]


def decided(chosen: pd.DataFrame, fields: tuple[str, ...], *, shows: bool) -> list[Edit]:
    """The writes that bring it about; none for an entry that says so already.

    `chosen`: rows of `rows.decisions`; `fields`: of FIELDS. What shows something is public with it.
    """
    if shows and fields:
        fields = (flags.PUBLIC, *(field for field in fields if field != flags.PUBLIC))
    found = []
    for row in chosen.to_dict("records"):
        values = {field: shows for field in fields if row[field] != shows}
        if not values:
            continue
        if pd.isna(row["offer_id"]):
            found.append(Edit(PublicOffer, {"structure_id": int(row["structure_id"]), **values}))
        else:
            found.append(Edit(PublicOffer, values, id=int(row["offer_id"]), version=int(row["version"])))
    return found


def _save(edits: list[Edit]) -> None:
    attempts.edit(edits, f"{count(len(edits), 'Eintrag', 'Einträge')} im Verzeichnis")
