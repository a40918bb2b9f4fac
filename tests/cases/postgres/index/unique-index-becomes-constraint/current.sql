CREATE TABLE t (a integer);
CREATE UNIQUE INDEX uq ON t (a);
