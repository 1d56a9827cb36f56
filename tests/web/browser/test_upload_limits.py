"""Files are refused while they arrive, and where no field asks for one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.testing.v1 import AppTest

from steering.exchange.import_kinds import KINDS
from steering.exchange.word import LARGEST_TEMPLATE
from steering.web.browser import uploads
from steering.web.browser.upload_limits import FRAME, UploadLimits
from steering.web.browser.uploads import MEGABYTE, SESSION_LIMIT, FileFields
from steering.web.data import restoring

CHUNK = MEGABYTE


class Streamlit:
    """Stands in for it: takes in the whole file, as it does, and notes how much came."""

    def __init__(self, status: int = 204) -> None:
        self.status = status
        self.took: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.took = 0
        more = scope["method"] == "PUT"
        while more:
            message = await receive()
            self.took += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def fields(monkeypatch: pytest.MonkeyPatch) -> FileFields:
    """A session named `open` whose page asks for a file of 3 MB at most."""
    found = FileFields(present={3 * MEGABYTE})
    monkeypatch.setitem(uploads._sessions, "open", found)
    return found


def request(
    app: ASGIApp,
    method: str = "PUT",
    session: str = "open",
    file: str = "",
    announced: int | None = None,
    body: Callable[[int], bytes | None] | int = 0,
) -> tuple[int, str, int]:
    """Status and words of the answer, and how many chunks were read for it."""
    sent: list[Message] = []
    read = 0

    async def receive() -> Message:
        nonlocal read
        read += 1
        if isinstance(body, int):
            rest = body - CHUNK * (read - 1)
            return {"type": "http.request", "body": bytes(min(rest, CHUNK)), "more_body": rest > CHUNK}
        chunk = body(read)
        if chunk is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": chunk, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    path = f"/_stcore/upload_file/{session}/{file or uuid4()}"
    scope = {"type": "http", "method": method, "path": path, "headers": headers}

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    return sent[0]["status"], sent[1]["body"].decode(), read


def test_a_file_that_a_field_asks_for_is_taken_and_counted(fields: FileFields) -> None:
    streamlit, file = Streamlit(), str(uuid4())
    assert request(UploadLimits(streamlit), file=file, body=3 * MEGABYTE)[0] == 204
    assert streamlit.took == 3 * MEGABYTE
    assert (fields.kept, fields.arriving) == ({file: 3 * MEGABYTE}, 0)
    assert request(UploadLimits(streamlit), "DELETE", file=file)[0] == 204
    assert fields.kept == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET", "POST"])
@pytest.mark.parametrize("session", ["unknown", "%2e", "open "])
@pytest.mark.usefixtures("fields")
def test_a_session_that_nobody_has_opened_is_refused(method: str, session: str) -> None:
    streamlit = Streamlit()
    status, words, read = request(UploadLimits(streamlit), method, session)
    assert (status, read, streamlit.took) == (403, 0, None)
    assert "Sitzung" in words


def test_a_page_without_a_field_takes_no_file(fields: FileFields) -> None:
    fields.present.clear()
    streamlit = Streamlit()
    assert request(UploadLimits(streamlit))[::2] == (403, 0)
    assert streamlit.took is None


@pytest.mark.parametrize("file", ["x", "..", "A" * 36, "c0ffee00-0000-4000-8000-0000000000000"])
@pytest.mark.usefixtures("fields")
def test_a_file_is_named_as_streamlit_names_them(file: str) -> None:
    assert request(UploadLimits(Streamlit()), file=file)[0] == 403


def test_too_large_a_file_is_refused_before_anything_is_read(fields: FileFields) -> None:
    streamlit = Streamlit()
    status, words, read = request(UploadLimits(streamlit), announced=250 * MEGABYTE, body=250 * MEGABYTE)
    assert (status, read, streamlit.took) == (413, 0, None)
    assert "möglich sind 3 MB" in words
    assert fields.held == 0


@pytest.mark.parametrize("announced", [None, 10])
def test_one_that_says_nothing_or_lies_is_refused_while_it_arrives(
    fields: FileFields, announced: int | None
) -> None:
    status, _, read = request(UploadLimits(Streamlit()), announced=announced, body=250 * MEGABYTE)
    assert (status, read) == (413, 4)
    assert fields.held == 0


def test_what_a_session_keeps_is_limited_too(fields: FileFields) -> None:
    fields.kept = {str(uuid4()): SESSION_LIMIT - MEGABYTE}
    assert request(UploadLimits(Streamlit()), announced=2 * MEGABYTE, body=2 * MEGABYTE)[::2] == (413, 0)
    status, words, read = request(UploadLimits(Streamlit()), body=2 * MEGABYTE)
    assert (status, read) == (413, 2)
    assert "zusammen" in words
    assert request(UploadLimits(Streamlit()), body=MEGABYTE)[0] == 204
    fields.arriving = FRAME + 1
    assert request(UploadLimits(Streamlit()), body=CHUNK)[0] == 413, "others on their way count"


def test_one_that_streamlit_refuses_is_not_counted(fields: FileFields) -> None:
    assert request(UploadLimits(Streamlit(403)), body=MEGABYTE)[0] == 403
    assert fields.held == 0


def test_one_that_stops_arriving_is_given_up(fields: FileFields) -> None:
    def stops(read: int) -> bytes | None:
        return b"x" if read == 1 else None

    assert request(UploadLimits(Streamlit(), patience=0.01), body=stops)[0] == 408
    assert fields.held == 0


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/upload_file", "/_stcore/upload_file/x"])
def test_everything_else_passes(path: str) -> None:
    streamlit = Streamlit()
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(UploadLimits(streamlit)(scope, receive, send))
    assert sent[0]["status"] == 204


def page_with_fields() -> None:
    import streamlit as st

    from steering.web.browser import uploads

    uploads.begin()
    if st.checkbox("kleine", True):
        uploads.one("Klein", ["csv"], key="small", largest=uploads.MEGABYTE + 1)
    if st.checkbox("große"):
        uploads.several("Viele", ["csv"], key="many", largest=5 * uploads.MEGABYTE)
    st.session_state["seen"] = st.session_state["file fields"].largest
    uploads.end()


def test_the_fields_of_a_page_come_and_go_with_it() -> None:
    page = AppTest.from_function(page_with_fields).run()
    fields: FileFields = page.session_state["file fields"]
    assert fields.largest == 2 * MEGABYTE, "whole megabytes, as the browser is told"
    page.checkbox[1].check().run()
    assert fields.largest == 5 * MEGABYTE
    page.checkbox[1].uncheck().run()
    assert page.session_state["seen"] == 5 * MEGABYTE, "while the page is drawn, what was there still counts"
    assert fields.largest == 2 * MEGABYTE
    page.checkbox[0].uncheck().run()
    assert fields.largest == 0


def test_files_that_no_field_shows_any_more_are_let_go() -> None:
    page = AppTest.from_function(page_with_fields).run()
    fields: FileFields = page.session_state["file fields"]
    page.file_uploader(key="small").set_value(("a.csv", b"a;b", "text/csv")).run()
    (file,) = fields.shown
    fields.kept[file] = 3
    page.checkbox[1].check().run()
    assert fields.kept == {file: 3}
    page.checkbox[0].uncheck().run()
    assert fields.kept == {}


def test_with_a_session_its_fields_go() -> None:
    held = FileFields(present={1})
    uploads._sessions["gone"] = held
    assert uploads.of_session("gone") is held
    del held
    assert uploads.of_session("gone") is None


def test_what_streamlit_takes_suffices_for_every_field_and_fits_into_a_session() -> None:
    taken = config.get_option("server.maxUploadSize") * MEGABYTE
    asked = [kind.largest for kind in KINDS.values()] + [LARGEST_TEMPLATE, restoring.LARGEST]
    assert max(asked) <= taken <= SESSION_LIMIT
