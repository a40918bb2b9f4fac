CREATE TABLE t (r int4range, n integer, CONSTRAINT ex EXCLUDE USING gist (r WITH &&));
