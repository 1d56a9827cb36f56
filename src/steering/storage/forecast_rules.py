"""What must hold between a rule by which a Kennzahl is forecast and other records."""

from typing import Any

from sqlalchemy import Connection, select

from steering.model import ForecastRule, Indicator, Municipality, Observation
from steering.model.forecast_rules import TRENDS, shares_of
from steering.model.indicators import is_percentage
from steering.storage.tables import table_of
from steering.storage.validation import WrongByField

_RULES, _INDICATORS = table_of(ForecastRule), table_of(Indicator)
_PLACES, _VALUES = table_of(Municipality), table_of(Observation)


def relations(connection: Connection, key: Any) -> WrongByField:
    """What must hold between a rule and other records: the only one in force of a Kennzahl that has values,
    with shares of municipalities that there are."""
    this = connection.execute(select(_RULES).where(_RULES.c.id == key)).mappings().one()
    if this["archived_on"] is not None:
        return {}
    indicator = this["indicator_id"]
    named = select(_INDICATORS.c.name, _INDICATORS.c.unit).where(_INDICATORS.c.id == indicator)
    name, unit = connection.execute(named).one()
    same = select(_RULES.c.id).where(
        _RULES.c.id != key, _RULES.c.indicator_id == indicator, _RULES.c.archived_on.is_(None)
    )
    if connection.execute(same).first():
        return {"indicator_id": f"Zu »{name}« gibt es schon eine Regel. Bitte diese ändern oder archivieren."}
    if connection.execute(select(_VALUES.c.id).where(_VALUES.c.indicator_id == indicator)).first() is None:
        return {
            "indicator_id": f"Zu »{name}« ist noch kein Wert erhoben; eine Regel rechnet vom letzten "
            "erhobenen Wert an. Bitte zuerst Werte eintragen."
        }
    if this["kind"] not in TRENDS and is_percentage(unit):
        return {
            "kind": f"»{name}« ist ein Anteil ({unit}); Zugänge lassen sich dazu nicht zählen. Bitte einen "
            "Trend wählen."
        }
    return _places(connection, str(this["shares"]))


def _places(connection: Connection, shares: str) -> WrongByField:
    inhabited = select(_PLACES.c.ags).where(_PLACES.c.inhabited)
    strange = shares_of(shares).keys() - set(connection.execute(inhabited).scalars())
    if not strange:
        return {}
    return {
        "shares": f"Unter {min(strange)} gibt es keine bewohnte Gemeinde des Landkreises. Bitte die Zeile "
        "entfernen."
    }
