-- One row a run that was reported, with what lists show and filter by; its report keeps the whole of it.
CREATE TABLE deployments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  repository_id INTEGER REFERENCES repositories (id),
  report_id INTEGER NOT NULL UNIQUE REFERENCES reports (id),
  planned INTEGER NOT NULL,
  succeeded INTEGER NOT NULL,
  repository TEXT NOT NULL,
  environment TEXT NOT NULL,
  target TEXT NOT NULL,
  names TEXT NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('PASSED', 'FAILED', 'NO_ACTION', 'DRY_RUN')),
  started_at TEXT NOT NULL,
  ended_at TEXT NOT NULL
);
CREATE INDEX deployments_project ON deployments (project_id, id);
CREATE INDEX deployments_status ON deployments (project_id, status, id);
CREATE INDEX deployments_repository ON deployments (project_id, repository, environment, id);
ALTER TABLE databases ADD COLUMN name TEXT NOT NULL DEFAULT '';
