"""A mail is handed over to the mail server, or written as a file; and why that failed."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from steering.exchange.mail.settings import HOST, PASSWORD, PORT, SECURITY, USER, MailSettings, Security

PATIENCE = 30.0


class NotTaken(Exception):
    """The server did not take a mail; `later`: it may do so on another day (greylisting, full)."""

    def __init__(self, said: str, *, later: bool) -> None:
        super().__init__(said)
        self.later = later


def unusual() -> NotTaken:
    """The mailbox is written in a way that mails cannot be sent to from here."""
    said = (
        "nicht möglich: Die E-Mail-Adresse ist so nicht zu erreichen (Umlaute, Kommas, Punkte); bitte prüfen"
    )
    return NotTaken(said, later=False)


class NoServer(Exception):
    """The mail server cannot be used at all: away, or it does not let us in."""


@contextmanager
def connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """A connection for several mails. Raises NoServer."""
    try:
        server = _open(settings)
    except UnicodeError as problem:
        raise NoServer(
            "Kennung oder Kennwort des Mailservers enthalten Zeichen, die er nicht versteht (Umlaute). "
            "Bitte STEERING_SMTP_USER und STEERING_SMTP_PASSWORD prüfen; es geht nichts verloren."
        ) from problem
    except (OSError, smtplib.SMTPException) as problem:
        server_name = f"Der Mailserver »{settings.host}:{settings.port}«"
        raise NoServer(f"{server_name} {_why(problem)}; es geht nichts verloren.") from problem
    try:
        yield server
    finally:
        try:
            server.quit()
        except smtplib.SMTPException:
            server.close()


def _why(problem: Exception) -> str:
    """What the server did, and what is to be looked at: the end of a sentence that names it."""
    match problem:
        case ssl.SSLCertVerificationError():
            return (
                "weist sich mit einem Zertifikat aus, dem dieser Rechner nicht traut oder das nicht auf "
                f"diesen Namen lautet. Bitte {HOST} und die Zertifikate des Rechners prüfen (SSL_CERT_FILE)"
            )
        case ssl.SSLError():
            return f"spricht hier kein TLS, oder ein zu altes. Bitte {SECURITY} und {PORT} prüfen"
        case smtplib.SMTPAuthenticationError():
            code = problem.smtp_code
            return f"lässt die Kennung nicht ein (Antwort {code}). Bitte {USER} und {PASSWORD} prüfen"
        case smtplib.SMTPNotSupportedError():
            return (
                f"bietet nicht an, was verlangt ist (STARTTLS, Anmeldung). Bitte {SECURITY} und {USER} prüfen"
            )
    return f"ist nicht zu benutzen ({type(problem).__name__}). Bitte die Einstellungen des Mailservers prüfen"


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Give one mail to the server. Raises NotTaken where it says no, NoServer where it is gone."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, _said),) = refusal.recipients.values()
        raise _not_taken(code, "die E-Mail-Adresse") from refusal
    except smtplib.SMTPNotSupportedError as refusal:
        raise unusual() from refusal
    except smtplib.SMTPSenderRefused as refusal:
        if _later(refusal.smtp_code):
            raise _not_taken(refusal.smtp_code, "") from refusal
        raise NoServer(
            f"Der Mailserver lässt den Absender nicht zu (Antwort {refusal.smtp_code}). "
            "Bitte STEERING_MAIL_FROM prüfen; es geht nichts verloren."
        ) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _not_taken(refusal.smtp_code, "die Regeln des Mailservers") from refusal
    except (OSError, smtplib.SMTPException) as problem:
        raise NoServer(f"Die Verbindung zum Mailserver brach ab ({type(problem).__name__}).") from problem


def _later(code: int) -> bool:
    return 400 <= code < 500


def _not_taken(code: int, to_check: str) -> NotTaken:
    if _later(code):
        said = f"vorerst nicht angenommen (Antwort {code}); der nächste Lauf versucht es wieder"
        return NotTaken(said, later=True)
    return NotTaken(f"abgelehnt (Antwort {code}); bitte {to_check} prüfen", later=False)


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
