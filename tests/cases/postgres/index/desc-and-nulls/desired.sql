CREATE TABLE t (a integer, b integer);
CREATE INDEX i ON t (a DESC NULLS LAST, b NULLS FIRST);
