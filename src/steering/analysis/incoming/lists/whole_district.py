"""The words with which lists mean the whole Kreis: »gesamter Landkreis«, »alle«, »LKR CO«, »Coburg Land«."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steering.analysis.incoming.names import plain_name

_DISTRICT = {
    "landkreis", "landkreises", "lkr", "lk", "kreis", "kreises", "kr", "kreisgebiet", "landkreisgebiet",
    "kreisgebiets", "kreisweit", "landkreisweit", "district", "county", "countywide", "districtwide",
}  # fmt: skip
_ALL = re.compile(
    r"alle[rnm]?|saemtliche[rn]?|gesamt\w*|ganz\w*|komplett\w*|ueberall|flaechendeckend|whole|entire|all"
)
_BESIDE = {
    "im", "in", "der", "des", "das", "den", "dem", "die", "und", "mit", "sowie", "zu", "von", "fuer", "the",
    "of", "wide", "weit", "gemeinden", "kommunen", "staedte", "staedten", "maerkte", "maerkten", "orte",
    "orten", "gebiet", "stadt", "kreisfreie", "kreisfreien", "land", "municipalities", "ort",
}  # fmt: skip


@dataclass(frozen=True)
class MeansDistrict:
    """That a text means the whole Kreis; where it is not `sure`, the note asks."""

    sure: bool = True
    note: str = ""


class WholeDistrict:
    """Knows the name of the own Kreis."""

    def __init__(self, name: str) -> None:
        self._town = plain_name(re.sub(r"^(Landkreis|Kreis)\s+", "", name))
        self._words = set(self._town.split())

    def is_town(self, said: str) -> bool:
        """Whether a text is just the name that the Kreis shares with its town."""
        return plain_name(said) == self._town

    def meant(self, said: str) -> MeansDistrict | None:
        """Whether a text means the whole Kreis; None where it names something else."""
        words = plain_name(said).split()
        own = [word for word in words if word in self._words]
        others = [
            word
            for word in words
            if word not in self._words
            and word not in _DISTRICT
            and word not in _BESIDE
            and not _ALL.fullmatch(word)
        ]
        district = any(word in _DISTRICT for word in words)
        if len(others) == 1 and district and not own:
            return self._by_plate(others[0], said)
        if others or not words:
            return None
        if not district and not (own and "land" in words):
            everything = any(_ALL.fullmatch(word) for word in words) and "stadt" not in words
            return MeansDistrict() if everything and not own else None
        if own and "stadt" in words:
            return MeansDistrict(
                note=f"»{said[:40]}« als der Landkreis gelesen; die kreisfreie Stadt liegt außerhalb."
            )
        return MeansDistrict()

    def _by_plate(self, letters: str, said: str) -> MeansDistrict | None:
        """»LKR CO«: the letters of number plates stand in the name of the town, mostly at its beginning."""
        if len(letters) > 3 or not self._town.startswith(letters[:1]):
            return None
        if self._town.startswith(letters):
            return MeansDistrict(note=f"»{said[:40]}« als der ganze Landkreis gelesen.")
        rest = iter(self._town)
        if all(letter in rest for letter in letters):
            return MeansDistrict(sure=False, note=f"»{said[:40]}«: der ganze Landkreis? Bitte ausschreiben.")
        return None
