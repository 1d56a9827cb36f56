"""Random days at the office: edits, merges, confirmations and removals on the small inventory."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine

from steering.model import (
    Agreement,
    Area,
    EndKind,
    Funding,
    Level,
    Organisation,
    Provenance,
    Record,
    Responsibility,
    Role,
    Structure,
    StructureKind,
)
from steering.storage import archiving, confirming, examples, merging
from steering.storage.problems import Conflict, Invalid, Receipt
from steering.storage.writing import Edit, write
from tests.storage.conftest import (
    AHORN,
    BERATUNG,
    CARITAS,
    CARRYING,
    COUNSEL,
    DISTRICT,
    EVERYONE,
    LANDKREIS,
    LANDRATSAMT,
    LANGUAGE,
    LOTSEN,
    NEUSTADT,
    NOW,
    OTHER_CARRYING,
    OWN_SHARE,
    REFUGEES,
    WHO,
)
from tests.stored import row_of

Step = tuple[Any, ...]

_days = st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31))
_names = st.text("aäB1", min_size=1, max_size=5)
_structures = st.sampled_from([LOTSEN, BERATUNG])
_fundings = st.sampled_from([CARRYING, OWN_SHARE, OTHER_CARRYING])
_organisations = st.sampled_from([LANDKREIS, LANDRATSAMT, CARITAS])
_ends = st.sampled_from(EndKind)
_provenance = st.sampled_from([Provenance.EXAMPLE, Provenance.DOCUMENTED])
_groups = st.lists(st.sampled_from([EVERYONE, REFUGEES]), min_size=1, unique=True)


def _change(record: type[Record], keys: st.SearchStrategy, **values: st.SearchStrategy) -> st.SearchStrategy:
    """A change of one or two fields."""
    fields = st.lists(st.sampled_from(list(values)), min_size=1, max_size=2, unique=True)
    chosen = fields.flatmap(lambda names: st.fixed_dictionaries({name: values[name] for name in names}))
    return st.tuples(st.just(record), keys, chosen)


def _addition(record: type[Record], **values: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(st.just(record), st.none(), st.fixed_dictionaries({**values, "provenance": _provenance}))


edits = st.one_of(
    _change(Structure, _structures, name=_names, fte=st.none() | st.floats(0, 9), valid_from=_days,
            valid_until=_days, end_kind=_ends, organisation_id=_organisations, provenance=_provenance),
    _change(Funding, _fundings, end=_days, end_kind=_ends, amount_cents=st.none() | st.integers(0, 10**9),
            structure_id=_structures, provenance=_provenance),
    _change(Responsibility, st.just(1), target_groups=_groups, structure_id=_structures,
            role=st.sampled_from(Role)),
    _change(Organisation, _organisations, parent_id=st.none() | _organisations, name=_names),
    _change(Area, st.just(DISTRICT), municipalities=st.sampled_from([[AHORN], [AHORN, NEUSTADT]])),
    _addition(Structure, name=_names, kind=st.sampled_from(StructureKind), organisation_id=_organisations),
    _addition(Funding, name=_names, structure_id=_structures),
    _addition(Responsibility, structure_id=_structures, task_id=st.sampled_from([COUNSEL, LANGUAGE]),
              area_id=st.just(DISTRICT), role=st.sampled_from([Role.LEAD, Role.DELIVER])),
    _addition(Organisation, name=_names, level=st.sampled_from(Level)),
    _addition(Agreement, name=_names, kind=st.just("service"),
              organisations=st.lists(_organisations, unique=True)),
)  # fmt: skip
_kinds = {
    "write": st.tuples(st.just("write"), st.lists(edits, min_size=1, max_size=4)),
    "merge structures": st.tuples(st.just("merge"), st.just(Structure), st.permutations([LOTSEN, BERATUNG])),
    "merge organisations": st.tuples(
        st.just("merge"), st.just(Organisation), st.permutations([LANDKREIS, LANDRATSAMT, CARITAS])
    ),
    "put away": st.one_of(
        st.tuples(st.just("put away"), st.just(Structure), _structures),
        st.tuples(st.just("put away"), st.just(Organisation), _organisations),
    ),
    "confirm": st.tuples(st.just("confirm"), _structures),
    "remove examples": st.just(("remove examples",)),
}
_steps = st.sampled_from(["write", "write", "write", "remove examples", *_kinds]).flatmap(_kinds.__getitem__)
days = st.lists(_steps, min_size=2, max_size=8)


def carried_out(engine: Engine, day: list[Step]) -> Iterator[str]:
    """The batches of the day's steps, without those that were refused or changed nothing."""
    for step in day:
        try:
            receipt = _carry_out(engine, step)
        except (Invalid, Conflict):
            continue
        if receipt.batch is not None:
            yield receipt.batch


def version(engine: Engine, record: type[Record], key: Any) -> int:
    """The present version of a record."""
    return (row_of(engine, record, key) or {"version": 0})["version"]


def _carry_out(engine: Engine, step: Step) -> Receipt:
    match step:
        case ("write", parts):
            found = [
                Edit(record, values, id=key, version=key and version(engine, record, key))
                for record, key, values in parts
            ]
            return write(engine, found, **WHO)
        case ("merge", record, (keep, drop, *_)):
            return merging.merge(engine, record, keep, drop, **WHO)
        case ("put away", record, key):
            return archiving.delete_or_archive(engine, record, key, version(engine, record, key), **WHO)
        case ("confirm", key):
            opened = version(engine, Structure, key)
            return confirming.confirm(engine, Structure, key, opened, on=NOW.date(), **WHO)
        case _:
            return examples.remove(engine, **WHO)
