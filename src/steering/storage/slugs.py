"""Short names for addresses, made from names."""

import re
import unicodedata

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
    wanted = slug_of(name)
    column = table_of(record).c.slug
    taken = set(
        connection.execute(select(column).where(column.startswith(wanted, autoescape=True))).scalars()
    )
    number = 1
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
