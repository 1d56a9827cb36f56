"""The life of a form: opened on a record, its version and the data it lies in, drafted, saved or discarded.

A form keeps what it was opened with until then, so that a refresh of the page never overtakes the lock.
Drafts live in the session, so that switching to another record and back loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from steering.model import Record
from steering.storage import reading
from steering.storage.problems import Conflict, StorageError
from steering.storage.saving import Origin
from steering.storage.validation import faults
from steering.web import current
from steering.web.browser import typing_script
from steering.web.editing.widgets import Input

# What they hold is not shown while guests look on, whenever the form was opened; it stays as it is.
INTERNAL_FIELDS = frozenset({"internal", "internal_note"})

_RUN = "page_run"


@dataclass
class Form:
    """A form that somebody has open.

    `opening`: the record's values when it was opened; `start`: what stood in each input then; `drafts`: what
    stands there now; `origin`: the data that were open then, in which alone its record and version mean what
    they meant.
    """

    name: str
    record: type[Record]
    opening: Mapping[str, Any]
    origin: Origin
    inputs: Sequence[Input] = ()
    record_id: int | None = None
    version: int | None = None
    base: Mapping[str, Any] | None = None
    start: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None
    generation: int = 0
    drawn: int = 0

    def key(self, name: str) -> str:
        """The session key of an input; a new generation makes the widgets anew."""
        return f"{self.name}/{self.generation}/{name}"

    def offer(self, inputs: Sequence[Input]) -> None:
        """Have these inputs from now on; one that comes later begins with what the form was opened with."""
        self.inputs = inputs
        for item in inputs:
            if item.name not in self.start:
                self.start[item.name] = item.shown(self.opening.get(item.name))
                self.drafts[item.name] = item.shown(self.opening.get(item.name))

    def collect(self) -> None:
        """Take over what stands in the inputs that are on the screen."""
        for item in self.inputs:
            if self.key(item.name) in st.session_state:
                self.drafts[item.name] = st.session_state[self.key(item.name)]

    @property
    def changed(self) -> list[str]:
        """The inputs in which something else stands than when the form was opened."""
        return [name for name, shown in self.drafts.items() if shown != self.start.get(name)]

    @property
    def remark(self) -> str:
        """What is still to be said of its changes when they are saved."""
        told = (item.below for item in self.inputs if item.below and {*item.told_after} & {*self.changed})
        return " ".join(filter(None, (below(self.drafts) for below in told)))

    @property
    def would_be_lost(self) -> bool:
        """Whether something stands in it that goes with the session; long texts the browser keeps itself."""
        long = {item.name for item in self.inputs if item.kind == "long"}
        return not long.issuperset(self.changed)

    def told(self) -> None:
        """Tell the browser of a form that is drawn whether it has to ask before its window is closed."""
        self.drawn = st.session_state.get(_RUN, 0)
        typing_script.drafts(would_be_lost=self.would_be_lost)

    def values(self) -> dict[str, Any]:
        """The values of all inputs; problems are noted at their input and left out.

        Where one cannot be read, what the record itself would say of the others is noted with it, so that all
        faults stand there at once.
        """
        self.problems = {}
        found = {}
        for item in self.inputs:
            try:
                found[item.name] = item.read(self.drafts[item.name])
            except ValueError as problem:
                self.problems[item.name] = str(problem)
        if self.problems:
            names = {item.name for item in self.inputs} - self.problems.keys()
            known = {name: value for name, value in (self.base or {}).items() if name not in self.problems}
            wrong = faults(self.record, known | found)
            self.problems |= {name: said for name, said in wrong.items() if name in names}
        return found


def opened(
    name: str,
    record: type[Record],
    inputs: Sequence[Input],
    *,
    record_id: int | None = None,
    start: Mapping[str, Any] | None = None,
) -> Form | None:
    """The open form of that name, opened now if it was not; None where the record is gone.

    Where a backup has taken the place of the data, a form into which nobody has typed is opened anew.
    """
    forms = st.session_state.setdefault("forms", {})
    if name in forms:
        found: Form = forms[name]
        # What is offered, and what is locked, is as of now.
        found.offer(inputs)
        found.collect()
        if found.origin == current.present() or found.changed:
            return found
    stored = reading.record(current.engine(), record, record_id) if record_id is not None else None
    if record_id is not None and stored is None:
        return None
    st.session_state["form_generation"] = st.session_state.get("form_generation", 0) + 1
    forms[name] = Form(
        name,
        record,
        dict(start or {}) | dict(stored or {}),
        current.present(),
        record_id=record_id,
        version=stored["version"] if stored else None,
        base=stored,
        generation=st.session_state["form_generation"],
    )
    forms[name].offer(inputs)
    return forms[name]


def begin() -> None:
    """A page is about to be drawn."""
    st.session_state[_RUN] = st.session_state.get(_RUN, 0) + 1


def would_be_lost_elsewhere() -> bool:
    """Whether a form that is not on the page just drawn holds what goes with the session."""
    return any(form.would_be_lost for form in open_ones() if form.drawn != st.session_state[_RUN])


def open_ones() -> list[Form]:
    """All forms that are open in this session."""
    return list(st.session_state.get("forms", {}).values())


def is_open(form: Form) -> bool:
    """Whether this very form is, not another of its name that was opened after it."""
    return any(form is each for each in open_ones())


def close(form: Form) -> None:
    """Forget the form and what was typed into it, in the browser too."""
    typing_script.closed(form.generation)
    st.session_state.get("forms", {}).pop(form.name, None)


def close_untouched() -> None:
    """Forget the forms in which nobody has typed: after an undo they show what is stored again."""
    for form in open_ones():
        form.collect()
        if not form.changed:
            close(form)


def rebase(form: Form) -> None:
    """Open the form anew on what is stored now, with the user's own changes on top."""
    form.collect()
    form.problems = {}
    if form.record_id is None:
        form.origin = current.present()
        return
    mine = {name: form.drafts[name] for name in form.changed}
    close(form)
    try:
        renewed = opened(form.name, form.record, form.inputs, record_id=form.record_id)
    except StorageError as refusal:
        form.problems[""] = str(refusal)
    else:
        if renewed:
            renewed.drafts.update(mine)
            return
        form.problems[""] = "Diesen Eintrag gibt es nicht mehr. Was Sie eingegeben haben, steht noch hier."
    st.session_state["forms"][form.name] = form
