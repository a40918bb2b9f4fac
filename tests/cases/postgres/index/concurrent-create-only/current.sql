CREATE TABLE t (a integer, b text);
CREATE INDEX gone ON t (b);
CREATE INDEX i ON t (a);
