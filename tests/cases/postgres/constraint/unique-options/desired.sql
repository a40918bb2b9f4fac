CREATE TABLE t (id integer, a text, CONSTRAINT uq UNIQUE (a) WITH (deduplicate_items = off));
