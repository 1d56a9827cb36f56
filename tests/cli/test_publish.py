"""`steering publish`: what was released goes out, what is taken back goes at once, nothing else ever does."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from steering import cli
from steering.model import PublicOffer, PublicSite, Structure
from steering.storage import archiving
from steering.storage.engine import make_engine
from steering.storage.writing import Edit, write
from tests.cli.test_imports import url
from tests.storage.conftest import WHO
from tests.stored import row_of

__all__ = ["url"]
TODAY = "2026-11-27"
LOTSEN = 1
SHOWN = {"public": True, "shows_contact": True, "shows_carrier": True}


@pytest.fixture
def publish(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """Publishes into one folder; exit code, files with their bytes, and what was said on both streams."""
    for name in ("STEERING_INTEGREAT_URL", "STEERING_INTEGREAT_TOKENS"):
        monkeypatch.delenv(name, raising=False)
    out = tmp_path / "public"

    def run(*more: str, today: str = TODAY) -> tuple[int, dict[str, bytes], str]:
        code = cli.main(["publish", str(out), "--database", url, "--today", today, *more])
        said = capsys.readouterr()
        files = {
            path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()
        }
        return code, files, said.out + said.err

    return run


def edit(url: str, record: Any, values: dict[str, Any], key: int | None = None) -> int:
    engine = make_engine(url)
    version = row_of(engine, record, key)["version"] if key else None
    ids = write(engine, [Edit(record, values, id=key, version=version)], **WHO).ids
    engine.dispose()
    return int(ids[0])


def mark(publish: Any, **more: str) -> str:
    """By which --dry-run names what it tells."""
    found = re.search(r"--confirm (\w{12})\)\n$", publish("--dry-run", **more)[2])
    assert found
    return found[1]


def confirmed(publish: Any) -> Any:
    """Released as it was seen."""
    return publish("--confirm", mark(publish))


def everywhere(files: dict[str, bytes], text: str) -> set[str]:
    """The files in which a text stands."""
    return {name for name, content in files.items() if text.encode() in content}


def test_without_a_release_a_directory_goes_out_that_says_so(publish: Any, url: str) -> None:
    edit(url, PublicOffer, {"structure_id": LOTSEN, **SHOWN, "phone": "09561 555-1"})
    code, files, said = publish()
    assert code == 0
    assert "0 Angebote und 0 Potenziale" in said
    assert "noch nichts freigegeben" in said
    assert "index.html" in files
    assert not everywhere(files, "555-1")


def test_what_is_released_goes_out_and_what_changes_later_waits(publish: Any, url: str) -> None:
    key = edit(url, PublicOffer, {"structure_id": LOTSEN, **SHOWN, "phone": "09561 555-1"})
    edit(url, PublicSite, {"name": "Angebote im Landkreis", "imprint": "Landratsamt Coburg"})
    code, _, said = publish("--dry-run")
    assert (code, "neu: " in said, "09561 555-1" in said) == (0, True, True)
    code, files, said = confirmed(publish)
    assert (code, "1 Angebot und" in said) == (0, True)
    assert f"angebote/{LOTSEN}.html" in everywhere(files, "555-1")
    assert publish()[1] == files

    edit(url, PublicOffer, {"phone": "09561 555-2"}, key)
    code, later, said = publish()
    assert "1 Änderung wartet auf Freigabe" in said
    assert not everywhere(later, "555-1") | everywhere(later, "555-2")
    assert f"angebote/{LOTSEN}.html" in later
    assert "555-1 → " in publish("--dry-run")[2]
    assert everywhere(confirmed(publish)[1], "555-2")


def test_what_nobody_has_seen_is_not_released(publish: Any, url: str) -> None:
    key = edit(url, PublicOffer, {"structure_id": LOTSEN, **SHOWN, "phone": "09561 555-1"})
    seen = mark(publish)
    edit(url, PublicOffer, {"phone": "09561 555-2"}, key)
    for given in (seen, "", mark(publish)[:11]):
        code, files, said = publish("--confirm", given)
        assert (code, files) == (1, {})
        assert "Bitte --dry-run noch einmal ansehen" in said
    assert "noch nichts freigegeben" in publish()[2]


@pytest.mark.parametrize("how", ["taken back", "archived", "ended"])
def test_what_must_go_goes_with_the_next_run_and_leaves_no_file_behind(
    publish: Any, url: str, how: str
) -> None:
    key = edit(url, PublicOffer, {"structure_id": LOTSEN, **SHOWN, "phone": "09561 555-1"})
    before = confirmed(publish)[1]
    assert everywhere(before, "555-1")
    today = TODAY
    engine = make_engine(url)
    if how == "taken back":
        edit(url, PublicOffer, {"public": False}, key)
    elif how == "archived":
        version = row_of(engine, Structure, LOTSEN)["version"]
        archiving.archive(engine, Structure, LOTSEN, version, **WHO)
    else:
        edit(url, Structure, {"end_kind": "fixed", "valid_until": date(2026, 11, 27)}, LOTSEN)
        today = "2026-11-28"
    engine.dispose()
    code, after, said = publish(today=today)
    assert (code, "0 Angebote" in said) == (0, True)
    assert not everywhere(after, "555-1")
    assert f"angebote/{LOTSEN}.html" not in after


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Only root gives files away")
def test_what_root_publishes_belongs_to_whom_the_folder_does(publish: Any, tmp_path: Path, url: str) -> None:
    edit(url, PublicOffer, {"structure_id": LOTSEN, **SHOWN})
    out, theirs = tmp_path / "public", 12_345
    out.mkdir()
    os.chown(out, theirs, theirs)
    assert confirmed(publish)[0] == 0
    made = [out, *out.rglob("*")]
    assert any(path.is_dir() for path in made[1:])
    assert {path.stat().st_uid for path in made} == {theirs}


def test_a_folder_of_others_is_left_as_it_is(publish: Any, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "brief.txt").write_text("wichtig", encoding="utf-8")
    code, files, said = publish()
    assert (code, files) == (1, {"brief.txt": b"wichtig"})
    assert "public" in said


def test_without_its_settings_integreat_is_refused_before_anything_is_written(publish: Any) -> None:
    code, files, said = publish("--integreat")
    assert (code, files) == (1, {})
    assert "STEERING_INTEGREAT_URL" in said
