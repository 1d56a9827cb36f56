"""Masterplan: the proof by period, the roadmap, who carries what, the Haushaltsblatt, and what is missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from steering.analysis import plan, reminders
from steering.analysis.portfolio import Portfolio
from steering.analysis.proof import Proof, holding, proof
from steering.analysis.view import View
from steering.charts import roadmap
from steering.charts.drawing import Drawing
from steering.charts.theme import Theme
from steering.model import FindingKind, MeasureStatus, Provenance
from steering.model.german import count, day
from steering.model.vocabulary import word
from steering.web import (
    address,
    current,
    filters,
    finding_words,
    findings_view,
    panels,
    paper_view,
    period_form,
    plan_budget,
    plan_form,
    plan_tasks,
)
from steering.web.text import bold, plain

PROOF, ROADMAP, TASKS, BUDGET, MISSING = (
    "Nachweis",
    "Fahrplan",
    "Wer trägt was",
    "Haushaltsblatt",
    "Zu ergänzen",
)
SWITCH, TABLE = paper_view.PART, "measures_table"
NOTHING_YET = (
    "Es ist noch **keine Maßnahme** erfasst. Links unter »Maßnahme erfassen oder ändern« lässt sich die "
    "erste anlegen; auch eine Annahme aus »Was wäre wenn« lässt sich als Maßnahme behalten."
)
NO_FIELD = "ohne Handlungsfeld"
EMPTY_PROOF = "Bis zum Ende des Planungshorizonts gibt es keinen Hinweis, den eine Maßnahme schließen müsste."


def answer() -> None:
    """How many findings the plan leaves open next, and how many of them nobody has an answer to."""
    panels.answer("Masterplan", *current.derived(_sentences, _any_day(), filters.view().as_of, _ideas()))
    measures = current.portfolio().measures
    made_up = int((measures["provenance"] == Provenance.EXAMPLE).sum())
    if made_up:
        verb = "ist ein Beispiel" if made_up == 1 else "sind Beispiele"
        told = (
            "Alle Maßnahmen" if made_up == len(measures) > 1 else f"{made_up} von {len(measures)} Maßnahmen"
        )
        st.caption(f":material/science: {told} {verb}, erfunden, um das Programm zu zeigen.")


def body() -> None:
    """The part that is chosen."""
    writing = () if current.presenting() else (paper_view.WRITE,)
    parts = (PROOF, ROADMAP, TASKS, BUDGET, MISSING, *writing)
    if st.session_state.get(SWITCH) not in parts:
        st.session_state[SWITCH] = PROOF
    st.segmented_control(
        "Ansicht", parts, key=SWITCH, default=PROOF, required=True, label_visibility="collapsed"
    )
    match st.session_state[SWITCH]:
        case "Fahrplan":
            _roadmap()
        case "Wer trägt was":
            plan_tasks.show(_any_day())
        case "Haushaltsblatt":
            plan_budget.show(_any_day(), ideas=_ideas())
        case "Zu ergänzen":
            _missing()
        case paper_view.WRITE:
            paper_view.show()
        case _:
            _proof()


def _any_day() -> View:
    return findings_view.on_any_day(filters.view())


def _ideas() -> bool:
    return bool(st.session_state[address.MASTERPLAN] and st.session_state.get(address.IDEAS))


def _found(at: View, ideas: bool) -> Proof:
    # Without the toggle the page still proves the plan: it is what it is about.
    return current.of(proof, plan.planned(at, ()), ideas)


def _sentences(at: View, as_of: object, ideas: bool) -> tuple[str, ...]:
    if current.portfolio().structures.empty:
        return NOTHING_YET, panels.NOTHING_YET
    if current.portfolio().measures.empty:
        return (NOTHING_YET,)
    found = _found(at, ideas)
    if found.periods.empty:
        return ("Im Planungshorizont liegt kein Planungszeitraum. Bitte unten einen anlegen.",)
    later = found.periods[found.periods["first"] > pd.Timestamp(str(as_of))]
    row = (later if len(later) else found.periods.tail(1)).iloc[0]
    acting = int(found.contributions["measure_id"].nunique())
    left = holding(found.left, row["first"], row["last"])
    return (
        f"{bold(str(row['name']))}: {_open_sentence(int(row['without']), int(row['with_plan']))} "
        f"{_acting_sentence(acting)} {_unanswered_sentence(int((~left['named']).sum()), len(left))}".strip(),
    )


def _open_sentence(without: int, left: int) -> str:
    if not without and not left:
        return "Es gibt keinen Hinweis auf Lücken oder Mehrfachzuständigkeiten."
    if left > without:
        return f"Mit dem Masterplan wären {bold(count(left, 'Hinweis', 'Hinweise'))} offen statt {without}."
    verb = "bleibt" if left == 1 else "bleiben"
    rest = f"{left} von {count(without, 'Hinweis', 'Hinweisen')}" if left else f"keiner von {without}"
    if not left:
        hints = "dem einen Hinweis nichts" if without == 1 else f"von {without} Hinweisen keiner"
        return f"Mit dem Masterplan bleibt {bold(hints)} offen."
    return f"Mit dem Masterplan {verb} {bold(rest)} offen."


def _acting_sentence(acting: int) -> str:
    if not acting:
        return "Noch hat keine Maßnahme, die geplant oder beschlossen ist oder läuft, eine Wirkung."
    return f"{count(acting, 'Maßnahme', 'Maßnahmen')} {'wirkt' if acting == 1 else 'wirken'}."


def _unanswered_sentence(unanswered: int, left: int) -> str:
    if not left:
        return ""
    if not unanswered:
        return "Zu jedem, der offen bleibt, ist eine Maßnahme erfasst."
    return f"{bold(str(unanswered))} davon beantwortet keine Maßnahme."


def _proof() -> None:
    at, ideas = _any_day(), _ideas()
    found = _found(at, ideas)
    st.header("Offene Hinweise je Planungszeitraum: ohne → mit Masterplan", anchor=False)
    panels.table(
        current.derived(_kinds, at, ideas), "Offene Hinweise ohne und mit Masterplan", key="plan-kinds",
        empty=EMPTY_PROOF,
    )  # fmt: skip
    st.header("Was jede Maßnahme beiträgt", anchor=False)
    panels.table(
        current.derived(_contributions, at, ideas), "Beitrag der Maßnahmen", key="plan-contributions",
        empty="Noch wirkt keine Maßnahme.",
    )  # fmt: skip
    if len(found.contributions):
        st.caption(
            "Geschlossene Hinweise: **allein**, wenn es nur diese Maßnahme gäbe, dann **zuletzt**, wenn sie "
            "zu allen anderen hinzukommt. Beides ist gleich, wo Maßnahmen verschiedene Hinweise schließen; "
            "allein ist mehr, wo eine andere denselben schließt, und weniger, wo es zwei zugleich braucht. "
            "**Der Reihe nach** hinzugenommen ergeben die Beiträge genau die letzte Zeile. Ein Minus heißt: "
            "öffnet mehr, als sie schließt."
        )
    st.header("Was offen bleibt", anchor=False)
    panels.table(
        current.derived(_left, at, ideas), "Was offen bleibt", key="plan-left", on_select=_answer_finding,
        empty="Mit dem Masterplan bleibt nichts offen.",
    )  # fmt: skip
    if len(found.left):
        st.caption("Eine Zeile wählen, um links eine Maßnahme dazu anzulegen.")
    period_form.show(at)


def _kinds(at: View, ideas: bool) -> pd.DataFrame:
    found = _found(at, ideas)
    rows = []
    for kind, group in found.kinds.groupby("kind", sort=False):
        if group[["without", "with_plan"]].to_numpy().any():
            rows.append([word(FindingKind(str(kind))), *_arrows(group)])
    if rows:
        rows.append(["zusammen", *_arrows(found.periods)])
    return pd.DataFrame(rows, columns=["Art", *found.periods["name"]])


def _arrows(rows: pd.DataFrame) -> list[str]:
    return [f"{old} → {new}" for old, new in zip(rows["without"], rows["with_plan"], strict=True)]


def _contributions(at: View, ideas: bool) -> pd.DataFrame:
    found = _found(at, ideas)
    measures = current.portfolio().measures.set_index("id")
    rows = []
    for key, group in found.contributions.groupby("measure_id"):
        cells = [f"{_signed(a)} / {_signed(b)}" for a, b in zip(group["alone"], group["last"], strict=True)]
        status = word(MeasureStatus(measures["status"][key]))
        rows.append([measures["name"][key], status, *cells, _signed(group["in_turn"].sum())])
    closed = found.periods["without"] - found.periods["with_plan"]
    if rows:
        rows.append(["alle zusammen", "", *map(_signed, closed), _signed(closed.sum())])
    names = [f"{name}: allein / zuletzt" for name in found.periods["name"]]
    return pd.DataFrame(rows, columns=["Maßnahme", "Status", *names, "Der Reihe nach, alle Zeiträume"])


def _signed(number: float) -> str:
    return f"−{-int(number)}" if number < 0 else str(int(number))


def _left(at: View, ideas: bool) -> pd.DataFrame:
    rows = _found(at, ideas).left.sort_values("named", kind="stable")
    tasks = finding_words.task_names()
    return pd.DataFrame(
        {
            "Hinweis": [word(FindingKind(kind)) for kind in rows["kind"]],
            "Aufgabe": [tasks.get(key, "–") for key in rows["task_id"]],
            "Wo": [finding_words.places(found) for found in rows["municipalities"]],
            "Zeitraum": [
                finding_words.period(*pair) for pair in zip(rows["start"], rows["end"], strict=True)
            ],
            "Antwort": ["Maßnahme erfasst" if named else "keine Maßnahme" for named in rows["named"]],
        }
    )


def _answer_finding() -> None:
    picked = st.session_state["plan-left"]["selection"]["rows"]
    if picked:
        row = _found(_any_day(), _ideas()).left.sort_values("named", kind="stable").iloc[picked[0]]
        plan_form.begin_for_finding(row)


def _roadmap() -> None:
    rows = current.of(_measures)
    if rows.empty:
        st.info(NOTHING_YET.replace("**", ""))
        return
    panels.chart(current.derived(_drawn, _any_day(), panels.theme()), "Fahrplan", key="roadmap")
    st.caption("Meilensteine: Raute offen, Quadrat in Arbeit, Kreis erreicht.")
    panels.table(current.of(_listed), "Maßnahmen", key=TABLE, empty="", on_select=_choose)


def _listed(data: Portfolio) -> pd.DataFrame:
    rows = _measures(data)
    days = zip(rows["start"], rows["end"], strict=True)
    return pd.DataFrame(
        {
            "Handlungsfeld": rows["field"],
            "Maßnahme": rows["name"],
            "Status": [word(MeasureStatus(each)) for each in rows["status"]],
            "Zeitraum": [f"{day(start, 'offen')} bis {day(end, 'offen')}" for start, end in days],
            "Verantwortlich": rows["who"],
            "Beschluss": rows["decision"],
        }
    )


def _choose() -> None:
    picked = st.session_state[TABLE]["selection"]["rows"]
    if picked:
        plan_form.choose(int(current.of(_measures)["measure_id"].iloc[picked[0]]))


def _measures(data: Portfolio) -> pd.DataFrame:
    rows, fields = data.measures, data.fields.set_index("id")
    organisations, committees = data.organisations.set_index("id"), data.committees.set_index("id")
    found = pd.DataFrame(
        {
            "measure_id": rows["id"],
            "field": rows["field_id"].map(fields["name"]).astype(object).fillna(NO_FIELD),
            "name": rows["name"],
            "status": rows["status"],
            "start": rows["start"],
            "end": rows["end"],
            "who": rows["organisation_id"].map(organisations["name"]).astype(object).fillna("noch offen"),
            "decision": [
                f"{committee} am {day(on)}" if pd.notna(on) and isinstance(committee, str) else "–"
                for committee, on in zip(
                    rows["committee_id"].map(committees["short_name"]), rows["decided_on"], strict=True
                )
            ],
            "position": rows["field_id"].map(fields["position"]).astype("float64"),
        }
    )  # fmt: skip
    return (
        found.sort_values(["position", "start", "measure_id"]).drop(columns="position").reset_index(drop=True)
    )


def _drawn(at: View, theme: Theme) -> Drawing:
    return roadmap.roadmap(
        current.of(_measures), current.portfolio().milestones, at.horizon, at.today, theme=theme
    )


def _missing() -> None:
    rows = current.of(reminders.reminders, current.today())
    for reason in reminders.REASONS:
        some = rows[rows["reason"] == reason]
        if len(some):
            st.subheader(f"{reason}: {len(some)}", anchor=False)
            since = ["" if pd.isna(each) else f" (seit {day(each)})" for each in some["since"]]
            st.markdown(
                "\n".join(f"- {plain(name)}{when}" for name, when in zip(some["name"], since, strict=True))
            )
    if rows.empty:
        st.info("Bei keiner Maßnahme fehlt etwas, und keine ist überfällig.")
