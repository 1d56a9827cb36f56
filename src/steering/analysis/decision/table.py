"""The answers side by side in words: the same for the Lagebild and for the Sitzungsvorlage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from steering.analysis.decision.options import Option, OptionKind, Posts
from steering.analysis.decision.question import DecisionQuestion, plain_name
from steering.analysis.money import county, county_words
from steering.analysis.money.county import YearMoney
from steering.analysis.money.county_words import NOT_KNOWN
from steering.model import Extension, LegalCharacter
from steering.model.german import day, listing, number
from steering.model.vocabulary import word

ASSUMED = "angenommen"
POSTS, LOST, LASTING = "VZÄ", "Ohne erfassten Anbieter", "Was es festlegt"
MOST_LOST = 3
MOST_NAMED = 6
UNCOVERED = "ist ungedeckt (Haushaltsrisiko)"


@dataclass(frozen=True)
class AnswerCell:
    """What stands in a cell, and the mark of what is no recorded amount."""

    text: str
    mark: str = ""

    @property
    def whole(self) -> str:
        return f"{self.text} ({self.mark})" if self.mark else self.text


@dataclass(frozen=True)
class AnswerColumn:
    """An answer: its `title`, what it means, and a cell for each of `labels`."""

    option: Option
    title: str
    below: str
    cells: tuple[AnswerCell, ...]


def labels(options: tuple[Option, ...]) -> tuple[str, ...]:
    """What the rows say: money of today, of each budget year, their sum; posts, lost tasks, what lasts."""
    first = options[0]
    told = [f"Landkreis zahlt {first.today.year} (heute)"] if first.today else []
    told += [f"Landkreis zahlt {of_year.year}" for of_year in first.money]
    if len(first.money) > 1:
        told.append(f"Summe {first.money[0].year}–{first.money[-1].year}")
    return (*told, POSTS, LOST, LASTING)


def columns(question: DecisionQuestion, options: tuple[Option, ...]) -> tuple[AnswerColumn, ...]:
    """The answers in words, one after the other."""
    return tuple(
        AnswerColumn(
            option, _title(option), _below(question, option),
            (*_money(option), AnswerCell(_posts(option)),
             AnswerCell(_lost(option)), AnswerCell(_lasting(question, option))),
        )
        for option in options
    )  # fmt: skip


def parts_of_years(question: DecisionQuestion, options: tuple[Option, ...]) -> list[str]:
    """Which budget years an answer pays for in part only: "2027 zählt …: 181 von 365 Tagen"."""
    told = []
    for option in options:
        by_own_means = option.kind in (OptionKind.BRIDGE, OptionKind.OWN)
        if not by_own_means and not (option.kind == OptionKind.EXPIRE and option.going_on):
            continue
        for of_year in option.money:
            first = max(date(of_year.year, 1, 1), question.end + timedelta(days=1))
            last = min(date(of_year.year, 12, 31), option.until or date.max)
            days = (last - first).days + 1
            every = (date(of_year.year, 12, 31) - date(of_year.year - 1, 12, 31)).days
            if 0 < days < every:
                told.append(
                    f"{_title(option)}: {of_year.year} anteilig, {days} von {every} Tagen "
                    f"({day(first)} bis {day(last)})."
                )
    return told


def _money(option: Option) -> list[AnswerCell]:
    """A cell for each of the rows about money."""
    cells = [AnswerCell(*county_words.parts(option.today))] if option.today else []
    cells += [_money_of(option, each) for each in option.money]
    if len(option.money) > 1:
        cells.append(_money_of(option, county.together(option.money)))
    return cells


def _money_of(option: Option, of_year: YearMoney) -> AnswerCell:
    """What a grant that nobody has promised leaves to the Landkreis is assumed, even where it is recorded."""
    text, mark = county_words.parts(of_year)
    assumed = option.kind == OptionKind.FOLLOW_UP and bool(of_year.recorded) and not mark
    return AnswerCell(text, ASSUMED if assumed else mark)


def _title(option: Option) -> str:
    return {
        # What goes on without a vote does not expire.
        OptionKind.EXPIRE: "Ohne Beschluss" if option.going_on else "Auslaufen lassen",
        OptionKind.BRIDGE: f"Überbrücken bis {day(option.until)}",
        OptionKind.OWN: "Selbst weiterführen",
        OptionKind.FOLLOW_UP: "Mit Anschlussförderung",
    }[option.kind]


def _below(question: DecisionQuestion, option: Option) -> str:
    match option.kind:
        case OptionKind.EXPIRE:
            return _without_a_vote(question, option)
        case OptionKind.BRIDGE:
            return _bridged(question, option)
        case OptionKind.OWN:
            return "auf Dauer aus eigenen Mitteln"
    return f"wie bisher, angenommen bis {day(option.until)}"


def _without_a_vote(question: DecisionQuestion, option: Option) -> str:
    # With changes the scenario has it going on: by the grant that it counts on, or by the plan.
    if not option.going_on:
        return "geschieht ohne Beschluss" + (" und Verlängerung" if option.changes else "")
    what = "ohne Verlängerung: Fortführung" if option.changes else "Fortführung"
    if _all_go_on(question, option):
        return what
    ending, goes_on = (_names(question, option, going_on=each) for each in (False, True))
    return f"{what} von {goes_on}, Ende von {ending}"


def _bridged(question: DecisionQuestion, option: Option) -> str:
    how = "aus eigenen Mitteln, danach Ende"
    if not option.going_on:
        return how
    ending, goes_on = (_names(question, option, going_on=each) for each in (False, True))
    return f"{ending} {how}; {goes_on} wie ohne Beschluss"


def _all_go_on(question: DecisionQuestion, option: Option) -> bool:
    return option.going_on >= set(question.structures)


def _names(question: DecisionQuestion, option: Option, *, going_on: bool) -> str:
    """Those that go on by own means after an answer, or those that do not."""
    found = [one for one in question.endings if (one.structure_id in option.going_on) == going_on]
    return listing([f"»{plain_name(one.name)}«" for one in found], MOST_NAMED)


def _posts(option: Option) -> str:
    if option.kind != OptionKind.BRIDGE or option.until is None or option.at_until is None:
        return _at_ends_of_years(option.posts)
    # The year in which a bridge ends on its last day has no posts afterwards.
    after = tuple(each for each in option.posts if date(each.year, 12, 31) > option.until)
    said = f"{_of_size(option.at_until)} bis {day(option.until)}"
    return f"{said}, dann {_at_ends_of_years(after)}" if after else said


def _at_ends_of_years(posts: tuple[Posts, ...]) -> str:
    told = [_of_size(each) for each in posts]
    return told[0] if len(set(told)) == 1 else _by_year(posts, told)


def _by_year(posts: tuple[Posts, ...], told: list[str]) -> str:
    return ", ".join(f"{each.year}: {words}" for each, words in zip(posts, told, strict=True))


def _of_size(posts: Posts) -> str:
    if not posts.unknown:
        return number(posts.fte, 2)
    return f"{number(posts.fte, 2)} und {NOT_KNOWN}e" if posts.fte else NOT_KNOWN


def _lost(option: Option) -> str:
    if not option.losses:
        return "keine Aufgabe betroffen"
    told = [f"»{loss.task}« ({_footing(loss.legal)}; {loss.where}, {loss.whom})" for loss in option.losses]
    return f"ab {day(option.lost_from)}: {listing(told, MOST_LOST)}"


def _footing(legal: str) -> str:
    return "freiwillige Aufgabe" if legal == word(LegalCharacter.VOLUNTARY) else legal


def _lasting(question: DecisionQuestion, option: Option) -> str:
    match option.kind:
        case OptionKind.EXPIRE:
            return _left_undone(question, option)
        case OptionKind.BRIDGE:
            ending = _names(question, option, going_on=False) if option.going_on else "es"
            return f"die Ausgaben bis {day(option.until)}; ohne neuen Beschluss endet {ending} dann"
        case OptionKind.OWN:
            return "den Haushalt, bis etwas anderes beschlossen wird"
    return _grant(question)


def _left_undone(question: DecisionQuestion, option: Option) -> str:
    if _all_go_on(question, option):
        return f"nichts; die Fortführung {UNCOVERED}"
    lost = "kaum zurückzuholen: ein Neubeginn braucht neue Mittel und neues Personal"
    if not option.going_on:
        return lost
    ending, goes_on = (_names(question, option, going_on=each) for each in (False, True))
    return f"bei {ending} {lost}; die Fortführung von {goes_on} {UNCOVERED}"


def _grant(question: DecisionQuestion) -> str:
    """What a follow-up grant hangs on."""
    found = {one.extension for one in question.endings}
    if found <= {Extension.APPLIED, Extension.EXPECTED}:
        return "nichts; liegt nicht beim Landkreis: beantragt oder in Aussicht, nicht bewilligt"
    if Extension.NOT_YET_POSSIBLE in found:
        return "nichts; liegt nicht beim Landkreis: Folgeförderung noch nicht ausgeschrieben"
    return "nichts; liegt nicht beim Landkreis: eine Verlängerung ist ungeklärt"
