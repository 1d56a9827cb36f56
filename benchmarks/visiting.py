"""A browser's part in talking with Streamlit, without the browser: what it asks, and when it is answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_PATIENCE = 120.0
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Visitor:
    """One open page; `watched` and `reruns` are the milliseconds from each question to its last answer."""

    connection: ClientConnection
    page: str
    reruns: list[float] = field(default_factory=list)
    watched: list[float] = field(default_factory=list)
    _query: str = ""
    _watches: dict[str, float] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def rerun(self) -> float:
        """What a click asks for: the whole page."""
        self.reruns.append(await self._ask())
        return self.reruns[-1]

    async def think(self, seconds: float, until: float) -> None:
        """Click again and again, after so many seconds each."""
        while time.monotonic() + seconds < until:
            await asyncio.sleep(seconds)
            await self.rerun()

    async def watch(self, until: float) -> None:
        """Ask for the parts of the page that ask by themselves, each as often as the page wants it."""
        await asyncio.gather(*(self._watch(*each, until) for each in self._watches.items()))

    async def _watch(self, fragment: str, every: float, until: float) -> None:
        while time.monotonic() + every < until:
            await asyncio.sleep(every)
            self.watched.append(await self._ask(fragment))

    async def _ask(self, fragment: str = "") -> float:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self._query
        # The first page has no path, and the server knows it by that.
        state.page_script_hash = calc_hash(self.page) if self.page else ""
        state.page_name = self.page
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        state.context_info.timezone, state.context_info.locale = "Europe/Berlin", "de-DE"
        async with self._one_at_a_time, asyncio.timeout(_PATIENCE):
            begun = time.perf_counter()
            await self.connection.send(asked.SerializeToString())
            await self._answered()
            return (time.perf_counter() - begun) * 1000

    async def _answered(self) -> None:
        """Return with the last message of a run, whatever reruns the page asks for itself."""
        while True:
            told = ForwardMsg.FromString(await self.connection.recv(decode=False))
            match told.WhichOneof("type"):
                case "script_finished":
                    if told.script_finished in _DONE:
                        return
                case "auto_rerun":
                    self._watches[told.auto_rerun.fragment_id] = told.auto_rerun.interval
                case "page_info_changed":
                    self._query = told.page_info_changed.query_string
                case "delta":
                    if told.delta.new_element.WhichOneof("type") == "exception":
                        raise RuntimeError(told.delta.new_element.exception.message)


@asynccontextmanager
async def visiting(address: str, page: str) -> AsyncIterator[Visitor]:
    """Somebody who has just opened a page and sees it whole."""
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        compression=None,
    ) as connection:
        visitor = Visitor(connection, page)
        await visitor._ask()
        yield visitor
