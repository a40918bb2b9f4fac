CREATE TABLE first (c int);
CREATE INDEX i ON first (c);
CREATE TABLE t (id integer PRIMARY KEY, a varchar(9), b int);
