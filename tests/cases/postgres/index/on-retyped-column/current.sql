CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (a) WHERE a > 5;
