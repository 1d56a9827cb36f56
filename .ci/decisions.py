"""Writes the index of docs/decisions.md anew; what was overturned stays marked as it is.

python .ci/decisions.py
"""

import re
from pathlib import Path

DECISIONS = Path(__file__).parents[1] / "docs" / "decisions.md"


def anchor(heading: str) -> str:
    """As Git forges make it of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def indexed(text: str) -> str:
    marks = dict(re.findall(r"^- \[(.+)\]\(#[^)]*\)( – \*.+\*)$", text, flags=re.MULTILINE))
    headings = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    lines = "".join(f"- [{each}](#{anchor(each)}){marks.get(each, '')}\n" for each in headings)
    return re.sub(r"(?:^- \[.+\]\(#.+\n)+", lambda _: lines, text, count=1, flags=re.MULTILINE)


if __name__ == "__main__":
    DECISIONS.write_text(indexed(DECISIONS.read_text(encoding="utf-8")), encoding="utf-8")
