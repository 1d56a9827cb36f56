"""By when somebody has to decide about an end, as Lagebild, Zeitachse and details tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.decision.question import Whose, whose
from steering.analysis.portfolio import Portfolio
from steering.analysis.structures import deadlines
from steering.analysis.structures.apply_words import apply_words, is_to_apply
from steering.analysis.structures.chain_words import chain_words
from steering.analysis.structures.decide_words import decide_words
from steering.analysis.structures.handed_in import SETTLED, HandedIn, about_end
from steering.model.german import day
from steering.web import current

NOT_OURS = "nicht beim Landkreis"
SETTLED_WORD = "entschieden"


def decide_by(today: date) -> pd.DataFrame:
    """The rows of `deadlines.deadlines` with `decided_by_others`, `is_to_apply`, and what stands in
    a cell: `apply_words` for Antrag bis, `words` for Beschluss bis, `words_with_acting` and `act_words` for
    the last day on which acting still helps.
    """
    return current.of(_decide_by, today)


def _decide_by(portfolio: Portfolio, today: date) -> pd.DataFrame:
    due = deadlines.deadlines(portfolio, today)
    of = whose(portfolio, due)
    theirs = [of[int(key)] == Whose.OTHERS for key in due["structure_id"]]
    rows = due.assign(decide_words=decide_words(portfolio, due)).to_dict("records")
    papers = [about_end(portfolio, int(row["funding_id"]), row["end"].date()) for row in rows]
    words, acting = (
        [
            NOT_OURS if other else tell(row, paper)
            for row, other, paper in zip(rows, theirs, papers, strict=True)
        ]
        for tell in (_words, _act_words)
    )
    return due.assign(
        decided_by_others=pd.Series(theirs, due.index, dtype=bool),
        is_to_apply=pd.Series([is_to_apply(row) for row in rows], due.index, dtype=bool),
        apply_words=pd.Series([apply_words(row) for row in rows], due.index, dtype=object),
        words=pd.Series(words, due.index, dtype=object),
        words_with_acting=pd.Series(
            [_both(*each) for each in zip(words, acting, papers, strict=True)],
            due.index,
            dtype=object,
        ),
        act_words=pd.Series(acting, due.index, dtype=object),
        chain_words=pd.Series(
            [
                "" if other or act == SETTLED_WORD else told
                for told, other, act in zip(chain_words(portfolio, due), theirs, acting, strict=True)
            ],
            due.index,
            dtype=object,
        ),
    )


def _both(said: str, act: str, paper: HandedIn | None) -> str:
    """Beschluss bis with until when acting helps; who has handed the Vorlage in has acted."""
    if not act[:1].isdigit():
        return said
    return f"{said}, {paper.words}" if paper is not None else f"{said}, handeln bis {act}"


def _words(row: Mapping[Any, Any], paper: HandedIn | None) -> str:
    if paper is not None and paper.standing in SETTLED:
        return paper.words
    return str(row["decide_words"])


def _act_words(row: Mapping[Any, Any], paper: HandedIn | None) -> str:
    """A day only where recorded sittings give it: what the chain lacks stands beside it, in Beschluss bis."""
    if paper is not None and paper.standing in SETTLED:
        return SETTLED_WORD
    if pd.isna(row["act_by"]):
        return "–"
    late = ", ohne Vorberatung" if row["too_late_to_prepare"] else ""
    return f"{day(row['act_by'])}{late}"
