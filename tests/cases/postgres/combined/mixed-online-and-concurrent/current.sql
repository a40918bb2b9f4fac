CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer, a integer, b integer);
CREATE INDEX i ON t (a);
