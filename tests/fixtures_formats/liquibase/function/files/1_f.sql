--liquibase formatted sql
--changeset a:1 splitStatements:false
CREATE FUNCTION one() RETURNS integer AS $$
BEGIN
  RETURN 1;
END;
$$ LANGUAGE plpgsql;
--changeset a:2
CREATE TABLE t (id integer DEFAULT one());
INSERT INTO t DEFAULT VALUES;
