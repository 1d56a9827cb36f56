"""Mails handed over to a server on this machine: by STARTTLS, by TLS, and what is said where that fails."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from steering.exchange.mail.sending import NoServer, connected, hand_over
from steering.exchange.mail.settings import MailSettings, Security
from tests.browser.serving import free_port

PASSWORD = "streng-geheim"


class Taking:
    """Keeps what it is given, and whether that came by a guarded way."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, bool]] = []

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append((envelope.content, session.ssl is not None))
        return "250 OK"


class AllTls(Controller):
    """A server that begins with TLS and also knows that it does."""

    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.SMTP_kwargs)


def certificate(folder: Path, name: str, address: str) -> Path:
    """A certificate that vouches for itself and for this address, with its key beside it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def ours(folder: Path) -> Path:
    return certificate(folder, "ours", "127.0.0.1")


Running = Callable[..., tuple[Taking, MailSettings]]


@pytest.fixture
def running(ours: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A server with a certificate, by default the one that this machine trusts."""
    controllers: list[Controller] = []

    def start(security: Security, shown: Path = ours, **more: Any) -> tuple[Taking, MailSettings]:
        monkeypatch.setenv("SSL_CERT_FILE", str(ours))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown)
        handler, port = Taking(), free_port()
        guard: dict[str, Any] = {"ssl_context": context} if security is Security.TLS else {}
        if security is Security.STARTTLS:
            more = {"tls_context": context, "require_starttls": True, **more}
        controllers.append(AllTls(handler, hostname="127.0.0.1", port=port, **guard, **more))
        controllers[-1].start()
        return handler, MailSettings("von@kreis.example", "127.0.0.1", port, security)

    yield start
    for each in controllers:
        each.stop()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Probe", "von@kreis.example", "an@kreis.example"
    message.set_content("Grüße")
    return message


def signed_in(settings: MailSettings, password: str) -> MailSettings:
    return MailSettings(
        settings.sender, settings.host, settings.port, settings.security, "steuerung", password
    )


def asks_for_a_login() -> dict[str, Any]:
    def authenticator(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    return {"authenticator": authenticator, "auth_required": True}


def test_a_mail_goes_by_starttls_after_a_login_to_a_server_that_is_known(running: Running) -> None:
    handler, settings = running(Security.STARTTLS, **asks_for_a_login())
    with connected(signed_in(settings, PASSWORD)) as server:
        hand_over(server, mail())
    ((content, guarded),) = handler.taken
    assert b"Subject: Probe" in content
    assert guarded


def test_a_mail_goes_by_tls_from_the_first_byte_to_a_server_that_is_known(running: Running) -> None:
    handler, settings = running(Security.TLS)
    with connected(settings) as server:
        hand_over(server, mail())
    assert len(handler.taken) == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize(("name", "address"), [("stranger", "127.0.0.1"), ("elsewhere", "127.0.0.2")])
def test_a_certificate_that_is_not_trusted_gets_neither_mail_nor_password(
    name: str, address: str, security: Security, running: Running, folder: Path
) -> None:
    seen: list[Any] = []

    def authenticator(*told: Any) -> AuthResult:
        seen.append(told)
        return AuthResult(success=True)

    handler, settings = running(security, certificate(folder, name, address), authenticator=authenticator)
    with pytest.raises(NoServer) as refused, connected(signed_in(settings, PASSWORD)):
        pytest.fail("It must not get as far as this.")
    assert "mit einem Zertifikat aus, dem dieser Rechner nicht traut" in str(refused.value)
    assert "STEERING_SMTP_HOST" in str(refused.value)
    assert (seen, handler.taken) == ([], [])


def test_a_certificate_of_another_name_is_refused_though_it_is_trusted(
    running: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certificate(folder, "other", "127.0.0.2")
    _, settings = running(Security.TLS, other)
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with pytest.raises(NoServer, match="nicht auf diesen Namen lautet"), connected(settings):
        pytest.fail("It must not get as far as this.")


def test_a_refused_login_is_said_without_the_password(running: Running) -> None:
    _, settings = running(Security.STARTTLS, **asks_for_a_login())
    with pytest.raises(NoServer) as refused, connected(signed_in(settings, "falsch-geraten")):
        pytest.fail("It must not get as far as this.")
    assert "lässt die Kennung nicht ein (Antwort 535)" in str(refused.value)
    assert "STEERING_SMTP_PASSWORD" in str(refused.value)
    assert "falsch-geraten" not in str(refused.value)


def test_a_server_without_starttls_gets_no_mail_unguarded(running: Running) -> None:
    handler, settings = running(Security.NONE)
    wanted = MailSettings(settings.sender, settings.host, settings.port, Security.STARTTLS)
    with pytest.raises(NoServer, match="bietet nicht an, was verlangt ist"), connected(wanted):
        pytest.fail("It must not get as far as this.")
    assert handler.taken == []


def test_tls_where_the_server_speaks_none_is_said(running: Running) -> None:
    _, settings = running(Security.NONE)
    wanted = MailSettings(settings.sender, settings.host, settings.port, Security.TLS)
    with pytest.raises(NoServer, match="spricht hier kein TLS"), connected(wanted):
        pytest.fail("It must not get as far as this.")
