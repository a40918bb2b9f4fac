CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (b DESC NULLS LAST, (a + 1)) INCLUDE (a) WHERE a > 0;
