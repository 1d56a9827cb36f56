"""Which things an entry of the public directory can show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steering.analysis.publication.words import LABELS
from steering.model import Potential, PublicOffer
from steering.web.editing.widgets import Input

PUBLIC = "public"


def flags_of(record: type[PublicOffer] | type[Potential]) -> dict[str, str]:
    """The flags of a record, each with what it shows in a word or two, in the order of an entry."""
    named = {f"shows_{name}": label for name, label in LABELS.items()}
    return {flag: label for flag, label in named.items() if flag in record.model_fields}


def shown(row: Mapping[Any, Any], flags: Mapping[str, str]) -> list[str]:
    """What of a record is shown, in words; `row`: its values, its flags among them."""
    return [label for flag, label in flags.items() if row[flag]]


def inputs(record: type[PublicOffer] | type[Potential], *, more: bool) -> tuple[Input, ...]:
    """One box for each flag; they stand there once the entry is public."""
    return tuple(
        Input(flag, f"zeigt: {label}", "flag", more=more, when=_is_public)
        for flag, label in flags_of(record).items()
    )


def _is_public(drafts: Mapping[str, Any]) -> bool:
    return bool(drafts.get(PUBLIC))
