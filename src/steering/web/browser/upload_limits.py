"""Files are counted while they arrive: refused once they are too large, and where no field asks for one."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from steering.storage import journal
from steering.storage.journal import Happened
from steering.web.browser.uploads import MEGABYTE, SESSION_LIMIT, FileFields

_ADDRESS = re.compile(r".*/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)/?")
_FILE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Around the file itself: boundaries and its name.
FRAME = 64 * 1024
# Seconds in which nothing arrives until an upload counts as given up.
PATIENCE = 60.0


class Refused(Exception):
    """A file that is not taken in: the status and the reason."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class UploadLimits:
    """Lets through what a field of the session's page asks for, and counts it."""

    def __init__(self, app: ASGIApp, patience: float = PATIENCE) -> None:
        self.app = app
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _ADDRESS.fullmatch(scope.get("path", "")) if scope["type"] == "http" else None
        if found is None or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        try:
            fields = _fields(found["session"])
            if scope["method"] == "PUT":
                await self._take_in(found["file"], fields, scope, receive, send)
            else:
                await self.app(scope, receive, send)
                fields.kept.pop(found["file"], None)
        except Refused as refusal:
            journal.event(Happened.REFUSAL, of="upload", status=refusal.status.value)
            await PlainTextResponse(str(refusal), refusal.status)(scope, receive, send)

    async def _take_in(
        self, file: str, fields: FileFields, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if not fields.largest or not _FILE.fullmatch(file):
            raise Refused(HTTPStatus.FORBIDDEN, "Auf dieser Seite wird keine Datei erwartet.")
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isascii() and announced.isdigit():
            _check(int(announced), int(announced), fields)
        count, status = 0, 0

        async def counting() -> Message:
            nonlocal count
            try:
                message = await asyncio.wait_for(receive(), self.patience)
            except TimeoutError:
                raise Refused(HTTPStatus.REQUEST_TIMEOUT, "Die Datei kam nicht weiter an.") from None
            arrived = len(message.get("body", b""))
            count += arrived
            fields.arriving += arrived
            _check(count, 0, fields)
            return message

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, counting, noting)
        finally:
            fields.arriving -= count
            if status in range(200, 300):
                fields.kept[file] = count


def _fields(session: str) -> FileFields:
    # Not at the head of this file: where a developer edits code, Streamlit imports the pages' modules anew.
    from steering.web.browser import uploads

    fields = uploads.of_session(session)
    if fields is None:
        raise Refused(HTTPStatus.FORBIDDEN, "Diese Sitzung gibt es nicht. Bitte die Seite neu laden.")
    return fields


def _check(size: int, more: int, fields: FileFields) -> None:
    """Refuse a body of that size, or what would be too much with `more` to come."""
    if size > fields.largest + FRAME:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"Die Datei ist zu groß; möglich sind {fields.largest // MEGABYTE} MB.",
        )
    if fields.held + more > SESSION_LIMIT + FRAME:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"Alle Dateien zusammen sind zu groß; möglich sind {SESSION_LIMIT // MEGABYTE} MB. Bitte zuerst "
            "eine der hochgeladenen entfernen.",
        )
