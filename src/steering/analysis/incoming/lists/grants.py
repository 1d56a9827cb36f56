"""Which funding each row of a file means: rows that differ are two, and read again they are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steering.analysis.incoming.lists.existing import Existing
from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.saying import Said
from steering.analysis.incoming.lists.sheet import text
from steering.analysis.incoming.names import plain_name
from steering.analysis.incoming.rows import Wanted
from steering.model import AmountBasis, EndKind, Funding, FundingPart
from steering.model.german import listing

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERIODS = (Meaning.START, Meaning.END, Meaning.PERIOD)
_APART = (Meaning.TASK, Meaning.ROLE, Meaning.TARGET_GROUPS)
_TWICE = (
    "Die Zeile steht genauso schon in {}. Bitte weglassen; oder, wenn es eine zweite Bewilligung ist, sie "
    "unterscheiden, etwa durch das Aktenzeichen."
)
_OPEN = (
    "Zu dieser Förderung passen {} erfasste, und es ist nicht zu erkennen, welche sich geändert hat. "
    "Bitte auf der Seite »Strukturen« ändern."
)
_SEVERAL = (
    "Mehrere Zeilen passen zu einer erfassten Förderung ({}), und es ist nicht zu erkennen, welche sie "
    "ändert. Bitte die Förderung auf der Seite »Strukturen« ändern."
)
_BESIDE = "»{}«: als Kofinanzierung gelesen, nicht als tragende Förderung."
_OWN_SHARE = re.compile(r"\b[ck]o ?finanz\w*|\beigen(anteil|leistung)\w*")
# There the share of the Union is called so, which is the grant itself.
_OF_THE_UNION = re.compile(r"\b(eu|europ\w*|union\w*|esf|efre|amif|eler)\b")
_FIELDS = {
    "name": Meaning.PROGRAMME, "payer_name": Meaning.FUNDER, "start": Meaning.START, "end": Meaning.END,
    "end_kind": Meaning.END, "amount_cents": Meaning.AMOUNT, "share_percent": Meaning.SHARE,
}  # fmt: skip


@dataclass(eq=False)
class Grant:
    """The money that a row names. `same_as`: the earlier grant which is this one, said again."""

    said: Said
    structure: Any
    money: dict[str, Any]
    same_as: Grant | None = None
    id: int | None = None
    key: Hashable = None

    def __post_init__(self) -> None:
        asked = self.said.asked
        year = _YEAR.search(asked.table.sheet)
        if year and not any(meaning in asked.at for meaning in _PERIODS):
            self.money["amount_note"] = f"laut Blatt »{asked.table.sheet}«"

    @property
    def bare(self) -> bool:
        """Whether it says no more than who pays."""
        return self.money["amount_cents"] is None and self.money["share_percent"] is None

    @property
    def own_share(self) -> str:
        """What calls it something that is added to another grant; "" where nothing does."""
        names = self.money["name"], self.money["payer_name"]
        if any(_OF_THE_UNION.search(plain_name(name)) for name in names):
            return ""
        return next((name for name in names if _OWN_SHARE.search(plain_name(name))), "")

    @property
    def period(self) -> Hashable:
        """What it is paid from, and when."""
        money = self.money
        paid = money["programme_id"] or plain_name(money["name"])
        return paid, plain_name(money["payer_name"]), money["start"], money["end"], money["end_kind"]

    @property
    def whole(self) -> Hashable:
        """All that it says."""
        money = self.money
        return self.period, money["amount_cents"], money["share_percent"], money.get("amount_note", "")

    def cells(self) -> dict[str, str]:
        """What stands in the row, by heading."""
        pairs = zip(self.said.asked.table.headings, self.said.cells, strict=True)
        return {heading: said for heading, cell in pairs if (said := text(cell))}

    def wanted(self) -> Wanted:
        """The record, as far as the row says it."""
        first = self.same_as or self
        values = {name: value for name, value in first.money.items() if value not in (None, "")}
        if first.id is None:
            values["structure_id"] = first.structure
        else:
            for guessed in ("name", "payer", "part", "start"):
                values.pop(guessed, None)
            if first.money["end"] is None and first.money["end_kind"] == EndKind.UNKNOWN:
                values.pop("end_kind", None)
            if first.money["amount_cents"] is None or first.money["amount_basis"] == AmountBasis.UNKNOWN:
                values.pop("amount_basis", None)
        columns = self.said.columns(_FIELDS)
        return Wanted(Funding, values, id=first.id, key=None if first.id else first.key, columns=columns)


def settle(grants: Iterable[Grant], existing: Existing) -> None:
    """Decide for each grant of a file which one it is; what cannot be decided refuses its row."""
    by_structure: dict[Hashable, list[Grant]] = defaultdict(list)
    for grant in grants:
        by_structure[grant.structure].append(grant)
    for structure, mine in by_structure.items():
        _tell_apart(mine)
        single = [grant for grant in mine if grant.same_as is None and not grant.said.refusals]
        for number, grant in enumerate(single):
            grant.key = (structure, grant.whole, number)
        if isinstance(structure, int):
            _recognise(single, existing.fundings(structure))
        _beside_others(single)


def _tell_apart(grants: list[Grant]) -> None:
    """Find the rows that say a grant once more, and those that only look as if they did."""
    full = {grant.period: grant for grant in reversed(grants) if not grant.bare}
    before: dict[Hashable, list[Grant]] = defaultdict(list)
    for grant in grants:
        if grant.bare and grant.period in full:
            grant.same_as = full[grant.period]
            continue
        earlier = before[grant.whole]
        if earlier:
            _compare(grant, earlier)
        if grant.same_as is None and not grant.said.refusals:
            earlier.append(grant)


def _compare(grant: Grant, earlier: list[Grant]) -> None:
    """Whether a row that says the same of money as an earlier one is about another grant."""
    if grant.bare:
        grant.same_as = earlier[0]
        return
    mine = grant.cells()
    for other in earlier:
        theirs = other.cells()
        different = [name for name in {**theirs, **mine} if mine.get(name) != theirs.get(name)]
        if not different:
            grant.said.refuse(Meaning.AMOUNT, _TWICE.format(_where(other, grant)))
            return
        column = grant.said.asked.column
        if any(column.get(meaning) in different for meaning in _APART):
            grant.same_as = other
            grant.said.notes.append(f"Dieselbe Förderung wie in {_where(other, grant)}; sie zählt einmal.")
            return
    names = listing([f"»{name}«" for name in different], 3)
    grant.said.notes.append(
        f"Förderung wie in {_where(earlier[-1], grant)}, verschieden in {names}: als weitere gelesen."
    )


def _where(other: Grant, grant: Grant) -> str:
    place = other.said.place
    sheet = f" von Blatt »{place.sheet}«" if place.sheet != grant.said.place.sheet else ""
    return f"Zeile {place.row}{sheet}"


def _recognise(grants: list[Grant], recorded: Sequence[Mapping[str, Any]]) -> None:
    """Find the recorded funding of each grant: first those that say the same, then the one that changed."""
    left = {row["id"]: row for row in recorded}
    for grant in grants:
        found = next((key for key, row in left.items() if _is(row, grant, exact=True)), None)
        if found is not None:
            grant.id = found
            del left[found]
    others = [grant for grant in grants if grant.id is None]
    fitting = {grant: [key for key, row in left.items() if _is(row, grant, exact=False)] for grant in others}
    for grant, keys in fitting.items():
        rivals = [other for other in others if other is not grant and set(fitting[other]) & set(keys)]
        if len(keys) > 1:
            grant.said.refuse(Meaning.AMOUNT, _OPEN.format(len(keys)))
        elif keys and rivals:
            grant.said.refuse(Meaning.AMOUNT, _SEVERAL.format(left[keys[0]]["name"]))
        elif keys:
            grant.id = keys[0]


def _beside_others(grants: Sequence[Grant]) -> None:
    """An own share beside a grant is co-financing; alone, or after it, it is what there is."""
    carrying = [grant for grant in grants if not (grant.own_share or grant.said.refusals)]
    for grant in grants:
        start = grant.money["start"]
        ends = [other.money["end"] for other in carrying]
        beside = any(end is None or start is None or start <= end for end in ends)
        if beside and grant.own_share and grant.id is None:
            grant.money["part"] = FundingPart.CO_FINANCING
            grant.said.notes.append(_BESIDE.format(grant.own_share[:60]))


def _is(row: Mapping[str, Any], grant: Grant, *, exact: bool) -> bool:
    """Whether a recorded funding is of the same programme or name and begins on the same day; `exact`: also
    whether all that the row says of it is recorded."""
    money = grant.money
    known = money["programme_id"] is not None and row["programme_id"] == money["programme_id"]
    if not known and plain_name(row["name"]) != plain_name(money["name"]):
        return False
    note = money.get("amount_note", "")
    if note and note not in row["amount_note"]:
        return False
    if not exact:
        return money["start"] is None or row["start"] == money["start"]
    said = {name: money[name] for name in ("start", "end", "amount_cents", "share_percent")}
    return all(value is None or row[name] == value for name, value in said.items())
