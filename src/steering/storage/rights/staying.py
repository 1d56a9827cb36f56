"""What must hold once persons were changed: somebody gives out roles, and nobody has shut out oneself."""

from __future__ import annotations

from sqlalchemy import Connection

from steering.storage.problems import Invalid, Problem
from steering.storage.rights.acting import Mandate, administrators, mandate_in


def is_administered(connection: Connection) -> bool:
    """Whether there is anybody who gives out roles."""
    return bool(administrators(connection))


def check(connection: Connection, mandate: Mandate) -> None:
    """Refuse to leave the persons as they have become in this transaction; `mandate`: who changed them,
    as of before. Raises Invalid.
    """
    if not is_administered(connection):
        raise Invalid(
            Problem(0, "role", "Jemand muss verwalten. Bitte zuerst eine andere Person damit betrauen.")
        )
    if mandate.key is not None and not mandate_in(connection).known:
        raise Invalid(
            Problem(
                0,
                "",
                "Damit wären Sie selbst ausgesperrt. Die eigene Kennung, den eigenen Anmeldedienst und die "
                "eigene Sperre ändert jemand anderes, der hier verwaltet.",
            )
        )
