CREATE TABLE t (id integer PRIMARY KEY, "order" text);
CREATE INDEX t_a ON t (lower("order"), "order" DESC) WHERE "order" IS NOT NULL;
