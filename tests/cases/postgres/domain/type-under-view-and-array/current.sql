CREATE DOMAIN d AS integer;
CREATE TABLE t (a d, many d[]);
CREATE VIEW v AS SELECT a FROM t;
