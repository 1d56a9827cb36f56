"""What a program gets that fetches an address, without a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.types import Message

from steering.web.browser import calendar_feed, server
from steering.web.feeds import saved_view_feed


@dataclass(frozen=True)
class Answer:
    """What a program got."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Client:
    """Asks the route as the server holds it, within all that stands before it."""

    def __init__(self) -> None:
        self._app = Starlette(
            routes=[calendar_feed.ROUTE, saved_view_feed.ROUTE], middleware=server.middleware([""])
        )

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        said = {"host": "localhost:8501"} | {name.replace("_", "-"): text for name, text in headers.items()}
        scope = {
            "type": "http", "method": method, "path": path, "server": ("127.0.0.1", 8501),
            "query_string": b"", "root_path": "", "http_version": "1.1", "scheme": "http",
            "headers": [(name.encode(), text.encode()) for name, text in said.items()],
        }  # fmt: skip
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request"}

        asyncio.run(self._app(scope, receive, send))
        found = {name.decode(): text.decode("latin-1") for name, text in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(part.get("body", b"") for part in sent[1:]))
