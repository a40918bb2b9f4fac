CREATE TABLE t (a integer, b text);
CREATE UNIQUE INDEX i ON t (lower(b) text_pattern_ops DESC, b COLLATE "C") WHERE a > 1;
