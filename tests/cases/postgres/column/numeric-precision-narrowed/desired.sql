CREATE TABLE t (id integer, n numeric(8,2), s character varying(10));
CREATE TABLE u (id integer, a text);
COMMENT ON TABLE u IS 'other';
