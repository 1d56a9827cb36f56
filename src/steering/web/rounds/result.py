"""The Ergebnis of a point while it is written: kept as a draft, recorded, and never over somebody else's.

What somebody types is stored when they leave the field or pause. A session remembers on which version its
text rests. Where another one has written in between, both texts are shown, to choose one or unite them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from steering.analysis.rounds import Point
from steering.model import AssessmentState, OutcomeStatus, Progress, Subject
from steering.storage import assessing as storage
from steering.storage import rounds
from steering.storage.problems import Conflict, Invalid, Receipt, StorageError
from steering.storage.writing import Edit
from steering.web import current
from steering.web.browser import typing_script
from steering.web.editing import attempts
from steering.web.editing.widgets import Input, enumeration, tell
from steering.web.findings import assessing
from steering.web.rounds import result_draft
from steering.web.text import plain

TEXT = Input("text", "Ergebnis", "long")
ON_FINDING = (
    Input("assessment", "Einschätzung", "choice", lambda: {None: "–", **enumeration(AssessmentState)()}),
    Input("progress", "Stand der Klärung", "choice", lambda: {None: "–", **enumeration(Progress)()}),
)
RESUBMIT = Input("resubmit_on", "Wiedervorlage am", "day")
INTERNAL = Input("internal_note", "Notiz nur Verwaltung zum Ergebnis", "long")
# What may be all that came of a point.
_BESIDE = (*ON_FINDING, RESUBMIT, INTERNAL)


def show(
    point: Point, *, walk: Callable[[], None] | None = None, beside: Callable[[], None] | None = None
) -> None:
    """The result field, and for a finding its Einschätzung; what is typed is kept by itself.

    `walk` draws the way to the other points beside the button that records; `beside` what stands to the
    right of the text, the rest being then a row of its own below both, which a projector always shows.
    """
    draft = result_draft.of(point.id)
    if _waits(point, draft):
        _keep(point)
    _refresh(point, draft)
    with st.container(border=True, key="result"):
        left, right = st.columns([1.4, 1], gap="small") if beside else (st.container(), None)
        with left:
            _input(point, TEXT, draft, height=130)
            if not current.discreet():
                with st.expander("Notiz nur Verwaltung", expanded=bool(point.outcome_note)):
                    _input(point, INTERNAL, draft, height=80)
        if right and beside:
            with right:
                beside()
        if problem := draft.problems.get(""):
            st.error(plain(problem))
        if draft.conflict:
            _conflict(point, draft, draft.conflict)
        if not beside:
            _foot(point, draft, walk)
    if beside:
        with st.container(key="result-foot"):
            _foot(point, draft, walk, in_a_row=True)
    draft.shown = True


def _foot(
    point: Point, draft: result_draft.ResultDraft, walk: Callable[[], None] | None, *, in_a_row: bool = False
) -> None:
    """What belongs to the text, and the button that records both."""
    places = st.columns([1, 1, 0.9, 1.7] if in_a_row else 3, vertical_alignment="bottom")
    foot = places[3] if in_a_row else st.container()
    shown = [*(ON_FINDING if point.subject == Subject.FINDING else ()), RESUBMIT]
    for place, item in zip(places, shown, strict=False):
        with place:
            _input(point, item, draft)
    with foot.container(horizontal=not in_a_row, gap="small", vertical_alignment="center"):
        st.button("Ergebnis festhalten", type="primary", icon=":material/check:", on_click=_record,
                  args=(point,), key=f"record {point.id}")  # fmt: skip
        if walk:
            walk()
        st.caption(_standing(point))


def _standing(point: Point) -> str:
    said = {
        OutcomeStatus.RECORDED: "Festgehalten. Eine Änderung macht es wieder zum Entwurf.",
        OutcomeStatus.DRAFT: "Entwurf, noch nicht festgehalten.",
        None: "Was hier steht, wird von selbst als Entwurf gespeichert.",
    }
    return said[point.outcome_status]


def _refresh(point: Point, draft: result_draft.ResultDraft) -> None:
    """Show what others have written since, in every field in which nothing of one's own is waiting."""
    stored = result_draft.stored(point.id)
    version = stored["version"] if stored else rounds.NOT_YET
    if draft.origin != current.present():
        if mine := _changed(point, draft):
            draft.conflict = result_draft.restored(draft, point.id, mine)
        else:
            _fill(point, result_draft.rebase(draft, point.id))
        return
    if version == draft.version or draft.conflict or not _lets_in(draft, stored):
        return
    _fill(point, stored, without=draft.problems)
    draft.replaced = (draft.version, draft.base, current.now())
    draft.version, draft.base = version, stored


