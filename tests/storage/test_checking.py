"""`steering check`: whatever does not belong is named by table, row and column, and nothing else is."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, update

from steering.model import (
    AgendaItem,
    Funding,
    Meeting,
    Organisation,
    PersonRole,
    Responsibility,
    Structure,
    TargetGroup,
)
from steering.storage import archiving, checking, persons, schema
from steering.storage.engine import writing
from steering.storage.history.undoing import undo
from steering.storage.imports import remembering
from steering.storage.problems import DatabaseRefused
from steering.storage.tables import table_of
from steering.storage.writing import Edit, Made, write
from tests.storage.conftest import CARRYING, LOTSEN, NOW, REFUGEES, WHO, inventory
from tests.storage.days import Step, carried_out, days
from tests.stored import batch_of


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which people have worked: changed, added, removed, taken back."""
    file = tmp_path_factory.mktemp("lived in") / "steering.db"
    engine = schema.prepare(f"sqlite:///{file}", "coburg", fill=inventory)
    write(engine, [Edit(Structure, {"name": "Lotsen"}, id=LOTSEN, version=1)], **WHO)
    write(engine, [Edit(Responsibility, {"target_groups": [REFUGEES]}, id=1, version=1)], **WHO)
    end = write(engine, [Edit(Funding, {"end": date(2027, 6, 30)}, id=CARRYING, version=1)], **WHO)
    undo(engine, batch_of(end) or "", **WHO)
    (kept, gone) = write(
        engine, [Edit(TargetGroup, {"name": name}) for name in ("Gäste", "Fremde")], **WHO
    ).ids
    archiving.delete_or_archive(engine, TargetGroup, gone, 1, **WHO)
    point = {"meeting_id": Made(0), "name": "Fahrten", "concerns": "1 2"}
    write(engine, [Edit(Meeting, {"day": date(2026, 12, 8)}), Edit(AgendaItem, point)], **WHO)
    with writing(engine) as connection:
        remembering.remember(connection, {"Kopf": "zuordnung"}, NOW)
    engine.dispose()
    assert (kept, gone) == (3, 4)
    return file


