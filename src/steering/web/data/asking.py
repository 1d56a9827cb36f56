"""A round in which others are asked in writing: which one is looked at, and the form that begins one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import pandas as pd
import streamlit as st

from steering.analysis.asking import with_article
from steering.model import ConfirmationRound, ReplyState, SurveyRound
from steering.model.german import count, day
from steering.model.telling_apart import told_apart
from steering.model.vocabulary import word
from steering.storage import archiving, reading
from steering.storage.problems import Invalid, Receipt, StorageError
from steering.web import current, panels
from steering.web.data import edited
from steering.web.editing import attempts, record_forms
from steering.web.editing.record_forms import Form
from steering.web.editing.widgets import NOTHING_CHOSEN, Input
from steering.web.text import plain

WEEKS_TO_ANSWER = 4
ASK = "fragen"
_ZIP = "application/zip"


class SentRound(NamedTuple):
    """What a round is called, when it went out and when answers are due."""

    name: str
    sent_on: date
    due: date


def rounds(frame: pd.DataFrame) -> dict[int, SentRound]:
    """The rounds by id, the latest first."""
    rows = frame.sort_values(["sent_on", "id"], ascending=False)
    return {
        int(row["id"]): SentRound(row["name"], row["sent_on"].date(), row["due"].date())
        for row in rows.to_dict("records")
    }


def ticked(
    offer: pd.DataFrame, who: str, *, by: str, key: str, height: int | Literal["auto"]
) -> frozenset[Any]:
    """Those of an offer who are ticked.

    `offer`: a row for each who can be asked, with ASK for whether that is proposed, the name in the column
    `who` and what tells them apart in the column `by`.
    """
    edited.draw(
        offer,
        ASK,
        by=by,
        key=key,
        column_config={
            ASK: st.column_config.CheckboxColumn(ASK, width=70),
            who: st.column_config.TextColumn(width="large"),
        },
        height=height,
    )
    return ticked_now(key)


def ticked_now(key: str) -> frozenset[Any]:
    """Those who are ticked at this moment, also when a button is pressed."""
    return frozenset(one for one, on in edited.values(key).items() if on)


def looked_at(known: dict[int, SentRound], label: str, *, key: str) -> int:
    """The round that is looked at: one that has just begun, else the one that somebody chooses."""
    if st.session_state.get(key) not in known:
        st.session_state.pop(key, None)
    if len(known) > 1:
        titles = told_apart({each: _title(sent) for each, sent in known.items()})
        st.selectbox(
            label,
            list(known),
            key=key,
            format_func=titles.__getitem__,
            placeholder=NOTHING_CHOSEN,
        )
    return int(st.session_state.get(key) or next(iter(known)))


AskingRecord = type[ConfirmationRound] | type[SurveyRound]


def archive_button(record: AskingRecord, round_id: int, what: str) -> None:
    """Put a round aside that was begun by mistake, or is over for good."""
    name = str(record.__tablename__)
    st.button(f"{what} archivieren", key=f"archive {name}", on_click=_archive, args=(record, round_id, what))
    st.caption(
        "Was archiviert ist, erscheint hier nicht mehr, mit den Antworten darauf; was daraus übernommen "
        "wurde, bleibt. Es lässt sich unten wiederherstellen."
    )


def archived_rounds(record: AskingRecord, one: str, many: str) -> None:
    """The rounds that were put aside, each with the way back; nothing where there is none."""
    rows = reading.archived(current.engine(), record)
    if rows.empty:
        return
    with st.expander(f"Archiviert: {count(len(rows), one, many)}"):
        for row in rows.to_dict("records"):
            sent = SentRound(row["name"], row["sent_on"].date(), row["due"].date())
            st.markdown(f"{plain(_title(sent))}, archiviert am {day(row['archived_on'])}")
            st.button(
                "Wiederherstellen", key=f"restore {record.__tablename__} {row['id']}", on_click=_restore,
                args=(record, int(row["id"]), int(row["version"]), one),
            )  # fmt: skip


def _archive(record: AskingRecord, round_id: int, what: str) -> None:
    rows = current.portfolio().frame(str(record.__tablename__))
    version = int(rows.loc[rows["id"] == round_id, "version"].iloc[0])
    attempts.attempt(
        lambda: archiving.archive(
            current.engine(), record, round_id, version, actor=attempts.actor(), now=current.now()
        ),
        what,
        state="archiviert",
    )


def _restore(record: AskingRecord, round_id: int, version: int, what: str) -> None:
    attempts.attempt(
        lambda: archiving.restore_record(
            current.engine(), record, round_id, version, actor=attempts.actor(), now=current.now()
        ),
        what,
        state="wiederhergestellt",
    )


def _title(one: SentRound) -> str:
    return f"{one.name} (versandt {day(one.sent_on)}, Frist {day(one.due)})"


def state_words(state: ReplyState, late: int) -> str:
    """How far an answer has come, with the days by which it is late."""
    if state == ReplyState.OVERDUE:
        return f"{word(state)}, {count(late, 'Tag', 'Tage')} überfällig"
    return word(state)


def downloads(
    key: str,
    beginning: str,
    whom: str,
    everybody: frozenset[int],
    silent: frozenset[int],
    packed: Callable[[frozenset[int]], bytes],
) -> None:
    """The files of all who were asked, and of those without an answer where that is not all of them.

    `whom`: who they are, in German; `packed` makes the zip of some requests.
    """
    with st.container(horizontal=True, gap="small", key=f"{key}-files"):
        panels.download(
            f"Dateien für {count(len(everybody), whom, whom)} (ZIP)",
            lambda: packed(everybody),
            f"{beginning}.zip",
            _ZIP,
            key=f"{key}-zip",
        )
        if 0 < len(silent) < len(everybody):
            panels.download(
                f"Nur für {len(silent)} ohne Antwort (ZIP)",
                lambda: packed(silent),
                f"{beginning}-erinnerung.zip",
                _ZIP,
                key=f"{key}-reminder",
            )


def inputs(placeholders: str) -> tuple[Input, ...]:
    """The form of a round; `placeholders` says what is filled in in the letter."""
    return (
        Input("name", "Bezeichnung"),
        Input("sent_on", "Versand am", "day"),
        Input("due", "Antwort erbeten bis", "day"),
        Input("mailbox", "Rückantwort an (Funktionspostfach)", placeholder="z. B. integration@landkreis.de"),
        Input("letter", "Anschreiben", "long", height=420, help=placeholders),
    )


def start(before: pd.DataFrame, name: str, letter: str, today: date) -> dict[str, Any]:
    """What stands in the form: the usual text, or mailbox and text of the round before."""
    found = {
        "name": f"{name} {today:%Y}",
        "sent_on": today,
        "due": today + timedelta(weeks=WEEKS_TO_ANSWER),
    }
    if len(before):
        last = before.sort_values(["sent_on", "id"]).iloc[-1]
        return found | {"mailbox": last["mailbox"], "letter": last["letter"]}
    district = str(current.portfolio().settings["district_name"])
    return found | {"letter": f"{letter.format(district=with_article(district))}\n{attempts.actor()}"}


def begin(form: Form, write: Callable[[dict[str, Any]], Receipt], what: str) -> bool:
    """Write what the form holds, or say in it why that cannot be; whether it was written."""
    values = form.values()
    if form.problems:
        return False
    try:
        receipt = write(values)
    except Invalid as invalid:
        shown = {item.name for item in form.inputs}
        form.problems = {
            problem.field if problem.field in shown else "": problem.message for problem in invalid.problems
        }
    except StorageError as refusal:
        form.problems[""] = str(refusal)
    else:
        record_forms.close(form)
        attempts.done(what, receipt)
        return True
    return False
