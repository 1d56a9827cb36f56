"""Verlauf: who changed what, when, from what to what – and a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from steering.model import Change, ClosedYear, Funding, Responsibility, Structure
from steering.model.german import count
from steering.storage.history import searching, undoing
from steering.storage.history.searching import Found, OneChange, Sought, Written
from steering.storage.problems import Receipt, StorageError, UndoBlocked
from steering.storage.rights.table import Right
from steering.storage.titles import RecordKey
from steering.web import current, pages
from steering.web.editing import attempts, step_words
from steering.web.editing.open_forms import close_untouched
from steering.web.text import bold, plain

MOST_WRITES, MOST_STEPS = 10, 6
_KEPT = (
    ":material/lock: Das gehört zu einer geschlossenen Runde und bleibt, wie es ist. Berichtigungen bitte "
    "als Nachtrag."
)
# Session key: what could not be taken back, why, and the batch that stands in the way.
_BLOCKED = "undo blocked"
# What is done once more, or the other way round, rather than taken back.
_FOR_GOOD = {Change.__tablename__, ClosedYear.__tablename__}


def of_structure(structure_id: int) -> None:
    """The latest changes of a structure, its fundings and responsibilities, each with its way back."""
    shown = find(Sought(records=_of_structure(structure_id)))
    if not shown.writes:
        st.caption("Seit der Erstbefüllung wurde hier nichts geändert.")
        return
    for write in shown.writes:
        entry(write)
    if shown.number > len(shown.writes):
        older = count(shown.number - len(shown.writes), "älterer Vorgang", "ältere Vorgänge")
        st.caption(f"Dazu {older}." if is_closed() else f"Dazu {older} auf der Seite Verlauf.")


def is_closed() -> bool:
    """Whether the page Verlauf is: it tells what is for the administration only."""
    return current.discreet() or current.presenting()


def last_of_structure(structure_id: int) -> str:
    """Who last changed a structure, one of its fundings or responsibilities, and when."""
    return last_changed(_of_structure(structure_id))


def last_changed(records: Sequence[RecordKey]) -> str:
    """A sentence on who changed any of these records last, and when; empty where nobody has."""
    last = last_signed(records)
    return f"Zuletzt geändert {last}." if last else ""


def last_signed(records: Sequence[RecordKey]) -> str:
    """The same for the middle of a sentence."""
    found = current.derived(_last, tuple(records))
    return step_words.signed(found) if found else ""


def find(wanted: Sought, *, start: int = 0, writes: int = MOST_WRITES, steps: int = MOST_STEPS) -> Found:
    """What the Verlauf has of this, as `searching.find` tells it."""
    return current.derived(_found, wanted, start, writes, steps)


def entry(write: Written) -> None:
    """A write with its steps, a way back for the whole and for each step, or why there is none."""
    batch = write.signature.batch
    with st.container(border=True, gap="xxsmall", key=f"entry-{batch}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(step_words.head(write))
            if _offers_a_way_back(write):
                st.button(
                    _way_back(write), key=f"undo {batch}", type="tertiary", icon=":material/undo:",
                    on_click=_take_back, args=(batch, partial(undoing.undo, batch=batch)),
                )  # fmt: skip
        alone = write.size > 1 and not write.undoes and not write.taken_back and current.may(Right.UNDO)
        for title, steps in groupby(write.steps, lambda each: each.title):
            _record(title, list(steps), batch, alone=alone)
        _rest(write)
        if write.kept and not write.undoes:
            st.caption(_KEPT)
        _why_not(batch)


def _offers_a_way_back(write: Written) -> bool:
    for_good = write.kept or _is_for_good(write)
    return current.may(Right.UNDO) and not _is_taken_back(write) and not for_good


def _is_for_good(write: Written) -> bool:
    """Whether it erased contact data, or lost some, or closed or opened a year."""
    return any(step.erased or step.record in _FOR_GOOD for step in write.steps)


def _is_taken_back(write: Written) -> bool:
    """Whether it is taken back as a whole, or one change after the other."""
    alone = len(write.steps) == write.size and all(step.taken_back for step in write.steps)
    return write.taken_back is not None or alone


def _way_back(write: Written) -> str:
    if write.imported and not write.undoes:
        return "Ganzes Einlesen rückgängig"
    return "Alles rückgängig" if write.size > 1 else "Rückgängig"


def _record(title: str, steps: list[OneChange], batch: str, *, alone: bool) -> None:
    """The steps of one record; where it is a single one, in one line."""
    if len(steps) > 1:
        st.markdown(bold(title))
    for step in steps:
        words = step_words.step(step)
        line = f"{bold(title)} · {words}" if len(steps) == 1 else words
        if not alone or step.kept or step.erased or step.record in _FOR_GOOD:
            st.markdown(line)
            continue
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if step.taken_back:
                st.markdown(f"{line} · zurückgenommen")
                continue
            st.markdown(line)
            st.button(
                "Nur dies rückgängig", key=f"undo step {step.id}", type="tertiary", on_click=_take_back,
                args=(batch, partial(undoing.undo_change, change=step.id)),
            )  # fmt: skip


def _rest(write: Written) -> None:
    """How many steps are not shown, and the way to them."""
    left = write.size - len(write.steps)
    if left <= 0 or st.session_state.get(pages.history_key(pages.WRITE)) == write.signature.batch:
        return
    if is_closed():
        return
    others = count(left, "weitere Änderung", "weitere Änderungen")
    _lead_to(
        write.signature.batch, f"{others} in diesem Vorgang zeigen", key=f"whole {write.signature.batch}"
    )


def _why_not(batch: str) -> None:
    """Why this write could not be taken back, and the way to what stands in the way."""
    place, sentence, later = st.session_state.get(_BLOCKED, ("", "", None))
    if place != batch:
        return
    st.warning(f"Nicht zurückgenommen. {plain(sentence)}", icon=":material/block:")
    if later and later != batch:
        _lead_to(later, "Die spätere Änderung zeigen", key=f"later {batch}")


def _lead_to(batch: str, label: str, *, key: str) -> None:
    """The way to one write on the page Verlauf."""
    if st.session_state["page_now"] == pages.HISTORY.title:
        st.button(
            label,
            key=key,
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=open_write,
            args=(batch,),
        )
    else:
        st.page_link(
            pages.HISTORY.file, label=label, icon=":material/arrow_forward:",
            query_params={pages.WRITE: batch},
        )  # fmt: skip


def open_write(batch: str) -> None:
    """Show one write alone on the page Verlauf; with none, what was looked for again."""
    st.session_state.pop(_BLOCKED, None)
    # Inputs that come back show what is said here, not what the browser remembers of them.
    for name in pages.OF_HISTORY:
        key = pages.history_key(name)
        st.session_state[key] = st.session_state.get(key, "")
    st.session_state[pages.history_key(pages.WRITE)] = batch
    st.session_state[pages.history_key(pages.PAGE)] = ""


def _take_back(batch: str, run: Callable[..., Receipt]) -> None:
    st.session_state.pop(_BLOCKED, None)
    try:
        receipt = run(current.engine(), actor=attempts.actor(), now=current.now())
    except UndoBlocked as blocked:
        st.session_state[_BLOCKED] = batch, str(blocked), blocked.later
    except StorageError as refusal:
        st.session_state["refused"] = str(refusal)
    else:
        close_untouched()
        attempts.done("Rücknahme", receipt)


def _of_structure(structure_id: int) -> tuple[RecordKey, ...]:
    portfolio = current.portfolio()
    keys: list[RecordKey] = [(str(Structure.__tablename__), str(structure_id))]
    for record, frame in ((Funding, portfolio.fundings), (Responsibility, portfolio.responsibilities)):
        ids = frame.loc[frame["structure_id"] == structure_id, "id"]
        keys += [(str(record.__tablename__), str(key)) for key in ids]
    return tuple(keys)


def _last(records: tuple[RecordKey, ...]) -> searching.Signature | None:
    return searching.last_change(current.engine(), records)


def _found(wanted: Sought, start: int, writes: int, steps: int) -> Found:
    return searching.find(current.engine(), wanted, start=start, writes=writes, steps=steps)
