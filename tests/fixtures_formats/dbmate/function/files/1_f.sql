-- migrate:up
CREATE FUNCTION one() RETURNS integer AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql;
CREATE TABLE t (id integer DEFAULT one());
INSERT INTO t DEFAULT VALUES;

-- migrate:down
DROP FUNCTION one();
