"""What a paper leaves out because it is an example, told where the figure stands that lacks it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from steering.analysis.document import Note
from steering.analysis.paper.questions import PaperQuestions
from steering.analysis.paper.subjects import PaperScope
from steering.analysis.portfolio import Portfolio
from steering.model import Provenance
from steering.model.german import count, listing

WORDS = {
    "structure": ("Struktur", "Strukturen"),
    "funding": ("Förderung", "Förderungen"),
    "responsibility": ("Zuständigkeit", "Zuständigkeiten"),
    "need": ("Bedarf", "Bedarfe"),
    "measure": ("Maßnahme", "Maßnahmen"),
}


def left_out(portfolio: Portfolio, about: PaperScope) -> dict[str, int]:
    """How many examples of each kind a subject lacks, counted as the strip of the examples counts them."""
    gone = {name: _examples(portfolio.frames[name]) for name in WORDS}
    if about.tasks is not None and about.structures is not None:
        done = portfolio.responsibilities
        who = about.structures | set(done.loc[done["task_id"].isin(about.tasks), "structure_id"])
        for_tasks = portfolio.measure_tasks
        measures = for_tasks.loc[for_tasks["task_id"].isin(about.tasks), "measure_id"]
        kept = {"structure": ("id", who), "funding": ("structure_id", who), "measure": ("id", set(measures))}
        for name in gone:
            column, values = kept.get(name, ("task_id", about.tasks))
            gone[name] = gone[name][gone[name][column].isin(values)]
    return {name: len(rows) for name, rows in gone.items()}


def _examples(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["provenance"] == Provenance.EXAMPLE]


def note(found: Mapping[str, int], *kinds: str) -> tuple[Note, ...]:
    """That examples of some kinds are not counted here, where there are any."""
    told = [count(found[kind], *WORDS[kind]) for kind in kinds if found[kind]]
    if not told:
        return ()
    verb = "ist" if sum(found[kind] for kind in kinds) == 1 else "sind"
    return (Note(f"Als Beispiel erfasst und hier nicht berücksichtigt {verb} {listing(told, 6)}."),)


def rates(found: PaperQuestions) -> tuple[Note, ...]:
    """That a cost is unknown here though an example would estimate it, beside the figure that lacks it."""
    names = sorted({name for each in found.asked for name in each.examples})
    if not names:
        return ()
    return (
        Note(
            f"Als Beispiel erfasst und hier nicht berücksichtigt {'ist' if len(names) == 1 else 'sind'} "
            f"{count(len(names), 'Personalkostensatz', 'Personalkostensätze')} "
            f"({listing([f'»{name}«' for name in names])}); was sich nur danach schätzen ließe, ist als "
            "nicht bekannt bezeichnet."
        ),
    )
