CREATE TABLE t (id integer PRIMARY KEY, a int CHECK (a > 0), g int AS (a + 1));
