"""One record checked by its own rules, all findings at once."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_args

import pandas as pd
from pydantic import ValidationError

from steering.model import Record
from steering.model.periods import Contradiction
from steering.storage.messages import MISSING, message
from steering.storage.rows import Row
from steering.storage.tables import LINKS, table_of

WrongByField = dict[str, str]
"""What is wrong, by field; "" is the record as a whole."""

_NEEDED_LISTS = {"municipalities", "target_groups"}


def tidy(record: type[Record], values: Mapping[str, Any]) -> Row:
    """Values as forms, frames and files give them, as the model wants them: empty is None or the default."""
    lists = {link.field for link in LINKS.get(record, ())}
    columns = table_of(record).c
    tidied = {}
    for field, value in values.items():
        if field in lists:
            tidied[field] = sorted(set(value or []))
        elif field in columns:
            tidied[field] = _tidy_cell(record, field, value)
        else:
            raise ValueError(f"{record.__name__} has no field {field}")
    return tidied


def check(record: type[Record], values: Row) -> tuple[Row, WrongByField]:
    """The values as a whole row in the model's types, and what is wrong with them.

    Where something is wrong the row is the values as they came.
    """
    lists = {link.field: values.get(link.field, []) for link in LINKS.get(record, ())}
    findings = {field: MISSING for field, members in lists.items() if field in _NEEDED_LISTS and not members}
    cells = {field: value for field, value in values.items() if field not in lists}
    try:
        row = _validated(record, cells)
    except ValidationError as error:
        found = _findings(record, error)
        return values, findings | _contradictions(record, cells, found) | found
    return row | lists, findings


def faults(record: type[Record], values: Mapping[str, Any]) -> WrongByField:
    """What the record would say of these values, some of which may be no fields of it; nothing is written."""
    fields = {*table_of(record).c.keys(), *(link.field for link in LINKS.get(record, ()))}
    return check(record, tidy(record, {name: value for name, value in values.items() if name in fields}))[1]


class _Bare:
    """Takes a record's validated fields; the rules of the record run on it as they would on the record."""


def _validated(record: type[Record], cells: Row) -> Row:
    """The cells by the record's own rules, with its defaults. Raises ValidationError.

    `model_validate` would set each field once more through SQLAlchemy's instrumentation, which takes ten
    times as long and serves objects that are to be stored as such; here only the values are wanted.
    """
    bare: Any = _Bare()
    record.__pydantic_validator__.validate_python(cells, self_instance=bare)
    return {name: bare.__dict__[name] for name in record.model_fields}


def _findings(record: type[Record], error: ValidationError) -> WrongByField:
    findings = {}
    for detail in error.errors():
        reason = detail.get("ctx", {}).get("error")
        whole = reason.field if isinstance(reason, Contradiction) else ""
        findings[str(detail["loc"][0]) if detail["loc"] else whole] = message(record, detail)
    return findings


def _contradictions(record: type[Record], cells: Row, found: WrongByField) -> WrongByField:
    """What does not go together, which the model leaves out as soon as a single field is wrong."""
    wrong = [field for field in found if field in record.model_fields]
    if len(wrong) < len(found) or any(_decides_a_period(record, field) for field in wrong):
        return {}
    try:
        record.model_validate(cells | {field: _harmless(record, field) for field in wrong})
    except ValidationError as error:
        return _findings(record, error)
    return {}


def _decides_a_period(record: type[Record], field: str) -> bool:
    annotation = record.model_fields[field].annotation
    return field == "end_kind" or date in (annotation, *get_args(annotation))


def _harmless(record: type[Record], field: str) -> Any:
    info = record.model_fields[field]
    if not info.is_required():
        return info.get_default()
    if isinstance(info.annotation, type) and issubclass(info.annotation, StrEnum):
        return next(iter(info.annotation))
    return "x" if info.annotation is str else 1


def _tidy_cell(record: type[Record], field: str, value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    # NaN and NaT are not equal to themselves.
    if value is pd.NA or value != value:
        value = None
    elif isinstance(value, datetime):
        value = value.date()
    nullable = bool(table_of(record).c[field].nullable)
    if nullable and isinstance(value, str) and not value.strip():
        return None
    info = record.model_fields[field]
    if value is None and not nullable and not info.is_required():
        return info.get_default()
    return value
