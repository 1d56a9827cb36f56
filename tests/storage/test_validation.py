"""A record is checked by its own rules without being made; both ways must say the same."""

import pytest
from pydantic import ValidationError

from steering.model import Record
from steering.storage import validation
from steering.storage.starter import records
from steering.storage.tables import OWNER_OF, table_of

STARTER = [record for record in records("coburg") if table_of(type(record)).name not in OWNER_OF]


def test_every_documented_record_is_the_same_whichever_way_it_is_checked():
    kinds = set()
    for record in STARTER:
        kind = type(record)
        cells = record.model_dump()
        row, _ = validation.check(kind, cells)
        expected = kind.model_validate(cells).model_dump()
        assert {name: row[name] for name in expected} == expected
        assert [type(row[name]) for name in expected] == [type(value) for value in expected.values()]
        kinds.add(kind)
    assert len(kinds) > 10


KINDS: list[type[Record]] = sorted({type(record) for record in STARTER}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_record_refuses_is_refused_with_as_many_findings(kind: type[Record]):
    sound = next(record for record in STARTER if type(record) is kind).model_dump()
    for field, value in sound.items():
        broken = sound | {field: "\x00" if isinstance(value, str) else "kein Wert"}
        expected = refused_by_the_record(kind, broken)
        assert set(validation.check(kind, broken)[1]) >= expected


def refused_by_the_record(kind: type[Record], cells: dict) -> set[str]:
    """The fields that pydantic names when the record itself is made."""
    try:
        kind.model_validate(cells)
    except ValidationError as error:
        return {str(each["loc"][0]) for each in error.errors() if each["loc"]}
    return set()
