CREATE TABLE t (n integer CONSTRAINT ck CHECK (n > 0));
COMMENT ON CONSTRAINT ck ON t IS 'positive';