@pytest.fixture
def spoil(lived_in: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Do something to a copy behind the program's back; what the check finds then."""

    def done(*statements: str) -> list[str]:
        file = tmp_path / "spoilt.db"
        shutil.copy(lived_in, file)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            for statement in statements:
                connection.execute(statement)
        return checking.problems(f"sqlite:///{file}")

    return done


SCHEMA = "UPDATE sqlite_master SET sql = replace(sql, "
# What is done, and the words that one of the sentences must have.
HOLES = {
    "a day": ("UPDATE funding SET \"end\" = 'gestern' WHERE id = 1", "funding|Zeile 1|end|gestern"),
    "a day that looks like one": (
        "UPDATE funding SET \"end\" = '2026-02-30' WHERE id = 1",
        "funding|Zeile 1|end|kein Tag",
    ),
    "a number for a day": (
        'UPDATE funding SET "end" = 20270101 WHERE id = 1',
        "funding|Zeile 1|end|kein Tag",
    ),
    "a day of another age": (
        "UPDATE funding SET \"end\" = '0206-12-31' WHERE id = 1",
        "funding|Zeile 1|end|0206-12-31",
    ),
    "an end before its start": (
        "UPDATE funding SET start = '2027-01-01' WHERE id = 3",
        "funding|Zeile 3|end|vor dem Beginn",
    ),
    "a fixed end without a day": (
        'UPDATE funding SET "end" = NULL WHERE id = 3',
        "funding|Zeile 3|end|braucht ein Datum",
    ),
    "a moment": ("UPDATE list_mapping SET saved_at = 'neulich'", "list_mapping|Kopf|saved_at|neulich"),
    "a choice": ("UPDATE structure SET kind = 'castle' WHERE id = 2", "structure|Zeile 2|kind|castle"),
    "a word for a number": ("UPDATE funding SET fte = 'viel' WHERE id = 3", "funding|Zeile 3|fte|keine Zahl"),
    "a negative number": (
        "UPDATE funding SET amount_cents = -1 WHERE id = 3",
        "funding|Zeile 3|amount_cents|mindestens",
    ),
    "half a yes": ("UPDATE task SET per_site = 2 WHERE id = 1", "task|Zeile 1|per_site|weder Ja"),
    "a text that is none": (
        "UPDATE committee SET name = CAST(x'4bff' AS TEXT)",
        "committee|Zeile 1|name|Text",
    ),
    "bytes for a text": ("UPDATE committee SET name = x'4b'", "committee|Zeile 1|name|Text"),
    "words for numbers": (
        "UPDATE agenda_item SET concerns = 'Caritas'",
        "agenda_item|Zeile 1|concerns|Caritas",
    ),
    "an outline": ("UPDATE boundary SET geometry = '{'", "boundary|Zeile 09463|geometry|JSON"),
    "a reference": (
        "UPDATE structure SET organisation_id = 77 WHERE id = 2",
        "structure|Zeile 2|organisation_id|»77«",
    ),
    "a listed reference": (
        "INSERT INTO responsibility_group VALUES (1, 88)",
        "responsibility_group|Zeile 1, 88|target_group_id|»88«",
    ),
    "a second dataset": (
        "INSERT INTO dataset (id, dataset_id, revision) VALUES (2, 'x', 1)",
        "dataset|2 Zeilen",
    ),
    "no dataset": ("DELETE FROM dataset", "dataset|0 Zeilen"),
    "a dataset of another number": ("UPDATE dataset SET id = 2", "dataset|id|andere Nummer"),
    "no settings": ("DELETE FROM settings", "settings|0 Zeilen"),
    "a newer schema": ("UPDATE alembic_version SET version_num = '9999'", "alembic_version|9999"),
    "two schemas": ("INSERT INTO alembic_version VALUES ('0001')", "alembic_version|0001"),
    "a missing table": ("DROP TABLE calendar_entry", "calendar_entry|fehlt"),
    "a table too many": ("CREATE TABLE notes (text)", "notes|gehört nicht"),
    "a missing column": ("ALTER TABLE structure DROP COLUMN note", "structure|note|fehlt"),
    "a column too many": ("ALTER TABLE structure ADD COLUMN colour", "structure|colour|gehört nicht"),
    "a trigger": (
        "CREATE TRIGGER meddle AFTER INSERT ON change BEGIN DELETE FROM structure; END",
        "change|meddle",
    ),
    "a view": ("CREATE VIEW look AS SELECT 1", "look|gehört nicht"),
    "a missing index": ("DROP INDEX ix_structure_organisation_id", "structure|organisation_id|fehlt"),
    "a unique index": ("CREATE UNIQUE INDEX once ON task (field_id, name)", "task|field_id, name"),
    "a revision that fell behind": ("UPDATE dataset SET revision = 3", "dataset|revision|steht auf 3"),
    "a field changed unseen": (
        "UPDATE structure SET name = 'Tauscher' WHERE id = 1",
        "structure|Zeile 1|name|Tauscher|Lotsen",
    ),
    "a list changed unseen": (
        "UPDATE responsibility_group SET target_group_id = 1",
        "responsibility|Zeile 1|target_groups|[1]",
    ),
    "a record removed unseen": ("DELETE FROM target_group WHERE id = 3", "target_group|Zeile 3|fehlt"),
    "a record come back unseen": (
        "INSERT INTO target_group (id, slug, name, position, everyone, version) VALUES (4, 'f', 'F', 0, 0, 1)",  # noqa: E501
        "target_group|Zeile 4|ist da",
    ),
    "a history rewritten": (
        "UPDATE change SET before = '\"X\"' WHERE field = 'end' AND undoes IS NOT NULL",
        "change|funding|end|Vorher stand hier »X«",
    ),
    "a history of something unknown": ("UPDATE change SET record = 'castle' WHERE id = 1", "change|castle"),
    "a history taken back from nowhere": (
        "UPDATE change SET undoes = 'x' WHERE undoes IS NOT NULL",
        "change|undoes|»x«",
    ),
    "a history whose one step was taken back from nowhere": (
        "UPDATE change SET undoes_change = 999 WHERE undoes IS NOT NULL",
        "change|undoes_change|»999«",
    ),
    "a history out of order": (
        "UPDATE change SET revision = 1 WHERE id = 3",
        "change|Zeile 3|revision|davor",
    ),
    "a write of two revisions": (
        "UPDATE change SET batch = (SELECT batch FROM change WHERE id = 1) WHERE id = 2",
        "change|Zeile 2|revision|desselben Vorgangs",
    ),
    "a moment of another age": (
        "UPDATE change SET at = '0206-12-31 10:00:00' WHERE id = 1",
        "change|Zeile 1|at|außerhalb",
    ),
    "an organisation above itself": (
        "UPDATE organisation SET parent_id = 2 WHERE id = 2",
        "organisation|Zeile 2|parent_id|im Kreis",
    ),
    "organisations above each other": (
        "UPDATE organisation SET parent_id = 2 WHERE id = 1",
        "organisation|Zeile 1|parent_id|im Kreis",
    ),
    "a history whose last step is gone": (
        "DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE field = 'end')",
        "funding|Zeile 1|end|nach dem Verlauf",
    ),
    "a list whose step in the history is gone": (
        "UPDATE change SET after = '[1]' WHERE field = 'target_groups'",
        "responsibility|Zeile 1|target_groups|nach dem Verlauf",
    ),
    "a history that is no JSON": ("UPDATE change SET after = '{' WHERE id = 1", "change|Zeile 1|after"),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_named_by_its_place(hole: str, spoil: Callable[..., list[str]]) -> None:
    statement, words = HOLES[hole]
    found = spoil(statement)
    assert any(all(word in problem for word in words.split("|")) for problem in found), found


def test_a_check_that_lets_more_through_is_named(spoil: Callable[..., list[str]]) -> None:
    found = spoil(
        "PRAGMA writable_schema=ON", f"{SCHEMA}'''county''', '''castle''') WHERE name = 'organisation'"
    )
    assert any("organisation" in problem and "CHECK" in problem and "castle" in problem for problem in found)


def test_a_column_of_another_type_is_named(spoil: Callable[..., list[str]]) -> None:
    found = spoil("PRAGMA writable_schema=ON", f"{SCHEMA}'amount_cents BIGINT', 'amount_cents TEXT')")
    assert any("»amount_cents«" in problem and "Typ" in problem for problem in found)


def test_what_people_have_done_is_sound(lived_in: Path) -> None:
    assert checking.problems(f"sqlite:///{lived_in}") == []


@pytest.mark.parametrize("dataset", schema.DATASETS)
def test_what_is_delivered_is_sound_and_looking_leaves_no_trace(
    dataset: str, url: str, tmp_path: Path
) -> None:
    schema.prepare(url, dataset).dispose()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert checking.problems(url) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_whatever_people_do_and_take_back_is_sound(engine: Engine, day: list[Step]) -> None:
    batches = list(carried_out(engine, day))
    url = engine.url.render_as_string()
    assert checking.problems(url) == []
    for batch in reversed(batches):
        undo(engine, batch, **WHO)
    assert checking.problems(url) == []


def test_a_text_that_a_later_program_would_refuse_is_no_damage(engine: Engine) -> None:
    with writing(engine) as connection:
        organisations = table_of(Organisation)
        connection.execute(update(organisations).where(organisations.c.id == 1).values(name="a <b>\v"))
    assert checking.problems(engine.url.render_as_string()) == []


@pytest.mark.usefixtures("only_sqlite")
def test_an_older_database_says_what_to_do(url: str, engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "steering.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    (problem,) = checking.problems(url)
    assert "Stand 0001" in problem
    assert "Bitte das Programm einmal starten" in problem


@pytest.mark.usefixtures("only_sqlite")
@pytest.mark.parametrize("content", [b"", b"keine Datenbank", b"SQLite format 3\x00", bytes(5000)])
def test_what_is_no_database_is_one_sentence(content: bytes, url: str, tmp_path: Path) -> None:
    (tmp_path / "steering.db").write_bytes(content)
    (problem,) = checking.problems(url)
    assert problem.endswith(".")


@pytest.mark.usefixtures("only_sqlite")
def test_a_database_that_is_not_there_is_refused_and_not_made(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseRefused, match="gibt es nicht"):
        checking.problems(url)
    assert list(tmp_path.iterdir()) == []


def test_persons_who_came_moved_on_and_were_signed_out_are_sound(engine: Engine) -> None:
    role = PersonRole.ADMINISTER
    persons.grant(engine, "https://sso.example", "eva", role, name="Eva", **WHO)
    persons.grant(engine, "https://sso.example", "nora", PersonRole.READ, name="Nora", **WHO)
    for key in persons.everyone(engine)["id"]:
        persons.end_sign_ins(engine, int(key), **WHO)
    persons.grant(engine, "https://sso.example", "nora", role, name="Nora Neu", **WHO)
    assert checking.problems(engine.url.render_as_string()) == []
