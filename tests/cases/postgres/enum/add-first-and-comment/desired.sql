CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (e e, n integer);
COMMENT ON TYPE e IS 'letters';
