CREATE TABLE t (a integer);
CREATE INDEX by_a ON t (a);
