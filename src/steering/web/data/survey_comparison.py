"""What bodies say about a task side by side; one answer, or several together, become a need."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from steering.analysis.portfolio import Portfolio
from steering.analysis.surveys import comparison, twice
from steering.analysis.surveys.together import Suggestion, changing, suggestion
from steering.model import Level, Needed, NeedKind, NeedUnit, Priority
from steering.model.german import count, day, listing, number
from steering.model.vocabulary import word
from steering.storage import surveying
from steering.web import current, held_choice, panels
from steering.web.data import edited
from steering.web.editing import attempts
from steering.web.editing.widgets import NOTHING_CHOSEN
from steering.web.text import plain

TASK, SIDES, PICK, SURE, INSTEAD = (
    "survey task", "survey sides", "wählen", "survey sure", "survey instead",
)  # fmt: skip
_FIRST = (comparison.TO_DECIDE, comparison.TO_CLARIFY)
_NEW = "einen neuen Bedarf anlegen"


def show(round_id: int) -> None:
    """All tasks with how they were answered, and one of them in full."""
    tasks: pd.DataFrame = current.of(comparison.tasks, round_id)
    if tasks.empty:
        st.info("Es ist noch keine Antwort eingelesen. Das geht unter »Antworten einlesen«.")
        return
    st.markdown(_summary(tasks))
    first = tasks["state"].map({state: place for place, state in enumerate(_FIRST)}).fillna(len(_FIRST))
    order = tasks.assign(first=first).sort_values("first", kind="stable")
    _one(round_id, order)
    st.subheader("Alle Aufgaben", anchor=False)
    shown = pd.DataFrame(
        {
            "Aufgabe": tasks["task"], "Stand": tasks["state"], "ja": tasks["yes"], "nein": tasks["no"],
            "nicht bekannt": tasks["unknown"], "zu klären": tasks["doubts"], "Handlungsfeld": tasks["field"],
        }
    )  # fmt: skip
    panels.table(shown, "Antworten je Aufgabe", key="survey-tasks", empty="")


def _summary(tasks: pd.DataFrame) -> str:
    waiting = int(tasks["state"].isin(_FIRST).sum())
    said = (
        f"Beantwortet {'ist' if len(tasks) == 1 else 'sind'} **{count(len(tasks), 'Aufgabe', 'Aufgaben')}**"
    )
    if not waiting:
        return f"{said}; über alle ist entschieden."
    return f"{said}; über **{waiting}** ist noch zu entscheiden."


def _one(round_id: int, tasks: pd.DataFrame) -> None:
    """The answers to the chosen task with boxes, and what the ticked ones make."""
    names = {int(row["task_id"]): f"{row['task']} ({row['state']})" for row in tasks.to_dict("records")}
    names = held_choice.hold(TASK, names)
    if st.session_state.get(TASK) not in names:
        st.session_state.pop(TASK, None)
    task = st.selectbox(
        "Aufgabe", list(names), key=TASK, format_func=names.__getitem__, placeholder=NOTHING_CHOSEN
    )
    answers: pd.DataFrame = current.of(comparison.side_by_side, round_id, int(task))
    sides = f"{SIDES} {task}"
    chosen = _picked(answers, sides)
    for row in answers[answers["holds"] & (answers["doubt"] != "")].to_dict("records"):
        st.warning(f"**{plain(row['body_name'])}:** {plain(row['doubt'])}")
    if chosen.empty:
        st.caption("Wählen Sie eine Antwort »ja« oder mehrere; zusammen werden sie ein Bedarf.")
        return
    _offer(chosen, sides)


def _picked(answers: pd.DataFrame, key: str) -> pd.DataFrame:
    """The answers with a box each; those that are ticked and can become a need."""
    can = answers["holds"] & (answers["needed"] == Needed.YES) & answers["need_id"].isna()
    shown = current.of(_shown, tuple(answers["answer_id"].tolist()))
    first = can & (answers["doubt"] == "")
    if may_double := _may_double(answers[first]):
        st.caption(f"Vorausgewählt ist nichts. {plain(' '.join(may_double))}")
    offered = {PICK: first & (not may_double), "answer_id": answers["answer_id"]}
    edited.draw(
        shown.assign(**offered)[[PICK, *shown.columns, "answer_id"]],
        PICK,
        by="answer_id",
        key=key,
        column_config={PICK: st.column_config.CheckboxColumn(PICK, width=90)},
    )
    ticked = answers["answer_id"].map(edited.values(key)).astype(bool)
    left_out = answers[ticked & ~can]
    if len(left_out):
        who = listing(list(dict.fromkeys(left_out["body_name"])))
        st.caption(
            f"Nicht dabei: {plain(who)}. Ein Bedarf wird nur aus Antworten »ja«, die gelten und nicht schon "
            "übernommen sind."
        )
    return answers[ticked & can]


def _may_double(answers: pd.DataFrame) -> tuple[str, ...]:
    """Why answers are not ticked all at once: together they might count the same thing twice."""
    if answers.empty:
        return ()
    earlier = comparison.earlier_needs(current.portfolio(), answers)
    return (*twice.places(answers), *twice.periods(answers), *twice.several(earlier))


def _shown(portfolio: Portfolio, ids: tuple[int, ...]) -> pd.DataFrame:
    """Who says what, in words; the rows in the order of the ids."""
    from_all = comparison.answers(portfolio).set_index("answer_id").loc[list(ids)]
    areas, groups = portfolio.names("area"), portfolio.names("target_group")
    needs = portfolio.names("need")
    return pd.DataFrame(
        [
            {
                "Wer": row["body_name"],
                "Bedarf?": word(Needed(row["needed"])),
                "Wie viel": amount(row),
                "Für wen": ", ".join(str(groups[key]) for key in sorted(row["groups"])),
                "Gebiet": areas.get(row["area_id"], ""),
                "von – bis": _period(row),
                "Stand": _standing(row, needs),
                "Begründung": row["reason"],
                "Art": word(NeedKind(row["kind"])),
                "Ebene": "" if pd.isna(row["level"]) else word(Level(row["level"])),
                "Standort": row["site"],
                "Priorität": "" if pd.isna(row["priority"]) else word(Priority(row["priority"])),
                "eingegangen": day(row["received_on"]),
            }
            for row in from_all.to_dict("records")
        ]
    )


def amount(row: Any) -> str:
    """2 VZÄ; empty where no figure is named."""
    if pd.isna(row["quantity"]):
        return ""
    unit = "" if pd.isna(row["unit"]) else f" {word(NeedUnit(row['unit']))}"
    return f"{number(row['quantity'], 4)}{unit}"


def _period(row: Any) -> str:
    first, last = day(row["valid_from"], ""), day(row["valid_until"], "")
    return f"{first or 'schon jetzt'} – {last or 'auf Dauer'}"


def _standing(row: Any, needs: pd.Series) -> str:
    if not row["holds"]:
        return "überholt"
    if pd.notna(row["need_id"]):
        return f"übernommen: {needs.get(row['need_id'], 'Bedarf')}"
    return "zu klären" if row["doubt"] else ""


def _offer(chosen: pd.DataFrame, sides: str) -> None:
    """What the ticked answers make together, and the button that makes it."""
    ids = tuple(int(key) for key in chosen["answer_id"])
    made: Suggestion = current.of(_suggested, ids)
    st.markdown(_said(made, len(chosen)))
    earlier = comparison.earlier_needs(current.portfolio(), chosen)
    instead = None
    if own := comparison.changeable(current.portfolio(), earlier):
        options: dict[int | None, str] = {None: _NEW}
        options |= {key: f"»{name}« ändern" for key, name in own.items()}
        instead = st.selectbox(
            "Aus einer früheren Antwort ist schon ein Bedarf entstanden",
            list(options), key=f"{INSTEAD} {ids}", format_func=options.__getitem__, index=1,
            placeholder=NOTHING_CHOSEN,
        )  # fmt: skip
    if instead is not None:
        made = changing(current.portfolio(), made, instead)
    for note in (*made.notes, *twice.left_standing(earlier, instead)):
        st.caption(plain(note))
    doubtful = (chosen["doubt"] != "").any()
    sure = not doubtful or st.checkbox("Ist geklärt und soll so übernommen werden", key=f"{SURE} {ids}")
    many = f"{len(ids)} Antworten zusammen" if len(ids) > 1 else "1 Antwort"
    st.button(
        f"{many} als Bedarf übernehmen", key="survey take", type="primary", disabled=not sure,
        on_click=_take, args=(current.portfolio(), made, ids, instead, sides),
    )  # fmt: skip
    st.caption("Der Bedarf lässt sich auf »Bedarfe« weiter bearbeiten, das Übernehmen rückgängig machen.")


def _said(made: Suggestion, many: int) -> str:
    values = made.need
    much = amount(values)
    areas = current.portfolio().names("area")
    names = current.portfolio().municipalities.set_index("ags")["name"]
    where = (
        str(areas[values["area_id"]])
        if values["area_id"] is not None
        else listing([str(names[ags]) for ags in sorted(made.places)])
    )
    together = "Zusammen" if many > 1 else "Das wird"
    return f"{together}: **{much or 'Bedarf ohne Menge'}**, {plain(where)}."


def _suggested(portfolio: Portfolio, ids: tuple[int, ...]) -> Suggestion:
    said = comparison.answers(portfolio)
    return suggestion(portfolio, said[said["answer_id"].isin(ids)])


def _take(
    portfolio: Portfolio, made: Suggestion, ids: tuple[int, ...], instead: int | None, sides: str
) -> None:
    """Keep what is on the screen; it is refused where somebody was faster."""
    if attempts.attempt(
        lambda: surveying.take_over(
            current.engine(), portfolio, made.need, made.places, ids,
            replaces=instead, actor=attempts.actor(), now=current.now(),
        ),
        f"Bedarf »{made.need['name']}«",
    ):  # fmt: skip
        edited.forget(sides)
