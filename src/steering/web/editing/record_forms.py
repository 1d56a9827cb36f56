"""A form on the screen: drawn, checked, saved – or told who was quicker, or why nothing can be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

import streamlit as st

from steering.model import Record
from steering.model.german import listing, moment_in_words
from steering.storage import archiving, writing
from steering.storage.problems import Conflict, Invalid, StorageError
from steering.storage.writing import Edit
from steering.web import current
from steering.web.browser import typing_script
from steering.web.editing import attempts, folded_form, history
from steering.web.editing.open_forms import (
    INTERNAL_FIELDS,
    Form,
    close,
    close_untouched,
    is_open,
    opened,
    rebase,
)
from steering.web.editing.which_record import GONE, edited, which
from steering.web.editing.widgets import Input, tell
from steering.web.text import bold, plain

__all__ = [
    "GONE",
    "Form",
    "archive",
    "archive_button",
    "close",
    "close_untouched",
    "draw",
    "edited",
    "opened",
    "save_record",
    "show",
    "store",
    "which",
    "write",
]

# What is set by a button beside a form and by other records: where a point stands, and who knows of it.
BESIDE = frozenset({"position", "status", "announced"})


def draw(form: Form, save: Callable[[Form], object], *, label: str = "Speichern") -> None:
    """Inputs, problems at their inputs, and the buttons; `save` is called when pressed."""
    _newer_version(form)
    shown = [item for item in form.inputs if not (current.discreet() and item.name in INTERNAL_FIELDS)]
    plain_inputs = [item for item in shown if not item.more]
    more = [item for item in shown if item.more]
    for item in plain_inputs:
        _input(form, item)
    if more:
        touched = any(item.name in form.problems for item in more)
        with st.expander("Weitere Angaben", expanded=touched):
            for item in more:
                _input(form, item)
    form.collect()
    form.told()
    if problem := form.problems.get(""):
        st.error(plain(problem))
    if form.conflict:
        _conflict(form, form.conflict)
    with st.container(horizontal=True, gap="small"):
        st.button(label, key=f"save {form.name}", type="primary", on_click=_pressed, args=(form, save))
        st.button("Verwerfen", key=f"discard {form.name}", on_click=close, args=(form,))
    # Of a long form the inputs are out of sight from here.
    if wrong := [f"»{item.label}«" for item in shown if item.name in form.problems]:
        tell(f"Bitte prüfen: {listing(wrong, len(wrong))}.")
    if form.record_id is not None:
        _last_change(form)


def show(
    name: str,
    record: type[Record],
    inputs: Sequence[Input],
    *,
    what: str,
    record_id: int | None = None,
    start: Mapping[str, Any] | None = None,
    fixed: Mapping[str, Any] | None = None,
    save: Callable[[Form], object] | None = None,
    label: str = "Speichern",
    gone: str = "",
) -> Form | None:
    """Open a form for one record and draw it; None where the record is gone, which `gone` says.

    `start`: what stands in the inputs of a new one; `fixed`: fields that are written beside the inputs;
    `what`: what was saved, in words; `save`: where more than the record is written.
    """
    form = opened(name, record, inputs, record_id=record_id, start={**(start or {}), **(fixed or {})})
    if form is not None:
        draw(form, save or partial(save_record, fixed=fixed, what=what), label=label)
    elif gone:
        st.info(gone)
    return form


def archive_button(form: Form, label: str, what: str, *, takes: str) -> None:
    """Put the record of a form away; `takes` says what goes with it."""
    st.button(
        label,
        help=f"Nimmt {takes} aus allen Ansichten. Das lässt sich rückgängig machen.",
        on_click=archive,
        args=(form, what),
        type="tertiary",
    )


def save_record(form: Form, *, fixed: Mapping[str, Any] | None = None, what: str) -> writing.Receipt | None:
    """Write the changed inputs of a form that edits, or adds, one record; None where nothing was."""
    values = form.values()
    if form.record_id is not None:
        values = {name: value for name, value in values.items() if name in form.changed}
    if form.problems:
        return None

    def change() -> Edit:
        return Edit(
            form.record, {**values, **(fixed or {})}, id=form.record_id, version=form.version, base=form.base
        )

    receipt = write(form, [change()], what=what)
    if form.conflict and _is_beside(form, form.conflict):
        form.version, form.base = form.conflict.version, None
        receipt = write(form, [change()], what=what)
    return receipt


def _is_beside(form: Form, conflict: Conflict) -> bool:
    """Whether nothing has moved on but what stands beside the form."""
    free = BESIDE - {item.name for item in form.inputs}
    return all(one.field in free for one in conflict.fields)


def write(
    form: Form, edits: Sequence[Edit], *, what: str, names: Mapping[tuple[int, str], str] | None = None
) -> writing.Receipt | None:
    """Write edits in one go, as `store` does."""
    return store(
        form,
        lambda: writing.write(current.engine(form.origin), edits, actor=attempts.actor(), now=current.now()),
        what=what,
        names=names,
    )


def store(
    form: Form,
    run: Callable[[], writing.Receipt],
    *,
    what: str,
    names: Mapping[tuple[int, str], str] | None = None,
    for_good: bool = False,
) -> writing.Receipt | None:
    """Store what a form says; on success it closes and the screen offers to take it back.

    `for_good`: what is not taken back. `run` writes; `names` says at which input a problem of the n-th edit's
    field belongs, where they differ.
    """
    form.conflict = None
    try:
        receipt = run()
    except Invalid as invalid:
        inputs = {item.name for item in form.inputs}
        for problem in invalid.problems:
            name = (names or {}).get((problem.index, problem.field), problem.field)
            place = name if name in inputs else ""
            form.problems[place] = " ".join(filter(None, (form.problems.get(place), problem.message)))
    except Conflict as conflict:
        form.conflict = conflict
    except StorageError as refusal:
        form.problems[""] = str(refusal)
    else:
        close(form)
        attempts.done(what, receipt, for_good=for_good, remark=form.remark)
        return receipt
    return None


def archive(form: Form, what: str) -> None:
    """Archive the record of a form, and close the form; or say why not."""
    archived = attempts.attempt(
        lambda: archiving.archive(
            current.engine(form.origin), form.record, form.record_id, form.version or 0,
            actor=attempts.actor(), now=current.now(),
        ),
        what, state="archiviert",
    )  # fmt: skip
    if archived is None:
        folded_form.outdate_page()
    else:
        close(form)


def _last_change(form: Form) -> None:
    """Who changed the record last, and when."""
    if last := history.last_changed([(str(form.record.__tablename__), str(form.record_id))]):
        st.caption(plain(last))


def _pressed(form: Form, save: Callable[[Form], object]) -> None:
    # Of two presses in a row the second may come when the first has saved the form and closed it.
    if is_open(form):
        form.collect()
        save(form)
        if form.problems or form.conflict:
            # What was saved before must not read as if it were this.
            attempts.hide()


def _choose_other(form: Form, item: Input) -> None:
    st.session_state[form.key(item.name)] = item.other


def _input(form: Form, item: Input) -> None:
    if not item.has_place(form.drafts):
        return
    key = form.key(item.name)
    if key not in st.session_state:
        st.session_state[key] = form.drafts.get(item.name, form.start.get(item.name))
    kept = typing_script.field(
        f"{form.name}/{item.name}", str(form.start.get(item.name) or ""), form=form.generation
    )
    with kept if item.kind == "long" else nullcontext():
        item.draw(key)
    if item.other and form.drafts.get(item.name) != item.other:
        st.button(
            item.words(item.other), key=f"{key} other", icon=":material/add:", type="tertiary",
            on_click=_choose_other, args=(form, item),
        )  # fmt: skip
    if problem := form.problems.get(item.name):
        tell(problem)
    if item.below and (said := item.below(form.drafts)):
        st.caption(said)


def _newer_version(form: Form) -> None:
    """Say so when somebody else has saved this record since the form was opened, or replaced the data."""
    if form.origin != current.present():
        st.warning(
            "Seit dieses Formular offen ist, wurden die Daten durch eine Sicherung ersetzt. Ihre Eingaben "
            "stehen noch da. Bitte prüfen Sie, ob sie zu den eingespielten Daten passen."
        )
        _offer_rebase(form)
        return
    frames, table = current.portfolio().frames, str(form.record.__tablename__)
    # Persons are in no Portfolio; of them the write says whether they have moved on.
    if form.record_id is None or form.conflict or table not in frames:
        return
    frame = frames[table]
    found = frame.loc[frame["id"] == form.record_id, "version"]
    if len(found) and int(found.iloc[0]) != form.version:
        st.caption(
            ":material/sync_problem: Inzwischen hat jemand anderes hier gespeichert. Ihre Eingaben bleiben "
            "stehen; beim Speichern sehen Sie beide Stände."
        )


def _conflict(form: Form, conflict: Conflict) -> None:
    hidden = INTERNAL_FIELDS if current.discreet() else frozenset()
    labels = {item.name: item for item in form.inputs if item.name not in hidden}
    when = f" am {moment_in_words(conflict.at)}" if conflict.at else ""
    st.warning(f"{plain(conflict.actor or 'Jemand anderes')} hat{when} denselben Datensatz gespeichert.")
    # As lines: three texts side by side are cut wherever a form stands in a narrow place.
    for difference in conflict.fields:
        item = labels.get(difference.field)
        if item is None:
            continue
        mine = form.drafts.get(difference.field)
        states = {
            "vorher": item.words(item.shown(difference.base)),
            "dort gespeichert": item.words(item.shown(difference.theirs)),
            "Ihre Eingabe": item.words(mine) if difference.field in form.changed else "unverändert",
        }
        told = "  \n".join(f"{when}: {bold(text)}" for when, text in states.items())
        st.markdown(f"{plain(item.label)}  \n{told}")
    _offer_rebase(form)


def _offer_rebase(form: Form) -> None:
    st.button(
        "Auf dem neuen Stand weiterarbeiten",
        key=f"rebase {form.name}",
        help="Übernimmt den dort gespeicherten Stand und behält, was Sie selbst geändert haben.",
        on_click=rebase,
        args=(form,),
    )
