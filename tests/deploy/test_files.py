"""The files of `deploy/` name what there is: commands, settings, ports, each other."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from streamlit import config

from steering.storage import schema
from tests.conftest import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
README = (PROJECT / "README.md").read_text(encoding="utf-8")
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(DEPLOY.rglob("*")) if path.is_file()}
# Of libraries, not of the program: the websocket's and PostgreSQL's image.
OF_OTHERS = {"WEBSOCKETS_MAX_LINE_LENGTH", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}


def unit(path: Path) -> configparser.ConfigParser:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(path, encoding="utf-8")
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong_with_a_unit_but_where_the_program_lies(path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze")
    said = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if "is not executable" not in line] == []


def test_every_command_of_ours_and_option_of_streamlits_exists():
    for text in TEXTS.values():
        for command in re.findall(r"bin/steering (\w+)", text):
            assert f"| `steering {command}" in README
        for option in re.findall(r"--((?:server|client|browser)\.\w+)", text):
            config.get_option(option)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_is_one_that_is_read(path):
    options = {f"STREAMLIT_{key.replace('.', '_')}" for key in config.get_config_options()}
    known = {
        re.sub(r"(?<!^)(?=[A-Z][a-z])", "_", name).upper().replace("__", "_") for name in options
    } | OF_OTHERS
    known |= set(re.findall(r"^\| `(STEERING_\w+)`", README, re.MULTILINE))
    named = set(re.findall(r"\b((?:STEERING|STREAMLIT|WEBSOCKETS|POSTGRES)_[A-Z_]+[A-Z])\b", TEXTS[path]))
    assert named <= known


def test_the_app_is_as_locked_up_as_systemd_can():
    for name in ("steering@.service", "steering-backup.service", "steering-remind.service"):
        service = unit(DEPLOY / "systemd" / name)["Service"]
        assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
        assert (service["StateDirectory"], service["UMask"]) == ("steering", "0077")
        assert service["EnvironmentFile"] == "/etc/steering/steering.env"
        assert service["User"] == "steering"


def test_the_timer_starts_the_unit_of_its_name():
    assert {path.stem for path in UNITS if path.suffix == ".timer"} <= {
        path.stem for path in UNITS if path.suffix == ".service"
    }


def test_the_task_of_windows_starts_a_command_of_ours():
    task = ElementTree.parse(DEPLOY / "windows" / "steering-remind.xml").getroot()
    space = {"task": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert (task.findtext(".//task:Command", namespaces=space) or "").endswith("steering.exe")
    assert f"| `steering {task.findtext('.//task:Arguments', namespaces=space)}`" in README
    assert task.findtext(".//task:StartWhenAvailable", namespaces=space) == "true"


def test_nginx_asks_the_ports_that_the_processes_listen_on():
    conf = TEXTS[DEPLOY / "nginx" / "steering.conf"]
    asked = set(re.findall(r"server 127\.0\.0\.1:(\d+)", conf))
    compose = TEXTS[DEPLOY / "container" / "compose.yaml"] + TEXTS[DEPLOY / "container" / "Containerfile"]
    assert asked == set(re.findall(r'"--server\.port", "(\d+)"', compose))
    assert asked == set(re.findall(r"steering@(\d+)", TEXTS[DEPLOY / "systemd" / "steering@.service"]))
    (name,) = set(re.findall(r"\bserver_name ([\w.]+);", conf))
    assert f"STEERING_ALLOWED_HOSTS={name}\n" in TEXTS[DEPLOY / "steering.env"]


def test_every_test_and_file_that_the_answers_name_is_there():
    answers = TEXTS[DEPLOY / "wiba.md"]
    named = re.findall(r"`((?:tests|deploy|docs|\.ci)/[\w./@-]*|[A-Z]+\.md)`", answers)
    assert len(named) > 30
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_no_secret_is_delivered():
    env = TEXTS[DEPLOY / "steering.env"]
    assert not re.search(r"^[A-Z_]*(?:SECRET|PASSWORD)[A-Z_]*=", env, re.MULTILINE)


def test_the_image_takes_what_the_program_is_made_of_and_nothing_that_is_kept_from_git():
    copied = re.findall(r"^COPY (.+) \S+$", TEXTS[DEPLOY / "container" / "Containerfile"], re.MULTILINE)
    named = {source for line in copied for source in line.split()}
    assert [name for name in named if not (PROJECT / name).exists()] == []
    requirements = {"pyproject.toml", "LICENSE", "requirements.txt", "requirements-postgres.txt"}
    data = {f"db/{name}" for name in ("migrations", "reference", *schema.DATASETS) if name != "empty"}
    assert named == {"app.py", "pages", "src", ".streamlit/config.toml"} | requirements | data


def test_what_the_compose_file_mounts_is_there_or_told_to_be_made():
    services = yaml.safe_load(TEXTS[DEPLOY / "container" / "compose.yaml"])["services"]
    for service in services.values():
        assert service["restart"] == "unless-stopped"
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            if source.startswith("..") and "secrets" not in source:
                assert (DEPLOY / "container" / source).exists()
