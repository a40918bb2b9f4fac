CREATE TABLE t (id integer, n timestamp with time zone);
