"""The program's entry, as ``zhibu`` and as ``python -m zhibu_cli``."""

from __future__ import annotations

import sys

from zhibu_cli.cli.run import main

if __name__ == "__main__":
    sys.exit(main())
