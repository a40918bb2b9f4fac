CREATE TABLE t (doc jsonb, words tsvector, r int4range, p point);
CREATE INDEX old ON t (r);
