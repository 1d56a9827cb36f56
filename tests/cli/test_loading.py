"""Who asks for one command waits for what that one needs, and finds it as if all had been loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from steering import cli


def commands(*wanted: str) -> set[str]:
    parser = cli._parser(wanted or cli._MODULES)
    (found,) = (each for each in parser._actions if isinstance(each.choices, dict))
    assert found.choices is not None
    return set(found.choices)


def test_every_command_is_added_by_the_module_that_is_said_to() -> None:
    assert commands() == set(cli._MODULES)
    for name in cli._MODULES:
        assert name in commands(name)


def test_a_paper_waits_for_no_reader_of_lists() -> None:
    code = (
        "import sys; from steering import cli\n"
        "try: cli.main(['report', '--help'])\n"
        "except SystemExit: pass\n"
        "print(*[name for name in ('openpyxl', 'pyogrio', 'icalendar', 'streamlit') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "", ran.stdout


def test_loading_does_not_walk_again_and_again_what_stays() -> None:
    code = "import gc; import steering.web.feeds.first_look; print(gc.get_stats()[1]['collections'])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stdout.splitlines()[-1]) < 10, "60 with Python's own threshold"


@pytest.mark.parametrize("said", [[], ["--help"], ["nichts"]], ids=str)
def test_where_no_command_is_named_all_are_told(said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(said)
    told = "".join(capsys.readouterr())
    assert "BEFEHL" in told
    assert ("die Niederschrift einer Runde schreiben" in told) == (said == ["--help"])
