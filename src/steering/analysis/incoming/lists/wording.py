"""What a heading says: which meanings it can have, how sure that is, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from steering.analysis.incoming.lists.basis import without_year
from steering.analysis.incoming.lists.headings import HEADINGS
from steering.analysis.incoming.lists.meanings import DAYS, FIGURES, Meaning
from steering.analysis.incoming.lists.units import without_scale
from steering.analysis.incoming.names import plain_name

WHOLE, PARTS, SHORTENED, HALF, BY_A_WORD = 10, 9, 8, 7, 4
"""How sure a heading is: known as it stands, in two languages, without its additions, one half, one word."""
_LIMIT = 400

_KNOWN: dict[str, dict[Meaning, int]] = {}
for _meaning, _steps in HEADINGS.items():
    for _step, _words in enumerate(_steps):
        for _word in _words.split("|"):
            _KNOWN.setdefault(_word.replace(" ", ""), {}).setdefault(_meaning, _step)

# What stands beside the words that count: whose beginning, in what currency, by which article.
_BESIDE = re.compile(
    r"\b(in|eur|euro|teur|keur|tsd|mio|dm|stk|proz|prozent|ca|lfd|nr|"
    r"(der|des|dem|die|das|im|vom|zum|zur|fuer|fuer das|of the|of) "
    r"(konkreten |gefoerderten |geplanten |jeweiligen )?"
    r"(vorhabens?|massnahmen?|projekte?s?|operation|foerderung|angebote?s?|einrichtung|bewilligung))\b"
)
_OWNER_AT_END = re.compile(r"(des|der)(vorhabens|projekte?s|massnahme|operation)$")
_TAIL = re.compile(
    r"\b(gemaess|gem art|oder andere|or other|nur (efre|esf)|as per|je prioritaets\w*|pro prioritaets\w*|"
    r"prio achse|der prioritaets\w*|allocated to|laut|nennung ausschliess\w*|only of|soweit|falls|"
    r"ohne natuerliche)\b.*"
)
_NUMBERING = re.compile(r"^(spalte )?\d{1,2} (?=\w{3})|(?<=[a-z])\d\b|\b\d\b$|(?<= )\d$")
_PARTS = re.compile(r" – | — | - | / |\n|/|\||;")

_FORMER = (
    r"\b(alt|alte[rsn]?|bisher\w*|frueher\w*|ehemal\w*|vormal\w*|vorjahr\w*|veraltet|ungueltig|previous|"
    r"old)\b"
)
_PERSONS = r"\b(ansprech\w*|kontakt\w*|vorname|nachname|telefon\w*|e ?mail|bearbeite\w*|contact|person)\b"
_NO_DAY = (
    r"\b(\w*geprueft\w*|pruef\w*|\w*pruefung\w*|gegruendet|gruendung\w*|founded|established|\w*bescheid\w*|"
    r"notice|stand|datenstand|\w*aktualisier\w*|update\w*|modified|\w*geaendert|\w*aenderung\w*|erstell\w*|"
    r"angelegt|\w*erfass\w*|created|changed|eingang\w*|eingegangen|\w*antrag\w*|beantrag\w*|application|"
    r"applied|requested|\w*nachweis\w*|frist|\w+sfrist|deadline|\w*kuendig\w*|geburt\w*|birth\w*|"
    r"unterschr\w*|unterzeichn\w*|signed|vertragsabschluss|beschluss\w*|\w*genehmigt am|bewilligt am|"
    r"bewilligungs(datum|jahr)|jahr|jahre|\w*zahlung\w*|\w*gezahlt\w*|paid|abruf\w*|abgerufen|\w*meldung|"
    r"gemeldet|kontroll\w*|besuch\w*|besichtig\w*|checked|verified|last|letzte\w*|zuletzt|naechste\w*|"
    r"sprechzeit\w*|uhrzeit|wiedervorlage|evaluation\w*|bericht\w*|erinner\w*)\b"
)
_NO_FIGURE = (
    r"\b(\w*beantrag\w*|antragssumme|requested|eigen(anteil|mittel|beitrag|leistung)\w*|own|kaution|deposit|"
    r"pfand|\w*miete\w*|gebuehr\w*|\w*preis\w*|kostenbeitrag|teilnehm\w*beitrag|rueckforder\w*|"
    r"rueckzahl\w*|rest\w*|offen\w*|abgerufen|abruf\w*|\w*gezahlt\w*|\w*zahlung\w*|paid|drittmittel|"
    r"spenden?|soll|plan\w*|geplant\w*|planned|differenz|einnahmen|umsatz|kredit|darlehen|belegt\w*|"
    r"frei\w*|warteliste|auslastung|vakant|unbesetzt|je|pro (?!jahr\b|prio)\w+|\w*satz je|monat\w*|mtl|"
    r"monthly|nummer|nr|id|code|kennzeichen|konto|haushaltsstelle|kofinanzierungsbetrag)\b"
)
# What money is given as, not what a structure is: »Art der Förderung« says »Anteilsfinanzierung«.
_NO_KIND = r"\b(foerderung|bewilligung|zuwendung|finanzierung)\b"
_AGAINST: tuple[tuple[tuple[Meaning, ...], re.Pattern[str]], ...] = (
    (tuple(Meaning), re.compile(f"{_FORMER}|{_PERSONS}")),
    (DAYS, re.compile(_NO_DAY)),
    (FIGURES, re.compile(_NO_FIGURE)),
    ((Meaning.KIND,), re.compile(_NO_KIND)),
)
_OF_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class HeadingMeanings:
    """What a heading may mean, each with its step (see `HEADINGS`), and how sure its words are.

    `against`: meanings that its other words rule out. `year`: the single year it speaks of, "" without.
    """

    steps: Mapping[Meaning, int] = field(default_factory=dict)
    weight: int = 0
    against: frozenset[Meaning] = frozenset()
    year: str = ""

    @property
    def known(self) -> bool:
        """Whether it is a heading that lists use, rather than one with a known word in it."""
        return self.weight > BY_A_WORD


@lru_cache(maxsize=5_000)
def wording(heading: str) -> HeadingMeanings:
    """What a heading says; one that is much longer than headings are says nothing."""
    if len(heading) > _LIMIT:
        return HeadingMeanings()
    plain = plain_name(heading)
    whole = _KNOWN.get(plain.replace(" ", ""))
    if whole:
        return HeadingMeanings(whole, WHOLE)
    years = set(_OF_A_YEAR.findall(plain))
    year = years.pop() if len(years) == 1 else ""
    of_amounts = without_year(heading)
    against = frozenset(
        meaning
        for meanings, pattern in _AGAINST
        for meaning in meanings
        if pattern.search(of_amounts if meaning == Meaning.AMOUNT else plain)
    )
    steps, weight = _looked_up(heading)
    return HeadingMeanings(steps, weight, against, year)


def go_together(above: str, below: str) -> bool:
    """Whether two texts of one column can both be its heading: none of them known, or for one meaning.

    A carrier called »Verein« below the heading »Träger« goes with it; a programme »Projekt« does not.
    """
    upper, lower = wording(above), wording(below)
    return not (upper.known and lower.known) or not upper.steps.keys().isdisjoint(lower.steps)


def _looked_up(heading: str) -> tuple[Mapping[Meaning, int], int]:
    for weight, form in _forms(heading):
        if found := _KNOWN.get(form) or _in_two_languages(form):
            return found, weight
    for _, form in _forms(without_year(without_scale(heading))):
        if Meaning.AMOUNT in (found := _KNOWN.get(form, {})):
            return {Meaning.AMOUNT: found[Meaning.AMOUNT]}, SHORTENED
    parts = [part for part in _PARTS.split(heading) if part.strip()]
    if len(parts) > 1 and (of_parts := _of_parts(parts)):
        return of_parts
    for word in plain_name(heading).split():
        if len(word) > 3 and word in _KNOWN:
            return _KNOWN[word], BY_A_WORD
    return {}, 0


def _forms(heading: str) -> Iterator[tuple[int, str]]:
    """A heading with ever more of its additions taken off, in one word."""
    outside = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", heading)
    for said in dict.fromkeys((heading, outside)):
        plain = plain_name(said)
        yield PARTS, plain.replace(" ", "")
        shorter = _TAIL.sub("", _NUMBERING.sub("", plain))
        yield SHORTENED, shorter.replace(" ", "")
        yield SHORTENED, _BESIDE.sub(" ", f" {shorter} ").replace(" ", "")
        # Words that were cut at the end of a line: »Postleit-zahl des Vor-habens«.
        yield SHORTENED, _OWNER_AT_END.sub("", shorter.replace(" ", ""))


def _in_two_languages(form: str) -> Mapping[Meaning, int] | None:
    """What two known headings written one after the other mean, where that is the same."""
    for cut in range(3, len(form) - 2):
        first = _KNOWN.get(form[:cut])
        if first and (second := _KNOWN.get(form[cut:])):
            both = {
                meaning: min(step, second[meaning]) for meaning, step in first.items() if meaning in second
            }
            if both:
                return both
    return None


def _of_parts(parts: list[str]) -> tuple[Mapping[Meaning, int], int] | None:
    """What a heading of several parts means: languages, or a group above its column (»Laufzeit – bis«)."""
    found = [next((steps for _, form in _forms(part) if (steps := _KNOWN.get(form))), None) for part in parts]
    known = [steps for steps in found if steps]
    if not known:
        return None
    shared = {
        meaning: min(steps[meaning] for steps in known)
        for meaning in known[0]
        if all(meaning in steps for steps in known)
    }
    if shared:
        return shared, PARTS if len(known) == len(parts) else HALF
    last = found[-1]
    if last is None:
        return None
    # Under »Träger« stands the name of the carrier.
    group = next((steps for steps in found[:-1] if steps and Meaning.ORGANISATION in steps), None)
    if group and Meaning.NAME in last and Meaning.ORGANISATION in last:
        return {Meaning.ORGANISATION: 0}, PARTS
    return last, SHORTENED
