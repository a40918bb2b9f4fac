CREATE TABLE t (doc jsonb, words tsvector, r int4range, p point);
CREATE INDEX a ON t USING gin (doc jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX b ON t USING gin (words);
CREATE INDEX c ON t USING gist (r);
CREATE INDEX d ON t USING spgist (p);
COMMENT ON INDEX a IS 'documents';
COMMENT ON TABLE t IS 'searched';
