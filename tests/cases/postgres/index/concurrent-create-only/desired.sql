CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX i ON t (a);
CREATE INDEX new ON t (a, b);
CREATE TABLE u (a integer);
CREATE INDEX u_a ON u (a);
