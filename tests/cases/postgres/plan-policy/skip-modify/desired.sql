CREATE TABLE t (id bigint, n integer NOT NULL);
CREATE VIEW v AS SELECT id FROM t WHERE n > 0;
CREATE INDEX t_n ON t (n);
