CREATE TABLE parent (id integer, n integer);
CREATE TABLE child (x text) INHERITS (parent);
CREATE VIEW v AS SELECT n, x FROM child;
CREATE POLICY pol ON child USING (n > 0);
