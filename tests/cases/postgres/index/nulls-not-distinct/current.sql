CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX i ON t (a);
