CREATE TABLE t (id integer, d interval, h time);