def _lets_in(draft: result_draft.ResultDraft, stored: Mapping[str, Any] | None) -> bool:
    """Whether what others have written touches nothing that waits here because it was refused."""
    before, now = dict(draft.base or {}), dict(stored or {})
    return "" not in draft.problems and all(before.get(name) == now.get(name) for name in draft.problems)


def _inputs(point: Point) -> list[Input]:
    found = [TEXT, RESUBMIT, *(ON_FINDING if point.subject == Subject.FINDING else ())]
    return found if current.discreet() else [*found, INTERNAL]


def _key(point_id: int, item: Input) -> str:
    return f"result {point_id} {item.name}"


def _shown(item: Input, stored: Mapping[str, Any] | None) -> Any:
    return item.shown(stored[item.name] if stored else None)


def _input(point: Point, item: Input, draft: result_draft.ResultDraft, height: int | None = None) -> None:
    key = _key(point.id, item)
    if key not in st.session_state or not draft.shown:
        # A browser that comes back after a restart brings its own words: it is told what is stored first.
        st.session_state[key] = _shown(item, draft.base)
    if height:
        stored = draft.stored_text(item.name, _shown(item, draft.base))
        with typing_script.field(key, stored, held=draft.holds(item.name)):
            st.text_area(
                item.label, key=key, height=height, on_change=_keep, args=(point,), persist_state="session",
                placeholder="Was ist das Ergebnis?" if item is TEXT else None,
            )  # fmt: skip
    elif item.kind == "choice":
        words = item.options() if item.options else {}
        st.selectbox(item.label, list(words), key=key, format_func=words.__getitem__, on_change=_keep,
                     args=(point,), placeholder="–", persist_state="session")  # fmt: skip
    else:
        st.text_input(item.label, key=key, placeholder="TT.MM.JJJJ", autocomplete="off", on_change=_keep,
                      args=(point,), persist_state="session")  # fmt: skip
    if problem := draft.problems.get(item.name):
        tell(problem)


def _keep(point: Point) -> None:
    """Store what differs from what is stored, as a draft; what is refused waits in its input."""
    draft = result_draft.of(point.id)
    changed = _changed(point, draft)
    if changed and not draft.conflict:
        _write(point, draft, {**changed, "status": OutcomeStatus.DRAFT})


def _record(point: Point) -> None:
    """Record the Ergebnis for good; on a finding it sets the Einschätzung in the same step."""
    draft = result_draft.of(point.id)
    changed = _changed(point, draft)
    if draft.problems or draft.conflict:
        return
    now = dict(draft.base or {}) | changed
    if not str(now.get("text") or "").strip() and not any(now.get(item.name) for item in _BESIDE):
        draft.problems["text"] = "Bitte erst ein Ergebnis eintragen."
        return
    _write(point, draft, {**changed, "status": OutcomeStatus.RECORDED}, _decided(point, now))


def _waits(point: Point, draft: result_draft.ResultDraft) -> bool:
    """Whether something was handed over and is not stored, without anybody being asked about it."""
    if not draft.shown:
        return False
    keys = {item: _key(point.id, item) for item in _inputs(point) if not draft.holds(item.name)}
    return any(
        key in st.session_state
        and st.session_state[key] != draft.stored_text(item.name, _shown(item, draft.base))
        for item, key in keys.items()
    )


def _changed(point: Point, draft: result_draft.ResultDraft) -> dict[str, Any]:
    """What stands in the inputs and is not stored yet; what cannot be read is noted at its input."""
    draft.problems = {}
    found = {}
    for item in _inputs(point):
        if _key(point.id, item) not in st.session_state:
            continue
        shown = st.session_state[_key(point.id, item)]
        if shown == draft.stored_text(item.name, _shown(item, draft.base)):
            continue
        try:
            value = item.read(shown)
        except ValueError as problem:
            draft.problems[item.name] = str(problem)
            continue
        if item.shown(value.strip() if isinstance(value, str) else value) != _shown(item, draft.base):
            found[item.name] = value
        else:
            # Another way to write the same, or a blank at the end, makes nothing a draft again.
            draft.typed[item.name] = (shown, _shown(item, draft.base))
    return found


