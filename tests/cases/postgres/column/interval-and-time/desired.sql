CREATE TABLE t (id integer, d interval day to second(2), h time(3) with time zone);
CREATE INDEX i ON t (h);
COMMENT ON COLUMN t.d IS 'how long';
