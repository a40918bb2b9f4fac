CREATE TABLE t (a int, b int, c text DEFAULT 'c', d int AS (a) VIRTUAL);
