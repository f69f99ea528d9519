"""One SQLite file per branch: versions that are never changed, an index of the newest, a log."""
