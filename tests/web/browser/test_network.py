"""Names under which the server answers, and the refusal to serve a network that nobody has allowed."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.web.browser import network
from steering.web.browser.network import Access, Authority, SettingRefused, authority

PORT = 8501
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=4).map(".".join)
ADDRESSES = st.ip_addresses(v=6).map(lambda address: f"[{address.exploded}]") | st.ip_addresses(v=4).map(str)
PORTS = st.none() | st.integers(1, 65_535)


@given(NAMES | ADDRESSES, PORTS)
def test_what_a_browser_names_is_understood_in_any_case(host: str, port: int | None) -> None:
    text = host if port is None else f"{host}:{port}"
    found = authority(text.upper())
    assert found is not None
    assert found.port == port
    assert found == authority(str(found)), "its own spelling means the same"
    if host.startswith("["):
        assert ipaddress.ip_address(found.host[1:-1]) == ipaddress.ip_address(host[1:-1])


@given(st.text(max_size=40) | st.from_regex(r"[a-z0-9.\[\]:@/%#?\\ -]{0,30}", fullmatch=True))
def test_nothing_foreign_is_taken_for_this_machine(text: str) -> None:
    found = authority(text)
    if found is not None and Access().answers(found, PORT):
        spelled = ("localhost:8501", "127.0.0.1:8501")
        assert text.lower() in spelled or ipaddress.ip_address(text[1 : text.index("]")]).is_loopback


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "localhost ", " localhost", "localhost.", "localhost.:8501", "localhost:", "localhost:0",
        "localhost:08501", "localhost:65536", "localhost:8501:8501", "localhost:x", "localhost:８５０１",
        "user@localhost:8501", "user:pass@localhost:8501", "evil.example#@localhost:8501", "localhost/:8501",
        "localhost:8501/", "localhost\\@evil.example", "localhost,evil.example", "localhost\t", "local host",
        "localhost\x00", "http://localhost:8501", "//localhost:8501", "::1", "::1:8501", "[::1", "[::1]x",
        "[::1%25eth0]:8501", "[localhost]", "[127.0.0.1]", "[]", "[:]", ".localhost", "-localhost", "a..b",
        "lоcalhost:8501", "ﬁle", "localhost\r\nX: y", "%6cocalhost", "a" * 300,
    ],
)  # fmt: skip
def test_what_is_no_plain_name_is_refused_not_repaired(text: str) -> None:
    assert authority(text) is None


@pytest.mark.parametrize(
    "text", ["localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "[0:0:0:0:0:0:0:1]:8501"]
)
def test_this_machine_answers_to_its_own_names(text: str) -> None:
    found = authority(text)
    assert found is not None
    assert Access().answers(found, PORT)


@pytest.mark.parametrize(
    "text",
    [
        "localhost", "localhost:80", "localhost:8502", "evil.example", "evil.example:8501", "0.0.0.0:8501",
        "127.0.0.2:8501", "127.1:8501", "2130706433:8501", "0x7f.1:8501", "[::ffff:127.0.0.1]:8501",
        "[::]:8501", "localhost.evil.example:8501", "evil.localhost:8501", "192.168.1.4:8501",
    ],
)  # fmt: skip
def test_it_answers_to_no_other_name_or_port(text: str) -> None:
    found = authority(text)
    assert found is not None
    assert not Access().answers(found, PORT)


def test_a_port_that_browsers_leave_out_is_its_own() -> None:
    assert Access().answers(Authority("localhost"), 80)
    assert Access().answers(Authority("localhost"), 443)
    assert not Access().answers(Authority("localhost", 80), 443)


def test_the_setting_adds_names_with_a_port_or_with_the_usual_ones() -> None:
    access = network.read_access({"STEERING_ALLOWED_HOSTS": " Steuerung.Example , [fd00::1]:8080,,"})
    for text in ("steuerung.example", "STEUERUNG.example:443", "steuerung.example:80", "[fd00:0::1]:8080"):
        found = authority(text)
        assert found is not None
        assert access.answers(found, PORT), text
    for text in ("steuerung.example:8501", "[fd00::1]", "[fd00::1]:8501", "andere.example"):
        found = authority(text)
        assert found is not None
        assert not access.answers(found, PORT), text


@pytest.mark.parametrize(
    "value", ["*", "*.example", "http://steuerung", "a b", "x:0", "münchen", "a,b/", "a;b"]
)
def test_a_name_that_is_none_is_refused_with_the_setting_and_the_remedy(value: str) -> None:
    with pytest.raises(SettingRefused, match=r"STEERING_ALLOWED_HOSTS: .* Bitte Namen wie"):
        network.read_access({"STEERING_ALLOWED_HOSTS": value})


@pytest.mark.parametrize("value", ["ja", "true", "2", "yes"])
def test_the_network_is_allowed_by_1_alone(value: str) -> None:
    assert network.read_access({"STEERING_ALLOW_NETWORK": "1"}).from_network
    assert not network.read_access({"STEERING_ALLOW_NETWORK": "0"}).from_network
    with pytest.raises(SettingRefused, match="weder 1"):
        network.read_access({"STEERING_ALLOW_NETWORK": value})


@pytest.mark.parametrize("address", ["localhost", "LocalHost", "127.0.0.1", "127.8.9.1", "::1", "[::1]",
                                     "::ffff:127.0.0.1"])  # fmt: skip
def test_it_starts_on_addresses_of_this_machine(address: str) -> None:
    network.check_start(Access(), address)


@pytest.mark.parametrize(
    "address",
    [None, "", "0.0.0.0", "::", "192.168.1.4", "fe80::1", "::ffff:192.168.1.4", "steuerung.example", "127.1",
     "localhost.example", "unix:///run/steering"],
)  # fmt: skip
def test_it_does_not_start_where_others_reach_it(address: str | None) -> None:
    with pytest.raises(SettingRefused, match=r"startet nicht.*keine Anmeldung.*STEERING_ALLOW_NETWORK=1"):
        network.check_start(Access(), address)
    network.check_start(Access(from_network=True), address)
