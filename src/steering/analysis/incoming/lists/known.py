"""Recorded organisations, programmes, tasks and groups, to be found by the names lists use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

import pandas as pd
from rapidfuzz import fuzz, process

from steering.analysis.incoming.names import SPELT_OUT, plain_name
from steering.analysis.own_house import own_house
from steering.analysis.portfolio import Portfolio
from steering.model import Level, Role, StructureKind
from steering.model.vocabulary import WORDS, word

CLOSE = 82
T = TypeVar("T", bound=StrEnum)


# Flüchtlings- und Integrationsberatung (FIB)
_ABBREVIATION = re.compile(r"(.*\S)\s*\(([A-ZÄÖÜ][\w-]*[A-ZÄÖÜ]\w*)\)")


# What everybody writes for the Landkreis and its office.
_SPELT = {"lra": "landratsamt", "lkr": "landkreis", "lk": "landkreis"}
_USUAL = re.compile(rf"\b({'|'.join(_SPELT)})\b")


def _with_abbreviation(name: str) -> tuple[str, str]:
    """The words, and the abbreviation in brackets behind them or ""."""
    found = _ABBREVIATION.fullmatch(name.strip())
    return (found[1], found[2]) if found else (name.strip(), "")


class RecordNames:
    """Records of one type by their names and short names.

    `chosen` are decisions of a person about records of any type: the name of the one that is meant, or "" for
    none that the list only abbreviates.
    """

    def __init__(self, frame: pd.DataFrame, chosen: Mapping[str, str]) -> None:
        self.name_of: dict[int, str] = dict(zip(frame["id"].tolist(), frame["name"].tolist(), strict=True))
        self._ids: dict[str, int] = {}
        columns = [column for column in ("name", "short_name", "slug") if column in frame]
        for column in columns:
            for key, name in zip(frame["id"].tolist(), frame[column].tolist(), strict=True):
                if name and (column != "slug" or len(name) > 3):
                    self._ids.setdefault(plain_name(name), key)
        self._chosen = {
            plain_name(said): name
            for said, name in chosen.items()
            if not name or plain_name(name) in self._ids
        }
        self.find = lru_cache(maxsize=20_000)(self._find)
        self.near = lru_cache(maxsize=20_000)(self._near)

    def _find(self, said: str) -> int | None:
        """The record that is called exactly so, apart from case, marks and legal form."""
        plain = plain_name(said)
        return self._ids.get(plain_name(self._chosen.get(plain) or plain))

    def abbreviated(self, said: str) -> str | None:
        """The name of the one record of the same abbreviation, or that is called so without one."""
        if (key := self._ids.get(_USUAL.sub(lambda found: _SPELT[found[0]], plain_name(said)))) is not None:
            return self.name_of[key]
        words, short = _with_abbreviation(said)
        found = []
        for name in self.name_of.values():
            its_words, its_short = _with_abbreviation(name)
            alike = its_short.casefold() == (short or words).casefold()
            if its_short and (alike or plain_name(its_words) == plain_name(said)):
                found.append(name)
        return found[0] if len(found) == 1 else None

    def understood(self, said: str) -> tuple[int | None, str]:
        """The record that is meant where nobody can be asked; a sentence where it is not called just so.

        An abbreviation alone is taken for the one record that it stands for, unless a person said otherwise;
        beside other words it may be another's.
        """
        found = self.find(said)
        if found is not None or plain_name(said) in self._chosen or _with_abbreviation(said)[1]:
            return found, ""
        name = self.abbreviated(said)
        if name is None:
            return None, ""
        return self._ids[plain_name(name)], f"»{said[:60]}« ist als »{name}« gelesen."

    def _near(self, said: str) -> tuple[str, ...]:
        """The names of at most three records that are called nearly so, the likeliest first."""
        plain = plain_name(said)
        if len(plain) < 3:
            return ()
        found = process.extract(
            plain, list(self._ids), scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=5
        )
        part = process.extract(plain, list(self._ids), scorer=fuzz.token_set_ratio, score_cutoff=95, limit=5)
        return tuple(dict.fromkeys(self.name_of[self._ids[each[0]]] for each in [*found, *part]))[:3]


class KnownNames:
    """What a list may name: each kind of record, found by its names."""

    def __init__(self, portfolio: Portfolio, chosen: Mapping[str, str]) -> None:
        self.organisations = RecordNames(portfolio.organisations, chosen)
        self.own_house = own_house(portfolio)
        names = {key: plain_name(self.organisations.name_of[key]) for key in self.own_house}
        offices = [key for key, name in names.items() if name.startswith("landratsamt")]
        self.landratsamt = offices[0] if len(offices) == 1 else None
        self.programmes = RecordNames(portfolio.programmes, chosen)
        self.tasks = RecordNames(portfolio.tasks, chosen)
        self.groups = RecordNames(portfolio.target_groups, chosen)

    def groups_in(self, said: str) -> tuple[list[int], list[str]]:
        """The target groups a cell names, and what in it is none."""
        found, unknown = [], []
        whole = self.groups.find(said)
        if whole is not None:
            return [whole], []
        for part in re.split(r"\s*[;,/\n]\s*|\s+und\s+", said):
            key = self.groups.find(part) if part else None
            if key is not None:
                found.append(key)
            elif part:
                unknown.append(part)
        return sorted(set(found)), unknown


_ROLES = {
    Role.STATUTORY: "gesetzlich zustaendig|gesetzlich|zustaendig|statutory",
    Role.LEAD: "federfuehrend|federfuehrung|leitung|koordination|lead|fuehrend|hauptverantwortlich",
    Role.DELIVER: "durchfuehrend|durchfuehrung|umsetzung|deliver|implementing|implementer|ausfuehrend",
    Role.SUPPORT: "mitwirkend|mitwirkung|beteiligt|unterstuetzend|support|partner|kooperation",
    Role.INFORM: "nachrichtlich|zur kenntnis|inform|informiert",
}
_LEVELS = {
    Level.STATE_OFFICE: "landratsamt als staatsbehoerde|staatliches (landratsamt|gesundheitsamt)",
    Level.FEDERAL: r"bund|bundes\w*|bamf|agentur fuer arbeit|jobcenter|federal",
    Level.STATE: r"freistaat|land|regierung\w*|schulamt|staatlich\w*|ministerium|state",
    Level.BEZIRK: "bezirk|bezirks",
    Level.COUNTY: "landkreis|landratsamt|lra|lkr|kreis|county",
    Level.MUNICIPAL: "gemeinde|stadt|markt|vg|verwaltungsgemeinschaft|kommune|municipal|gemeinde vg",
    Level.VOLUNTEER: r"ehrenamt\w*|helferkreis|freundeskreis|initiative|asylkreis|volunteer",
    Level.BUSINESS: r"wirtschaft\w*|ihk|hwk|kammer\w*|handwerk\w*|gmbh|ag|business",
    Level.WELFARE: "freie traeger|freier traeger|kirche|kirchen|wohlfahrt|verein|welfare|ngo",
}
# Parts of a Landratsamt, which names itself seldom in their names; those that do the State's work apart.
_OFFICES = {
    Level.COUNTY: re.compile(r"\b(kreis)?(jugend|sozial)amt\b|\bamt fuer (jugend|soziales)\w*( und \w+)?"),
    Level.STATE_OFFICE: re.compile(r"\b(staatliches )?(gesundheitsamt|auslaender(amt|behoerde))\b"),
}
# What makes a carrier free, whatever town or trade its name tells of besides.
_FREE = re.compile(
    r"\be\. ?v\.?|\be ?v\b|\bg ?gmbh\b|\bgemeinnuetzig\w*|\w*vereine?s?\b|"
    r"\b(?!zweck|schul|wasser|abwasser|verwaltungs|planungs|kommunal|gemeinde|landschafts)\w*verband(es|s)?\b|"
    r"\b\w*kirche\b|\bkirchen(gemeinde|kreis|bezirk|verwaltung|stiftung|amt)\w*|\b(pfarr(ei|amt|gemeinde)|"
    r"dekanat|dioezese|erzbistum|bistum|diakon|caritas|arbeiterwohlfahrt|paritaet|kolping)\w*|"
    r"\b(awo|brk|drk|malteser|johanniter|evang(elisch\w*)?|kath(olisch\w*)?)\b|"
    r"\brote[sn] kreuz|\binnere mission"
)
_KINDS = {
    StructureKind.POST: r"\w*stelle|lotse\w*|koordinator\w*|koordination|post",
    StructureKind.FACILITY: r"einrichtung|\w*zentrum|\w*haus|facility|schule|kita",
    StructureKind.PROJECT: r"\w*projekt|project|modellprojekt|massnahme",
    StructureKind.NETWORK: r"netzwerk|gremium|runder tisch|arbeitskreis|network|beirat|\w*netzwerk",
    StructureKind.VOLUNTEER: r"ehrenamt\w*|helferkreis|freundeskreis|patenschaft\w*|volunteer",
    StructureKind.ACCOMMODATION: r"\w*unterkunft|unterkuenfte|wohnheim|accommodation|ankunftszentrum",
    StructureKind.SERVICE: r"angebot|\w*beratung|\w*kurs|kurse|service|\w*treff|hilfe|dienst",
}


@lru_cache(maxsize=20_000)
def role(said: str) -> Role | None:
    """The role that a word means."""
    return _member(said, _ROLES, Role)


@lru_cache(maxsize=20_000)
def level(said: str) -> Level | None:
    """The level that a word of the list means."""
    return _member(said, _LEVELS, Level)


def guessed_level(name: str) -> tuple[Level, str]:
    """The level that a carrier's name suggests, and words for what that rests on.

    An association or a church is free whatever else its name says; so is taken to be who names no level.
    """
    spelt = unicodedata.normalize("NFC", name).casefold().translate(SPELT_OUT)
    found = Level.WELFARE if _FREE.search(spelt) else _member(name, _LEVELS, Level)
    found = found or next((each for each, offices in _OFFICES.items() if offices.search(spelt)), None)
    if found is None:
        return Level.WELFARE, f"Ebene nicht erkennbar, »{word(Level.WELFARE)}« angenommen"
    return found, f"Ebene »{word(found)}« aus dem Namen vermutet"


def office_of(name: str) -> str:
    """Whose office a carrier is by its name: »Jugendamt Coburg« is the Landkreis's; "" where it is none."""
    plain = plain_name(name)
    found = next((match for each in _OFFICES.values() if (match := each.search(plain))), None)
    return " ".join(["landkreis", *plain.replace(found[0], " ").split()]) if found else ""


@lru_cache(maxsize=20_000)
def kind(said: str) -> StructureKind | None:
    """The kind of structure that a word means."""
    return _member(said, _KINDS, StructureKind)


def _member(said: str, patterns: Mapping[T, str], closed: type[T]) -> T | None:
    plain = plain_name(said) if said else ""
    if not plain:
        return None
    for member in closed:
        if plain in (plain_name(WORDS[closed][member]), member.value):
            return member
    padded = said.casefold()
    for member, pattern in patterns.items():
        if re.search(rf"\b({pattern})\b", plain) or re.search(rf"\b({pattern})\b", padded):
            return member
    return None
