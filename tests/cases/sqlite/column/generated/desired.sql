CREATE TABLE t (a int, b int AS (a * 3) STORED, c int AS (a + 1) STORED);
