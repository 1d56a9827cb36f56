"""`secrets.toml` as somebody has typed it: read, or refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from steering.storage.rights import sign_in_file
from steering.storage.rights.house import HouseRefused

WHOLE = '[auth]\ncookie_secret = "GEHEIM"\nclient_id = "steering"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


@pytest.mark.parametrize("content", [None, "", "[other]\nkey = 1\n"])
def test_without_the_section_or_the_file_nobody_signs_in(content: str | None, file: Path) -> None:
    if content is not None:
        file.write_text(content)
    assert sign_in_file.section([file]) == {}


def test_the_section_of_the_last_file_that_has_one_counts(file: Path) -> None:
    first = file.with_name("first.toml")
    first.write_text('[auth]\nclient_id = "another"\n')
    file.write_text(WHOLE)
    nothing = file.with_name("nothing.toml")
    assert sign_in_file.section([first, file, nothing])["client_id"] == "steering"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (WHOLE.replace('"GEHEIM"', '"GEHEIM'), "in Zeile 2 nicht lesbar. Bitte dort"),
        (WHOLE.replace("[auth]", "[auth"), "in Zeile 1 nicht lesbar. Bitte dort"),
        ('[auth]\nmany = """GEHEIM', "am Ende nicht lesbar. Bitte dort"),
        (WHOLE + 'client_id = "GEHEIM"\n', "in Zeile 4 nicht lesbar. Bitte dort"),
        ("\ufeff" + WHOLE, "in Zeile 1 nicht lesbar. Bitte die Datei als UTF-8 ohne BOM speichern."),
        (WHOLE.replace("[auth]", "[auht]"), "nicht im Abschnitt [auth]. Bitte die Zeile [auth] vor"),
        (WHOLE.replace("[auth]", ""), "nicht im Abschnitt [auth]. Bitte die Zeile [auth] vor"),
        ('auth = "GEHEIM"\n', "ist auth kein Abschnitt. Bitte [auth] in eine eigene Zeile schreiben."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_line_and_nothing_of_what_is_in_it(
    content: str, said: str, file: Path
) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(HouseRefused) as refused:
        sign_in_file.section([file])
    assert f"»{file}«" in str(refused.value)
    assert said in str(refused.value)
    assert "GEHEIM" not in str(refused.value)


def test_a_letter_that_is_no_utf_8_is_named_by_its_line(file: Path) -> None:
    file.write_bytes(b'[auth]\nclient_id = "M\xfcller"\n')
    with pytest.raises(HouseRefused, match=r"in Zeile 2 nicht lesbar\. Bitte die Datei als UTF-8"):
        sign_in_file.section([file])


def test_a_folder_in_its_place_is_refused(file: Path) -> None:
    """Docker makes one where the file that is to be mounted is missing."""
    file.mkdir()
    with pytest.raises(HouseRefused, match=r"ist ein Ordner\. Bitte die Datei"):
        sign_in_file.section([file])


def test_a_file_that_the_account_may_not_read_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(HouseRefused, match=r"nicht lesen \(Permission denied\)\. Bitte dem Konto"):
        sign_in_file.section([file])
