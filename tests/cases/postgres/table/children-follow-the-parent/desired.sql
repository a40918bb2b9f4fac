CREATE TABLE a (id integer, new text DEFAULT 'n');
CREATE TABLE c (x text) INHERITS (a);
CREATE TABLE d () INHERITS (c);
COMMENT ON COLUMN a.new IS 'for all';
COMMENT ON TABLE c IS 'child';
