CREATE TABLE t (id integer, n integer);
CREATE VIEW v AS SELECT id FROM t;
CREATE INDEX t_n ON t (n);
