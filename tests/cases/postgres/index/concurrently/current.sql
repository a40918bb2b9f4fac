CREATE TABLE t (a integer, b text);
CREATE INDEX gone ON t (a DESC);
CREATE INDEX i ON t (b);
