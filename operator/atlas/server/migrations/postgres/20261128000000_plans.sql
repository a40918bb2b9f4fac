-- Plans of schemas; as with versions and tags, the bucket holds the truth and this table is an index of it.
CREATE TABLE plans (
  repository_id BIGINT NOT NULL REFERENCES repositories (id),
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('PENDING', 'APPROVED')),
  current_hash TEXT NOT NULL,
  desired_hash TEXT NOT NULL,
  digest TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  approved_at TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  PRIMARY KEY (repository_id, number),
  UNIQUE (repository_id, name)
);
CREATE INDEX plans_transition ON plans (repository_id, current_hash, desired_hash);
