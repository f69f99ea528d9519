"""The program's entry, as ``zhibu`` and as ``python -m zhibu_cli``."""

from __future__ import annotations

import gc
import sys

from zhibu_cli.cli import run


def main() -> int:
    """Run the command line as the one thing that this process does; the exit code."""
    try:
        return run.main()
    finally:
        gc.freeze()  # else Python looks through all that was ever made for cycles before it ends


if __name__ == "__main__":
    sys.exit(main())
