"""A mail is handed over to the mail server, or written as a file; and why that failed."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from steering.exchange.mail.settings import MailSettings, Security

PATIENCE = 30.0


class NotTaken(Exception):
    """The server did not take a mail; `later`: it may do so on another day (greylisting, full)."""

    def __init__(self, said: str, *, later: bool) -> None:
        super().__init__(said)
        self.later = later


class NoServer(Exception):
    """The mail server cannot be used at all: away, or it does not let us in."""


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection for several mails. Raises NoServer."""
    try:
        server = _open(settings)
    except (OSError, smtplib.SMTPException) as problem:
        raise NoServer(
            f"Der Mailserver »{settings.host}:{settings.port}« ist nicht zu benutzen "
            f"({type(problem).__name__}). Bitte die Einstellungen des Mailservers prüfen; "
            "es geht nichts verloren."
        ) from problem
    try:
        yield server
    finally:
        try:
            server.quit()
        except smtplib.SMTPException:
            server.close()


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Give one mail to the server. Raises NotTaken where it says no, NoServer where it is gone."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, _said),) = refusal.recipients.values()
        raise _not_taken(code) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _not_taken(refusal.smtp_code) from refusal
    except (OSError, smtplib.SMTPException) as problem:
        raise NoServer(f"Die Verbindung zum Mailserver brach ab ({type(problem).__name__}).") from problem


def _not_taken(code: int) -> NotTaken:
    if 400 <= code < 500:
        said = f"vorerst nicht angenommen (Antwort {code}); der nächste Lauf versucht es wieder"
        return NotTaken(said, later=True)
    return NotTaken(f"abgelehnt (Antwort {code}); bitte die E-Mail-Adresse prüfen", later=False)


def _open(settings: MailSettings) -> smtplib.SMTP:
    if settings.security is Security.TLS:
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=PATIENCE)
    try:
        if settings.security is Security.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        if settings.user:
            server.login(settings.user, settings.password)
    except BaseException:
        server.close()
        raise
    return server
