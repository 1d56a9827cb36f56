"""`steering grant` as somebody types it in a hurry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from steering import cli
from steering.cli import persons
from steering.storage.engine import database_file
from steering.storage.rights.house import HEADER_SETTING
from tests.conftest import sqlite_url

ISSUER = "https://anmeldung.example/realms/haus"
Grant = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def coburg(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = sqlite_url(tmp_path_factory.mktemp("persons") / "coburg.db")
    assert cli.main(["init", "--database", url, "--dataset", "coburg"]) == 0
    return url


@pytest.fixture
def steering(coburg: str, capsys: pytest.CaptureFixture[str]) -> Grant:
    def run(*arguments: str) -> tuple[int, str]:
        try:
            code = cli.main([*arguments, "--database", coburg])
        except SystemExit as refused:
            code = int(refused.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.mark.parametrize("command", [("grant", "kim", "verwalten", "--issuer", ISSUER), ("persons",)])
def test_a_database_that_is_not_there_is_refused_and_not_made(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the settings of the service another one than the service's is meant."""
    file = tmp_path / "steering.db"
    assert cli.main([*command, "--database", sqlite_url(file)]) == 1
    assert f"Die Datenbank »{file}« gibt es nicht. Bitte mit --database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_role_is_known_in_capitals_and_a_wrong_one_is_told_in_german(steering: Grant, coburg: str) -> None:
    code, said = steering("grant", "kim", "Lesen", "--issuer", ISSUER)
    assert (code, said) == (
        0,
        f"kim hat jetzt die Rolle »Lesen«, eingetragen in »{database_file(coburg)}«.\n",
    )
    code, said = steering("grant", "kim", "verwaltn", "--issuer", ISSUER)
    assert code == 2
    assert "»verwaltn« ist keine Rolle. Bitte lesen, bearbeiten, verwalten angeben." in said


def test_whoever_is_entered_for_a_unit_is_not_let_loose_on_all_by_a_second_grant(steering: Grant) -> None:
    again = ("grant", "uwe", "bearbeiten", "--issuer", ISSUER)
    own = "uwe hat jetzt die Rolle »Bearbeiten (eigene Einheit)«"
    assert own in steering(*again, "--unit", "fb-22")[1]
    assert own in steering(*again)[1]
    assert "Bearbeiten (alle)" in steering(*again, "--all")[1]


@pytest.mark.parametrize("copied", ["", "/", "/.well-known/openid-configuration"])
def test_the_same_person_is_entered_once_however_the_issuer_was_copied(copied: str, steering: Grant) -> None:
    assert steering("grant", " ada ", "lesen", "--issuer", ISSUER + copied)[0] == 0
    assert steering("persons")[1].count("(ada von") == 1


def test_an_issuer_that_is_not_the_one_set_up_is_pointed_out(
    steering: Grant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(persons, "PROJECT_ROOT", tmp_path)
    monkeypatch.setenv(HEADER_SETTING, "X-Remote-User")
    assert "Eingerichtet ist" not in steering("grant", "eva", "lesen")[1]
    assert (
        "Eingerichtet ist der Anmeldedienst »proxy«"
        in steering("grant", "eva", "lesen", "--issuer", ISSUER)[1]
    )
