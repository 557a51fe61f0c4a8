"""`ngorder-tui` and `python -m ngorder_tui`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    from ngorder_tui.cli.entry import run

    sys.exit(run(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()
