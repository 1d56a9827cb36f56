"""The yearly confirmation round: who is asked about which rows, what went out, and who has answered.

`shares` says which records belong into whose file, `asked` what has gone out, `tracking` what came back.
"""

from steering.analysis.confirmation.asked import AskedFile, Item, asked, mailboxes
from steering.analysis.confirmation.shares import FIELDS, RECORDS, Share, carriers, shares
from steering.analysis.confirmation.tracking import summary, to_clarify, tracking

__all__ = [
    "FIELDS",
    "RECORDS",
    "AskedFile",
    "Item",
    "Share",
    "asked",
    "carriers",
    "mailboxes",
    "shares",
    "summary",
    "to_clarify",
    "tracking",
]
