CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'x', b int DEFAULT (1 + 1));
