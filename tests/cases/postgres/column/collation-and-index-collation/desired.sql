CREATE TABLE t (id integer, a text COLLATE "C");
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a COLLATE "POSIX");
