"""What is recorded of a programme, and whether it could pay for something: why, and what is against it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.once import once
from steering.analysis.portfolio import Portfolio
from steering.model import Applicant, Eligibility, EndKind, FundingRegion, Level, Provenance
from steering.model.german import day, euro, number
from steering.model.vocabulary import word

MOST = 5
"""So many programmes are named for one thing."""

APPLICANT_OF = {
    Level.FEDERAL: Applicant.AUTHORITY,
    Level.STATE: Applicant.AUTHORITY,
    Level.BEZIRK: Applicant.AUTHORITY,
    Level.STATE_OFFICE: Applicant.COUNTY,
    Level.COUNTY: Applicant.COUNTY,
    Level.MUNICIPAL: Applicant.MUNICIPALITY,
    Level.WELFARE: Applicant.WELFARE,
    Level.VOLUNTEER: Applicant.ASSOCIATION,
    Level.BUSINESS: Applicant.BUSINESS,
}
"""As whom a carrier of each level applies; for the Landratsamt as Staatsbehörde its Landkreis does."""


@dataclass(frozen=True)
class ProgrammeTerms:
    """What is recorded of a programme; None and empty where nobody knows.

    `yearly`: day and month until which money of a year is applied for, and how many years before. `amounts`:
    how much it pays, in words.
    """

    id: int
    name: str
    example: bool
    fields: frozenset[int]
    tasks: frozenset[int]
    derived: bool
    may_apply: Mapping[Applicant, bool | None]
    region: str | None
    begins: date | None
    ends: date | None
    end_kind: str
    new_until: date | None
    due_on: date | None
    yearly: tuple[int, int, int] | None
    amounts: tuple[str, ...]

    @property
    def has_purpose(self) -> bool:
        return bool(self.fields or self.tasks)


@dataclass(frozen=True)
class ToPayFor:
    """What is to be paid for: `tasks` of these `fields` (ids with names), from `day` on.

    `applicants`: who could apply, the first one above the others. `paying`: ids of the programmes that pay
    for it up to now.
    """

    tasks: Mapping[int, str]
    fields: Mapping[int, str]
    applicants: tuple[Applicant, ...]
    day: date
    paying: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Offer:
    """A programme that could pay: `pros` and `cons` in words; `closely`: for the task, not its field only."""

    terms: ProgrammeTerms
    closely: bool
    pros: tuple[str, ...]
    cons: tuple[str, ...]

    @property
    def words(self) -> str:
        against = f" Dagegen oder offen: {'; '.join(self.cons)}." if self.cons else ""
        return f"{self.terms.name}: {'; '.join(self.pros)}.{against}"


@once
def terms(portfolio: Portfolio) -> tuple[ProgrammeTerms, ...]:
    """Those of all programmes."""
    names = portfolio.short_names("programme")
    fields = _linked(portfolio.programme_fields, "field_id")
    tasks = _linked(portfolio.programme_tasks, "task_id")
    return tuple(
        ProgrammeTerms(
            id=row["id"],
            name=str(names[row["id"]]),
            example=row["provenance"] == Provenance.EXAMPLE,
            fields=fields.get(row["id"], frozenset()),
            tasks=tasks.get(row["id"], frozenset()),
            derived=bool(row["purpose_derived"]),
            may_apply={who: _may(row[f"{who}_applies"]) for who in Applicant},
            region=None if pd.isna(row["region"]) else str(row["region"]),
            begins=_day(row["valid_from"]),
            ends=_day(row["valid_until"]),
            end_kind=row["end_kind"],
            new_until=_day(row["applications_until"]),
            due_on=_day(row["deadline_on"]),
            yearly=_yearly(row),
            amounts=tuple(_amounts(row)),
        )
        for row in portfolio.programmes.to_dict("records")
    )


def offers(known: Iterable[ProgrammeTerms], wanted: ToPayFor, today: date, district: str) -> list[Offer]:
    """The best of the programmes that could pay, as docs/rules.md says; `district`: the Kreisschlüssel."""
    found = [offer for each in known if (offer := _offer(each, wanted, today, district))]
    found.sort(key=lambda one: (not one.closely, len(one.cons), one.terms.name.casefold(), one.terms.id))
    return found[:MOST]


def _linked(rows: pd.DataFrame, column: str) -> dict[int, frozenset[int]]:
    return {int(str(key)): frozenset(group) for key, group in rows.groupby("programme_id")[column]}


def _may(value: Any) -> bool | None:
    return None if pd.isna(value) else value == Eligibility.ELIGIBLE


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _yearly(row: Mapping[Any, Any]) -> tuple[int, int, int] | None:
    if pd.isna(row["deadline_day"]) or pd.isna(row["deadline_month"]):
        return None
    return int(row["deadline_day"]), int(row["deadline_month"]), int(row["deadline_years_before"])


def _amounts(row: Mapping[Any, Any]) -> Iterator[str]:
    if not pd.isna(row["share_percent"]):
        yield f"trägt höchstens {number(row['share_percent'])} % der Kosten"
    if not pd.isna(row["own_share_percent"]):
        yield f"Eigenanteil mindestens {number(row['own_share_percent'])} %"
    if not pd.isna(row["rate_cents"]):
        most = "höchstens " if row["rate_at_most"] else ""
        yield f"{most}{euro(row['rate_cents'])} je Stelle und Jahr"


def _offer(known: ProgrammeTerms, wanted: ToPayFor, today: date, district: str) -> Offer | None:
    """None where it does not pay for that, who would apply must not, it is for elsewhere, or it is over."""
    tasks = [name for key, name in wanted.tasks.items() if key in known.tasks]
    fields = [name for key, name in wanted.fields.items() if key in known.fields]
    if not tasks and not fields:
        return None
    pros, cons = [_purpose(tasks, fields)], []
    if known.id in wanted.paying:
        pros.append("zahlt hier schon bisher")
    if known.derived:
        cons.append("wofür es zahlt, ist nur aus Name oder Thema abgeleitet")
    for said in (
        _applicants(known, wanted.applicants),
        _region(known, district),
        _period(known, wanted, today),
    ):
        if said is None:
            return None
        pros += said[0]
        cons += said[1]
    if not known.amounts:
        cons.append("wie viel es zahlt, ist nicht erfasst")
    return Offer(known, bool(tasks), (*pros, *known.amounts), tuple(cons))


ProsAndCons = tuple[list[str], list[str]]


def _purpose(tasks: list[str], fields: list[str]) -> str:
    if tasks:
        return f"zahlt für {_quoted(tasks)}"
    return f"zahlt im Handlungsfeld {_quoted(fields)}"


def _quoted(names: list[str]) -> str:
    return " und ".join(f"»{name}«" for name in names)


def _applicants(known: ProgrammeTerms, asked: tuple[Applicant, ...]) -> ProsAndCons | None:
    may = {who: known.may_apply[who] for who in asked}
    if all(found is False for found in may.values()):
        return None
    first, pros, cons = asked[0], [], []
    if eligible := [who for who, found in may.items() if found]:
        pros.append(f"antragsberechtigt: {', '.join(word(who) for who in eligible)}")
    if may[first] is False:
        cons.append(f"{word(first)}: nicht antragsberechtigt")
    elif may[first] is None:
        cons.append(f"ob »{word(first)}« antragsberechtigt ist, ist nicht erfasst")
    return pros, cons


def _region(known: ProgrammeTerms, district: str) -> ProsAndCons | None:
    """The key of a Landkreis begins with those of its Land and its Regierungsbezirk."""
    if known.region is None:
        return [], ["für welches Gebiet es gilt, ist nicht erfasst"]
    if known.region != FundingRegion.NATIONWIDE and not district.startswith(known.region):
        return None
    return [f"Gebiet: {word(FundingRegion(known.region))}"], []


def _period(known: ProgrammeTerms, wanted: ToPayFor, today: date) -> ProsAndCons | None:
    paid_from, pros, cons = _paid_from(known, wanted, today)
    if paid_from is None or (known.ends is not None and known.ends < max(paid_from, today)):
        return None
    if known.begins is not None and known.begins > wanted.day:
        cons.append(f"gilt erst ab {day(known.begins)}")
    if paid_from > wanted.day:
        cons.append(f"Geld frühestens ab {day(paid_from)}, denn die Frist davor ist vorbei")
    if known.ends is not None:
        return [f"gilt bis {day(known.ends)}", *pros], cons
    match known.end_kind:
        case EndKind.OPEN:
            return ["gilt ohne festes Ende", *pros], cons
        case EndKind.ANNUAL:
            return ["wird jährlich neu bewilligt", *pros], cons
    return pros, ["bis wann es gilt, ist nicht bekannt", *cons]


def _paid_from(
    known: ProgrammeTerms, wanted: ToPayFor, today: date
) -> tuple[date | None, list[str], list[str]]:
    """From when on it could pay, None where no application can reach it any more; and what is said of it."""
    until = known.new_until
    if until is not None and until < today and known.id not in wanted.paying:
        return None, [], []
    told = [f"Neuanträge bis {day(until)}"] if until is not None and until >= today else []
    if known.due_on is not None:
        return (wanted.day if known.due_on >= today else None), [*told, f"Antrag bis {day(known.due_on)}"], []
    if known.yearly is None:
        return wanted.day, told, [] if told else ["bis wann Anträge zu stellen sind, ist nicht erfasst"]
    year = wanted.day.year
    while (due := _due(known.yearly, year)) < today:
        year += 1
    paid_from = wanted.day if year == wanted.day.year else date(year, 1, 1)
    return paid_from, [*told, f"Antrag bis {day(due)}"], []


def _due(yearly: tuple[int, int, int], year: int) -> date:
    """The day for money of that year; one that its month lacks is the month's last one."""
    due, month, before = yearly
    return date(year - before, month, min(due, monthrange(year - before, month)[1]))
