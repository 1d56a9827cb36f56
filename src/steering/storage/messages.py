"""What is wrong with a field, in German, with what to do about it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args

from pydantic_core import ErrorDetails

from steering.model import Record
from steering.model.german import euro, number
from steering.model.vocabulary import WORDS

MISSING = "Bitte ausfüllen."
_KINDS = {
    "int": "Bitte eine ganze Zahl eingeben.",
    "float": "Bitte eine Zahl eingeben, z. B. 1,5.",
    "finite_number": "Bitte eine Zahl eingeben, z. B. 1,5.",
    "date": "Bitte ein Datum eingeben, z. B. 31.12.2026.",
    "bool": "Bitte Ja oder Nein wählen.",
    "string": "Bitte einen Text eingeben.",
}


def message(record: type[Record], error: ErrorDetails) -> str:
    """The sentence for one of pydantic's findings."""
    kind, context = error["type"], error.get("ctx", {})
    field = str(error["loc"][0]) if error["loc"] else ""
    if kind == "missing" or error["input"] is None:
        return MISSING
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_too_short":
        return MISSING
    if kind == "string_too_long":
        most, length = number(context["max_length"], 0), number(len(error["input"]), 0)
        return f"Höchstens {most} Zeichen sind möglich, eingegeben sind {length}. Bitte kürzen."
    if kind == "enum":
        return f"»{str(error['input'])[:30]}« steht nicht zur Wahl. Möglich sind: {_choices(record, field)}."
    if bound := _bound(field, kind, context):
        return bound
    return _KINDS.get(kind, _KINDS.get(kind.split("_")[0], "Die Eingabe ist so nicht möglich. Bitte prüfen."))


def _bound(field: str, kind: str, context: Mapping[str, Any]) -> str | None:
    show = _year if field == "year" else euro if field.endswith("_cents") else number
    if kind == "less_than_equal":
        if field == "share_percent":
            return "Ein Anteil kann höchstens 100 % betragen."
        if field.startswith("fte"):
            return f"Möglich sind höchstens {number(context['le'])} VZÄ; Bruchteile mit Komma, z. B. 1,25."
        return f"Möglich ist höchstens {show(context['le'])}. Bitte prüfen."
    if kind == "greater_than_equal":
        return f"Möglich ist mindestens {show(context['ge'])}. Bitte prüfen."
    if kind == "greater_than":
        return f"Der Wert muss größer als {show(context['gt'])} sein. Bitte prüfen."
    return None


def _year(value: int) -> str:
    return f"das Jahr {value}"


def _choices(record: type[Record], field: str) -> str:
    annotation = record.model_fields[field].annotation
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            words = WORDS.get(part, {})
            return ", ".join(words.get(member, member.value) for member in part)
    return ""
