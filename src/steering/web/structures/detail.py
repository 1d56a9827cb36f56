"""One structure in full: what it is, its money and deadlines, what it answers for, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.money import beyond, closing
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import lapsed
from steering.analysis.structures.chain_words import APPLY_BY
from steering.analysis.structures.handed_in import HandedIn
from steering.analysis.structures.handed_in import handed_in as all_handed_in
from steering.analysis.structures.inventory import inventory
from steering.analysis.view import View
from steering.model import (
    AmountBasis,
    EndKind,
    Extension,
    FundingPart,
    OnLoss,
    Organisation,
    Payer,
    Provenance,
    Role,
    Structure,
    StructureKind,
)
from steering.model.german import day, euro, fte, listing, number, with_capital
from steering.model.vocabulary import word
from steering.storage import archiving, merging
from steering.storage.rights.table import Right
from steering.web import current, filters, handed_in, held_choice, panels
from steering.web.editing import attempts, choices, history, quick_edit
from steering.web.editing.open_forms import close_untouched
from steering.web.structures import deciding, public_entry
from steering.web.structures.words import end_words, size_words
from steering.web.text import bold, plain

CHAIN = "Weg zum Beschluss"
CLOSED = "Abgeschlossene Jahre"


def show() -> None:
    """The structure chosen in the table or the sidebar, or how to choose one."""
    chosen = st.session_state.get(quick_edit.CHOSEN)
    row = current.derived(_chosen, filters.view(), chosen)
    if row is None:
        if choices.structures():
            st.caption("Eine Zeile ankreuzen, um alles zu einer Struktur zu sehen.")
        return
    st.header(plain(row["name"]), anchor=False)
    st.markdown(_summary(row, filters.view().as_of))
    if not current.presenting() and (last := history.last_of_structure(int(row["structure_id"]))):
        st.caption(plain(last))
    public_entry.offer(int(row["structure_id"]))
    own = [] if current.presenting() else ["Verlauf"]
    keeps = current.offers(Right.EDIT) and current.may_change(int(row["organisation_id"]))
    own += ["Pflege"] if keeps else []
    money, duties, *more = st.tabs(["Förderungen und Fristen", "Zuständigkeiten", *own])
    with money:
        _fundings(int(row["structure_id"]))
    with duties:
        _duties(int(row["structure_id"]))
    if more:
        with more[0]:
            history.of_structure(int(row["structure_id"]))
    if more[1:]:
        with more[1]:
            _keep(row)


def _chosen(at: View, structure_id: int | None) -> dict[Any, Any] | None:
    rows = current.of(inventory, at)
    found = rows[rows["structure_id"] == structure_id]
    return None if found.empty else found.iloc[0].to_dict()


def _summary(row: Mapping[Any, Any], as_of: date) -> str:
    lines = [
        f"{word(StructureKind(row['kind']))} von {bold(row['organisation'])} · "
        f"{size_words(row, fte(row['recorded_fte']))} · Ende: {bold(end_words(row, as_of))} · {row['legal']}"
    ]
    if row["task_names"]:
        lines.append(f"Aufgaben: {plain(listing(list(row['task_names']), most=8))}")
    lines.append(f"Gebiet: {plain(_area(row))}{_seat(row)}")
    if row["on_loss"] == OnLoss.CONTINUES:
        lines.append(f"Folge bei Wegfall: wird weitergeführt mit {fte(row['fte_after'])}, aus Eigenmitteln")
    else:
        lines.append(f"Folge bei Wegfall: {word(OnLoss(row['on_loss']))}")
    if row["note"]:
        lines.append(f"Anmerkung: {plain(row['note'])}")
    lines.append(f"Herkunft: {word(Provenance(row['provenance']))}{_sources(row)}")
    return "  \n".join(lines)


def _area(row: Mapping[Any, Any]) -> str:
    if row["district_wide"]:
        return "kreisweit"
    names = current.of(_municipality_names)
    return listing(sorted(names.get(ags, ags) for ags in row["municipalities"]), most=6) or "nicht erfasst"


def _municipality_names(portfolio: Portfolio) -> dict[str, str]:
    rows = portfolio.municipalities
    return dict(zip(rows["ags"], rows["name"], strict=True))


def _seat(row: Mapping[Any, Any]) -> str:
    return f" · Sitz: {plain(row['seat_place'])}" if row["seat_place"] else ""


def _sources(row: Mapping[Any, Any]) -> str:
    addresses = [part for part in str(row["source"]).split() if part.startswith("http")]
    links = ", ".join(f"[Quelle {at}]({address})" for at, address in enumerate(addresses, start=1))
    note = f" ({plain(row['provenance_note'])})" if row["provenance_note"] else ""
    if links:
        return f"{note} · {links}"
    return f"{note} · {plain(row['source'])}" if row["source"] else note


def _fundings(structure_id: int) -> None:
    rows = current.derived(_fundings_table, structure_id, filters.view())
    for row in rows.to_dict("records"):
        if row[CLOSED] != "–":
            st.caption(f":material/lock: {plain(row['Förderung'])}: {plain(row[CLOSED])}")
    for row in rows.to_dict("records"):
        if row["Beschluss bis"] != "–":
            # Where the programme names its last day, the chain has it.
            told = [] if APPLY_BY in row[CHAIN] else [f"{APPLY_BY}: {bold(row['Antrag bis'])}"]
            st.markdown(f"{' · '.join([*told, _decision(row)])} ({plain(row['Förderung'])})")
    over = current.of(lapsed.lapsed, current.today())
    for row in over[over["structure_id"] == structure_id].to_dict("records"):
        st.caption(plain(lapsed.sentence(row)))
    lasting = current.of(beyond.beyond, filters.view())
    for words in beyond.words(lasting[lasting["structure_id"] == structure_id]):
        st.caption(plain(words))
    for paper in current.of(_papers, structure_id):
        st.markdown(handed_in.line(paper))
    panels.table(
        rows,
        "Förderungen",
        key="fundings",
        empty="Keine Förderung erfasst. Die Struktur läuft nach ihrer eigenen Gültigkeit.",
        hidden=_hidden(rows),
    )


def _papers(portfolio: Portfolio, structure_id: int) -> tuple[HandedIn, ...]:
    """The Vorlagen about ends of its fundings, the latest first."""
    fundings = portfolio.fundings
    own = set(fundings.loc[fundings["structure_id"] == structure_id, "id"])
    return tuple(each for each in all_handed_in(portfolio) if own & each.ends.keys())


def _decision(row: Mapping[Any, Any]) -> str:
    """The chain to the decision; a sentence that sittings are missing is no day, and so not in bold."""
    if row[CHAIN]:
        # That nobody prepares it any more is said by the chain.
        act_by = row["Handeln bis"].partition(",")[0]
        return f"{plain(row[CHAIN])} · Handeln hilft noch bis {bold(act_by)}"
    words = row["Beschluss bis"]
    if row["Handeln bis"] == deciding.SETTLED_WORD:
        return bold(with_capital(words))
    return f"Beschluss bis: {bold(words) if words[:1].isdigit() else plain(words)}"


def _hidden(rows: pd.DataFrame) -> list[str]:
    """What no funding has, and the deadlines above: in the workbook only."""
    if rows.empty:
        return []
    unused = [name for name in ("Bescheid", "Nachweis bis") if (rows[name] == "–").all()]
    return [*unused, "Antrag bis", "Handeln bis", "Beschluss bis", CHAIN, "Herkunft", CLOSED]


def _fundings_table(structure_id: int, at: View) -> pd.DataFrame:
    portfolio = current.portfolio()
    rows = portfolio.fundings
    rows = rows[rows["structure_id"] == structure_id].sort_values(["start", "id"], na_position="first")
    due = deciding.decide_by(at.today).set_index("funding_id")
    return pd.DataFrame([_funding_row(row, due) for row in rows.to_dict("records")])


def _funding_row(row: Mapping[Any, Any], due: pd.DataFrame) -> dict[str, str]:
    deadline = due.loc[row["id"]] if row["id"] in due.index else None
    return {
        "Förderung": row["name"],
        "Art": word(FundingPart(row["part"])),
        "Mittel": word(Payer(row["payer"])),
        "von": day(row["start"], "–"),
        "bis": day(row["end"], word(EndKind(row["end_kind"]))),
        "Verlängerung": word(Extension(row["extension"])),
        "VZÄ": number(row["fte"], 2, "–"),
        "Betrag": _amount(row),
        "Antrag bis": "–" if deadline is None else str(deadline["apply_words"]),
        "Handeln bis": "–" if deadline is None else str(deadline["act_words"]),
        "Beschluss bis": "–" if deadline is None else str(deadline["words"]),
        CHAIN: "" if deadline is None else str(deadline["chain_words"]),
        "Bescheid": _notice(row),
        "Nachweis bis": day(row["proof_due"], "–"),
        "Herkunft": word(Provenance(row["provenance"])),
        CLOSED: _closed(int(row["id"])),
    }


def _closed(funding_id: int) -> str:
    """Which years are closed for a funding."""
    return "; ".join(map(closing.in_words, current.of(closing.closed_for, funding_id))) or "–"


def _amount(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["amount_cents"]):
        return "nicht bekannt"
    return f"{euro(row['amount_cents'])} {word(AmountBasis(row['amount_basis']))}"


def _notice(row: Mapping[Any, Any]) -> str:
    parts = [day(row["notice_date"], ""), row["notice_reference"], row["notice_authority"]]
    period = [day(row["approved_from"], ""), day(row["approved_until"], "")]
    text = ", ".join(part for part in parts if part)
    return " · ".join(filter(None, (text, "–".join(period) if any(period) else ""))) or "–"


def _duties(structure_id: int) -> None:
    panels.table(
        current.of(_duties_table, structure_id),
        "Zuständigkeiten",
        key="duties",
        empty="Noch keine Zuständigkeit erfasst. Links unter »Schnell bearbeiten« lässt sie sich anlegen.",
    )


def _duties_table(portfolio: Portfolio, structure_id: int) -> pd.DataFrame:
    rows = portfolio.responsibilities
    rows = rows[rows["structure_id"] == structure_id]
    tasks = portfolio.names("task")
    areas = portfolio.names("area")
    groups = portfolio.names("target_group")
    links = portfolio.responsibility_groups
    reached = links["target_group_id"].map(groups).groupby(links["responsibility_id"]).agg(", ".join)
    return pd.DataFrame(
        {
            "Aufgabe": rows["task_id"].map(tasks),
            "Zuständigkeit": [word(Role(role)) for role in rows["role"]],
            "Gebiet": rows["area_id"].map(areas),
            "Standort": rows["site"].replace("", "–"),
            "Zielgruppen": rows["id"].map(reached).fillna("alle"),
            "Gültig": [
                f"{day(start, 'von Beginn an')} – {day(end, 'ohne Ende')}"
                for start, end in zip(rows["valid_from"], rows["valid_until"], strict=True)
            ],
            "Herkunft": [word(Provenance(origin)) for origin in rows["provenance"]],
        }
    )


def _keep(row: Mapping[Any, Any]) -> None:
    """Merge what was captured twice; archive what is no longer wanted."""
    structure_id, carrier = int(row["structure_id"]), int(row["organisation_id"])
    left, right = st.columns(2)
    with left:
        _merge("Struktur doppelt erfasst?", Structure, structure_id, choices.structures(), row["name"])
    with right:
        _merge("Träger doppelt erfasst?", Organisation, carrier, choices.organisations(), row["organisation"])
    st.markdown("**Nicht mehr führen**")
    st.caption(
        "Die Struktur verschwindet aus allen Ansichten und bleibt im Verlauf; das lässt sich zurücknehmen."
    )
    st.button(
        "Struktur archivieren", on_click=_archive, args=(structure_id, int(row["version"]), row["name"])
    )


def _merge(heading: str, record: type[Any], keep: int, names: Mapping[int, str], name: str) -> None:
    st.markdown(f"**{heading}**")
    others = [key for key in names if key != keep]
    key = f"merge {record.__tablename__}"
    words = held_choice.hold(key, names)
    if st.session_state.get(key) not in others:
        st.session_state[key] = None
    st.selectbox(
        f"Geht auf in »{plain(name)}«", others, index=None, key=key, format_func=words.__getitem__,
        placeholder="Name suchen",
        help="Alles, was an der gewählten Angabe hängt, wandert herüber; sie selbst wird archiviert.",
    )  # fmt: skip
    st.button(
        "Zusammenführen", key=f"{key} button", disabled=st.session_state[key] is None,
        on_click=_do_merge, args=(record, keep, key, name),
    )  # fmt: skip


def _do_merge(record: type[Any], keep: int, key: str, name: str) -> None:
    dropped = st.session_state[key]
    attempts.attempt(
        lambda: merging.merge(
            current.engine(), record, keep, int(dropped), actor=attempts.actor(), now=current.now()
        ),
        f"Zusammenführung mit »{name}«",
    )
    close_untouched()


def _archive(structure_id: int, version: int, name: str) -> None:
    attempts.attempt(
        lambda: archiving.archive(
            current.engine(), Structure, structure_id, version, actor=attempts.actor(), now=current.now()
        ),
        f"Struktur »{name}«",
        state="archiviert",
    )
    close_untouched()
