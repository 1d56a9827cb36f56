"""What the section shows: the decisions on each structure, the releases, and what the next one changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from steering.analysis.portfolio import Portfolio
from steering.analysis.publication import confirming
from steering.analysis.publication import words as said
from steering.analysis.publication.choosing import public_directory
from steering.analysis.publication.confirming import SITE, PublicDifference, PublicTurn
from steering.analysis.publication.content import PublicDirectory
from steering.analysis.publication.standing import structures_standing
from steering.model import Language, PublicOffer
from steering.model.german import day, listing, moment_in_words
from steering.model.vocabulary import word
from steering.storage import releases
from steering.web import current
from steering.web.publication.flags import flags_of, shown

Released = tuple[tuple[date, PublicDirectory], ...]
FLAGS = flags_of(PublicOffer)
# Which texts a thing that is shown is made of.
_MADE_OF = {
    "shows_what": ("what",),
    "shows_for_whom": ("for_whom",),
    "shows_opening": ("opening",),
    "shows_contact": ("contact", "phone", "mailbox", "website"),
    "shows_address": ("street", "postal_code", "town"),
}
_SITE_NAME = "Angaben zum Verzeichnis"


def wanted() -> PublicDirectory:
    """What may be public today, by what is decided."""
    return current.of(public_directory, current.today())


def released() -> Released:
    """The last releases with their days, the earliest first."""
    # None is ever removed: their number tells whether there is a new one.
    return current.derived(_released, len(releases.released(current.engine())))


def _released(_many: int) -> Released:
    return tuple(releases.releases(current.engine()))


def differences() -> tuple[PublicDifference, ...]:
    """What the next release changes."""
    return current.derived(_differences, len(releases.released(current.engine())), current.today())


def _differences(_many: int, _today: date) -> tuple[PublicDifference, ...]:
    known = released()
    return tuple(confirming.differences(wanted(), known[-1][1] if known else None))


def decisions(portfolio: Portfolio, today: date) -> pd.DataFrame:
    """`structures_standing` with what is decided on each.

    Added columns: offer_id, version (NA where there is no entry), public, the flags (bool), the texts of an
    entry, and `languages` (tuple of words).
    """
    rows = structures_standing(portfolio, today)
    offers = portfolio.frame("public_offer").rename(columns={"id": "offer_id"}).drop(columns="archived_on")
    found = rows.merge(offers, on="structure_id", how="left")
    switches = ["public", *FLAGS]
    found[switches] = found[switches].astype("boolean").fillna(False).astype(bool)
    written = sorted({name for names in _MADE_OF.values() for name in names})
    found[written] = found[written].fillna("")
    texts = portfolio.frame("public_text").dropna(subset=["offer_id"])
    spoken: dict[int, list[str]] = {}
    for offer, language in zip(texts["offer_id"], texts["language"], strict=True):
        spoken.setdefault(int(offer), []).append(word(Language(language)))
    found["languages"] = [
        () if pd.isna(key) else tuple(sorted(spoken.get(int(key), ()))) for key in found["offer_id"]
    ]
    return found


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """One line for each of the decisions: Struktur, Träger, Öffentlich, Gezeigt wird, Noch leer, Sprachen."""
    lines = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Struktur": rows["name"],
            "Träger": rows["organisation"],
            "Öffentlich": [_is_public(row) for row in lines],
            "Gezeigt wird": [_shown(row) for row in lines],
            "Noch leer": [listing(_empty(row)) or "–" for row in lines],
            "Sprachen": [", ".join(row["languages"]) or "–" for row in lines],
        }
    )


def _is_public(row: dict[Any, Any]) -> str:
    if row["kept_out"]:
        return f"bleibt draußen: {row['kept_out']}"
    return "ja" if row["public"] else "nein"


def _shown(row: dict[Any, Any]) -> str:
    if not row["public"]:
        return "–"
    found = shown(row, FLAGS)
    if len(found) == len(FLAGS):
        return "alles"
    return listing(["Name", *found], most=5) if found else "nur der Name"


def _empty(row: dict[Any, Any]) -> list[str]:
    """What is shown of which nothing is written yet."""
    return [
        FLAGS[flag]
        for flag, names in _MADE_OF.items()
        if row["public"] and row[flag] and not any(row[name] for name in names)
    ]


def changes(found: Sequence[PublicDifference], directory: PublicDirectory) -> pd.DataFrame:
    """What a release changes, in words: Was geschieht, Eintrag, Angabe, Bisher, Künftig."""
    return pd.DataFrame(
        [
            {
                "Was geschieht": each.turn.value,
                "Eintrag": _SITE_NAME if each.key == SITE else each.name,
                "Angabe": _field(each),
                "Bisher": _value(each, each.before, directory),
                "Künftig": _value(each, each.after, directory),
            }
            for each in found
        ],
        columns=["Was geschieht", "Eintrag", "Angabe", "Bisher", "Künftig"],
    )


def _field(each: PublicDifference) -> str:
    labels = said.SITE_LABELS if each.key == SITE else said.LABELS
    return labels.get(each.field, each.field) if each.field else "ganzer Eintrag"


def _value(each: PublicDifference, value: Any, directory: PublicDirectory) -> str:
    if value is None:
        return "–"
    if each.key == SITE:
        return said.said_of_site(each.field, value) or "–"
    if not each.field:
        return said.entry_in_words(value, directory)
    return said.said(each.field, value, directory) or "–"


def turns(found: Sequence[PublicDifference]) -> dict[str, PublicTurn]:
    """For each entry that changes what happens to it as a whole, by its key."""
    return {each.key: PublicTurn.CHANGED if each.field else each.turn for each in found}


def releases_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Who released when, the latest first: Freigegeben am, Stand vom, Durch."""
    return pd.DataFrame(
        {
            "Freigegeben am": [moment_in_words(at) for at in rows["at"]],
            "Stand vom": [day(on) for on in rows["day"]],
            "Durch": rows["actor"],
        }
    )
