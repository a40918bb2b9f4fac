CREATE TABLE t (id integer, u uuid NOT NULL DEFAULT gen_random_uuid());
COMMENT ON COLUMN t.u IS 'random';
COMMENT ON COLUMN t.id IS 'number';
