"""Who acts in a test, and when: whatever writes takes it as `**WHO`."""

from datetime import datetime
from typing import TypedDict


class Who(TypedDict):
    actor: str
    now: datetime
