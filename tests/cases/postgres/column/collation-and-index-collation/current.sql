CREATE TABLE t (id integer, a text);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a COLLATE "C");
