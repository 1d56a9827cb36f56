"""Tables in Markdown on the terminal."""

import sys
from collections.abc import Iterable


def report(title: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table row by row, since each may take a while. The first row is its head."""
    sys.stdout.write(f"\n## {title}\n\n")
    for number, row in enumerate(rows):
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        if number == 0:
            sys.stdout.write(f"|{'---|' * len(row)}\n")
        sys.stdout.flush()
