"""Where a row belongs: key, name, seat, postcode and Kreis weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from steering.analysis.incoming.lists.meanings import Meaning
from steering.analysis.incoming.lists.spots import Gazetteer, Spot
from steering.analysis.incoming.names import plain_name

_WIDER = re.compile(
    r"\b(\w*weit|deutschland|bund|bayern|freistaat|land|europa|regierungsbezirk|\w*franken|region|online|digital)\b"
)


@dataclass(frozen=True)
class Placed:
    """The place of a row, the column that says it, and how it was understood."""

    spot: Spot
    meaning: Meaning
    notes: tuple[str, ...] = ()


@dataclass
class Placing:
    """Asks the columns of one row; `said` gives the text of each."""

    gazetteer: Gazetteer
    said: Callable[[Meaning], str]
    notes: list[str] = field(default_factory=list)

    def placed(self) -> Placed:
        """The key decides; a name only as far as postcode and Kreis do not speak of another place."""
        spot, meaning = self._by_columns()
        if spot.note:
            self.notes.append(spot.note)
        return Placed(spot, meaning, tuple(self.notes))

    def _by_columns(self) -> tuple[Spot, Meaning]:
        key = self._look_up(Meaning.AGS)
        if key.whole and (narrower := self._look_up(Meaning.MUNICIPALITY)).municipalities:
            return narrower, Meaning.MUNICIPALITY
        if not key.empty:
            return key, Meaning.AGS
        for meaning in (Meaning.MUNICIPALITY, Meaning.SEAT):
            spot = self._look_up(meaning)
            if spot.municipalities:
                return self._checked(spot, meaning)
            if (spot.outside or spot.problem) and self._knows_better(meaning):
                # A village is not a municipality; its postcode or its Kreis knows better.
                continue
            if not spot.empty:
                return spot, meaning
        return self._by_postcode()

    def _look_up(self, meaning: Meaning) -> Spot:
        find = {
            Meaning.AGS: self.gazetteer.by_key,
            Meaning.MUNICIPALITY: self.gazetteer.by_name,
            Meaning.SEAT: self.gazetteer.by_name,
            Meaning.POSTCODE: self.gazetteer.by_postcode,
            Meaning.DISTRICT: self.gazetteer.by_district,
        }[meaning]
        said = self.said(meaning)
        return find(said) if said else Spot()

    def _knows_better(self, meaning: Meaning) -> bool:
        """Whether postcode or Kreis say more than a name that is no municipality here."""
        if meaning == Meaning.MUNICIPALITY and _WIDER.search(plain_name(self.said(meaning))):
            return False
        by_postcode = self._look_up(Meaning.POSTCODE)
        if meaning == Meaning.SEAT and by_postcode.outside:
            return True
        return bool(by_postcode.municipalities) or self._look_up(Meaning.DISTRICT).whole

    def _checked(self, spot: Spot, meaning: Meaning) -> tuple[Spot, Meaning]:
        """A municipality by its name, unless postcode or Kreis say that another of that name is meant."""
        postcode, district = self.said(Meaning.POSTCODE), self._look_up(Meaning.DISTRICT)
        if postcode and (other := self.gazetteer.elsewhere(spot, postcode, self.said(meaning))):
            return other, meaning
        if district.outside:
            where = f"{self.said(meaning)[:60]}, {self.said(Meaning.DISTRICT)[:60]}"
            return Spot(outside=f"Ort »{where}«"), meaning
        by_postcode = self._look_up(Meaning.POSTCODE)
        if by_postcode.outside or (
            by_postcode.municipalities and not set(spot.municipalities) & set(by_postcode.municipalities)
        ):
            self.notes.append(
                f"Die Postleitzahl {postcode} ist für »{self.said(meaning)[:40]}« nicht bekannt."
            )
        return spot, meaning

    def _by_postcode(self) -> tuple[Spot, Meaning]:
        spot = self._look_up(Meaning.POSTCODE)
        name = self.said(Meaning.MUNICIPALITY) or self.said(Meaning.SEAT)
        if len(spot.municipalities) > 1:
            self.notes.append(
                f"Die Postleitzahl {self.said(Meaning.POSTCODE)} gehört zu mehreren Gemeinden; "
                "das Gebiet bleibt offen."
            )
            return Spot(), Meaning.POSTCODE
        if spot.municipalities and name:
            found = self.gazetteer.names[spot.municipalities[0]]
            self.notes.append(f"»{name[:40]}« nach der Postleitzahl als {found} gelesen.")
        if spot.outside and name:
            return Spot(outside=f"Ort »{self.said(Meaning.POSTCODE)} {name[:60]}«"), Meaning.POSTCODE
        if not spot.empty:
            return spot, Meaning.POSTCODE
        district = self._look_up(Meaning.DISTRICT)
        if district.whole and name:
            self.notes.append(f"»{name[:40]}« ist keine Gemeinde des Landkreises; das Gebiet bleibt offen.")
            return Spot(), Meaning.DISTRICT
        return district, Meaning.DISTRICT
