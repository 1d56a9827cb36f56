"""What the matrix of tasks shows: rows by how clear they are, columns, and the roles in the cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from steering.analysis.findings import clarity
from steering.analysis.findings.clarity import Clarity
from steering.analysis.findings.kinds import calm
from steering.analysis.structures.directory import directory
from steering.analysis.structures.inventory import Selection, select
from steering.analysis.view import View
from steering.charts.matrix import LETTER
from steering.charts.matrix_layers import OPEN, UNKNOWN
from steering.model import FindingKind, Level, Role
from steering.model.finding_keys import structure
from steering.model.german import count, listing
from steering.model.vocabulary import LEVEL_LETTER, word
from steering.web import current, marks, presets
from steering.web.findings.words import on_examples
from steering.web.gaps import rows as gap_rows
from steering.web.responsibilities import tasks
from steering.web.structures.words import short_names

BY_STRUCTURE, BY_CARRIER, BY_LEVEL = "Struktur", "Träger", "Ebene"
MOST_COLUMNS = 40
NO_NEED, NOBODY = "Bedarf nicht erhoben", "keine erfasst"
# Word at the right, and whether somebody has to act. In the order of the rows: two leads first, nobody last.
STATUSES = {
    Clarity.DISPUTED: ("mehrfach", "open"),
    Clarity.AGREED: ("abgestimmt", "calm"),
    Clarity.WITHIN_ONE_HOUSE: ("intern", "calm"),
    Clarity.NO_LEAD: ("ohne Federführung", "open"),
    Clarity.LEAD_ONLY: ("ohne Durchführung", "open"),
    Clarity.AGREEMENT_MISSING: ("Vereinbarung fehlt", "open"),
    Clarity.PARTLY_OPEN: ("teils ungedeckt", "open"),
    Clarity.UNKNOWN: ("ungewiss", "none"),
    Clarity.IN_ORDER: ("geordnet", "none"),
    Clarity.NOBODY: (NOBODY, "open"),
    # Nobody has it, a need is recorded, and nothing of it is open on the Stichtag: it begins later, say.
    Clarity.NOTHING_OPEN: ("ohne Hinweis", "none"),
    Clarity.NOT_SURVEYED: (NO_NEED, "none"),
}
_STRENGTH = {role.value: rank for rank, role in enumerate(LETTER)}


@dataclass(frozen=True)
class ShownMatrix:
    """`rows`, `columns`, `cells` as `charts.matrix` takes them; `duties`: what the cells are made of.

    `columns_left_out`: columns beyond MOST_COLUMNS; `elsewhere`: tasks that only others than the columns
    have; `nobody`: tasks of the catalogue that nobody has at all; `folded`: those of them left out because
    no need is recorded either.
    """

    rows: pd.DataFrame
    columns: pd.DataFrame
    cells: pd.DataFrame
    duties: pd.DataFrame
    columns_left_out: int
    elsewhere: int
    nobody: int
    folded: int


def shown(
    at: View,
    chosen: Selection,
    axis: str,
    picked: tuple[int, ...],
    every_task: bool,
    preset: str = presets.ALL,
) -> ShownMatrix:
    """The matrix of a view.

    `picked`: ids of the structures to show, empty for all; `every_task`: also tasks that nobody has and
    nobody has recorded a need for; `preset`: only the tasks that a figure counts, all of them.
    """
    everything = tasks.named(at, chosen)
    mine = _mine(everything, chosen, picked)
    mine = mine.assign(column=_column_of(mine, axis))
    every = tasks.of_fields(chosen)
    not_surveyed = gap_rows.survey(chosen).unknown
    standings = clarity.of_tasks(every["task_id"], everything, of_the_tasks(at, chosen), not_surveyed)
    every = every.assign(status=[STATUSES[each][0] for each in standings])
    narrowed = bool(chosen.levels or chosen.organisations or picked)
    nobody = every["task_id"].isin(tasks.without_duty(at, chosen))
    elsewhere = narrowed & ~nobody & ~every["task_id"].isin(mine["task_id"])
    rank = {status: place for place, (status, _) in enumerate(STATUSES.values())}
    folded = nobody & every["task_id"].isin(not_surveyed) & (not every_task)
    kept = ~elsewhere & ~folded
    if (wanted := tasks.of_preset(at, chosen, preset)) is not None:
        kept, folded, elsewhere = every["task_id"].isin(wanted), folded & False, elsewhere & False
    rows = every[kept].assign(rank=lambda found: found["status"].map(rank))
    rows = rows.sort_values("rank", kind="stable", ignore_index=True)
    rows = rows.assign(tone=rows["status"].map(dict(STATUSES.values())))
    rows = rows.assign(status=marks.names(rows["status"], _made_up(rows["task_id"], everything, at, chosen)))
    columns = _columns(mine, axis)
    drawn = columns.head(MOST_COLUMNS)
    seen = mine[mine["column"].isin(drawn["key"]) & mine["task_id"].isin(rows["task_id"])]
    return ShownMatrix(
        rows[["task_id", "label", "status", "tone", "field"]],
        drawn,
        _cells(seen, axis, _disputed(at, chosen)),
        mine,
        max(len(columns) - MOST_COLUMNS, 0),
        int(elsewhere.sum()),
        int(nobody.sum()),
        int(folded.sum()),
    )


def _mine(rows: pd.DataFrame, chosen: Selection, picked: tuple[int, ...]) -> pd.DataFrame:
    """The duties of the structures that filters and picks leave."""
    left = select(current.of(directory), replace(chosen, fields=frozenset(), municipalities=frozenset()))
    rows = rows[rows["structure_id"].isin(left["structure_id"])]
    if picked:
        rows = rows[rows["structure_id"].isin(picked)]
    return rows[rows["task_id"].isin(tasks.of_fields(chosen)["task_id"])]


def of_the_tasks(at: View, chosen: Selection) -> pd.DataFrame:
    """The findings on the Stichtag about the chosen tasks and municipalities, whoever takes part."""
    about = replace(chosen, levels=frozenset(), organisations=frozenset())
    return tasks.on_day(at, about)


def _disputed(at: View, chosen: Selection) -> set[tuple[int, int]]:
    """Pairs of task and structure that lead together with another house, without agreement."""
    rows = of_the_tasks(at, chosen)
    rows = rows[(rows["kind"] == FindingKind.OVERLAP) & ~calm(rows)]
    return {
        (int(task), structure(who))
        for task, participants in zip(rows["task_id"], rows["participants"], strict=True)
        for who in participants
    }


def _made_up(tasks: pd.Series, held: pd.DataFrame, at: View, chosen: Selection) -> pd.Series:
    """Whether the word of a task rests on examples: a finding about it, or all who have it."""
    rows = of_the_tasks(at, chosen)
    said = set(rows.loc[on_examples(rows), "task_id"].dropna())
    real = set(held.loc[~held["example"], "task_id"])
    return tasks.isin(said | (set(held["task_id"]) - real))


def _column_of(rows: pd.DataFrame, axis: str) -> pd.Series:
    match axis:
        case "Träger":
            return rows["organisation_short"].astype(str)
        case "Ebene":
            return rows["level"].astype(str)
        case _:
            return rows["structure_id"].astype(str)


def _columns(rows: pd.DataFrame, axis: str) -> pd.DataFrame:
    """key, label, detail: by level, carrier and name; beyond the limit those with the most tasks stay."""
    if rows.empty:
        return pd.DataFrame({"key": [], "label": [], "detail": []}, dtype=str)
    levels = {level.value: place for place, level in enumerate(Level)}
    found = rows.groupby("column", as_index=False).agg(
        tasks=("task_id", "nunique"),
        name=("name", "first"),
        carrier=("organisation_short", "first"),
        level=("level", "first"),
        structure=("structure_id", "first"),
        structures=("structure_id", "nunique"),
    )
    found["key"] = found["column"]
    found["label"] = [_label(row, axis) for row in found.to_dict("records")]
    found["detail"] = [_about(row, axis) for row in found.to_dict("records")]
    found["first"] = found["tasks"].rank(method="first", ascending=False) <= MOST_COLUMNS
    found["place"] = found["level"].map(levels)
    found = found.sort_values(
        ["first", "place", "carrier", "name"], ascending=[False, True, True, True], ignore_index=True
    )
    return found[["key", "label", "detail"]]


def _label(row: dict, axis: str) -> str:
    if axis == BY_LEVEL:
        return f"{LEVEL_LETTER[Level(row['level'])]} · {word(Level(row['level']))}"
    if axis == BY_CARRIER:
        return str(row["carrier"])
    # One that only a what-if adds has no short name.
    return current.of(short_names).get(row["structure"], str(row["name"]))


def _about(row: dict, axis: str) -> str:
    if axis == BY_STRUCTURE:
        return f"{row['carrier']}, {word(Level(row['level']))}"
    return f"{count(row['structures'], 'Struktur', 'Strukturen')} mit Aufgaben am Stichtag"


def _cells(rows: pd.DataFrame, axis: str, disputed: set[tuple[int, int]]) -> pd.DataFrame:
    """One row for each task and column that meet."""
    made = [
        {"task_id": task, "key": column, **_cell(group, axis, disputed)}
        for (task, column), group in rows.groupby(["task_id", "column"], sort=False)
    ]
    return pd.DataFrame(
        made, columns=["task_id", "key", "role", "letters", "tone", "detail", "example", "derived"]
    )


def _cell(group: pd.DataFrame, axis: str, disputed: set[tuple[int, int]]) -> dict[str, Any]:
    roles = sorted(group["role"].unique().tolist(), key=_STRENGTH.__getitem__)
    letters = LETTER[Role(roles[0])]
    if Role.STATUTORY in roles[1:]:
        letters += LETTER[Role.STATUTORY]
    unknown = bool(group["unknown"].all())
    leads = group[group["role"] == Role.LEAD]
    shared = not disputed.isdisjoint(
        zip(leads["task_id"].tolist(), leads["structure_id"].tolist(), strict=True)
    )
    tone = UNKNOWN if unknown else OPEN if shared else ""
    return {
        "role": roles[0],
        "letters": f"{letters}?" if unknown else letters,
        "tone": tone,
        "detail": "; ".join(_role_words(role, group, axis) for role in roles)
        + ("; ob das noch läuft, ist nicht bekannt" if unknown else ""),
        "example": bool(group["example"].any()),
        "derived": bool(group["derived"].all()),
    }


def _role_words(role: str, group: pd.DataFrame, axis: str) -> str:
    """Federführend (Lautertal), or with the structures where a column holds several."""
    mine = group[group["role"] == role]
    areas = listing(mine["area"].dropna().unique().tolist(), most=3)
    whose = "" if axis == BY_STRUCTURE else f": {listing(mine['name'].unique().tolist(), most=3)}"
    origin = marks.name("", bool(mine["example"].all()), bool(mine["derived"].all()))
    return f"{word(Role(role))}{whose}{f' ({areas})' if areas else ''}{origin}"


def table(found: ShownMatrix) -> pd.DataFrame:
    """The matrix as a table: a column for each role, with whoever holds it."""
    rows = found.rows
    held = found.duties.assign(
        who=[
            marks.name(name, example, derived) + (" ?" if unknown else "")
            for name, example, derived, unknown in found.duties[
                ["name", "example", "derived", "unknown"]
            ].itertuples(index=False)
        ]
    )
    names = held.groupby(["task_id", "role"])["who"].agg(lambda each: ", ".join(dict.fromkeys(each)))
    holders = {word(role): [names.get((task, role.value), "") for task in rows["task_id"]] for role in LETTER}
    head = pd.DataFrame({"Aufgabe": rows["label"], "Stand": rows["status"], "Handlungsfeld": rows["field"]})
    return head.assign(**holders)
