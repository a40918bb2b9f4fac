CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (b, a);
CREATE INDEX new ON t (a);
