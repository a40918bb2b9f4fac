CREATE TABLE t (id integer);
CREATE TABLE m (id integer);
