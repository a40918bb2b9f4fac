CREATE TABLE t (id integer, at timestamp(3) with time zone);
