CREATE TABLE t (id integer PRIMARY KEY, b int CHECK (b > 0), g int AS (b + 1));
