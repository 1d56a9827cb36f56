"""Starting a confirmation round: what goes out is kept as it stands, to compare answers with."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from steering.analysis.confirmation.asked import sent_values
from steering.analysis.confirmation.shares import Share
from steering.analysis.portfolio import Portfolio
from steering.model import ConfirmationItem, ConfirmationRequest, ConfirmationRound, Dataset, Verdict
from steering.storage.imports.importing import LISTS
from steering.storage.problems import Invalid, Problem, Receipt
from steering.storage.tables import table_of
from steering.storage.transaction import Batch, transaction
from steering.storage.writing import Edit, Made, write_in


def start(
    engine: Engine,
    portfolio: Portfolio,
    values: Mapping[str, Any],
    shares: Mapping[int, Share],
    *,
    actor: str,
    now: datetime,
) -> Receipt:
    """Keep a round with these values, a request for each carrier and a row for each record of its share.

    The rows hold the records as `portfolio` has them, which is what goes out. The first id of the receipt
    is the round's. Raises Invalid, also where somebody has saved since the Portfolio was read.
    """
    with transaction(engine, actor, now) as batch:
        if not shares:
            raise Invalid(Problem(0, "", "Es ist kein Träger gewählt, von dem etwas erfasst ist."))
        _check_revision(batch, portfolio)
        edits = [Edit(ConfirmationRound, values)]
        edits += [Edit(ConfirmationRequest, _request(carrier, portfolio)) for carrier in shares]
        receipt = write_in(batch, edits)
        rows = _items(portfolio, shares, receipt.ids[1:])
        keys = batch.unused_keys(ConfirmationItem, len(rows))
        batch.insert_many(ConfirmationItem, [row | {"id": key} for key, row in zip(keys, rows, strict=True)])
        return batch.receipt(*receipt.ids)


def _request(carrier: int, portfolio: Portfolio) -> dict[str, Any]:
    return {
        "round_id": Made(0),
        "organisation_id": carrier,
        "token": secrets.token_hex(10),
        "revision": portfolio.revision,
    }


def _items(
    portfolio: Portfolio, shares: Mapping[int, Share], requests: Sequence[int]
) -> list[dict[str, Any]]:
    sent = sent_values(portfolio, LISTS)
    return [
        {
            "request_id": request,
            "record": table,
            "record_key": key,
            "sent": sent[table, key],
            "verdict": Verdict.OPEN,
            "remark": "",
            "answered_on": None,
            "version": 1,
        }
        for request, share in zip(requests, shares.values(), strict=True)
        for table, keys in share.items()
        for key in keys
    ]


def _check_revision(batch: Batch, portfolio: Portfolio) -> None:
    columns = table_of(Dataset).c
    found = batch.connection.execute(select(columns.dataset_id, columns.revision)).one()
    if tuple(found) != (portfolio.dataset_id, portfolio.revision):
        raise Invalid(
            Problem(
                0, "", "Inzwischen hat jemand etwas gespeichert. Bitte noch einmal auf »beginnen« drücken."
            )
        )
