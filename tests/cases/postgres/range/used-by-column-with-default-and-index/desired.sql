CREATE TYPE span AS RANGE (SUBTYPE = time);
CREATE TABLE t (id integer, s span DEFAULT '[01:00,02:00)');
CREATE INDEX i ON t USING gist (s);
