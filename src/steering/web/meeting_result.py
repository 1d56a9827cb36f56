"""The Ergebnis of a point while it is written: kept as a draft, recorded, and never over somebody else's.

What somebody types is stored when they leave the field or pause. A session remembers on which version its
text rests. Where another one has written in between, both texts are shown, to choose one or unite them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.rounds import Point
from steering.model import AssessmentState, Outcome, OutcomeStatus, Progress, Subject
from steering.storage import assessing as storage
from steering.storage import reading, rounds
from steering.storage.problems import Conflict, Invalid, SchemaChanged
from steering.storage.writing import Edit
from steering.web import assessing, current, forms, typing_script
from steering.web.fields import Input, enumeration
from steering.web.text import plain

TEXT = Input("text", "Ergebnis", "long")
ON_FINDING = (
    Input("assessment", "Einschätzung", "choice", lambda: {None: "–", **enumeration(AssessmentState)()}),
    Input("progress", "Stand der Klärung", "choice", lambda: {None: "–", **enumeration(Progress)()}),
)
RESUBMIT = Input("resubmit_on", "Wiedervorlage am", "day")
INTERNAL = Input("internal_note", "Notiz nur Verwaltung zum Ergebnis", "long")
# So long a text may still be the one that was typed before somebody else's appeared in the field.
JUST_NOW = timedelta(seconds=15)


@dataclass
class Draft:
    """What a session knows of an Ergebnis: the version and record that its inputs rest on."""

    version: int
    base: Mapping[str, Any] | None
    replaced: tuple[int, Mapping[str, Any] | None, datetime] | None = None
    problems: dict[str, str] = field(default_factory=dict)
    conflict: Conflict | None = None


def show(
    point: Point, *, walk: Callable[[], None] | None = None, beside: Callable[[], None] | None = None
) -> None:
    """The result field, and for a finding its Einschätzung; what is typed is kept by itself.

    `walk` draws the way to the other points beside the button that records; `beside` what stands to the
    right of the text, the rest being then one row below both.
    """
    draft = _draft(point.id)
    _refresh(point, draft)
    with st.container(border=True, key="result"):
        left, right = st.columns([1.55, 1], gap="medium") if beside else (st.container(), None)
        with left, st.container(key=f"{typing_script.MARK}-{point.id}"):
            _input(point, TEXT, draft, height=130)
            if not current.discreet():
                with st.expander("Notiz nur Verwaltung", expanded=bool(point.outcome_note)):
                    _input(point, INTERNAL, draft, height=80)
        if right and beside:
            with right:
                beside()
        *places, foot = st.columns([1, 1, 1, 1.3], vertical_alignment="bottom") if beside else (
            *st.columns(3), st.container()
        )  # fmt: skip
        shown = [*(ON_FINDING if point.subject == Subject.FINDING else ()), RESUBMIT]
        for place, item in zip(places, shown, strict=False):
            with place:
                _input(point, item, draft)
        if problem := draft.problems.get(""):
            st.error(plain(problem))
        if draft.conflict:
            _conflict(point, draft, draft.conflict)
        with foot.container(horizontal=not beside, gap="small", vertical_alignment="center"):
            st.button("Ergebnis festhalten", type="primary", icon=":material/check:", on_click=_record,
                      args=(point,), key=f"record {point.id}")  # fmt: skip
            if walk:
                walk()
            st.caption(_standing(point))
    typing_script.run()


def _standing(point: Point) -> str:
    if point.outcome_status == OutcomeStatus.RECORDED:
        return "Festgehalten. Eine Änderung macht es wieder zum Entwurf."
    if point.outcome_status == OutcomeStatus.DRAFT:
        return "Als Entwurf gespeichert, noch nicht festgehalten."
    return "Was hier steht, wird von selbst als Entwurf gespeichert."


def _draft(point_id: int) -> Draft:
    drafts = st.session_state.setdefault("meeting_drafts", {})
    if point_id not in drafts:
        stored = _stored(point_id)
        drafts[point_id] = Draft(stored["version"] if stored else rounds.NOT_YET, stored)
    found: Draft = drafts[point_id]
    return found


def _stored(point_id: int) -> Mapping[str, Any] | None:
    key = current.of(_ids).get(point_id)
    return None if key is None else reading.record(current.engine(), Outcome, key)


def _ids(portfolio: Portfolio) -> dict[int, int]:
    rows = portfolio.outcomes
    return dict(zip(rows["agenda_item_id"].astype(int), rows["id"].astype(int), strict=True))


def _refresh(point: Point, draft: Draft) -> None:
    """Show what others have written since, in every field in which nothing of one's own is waiting."""
    stored = _stored(point.id)
    version = stored["version"] if stored else rounds.NOT_YET
    if version == draft.version or draft.conflict or draft.problems:
        return
    for item in _inputs(point):
        if _key(point.id, item) in st.session_state:
            st.session_state[_key(point.id, item)] = _shown(item, stored)
    draft.replaced = (draft.version, draft.base, current.now())
    draft.version, draft.base = version, stored


def _inputs(point: Point) -> list[Input]:
    found = [TEXT, RESUBMIT, *(ON_FINDING if point.subject == Subject.FINDING else ())]
    return found if current.discreet() else [*found, INTERNAL]


def _key(point_id: int, item: Input) -> str:
    return f"result {point_id} {item.name}"


