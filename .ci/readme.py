"""Prints a command of the README, so that what a reader types is what CI runs.

python .ci/readme.py 1    the first command for Linux and macOS
"""

import re
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def shell_command(number: int) -> str:
    """The command in the nth block marked `sh`, counted from 1."""
    blocks = re.findall(
        r"^```sh\n(.*?)^```", README.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    command: str = blocks[number - 1]
    return command.strip()


if __name__ == "__main__":
    sys.stdout.write(shell_command(int(sys.argv[1])) + "\n")
