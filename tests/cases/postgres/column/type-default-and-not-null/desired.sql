CREATE TABLE t (id integer, n boolean NOT NULL DEFAULT true);