def _shown(item: Input, stored: Mapping[str, Any] | None) -> Any:
    return item.shown(stored[item.name] if stored else None)


def _input(point: Point, item: Input, draft: Draft, height: int | None = None) -> None:
    key = _key(point.id, item)
    if key not in st.session_state:
        st.session_state[key] = _shown(item, draft.base)
    if height:
        st.text_area(
            item.label, key=key, height=height, on_change=_keep, args=(point,),
            placeholder="Was ist das Ergebnis?" if item is TEXT else None,
        )  # fmt: skip
    elif item.kind == "choice":
        words = item.options() if item.options else {}
        st.selectbox(item.label, list(words), key=key, format_func=words.__getitem__, on_change=_keep,
                     args=(point,), placeholder="–")  # fmt: skip
    else:
        st.text_input(item.label, key=key, placeholder="TT.MM.JJJJ", autocomplete="off", on_change=_keep,
                      args=(point,))  # fmt: skip
    if problem := draft.problems.get(item.name):
        st.caption(f":red[:material/error: {plain(problem)}]")


def _keep(point: Point) -> None:
    """Store what differs from what is stored, as a draft."""
    draft = _draft(point.id)
    changed = _changed(point, draft)
    if changed and not draft.problems and not draft.conflict:
        _write(point, draft, {**changed, "status": OutcomeStatus.DRAFT})


def _record(point: Point) -> None:
    """Record the Ergebnis for good; on a finding it sets the Einschätzung in the same step."""
    draft = _draft(point.id)
    changed = _changed(point, draft)
    if draft.problems or draft.conflict:
        return
    now = dict(draft.base or {}) | changed
    if not str(now.get("text") or "").strip() and not now.get("assessment"):
        draft.problems["text"] = "Bitte erst ein Ergebnis eintragen."
        return
    _write(point, draft, {**changed, "status": OutcomeStatus.RECORDED}, _decided(point, now))


def _changed(point: Point, draft: Draft) -> dict[str, Any]:
    """What stands in the inputs and is not stored yet; what cannot be read is noted at its input."""
    draft.problems = {}
    found = {}
    for item in _inputs(point):
        if _key(point.id, item) not in st.session_state:
            continue
        shown = st.session_state[_key(point.id, item)]
        if shown == _shown(item, draft.base):
            continue
        try:
            found[item.name] = item.read(shown)
        except ValueError as problem:
            draft.problems[item.name] = str(problem)
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
        current.engine(), point.subject_key, values, actor=forms.actor(), now=current.now()
    )
    return [edit]


def _write(point: Point, draft: Draft, values: dict[str, Any], more: list[Edit] | None = None) -> None:
    version, base = _rests_on(draft, values)
    try:
        receipt = rounds.keep(
            current.engine(), point.id, values, actor=forms.actor(), now=current.now(), version=version,
            base=base, more=more or [],
        )  # fmt: skip
    except Conflict as conflict:
        draft.conflict = conflict
    except Invalid as invalid:
        names = {item.name for item in _inputs(point)}
        for problem in invalid.problems:
            draft.problems[problem.field if problem.field in names else ""] = problem.message
    except SchemaChanged as refusal:
        draft.problems[""] = str(refusal)
    else:
        current.refresh()
        stored = reading.record(current.engine(), Outcome, receipt.ids[0])
        draft.version, draft.base = (stored["version"], stored) if stored else (rounds.NOT_YET, None)
        draft.replaced = None
        if values["status"] == OutcomeStatus.RECORDED and receipt.batch:
            st.session_state["saved"] = (f"Ergebnis zu »{point.name}«", receipt.batch)
            st.session_state["announce"] = True


def _rests_on(draft: Draft, values: Mapping[str, Any]) -> tuple[int, Mapping[str, Any] | None]:
    """The version that a text was typed on.

    Where somebody else's text has just replaced the one in the field, this browser may not have shown it
    before its user began to type: a text that has nothing of the new one rests on the one before.
    """
    if draft.replaced and "text" in values:
        version, base, at = draft.replaced
        there = str((draft.base or {}).get("text") or "")
        if current.now() - at < JUST_NOW and there and not _grown(there, str(values["text"])):
            return version, base
    return draft.version, draft.base


def _grown(old: str, new: str) -> bool:
    """Whether a text is an edit of another: half of that or more still stands at its ends."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return 2 * (start + end) >= len(old)


def _conflict(point: Point, draft: Draft, conflict: Conflict) -> None:
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


def _rebased(point: Point) -> tuple[Draft, Mapping[str, Any] | None]:
    draft, stored = _draft(point.id), _stored(point.id)
    draft.conflict, draft.replaced = None, None
    draft.version, draft.base = (stored["version"], stored) if stored else (rounds.NOT_YET, None)
    return draft, stored


def _mine(point: Point) -> None:
    _rebased(point)
    _keep(point)


def _theirs(point: Point) -> None:
    _, stored = _rebased(point)
    for item in _inputs(point):
        st.session_state[_key(point.id, item)] = _shown(item, stored)


def _unite(point: Point) -> None:
    _, stored = _rebased(point)
    mine = str(st.session_state.get(_key(point.id, TEXT)) or "")
    st.session_state[_key(point.id, TEXT)] = "\n".join(filter(None, (_shown(TEXT, stored), mine)))
    _keep(point)
