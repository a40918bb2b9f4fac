CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 64);
