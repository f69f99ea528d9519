CREATE TRIGGER imports_no_delete BEFORE DELETE ON imports
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER imports_no_update BEFORE UPDATE ON imports
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TABLE current (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE REFERENCES versions (seq) ON DELETE RESTRICT,
  register TEXT NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  voided INTEGER NOT NULL
) STRICT;
CREATE TABLE imports (
  number INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  files TEXT NOT NULL
) STRICT;
CREATE TABLE ledger (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE log (
  seq INTEGER PRIMARY KEY NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TABLE versions (
  seq INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL,
  register TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  day TEXT,
  entered_at TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  origin TEXT REFERENCES imports (id) ON DELETE RESTRICT,
  payload TEXT NOT NULL,
  chain TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;
CREATE INDEX current_number ON current (register, number);
