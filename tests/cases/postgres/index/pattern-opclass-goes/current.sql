CREATE TABLE t (a integer, b character varying(10));
CREATE INDEX i ON t (b varchar_pattern_ops);
