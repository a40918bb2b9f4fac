CREATE TABLE t (id integer, a integer NOT NULL, PRIMARY KEY (id, a));
