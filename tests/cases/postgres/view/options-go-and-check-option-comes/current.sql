CREATE TABLE t (id integer);
CREATE VIEW v WITH (security_barrier = true) AS SELECT id FROM t;
