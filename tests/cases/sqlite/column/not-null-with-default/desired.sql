CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL DEFAULT 'x', b int NOT NULL DEFAULT (abs(-3)));
