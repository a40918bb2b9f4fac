CREATE TABLE t (id integer, b text, c text);
CREATE VIEW v AS SELECT id, c AS x FROM t;
