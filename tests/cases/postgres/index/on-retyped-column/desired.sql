CREATE TABLE t (a bigint, b text);
CREATE INDEX i ON t (a) WHERE a > 5;
CREATE INDEX j ON t (b);
