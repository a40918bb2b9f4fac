CREATE TABLE t (a text, id serial);
COMMENT ON TABLE t IS 'numbered';
