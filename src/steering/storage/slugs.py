"""Short names for addresses, made from names."""

import re
import unicodedata
from collections.abc import Set

from sqlalchemy import Connection, select

from steering.model import Record
from steering.storage.tables import table_of

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST = 60


def slug_of(name: str) -> str:
    """Lower case, umlauts spelt out, everything else than letters and digits a hyphen."""
    spelt = unicodedata.normalize("NFC", name).lower().translate(_SPELT_OUT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "ohne-namen"


def unused_slug(connection: Connection, record: type[Record], name: str) -> str:
    """The name's slug, with a number where another record of the type has it already."""
    return numbered(slug_of(name), taken_slugs(connection, record))


def taken_slugs(connection: Connection, record: type[Record]) -> set[str]:
    """The slugs that records of a type have, archived ones too."""
    return set(connection.execute(select(table_of(record).c.slug)).scalars())


def numbered(wanted: str, taken: Set[str]) -> str:
    """The slug wanted, with the first free number where it is taken."""
    number = 1
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
