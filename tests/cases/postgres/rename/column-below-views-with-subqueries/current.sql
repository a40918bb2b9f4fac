CREATE TABLE t (id integer, name text);
CREATE VIEW plain AS SELECT id FROM t WHERE name <> '';
CREATE VIEW nested AS SELECT x.name AS label FROM (SELECT name FROM t) x;
CREATE MATERIALIZED VIEW m AS SELECT id FROM t WHERE name <> '';
CREATE INDEX mi ON m (id);
