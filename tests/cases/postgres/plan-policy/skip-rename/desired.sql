CREATE TABLE u (id integer);
COMMENT ON TABLE u IS 'u';
CREATE TABLE w (id integer);
