CREATE SCHEMA a;
COMMENT ON SCHEMA a IS 'it''s "a"';
CREATE TABLE a.t (id integer);
