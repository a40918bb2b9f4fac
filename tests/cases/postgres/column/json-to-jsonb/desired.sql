CREATE TABLE t (id integer, doc jsonb);
CREATE INDEX docs ON t USING gin (doc jsonb_path_ops);
