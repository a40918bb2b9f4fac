CREATE TABLE t (a integer, b integer, gone integer);
CREATE INDEX i ON t (a, gone);
