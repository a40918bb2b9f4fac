CREATE TABLE t (a integer, b text);
CREATE INDEX i ON t (b text_pattern_ops);
