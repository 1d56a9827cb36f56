"""`python -m steering.cli` does what the command `steering` does."""

import sys

from steering.cli import main

sys.exit(main())
