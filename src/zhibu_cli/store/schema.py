"""The steps that make the tables, as migrations.

Imported only when a file is new or older: ``sqlite_utils`` costs a tenth of a second.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from zhibu_cli.store.tables import STEPS

MIGRATIONS = Migrations("zhibu")
for _step in STEPS:
    MIGRATIONS()(_step)
