-- The bucket holds the truth about repositories, versions and tags; those three tables are an index of it.
CREATE TABLE projects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
);
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'push')),
  created_at TEXT NOT NULL,
  revoked_at TEXT
);
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  type TEXT NOT NULL CHECK (type IN ('MIGRATION_DIRECTORY', 'SCHEMA')),
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  driver TEXT NOT NULL,
  description TEXT NOT NULL,
  tag_policy TEXT NOT NULL CHECK (tag_policy IN ('movable', 'write-once')),
  created_at TEXT NOT NULL,
  latest INTEGER,
  UNIQUE (project_id, type, slug)
);
CREATE TABLE versions (
  repository_id INTEGER NOT NULL REFERENCES repositories (id),
  ordinal INTEGER NOT NULL,
  digest TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (repository_id, ordinal)
);
CREATE INDEX versions_digest ON versions (digest);
CREATE TABLE tags (
  repository_id INTEGER NOT NULL REFERENCES repositories (id),
  name TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (repository_id, name)
);
CREATE TABLE reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  repository_id INTEGER REFERENCES repositories (id),
  fingerprint TEXT NOT NULL,
  received_at TEXT NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (project_id, fingerprint)
);
CREATE TABLE databases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository_id INTEGER NOT NULL REFERENCES repositories (id),
  target TEXT NOT NULL,
  environment TEXT NOT NULL,
  tag TEXT NOT NULL,
  version TEXT NOT NULL,
  failed INTEGER NOT NULL,
  ended_at TEXT NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports (id),
  UNIQUE (repository_id, target)
);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  project_id INTEGER NOT NULL REFERENCES projects (id),
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX audit_project ON audit (project_id, id);
