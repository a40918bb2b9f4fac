CREATE TABLE t (id integer, new numeric(10,2) NOT NULL DEFAULT 0);
