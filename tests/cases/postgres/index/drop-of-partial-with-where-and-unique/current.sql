CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX i ON t (a) WHERE b = 'x';
CREATE INDEX j ON t (b);
