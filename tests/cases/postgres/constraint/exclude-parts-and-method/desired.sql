CREATE TABLE t (r int4range, n integer, CONSTRAINT ex EXCLUDE USING btree (n WITH =));
COMMENT ON CONSTRAINT ex ON t IS 'no two';
