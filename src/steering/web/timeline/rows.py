"""What the Zeitachse shows, as frames: its rows in order, its marks and its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.lives import bars, lifecycle
from steering.analysis.lives.stretches import NOT_RUNNING
from steering.analysis.structures.inventory import Selection
from steering.analysis.view import View
from steering.model import Extension, Level, Provenance
from steering.model.german import PAST, about, day, fte, with_capital
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current, filters
from steering.web.structures import deciding
from steering.web.structures import words as structure_words


def ordered(rows: pd.DataFrame, grouping: str, order: str) -> pd.DataFrame:
    """structure_id, label, group; by end (soonest first, unknown last) or by name, within each group.

    By end, the groups stand in the order of their first ends: what ends next is at the top of the picture,
    however it is grouped.
    """
    group, rank = _groups(rows, grouping)
    end = rows["until"].where(rows["state"] == "running", rows["last_day"])
    never_ending = (rows["state"] == "running") & rows["until"].isna()
    rank_of_end = pd.Series(0, index=rows.index).mask(never_ending, 1).mask(rows["state"] == "unknown", 2)
    # What has ended comes after what still runs: it cannot be decided any more.
    rank_of_end = rank_of_end.mask(rows["state"] == NOT_RUNNING, 3)
    placed = pd.DataFrame(
        {
            "structure_id": rows["structure_id"],
            "label": rows["name"],
            "group": group,
            "rank": rank,
            "kind_of_end": rank_of_end if order == "Ende" else 0,
            "end": end if order == "Ende" else pd.NaT,
            # What is made up does not stand before what is documented.
            "made_up": rows["provenance"] == Provenance.EXAMPLE,
            "name": rows["name"].str.casefold(),
        }
    )
    placed = placed.sort_values(["kind_of_end", "end", "made_up", "name"])
    first = placed.groupby("group")[["kind_of_end", "end"]].transform("first")
    # Only a known end moves a group up; the others keep the order of their kind.
    known = (first["kind_of_end"] == 0) & first["end"].notna() & (order == "Ende")
    placed = placed.assign(group_end=first["end"].where(known), known=~known)
    by_group = ["known", "group_end", "rank", "group", "kind_of_end", "end", "made_up", "name"]
    return placed.sort_values(by_group)[["structure_id", "label", "group"]]


def _groups(rows: pd.DataFrame, grouping: str) -> tuple[pd.Series, pd.Series]:
    """The heading of each row and its rank among the headings."""
    none = pd.Series(0, index=rows.index)
    match grouping:
        case "Ebene":
            levels = list(Level)
            words = rows["level"].map(lambda level: f"{LEVEL_LETTER[Level(level)]} · {word(Level(level))}")
            return words, rows["level"].map(lambda level: levels.index(Level(level)))
        case "Handlungsfeld":
            fields = current.portfolio().fields.set_index("name")["position"]
            first = rows["field_names"].map(lambda names: names[0] if names else "ohne Handlungsfeld")
            return first, first.map(fields).fillna(len(fields))
        case "Träger":
            return rows["organisation"], none
        case "Programm":
            last = rows["programmes"].map(lambda names: names[-1] if names else "ohne Förderprogramm")
            return last, (last == "ohne Förderprogramm").astype(int)
        case _:
            return pd.Series("", index=rows.index), none


def marks(at: View) -> pd.DataFrame:
    """Antrag bis and Beschluss bis of every end ahead, in the words of the tooltip.

    Where it is not the Landkreis that decides, it has no sitting by which to.
    """
    due = deciding.decide_by(at.today)
    possible, ours = due[due["is_to_apply"]], due[~due["decided_by_others"]]
    apply = _marks_of(possible, "apply", [f"Antrag bis {words}" for words in possible["apply_words"]])
    decide = _marks_of(ours, "decide", [_decision(row, at.today) for row in ours.to_dict("records")])
    return pd.concat([apply, decide], ignore_index=True)


def _decision(row: Mapping[Any, Any], today: date) -> str:
    """Beschluss bis with the last day on which acting helps; where no sitting is read, that and the
    estimate."""
    if row["act_words"] == deciding.SETTLED_WORD:
        return with_capital(row["words"])
    if row["decide_estimated"]:
        past = PAST if row["decide_by"].date() < today else ""
        return f"Beschluss: {row['words']}, {about(row['decide_by'], True, past)}"
    acting = f", zu handeln bis {row['act_words']}" if pd.notna(row["act_by"]) else ""
    return f"Beschluss bis {row['words']}{acting}"


def _marks_of(due: pd.DataFrame, deadline: str, texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "structure_id": due["structure_id"],
            "day": due[f"{deadline}_by"],
            "kind": f"{deadline}_by",
            "estimated": due[f"{deadline}_estimated"],
            "text": texts,
        }
    )


def table(at: View, chosen: Selection) -> pd.DataFrame:
    rows = filters.selected(at, chosen)
    due = deciding.decide_by(at.today).drop_duplicates("structure_id").set_index("structure_id")
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Träger": rows["organisation_short"],
            "läuft ab": [day(start, "vor Beginn der Daten") for start in rows["first_day"]],
            "Ende": [structure_words.end_words(row, at.as_of) for row in rows.to_dict("records")],
            "Verlängerung": [word(Extension(value)) for value in rows["last_extension"]],
            "Antrag bis": due["apply_words"].reindex(rows["structure_id"]).fillna("–").to_numpy(),
            "Handeln bis": due["act_words"].reindex(rows["structure_id"]).fillna("–").to_numpy(),
            "Beschluss bis": due["words"].reindex(rows["structure_id"]).fillna("–").to_numpy(),
        }
    )


def details(drawn: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """For each bar the programme or funding behind it, and its VZÄ."""
    portfolio = current.portfolio()
    programmes = portfolio.short_names("programme")
    fundings = portfolio.fundings.set_index("id")
    sources = fundings["programme_id"].map(programmes).fillna(fundings["name"]).to_dict()
    posts = fundings["fte"].dropna().to_dict()
    own = rows.set_index("structure_id")["fte"].to_dict()
    return [
        " · ".join(
            part
            for part in (
                sources.get(funding, ""),
                fte(posts.get(funding, own.get(structure))),
            )
            if part
        )
        for structure, funding in zip(drawn["structure_id"], drawn["funding_id"], strict=True)
    ]


def outside(at: View) -> set[int]:
    """The structures that have nothing to draw within the horizon."""
    shown = lifecycle.clip(current.of(bars.bars, at), at.horizon)
    return set(current.portfolio().structures["id"]) - set(shown["structure_id"])
