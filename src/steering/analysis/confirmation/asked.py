"""What has gone out to a carrier in a confirmation round, as it was then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from steering.analysis.confirmation.shares import FIELDS, RECORDS
from steering.analysis.incoming.recorded import Lists, Recorded
from steering.analysis.portfolio import Portfolio
from steering.model import Record

Values = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A row that went out: the record, its fields as they were then, and what was answered so far."""

    id: int
    record: type[Record]
    key: int
    sent: Values
    verdict: str
    remark: str


@dataclass(frozen=True)
class AskedFile:
    """One carrier's file of a round, without the rows that the carrier has added itself."""

    request_id: int
    round_id: int
    round_name: str
    sent_on: date
    due: date
    mailbox: str
    letter: str
    token: str
    carrier_id: int
    carrier: str
    short: str
    items: tuple[Item, ...]

    def of(self, record: type[Record]) -> list[Item]:
        """The rows about records of one type."""
        return [item for item in self.items if item.record is record]


def asked(portfolio: Portfolio, round_id: int | None = None) -> list[AskedFile]:
    """What has gone out in a round, or in any, by the carriers' names."""
    rounds = portfolio.confirmation_rounds.set_index("id")
    requests = portfolio.confirmation_requests
    if round_id is not None:
        requests = requests[requests["round_id"] == round_id]
    carriers = portfolio.organisations.set_index("id")
    items = portfolio.confirmation_items
    items = items[(items["verdict"] != "added") & items["request_id"].isin(requests["id"])]
    rows: dict[int, list[Item]] = {}
    for item in items.to_dict("records"):
        record = RECORDS[item["record"]]
        rows.setdefault(item["request_id"], []).append(
            Item(
                int(item["id"]),
                record,
                int(item["record_key"]),
                revived(record, item["sent"]),
                item["verdict"],
                item["remark"],
            )
        )
    found = []
    for request in requests.to_dict("records"):
        sent, carrier = rounds.loc[request["round_id"]], carriers.loc[request["organisation_id"]]
        found.append(
            AskedFile(
                int(request["id"]),
                int(request["round_id"]),
                sent["name"],
                sent["sent_on"].date(),
                sent["due"].date(),
                sent["mailbox"],
                sent["letter"],
                request["token"],
                int(request["organisation_id"]),
                str(carrier["name"]),
                str(carrier["short_name"] or carrier["name"]),
                tuple(rows.get(request["id"], ())),
            )
        )
    return sorted(found, key=lambda each: (each.carrier.casefold(), each.request_id))


def mailboxes(portfolio: Portfolio) -> dict[int, str]:
    """The latest functional mailbox that an organisation has named for a Koordinierungsrunde."""
    found = portfolio.participants
    found = found[found["mailbox"] != ""].sort_values("id")
    return {int(key): box for key, box in zip(found["organisation_id"], found["mailbox"], strict=True)}


def sent_values(portfolio: Portfolio, lists: Lists) -> Mapping[tuple[str, int], str]:
    """The fields of every record that a carrier may be asked about, as JSON, by table and key."""
    recorded = Recorded(portfolio, lists, {})
    return {
        (table, int(key)): as_text({field: row[field] for field in FIELDS[record]})
        for table, record in RECORDS.items()
        for key, row in recorded.rows(record).items()
    }


def as_text(values: Mapping[str, Any]) -> str:
    """Fields of a record as they are kept."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def revived(record: type[Record], text: str) -> Values:
    """Fields of a record from what was kept, in the model's types."""
    days = {
        name
        for name, info in record.model_fields.items()
        if date in (info.annotation, *get_args(info.annotation))
    }
    return {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in json.loads(text).items()
    }
