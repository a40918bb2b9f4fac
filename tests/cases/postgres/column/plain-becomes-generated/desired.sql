CREATE TABLE t (a integer, g bigint GENERATED ALWAYS AS (a * 2) STORED);