def _decided(point: Point, now: Mapping[str, Any]) -> list[Edit]:
    if point.subject != Subject.FINDING or not now.get("assessment"):
        return []
    values = {
        "state": now["assessment"],
        "progress": now.get("progress") or Progress.OPEN,
        "resubmit_on": now.get("resubmit_on"),
        "reason": str(now.get("text") or ""),
        **assessing.seen(point.subject_key),
    }
    edit = storage.as_edit(
        current.engine(), point.subject_key, values, actor=attempts.actor(), now=current.now()
    )
    return [edit]


def _write(
    point: Point, draft: result_draft.ResultDraft, values: dict[str, Any], more: list[Edit] | None = None
) -> None:
    version, base = result_draft.rests_on(draft, values)
    engine = current.engine(draft.origin)
    try:
        receipt = _kept(engine, point, values, version, base, more or [])
    except Conflict as conflict:
        draft.conflict = conflict
    except Invalid as invalid:
        names = {item.name for item in _inputs(point)}
        for problem in invalid.problems:
            draft.problems[problem.field if problem.field in names else ""] = problem.message
        left = {name: value for name, value in values.items() if name not in draft.problems}
        if left.keys() - {"status"} and len(left) < len(values) and "" not in draft.problems:
            _write(point, draft, {**left, "status": OutcomeStatus.DRAFT})
    except StorageError as refusal:
        draft.problems[""] = str(refusal)
    else:
        current.refresh()
        stored = result_draft.rebase(draft, point.id)
        _fill(point, stored, without={*values, *draft.problems})
        for item in _inputs(point):
            if item.name in values:
                draft.typed[item.name] = (st.session_state[_key(point.id, item)], _shown(item, stored))
        if values["status"] == OutcomeStatus.RECORDED and receipt.batch:
            attempts.announce(f"Ergebnis zu »{point.name}«", receipt.batch)


def _kept(
    engine: Engine,
    point: Point,
    values: Mapping[str, Any],
    version: int,
    base: Mapping[str, Any] | None,
    more: list[Edit],
) -> Receipt:
    """Write it, once more on the newer version where somebody else has only touched other fields."""

    def keep(on: int, seen: Mapping[str, Any] | None) -> Receipt:
        return rounds.keep(
            engine, point.id, values, actor=attempts.actor(), now=current.now(), version=on, base=seen,
            more=more,
        )  # fmt: skip

    try:
        return keep(version, base)
    except Conflict as conflict:
        theirs = {one.field for one in conflict.fields} - {"status"}
        if conflict.index or theirs & values.keys():
            raise
        return keep(conflict.version, None)


def _fill(point: Point, stored: Mapping[str, Any] | None, without: Container[str] = frozenset()) -> None:
    """Let the inputs say what is stored, but for those that somebody is writing in."""
    typed = result_draft.of(point.id).typed
    for item in _inputs(point):
        if _key(point.id, item) in st.session_state and item.name not in without:
            st.session_state[_key(point.id, item)] = _shown(item, stored)
            typed.pop(item.name, None)


def _conflict(point: Point, draft: result_draft.ResultDraft, conflict: Conflict) -> None:
    theirs = next((one.theirs for one in conflict.fields if one.field == "text"), None)
    st.warning(f"{plain(conflict.actor or 'Jemand anderes')} hat inzwischen an diesem Punkt geschrieben. "
               "Beide Texte stehen noch; bitte wählen oder vereinen.")  # fmt: skip
    if theirs is not None:
        st.markdown("**Dort gespeichert:**")
        st.markdown(plain(str(theirs)) or "*leer*")
    with st.container(horizontal=True, gap="small"):
        st.button("Meinen Text behalten", key=f"mine {point.id}", on_click=_mine, args=(point,))
        st.button("Den anderen übernehmen", key=f"theirs {point.id}", on_click=_theirs, args=(point,))
        st.button("Beide vereinen", key=f"unite {point.id}", on_click=_unite, args=(point,))


def _mine(point: Point) -> None:
    result_draft.rebase(result_draft.of(point.id), point.id)
    _keep(point)


def _theirs(point: Point) -> None:
    _fill(point, result_draft.rebase(result_draft.of(point.id), point.id))


def _unite(point: Point) -> None:
    stored = result_draft.rebase(result_draft.of(point.id), point.id)
    mine = str(st.session_state.get(_key(point.id, TEXT)) or "")
    st.session_state[_key(point.id, TEXT)] = "\n".join(filter(None, (_shown(TEXT, stored), mine)))
    _keep(point)
