CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'it''s', b int DEFAULT (2 + 2));
