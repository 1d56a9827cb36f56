"""Whose money a row of a list names, seen from the Landkreis."""

from __future__ import annotations

import re

from steering.analysis.incoming.lists.known import RecordNames
from steering.analysis.incoming.lists.spots import Gazetteer
from steering.analysis.incoming.names import plain_name
from steering.model import Payer

NOT_OURS = "»{}«: als Geld von Dritten gelesen, nicht als Eigenmittel des Landkreises."
_THIRD = re.compile(r"spende|stiftung|sponsor")
_OWN_MEANS = re.compile(
    r"\b(?P<whose>\w*?)(haushalt(s|es|s?mittel\w*|sansatz)?|eigen(mittel|anteil)\w*|eigene mittel)\b"
)
_HIGHER = re.compile(
    r"\b(bund|bundes\w*|land|landes\w*|freistaat\w*|staats?|bezirks?|eu|ministerium\w*|regierung)\b"
)
_HIGHER_BUDGET = re.compile(r"(bundes|landes|staats|bezirks|eu)")
_TOWN = re.compile(r"\b(gemeinde|stadt|markt)")
_OUR_MONEY = re.compile(r"\b(kreis|landkreis)(haushalt|mittel|zuschuss)\w*")
_A_DISTRICT = re.compile(
    r"(?P<money>\w*(?:zuschuss|zuschuesse|zuwendung|mittel|haushalt\w*|anteil) )?(?:(?:des|der|vom|aus) )*"
    r"(?P<name>(?:landkreis|kreis|lkr|landratsamt|lra)(?:es|s)?\b.*)"
)
_OFFICE = re.compile(r"^(?:landratsamt|lra)(?:e?s)?\b")


class Payers:
    """Knows the Landkreis by its name and by what is recorded below it."""

    def __init__(self, organisations: RecordNames, own_house: frozenset[int], gazetteer: Gazetteer) -> None:
        self._organisations = organisations
        self._own_house = own_house
        self._gazetteer = gazetteer

    def payer(self, programme: str, funder: str, carrier: str, *, carrier_is_ours: bool) -> tuple[Payer, str]:
        """Whose money it is, and a sentence where own means are not the Landkreis's.

        Who is named as paying counts before the programme. A budget, or own means, of which nobody says whose
        they are, are the carrier's.
        """
        if _THIRD.search(plain_name(f"{programme} {funder}")):
            return Payer.THIRD, ""
        said = funder or programme
        plain = plain_name(said)
        if self._names_us(plain, paying=bool(funder)) or self._recorded_as_ours(funder):
            return Payer.OWN, ""
        means = _OWN_MEANS.search(plain)
        by_carrier = bool(funder) and plain == plain_name(carrier)
        granted = means is None or _HIGHER.search(plain) or _HIGHER_BUDGET.match(means["whose"])
        if granted and not by_carrier:
            return Payer.GRANT, ""
        if carrier_is_ours and not _TOWN.search(plain):
            return Payer.OWN, ""
        return Payer.THIRD, NOT_OURS.format(said[:60])

    def names_us(self, said: str) -> bool:
        """Whether a name is that of the own Landkreis, its office or a unit of it that names it first."""
        return self._names_us(plain_name(said), paying=True)

    def _names_us(self, plain: str, *, paying: bool) -> bool:
        """Whether the words name the own Landkreis as the one who pays, and not another one."""
        rest = _OUR_MONEY.sub(" ", plain)
        named = _A_DISTRICT.match(" ".join(rest.split()))
        if named is None:
            return rest != plain
        if not (paying or named["money"] or rest != plain):
            return False
        words = [word for word in _OFFICE.sub("landkreis", named["name"]).split() if not word.isdecimal()]
        # What stands behind the name may be a unit of it or a purpose.
        parts = (" ".join(words[:end]) for end in range(min(2, len(words)), len(words) + 1))
        return any(self._gazetteer.by_district(part).whole for part in parts)

    def _recorded_as_ours(self, funder: str) -> bool:
        return bool(funder) and self._organisations.find(funder) in self._own_house
