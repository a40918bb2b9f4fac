CREATE TABLE a (id integer, n integer);
CREATE TABLE b (m integer);
CREATE TABLE c (id integer, n integer, m integer, x text);
COMMENT ON TABLE c IS 'by itself';
