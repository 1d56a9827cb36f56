"""What is needed, where, for whom, from when to when, and how much of it."""

from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from steering.model.base import Kept, Record, Traced, choice, name_field, text_field
from steering.model.enums import Level, NeedKind, NeedUnit, Priority
from steering.model.periods import Contradiction, Validity


class Need(Record, Kept, Traced, Validity, table=True):
    """A need of service or of steering for a task in an area, for target groups, over a period.

    `quantity` in `unit` for the whole area (places, full-time equivalents, or the people one counsellor
    is meant for); empty means that it is needed, but not how much. With `per` it is a rule: so much for
    every so many of the Kennzahl `indicator_id`, as its values in the area are on each day. A
    Beratungsschlüssel with a Kennzahl is such a rule as it stands: one full-time equivalent for every
    `quantity`. `level` limits who may meet it, `site` to which school or accommodation it belongs.
    """

    __tablename__ = "need"

    id: int | None = Field(default=None, primary_key=True)
    name: str = name_field()
    kind: NeedKind = Field(sa_type=choice(NeedKind))
    task_id: int = Field(foreign_key="task.id", index=True)
    area_id: int = Field(foreign_key="area.id", index=True)
    quantity: float | None = Field(default=None, ge=0, le=1_000_000)
    unit: NeedUnit | None = Field(default=None, sa_type=choice(NeedUnit))
    per: float | None = Field(default=None, gt=0, le=1_000_000)
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    priority: Priority = Field(default=Priority.MEDIUM, sa_type=choice(Priority))
    level: Level | None = Field(default=None, sa_type=choice(Level))
    site: str = Field(default="", max_length=200)
    note: str = text_field()

    @model_validator(mode="after")
    def _quantity_fits_its_unit(self) -> Self:
        if self.per is not None or self.indicator_id is not None:
            _check_rule(self.quantity, self.unit, self.per, self.indicator_id)
        if self.quantity is not None:
            _check_quantity(self.quantity, self.unit, by_rule=self.per is not None)
        if self.kind == NeedKind.STEERING and self.unit in (NeedUnit.PLACES, NeedUnit.RATIO):
            raise Contradiction(
                "unit", "Steuerung wird in VZÄ gemessen. Bitte »VZÄ« wählen oder die Einheit leer lassen."
            )
        return self


def _check_rule(
    quantity: float | None, unit: NeedUnit | None, per: float | None, indicator_id: int | None
) -> None:
    """Refuse a rule of which a part is missing, or one that has a part too many."""
    if quantity is None:
        raise Contradiction(
            "quantity",
            "Zum Schlüssel fehlt die Menge. Bitte eingeben, wie viel gebraucht wird, z. B. 1 VZÄ je 150.",
        )
    if unit == NeedUnit.RATIO:
        if per is not None:
            raise Contradiction(
                "per",
                "Beim Beratungsschlüssel sagt schon die Menge, für wie viele Personen eine Fachkraft da "
                "sein soll. Bitte »je« leeren oder VZÄ als Einheit wählen.",
            )
        return
    if indicator_id is None:
        raise Contradiction(
            "indicator_id",
            "Zum Schlüssel fehlt die Kennzahl. Bitte wählen, wonach sich die Menge richtet, oder »je« "
            "leeren.",
        )
    if per is None:
        raise Contradiction(
            "per",
            "Zum Schlüssel fehlt, je wie viele der Kennzahl die Menge gilt, z. B. 150. Bitte eingeben "
            "oder die Kennzahl leeren.",
        )


def _check_quantity(quantity: float, unit: NeedUnit | None, *, by_rule: bool) -> None:
    """Refuse a quantity that says nothing, or that nobody can provide."""
    if unit is None:
        raise Contradiction(
            "unit", "Zur Menge fehlt die Einheit. Bitte Plätze, VZÄ oder Beratungsschlüssel wählen."
        )
    if unit == NeedUnit.PLACES and not by_rule and not quantity.is_integer():
        raise Contradiction("quantity", "Plätze gibt es nur ganz. Bitte eine ganze Zahl eingeben.")
    if unit == NeedUnit.RATIO and quantity == 0:
        raise Contradiction(
            "quantity",
            "Ein Beratungsschlüssel von 0 ist nicht möglich. "
            "Bitte eingeben, für wie viele Personen eine Fachkraft da sein soll, z. B. 150.",
        )


class NeedGroup(Record, table=True):
    """A target group that a need is about."""

    __tablename__ = "need_group"

    need_id: int = Field(primary_key=True, foreign_key="need.id")
    target_group_id: int = Field(primary_key=True, foreign_key="target_group.id", index=True)
