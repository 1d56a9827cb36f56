"""The preview every import shares: what would happen, what to take, take it over, and take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.incoming import OUTCOME_WORDS, IncomingRow, JudgedRow, Proposal, Reading, RowOutcome
from steering.analysis.incoming.lists.grids import text
from steering.analysis.incoming.sums import sums
from steering.analysis.portfolio import Portfolio
from steering.exchange import limited
from steering.exchange.import_kinds import KINDS, Options
from steering.exchange.incoming_files import FileRefused, IncomingFile, received
from steering.model.german import count
from steering.storage import reading
from steering.storage.imports import importing
from steering.storage.imports.importing import TellsShare
from steering.storage.problems import StorageError
from steering.storage.tables import LINKS
from steering.web import current
from steering.web.data import doubles, edited, held, reading_place, refused_rows, words
from steering.web.data.progress import Bar, WorkShare
from steering.web.editing import attempts, saved
from steering.web.text import plain

Reader = Callable[[Portfolio, WorkShare], Reading]
_NUMBER = "number of the row"
_COLUMNS = {doubles.TAKE: doubles.TAKEN}


@dataclass(frozen=True)
class Manner:
    """How the rows of a kind of file are shown.

    `columns`: headings of the file that are shown beside each row. `take_new`: whether what is new is
    chosen at first. `advice`: what to do about refused rows. `doubles`: whether a row may be said to be a
    recorded structure that it resembles. `notes_first`: what the reader says of the file stands open, and of
    a changed row in the place of its fields; `outside`: whether rows may concern another Kreis.
    """

    columns: tuple[str, ...] = ()
    take_new: bool = True
    advice: str = (
        "Als Datei speichern, berichtigen und wieder einlesen: Der Grund steht in der letzten Spalte."
    )
    doubles: bool = False
    notes_first: bool = False
    outside: bool = True


_USUAL = Manner()


def uploaded(label: str, endings: Sequence[str], *, key: str, largest: int) -> IncomingFile | None:
    """A file chosen by the user and looked at; a sentence where it is refused."""
    found = held.one(label, endings, key=key, largest=largest)
    if found is None:
        return None
    try:
        return received(found.name, found.content, largest=largest)
    except FileRefused as refusal:
        st.error(plain(str(refusal)))
        return None


def of_kind(
    kind: str, label: str, endings: Sequence[str], *, manner: Manner = _USUAL, district: str = ""
) -> None:
    """Upload and preview of a kind of file that needs no further question."""
    asked = KINDS[kind]
    file = uploaded(label, endings, key=kind, largest=asked.largest)
    if file is not None:

        def read(portfolio: Portfolio, told: WorkShare) -> Reading:
            options = Options(lists=LINKS, today=current.today(), district=district, progress=told)
            return limited.read_kind(kind, file, portfolio, options, told.waiting)

        preview(kind, file.name, (hash(file.content), district), read, manner)
    last_import(kind)


def preview(key: str, name: str, signature: object, read: Reader, manner: Manner = _USUAL) -> None:
    """Compare a file with what is recorded and offer to take it over.

    `signature` stands for everything that decides the outcome of `read` apart from the data; while it and
    the revision stay the same, nothing is read again.
    """
    place = f"{key} proposal"
    known = (signature, current.revision())
    if st.session_state.get(place, (None, None))[0] != known:
        if reading_place.is_stopped(key, known):
            return
        try:
            with reading_place.stoppable(key, known):
                st.session_state[place] = (known, _proposal(read))
        except (FileRefused, StorageError) as refusal:
            st.error(plain(str(refusal)))
            return
    proposal: Proposal = st.session_state[place][1]
    _counts(name, proposal, manner)
    if proposal.rows:
        chosen, changes = _tables(_boxes(key, signature), f"{key} {hash(known)}", proposal, manner)
        refused_rows.show(key, proposal, advice=manner.advice)
        if _left(proposal):
            _buttons(key, name, proposal, chosen, changes)


def _left(proposal: Proposal) -> int:
    """How many rows can be taken over; what stands in the data already, or is refused, cannot."""
    nothing_to_take = {RowOutcome.UNCHANGED, RowOutcome.REFUSED}
    return sum(row.outcome not in nothing_to_take for row in proposal.rows)


def _not_yet(proposal: Proposal) -> str:
    """What is not written; some rows of the file may have been taken over just before."""
    left = _left(proposal)
    if not left:
        return ""
    if not proposal.counts[RowOutcome.UNCHANGED]:
        return " Geschrieben ist noch nichts."
    return f" {count(left, 'Zeile ist', 'Zeilen sind')} noch nicht übernommen."


def last_import(key: str) -> None:
    """What was taken over last, with the way back."""
    if refusal := st.session_state.pop(f"{key} refused", None):
        st.warning(plain(refusal))
    done = st.session_state.get(f"{key} done")
    if not done:
        return
    sentence, batch, copy = done
    kept = f" Sicherung davor: {copy}." if copy else ""
    st.success(plain(sentence + kept), icon=":material/check:")
    if batch and st.button("Einlesen rückgängig machen", key=f"{key} undo"):
        with st.spinner("Das Einlesen wird zurückgenommen …"):
            _undo(key, batch)
        st.rerun()


def _proposal(read: Reader) -> Proposal:
    """The comparison, with a bar for files that take a while; examples are part of what is recorded."""
    portfolio = reading.portfolio(current.engine())
    with Bar("Die Datei wird gelesen …", may_stop=True) as bar:
        found = read(portfolio, bar.part("Die Datei wird gelesen …", 0.1, 0.5))
        compared = bar.part("Die Zeilen werden verglichen …", 0.5, 1.0)
        return importing.propose(current.engine(), portfolio, found, progress=compared)


def _counts(name: str, proposal: Proposal, manner: Manner) -> None:
    counts = proposal.counts
    if not proposal.rows:
        st.info(f"»{plain(name)}« enthält keine Datenzeilen.")
    else:
        parts = [
            f"**{count(counts[RowOutcome.NEW], 'neu', 'neu')}**",
            *_changed(proposal),
            *(
                count(counts[outcome], OUTCOME_WORDS[outcome], OUTCOME_WORDS[outcome])
                for outcome in (RowOutcome.UNCHANGED, RowOutcome.OUTSIDE, RowOutcome.REFUSED)
                if manner.outside or outcome != RowOutcome.OUTSIDE
            ),
        ]
        told = f"»{plain(name)}«: {count(len(proposal.rows), 'Zeile', 'Zeilen')}, davon {', '.join(parts)}."
        st.markdown(told + _not_yet(proposal))
    if said_of_money := sums(proposal):
        st.caption(plain(said_of_money))
    if proposal.notes:
        heading = f"Wie die Datei gelesen wurde ({len(proposal.notes)})"
        # Where rows are refused and none is left to take, this is what tells why.
        nothing_left = bool(counts[RowOutcome.REFUSED]) and not _left(proposal)
        with st.expander(heading, expanded=manner.notes_first or nothing_left):
            for note in proposal.notes:
                st.markdown(f"- {plain(note)}")


def _changed(proposal: Proposal) -> list[str]:
    """How many rows change something; those that only confirm or remark are counted apart."""
    confirmed, noted = len(proposal.confirmed()), len(proposal.noted())
    apart = [(confirmed, "bestätigt"), (noted, "nur vermerkt")]
    changed = proposal.counts[RowOutcome.CHANGED] - confirmed - noted
    return [f"**{changed} geändert**", *(f"**{many} {word}**" for many, word in apart if many)]


def _boxes(key: str, signature: object) -> str:
    """The key of the boxes of a file; those of the file before are forgotten."""
    place = f"{key} boxes"
    before = st.session_state.get(place)
    if before != signature:
        for title in st.session_state.get(f"{place} drawn", ()):
            edited.forget(f"{place} {title}")
        st.session_state[f"{place} drawn"] = set()
        st.session_state[place] = signature
    return place


def _tables(
    boxes: str, key: str, proposal: Proposal, manner: Manner
) -> tuple[list[int], dict[int, IncomingRow]]:
    """The rows by outcome with boxes; the numbers chosen, and those rows that change what they resemble."""
    doubtful = proposal.doubtful()
    confirmed, noted = proposal.confirmed(), proposal.noted()
    apart = {*doubtful, *confirmed, *noted}

    def choice(title: str, numbers: list[int], *, take: bool, about: str = "") -> list[int]:
        return _choice(boxes, title, proposal, numbers, manner, take=take, about=about)

    fresh = [number for number in proposal.numbers(RowOutcome.NEW) if number not in apart]
    changed = [number for number in proposal.numbers(RowOutcome.CHANGED) if number not in apart]
    chosen = choice("Neu", fresh, take=manner.take_new)
    same = doubles.chosen(key, proposal) if manner.doubles else []
    known = {number for which, _ in same for number in doubles.rows_of(proposal, which)}
    chosen += choice(
        "Vielleicht schon erfasst", [number for number in doubtful if number not in known], take=False,
        about="Es gibt schon eine Struktur mit ähnlichem Namen. "
        "Bitte nur wählen, was wirklich etwas anderes ist.",
    )  # fmt: skip
    changes = doubles.changes(key, proposal, same)
    chosen += choice("Geändert", changed, take=True)
    chosen += choice("Bestätigt, sonst unverändert", confirmed, take=True)
    chosen += choice(
        "Nur vermerkt", noted, take=True,
        about="Hier ändert sich kein Eintrag; festgehalten wird, was der Träger dazu gesagt hat.",
    )  # fmt: skip
    chosen += choice(
        "Außerhalb des Landkreises", proposal.numbers(RowOutcome.OUTSIDE), take=False,
        about="Diese Zeilen nennen einen Ort außerhalb. Sie lassen sich trotzdem übernehmen.",
    )  # fmt: skip
    unchanged = proposal.counts[RowOutcome.UNCHANGED]
    if unchanged:
        st.caption(f"{count(unchanged, 'Zeile steht', 'Zeilen stehen')} schon genau so in den Daten.")
    return sorted([*chosen, *changes]), changes


def _choice(
    boxes: str,
    title: str,
    proposal: Proposal,
    numbers: list[int],
    manner: Manner,
    *,
    take: bool,
    about: str,
) -> list[int]:
    if not numbers:
        return []
    st.subheader(f"{title} ({len(numbers)})", anchor=False)
    if about:
        st.caption(about)
    frame = pd.DataFrame([_line(proposal.rows[number], manner) for number in numbers])
    frame.insert(0, doubles.TAKE, take)
    frame[_NUMBER] = numbers
    st.session_state[f"{boxes} drawn"].add(title)
    table = f"{boxes} {title}"
    edited.draw(
        frame,
        doubles.TAKE,
        by=_NUMBER,
        key=table,
        column_config=_COLUMNS,
        height="auto" if len(frame) < 12 else 400,
    )
    return [number for number, taken in edited.values(table).items() if taken]


def _line(judged: JudgedRow, manner: Manner) -> dict[str, Any]:
    row, columns = judged.row, manner.columns
    changed = judged.outcome == RowOutcome.CHANGED
    line: dict[str, Any] = {"Zeile": row.place.row, "Bezeichnung": row.title}
    line |= {heading: text(row.cells.get(heading)) for heading in columns}
    if row.place.sheet:
        line["Blatt"] = row.place.sheet
    if judged.only_noted:
        line["Vermerkt"] = words.noted(judged)
    elif changed:
        said = " ".join(row.notes) if manner.notes_first else ""
        line["Änderungen"] = said or words.differences(judged)
    elif row.outside:
        line["Ort"] = row.outside
    elif not columns:
        line["Was entsteht"] = words.what_comes(judged)
    if judged.twins:
        line["Ähnlich"] = ", ".join(twin.name for twin in judged.twins)
    if not (manner.notes_first and changed):
        line["Hinweise"] = " ".join(row.notes)
    return line


def _buttons(
    key: str, name: str, proposal: Proposal, chosen: list[int], changes: Mapping[int, IncomingRow]
) -> None:
    pressed = st.button(
        f"{count(len(chosen), 'Zeile', 'Zeilen')} übernehmen" if chosen else "Keine Zeile gewählt",
        key=f"{key} take",
        type="primary",
        disabled=not chosen,
    )
    if chosen:
        st.caption("Vorher wird die Datenbank gesichert. Das ganze Einlesen lässt sich rückgängig machen.")
    if pressed:
        with Bar(f"{count(len(chosen), 'Zeile wird', 'Zeilen werden')} übernommen …") as bar:
            _take_over(key, name, proposal, chosen, changes, bar.tell)
        st.rerun()


def _take_over(
    key: str,
    name: str,
    proposal: Proposal,
    chosen: list[int],
    changes: Mapping[int, IncomingRow],
    progress: TellsShare,
) -> None:
    try:
        if changes:
            proposal = importing.rejudged(current.engine(), proposal, changes)
        done = importing.take_over(
            current.engine(), proposal, chosen, actor=attempts.actor(), now=current.now(), progress=progress
        )
    except StorageError as refusal:
        st.session_state[f"{key} refused"] = str(refusal)
        st.session_state.pop(f"{key} proposal", None)
        return
    sentence = f"{count(len(chosen), 'Zeile', 'Zeilen')} aus »{name}« übernommen."
    copy = done.copy.name if done.copy else ""
    st.session_state[f"{key} done"] = (sentence, done.receipt.batch, copy)
    attempts.done(f"Einlesen von »{name}«", done.receipt)
    if len(chosen) == _left(proposal):
        held.let_go(key)


def _undo(key: str, batch: str) -> None:
    if not saved.undo(batch):
        st.session_state[f"{key} refused"] = st.session_state.pop("refused")
        return
    st.session_state[f"{key} done"] = ("Das Einlesen ist zurückgenommen.", None, "")
